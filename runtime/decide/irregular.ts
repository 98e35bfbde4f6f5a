/** What decides patterns that have no automaton: few policies hold one. */
import { BacktrackingMachine } from './run-backtracking.js'
import { CircuitMachine } from './run-circuit.js'
import type { TableCircuit } from './table.js'

/** Of a pattern with too many states for a table. */
export function circuitMachine(circuit: TableCircuit): CircuitMachine {
  return new CircuitMachine(circuit)
}

/** Of a pattern that is not regular. */
export function backtrackingMachine(program: Uint32Array): BacktrackingMachine {
  return new BacktrackingMachine(program)
}
