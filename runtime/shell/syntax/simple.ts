/** Simple commands (reference manual, 3.2.2), and functions of the form `name () …`, which begin like one. */
import type { Assignment, Command, FunctionDefinition, Redirection, Simple, Word } from './ast.js'
import { readArrayAssignment, readAssignment } from './assignments.js'
import { AMPERSAND, BRACE, CLOSE, EQUALS, isDigit, isNameStart, LESS, GREATER, OPEN, WORD } from './characters.js'
import { isOutputOfBoth, readRedirection } from './redirections.js'
import type { Scanner } from './scanner.js'

interface Building {
  readonly assignments: Assignment[]
  readonly declared: Assignment[]
  readonly words: Word[]
  readonly redirections: Redirection[]
}

/** Those whose arguments may assign arrays: `declare a=(1 2)`. */
const DECLARATIONS: ReadonlySet<string> = new Set(['declare', 'export', 'local', 'readonly', 'typeset', 'eval', 'let', 'alias'])

/** A simple command; fails where there is none. */
export function readSimple(s: Scanner): Command {
  const start = s.at
  const built: Building = { assignments: [], declared: [], words: [], redirections: [] }
  while (readPiece(s, built));
  if (s.code() === OPEN && built.words.length === 1 && isAlone(built)) return readFunction(s, start, nameOf(built.words))
  if (s.code() === OPEN || s.at === start) s.fail(unexpected(s))
  return simple(s, built, start)
}

function simple(s: Scanner, built: Building, start: number): Simple {
  const { assignments, words, redirections, declared } = built
  const last = words[words.length - 1] ?? redirections[redirections.length - 1]
  const end = s.finish()
  return {
    kind: 'simple',
    assignments,
    words,
    redirections,
    ...(declared.length > 0 && { declared }),
    start: s.start(start),
    end: last?.end ?? end,
  }
}

export function unexpected(s: Scanner): string {
  return s.at < s.end ? `unexpected \`${s.text.charAt(s.at)}\`` : 'unexpected end'
}

/** @returns false at the end of the command */
function readPiece(s: Scanner, built: Building): boolean {
  const code = s.skipBlanks()
  if (code === -1 || (code === AMPERSAND && !isOutputOfBoth(s))) return false
  if (code === LESS || code === GREATER || code === AMPERSAND || code === BRACE || isDigit(code)) {
    const redirection = readRedirection(s)
    if (redirection !== undefined) return built.redirections.push(redirection) > 0
  } else if (isNameStart(code) && readAssigned(s, built)) return true
  const { at } = s
  const word = s.grammar.word(s, WORD)
  if (s.at === at) return false
  if (word.parts.length > 0) built.words.push(word)
  if (code === EQUALS && isNameStart(s.text.charCodeAt(at + 1))) s.mark('zsh', 'the path of a program', at)
  return s.code() !== OPEN
}

function readAssigned(s: Scanner, built: Building): boolean {
  if (built.words.length === 0) {
    const found = readAssignment(s)
    if (found === undefined) return false
    return ('kind' in found ? built.words.push(found) : built.assignments.push(found)) > 0
  }
  const [first] = built.words
  if (first === undefined || !DECLARATIONS.has(literal(first))) return false
  const assignment = readArrayAssignment(s)
  if (assignment === undefined || 'kind' in assignment) return false
  built.declared.push(assignment)
  const { name, start } = assignment
  built.words.push({
    kind: 'word',
    parts: [{ kind: 'text', text: name, quoted: false, start, end: start + name.length }],
    start,
    end: s.finish(),
  })
  return true
}

function literal(word: Word): string {
  const [part, more] = word.parts
  return part?.kind === 'text' && !part.quoted && more === undefined ? part.text : ''
}

function isAlone(built: Building): boolean {
  return built.assignments.length === 0 && built.redirections.length === 0
}

function nameOf(words: readonly Word[]): string {
  return words.map(literal).join('')
}

/** `name ()` and a compound command. */
function readFunction(s: Scanner, start: number, name: string): FunctionDefinition {
  s.at++
  s.skipBlanks()
  if (s.expect(CLOSE) && name === '') s.fail('not a name of a function')
  return readBody(s, start, name)
}

export function readBody(s: Scanner, start: number, name: string): FunctionDefinition {
  s.skipNewlines()
  const body = s.grammar.command(s)
  if (body.kind === 'simple' || body.kind === 'function' || body.kind === 'coproc' || body.kind === 'pipeline')
    s.fail('expected a compound command')
  return { kind: 'function', name, body, start: s.start(start), end: s.finish() }
}
