/** The grams by which the table finds statements, as a search in a text really meets them. */
import { GuardIndex } from '../../runtime/decide/guard-index.js'
import { SECTION, type Table } from '../../runtime/decide/table.js'

/** By statement: the grams that lead to it. A gram that the search would miss leads nowhere. */
export function gramsOfStatements(table: Table): ReadonlyMap<number, readonly string[]> {
  const grams = new Map<number, string[]>()
  if (!searchesEnd(table)) throw new Error('a search for a gram would not end')
  const index = new GuardIndex(table)
  for (let slot = 0; slot < table.count(SECTION.grams); slot++) {
    const gram = gramAt(table, slot)
    const list = table.word(SECTION.grams, 2 * slot + 1)
    if (gram === undefined || !isMet(gram, list, index)) continue
    for (const statement of table.list(list)) grams.set(statement, [...(grams.get(statement) ?? []), gram])
  }
  return grams
}

/** Undefined for a free slot, and for what no text packs to. */
export function gramAt(table: Table, slot: number): string | undefined {
  const entry = table.word(SECTION.grams, 2 * slot)
  return entry === 0 ? undefined : unpacked(entry - 1)
}

function searchesEnd(table: Table): boolean {
  const slots = table.count(SECTION.grams)
  if (slots === 0 || (slots & (slots - 1)) !== 0) return false
  for (let slot = 0; slot < slots; slot++) if (table.word(SECTION.grams, 2 * slot) === 0) return true
  return false
}

/** Seven bits a character, two for the length. */
function unpacked(packed: number): string | undefined {
  const length = (packed & 3) + 1
  let rest = packed >>> 2
  let gram = ''
  for (let i = 0; i < length; i++) {
    gram = String.fromCharCode(rest & 0x7f) + gram
    rest >>>= 7
  }
  return rest === 0 && !gram.includes('\u007f') ? gram : undefined
}

/** Whether the search in a text that ends in the gram meets its list, whatever stands before. */
function isMet(gram: string, list: number, index: GuardIndex): boolean {
  const befores = gram.length === 1 ? ['', ...EVERY_CHARACTER] : ['']
  return befores.every(before => index.listsMet(symbolsOfAscii(before + gram)).includes(list))
}

const EVERY_CHARACTER = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code))

function symbolsOfAscii(text: string): { readonly units: Uint8Array; readonly length: number } {
  return { units: Uint8Array.from(text, char => char.charCodeAt(0)), length: text.length }
}

/** The automaton of all texts without any of the grams, while it lasts: states are ends of texts that a gram begins with. */
export class GramSearch {
  /** A gram is in the text. */
  static readonly FOUND = -1
  readonly #states: string[] = ['']
  readonly #next = new Map<string, number>()
  readonly #grams: ReadonlySet<string>
  readonly #beginnings: ReadonlySet<string>
  /** The characters of the grams; all others lead back to the start. */
  readonly chars: ReadonlySet<string>

  constructor(grams: readonly string[]) {
    this.#grams = new Set(grams)
    this.#beginnings = new Set(grams.flatMap(gram => Array.from({ length: gram.length }, (_, length) => gram.slice(0, length))))
    this.chars = new Set(grams.flatMap(gram => [...gram]))
  }

  /** @param char one of the characters of the grams; undefined for any other */
  next(state: number, char: string | undefined): number {
    if (char === undefined) return 0
    const key = `${this.#states[state] ?? ''}${char}`
    const known = this.#next.get(key)
    if (known !== undefined) return known
    const found = this.#after(key)
    this.#next.set(key, found)
    return found
  }

  #after(text: string): number {
    const ends = Array.from(text, (_, from) => text.slice(from))
    if (ends.some(end => this.#grams.has(end))) return GramSearch.FOUND
    return this.#numberOf(ends.find(end => this.#beginnings.has(end)) ?? '')
  }

  #numberOf(end: string): number {
    const known = this.#states.indexOf(end)
    return known === -1 ? this.#states.push(end) - 1 : known
  }
}
