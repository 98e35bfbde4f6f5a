/** Simple commands (reference manual, 3.2.2), and functions of the form `name () …`, which begin like one. */
import type { Assignment, Command, FunctionDefinition, Redirection, Simple, Word, WordPart } from './ast.js'
import { arrayText, readArrayAssignment, readAssignment } from './assignments.js'
import { AMPERSAND, BRACE, CLOSE, EQUALS, isDigit, isNameStart, LESS, GREATER, OPEN, WORD } from './characters.js'
import { isOutputOfBoth, readRedirection } from './redirections.js'
import { reservedWord } from './reserved.js'
import type { Scanner } from './scanner.js'
import { isTarget } from './target.js'

interface Building {
  /** Where the last piece ended. */
  end: number
  /** The first word, where it is one of those that declare. */
  declaration: string
  readonly assignments: Assignment[]
  readonly declared: Assignment[]
  readonly words: Word[]
  readonly redirections: Redirection[]
}

/** Those whose arguments may assign arrays: `declare a=(1 2)`. */
const DECLARATIONS: ReadonlySet<string> = new Set(['declare', 'export', 'local', 'readonly', 'typeset', 'eval', 'let', 'alias'])

/** Words that zsh reads before a command. */
const MODIFIERS: ReadonlySet<string> = new Set(['noglob', 'nocorrect', 'repeat', 'foreach', '-'])

/** A simple command; fails where there is none. */
export function readSimple(s: Scanner): Command {
  const start = s.at
  const built: Building = { end: start, declaration: '', assignments: [], declared: [], words: [], redirections: [] }
  while (s.mayGoOn() && readPiece(s, built)) built.end = s.at
  if (s.code() === OPEN && built.words.length === 1 && isAlone(built)) return readFunction(s, start, s.text.slice(start, built.end))
  if (s.code() === OPEN || s.at === start) s.fail(unexpected(s))
  return simple(s, built, start)
}

function simple(s: Scanner, built: Building, start: number): Simple {
  const { assignments, words, redirections, declared } = built
  const command: Simple = { kind: 'simple', assignments, words, redirections, start: s.start(start), end: s.finish(built.end) }
  return declared.length === 0 ? command : { ...command, declared }
}

export function unexpected(s: Scanner): string {
  return s.at < s.end ? `unexpected \`${s.text.charAt(s.at)}\`` : 'unexpected end'
}

/** @returns false at the end of the command */
function readPiece(s: Scanner, built: Building): boolean {
  const code = s.skipBlanks()
  if (code === -1 || code === OPEN || (code === AMPERSAND && !isOutputOfBoth(s))) return false
  if (code === LESS || code === GREATER || code === AMPERSAND || code === BRACE || isDigit(code)) {
    const redirection = readRedirection(s)
    if (redirection !== undefined) return built.redirections.push(redirection) > 0
  } else if (isNameStart(code) && readAssigned(s, built)) return true
  return readArgument(s, built)
}

function readArgument(s: Scanner, built: Building): boolean {
  const { at } = s
  const word = s.grammar.word(s, WORD)
  if (s.at === at) return false
  const text = literal(word)
  const isFirst = built.words.length === 0
  if (isFirst && DECLARATIONS.has(text)) built.declaration = text
  markZsh(s, text, isFirst, at)
  return built.words.push(word) > 0
}

/** `=curl` is the path of curl in zsh; `noglob curl` runs it. */
function markZsh(s: Scanner, text: string, first: boolean, start: number): void {
  if (text.charCodeAt(0) === EQUALS ? isNameStart(text.charCodeAt(1)) : first && MODIFIERS.has(text)) s.mark('zsh', 'a word of zsh', start)
}

function readAssigned(s: Scanner, built: Building): boolean {
  if (built.words.length === 0) {
    if (!isTarget(s)) return false
    const found = readAssignment(s)
    return ('kind' in found ? built.words.push(found) : built.assignments.push(found)) > 0
  }
  if (built.declaration === '') return false
  const found = readArrayAssignment(s)
  if (found === undefined || 'kind' in found) return false
  declare(built, found)
  return true
}

/** What `eval` and its kind get is the text. */
function declare(built: Building, assignment: Assignment): void {
  const { name, append, value, start, end } = assignment
  const { declaration: command } = built
  const before = `${name}${append ? '+' : ''}=`
  const evaluated = command === 'eval' || command === 'let' || command === 'alias'
  if (value.kind === 'word') built.words.push({ kind: 'word', parts: [textPart(before, start, end), ...value.parts], start, end })
  else if (evaluated) built.words.push({ kind: 'word', parts: arrayText(before, value), start, end })
  else {
    built.declared.push(assignment)
    built.words.push({ kind: 'word', parts: [textPart(name, start, end)], start, end })
  }
}

function textPart(text: string, start: number, end: number): WordPart {
  return { kind: 'text', text, quoted: false, start, end }
}

function literal(word: Word): string {
  const [part, more] = word.parts
  return part?.kind === 'text' && !part.quoted && more === undefined ? part.text : ''
}

function isAlone(built: Building): boolean {
  return built.assignments.length === 0 && built.redirections.length === 0
}

/** `name ()` and a compound command. */
function readFunction(s: Scanner, start: number, name: string): FunctionDefinition {
  s.at++
  s.skipBlanks()
  s.expect(CLOSE)
  return readBody(s, start, name)
}

export function readBody(s: Scanner, start: number, name: string): FunctionDefinition {
  const word = s.skipNewlines() === OPEN ? '(' : reservedWord(s)
  if (word === '' || word === 'function' || word === 'coproc' || word === 'time') s.fail('expected a compound command')
  s.enter()
  const body = s.grammar.command(s)
  s.leave()
  return { kind: 'function', name, body, start: s.start(start), end: s.finish() }
}

/** A simple command of no words. */
export function nothing(s: Scanner): Command {
  return { kind: 'simple', assignments: [], words: [], redirections: [], start: s.start(s.at), end: s.finish() }
}
