/** `[[ … ]]` (reference manual, 3.2.5.2). */
import type { Test, Word } from './ast.js'
import { AMPERSAND, BAR, CLOSE, GREATER, LESS, OPEN, REGEX, WORD } from './characters.js'
import type { Scanner } from './scanner.js'
import { unexpected } from './simple.js'

const UNARY = 'abcdefghknoprstuvwxzGLNORS'
const BINARY: ReadonlySet<string> = new Set(['=', '==', '!=', '=~', '-eq', '-ne', '-lt', '-le', '-gt', '-ge', '-nt', '-ot', '-ef'])

/** From behind `[[` to behind `]]`. */
export function readTest(s: Scanner): Test {
  const test = readOr(s)
  s.skipNewlines()
  const word = s.grammar.word(s, WORD)
  if (literal(word) !== ']]') s.fail('expected `]]`')
  return test
}

function readOr(s: Scanner): Test {
  let left = readAnd(s)
  while (s.skipNewlines() === BAR && s.next() === BAR) {
    s.at += 2
    left = { kind: 'or', left, right: readAnd(s) }
  }
  return left
}

function readAnd(s: Scanner): Test {
  let left = readTerm(s)
  while (s.skipNewlines() === AMPERSAND && s.next() === AMPERSAND) {
    s.at += 2
    left = { kind: 'and', left, right: readTerm(s) }
  }
  return left
}

function readTerm(s: Scanner): Test {
  if (s.skipNewlines() === OPEN) return readGroup(s)
  const { at } = s
  const word = s.grammar.word(s, WORD)
  const text = literal(word)
  if (s.at === at || text === ']]') {
    s.at = at
    s.fail(unexpected(s))
  }
  if (text === '!') return readNot(s)
  if (text.length === 2 && text.startsWith('-') && UNARY.includes(text.charAt(1)))
    return { kind: 'unary', operator: text, operand: readOperand(s, false) }
  return readComparison(s, word)
}

function readGroup(s: Scanner): Test {
  s.at++
  const test = s.enter() ? readOr(s) : none(s)
  s.leave()
  s.skipNewlines()
  s.expect(CLOSE)
  return test
}

function readNot(s: Scanner): Test {
  const test = s.enter() ? readTerm(s) : none(s)
  s.leave()
  return { kind: 'not', test }
}

function none(s: Scanner): Test {
  return { kind: 'word', word: s.word([], s.at) }
}

function readComparison(s: Scanner, left: Word): Test {
  const code = s.skipBlanks()
  if (code === LESS || code === GREATER) {
    s.at++
    return { kind: 'binary', operator: code === LESS ? '<' : '>', left, right: readOperand(s, false) }
  }
  const { at } = s
  const operator = code === -1 || code === AMPERSAND || code === BAR || code === CLOSE ? '' : plain(s)
  if (BINARY.has(operator)) return { kind: 'binary', operator, left, right: readOperand(s, operator === '=~') }
  s.at = at
  return { kind: 'word', word: left }
}

/** The characters up to a blank. */
function plain(s: Scanner): string {
  const start = s.at
  while (s.at < s.end && s.at - start < 4 && !' \t\n'.includes(s.text.charAt(s.at))) s.at++
  return s.text.slice(start, s.at)
}

function readOperand(s: Scanner, regex: boolean): Word {
  s.skipBlanks()
  const { at, matching } = s
  s.matching = true
  const word = s.grammar.word(s, regex ? REGEX : WORD)
  s.matching = matching
  if (s.at === at || literal(word) === ']]') {
    s.at = at
    s.fail('expected an operand')
  }
  return word
}

function literal(word: Word): string {
  const [part, more] = word.parts
  return part?.kind === 'text' && !part.quoted && more === undefined ? part.text : ''
}
