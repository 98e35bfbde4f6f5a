/** Tables that hold automata and nothing else. */
import type { Automaton } from '../../../../compiler/patterns/automaton.js'
import type { PatternSource } from '../../../../compiler/patterns/compile-pattern.js'
import { encodeTable } from '../../../../compiler/table/encode.js'
import { machineFor } from '../../../../compiler/verify/automata.js'
import { inMemory, Table } from '../../../../runtime/decide/table.js'

export function tableOf(automata: readonly Automaton[]): Table {
  const patterns = automata.map(automaton => ({ source: { kind: 'glob', source: '' }, kind: 'automaton', automaton }) as const)
  return new Table(inMemory(encodeTable({ defaultEffect: 'deny', effectsFull: false, statements: [], tests: [], patterns }, '')))
}

/** What the proof's own machine says of texts: all over the alphabet of at most that many characters. */
export function* machineVerdicts(
  source: PatternSource,
  alphabet: readonly string[],
  longest: number,
): Iterable<readonly [string, boolean]> {
  const found = machineFor(source, tableOf([]))
  if (found === undefined) return
  const { machine, letters } = found
  const classes = alphabet.map(char => machine.classOf[letters.letterOf(char.codePointAt(0) ?? 0)] ?? 0)
  let level: (readonly [string, number])[] = [['', machine.start]]
  for (let length = 0; ; length++) {
    for (const [text, state] of level) yield [text, machine.accepts(state)]
    if (length === longest) return
    level = level.flatMap(([text, state]) => {
      const row = machine.row(state).slice()
      return alphabet.map((char, at) => [text + char, row[classes[at] ?? 0] ?? 0] as const)
    })
  }
}
