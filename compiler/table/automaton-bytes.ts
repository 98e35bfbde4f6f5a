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
  const newIndex = new Map(order.map((state, index) => [state, index]))
  const classCount = automaton.classes.length
  const transitions = order.flatMap(state =>
    Array.from(automaton.transitions.subarray(state * classCount, (state + 1) * classCount), next => newIndex.get(next) ?? 0),
  )
  return {
    bytes: concat(entries(classes, classCount), entries(transitions, automaton.stateCount)),
    words: [automaton.stateCount, classCount, newIndex.get(0) ?? 0, firstAccepting, dead, firstAbsorbing],
  }
}

/** Rejecting states, accepting ones, the dead one, and the one that accepts whatever follows. */
function orderStates(automaton: Automaton) {
  const states = Array.from({ length: automaton.stateCount }, (_, state) => state)
  const accepts = (state: number) => automaton.accepting[state] === 1
  const stays = states.filter(state => isSink(automaton, state))
  const moving = states.filter(state => !stays.includes(state))
  const rejecting = moving.filter(state => !accepts(state))
  const accepting = moving.filter(accepts)
  const dead = stays.filter(state => !accepts(state))
  const absorbing = stays.filter(accepts)
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
  return automaton.transitions.subarray(state * classCount, (state + 1) * classCount).every(next => next === state)
}

function entries(values: readonly number[], limit: number): Uint8Array {
  return limit <= 256 ? Uint8Array.from(values) : unitBytes(values)
}

function concat(first: Uint8Array, second: Uint8Array): Uint8Array {
  const length = align2(first.length) + second.length
  const bytes = new Uint8Array(Math.ceil(length / 4) * 4)
  bytes.set(first)
  bytes.set(second, align2(first.length))
  return bytes
}
