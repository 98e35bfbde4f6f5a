/** Policies whose conditions are deep and repeat themselves: few tests, in many combinations, so that there is something to fold. */
import fc from 'fast-check'

/** Equal tests written differently, opposites, tests that are never unknown and tests that often are. */
const ATOMS = [
  'params.x == "rm"',
  'params.x in ["rm"]',
  'params.x != "rm"',
  'params.x in ["rm", "a", 5]',
  'params.x exists',
  'params.x not_exists',
  'params.x == 5',
  'params.x in [5, true]',
  'params.x contains "rm"',
  'params.x matches "rm"',
  'params.x starts_with "a"',
  'params.y > 1',
  'params.y > "a"',
  'params.y == true',
  'params.y exists',
  'params.y path "**/.env"',
  'params.y host "github.com"',
  'context.agent == "claude-code"',
  'context.agent in ["claude-code", "a"]',
] as const

const CONSTANTS = {
  'params.x': ['rm', 'a', 5, true],
  'params.y': [1, 2, 'a', true, '/a/.env', 'https://github.com/x'],
  'context.agent': ['claude-code', 'a'],
}

/** Not about any action that is asked for: it tells the generator of calls what the others compare with. */
const vocabulary = {
  effect: 'deny',
  actions: ['nothing'],
  conditions: Object.fromEntries(Object.entries(CONSTANTS).map(([field, value]) => [field, { op: 'in', value }])),
}

const condition = fc.subarray([...ATOMS], { minLength: 2, maxLength: 5 }).chain(atoms => {
  const atom = fc.constantFrom(...atoms)
  const { tree } = fc.letrec<{ tree: string }>(tie => ({
    tree: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      atom,
      tie('tree').map(of => `not (${of})`),
      fc.array(tie('tree'), { minLength: 2, maxLength: 4 }).map(of => `(${of.join(' and ')})`),
      fc.array(tie('tree'), { minLength: 2, maxLength: 4 }).map(of => `(${of.join(' or ')})`),
    ),
  }))
  return tree
})

const statement = fc.record(
  {
    effect: fc.constantFrom('allow', 'deny', 'review'),
    actions: fc.subarray(['a.b', 'a.*', '*', 'c'], { minLength: 1 }),
    when: condition,
    on_possible: fc.constantFrom('deny', 'review', 'ignore'),
    on_unknown: fc.constantFrom('deny', 'review', 'ignore'),
  },
  { requiredKeys: ['effect', 'actions', 'when'] },
)

/** The text of the one file of a policy. */
export const formulaPolicy = fc
  .array(statement, { minLength: 1, maxLength: 6 })
  .map(statements => [JSON.stringify({ statements: [vocabulary, ...statements] })])
