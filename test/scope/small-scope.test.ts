/**
 * Most mistakes show in small cases: every policy of few statements over a small world, against every call over it. The
 * reference says once what each statement finds in each call, and combines that for each policy; the table decides each
 * policy anew. `AGSEC_SCOPE=3` tries three statements.
 */
import { describe, expect, it } from 'vitest'
import type { Policy, Statement } from '../../compiler/ast.js'
import { lower } from '../../compiler/lower/lower.js'
import { optimise } from '../../compiler/passes/optimise.js'
import { encodeTable } from '../../compiler/table/encode.js'
import { openDecider } from '../../runtime/decide/open.js'
import type { Call } from '../../runtime/decide/request.js'
import type { Match, Result } from '../../runtime/decide/result.js'
import { foundBy, resultOf } from '../reference/decide-reference.js'
import type { Found } from '../reference/statement-match.js'
import { allCalls, allStatements, SETTINGS } from './universe.js'

const MOST_STATEMENTS = Number(process.env['AGSEC_SCOPE'] ?? 2)
const LEAST_DECISIONS = { 1: 50_000, 2: 1_500_000, 3: 50_000_000 }[MOST_STATEMENTS] ?? 0

const statements = allStatements()
const calls = allCalls()

type Settings = (typeof SETTINGS)[number]

/** What each statement finds in each call, by the reference. */
function foundIn(settings: Settings): readonly (readonly (readonly Found[])[])[] {
  const policy = policyOf(settings, [])
  return statements.map(statement => calls.map(call => foundBy(statement, policy, call)))
}

function policyOf(settings: Settings, chosen: readonly number[]): Policy {
  return { default: settings.default, effects: settings.effects, statements: chosen.map(statementAt) }
}

function statementAt(index: number): Statement {
  const statement = statements[index]
  if (statement === undefined) throw new Error(`there is no statement ${index}`)
  return statement
}

/** The statements of every policy, by their places in the world; one may stand twice. */
function* choices(most: number, from = 0): Generator<readonly number[]> {
  yield []
  if (most === 0) return
  for (let first = from; first < statements.length; first++) {
    for (const others of choices(most - 1, first)) yield [first, ...others]
  }
}

function isSame(a: Result, b: Result): boolean {
  return (
    a.decision === b.decision &&
    a.sid === b.sid &&
    a.reason === b.reason &&
    a.guidance === b.guidance &&
    a.certainty === b.certainty &&
    a.matched.length === b.matched.length &&
    a.matched.every((match, i) => isSameMatch(match, b.matched[i]))
  )
}

function isSameMatch(a: Match, b: Match | undefined): boolean {
  return (
    b !== undefined &&
    a.sid === b.sid &&
    a.effect === b.effect &&
    a.outcome === b.outcome &&
    a.certainty === b.certainty &&
    a.request === b.request &&
    a.detail === b.detail &&
    a.source === b.source
  )
}

/** Compares all decisions of one policy; gives their number. */
function compare(policy: Policy, found: (call: number) => readonly Found[]): number {
  const decider = openDecider(encodeTable(optimise(lower(policy, []).ir), ''))
  calls.forEach((call: Call, i) => {
    const decided = decider.decide(call)
    const expected = resultOf(policy, call, found(i))
    if (!isSame(decided, expected))
      expect({ policy: describePolicy(policy), call, decided }).toEqual({ policy: describePolicy(policy), call, decided: expected })
  })
  return calls.length
}

function describePolicy({ statements: all, ...settings }: Policy): unknown {
  return {
    ...settings,
    statements: all.map(({ effect, actions, condition }) => ({ effect, actions: actions.map(({ glob }) => glob), condition })),
  }
}

describe(`every policy of up to ${MOST_STATEMENTS} statements over the small world`, () => {
  it('is decided on every call as the reference decides it', () => {
    let policies = 0
    let decisions = 0
    for (const settings of SETTINGS) {
      const matrix = foundIn(settings)
      for (const ascending of choices(MOST_STATEMENTS)) {
        const chosen = settings.inOrder ? ascending : [...ascending].reverse()
        policies++
        decisions += compare(policyOf(settings, chosen), call => chosen.flatMap(index => matrix[index]?.[call] ?? []))
      }
    }
    process.stdout.write(`${policies} policies, ${decisions} decisions alike\n`)
    expect(decisions).toBeGreaterThanOrEqual(LEAST_DECISIONS)
  }, 7_200_000)
})
