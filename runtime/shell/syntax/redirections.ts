/** Redirections (reference manual, 3.6). */
import type { Redirection, Word } from './ast.js'
import {
  AMPERSAND,
  BANG,
  BAR,
  BRACE,
  BRACKET,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  GREATER,
  isDigit,
  isNamePart,
  isNameStart,
  LESS,
  MINUS,
  OPEN,
  WORD,
} from './characters.js'
import { delimiterOf } from './heredoc.js'
import type { Scanner } from './scanner.js'

/** How many here-documents may wait for their bodies; bash gives up beyond. */
const MOST_BODIES = 16

/** A redirection if one stands here. */
export function readRedirection(s: Scanner): Redirection | undefined {
  const code = s.code()
  const start = s.at
  if (code === LESS || code === GREATER) return s.next() === OPEN ? undefined : readFrom(s, start, undefined)
  if (code === AMPERSAND) return readFrom(s, start, undefined)
  if (isDigit(code)) return readNumbered(s)
  return code === BRACE && isNameStart(s.next()) ? readNamed(s) : undefined
}

/** Whether `&` here begins `&>`. */
export function isOutputOfBoth(s: Scanner): boolean {
  return s.next() === GREATER
}

function readNumbered(s: Scanner): Redirection | undefined {
  let { at } = s
  while (at < s.end && isDigit(s.text.charCodeAt(at))) at++
  return readDescribed(s, at, () => Number(s.text.slice(s.at, at)))
}

function readNamed(s: Scanner): Redirection | undefined {
  let at = s.at + 1
  while (at < s.end && isNamePart(s.text.charCodeAt(at))) at++
  if (s.codeAt(at) === BRACKET) at = afterSubscript(s, at)
  if (s.codeAt(at) !== CLOSE_BRACE) return undefined
  return readDescribed(s, at + 1, () => s.text.slice(s.at + 1, at))
}

/** Behind a plain subscript; one that expands is left to be read as a word. */
function afterSubscript(s: Scanner, open: number): number {
  let at = open + 1
  while (isNamePart(s.codeAt(at))) at++
  return s.codeAt(at) === CLOSE_BRACKET ? at + 1 : at
}

/** What has an operator directly behind it is its descriptor, else a word. */
function readDescribed(s: Scanner, operator: number, descriptor: () => number | string): Redirection | undefined {
  const code = operator < s.end ? s.text.charCodeAt(operator) : -1
  if ((code !== LESS && code !== GREATER) || s.text.charCodeAt(operator + 1) === OPEN) return undefined
  const start = s.at
  const described = descriptor()
  // A number that is none of C's is a word.
  if (typeof described === 'number' && described > 0x7fffffff) return undefined
  s.at = operator
  return readFrom(s, start, described)
}

function readFrom(s: Scanner, start: number, descriptor: number | string | undefined): Redirection {
  const operator = readOperator(s)
  s.skipBlanks()
  const from = s.at
  const target = s.grammar.word(s, WORD)
  if (operator === '>' && s.at === from + 1 && s.text.charCodeAt(from) === BANG) s.mark('zsh', 'a redirection that overwrites', from)
  if (target.parts.length === 0) s.fail('expected a word after the redirection')
  const span = { start: s.start(start), end: s.finish() }
  const redirection = descriptor === undefined ? { operator, target, ...span } : { operator, descriptor, target, ...span }
  if (operator === '<<' || operator === '<<-') awaitBody(s, redirection, from)
  return redirection
}

function readOperator(s: Scanner): Redirection['operator'] {
  const first = s.code()
  const second = s.step()
  if (first === AMPERSAND) return s.step() === GREATER ? stepped(s, '&>>') : '&>'
  if (first === LESS) {
    if (second === LESS) return readHere(s)
    return second === AMPERSAND ? stepped(s, '<&') : second === GREATER ? stepped(s, '<>') : '<'
  }
  if (second === GREATER) return stepped(s, '>>')
  return second === AMPERSAND ? stepped(s, '>&') : second === BAR ? stepped(s, '>|') : '>'
}

function readHere(s: Scanner): Redirection['operator'] {
  const third = s.step()
  return third === LESS ? stepped(s, '<<<') : third === MINUS ? stepped(s, '<<-') : '<<'
}

function stepped(s: Scanner, operator: Redirection['operator']): Redirection['operator'] {
  s.at++
  return operator
}

function awaitBody(s: Scanner, redirection: { readonly operator: string; readonly target: Word; body?: Word }, from: number): void {
  if (s.pending.length === MOST_BODIES) s.fail('too many here-documents')
  const { delimiter, quoted } = delimiterOf(s, redirection.target, from)
  s.pending.push({
    delimiter,
    expands: !quoted,
    stripsTabs: redirection.operator === '<<-',
    fill: body => {
      redirection.body = body
    },
  })
}
