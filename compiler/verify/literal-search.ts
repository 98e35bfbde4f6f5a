/** The search for literals in the text of a field, as the runtime makes it, one character after another. */
import { GRAM_END_WORDS, Grams } from '../../runtime/decide/grams.js'
import { ASCII, FINDER, FINDER_WORDS, SECTION, type Table } from '../../runtime/decide/table.js'
import { FOUND, type LiteralSearch } from './keyword-search.js'
import { LiteralTexts } from './literal-texts.js'

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
      return new GramSearch(gramsFound(this.table, word, list => this.table.list(list).some(literal => wanted.has(literal))))
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

/** States are ends of texts that a gram begins with. */
class GramSearch implements LiteralSearch {
  readonly #states: string[] = ['']
  readonly #grams: ReadonlySet<string>
  readonly #beginnings: ReadonlySet<string>
  /** The class of each character of the grams, from 1 on; 0 is every other. */
  readonly #classes = new Uint8Array(ASCII + 1)
  readonly #chars: readonly string[]
  /** By state and class; undefined where it has not been asked for. */
  readonly #next: (number | undefined)[] = []

  constructor(grams: readonly string[]) {
    this.#grams = new Set(grams)
    this.#beginnings = new Set(grams.flatMap(gram => Array.from({ length: gram.length }, (_, length) => gram.slice(0, length))))
    this.#chars = ['', ...new Set(grams.flatMap(gram => [...gram]))]
    this.#chars.forEach((char, each) => {
      if (char !== '') this.#classes[char.charCodeAt(0)] = each
    })
  }

  classOf(code: number): number {
    return this.#classes[code] ?? 0
  }

  next(state: number, code: number): number {
    const each = this.#classes[code] ?? 0
    if (each === 0) return 0
    return (this.#next[state * this.#chars.length + each] ??= this.#after(`${this.#states[state] ?? ''}${this.#chars[each] ?? ''}`))
  }

  #after(text: string): number {
    const ends = Array.from(text, (_, from) => text.slice(from))
    if (ends.some(end => this.#grams.has(end))) return FOUND
    return this.#numberOf(ends.find(end => this.#beginnings.has(end)) ?? '')
  }

  #numberOf(end: string): number {
    const known = this.#states.indexOf(end)
    return known === -1 ? this.#states.push(end) - 1 : known
  }
}
