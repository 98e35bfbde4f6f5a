/** The search for literals in the text of a field, as the runtime makes it, one character after another. */
import { GRAM_END_WORDS, Grams } from '../../runtime/decide/grams.js'
import { ASCII, FINDER, FINDER_WORDS, SECTION, type Table } from '../../runtime/decide/table.js'
import { LiteralTexts } from './literal-texts.js'
import { type LiteralSearch, WordSearch } from './word-search.js'

/** The searches for literals of a table, each proved once. */
export class LiteralSearches {
  readonly #texts = new Map<number, LiteralTexts>()

  constructor(readonly table: Table) {}

  /** @throws where the table has no search for the field, or a damaged one */
  of(field: number, literals: readonly number[]): LiteralSearch {
    for (let finder = 0; finder < this.table.count(SECTION.finders); finder++) {
      const word = (i: number) => this.table.word(SECTION.finders, FINDER_WORDS * finder + i)
      if (word(0) !== field) continue
      if (word(1) === FINDER.automaton) return this.#textsOf(finder, word(8)).search(literals)
      const wanted = new Set(literals)
      return gramSearch(gramsFound(this.table, word, list => this.table.list(list).some(literal => wanted.has(literal))))
    }
    throw new Error('a field has no search for its literals')
  }

  #textsOf(finder: number, lists: number): LiteralTexts {
    const known = this.#texts.get(finder)
    if (known !== undefined) return known
    const automaton = this.table.literalAutomaton(finder)
    automaton.block.compare()
    const made = new LiteralTexts(this.table, automaton, this.table.list(lists))
    this.#texts.set(finder, made)
    return made
  }
}

/** The grams that lead to one of the literals, as a search really meets them. */
function gramsFound(table: Table, word: (i: number) => number, ends: (list: number) => boolean): readonly string[] {
  const count = word(3)
  const entries = table.view(SECTION.grams, 2 * word(2), 2 * count)
  if (!searchEnds(entries)) throw new Error('a search for a gram would not end')
  const grams = new Grams(
    entries,
    table.view(SECTION.gramEnds, word(4), GRAM_END_WORDS),
    [1, 2, 3, 4].filter(length => (word(5) & (1 << length)) !== 0),
  )
  return Array.from({ length: count }, (_, slot) => slot).flatMap(slot => {
    const list = entries[2 * slot + 1] ?? 0
    const gram = gramOf(entries[2 * slot] ?? 0)
    return gram !== undefined && ends(list) && isMet(gram, list, grams) ? [gram] : []
  })
}

function searchEnds(entries: Uint32Array): boolean {
  const slots = entries.length / 2
  return slots > 0 && (slots & (slots - 1)) === 0 && entries.some((entry, i) => i % 2 === 0 && entry === 0)
}

/** Seven bits a character, two for the length; undefined for a free slot and for what no text packs to. */
export function gramOf(entry: number): string | undefined {
  if (entry === 0) return undefined
  let rest = (entry - 1) >>> 2
  let gram = ''
  for (let i = 0; i <= ((entry - 1) & 3); i++) {
    gram = String.fromCharCode(rest & 0x7f) + gram
    rest >>>= 7
  }
  return rest === 0 && !gram.includes('\u007f') ? gram : undefined
}

const EVERY_CHARACTER = Array.from({ length: ASCII }, (_, code) => String.fromCharCode(code))

/** Whether the search in a text that ends in the gram meets its list, whatever stands before. */
function isMet(gram: string, list: number, grams: Grams): boolean {
  const befores = gram.length === 1 ? ['', ...EVERY_CHARACTER] : ['']
  return befores.every(before => {
    let met = false
    grams.scan(before + gram, { add: entry => (met ||= entry === list) })
    return met
  })
}

function gramSearch(grams: readonly string[]): WordSearch {
  const chars = [...new Set(grams.join(''))]
  const classes = [...EVERY_CHARACTER.map(char => chars.indexOf(char) + 1), 0]
  const words = grams.map(gram => ({
    text: String.fromCharCode(...Array.from(gram, char => chars.indexOf(char) + 1)),
    before: false,
    after: false,
  }))
  return new WordSearch(words, { classes, count: chars.length + 1, isWord: [] })
}
