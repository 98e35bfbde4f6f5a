/** Patterns that are large or odd: each means what its dialect means by it, or is an error that says what to write instead. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { compile } from '../../../compiler/compile.js'
import { compileMachine, type Machine } from '../../../compiler/patterns/machine.js'
import type { PatternError } from '../../../compiler/patterns/pattern-error.js'
import { openDecider } from '../../../runtime/decide/open.js'
import { circuitMachine } from '../../support/circuit-machine.js'
import { accepts } from './support/matching.js'

interface Recording {
  readonly strings: readonly string[]
  /** A pattern and, in hexadecimal, one bit per string; `E` where Python rejects the pattern. */
  readonly cases: readonly (readonly [string, string])[]
}

const recording: Recording = JSON.parse(readFileSync(new URL('recorded/bad-input.json', import.meta.url), 'utf8'))
const { strings } = recording

function compiled(source: string, dialect: 'python' | 'es'): Machine | PatternError {
  return compileMachine({ kind: 'regex', source, dialect })
}

/** The strings in which a pattern is found. */
function foundIn(machine: Machine): readonly string[] {
  switch (machine.kind) {
    case 'automaton':
      return strings.filter(text => accepts(machine.automaton, text))
    case 'circuit': {
      const circuit = circuitMachine(machine.circuit)
      return strings.filter(text => circuit.run(text) === 2)
    }
    case 'backtracking':
      throw new Error('none of these patterns is run by backtracking')
    default:
      return machine satisfies never
  }
}

function foundByPython(bits: string): readonly string[] {
  const found = BigInt(`0x${bits}`)
  return strings.filter((_, at) => ((found >> BigInt(at)) & 1n) === 1n)
}

/** Too many parts, which is our limit and not that of the dialects. */
const OVER_THE_LIMIT = '((a{1,100}){1,100}){1,10}'

describe('in Python’s dialect', () => {
  it.each(recording.cases)('%.60s', (source, bits) => {
    const machine = compiled(source, 'python')
    if (bits === 'E' || source === OVER_THE_LIMIT) expectHelpfulError(machine)
    else expect('code' in machine ? machine : foundIn(machine)).toEqual(foundByPython(bits))
  })
})

describe('in ECMAScript’s', () => {
  // Modifiers within a pattern are newer than some of the engines that this runs on.
  it.each(recording.cases.filter(([source]) => source !== '(?i:a)B'))('%.60s', source => {
    const machine = compiled(source, 'es')
    const engine = engineRegex(source)
    if (engine === undefined || source === OVER_THE_LIMIT) expectHelpfulError(machine)
    else expect('code' in machine ? machine : foundIn(machine)).toEqual(strings.filter(text => engine.test(text)))
  })
})

/** Undefined for what is no regex. Older engines do not know `(?i:…)`, which stands for the flag here. */
function engineRegex(source: string): RegExp | undefined {
  const body = /^\(\?i:(.*)\)$/.exec(source)?.[1]
  try {
    return new RegExp(body ?? source, body === undefined ? 'u' : 'iu')
  } catch {
    return undefined
  }
}

/** Says what is wrong, and where in the pattern. */
function expectHelpfulError(machine: Machine | PatternError): void {
  if (!('code' in machine)) throw new Error(`this pattern was to be an error, and has a machine: ${machine.kind}`)
  expect(machine.code).toMatch(/^(regex|pattern)-/)
  expect(`${machine.message} ${machine.help ?? ''}`).toMatch(/`|count|limit/)
  expect(machine.length).toBeGreaterThan(0)
}

describe('what is said', () => {
  it.each([
    [OVER_THE_LIMIT, 'python', 'more than 20000 parts once its repetitions are written out', 'lower the counts'],
    ['(?<!a.{20})b', 'python', 'looks behind', 'match what stands before'],
    ['a(?i)B', 'python', 'must stand at its start', 'write `(?i:…)`'],
    ['a(?i)B', 'es', 'unknown group `(?i)`', 'write `(?i:…)`'],
    ['[]a]', 'es', 'unexpected `]`', 'write `\\]`'],
    ['[]', 'python', 'is not closed', 'a `]` in the first place is a member'],
    ['a{,2}', 'es', 'unexpected `{`', '`{0,2}`; write `\\{`'],
    ['a{,b}', 'es', 'unexpected `{`', 'write `\\{`'],
    ['[\\U0001F600]', 'es', 'unknown escape `\\U`', '`\\u{1F600}`'],
    ['\\h', 'es', 'unknown escape `\\h`', 'write `[ \\t]`'],
    ['a{2,1}', 'python', 'least count', undefined],
    ['\\p{L}', 'python', 'unknown escape `\\p`', 'dialect: es'],
    ['(["\']).*?\\1', 'python', 'not regular', 'backtracking: allowed'],
    ['(["\']).*?\\1', 'es', 'not regular', 'backtracking: allowed'],
  ] as const)('of %s in %s', (source, dialect, message, help) => {
    expect(compiled(source, dialect)).toMatchObject({
      message: expect.stringContaining(message),
      ...(help === undefined ? {} : { help: expect.stringContaining(help) }),
    })
  })
})

/** Denies where the pattern is found in `t`, and allows otherwise. */
function deciderOf(pattern: string, more = '') {
  const condition = `conditions: { params.t: { op: regex, value: '${pattern}' } }`
  const text = `default: allow\nstatements:\n  - { effect: deny, actions: a, ${condition}${more} }\n`
  const { table, diagnostics } = compile([{ path: 'p.yaml', text }], { protection: [], emit: false })
  if (table === undefined) throw new Error(diagnostics.map(one => one.message).join())
  const decider = openDecider(table)
  return (t: string) => {
    const call = [{ role: 'whole', request: { action: 'a', params: { t }, context: {} } }] as const
    const result = decider.decide(call)
    // Neither index nor cache may make a difference.
    expect(decider.decide(call, { noIndex: true })).toEqual(result)
    return result.decision
  }
}

describe('a statement with a pattern that has no automaton', () => {
  it('is decided alike with its index and without', () => {
    const decide = deciderOf('x.{16}yes')
    expect(decide('x0123456789abcdefyes')).toBe('deny')
    expect(decide('x0123456789abcdeyes')).toBe('allow')
    expect(decide(`${'q'.repeat(50_000)}x0123456789abcdefyes`)).toBe('deny')
    expect(decide('')).toBe('allow')
  })

  it('is reviewed where a text is too long for a pattern of many parts, whatever it holds', () => {
    const decide = deciderOf('yes.{3000}yes')
    expect(decide(`yes${'q'.repeat(3_000)}yes`)).toBe('deny')
    expect(decide('q'.repeat(50_000))).toBe('allow')
    expect(decide('q'.repeat(100_000))).toBe('review')
    expect(decide(`${'q'.repeat(100_000)}yes`)).toBe('review')
  })

  it('is reviewed where a text is too long for backtracking, whatever it holds', () => {
    const decide = deciderOf('(yes|no)-\\1', ', backtracking: allowed')
    expect(decide('yes-yes')).toBe('deny')
    expect(decide('yes-no')).toBe('allow')
    expect(decide('q'.repeat(4_096))).toBe('allow')
    expect(decide('q'.repeat(4_097))).toBe('review')
  })
})
