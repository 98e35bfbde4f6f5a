/** A small world: every statement and every call over few effects, actions, conditions and values. */
import type { Condition, Statement, Test } from '../../compiler/ast.js'
import { parsePolicy } from '../../compiler/parse/parse-policy.js'
import { AbstractString } from '../../runtime/decide/abstract-string.js'
import type { Call, ExpandedRequest, Request, Value, ValueMap } from '../../runtime/decide/request.js'

const EFFECTS = [
  { effect: 'allow' },
  { effect: 'deny' },
  { effect: 'deny', on_possible: 'deny', on_unknown: 'ignore', guidance: 'do this instead' },
  { effect: 'review', reason: 'because' },
]

const ACTIONS = [['a'], ['a.*', 'b'], ['*']]

const TESTS = {
  isA: ['params.x', 'a'],
  isNotA: ['x', { op: '!=', value: 'a' }],
  isLarge: ['x', { op: '>', value: 1 }],
  isMissing: ['params.x', { op: 'not_exists' }],
  looksLike: ['x', { op: 'regex', value: '^a|b$' }],
  beginsWithA: ['x', { op: 'starts_with', value: 'a' }],
  holdsB: ['x', { op: 'contains', value: 'b' }],
  hasY: ['y', { op: 'exists' }],
  isOtherY: ['y', { op: 'not_in', value: ['a', 1] }],
  isOneY: ['y', 1],
} as const

/** Each as one file reads it. */
function readTest(name: keyof typeof TESTS): Test {
  const [field, condition] = TESTS[name]
  const [statement] = read([{ effect: 'deny', conditions: { [field]: condition } }])
  const test = statement?.condition.kind === 'all' ? statement.condition.of[0] : undefined
  if (test?.kind !== 'test') throw new Error(`${name} is no test`)
  return test
}

function read(statements: readonly object[]): readonly Statement[] {
  const { policy, diagnostics } = parsePolicy([{ path: 'scope.yaml', text: JSON.stringify({ statements }) }])
  if (policy === undefined) throw new Error(diagnostics.map(({ message }) => message).join('\n'))
  return policy.statements
}

const all = (...of: readonly Condition[]): Condition => ({ kind: 'all', of })
const any = (...of: readonly Condition[]): Condition => ({ kind: 'any', of })
const not = (of: Condition): Condition => ({ kind: 'not', of })

function conditions(): readonly Condition[] {
  const looksLike = readTest('looksLike')
  return [
    all(),
    all(readTest('isA')),
    all(readTest('isNotA')),
    any(readTest('isLarge')),
    all(readTest('isMissing')),
    all(looksLike, readTest('hasY')),
    any(readTest('holdsB'), readTest('isOtherY')),
    not(all(readTest('beginsWithA'), readTest('isOneY'))),
    // Of Kleene's three values this is not always true.
    any(not(looksLike), looksLike),
  ]
}

/** Every statement of the world, each under a name of its own. */
export function allStatements(): readonly Statement[] {
  const kinds = EFFECTS.flatMap(effect => ACTIONS.map(actions => ({ ...effect, actions })))
  const written = conditions().flatMap(condition => kinds.map(kind => ({ condition, kind })))
  return read(written.map(({ kind }) => kind)).map((statement, i) => ({ ...statement, condition: written[i]?.condition ?? all() }))
}

/** What a policy says beside its statements, and whether those stand in the order of the world. */
export const SETTINGS = [
  { default: 'allow', effects: 'explicit', inOrder: true },
  { default: 'deny', effects: 'explicit', inOrder: false },
  { default: 'review', effects: 'full', inOrder: true },
] as const

const ANY = { hole: 'any' } as const
const SEGMENT = { hole: 'segment' } as const
const XS = ['a', 'b', 'ab', 1, 2, true, ['b'], {}, partly(ANY), partly('a', ANY), partly(SEGMENT, 'b')] satisfies readonly Value[]
const YS = ['a', 1, partly(ANY)] satisfies readonly Value[]

function partly(...parts: Parameters<typeof AbstractString.of>[0]): Value {
  return AbstractString.of(parts)
}

/** Every request alone, and a few together: as parts, as effects, under a real path, for what lies beneath. */
export function allCalls(): readonly Call[] {
  const params = withMissing(XS, 'x').flatMap(x => withMissing(YS, 'y').map(y => ({ ...x, ...y })))
  const requests = ['a', 'a.b'].flatMap(action => params.map((each): Request => ({ action, params: each, context: {} })))
  return [...requests.map((request): Call => [{ role: 'whole', request }]), ...togetherCalls()]
}

function withMissing(values: readonly Value[], name: string): readonly ValueMap[] {
  return [{}, ...values.map(value => ({ [name]: value }))]
}

function togetherCalls(): readonly Call[] {
  const few = ['a', 1, partly(ANY)].map((x): Request => ({ action: 'a', params: { x, y: 1 }, context: {} }))
  return few.flatMap((request, i) => {
    const whole: ExpandedRequest = { role: 'whole', request }
    const other = few[(i + 1) % few.length] ?? request
    return [
      [whole, { role: 'part', request: other }],
      [whole, { role: 'part', request }, { role: 'part', request: { ...other, action: 'c' } }],
      [whole, { role: 'effect', request: other }],
      [whole, { role: 'part', request: other }, { role: 'effect', request: { ...request, action: 'b' } }],
      [{ ...whole, real: other }],
      [{ ...whole, beneath: true }],
      [whole, { role: 'effect', request: other, real: request, beneath: true }],
    ]
  })
}
