/** What the walks of this folder run: a deterministic automaton of one pattern, made as far as it is walked. */
import type { Letters } from './letters.js'

export interface Machine {
  /** The class of each letter: letters of one class lead to the same states. */
  readonly classOf: Int32Array
  readonly classCount: number
  readonly start: number
  /** The next state by class; to be read before the next row is asked for. */
  row(state: number): Int32Array
  /** Whether the text read so far matches, if it ends here. */
  accepts(state: number): boolean
  /** States made so far. */
  readonly stateCount: number
}

export interface Classes {
  readonly of: Int32Array
  readonly count: number
  /** A letter of each class. */
  readonly samples: readonly number[]
}

/** The coarsest split of the letters that tells apart what one of the sets (as members of the letters) does. */
export function splitLetters(letters: Letters, members: readonly Uint8Array[]): Classes {
  const of = new Int32Array(letters.count)
  let count = 1
  const split = new Int32Array(letters.count + 1)
  for (const inside of members) {
    // INVARIANT: between two sets every number below `count` has a letter.
    const sizes = sizesOf(of, count)
    const taken = new Int32Array(count)
    split.fill(-1, 0, count)
    for (let letter = 0; letter < of.length; letter++) {
      if (inside[letter] === 1) taken[of[letter] ?? 0] = (taken[of[letter] ?? 0] ?? 0) + 1
    }
    for (let letter = 0; letter < of.length; letter++) {
      const old = of[letter] ?? 0
      if (inside[letter] !== 1 || taken[old] === sizes[old]) continue
      if ((split[old] ?? -1) === -1) split[old] = count++
      of[letter] = split[old] ?? 0
    }
  }
  return { of, count, samples: samplesOf(of, count) }
}

function sizesOf(of: Int32Array, count: number): Int32Array {
  const sizes = new Int32Array(count)
  for (const each of of) sizes[each] = (sizes[each] ?? 0) + 1
  return sizes
}

function samplesOf(of: Int32Array, count: number): readonly number[] {
  const samples = new Array<number>(count).fill(0)
  of.forEach((each, letter) => {
    samples[each] = letter
  })
  return samples
}
