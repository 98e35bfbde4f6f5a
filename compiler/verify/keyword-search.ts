/** The search for many words at once (Aho and Corasick, 1975), made anew and apart from the table's: what its automata are held against. */
/** A word as the classes of its characters. */
export type ClassWord = readonly number[]

export class KeywordSearch {
  /** At state * classCount + class the next state; state 0 has read nothing of any word. */
  readonly steps: Int32Array
  /** By state the words that end there. */
  readonly ends: (readonly number[])[] = [[]]

  constructor(
    words: readonly ClassWord[],
    readonly classCount: number,
  ) {
    const trie = [new Map<number, number>()]
    words.forEach((word, index) => this.#enter(trie, word, index))
    this.steps = new Int32Array(trie.length * classCount)
    this.#link(trie)
  }

  #enter(trie: Map<number, number>[], word: ClassWord, index: number): void {
    let state = 0
    for (const each of word) {
      const known = trie[state]?.get(each)
      if (known === undefined) {
        trie[state]?.set(each, trie.length)
        state = trie.push(new Map()) - 1
        this.ends.push([])
      } else state = known
    }
    this.ends[state] = [...(this.ends[state] ?? []), index]
  }

  /** Breadth first: where a word does not go on, its longest end that some word begins with does. */
  #link(trie: readonly Map<number, number>[]): void {
    const fails = new Int32Array(trie.length)
    const order = [0]
    for (const state of order) {
      const fail = fails[state] ?? 0
      const after = (each: number) => (state === 0 ? 0 : (this.steps[fail * this.classCount + each] ?? 0))
      for (let each = 0; each < this.classCount; each++) this.steps[state * this.classCount + each] = after(each)
      for (const [each, child] of trie[state] ?? []) {
        fails[child] = after(each)
        this.ends[child] = [...(this.ends[child] ?? []), ...(this.ends[fails[child] ?? 0] ?? [])]
        this.steps[state * this.classCount + each] = child
        order.push(child)
      }
    }
  }
}
