/** What each literal of a search reads: told by the automaton itself, then proved to be found wherever it stands in a text. */
import { ASCII, type LiteralTable, type Table } from '../../runtime/decide/table.js'
import { type ClassWord, KeywordSearch } from './keyword-search.js'

export class LiteralTexts {
  readonly #words = new Map<number, ClassWord>()

  /** @throws where the automaton is damaged or misses a literal somewhere */
  constructor(
    table: Table,
    readonly automaton: LiteralTable,
    lists: readonly number[],
  ) {
    const { stateCount, classCount, firstEnd, classes, rows } = automaton
    const isWhole = classes.every(each => each < classCount) && rows.every(row => row % classCount === 0 && row < stateCount * classCount)
    if (!isWhole || firstEnd + lists.length !== stateCount) throw new Error('the search for literals is damaged')
    const found = Array.from({ length: stateCount }, (_, state) => (state < firstEnd ? [] : table.list(lists[state - firstEnd] ?? 0)))
    this.#read(found)
    this.#prove(found)
  }

  /** The search for some of the literals. One that the automaton never finds is not found here either. */
  search(literals: readonly number[]): KeywordSearch {
    const words = literals.map(literal => this.#words.get(literal)).filter(word => word !== undefined)
    return new KeywordSearch(words, code => this.#classOf(code), this.automaton.classCount)
  }

  #classOf(code: number): number {
    return code < ASCII ? (this.automaton.classes[code] ?? 0) : 0
  }

  #next(state: number, each: number): number {
    const { classCount, rows } = this.automaton
    return (rows[state * classCount + each] ?? 0) / classCount
  }

  /** The shortest text after which the automaton finds a literal. */
  #read(found: readonly (readonly number[])[]): void {
    const words = new Map<number, ClassWord>([[0, []]])
    for (const [state, word] of words) {
      for (const literal of found[state] ?? []) if (!this.#words.has(literal)) this.#words.set(literal, word)
      for (let each = 0; each < this.automaton.classCount; each++) {
        const next = this.#next(state, each)
        if (!words.has(next)) words.set(next, [...word, each])
      }
    }
  }

  /** Walks the automaton and a search of our own at once: what the one finds, the other must have found. */
  #prove(found: readonly (readonly number[])[]): void {
    const literals = [...this.#words.keys()]
    const { steps, ends, classCount } = this.search(literals)
    const pairs = [[0, 0]]
    const seen = new Set([0])
    for (const [state = 0, own = 0] of pairs) {
      if (!(ends[own] ?? []).every(word => found[state]?.includes(literals[word] ?? -1)))
        throw new Error('the search for literals misses one')
      for (let each = 0; each < classCount; each++) {
        const [next, ownNext] = [this.#next(state, each), steps[own * classCount + each] ?? 0]
        const key = next * ends.length + ownNext
        if (seen.has(key)) continue
        seen.add(key)
        pairs.push([next, ownNext])
      }
    }
  }
}
