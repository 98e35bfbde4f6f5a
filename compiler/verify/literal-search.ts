/** The search for literals in the text of a field, as the runtime makes it, one character after another. */
import { GRAM_END_WORDS, Grams } from '../../runtime/decide/grams.js'
import { ASCII, FINDER, FINDER_WORDS, type LiteralTable, SECTION, type Table } from '../../runtime/decide/table.js'

/** While none of the literals that are looked for has been found. */
export interface LiteralSearch {
  /** @param code an ASCII character; ASCII itself for any other @returns FOUND where one of the literals ends here */
  next(state: number, code: number): number
  /** Characters of one class are searched alike. */
  classOf(code: number): number
}

export const FOUND = -1

/** @throws where the table has no search for the field, or a damaged one */
export function searchFor(table: Table, field: number, literals: ReadonlySet<number>): LiteralSearch {
  for (let finder = 0; finder < table.count(SECTION.finders); finder++) {
    const word = (i: number) => table.word(SECTION.finders, FINDER_WORDS * finder + i)
    if (word(0) !== field) continue
    const ends = (list: number) => table.list(list).some(literal => literals.has(literal))
    if (word(1) === FINDER.grams) return new GramSearch(gramsFound(table, word, ends))
    return new AutomatonSearch(table.literalAutomaton(finder), table.list(word(8)), ends)
  }
  throw new Error('a field has no search for its literals')
}

class AutomatonSearch implements LiteralSearch {
  readonly #found: Uint8Array

  constructor(
    readonly automaton: LiteralTable,
    lists: readonly number[],
    ends: (list: number) => boolean,
  ) {
    const { stateCount, classCount, firstEnd, classes, rows } = automaton
    const isWhole = classes.every(each => each < classCount) && rows.every(row => row % classCount === 0 && row < stateCount * classCount)
    if (!isWhole || firstEnd + lists.length !== stateCount) throw new Error('the search for literals is damaged')
    this.#found = Uint8Array.from({ length: stateCount }, (_, state) => (state >= firstEnd && ends(lists[state - firstEnd] ?? 0) ? 1 : 0))
  }

  classOf(code: number): number {
    return code < ASCII ? (this.automaton.classes[code] ?? 0) : 0
  }

  next(state: number, code: number): number {
    const { classCount, rows } = this.automaton
    const next = (rows[state * classCount + this.classOf(code)] ?? 0) / classCount
    return this.#found[next] === 1 ? FOUND : next
  }
}

/** The grams that lead to one of the literals, as a search really meets them. */
function gramsFound(table: Table, word: (i: number) => number, ends: (list: number) => boolean): readonly string[] {
  const [start, count] = [2 * word(2), word(3)]
  const entries = table.view(SECTION.grams, start, 2 * count)
  if (!searchEnds(entries)) throw new Error('a search for a gram would not end')
  const grams = new Grams(
    table,
    start,
    count,
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
