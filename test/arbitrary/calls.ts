/** Expanded calls whose values are those of the policies, near misses of them, other types, and strings known only in part. */
import fc from 'fast-check'
import { AbstractString, type Part } from '../../runtime/decide/abstract-string.js'
import type { Call, ExpandedRequest, Request, Value, ValueMap } from '../../runtime/decide/request.js'
import { constantsOf } from './constants.js'
import { near, placed } from './near.js'
import { IRREGULAR_TEXTS, LARGE_REGEX_FIELD, LARGE_REGEX_TEXTS, plainValue, TEXTS } from './policies.js'

const hole = fc.constantFrom('any', 'below', 'segment', 'char', 'visible').map((kind): Part => ({ hole: kind })) // as listed
const piece = fc.constantFrom('rm', '/', 'a', '.env', '~', '..', 'git', 'src/', 'https://github.com/', '/home/u', '.', 'é')
const partly: fc.Arbitrary<Value> = fc.array(fc.oneof(piece, hole), { minLength: 1, maxLength: 4 }).map(parts => AbstractString.of(parts))

/** A text of the policy, changed a little. */
const nearMiss: fc.Arbitrary<Value> = fc
  .tuple(
    fc.constantFrom(...TEXTS),
    fc.constantFrom<(text: string) => string>(
      t => `${t}x`,
      t => `x${t}`,
      t => `${t}\n`,
      t => t.toUpperCase(),
      t => t.slice(1),
      t => `${t}/`,
      t => `./${t}`,
    ),
  )
  .map(([text, change]) => change(text))

const value: fc.Arbitrary<Value> = fc.oneof(
  { weight: 4, arbitrary: plainValue }, // plain JSON
  { weight: 2, arbitrary: nearMiss },
  { weight: 3, arbitrary: partly },
  { weight: 1, arbitrary: fc.constantFrom<Value>(null, -0, 5.0000001) },
  { weight: 1, arbitrary: fc.array(partly, { maxLength: 2 }) },
)

const context: fc.Arbitrary<ValueMap> = fc.record(
  {
    home: fc.constantFrom<Value>('/home/u', '/', 'rel', 5),
    cwd: fc.constantFrom<Value>('/home/u/app', 'rel', '/home/u/app/../x'),
    project_root: fc.constant('/home/u/app'),
    platform: fc.constantFrom('linux', 'darwin', 'win32'),
    agent: fc.constantFrom('claude-code', 'a'),
  },
  { requiredKeys: [] },
)

const params = fc.record(
  {
    x: value,
    y: value,
    l: fc.array(value, { maxLength: 2 }),
    m: fc.record({ a: value }),
    constructor: value,
    length: value,
    cwd: value,
    t: fc.constantFrom(...TEXTS, ...LARGE_REGEX_TEXTS),
    z: fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...IRREGULAR_TEXTS) }, { weight: 1, arbitrary: value }),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<ValueMap> // a map of values

const action = fc.constantFrom('a.b', 'a.c', 'c', 'd', '__proto__')

const request: fc.Arbitrary<Request> = fc.record({ action, params, context })

const origin = fc.constant({ text: 'git push', via: ['sudo'] })

/** The whole first, then parts, then effects; a real variant has the action of what it is a variant of. */
function callOf(request: fc.Arbitrary<Request>): fc.Arbitrary<Call> {
  const other = fc.record(
    { role: fc.constantFrom('part', 'effect'), request, beneath: fc.boolean(), real: request, origin },
    { requiredKeys: ['role', 'request'] },
  ) as fc.Arbitrary<ExpandedRequest> // the fields of one
  return fc.tuple(request, fc.option(request, { nil: undefined }), fc.array(other, { maxLength: 3 })).map(([whole, real, others]) => {
    const first: ExpandedRequest = { role: 'whole', request: whole, ...(real === undefined ? {} : { real }) }
    const all = [first, ...others.filter(one => one.role === 'part'), ...others.filter(one => one.role === 'effect')]
    return all.map(one => (one.real === undefined ? one : { ...one, real: { ...one.real, action: one.request.action } }))
  })
}

/** Calls that any policy may meet. */
export const call = callOf(request)

/** Calls made of what the policy itself compares with, or of something next to that; some fields are left out. */
export function callAbout(files: readonly string[]): fc.Arbitrary<Call> {
  const fields = [...constantsOf(files)].map(([field, constants]) =>
    fc.option(valueAbout(field, constants), { freq: 5, nil: undefined }).map(drawn => ({ field, drawn })),
  )
  return callOf(fc.tuple(action, context, fc.tuple(...fields)).map(([name, around, drawn]) => requestOf(name, around, drawn)))
}

function valueAbout(field: string, constants: readonly Value[]): fc.Arbitrary<Value> {
  return field === LARGE_REGEX_FIELD ? fc.constantFrom(...LARGE_REGEX_TEXTS) : fc.constantFrom(...constants).chain(near)
}

function requestOf(
  action: string,
  context: ValueMap,
  values: readonly { readonly field: string; readonly drawn: Value | undefined }[],
): Request {
  return values.reduce<Request>((request, { field, drawn }) => (drawn === undefined ? request : placed(request, field, drawn)), {
    action,
    params: {},
    context,
  })
}
