/** Reserved words: only unquoted, only where a command may begin (reference manual, 3.2.1). */
import { BACKSLASH, BANG, BRACE, BRACKET, CLOSE_BRACE, CLOSE_BRACKET, endsWord, isNamePart, NEWLINE, OPEN } from './characters.js'
import type { Scanner } from './scanner.js'

const CLOSERS = ['then', 'do', 'done', 'fi', 'elif', 'else', 'esac', '}']
/** `in` and `]]` begin nothing, but are no words either where a command begins. */
const OPENERS = ['if', 'while', 'until', 'for', 'select', 'case', 'function', 'coproc', 'time', '{', '!', '[[', ']]', 'in']
const closers: ReadonlySet<string> = new Set(CLOSERS)
const reserved: ReadonlySet<string> = new Set([...CLOSERS, ...OPENERS])
const firsts = new Uint8Array(128)
for (const word of reserved) firsts[word.charCodeAt(0)] = 1

/** The reserved word that stands here; '' where there is none. */
export function reservedWord(s: Scanner): string {
  const code = s.code()
  if (code < 0 || code >= 128 || firsts[code] === 0) return ''
  if (code === CLOSE_BRACE && s.closer === CLOSE_BRACE) return '}'
  const { at } = s
  const word = readLetters(s)
  const ends = endsWord(s.skipContinuations()) && !(isAngle(s.code()) && s.next() === OPEN)
  s.at = at
  return ends && reserved.has(word) ? word : ''
}

/** Whether the reserved word closes what stands before it. */
export function closes(word: string): boolean {
  return closers.has(word)
}

/** Steps over a reserved word that is known to stand here. */
export function skipWord(s: Scanner): void {
  if (s.code() === CLOSE_BRACE) s.at++
  else readLetters(s)
  s.skipContinuations()
}

export function expectWord(s: Scanner, word: string): void {
  if (reservedWord(s) === word) skipWord(s)
  else s.fail(`expected \`${word}\``)
}

function readLetters(s: Scanner): string {
  const start = s.at
  while (s.at < s.end && s.at - start < 9 && belongs(s.text.charCodeAt(s.at))) s.at++
  if (s.code() !== BACKSLASH || s.next() !== NEWLINE) return s.text.slice(start, s.at)
  let word = s.text.slice(start, s.at)
  for (let code = s.skipContinuations(); code !== -1 && belongs(code) && word.length < 9; code = s.step()) word += String.fromCharCode(code)
  return word
}

function belongs(code: number): boolean {
  return isNamePart(code) || code === BANG || code === BRACKET || code === CLOSE_BRACKET || code === BRACE || code === CLOSE_BRACE
}

function isAngle(code: number): boolean {
  return code === 60 || code === 62
}
