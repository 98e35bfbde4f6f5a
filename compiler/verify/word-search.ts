/** The search for a few words, of which the first one found ends it. */
import { ASCII } from '../../runtime/decide/table.js'

/** While none of the words that are looked for has been found. */
export interface LiteralSearch {
  /** @param code an ASCII character; ASCII itself for any other @returns FOUND where one of the words is found by now */
  next(state: number, code: number): number
  /** Whether one of the words is found if the text ends here. */
  isFoundAtEnd(state: number): boolean
  /** Characters of one class are searched alike. */
  classOf(code: number): number
}

export const FOUND = -1

/** A word as the classes of its characters, as if they were characters; beside it no word character may stand where it has an edge. */
export interface SearchedWord {
  readonly text: string
  readonly before: boolean
  readonly after: boolean
}

/** How the characters are read: class 0 is in no word. */
export interface SearchedClasses {
  /** Of each ASCII character, and of all others. */
  readonly classes: readonly number[]
  readonly count: number
  /** Per class whether it is of word characters; all of a class are, or none. */
  readonly isWord: readonly boolean[]
}

interface State {
  /** The longest end of the text that some word begins with, where it stands; what else was read cannot matter any more. */
  readonly text: string
  /** Whether a word character stands before that. */
  readonly isAfterWord: boolean
  /** Whether a word was read and no word character may follow. */
  readonly isPending: boolean
}

export class WordSearch implements LiteralSearch {
  readonly #states: State[] = [{ text: '', isAfterWord: false, isPending: false }]
  readonly #numbers = new Map<string, number>([['false false ', 0]])
  readonly #words = new Map<string, SearchedWord[]>()
  /** What words begin with, anywhere and at edges alone. */
  readonly #beginnings = new Map<string, 'anywhere' | 'edge'>()
  readonly #minds: boolean
  /** By state and class; undefined where it has not been asked for. */
  readonly #next: (number | undefined)[] = []

  constructor(
    words: readonly SearchedWord[],
    readonly alphabet: SearchedClasses,
  ) {
    this.#minds = words.some(({ before }) => before)
    for (const word of words) {
      this.#words.set(word.text, [...(this.#words.get(word.text) ?? []), word])
      for (let length = 1; length < word.text.length; length++) this.#addBeginning(word.text.slice(0, length), word.before)
    }
  }

  #addBeginning(text: string, atEdge: boolean): void {
    if (!atEdge) this.#beginnings.set(text, 'anywhere')
    else if (!this.#beginnings.has(text)) this.#beginnings.set(text, 'edge')
  }

  classOf(code: number): number {
    return this.alphabet.classes[code] ?? this.alphabet.classes[ASCII] ?? 0
  }

  isFoundAtEnd(state: number): boolean {
    return this.#states[state]?.isPending === true
  }

  next(state: number, code: number): number {
    const each = this.classOf(code)
    const from = this.#states[state]
    if (from === undefined) return FOUND // what was found stays found
    return (this.#next[state * this.alphabet.count + each] ??= this.#after(from, each))
  }

  #after({ text, isAfterWord, isPending }: State, each: number): number {
    if (isPending && !this.#isWord(each)) return FOUND
    const read = text + String.fromCharCode(each)
    const ends = Array.from(read, (_, from) => ({
      text: read.slice(from),
      isAfterWord: from === 0 ? isAfterWord : this.#isWord(read.charCodeAt(from - 1)),
    }))
    const words = ends.flatMap(end => (this.#words.get(end.text) ?? []).filter(word => !(word.before && end.isAfterWord)))
    if (words.some(({ after }) => !after)) return FOUND
    const end = ends.find(one => this.#begins(one))
    return this.#numberOf({ ...(end ?? { text: '', isAfterWord: this.#isWord(each) }), isPending: words.length > 0 })
  }

  #begins({ text, isAfterWord }: Pick<State, 'text' | 'isAfterWord'>): boolean {
    const where = this.#beginnings.get(text)
    return where === 'anywhere' || (where === 'edge' && !isAfterWord)
  }

  #isWord(each: number): boolean {
    return this.alphabet.isWord[each] === true
  }

  #numberOf(state: State): number {
    const minded = { ...state, isAfterWord: state.isAfterWord && this.#minds }
    const key = `${minded.isAfterWord} ${minded.isPending} ${minded.text}`
    const known = this.#numbers.get(key) ?? this.#states.push(minded) - 1
    this.#numbers.set(key, known)
    return known
  }
}
