/** That sections and blocks lie one behind the other, and that nothing lies between them. */
import { GRAM_END_WORDS } from '../../runtime/decide/guard-index.js'
import {
  align2,
  ASCII,
  AUTOMATON_WORDS,
  GLOB_WORDS,
  HEADER_WORDS,
  SECTION,
  SECTION_COUNT,
  SETTING,
  SLOT_WORDS,
  STATEMENT_WORDS,
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
}

const FIXED_COUNTS: Partial<Record<SectionName, number>> = { gramEnds: GRAM_END_WORDS, settings: Object.keys(SETTING).length }

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
  checkTiling(head, headerEnd, words[3] ?? 0, bytes, findings)
  checkTiling(body, words[3] ?? 0, bytes.length, bytes, findings)
  findings.reading(findings.whole, 'the automata of the table', () => {
    const { start, count } = sectionAt(words, 'bytes')
    checkTiling(blockPlaces(words, findings), start, start + count, bytes, findings)
    checkPadding(words, bytes, findings)
  })
}

function sectionPlace(name: SectionName, words: Uint32Array): Place {
  const { start, count } = sectionAt(words, name)
  const { bytes, more = 0 } = ENTRIES[name]
  const used = start + (count + more) * bytes
  return { what: `section \`${name}\``, start, used, end: start + 4 * Math.ceil((used - start) / 4) }
}

/** The blocks of the automata; equal ones stand once. */
function blockPlaces(words: Uint32Array, { table }: Findings): readonly Place[] {
  const places = new Map<string, Place>()
  for (let index = 0; index < table.count(SECTION.automata); index++) {
    const { start, classesEnd, states, classes, length } = blockOf(index, words, table)
    const used = align2(classesEnd) + states * classes * width(states)
    places.set(`${start} ${used} ${length}`, { what: `the block of automaton ${index}`, start, used, end: start + length })
  }
  return [...places.values()]
}

function blockOf(index: number, words: Uint32Array, table: Table) {
  const word = (i: number) => table.word(SECTION.automata, index * AUTOMATON_WORDS + i)
  const start = sectionAt(words, 'bytes').start + word(0)
  const groups = table.unit(SECTION.groups, table.word(SECTION.layouts, word(9)))
  return { start, length: word(1), states: word(3), classes: word(4), classesEnd: start + (ASCII + groups) * width(word(4)) }
}

/** What rounds the two parts of a block up is zero. */
function checkPadding(words: Uint32Array, bytes: Uint8Array, findings: Findings): void {
  for (let index = 0; index < findings.table.count(SECTION.automata); index++) {
    const { start, classesEnd, states, classes, length } = blockOf(index, words, findings.table)
    const used = align2(classesEnd) + states * classes * width(states)
    const padding = [...bytes.subarray(classesEnd, align2(classesEnd)), ...bytes.subarray(used, start + length)]
    if (padding.some(byte => byte !== 0)) findings.differsIn(index, 'something lies between the parts of')
  }
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
