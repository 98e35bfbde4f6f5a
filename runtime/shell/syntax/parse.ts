/**
 * The parser of bash scripts (GNU Bash 5.2): one pass by recursive descent over UTF-16 code units, in linear time, never deeper
 * than a counter allows. It never throws: a script with an error has the commands of the lines before it.
 */
import { isStackOverflow } from '../stack.js'
import type { List, Script, Span, SyntaxProblem, Word } from './ast.js'
import { BODY, NEWLINE } from './characters.js'
import { readCommand } from './command.js'
import { readBodies } from './heredoc.js'
import { readItems, readList } from './list.js'
import { type Grammar, Scanner } from './scanner.js'
import { unexpected } from './simple.js'
import { readQuoted, readRest, readWord } from './words.js'

const grammar: Grammar = {
  command: readCommand,
  list: readList,
  items: s => readItems(s, false),
  script: readNested,
  word: readWord,
  rest: readRest,
  quoted: readQuoted,
  bodies: readBodies,
  inner: readInner,
  body: readBodyText,
}

export function parseScript(text: string): Script {
  const marks: SyntaxProblem[] = []
  const s = new Scanner(text, grammar, marks)
  const nul = text.indexOf('\0')
  if (nul === -1) return readScript(s)
  s.at = nul
  s.fail('a NUL character')
  return readScript(s)
}

function readScript(s: Scanner): Script {
  const units: List[] = []
  try {
    if (s.error === undefined) readUnits(s, -1, units)
    if (s.pending.length > 0) readBodies(s)
  } catch (error) {
    if (!isStackOverflow(error)) throw error
    s.tooDeep()
  }
  return {
    kind: 'script',
    units,
    ...(s.error !== undefined && { error: s.error }),
    marks: s.marks,
    start: s.start(0),
    end: s.finish(s.text.length),
  }
}

/** Line by line, up to the bracket that closes the script. */
function readUnits(s: Scanner, close: number, units: List[]): void {
  while (s.skipNewlines() !== -1 && !isClose(s, close)) {
    const unit = readItems(s, true)
    if (unit.items.length === 0 || !(s.code() === -1 || s.code() === NEWLINE || isClose(s, close))) s.fail(unexpected(s))
    if (s.error !== undefined) return
    units.push(unit)
  }
}

function isClose(s: Scanner, close: number): boolean {
  return close !== -1 && s.code() === close
}

function readNested(s: Scanner, close: number): Script {
  const start = s.at
  const { pending, closer, matching } = s
  if (!s.enter()) return { kind: 'script', units: [], marks: [], start: s.start(start), end: s.finish() }
  s.pending = []
  s.closer = close
  s.matching = false
  const units: List[] = []
  readUnits(s, close, units)
  const script: Script = { kind: 'script', units, marks: [], start: s.start(start), end: s.finish() }
  s.expect(close)
  if (s.expanding) fillEmpty(s)
  s.pending = s.pending.concat(pending)
  s.closer = closer
  s.matching = matching
  s.leave()
  return script
}

/** The text ends before the body of these begins. */
function fillEmpty(s: Scanner): void {
  for (const body of s.pending) body.fill(s.word([], s.at))
  s.pending = []
}

function readInner(s: Scanner, text: string, place: Span): Script {
  if (!s.enter()) return { kind: 'script', units: [], marks: [], ...place }
  const script = readScript(new Scanner(text, grammar, s.marks, place, s))
  s.leave()
  if (script.error !== undefined) s.marks.push({ ...script.error, kind: 'error' })
  return { ...script, marks: [] }
}

function readBodyText(s: Scanner, text: string, place: Span): Word {
  const inner = new Scanner(text, grammar, s.marks, place, s)
  inner.expanding = true
  return inner.attempt(() => readQuoted(inner, BODY))
}
