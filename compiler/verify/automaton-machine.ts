/** An automaton that was proved before, as the machine that others are held against. */
import type { Automaton } from '../patterns/automaton.js'
import { type CharSet, charRanges } from '../patterns/char-set.js'
import type { Letters } from './letters.js'
import type { Machine } from './machine.js'

/** What a verification has to tell apart for it: its classes, in their order. */
export function classSets({ classes }: Automaton): readonly CharSet[] {
  return classes.map(ranges => charRanges(ranges.map(({ from, to }) => [from, to] as const)))
}

/** @param sets those of `classSets`, which the letters know */
export function automatonMachine({ transitions, accepting, stateCount }: Automaton, sets: readonly CharSet[], letters: Letters): Machine {
  const next = Int32Array.from(transitions)
  return {
    classOf: classOfLetters(sets, letters),
    classCount: sets.length,
    start: 0,
    stateCount,
    row: state => next.subarray(state * sets.length, (state + 1) * sets.length),
    accepts: state => accepting[state] === 1,
  }
}

function classOfLetters(sets: readonly CharSet[], letters: Letters): Int32Array {
  const classOf = new Int32Array(letters.count)
  sets.forEach((set, each) => {
    letters.members(set).forEach((isIn, letter) => {
      if (isIn === 1) classOf[letter] = each
    })
  })
  return classOf
}
