import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Automaton } from '../../../compiler/patterns/automaton.js'
import { compilePattern } from '../../../compiler/patterns/compile-pattern.js'
import { equivalent } from '../../../compiler/patterns/equivalence.js'
import { compiled, runs } from './support/matching.js'
import { commonGrammar, regexes } from './support/regexes.js'

describe('the form of an automaton', () => {
  it('is minimal, canonical and over all code points, for random regexes', () => {
    const property = fc.property(regexes(commonGrammar), source => {
      const result = compilePattern({ kind: 'regex', source, dialect: 'es' })
      fc.pre(result.ok)
      expectWellFormed(result.automaton)
    })
    fc.assert(property, { numRuns: runs(1_000) })
  })

  it('is the same for patterns that mean the same', () => {
    const same = ['\\brm\\s', '(?<!\\w)rm(?=\\s)', '(?:\\brm\\s)+', '(?s).*\\brm\\s.*'].map(source =>
      compiled({ kind: 'regex', source, dialect: 'python' }),
    )
    for (const automaton of same) expect(automaton).toEqual(same[0])
  })

  it('of what never and what always matches has one state and one class', () => {
    for (const source of ['', '(?:a|(?!a))', '[^\\s\\S]', '(?!)']) {
      const automaton = compiled({ kind: 'regex', source, dialect: 'python' })
      expect(automaton).toMatchObject({ stateCount: 1, classes: [[{ from: 0, to: 0x10ffff }]] })
    }
  })

  it('stays matched once a search has matched', () => {
    const automaton = compiled({ kind: 'regex', source: '\\bgit\\s+push\\b', dialect: 'python' })
    const last = automaton.accepting.indexOf(1)
    expect(automaton.accepting.filter(each => each === 1)).toHaveLength(2)
    expect(last).toBeGreaterThan(0)
    expect(equivalent(automaton, compiled({ kind: 'regex', source: '(?s)\\bgit\\s+push\\b.*', dialect: 'python' }))).toBe(true)
  })
})

function expectWellFormed(automaton: Automaton): void {
  expectPartition(automaton)
  expectBreadthFirst(automaton)
  expect(distinguishableStates(automaton)).toBe(automaton.stateCount)
  expect(new Set(columns(automaton)).size).toBe(automaton.classes.length)
}

/** The classes' ranges, put in order, lie end to end; those of one class do not touch; classes go by their smallest code point. */
function expectPartition({ classes }: Automaton): void {
  const ranges = classes.flatMap((each, charClass) => each.map(range => ({ ...range, charClass }))).sort((a, b) => a.from - b.from)
  const ends = ranges.map(range => range.to + 1)
  expect(ranges.map(range => range.from)).toEqual([0, ...ends.slice(0, -1)])
  expect(ends.at(-1)).toBe(0x110000)
  expect(ranges.some((range, at) => range.charClass === ranges[at + 1]?.charClass)).toBe(false)
  const smallest = classes.map(each => each[0]?.from ?? -1)
  expect(smallest).toEqual([...smallest].sort((a, b) => a - b))
  for (const each of classes) expect(each).toEqual([...each].sort((a, b) => a.from - b.from))
}

function expectBreadthFirst({ transitions }: Automaton): void {
  const order = [...new Set([0, ...transitions])]
  expect(order).toEqual(order.map((_, at) => at))
}

function columns(automaton: Automaton): readonly string[] {
  const width = automaton.classes.length
  return automaton.classes.map((_, charClass) => automaton.transitions.filter((_next, at) => at % width === charClass).join())
}

/** The number of states that some continuation tells apart, by Moore's refinement, round by round. */
function distinguishableStates(automaton: Automaton): number {
  let names = [...automaton.accepting].map(String)
  for (;;) {
    const refined = names.map((name, state) => [name, ...successors(automaton, state).map(next => names[next])].join())
    const numbers = new Map([...new Set(refined)].map((name, at) => [name, String(at)] as const))
    if (numbers.size === new Set(names).size) return numbers.size
    names = refined.map(name => numbers.get(name) ?? '')
  }
}

function successors({ transitions, classes }: Automaton, state: number): readonly number[] {
  return classes.map((_, charClass) => transitions[state * classes.length + charClass] ?? 0)
}
