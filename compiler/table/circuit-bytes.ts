/** Circuits as the table holds them. */
import { GATE, NONE } from '../../runtime/decide/table.js'
import type { Circuit, Gate } from '../patterns/circuit.js'
import { type EncodedAutomaton, entries } from './automaton-bytes.js'
import { joinBytes, wordBytes } from './writer.js'

/** @param classes the classes of ASCII and of the groups of the circuit's layout */
export function encodeCircuit(circuit: Circuit, classes: readonly number[]): EncodedAutomaton {
  const classCount = circuit.classes.length
  const { bytes } = joinBytes([entries(classes, classCount), wordBytes(circuitWords(circuit))], 4)
  return { bytes, words: [0, classCount, NONE, NONE, NONE, NONE] }
}

function circuitWords({ targets, afterCount, beforeCount, gates, start, settled, runs }: Circuit): readonly number[] {
  const firstBefore = 1 + targets.length + afterCount
  const firstGate = firstBefore + beforeCount
  const words = [firstBefore, firstGate, firstGate + gates.length, start, settled ?? NONE]
  for (const target of targets) words.push(target)
  for (let after = 0; after < afterCount; after++) words.push(0)
  for (const gate of gates) words.push(...gateWords(gate, firstGate))
  let offset = words.length + runs.length + 1
  for (const each of [...runs, []]) {
    words.push(offset)
    offset += 2 * each.length
  }
  for (const each of runs) for (const run of each) words.push(...run)
  return words
}

function gateWords(gate: Gate, firstGate: number): readonly [number, number] {
  return gate.kind === 'repeat' ? [GATE.repeat, firstGate + gate.from] : [GATE[gate.kind] | (gate.a << 2), gate.b]
}
