/** The circuit of a pattern against its minimal automaton, against the engine, and against the clock that counts steps. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compilePattern } from '../../../compiler/patterns/compile-pattern.js'
import type { Automaton } from '../../../compiler/patterns/automaton.js'
import { compileCircuit, compileMachine } from '../../../compiler/patterns/machine.js'
import { orError } from '../../../compiler/patterns/pattern-error.js'
import { accepts, runs, verdicts } from '../../compiler/patterns/support/matching.js'
import { commonGrammar, regexes } from '../../compiler/patterns/support/regexes.js'
import { circuitMachine, type TestedMachine } from '../../support/circuit-machine.js'
import { drawn } from '../../support/drawn.js'

function forced(source: string, dialect: 'python' | 'es'): TestedMachine | undefined {
  const circuit = orError(() => compileCircuit({ kind: 'regex', source, dialect }))
  return 'code' in circuit ? undefined : circuitMachine(circuit)
}

function tooLarge(source: string, dialect: 'python' | 'es' = 'python'): TestedMachine {
  const machine = compileMachine({ kind: 'regex', source, dialect })
  if ('code' in machine || machine.kind !== 'circuit') throw new Error(`\`${source}\` was to have a circuit`)
  return circuitMachine(machine.circuit)
}

const NO_LOOK_BEHIND = { ...commonGrammar, looks: ['(?=@)', '(?!@)'] }
const ALPHABET = ['a', 'B', '-', '\n', 'é', '😀']

describe('a circuit', () => {
  it('matches what the automaton matches, over random regexes and all short strings', () => {
    let checked = 0
    const dialect = fc.constantFrom('python', 'es')
    const flags = fc.constantFrom('', '', 'i', 'm', 's')
    const property = fc.property(regexes(NO_LOOK_BEHIND), dialect, flags, (body, kind, flag) => {
      const source = flag === '' ? body : `(?${flag}:${body})`
      const compiled = compilePattern({ kind: 'regex', source, dialect: kind })
      fc.pre(compiled.ok)
      const machine = forced(source, kind)
      if (machine === undefined) throw new Error(`\`${source}\` has no circuit`)
      for (const [text, matched] of verdicts(compiled.automaton, ALPHABET, 3)) {
        checked++
        if (machine.run(text) !== (matched ? 2 : 0)) expect([source, text, machine.run(text)]).toEqual([source, text, matched ? 2 : 0])
      }
    })
    fc.assert(property, { numRuns: runs(420) })
    expect(checked).toBeGreaterThan(259 * runs(420) - 1)
  })

  it('matches what the automaton matches, on the strings that lead from each of its states to the next', () => {
    let checked = 0
    for (const source of CORPUS) {
      const compiled = compilePattern({ kind: 'regex', source, dialect: 'python' })
      const machine = forced(source, 'python')
      if (!compiled.ok || machine === undefined) throw new Error(source)
      for (const text of boundaryTexts(compiled.automaton)) {
        checked++
        expect([source, text, machine.run(text)]).toEqual([source, text, accepts(compiled.automaton, text) ? 2 : 0])
      }
    }
    expect(checked).toBeGreaterThan(5_000)
  })
})

const CORPUS = [
  '\\brm\\s+(-[a-z]*r[a-z]*f|-[a-z]*f[a-z]*r)\\b',
  'git\\s+push\\b(?!.*--dry-run).*(--force\\b|-f\\b)',
  '^(?=.*\\d)(?=.*[a-z])(?=.*[A-Z]).{4,9}$',
  '(?i)\\b(drop|truncate)\\s+table\\b',
  'curl[^|]*\\|\\s*(ba|z)?sh\\b',
  '(?m)^\\s*sudo\\b(?=.*\\brm\\b)',
  '^(?:a*)*$',
  '^(?:(?:a|\\b)*b?|c*)*d$',
  '^(?:(?:(?:a?b?)*|c)*(?!d)e?)*$',
  'x.{6}y',
  '\\.env(\\.[a-z]+)?$',
]

/** For each transition of the automaton a shortest way to it, the transition, and a few ways to go on. */
function boundaryTexts({ classes, transitions, stateCount }: Automaton): readonly string[] {
  const letters = classes.map(ranges => String.fromCodePoint(ranges.find(({ to }) => to >= 0x20)?.from ?? ranges[0]?.from ?? 0))
  const ways = new Map([[0, '']])
  for (const [state, way] of ways) {
    letters.forEach((letter, charClass) => {
      const next = transitions[state * classes.length + charClass] ?? 0
      if (!ways.has(next)) ways.set(next, way + letter)
    })
  }
  expect(ways.size).toBe(stateCount)
  const tails = ['', ...letters, '\n', 'rm -rf y']
  return [...ways.values()].flatMap(way => letters.flatMap(letter => tails.map(tail => way + letter + tail)))
}

/** Patterns without an automaton, with characters and lengths of texts that often match and often do not. */
const TOO_LARGE: readonly (readonly [source: string, alphabet: readonly string[], length: number])[] = [
  ['x.{16}y', [...'xyxyzzzzzzzzzzé', '\n'], 60],
  ['(?=.*\\d)(?=.*[a-z])(?=.*[A-Z])(?=.*[^\\w])(?=.*a.{14}A).{8,64}', [...'aA0-aA0-aA0-', '\n'], 60],
  [Array.from({ length: 26 }, (_, i) => `${letter(i)}.*${letter(i)}1`).join('|'), [...'bcdefghi11'], 16],
  ['(?:a.{0,50}){5}b', [...'aabcccc', '\n'], 60],
  ['(.{1,9}a){9}', [...'aaabbb', '\n'], 90],
  ['^(?!.*x.{14}y)(?:.{0,3}z){6}', ['x', 'y', ...'zzzzzz-', '😀'], 40],
]

function letter(index: number): string {
  return String.fromCharCode(97 + index)
}

describe('a pattern that is too large for an automaton', () => {
  it.each(TOO_LARGE)('%.40s matches what the engine finds', (source, alphabet, length) => {
    const machine = tooLarge(source, 'es')
    const engine = new RegExp(source, 'u')
    const seen = { true: 0, false: 0 }
    for (let round = 0; round < 3_000; round++) {
      const text = drawn(round, alphabet, round % length)
      const expected = engine.test(text)
      seen[`${expected}`]++
      if (machine.run(text) !== (expected ? 2 : 0)) expect([text, machine.run(text)]).toEqual([text, expected])
    }
    expect(Math.min(seen.true, seen.false), source).toBeGreaterThan(50)
  })

  it('answers the same when what it remembers was thrown away', () => {
    const machine = tooLarge('Q.{500}y')
    const noise = drawn(1, ['y', 'z'], 30_000)
    const matching = `Q${noise.slice(0, 500)}y${noise.slice(501)}`
    const other = `Q${noise.slice(0, 500)}z${noise.slice(501)}`
    const texts = [noise, matching, other]
    expect(texts.map(text => machine.run(text))).toEqual([0, 2, 0])
    const first = texts.map(text => machine.steps(text))
    const second = texts.map(text => machine.steps(text))
    expect(texts.map(text => machine.run(text))).toEqual([0, 2, 0])
    // Nothing is left of what was read before: the texts have far more states than are kept.
    expect(second).toEqual(first)
    expect(Math.min(...first)).toBeGreaterThan(10_000 * 500)
  })

  it('says that it does not know where a text would take too long', () => {
    const machine = tooLarge('Q.{15000}y')
    const text = 'z'.repeat(20_000)
    expect(machine.steps(text)).toBe(0)
    expect(machine.run(text)).toBe(1)
    expect(machine.run(text.slice(0, 15_000))).toBe(0)
  })
})

describe('the steps of a circuit', () => {
  const slow: readonly (readonly [source: string, alphabet: readonly string[]])[] = [
    ['Q.{500}y', ['y', 'z']],
    ['Q(?:y|z(?=.{9}y)|.{3}y(?=.{31}z)(?!.{67}z.{11}y)){20}Q', ['y', 'z']],
    ['Q(?:.?y?){300}(?:(?:a|\\b)*(?:(?!b)y|){1,9}|c*)*.{40}Z', ['y', 'z', 'a', 'b', ' ']],
    [`Q(?:${'x.{9}y|'.repeat(9)}(?=.{17}y))Z`, ['x', 'y']],
  ]

  it.each(slow)('of `%.40s` at most double when the text is twice as long', (source, alphabet) => {
    const lengths = [1_000, 2_000, 4_000, 8_000]
    const counts = lengths.map(length => tooLarge(source).steps(drawn(7, alphabet, length)))
    counts.forEach((count, i) => expect(count).toBeLessThanOrEqual(2.02 * (counts[i - 1] ?? count)))
  })

  it('are those of the last place for a text that was just read', () => {
    const machine = tooLarge('Q.{500}y')
    const text = drawn(3, ['y', 'z'], 5_000)
    expect(machine.steps(text)).toBeGreaterThan(5_000 * 500)
    expect(machine.steps(text)).toBeLessThan(1_000)
  })
})
