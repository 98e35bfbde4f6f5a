/** Compound commands, functions and coprocesses (reference manual, 3.2.5 to 3.3). */
import type { CaseItem, Command, Compound, Coproc, FunctionDefinition, List, Redirection, Word } from './ast.js'
import { closeOf } from './balance.js'
import {
  AMPERSAND,
  BAR,
  CLOSE,
  EXPRESSION,
  LOOP_EXPRESSION,
  GREATER,
  isDigit,
  isNamePart,
  LESS,
  NEWLINE,
  OPEN,
  SEMICOLON,
  SPACE,
  WORD,
  BRACE,
} from './characters.js'
import { isOutputOfBoth, readRedirection } from './redirections.js'
import { closes, expectWord, reservedWord, skipWord } from './reserved.js'
import type { Scanner } from './scanner.js'
import { nothing, readBody, readSimple, unexpected } from './simple.js'
import { readTest } from './test.js'

/** A compound command without its span and its redirections. */
type Bare = Compound extends infer Each ? (Each extends Compound ? Omit<Each, 'start' | 'end' | 'redirections'> : never) : never

/** A command that begins with a reserved word or a parenthesis. @param start where the word begins */
export function readReserved(s: Scanner, word: string, start: number): Command {
  // Behind a bar it is the program of that name.
  if (word === 'time') return readSimple(s)
  if (word !== '(') skipWord(s)
  if (word === 'function') return readFunction(s, start)
  if (word === 'coproc') return readCoproc(s, start)
  const bare = readBare(s, word)
  if (bare === undefined) {
    s.at = start
    s.fail(unexpected(s))
    return nothing(s)
  }
  const redirections = readRedirections(s)
  return { ...bare, redirections, start: s.start(start), end: s.finish() }
}

function readBare(s: Scanner, word: string): Bare | undefined {
  switch (word) {
    case '(':
      return readParenthesis(s)
    case '{':
      return { kind: 'group', body: readUntil(s, '}') }
    case '[[':
      return { kind: 'test', expression: readTest(s) }
    case 'if':
      return readIf(s)
    case 'while':
    case 'until':
      return { kind: word, condition: s.grammar.list(s), body: readLoopBody(s) }
    case 'for':
    case 'select':
      return readFor(s, word)
    case 'case':
      return readCase(s)
    default:
      return undefined
  }
}

function readUntil(s: Scanner, close: string): List {
  const list = s.grammar.list(s)
  expectWord(s, close)
  return list
}

function readParenthesis(s: Scanner): Bare {
  if (s.next() === OPEN) {
    const close = closeOf(s, s.at + 1)
    if (close === -1) s.failAtEnd()
    else if (s.codeAt(close + 1) === CLOSE) return { kind: 'arithmetic', expression: readExpression(s, close) }
  }
  s.at++
  const body = s.grammar.list(s)
  s.expect(CLOSE)
  return { kind: 'subshell', body }
}

/** From `((` to behind `))`. */
function readExpression(s: Scanner, close: number): Word {
  s.at += 2
  const expression = s.within(close, () => s.grammar.quoted(s, EXPRESSION))
  if (s.error === undefined) s.at = close + 2
  return expression
}

function readIf(s: Scanner): Bare {
  const branches: { readonly condition: List; readonly body: List }[] = []
  do {
    if (branches.length > 0) skipWord(s)
    const condition = s.grammar.list(s)
    expectWord(s, 'then')
    branches.push({ condition, body: s.grammar.list(s) })
  } while (reservedWord(s) === 'elif')
  if (reservedWord(s) !== 'else') {
    expectWord(s, 'fi')
    return { kind: 'if', branches }
  }
  skipWord(s)
  return { kind: 'if', branches, otherwise: readUntil(s, 'fi') }
}

function readLoopBody(s: Scanner): List {
  s.skipNewlines()
  const word = reservedWord(s)
  if (word === '{') {
    skipWord(s)
    return readUntil(s, '}')
  }
  expectWord(s, 'do')
  return readUntil(s, 'done')
}

function readFor(s: Scanner, kind: 'for' | 'select'): Bare {
  if (s.skipBlanks() === OPEN && kind === 'for' && s.next() === OPEN) return readArithmeticFor(s)
  const start = s.at
  s.grammar.word(s, WORD)
  const name = s.text.slice(start, s.at)
  if (name === '') s.fail('expected a name')
  s.skipNewlines()
  if (reservedWord(s) !== 'in') {
    if (s.code() === SEMICOLON) s.at++
    return { kind, name, body: readLoopBody(s) }
  }
  skipWord(s)
  const words = readWords(s)
  if (s.code() === SEMICOLON) s.at++
  else if (s.code() !== NEWLINE) s.fail(unexpected(s))
  return { kind, name, words, body: readLoopBody(s) }
}

function readWords(s: Scanner): Word[] {
  const words: Word[] = []
  for (;;) {
    s.skipBlanks()
    const { at } = s
    const word = s.grammar.word(s, WORD)
    if (s.at === at) return words
    if (word.parts.length > 0) words.push(word)
  }
}

function readArithmeticFor(s: Scanner): Bare {
  const close = closeOf(s, s.at + 1)
  if (close === -1) s.failAtEnd()
  s.at += 2
  const expressions = [readForExpression(s, close), readForExpression(s, close), readForExpression(s, close)]
  if (s.code() !== CLOSE || s.next() !== CLOSE) s.fail('expected `))`')
  s.at += 2
  if (s.skipBlanks() === SEMICOLON) s.at++
  return { kind: 'arithmetic-for', expressions, body: readLoopBody(s) }
}

function readForExpression(s: Scanner, close: number): Word {
  const word = s.within(close, () => s.grammar.quoted(s, LOOP_EXPRESSION))
  if (s.code() === SEMICOLON) s.at++
  return word
}

function readCase(s: Scanner): Bare {
  s.skipBlanks()
  const subject = s.grammar.word(s, WORD)
  if (subject.parts.length === 0) s.fail('expected a word')
  s.skipNewlines()
  expectWord(s, 'in')
  const items: CaseItem[] = []
  for (;;) {
    s.skipNewlines()
    if (s.code() === -1 || reservedWord(s) === 'esac') break
    items.push(readCaseItem(s))
    if (s.code() !== SEMICOLON) break
    s.at += s.text.startsWith(';;&', s.at) ? 3 : 2
  }
  expectWord(s, 'esac')
  return { kind: 'case', subject, items }
}

function readCaseItem(s: Scanner): CaseItem {
  if (s.code() === OPEN) s.at++
  const patterns: Word[] = []
  for (;;) {
    s.skipBlanks()
    const { at } = s
    patterns.push(s.grammar.word(s, WORD))
    if (s.at === at) s.fail(unexpected(s))
    if (s.skipBlanks() !== BAR) break
    s.at++
  }
  s.expect(CLOSE)
  const body = s.grammar.items(s)
  return { patterns, body, end: s.text.startsWith(';;&', s.at) ? ';;&' : s.text.startsWith(';&', s.at) ? ';&' : ';;' }
}

function readRedirections(s: Scanner): Redirection[] {
  const redirections: Redirection[] = []
  for (;;) {
    const code = s.skipBlanks()
    if (code !== LESS && code !== GREATER && code !== BRACE && !isDigit(code) && (code !== AMPERSAND || !isOutputOfBoth(s)))
      return redirections
    const redirection = readRedirection(s)
    if (redirection === undefined) return redirections
    redirections.push(redirection)
  }
}

/** `function name` with or without `()`. */
function readFunction(s: Scanner, start: number): FunctionDefinition {
  s.skipBlanks()
  const from = s.at
  s.grammar.word(s, WORD)
  const name = s.text.slice(from, s.at)
  if (name === '') s.fail('expected a name')
  if (s.skipBlanks() === OPEN) {
    s.at++
    s.skipBlanks()
    // A body in parentheses may follow the name directly.
    if (s.code() === CLOSE) s.at++
    else s.at = s.text.lastIndexOf('(', s.at - 1)
  }
  return readBody(s, start, name)
}

/** A name stands only before a compound command. */
function readCoproc(s: Scanner, start: number): Coproc {
  s.skipBlanks()
  const from = s.at
  while (isNamePart(s.code())) s.at++
  const name = s.text.slice(from, s.at)
  const named = s.code() === SPACE && name !== '' && isCompound(s)
  if (!named) s.at = from
  const command = s.grammar.command(s)
  return { kind: 'coproc', ...(named && { name }), command, start: s.start(start), end: s.finish() }
}

function isCompound(s: Scanner): boolean {
  if (s.skipBlanks() === OPEN) return true
  const word = reservedWord(s)
  return word !== '' && !closes(word)
}
