/**
 * Which classes of the alphabet a state of an automaton tells apart. An alphabet is as fine as all sets of the pattern ask for, while a
 * state looks at the few sets that can be met from it before a code point has been read: it is followed once for each group of classes.
 */
import type { Alphabet } from './alphabet.js'
import type { Budget } from './budget.js'
import type { Nfa, NfaState } from './nfa.js'
import { NumberLists } from './number-lists.js'
import { splitGroups } from './split-groups.js'

export interface ClassGroups {
  /** The group of each class. */
  readonly groupOf: Uint16Array
  /** Whether flags of monitors can be met too. */
  readonly readsFlags: boolean
}

/** Sets of character sets are rows of 32-bit words, since many are made and joined. */
export class ClassGrouping {
  readonly #setCount: number
  readonly #wordCount: number
  /** For each state the sets that can be asked from it; one bit more tells whether flags can be. */
  readonly #askedFrom: Int32Array
  readonly #asked: Int32Array
  readonly #askedIds = new NumberLists()
  readonly #known: ClassGroups[] = []

  constructor(
    nfa: Nfa,
    readonly alphabet: Alphabet,
    readonly budget: Budget,
  ) {
    this.#setCount = nfa.sets.length
    this.#wordCount = (this.#setCount >> 5) + 1
    this.#askedFrom = this.#askedFromStates(nfa)
    this.#asked = new Int32Array(this.#wordCount)
  }

  /** The classes that none of the states tells apart. */
  groupsOf(states: readonly number[]): ClassGroups {
    this.#asked.fill(0)
    for (const state of states) this.#join(this.#asked, 0, this.#askedFrom, state)
    const id = this.#askedIds.idOf({ values: this.#asked, length: this.#wordCount })
    return (this.#known[id] ??= this.#group())
  }

  /** Splits the classes by one asked set after the other. */
  #group(): ClassGroups {
    const groupOf = new Uint16Array(this.alphabet.classes.length)
    let groupCount = 1
    this.alphabet.members.forEach((inside, set) => {
      if (!this.#isAsked(set)) return
      this.budget.spend(groupOf.length)
      groupCount = splitGroups(groupOf, groupCount, inside)
    })
    return { groupOf, readsFlags: this.#isAsked(this.#setCount) }
  }

  #isAsked(set: number): boolean {
    return ((this.#asked[set >> 5] ?? 0) & (1 << (set & 31))) !== 0
  }

  /** Joins a row into another; tells whether that added anything. */
  #join(to: Int32Array, toRow: number, from: Int32Array, fromRow: number): boolean {
    let added = false
    for (let at = 0; at < this.#wordCount; at++) {
      const old = to[toRow * this.#wordCount + at] ?? 0
      const both = old | (from[fromRow * this.#wordCount + at] ?? 0)
      if (both !== old) added = true
      to[toRow * this.#wordCount + at] = both
    }
    return added
  }

  /** The least solution, by repetition: most states follow those that come next, so that few rounds are needed. */
  #askedFromStates(nfa: Nfa): Int32Array {
    const asked = new Int32Array(nfa.states.length * this.#wordCount)
    nfa.states.forEach((state, id) => {
      if (state.kind === 'char' || state.kind === 'after') addSet(asked, id * this.#wordCount, state.set)
      if (state.kind === 'behind') addSet(asked, id * this.#wordCount, this.#setCount)
    })
    for (let changed = true; changed; ) {
      changed = false
      this.budget.spend(nfa.states.length)
      nfa.states.forEach((state, id) => {
        for (const next of reachedWithoutReading(state)) if (this.#join(asked, id, asked, next)) changed = true
      })
    }
    return asked
  }
}

function addSet(words: Int32Array, from: number, set: number): void {
  const at = from + (set >> 5)
  words[at] = (words[at] ?? 0) | (1 << (set & 31))
}

/** The states that are met in following this one; a monitor, which a look-behind reads, is followed on its own. */
function reachedWithoutReading(state: NfaState): readonly number[] {
  switch (state.kind) {
    case 'split':
      return [state.first, state.second]
    case 'before':
    case 'after':
    case 'behind':
      return [state.next]
    case 'ahead':
      return [state.next, state.body]
    case 'done':
    case 'flag':
    case 'char':
      return []
    default:
      return state satisfies never
  }
}
