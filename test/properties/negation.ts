/** A negated operator is the opposite of the plain one, in three values. */
import { deepEqual, notEqual } from 'node:assert/strict'
import fc from 'fast-check'
import { operatorNamed, operatorNames } from '../../compiler/parse/operators.js'
import { openDecider } from '../../runtime/decide/open.js'
import type { Request, Value } from '../../runtime/decide/request.js'
import { condition } from '../arbitrary/policies.js'
import { near, placed } from '../arbitrary/near.js'
import { evaluate } from '../reference/condition.js'
import { compiled } from './deciding.js'
import { target } from './target.js'

interface Written {
  readonly op: string
  readonly value?: unknown
}

/** The operator under a name that means its opposite; undefined where there is none. */
function opposite(op: string): string | undefined {
  const named = operatorNamed(op)
  return operatorNames.find(other => {
    const { operator, negated } = operatorNamed(other) ?? {}
    return operator === named?.operator && negated !== named?.negated
  })
}

const anyCondition: fc.Arbitrary<unknown> = condition
const negatable = anyCondition.filter(isNegatable)

function isNegatable(one: unknown): one is Written {
  return typeof one === 'object' && one !== null && 'op' in one && opposite(String(one.op)) !== undefined
}

const FIELD = 'params.x'

export const negation = target({
  name: 'negation',
  component: 'runtime/decide/evaluation.ts',
  says: '`not_x` is the opposite of `x` wherever the field is present, and unknown stays unknown',
  runs: 400,
  cases: negatable.chain(plain => {
    const constant = (plain.value ?? 'x') as Value // values of policies are values of requests
    const one = Array.isArray(constant) ? fc.constantFrom<Value>(constant, ...constant) : fc.constant(constant)
    return fc.record({ plain: fc.constant(plain), value: one.chain(near) })
  }),
  check: ({ plain, value }) => {
    const request = placed(
      { action: 'a', params: {}, context: { home: '/home/u', cwd: '/home/u/app', project_root: '/home/u/app' } },
      FIELD,
      value,
    )
    const negated = { ...plain, op: opposite(plain.op) ?? '' }
    const [a, b] = [truths(plain, request), truths(negated, request)]
    const isMissing = value === null
    for (const way of ['table', 'reference'] as const) {
      if (isMissing && operatorNamed(plain.op)?.operator !== 'exists') deepEqual([a[way], b[way]], ['false', 'false'])
      else if (a[way] === 'unknown') deepEqual(b[way], 'unknown')
      else notEqual(b[way], a[way])
    }
  },
})

function truths(written: Written, request: Request) {
  const { policy, table } = compiled([JSON.stringify({ statements: [{ effect: 'deny', conditions: { [FIELD]: written } }] })])
  const condition = policy.statements[0]?.condition ?? { kind: 'all', of: [] }
  const explained = openDecider(table).explain([{ role: 'whole', request }])
  return { table: explained[0]?.condition ?? 'none', reference: evaluate(condition, request).value }
}
