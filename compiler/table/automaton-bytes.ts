/** Automata as the table holds them: states reordered so that a comparison tells what a state is, entries as narrow as they can be. */
import { align2, NONE } from '../../runtime/decide/table.js'
import type { Automaton } from '../patterns/automaton.js'
import { unitBytes } from './writer.js'

export interface EncodedAutomaton {
  readonly bytes: Uint8Array
  /** States, classes, start, first accepting, dead, first absorbing accepting. */
  readonly words: readonly number[]
}

/** @param classes the classes of ASCII and of the groups of the automaton's layout */
export function encodeAutomaton(automaton: Automaton, classes: readonly number[]): EncodedAutomaton {
  const { order, firstAccepting, dead, firstAbsorbing } = orderStates(automaton)
  const newIndex = new Uint32Array(automaton.stateCount)
  order.forEach((state, index) => {
    newIndex[state] = index
  })
  const classCount = automaton.classes.length
  return {
    bytes: concat(entries(classes, classCount), entries(reordered(automaton, order, newIndex), automaton.stateCount)),
    words: [automaton.stateCount, classCount, newIndex[0] ?? 0, firstAccepting, dead, firstAbsorbing],
  }
}

/** The cells of the automaton of a finder as they stand in `bytes`; none is larger than there are cells. */
export function cellsBlock(cells: readonly number[]): Uint8Array {
  return concat(entries(cells, cells.length), new Uint8Array())
}

function reordered(automaton: Automaton, order: readonly number[], newIndex: Uint32Array): Uint32Array {
  const classCount = automaton.classes.length
  const transitions = new Uint32Array(automaton.transitions.length)
  let to = 0
  for (const state of order) {
    for (let at = state * classCount; at < (state + 1) * classCount; at++) {
      transitions[to++] = newIndex[automaton.transitions[at] as number] as number // states of this automaton
    }
  }
  return transitions
}

/** Rejecting states, accepting ones, the dead one, and the one that accepts whatever follows. */
function orderStates(automaton: Automaton) {
  const rejecting: number[] = []
  const accepting: number[] = []
  const dead: number[] = []
  const absorbing: number[] = []
  for (let state = 0; state < automaton.stateCount; state++) {
    const accepts = automaton.accepting[state] === 1
    if (isSink(automaton, state)) (accepts ? absorbing : dead).push(state)
    else (accepts ? accepting : rejecting).push(state)
  }
  const firstAccepting = rejecting.length
  const deadIndex = firstAccepting + accepting.length
  return {
    order: [...rejecting, ...accepting, ...dead, ...absorbing],
    firstAccepting,
    dead: dead.length === 0 ? NONE : deadIndex,
    firstAbsorbing: deadIndex + dead.length,
  }
}

function isSink(automaton: Automaton, state: number): boolean {
  const classCount = automaton.classes.length
  for (let at = state * classCount; at < (state + 1) * classCount; at++) if (automaton.transitions[at] !== state) return false
  return true
}

/** Entries of one byte where their values allow. */
export function entries(values: ArrayLike<number>, limit: number): Uint8Array {
  return limit <= 256 ? new Uint8Array(values) : unitBytes(values)
}

function concat(first: Uint8Array, second: Uint8Array): Uint8Array {
  const length = align2(first.length) + second.length
  const bytes = new Uint8Array(Math.ceil(length / 4) * 4)
  bytes.set(first)
  bytes.set(second, align2(first.length))
  return bytes
}
