/**
 * Texts made from a minimal automaton that tell it from automata that differ only a little: they lead to every state, over
 * both ends of every range of every class from there, and on by what tells the state reached from every other one (Chow's
 * W-method, with suffixes chosen per state).
 */
import type { Automaton } from '../../compiler/patterns/automaton.js'

export interface AutomatonStrings {
  /** Over every transition once, by one character of its class. */
  readonly transitions: readonly string[]
  /** Over every transition by the ends of its class's ranges, each with the suffixes that tell where it led. */
  readonly all: readonly string[]
}

/** So many ranges of a class are tried at both ends; Unicode's larger classes have hundreds. */
const MOST_RANGES = 6

export function automatonStrings(automaton: Automaton): AutomatonStrings {
  const chars = automaton.classes.map((_, cls) => readable(automaton, cls))
  const access = accessStrings(automaton, chars)
  const suffixes = identifyingSuffixes(automaton, chars)
  const transitions = access.flatMap(start => chars.map(char => start + char))
  const all = access.flatMap((start, state) =>
    automaton.classes.flatMap((_, cls) => {
      const after = suffixes[next(automaton, state, cls)] ?? ['']
      return rangeEnds(automaton, cls).flatMap(char => after.map(suffix => start + char + suffix))
    }),
  )
  return { transitions, all: [...new Set(['', ...transitions, ...all])] }
}

function next({ transitions, classes }: Automaton, state: number, cls: number): number {
  return transitions[state * classes.length + cls] ?? 0
}

/** A character of the class: one that can be read, where it has one. */
function readable({ classes }: Automaton, cls: number): string {
  const ranges = classes[cls] ?? []
  const letter = [...'abcxyzABC019_-./ '].find(char => ranges.some(({ from, to }) => from <= codeOf(char) && codeOf(char) <= to))
  return letter ?? String.fromCodePoint(ranges[0]?.from ?? 0)
}

function codeOf(char: string): number {
  return char.codePointAt(0) ?? 0
}

function rangeEnds({ classes }: Automaton, cls: number): readonly string[] {
  const ranges = (classes[cls] ?? []).slice(0, MOST_RANGES)
  return [...new Set(ranges.flatMap(({ from, to }) => [from, to]))].map(point => String.fromCodePoint(point))
}

/** A shortest text that leads to each state. */
function accessStrings(automaton: Automaton, chars: readonly string[]): readonly string[] {
  const access: string[] = ['']
  const open = [0]
  for (const state of open) {
    chars.forEach((char, cls) => {
      const to = next(automaton, state, cls)
      if (access[to] !== undefined) return
      access[to] = (access[state] ?? '') + char
      open.push(to)
    })
  }
  return access
}

/** A way to tell two states apart: the class to read first and the pair that is then to be told apart; undefined where one accepts. */
type Difference = { readonly cls: number; readonly a: number; readonly b: number } | 'at once'

/** For each state suffixes that together tell it from every other state. */
function identifyingSuffixes(automaton: Automaton, chars: readonly string[]): readonly (readonly string[])[] {
  const differences = allDifferences(automaton)
  const states = Array.from({ length: automaton.stateCount }, (_, state) => state)
  return states.map(state => {
    let confused = states.filter(other => other !== state)
    const suffixes: string[] = ['']
    confused = confused.filter(other => automaton.accepting[other] === automaton.accepting[state])
    while (confused.length > 0) {
      const suffix = suffixFor(state, confused[0] ?? 0, differences, automaton.stateCount, chars)
      suffixes.push(suffix.text)
      confused = confused.filter(other => verdict(automaton, other, suffix.classes) === verdict(automaton, state, suffix.classes))
    }
    return suffixes
  })
}

/** For every pair of states, by breadth-first search from those of which one accepts. */
function allDifferences(automaton: Automaton): ReadonlyMap<number, Difference> {
  const { stateCount, accepting, classes } = automaton
  const found = new Map<number, Difference>()
  const sources = predecessors(automaton)
  const open: [number, number][] = []
  const add = (a: number, b: number, how: Difference) => {
    const key = pairKey(a, b, stateCount)
    if (a === b || found.has(key)) return
    found.set(key, how)
    open.push([a, b])
  }
  for (let a = 0; a < stateCount; a++) for (let b = 0; b < a; b++) if (accepting[a] !== accepting[b]) add(a, b, 'at once')
  for (const [a, b] of open) {
    classes.forEach((_, cls) => {
      for (const x of sources(a, cls)) for (const y of sources(b, cls)) add(x, y, { cls, a, b })
    })
  }
  return found
}

function pairKey(a: number, b: number, stateCount: number): number {
  return Math.max(a, b) * stateCount + Math.min(a, b)
}

function predecessors(automaton: Automaton): (state: number, cls: number) => readonly number[] {
  const lists: number[][] = []
  for (let state = 0; state < automaton.stateCount; state++) {
    automaton.classes.forEach((_, cls) => {
      const at = next(automaton, state, cls) * automaton.classes.length + cls
      ;(lists[at] ??= []).push(state)
    })
  }
  return (state, cls) => lists[state * automaton.classes.length + cls] ?? []
}

function suffixFor(a: number, b: number, differences: ReadonlyMap<number, Difference>, stateCount: number, chars: readonly string[]) {
  const classes: number[] = []
  for (let how = differences.get(pairKey(a, b, stateCount)); how !== undefined && how !== 'at once'; ) {
    classes.push(how.cls)
    how = differences.get(pairKey(how.a, how.b, stateCount))
  }
  return { classes, text: classes.map(cls => chars[cls] ?? '').join('') }
}

function verdict(automaton: Automaton, state: number, classes: readonly number[]): number {
  return automaton.accepting[classes.reduce((at, cls) => next(automaton, at, cls), state)] ?? 0
}
