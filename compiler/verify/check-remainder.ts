/**
 * What the other checks leave open: words that no decision reads, and hints that may be wrong without making a decision
 * wrong. All of it follows from the rest of the table, so that hardly a bit of a table can change without being found.
 */
import { eachGramEnd, GRAM_END_WORDS } from '../../runtime/decide/grams.js'
import { furtherSets, guardOf } from '../../runtime/decide/statement.js'
import {
  FINDER,
  FINDER_WORDS,
  GLOB_WORDS,
  GUARD,
  NONE,
  SECTION,
  SLOT_WORDS,
  STATEMENT_WORDS,
  type Table,
} from '../../runtime/decide/table.js'
import type { Findings } from './claims.js'
import { gramOf } from './literal-search.js'

/** The bits of the word that packs the effects of a statement. */
const EFFECT_BITS = 7

export function checkRemainder(findings: Findings): void {
  const { table, whole } = findings
  const must = (holds: boolean, what: string) => holds || findings.differs(whole, `the table has ${what}`)
  findings.reading(whole, 'the table', () => {
    must(table.word(SECTION.strings, 2 * table.count(SECTION.strings) + 1) === 0, 'a hash for no text')
    must(freeSlotsAreZero(table, SECTION.actions, SLOT_WORDS), 'a free slot of the index of actions that is not empty')
    must(freeSlotsAreZero(table, SECTION.grams, 2), 'a free slot of the index of grams that is not empty')
    must(listsAreWhole(table), 'a list that is none of its lists')
    must(gramsAreTexts(table), 'a gram that is no text')
    must(setsBelongToLiterals(table), 'further literals beside a guard that asks for none')
    must(effectsAreNarrow(table), 'unknown bits beside the effects of a statement')
    must(gramHintsFit(table), 'hints on grams that do not follow from its grams')
  })
}

function freeSlotsAreZero(table: Table, section: number, words: number): boolean {
  for (let slot = 0; slot < table.count(section); slot++) {
    if (table.word(section, words * slot) !== 0) continue
    for (let i = 1; i < words; i++) if (table.word(section, words * slot + i) !== 0) return false
  }
  return true
}

/** Those that the indexes name; those of statements and tests are compared entry by entry. */
function listsAreWhole(table: Table): boolean {
  const offsets = [
    ...wordsOf(table, SECTION.actions, SLOT_WORDS, [1, 2, 3, 4]),
    ...wordsOf(table, SECTION.globs, GLOB_WORDS, [1, 2, 3, 4]),
    ...wordsOf(table, SECTION.grams, 2, [1]),
  ]
  const starts = listStarts(table)
  // Free slots, which are zero, name no list: a table without statements has none.
  return offsets.every(offset => offset === 0 || starts.has(offset))
}

/** Lists lie one behind the other. */
function listStarts(table: Table): ReadonlySet<number> {
  const starts = new Set<number>()
  for (let at = 0; at < table.count(SECTION.lists); at += 1 + table.word(SECTION.lists, at)) starts.add(at)
  return starts
}

function wordsOf(table: Table, section: number, size: number, indexes: readonly number[]): readonly number[] {
  return Array.from({ length: table.count(section) }, (_, entry) => indexes.map(i => table.word(section, size * entry + i))).flat()
}

function gramsAreTexts(table: Table): boolean {
  for (let slot = 0; slot < table.count(SECTION.grams); slot++) {
    const entry = table.word(SECTION.grams, 2 * slot)
    if (entry !== 0 && gramOf(entry) === undefined) return false
  }
  return true
}

function setsBelongToLiterals(table: Table): boolean {
  for (let statement = 0; statement < table.count(SECTION.statements); statement++) {
    const guard = guardOf(table, statement)
    if ((guard === NONE || (guard & 1) !== GUARD.literals) && furtherSets(table, statement) !== NONE) return false
  }
  return true
}

function effectsAreNarrow(table: Table): boolean {
  for (let statement = 0; statement < table.count(SECTION.statements); statement++) {
    if (table.word(SECTION.statements, STATEMENT_WORDS * statement) >>> EFFECT_BITS !== 0) return false
  }
  return true
}

/** For each search by grams, the lengths of its grams and the pairs of characters that they end in; one behind the other. */
function gramHintsFit(table: Table): boolean {
  let [entries, hints] = [0, 0]
  for (let finder = 0; finder < table.count(SECTION.finders); finder++) {
    const word = (i: number) => table.word(SECTION.finders, FINDER_WORDS * finder + i)
    if (word(1) !== FINDER.grams) continue
    if (word(2) !== entries || word(4) !== hints || !hintsFit(table, word)) return false
    entries += word(3)
    hints += GRAM_END_WORDS
  }
  return entries === table.count(SECTION.grams) && hints === table.count(SECTION.gramEnds)
}

function hintsFit(table: Table, word: (i: number) => number): boolean {
  const ends = new Uint32Array(GRAM_END_WORDS)
  let lengths = 0
  for (let slot = word(2); slot < word(2) + word(3); slot++) {
    const gram = gramOf(table.word(SECTION.grams, 2 * slot))
    if (gram === undefined) continue
    lengths |= 1 << gram.length
    eachGramEnd(gram, pair => {
      ends[pair >> 5] = (ends[pair >> 5] ?? 0) | (1 << (pair & 31))
    })
  }
  return lengths === word(5) && ends.every((bits, i) => bits === table.word(SECTION.gramEnds, word(4) + i))
}
