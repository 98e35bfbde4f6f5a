/** Circuits as a decision runs them: through the bytes of a table. */
import type { Circuit } from '../../compiler/patterns/circuit.js'
import { encodeTable } from '../../compiler/table/encode.js'
import { CircuitMachine } from '../../runtime/decide/run-circuit.js'
import { symbolsOf } from '../../runtime/decide/symbols.js'
import { inMemory, Table } from '../../runtime/decide/table.js'

export interface TestedMachine {
  /** 0: does not match, 1: not known, 2: matches. */
  run(text: string): number
  /** How many steps a text takes. */
  steps(text: string): number
}

export function circuitMachine(circuit: Circuit): TestedMachine {
  const pattern = { source: { kind: 'contains', source: '' }, kind: 'circuit', circuit } as const
  const bytes = encodeTable({ defaultEffect: 'deny', effectsFull: false, statements: [], tests: [], patterns: [pattern] }, '')
  const table = new Table(inMemory(bytes))
  const machine = new CircuitMachine(table.circuit(0))
  const run = (text: string) => machine.test(symbolsOf(text, table))
  return {
    run,
    steps(text) {
      const before = machine.steps
      run(text)
      return machine.steps - before
    },
  }
}
