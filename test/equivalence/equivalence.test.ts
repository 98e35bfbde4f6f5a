/**
 * Three ways to decide, one answer: the reference interpreter, the table in this process (with and without its index), and
 * the emitted bundle in a child process give the same full result for generated policies and calls.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import type { Policy } from '../../compiler/ast.js'
import { compile } from '../../compiler/compile.js'
import type { EmittedBundle } from '../../compiler/emit/bundle.js'
import type { Decider } from '../../runtime/decide/decider.js'
import { operatorNamed, operatorNames } from '../../compiler/parse/operators.js'
import { openDecider } from '../../runtime/decide/open.js'
import type { Call } from '../../runtime/decide/request.js'
import type { Result } from '../../runtime/decide/result.js'
import { DECODE_SOURCE, encode } from '../arbitrary/call-json.js'
import { call, callAbout } from '../arbitrary/calls.js'
import { policyFiles } from '../arbitrary/policies.js'
import { withVariables } from '../arbitrary/variables.js'
import { decideReference } from '../reference/decide-reference.js'

const POLICIES = Number(process.env['AGSEC_FUZZ_RUNS'] ?? 420)
const CALLS = 50
const LEAST_CASES = 20_000
/** Of how many calls of a policy the values of tests are counted. */
const EXPLAINED = 8

/** Three of four calls are made of the policy's own constants. */
const policyWithCalls = policyFiles.chain(files => {
  const anyCall = fc.oneof({ weight: 3, arbitrary: callAbout(files) }, { weight: 1, arbitrary: call })
  // Some of the constants behind variables, in half of the policies.
  const written = fc.constantFrom(0, 0, 1, 3).map(every => withVariables(files, every))
  return fc.record({ files: written, calls: fc.array(anyCall, { minLength: CALLS, maxLength: CALLS }) })
})

const folder = mkdtempSync(join(tmpdir(), 'agsec-equivalence-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A policy, the calls put to it, and what it says of each. */
interface Decided {
  readonly bundle: string
  readonly calls: readonly Call[]
  readonly results: readonly Result[]
}

const WORDS = ['not_actions', 'agents', 'not_agents', 'any', 'all', 'not', 'variables']
const seen = new Map<string, number>()

function count(result: Result): void {
  for (const key of [
    result.decision,
    result.certainty,
    ...result.matched.map(match => `${match.effect} ${match.certainty} ${match.request}`),
    ...result.matched.filter(({ detail }) => detail.startsWith('params.t')).map(() => 'without an automaton'),
    ...result.matched.filter(({ detail }) => detail.startsWith('params.z')).map(() => 'by backtracking'),
  ]) {
    add(key)
  }
}

function add(key: string): void {
  seen.set(key, (seen.get(key) ?? 0) + 1)
}

/** Decides in this process by both ways and compares. */
function decideHere(files: readonly string[], calls: readonly Call[]): Decided {
  const { policy, table, bundle, diagnostics } = compile(
    files.map((text, i) => ({ path: `${i}.yaml`, text })),
    { protection: [], verify: false },
  )
  if (policy === undefined || table === undefined || bundle === undefined) throw new Error(diagnostics.map(one => one.message).join('\n'))
  const decider = openDecider(table)
  countWords(files)
  const results = calls.map(one => decideBothWays(policy, decider, one))
  calls.slice(0, EXPLAINED).forEach(one => countTests(decider, one))
  return { bundle: written(bundle), calls, results }
}

let bundles = 0

/** Writes a bundle and says where it is. */
function written({ text, data }: EmittedBundle): string {
  const bundle = join(folder, `${bundles++}.cjs`)
  writeFileSync(bundle, text)
  writeFileSync(join(folder, data.name), data.bytes)
  return bundle
}

function decideBothWays(policy: Policy, decider: Decider, one: Call): Result {
  const result = decider.decide(one)
  expectSame(decider.decide(one, { noIndex: true }), result)
  expectSame(result, decideReference(policy, one))
  count(result)
  return result
}

/** Which operators came out true, false and unknown. */
function countTests(decider: Decider, one: Call): void {
  for (const { tests } of decider.explain(one)) for (const { test, value } of tests) add(`${test.split(' ')[1]} ${value}`)
}

/** Which words of the language the policies hold. */
function countWords(files: readonly string[]): void {
  for (const word of WORDS) if (files.some(text => text.includes(`"${word}":`))) add(word)
}

/** Shows the difference where there is one; to look for one is ten times as fast. */
function expectSame(actual: unknown, expected: unknown): void {
  if (!isDeepStrictEqual(actual, expected)) expect(actual).toStrictEqual(expected)
}

/** Decides by the emitted bundles, in one child process for all of them. */
function decideElsewhere(decided: readonly Decided[]): readonly (readonly Result[])[] {
  const cases = decided.map(({ bundle, calls }) => ({ bundle, calls: encode(calls) }))
  writeFileSync(join(folder, 'cases.json'), JSON.stringify(cases))
  const script = join(folder, 'decide.cjs')
  writeFileSync(
    script,
    `${DECODE_SOURCE}
    const cases = require('./cases.json')
    const decideAll = ({ bundle, calls }) => { const api = require(bundle); return decode(calls, api.AbstractString).map(call => api.decideCall(call)) }
    process.stdout.write(JSON.stringify(cases.map(decideAll)))`,
  )
  const { stdout, stderr, status } = spawnSync(process.execPath, [script], { encoding: 'utf8', env: {}, maxBuffer: 1 << 30 })
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  return JSON.parse(stdout)
}

describe('reference, table and bundle', () => {
  it('give the same full result', () => {
    const decided: Decided[] = []
    fc.assert(
      fc.property(policyWithCalls, ({ files, calls }) => {
        decided.push(decideHere(files, calls))
      }),
      { numRuns: POLICIES },
    )
    const elsewhere = decideElsewhere(decided)
    expect(elsewhere).toEqual(decided.map(({ results }) => results))

    const cases = decided.length * CALLS
    const rare = [...seen].map(([key, times]) => `${key}: ${times}`).sort()
    process.stdout.write(`${cases} cases decided alike three ways\n${rare.join('\n')}\n`)
    expect(cases).toBeGreaterThanOrEqual(Math.min(LEAST_CASES, POLICIES * CALLS))
  }, 600_000)

  it('met every kind of result', () => {
    const kinds = ['allow', 'deny', 'review', 'definite', 'possible', 'without an automaton', 'by backtracking']
    for (const effect of ['deny', 'review'])
      for (const certainty of ['definite', 'possible'])
        for (const role of ['whole', 'part', 'effect']) kinds.push(`${effect} ${certainty} ${role}`)
    for (const role of ['whole', 'part', 'effect']) kinds.push(`allow definite ${role}`)
    for (const name of new Set(operatorNames.flatMap(written => operatorNamed(written)?.name ?? [])))
      for (const value of ['true', 'false', ...(name.endsWith('exists') ? [] : ['unknown'])]) kinds.push(`${name} ${value}`)
    for (const kind of [...kinds, ...WORDS]) expect(seen.get(kind) ?? 0, kind).toBeGreaterThan(10)
  })
})
