/** That sections and blocks lie one behind the other, and that nothing lies between them. */
import { blockSumCount } from '../../runtime/decide/block.js'
import {
  align2,
  ASCII,
  AUTOMATON_WORDS,
  CHUNK_WORDS,
  FINDER,
  FINDER_WORDS,
  GLOB_WORDS,
  HEADER_WORDS,
  SECTION,
  SECTION_COUNT,
  SETTING,
  SLOT_WORDS,
  STATEMENT_WORDS,
  sumCount,
  type Table,
  TEST_WORDS,
} from '../../runtime/decide/table.js'
import type { Findings } from './claims.js'
import { SECTION_NAMES, type SectionName, sectionAt, wordsOf } from './sections.js'

/** The size of an entry in bytes, and the entries that stand behind those that are counted. */
const ENTRIES: Readonly<Record<SectionName, { readonly bytes: number; readonly more?: number }>> = {
  strings: { bytes: 8, more: 1 },
  text: { bytes: 2 },
  fields: { bytes: 4 },
  tests: { bytes: 4 * TEST_WORDS },
  formulas: { bytes: 4 },
  statements: { bytes: 4 * STATEMENT_WORDS },
  lists: { bytes: 4 },
  globs: { bytes: 4 * GLOB_WORDS },
  actions: { bytes: 4 * SLOT_WORDS },
  automata: { bytes: 4 * AUTOMATON_WORDS },
  bytes: { bytes: 1 },
  ranges: { bytes: 4 },
  symbols: { bytes: 2 },
  layouts: { bytes: 4 },
  groups: { bytes: 2 },
  grams: { bytes: 8 },
  gramEnds: { bytes: 4 },
  settings: { bytes: 4 },
  values: { bytes: 8 },
  literals: { bytes: 4 },
  finders: { bytes: 4 * FINDER_WORDS },
}

const FIXED_COUNTS: Partial<Record<SectionName, number>> = { settings: Object.keys(SETTING).length }

/** What a decision reads only a little of, and so stands behind the head. */
const BODY: readonly SectionName[] = ['text', 'bytes']

/** A stretch of bytes that something says is its own; what it does not use of it must be zero. */
interface Place {
  readonly what: string
  readonly start: number
  readonly used: number
  readonly end: number
}

export function checkLayout(bytes: Uint8Array, findings: Findings): void {
  const words = wordsOf(bytes)
  for (const name of SECTION_NAMES) {
    const [fixed, { count }] = [FIXED_COUNTS[name], sectionAt(words, name)]
    if (fixed !== undefined && fixed !== count)
      findings.differs(findings.whole, `section \`${name}\` has ${count} entries, expected ${fixed}`)
  }
  const headerEnd = 4 * (HEADER_WORDS + 2 * SECTION_COUNT)
  const body = BODY.map(name => sectionPlace(name, words))
  const head = SECTION_NAMES.filter(name => !BODY.includes(name)).map(name => sectionPlace(name, words))
  const chunkEnd = 4 * CHUNK_WORDS
  if (bytes.subarray(headerEnd, chunkEnd).some(byte => byte !== 0)) findings.differs(findings.whole, 'there is something behind the header')
  const headEnd = words[3] ?? 0
  checkTiling(head, chunkEnd, headEnd, bytes, findings)
  checkTiling(body, headEnd + 4 * sumCount(headEnd >> 2), bytes.length, bytes, findings)
  findings.reading(findings.whole, 'the automata of the table', () => {
    const { start, count } = sectionAt(words, 'bytes')
    const blocks = blocksOf(words, findings.table)
    const distinct = new Map(blocks.map(block => [`${block.start} ${block.used} ${block.end}`, placeOf(block)]))
    checkTiling([...distinct.values()], start, start + count, bytes, findings)
    for (const block of blocks) checkPadding(block, bytes, findings)
  })
}

function sectionPlace(name: SectionName, words: Uint32Array): Place {
  const { start, count } = sectionAt(words, name)
  const { bytes, more = 0 } = ENTRIES[name]
  const used = start + (count + more) * bytes
  return { what: `section \`${name}\``, start, used, end: start + 4 * Math.ceil((used - start) / 4) }
}

/** A block of `bytes`: its two parts, and what rounds each of them up. */
interface Block {
  readonly what: string
  readonly start: number
  readonly classesEnd: number
  readonly used: number
  readonly end: number
  /** Undefined for the search of a field. */
  readonly automaton?: number
}

/** A block and the sums behind it. */
function placeOf({ what, start, end }: Block): Place {
  const sumsEnd = end + 4 * blockSumCount((end - start) >> 2)
  return { what, start, used: sumsEnd, end: sumsEnd }
}

/** The blocks of the automata and of the searches for literals; equal ones stand once. */
function blocksOf(words: Uint32Array, table: Table): readonly Block[] {
  const automata = Array.from({ length: table.count(SECTION.automata) }, (_, index) => automatonBlock(index, words, table))
  const finders = Array.from({ length: table.count(SECTION.finders) }, (_, index) => finderBlock(index, words, table))
  return [...automata, ...finders.flat()]
}

function automatonBlock(index: number, words: Uint32Array, table: Table): Block {
  const word = (i: number) => table.word(SECTION.automata, index * AUTOMATON_WORDS + i)
  const start = sectionAt(words, 'bytes').start + word(0)
  const [end, states, classes] = [start + word(1), word(3), word(4)]
  const groups = classes === 0 ? 0 : table.unit(SECTION.groups, table.word(SECTION.layouts, word(9)))
  const kind = table.machineKind(index)
  const classesEnd = kind === 'backtracking' ? start : start + (ASCII + groups) * width(classes)
  const used = kind !== 'automaton' ? end : align2(classesEnd) + states * classes * width(states)
  return { what: `the block of automaton ${index}`, start, classesEnd, used, end, automaton: index }
}

function finderBlock(index: number, words: Uint32Array, table: Table): readonly Block[] {
  const word = (i: number) => table.word(SECTION.finders, index * FINDER_WORDS + i)
  if (word(1) !== FINDER.automaton) return []
  const start = sectionAt(words, 'bytes').start + word(2)
  const cells = ASCII + word(5) * word(6)
  const used = start + cells * width(cells)
  return [{ what: `the block of search ${index}`, start, classesEnd: start, used, end: start + word(3) }]
}

/** A block is as long as its two parts, and what rounds them up is zero. */
function checkPadding({ what, classesEnd, used, end, automaton }: Block, bytes: Uint8Array, findings: Findings): void {
  if (end - used < 0 || end - used > 3) findings.differs(findings.whole, `${what} of the table ends at ${end}`)
  const padding = [...bytes.subarray(classesEnd, align2(classesEnd)), ...bytes.subarray(used, end)]
  if (padding.every(byte => byte === 0)) return
  if (automaton === undefined) findings.differs(findings.whole, `something lies between the parts of ${what}`)
  else findings.differsIn(automaton, 'something lies between the parts of')
}

/** Entries are of one byte where their values allow. */
function width(values: number): number {
  return values <= 256 ? 1 : 2
}

function checkTiling(places: readonly Place[], from: number, to: number, bytes: Uint8Array, findings: Findings): void {
  let end = from
  for (const place of [...places].sort((a, b) => a.start - b.start || a.end - b.end)) {
    if (place.start !== end) findings.differs(findings.whole, `${place.what} of the table begins at ${place.start}, expected ${end}`)
    if (place.end - place.used < 0 || place.end - place.used > 3)
      findings.differs(findings.whole, `${place.what} of the table ends at ${place.end}`)
    if (bytes.subarray(place.used, place.end).some(byte => byte !== 0))
      findings.differs(findings.whole, `there is something behind ${place.what} of the table`)
    end = place.end
  }
  if (end !== to) findings.differs(findings.whole, `a part of the table ends at ${end}, expected ${to}`)
}
