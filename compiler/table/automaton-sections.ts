/** The sections of the table that hold automata and the alphabet they share. */
import { NONE } from '../../runtime/decide/table.js'
import { allChars, rangesOf } from '../patterns/char-set.js'
import type { Machine } from '../patterns/machine.js'
import { type Classes, shareAlphabet } from './alphabet.js'
import { type EncodedAutomaton, encodeAutomaton } from './automaton-bytes.js'
import { encodeCircuit } from './circuit-bytes.js'
import { joinBytes, wordBytes } from './writer.js'
import { sumOf, withSums } from './block-sums.js'

export interface AutomatonWords {
  readonly symbolCount: number
  readonly automata: readonly number[]
  readonly bytes: Uint8Array
  readonly ranges: readonly number[]
  readonly symbols: readonly number[]
  readonly layouts: readonly number[]
  readonly groups: readonly number[]
}

export function automatonWords(machines: readonly Machine[]): AutomatonWords {
  const alphabet = shareAlphabet(machines.map(classesOf))
  const encoded = machines.map((machine, i) => encodeMachine(machine, alphabet.views[i]?.classes ?? []))
  const { bytes, distinct } = shareBytes(encoded.map(one => withSums(one.bytes)))
  const layouts: number[] = []
  const groups: number[] = []
  for (const layout of alphabet.layouts) {
    layouts.push(groups.length)
    groups.push(layout.groupCount, ...layout.groups)
  }
  return {
    symbolCount: alphabet.symbolCount,
    automata: encoded.flatMap((one, i) => [
      distinct[i] ?? 0,
      one.bytes.length,
      sumOf(one.bytes),
      ...one.words,
      alphabet.views[i]?.layout ?? 0,
    ]),
    bytes,
    ranges: alphabet.rangeStarts,
    symbols: alphabet.rangeSymbols,
    layouts,
    groups,
  }
}

function classesOf(machine: Machine): Classes {
  switch (machine.kind) {
    case 'automaton':
      return machine.automaton
    case 'circuit':
      return machine.circuit
    case 'backtracking':
      return { classes: [rangesOf(allChars)] }
    default:
      return machine satisfies never
  }
}

function encodeMachine(machine: Machine, classes: readonly number[]): EncodedAutomaton {
  switch (machine.kind) {
    case 'automaton':
      return encodeAutomaton(machine.automaton, classes)
    case 'circuit':
      return encodeCircuit(machine.circuit, classes)
    case 'backtracking':
      return { bytes: wordBytes(machine.program), words: [0, 0, NONE, NONE, NONE, NONE] }
    default:
      return machine satisfies never
  }
}

/** Equal blocks stand once: a path pattern without letters reads the same with and without letter case. */
function shareBytes(blocks: readonly Uint8Array[]): { readonly bytes: Uint8Array; readonly distinct: readonly number[] } {
  const known = new Map<string, number>()
  const kept: Uint8Array[] = []
  const positions = blocks.map(block => {
    const key = Buffer.from(block).toString('latin1')
    const position = known.get(key) ?? kept.push(block) - 1
    known.set(key, position)
    return position
  })
  const { bytes, offsets } = joinBytes(kept, 4)
  return { bytes, distinct: positions.map(position => offsets[position] ?? 0) }
}
