/** What each literal of a search reads: told by the automaton itself, then proved to be found wherever it stands in a text. */
import { isWord } from '../../runtime/decide/literal-index.js'
import { ASCII, type LiteralTable, type Table } from '../../runtime/decide/table.js'
import { type FoundLiteral, foundLiterals } from '../table/decode-finder.js'
import { type ClassWord, KeywordSearch } from './keyword-search.js'
import { type SearchedClasses, type SearchedWord, WordSearch } from './word-search.js'

export class LiteralTexts {
  readonly #words = new Map<number, ClassWord>()
  readonly #searched = new Map<number, SearchedWord>()
  readonly #alphabet: SearchedClasses

  /** @throws where the automaton is damaged or misses a literal somewhere */
  constructor(
    table: Table,
    readonly automaton: LiteralTable,
    lists: readonly number[],
  ) {
    const { stateCount, firstEnd, cells } = automaton
    const isWhole = cells.every((cell, i) => (i < ASCII ? isColumn(cell - ASCII, automaton) : cell < stateCount))
    if (!isWhole || firstEnd + lists.length !== stateCount) throw new Error('the search for literals is damaged')
    const found = Array.from({ length: stateCount }, (_, state) =>
      state < firstEnd ? [] : foundLiterals(table.list(lists[state - firstEnd] ?? 0)),
    )
    this.#alphabet = this.#searchedClasses()
    this.#read(found)
    this.#prove(found)
  }

  /** The search for some of the literals. One that the automaton never finds is not found here either. */
  search(literals: readonly number[]): WordSearch {
    return new WordSearch(
      literals.flatMap(literal => this.#searched.get(literal) ?? []),
      this.#alphabet,
    )
  }

  #classOf(code: number): number {
    return ((this.automaton.cells[code] ?? 0) - ASCII) / this.automaton.stateCount
  }

  #next(state: number, each: number): number {
    const { stateCount, cells } = this.automaton
    return cells[ASCII + each * stateCount + state] ?? 0
  }

  /** Class 0 and, apart from it, the word characters that are in no literal; what is not ASCII ends every word. */
  #searchedClasses(): SearchedClasses {
    const { classCount } = this.automaton
    const isWordClass = new Array<boolean | undefined>(classCount + 1)
    const classes = Array.from({ length: ASCII }, (_, code) => {
      const each = this.#classOf(code)
      const searched = each === 0 && isWord(code) ? classCount : each
      if ((isWordClass[searched] ??= isWord(code)) !== isWord(code)) throw new Error('the search for literals takes characters for others')
      return searched
    })
    return { classes: [...classes, 0], count: classCount + 1, isWord: Array.from(isWordClass, each => each === true) }
  }

  /** The shortest text after which the automaton finds a literal. */
  #read(found: readonly (readonly FoundLiteral[])[]): void {
    const words = new Map<number, ClassWord>([[0, []]])
    for (const [state, word] of words) {
      for (const each of found[state] ?? []) this.#readLiteral(each, word)
      for (let each = 0; each < this.automaton.classCount; each++) {
        const next = this.#next(state, each)
        if (!words.has(next)) words.set(next, [...word, each])
      }
    }
  }

  /** The runtime looks for its edges by its length, which the automaton tells too. */
  #readLiteral({ literal, before, after }: FoundLiteral, word: ClassWord): void {
    const known = this.#searched.get(literal)
    const length = this.#words.get(literal)?.length ?? word.length
    const isRight =
      (before === 0 || before === length + 1) && (known === undefined || (known.before === before > 0 && known.after === after))
    if (!isRight || word.includes(0)) throw new Error('the search for literals is damaged')
    if (known !== undefined) return
    this.#words.set(literal, word)
    this.#searched.set(literal, { text: String.fromCharCode(...word), before: before > 0, after })
  }

  /** Walks the automaton and a search of our own at once: what the one finds, the other must have found. */
  #prove(found: readonly (readonly FoundLiteral[])[]): void {
    const literals = [...this.#words.keys()]
    const { classCount } = this.automaton
    const { steps, ends } = new KeywordSearch([...this.#words.values()], classCount)
    const pairs = [[0, 0]]
    const seen = new Set([0])
    const meet = (state: number, own: number) => {
      const key = state * ends.length + own
      if (seen.has(key)) return
      seen.add(key)
      pairs.push([state, own])
    }
    for (const [state = 0, own = 0] of pairs) {
      if (!(ends[own] ?? []).every(word => found[state]?.some(({ literal }) => literal === literals[word])))
        throw new Error('the search for literals misses one')
      for (let each = 0; each < classCount; each++) {
        const next = this.#next(state, each)
        meet(next, steps[own * classCount + each] ?? 0)
        // What is not ASCII is read as something that is, and ends what our own search has read.
        meet(next, 0)
      }
    }
  }
}

/** @param start where a column begins behind the list of columns */
function isColumn(start: number, { stateCount, classCount }: LiteralTable): boolean {
  return start >= 0 && start % stateCount === 0 && start < stateCount * classCount
}
