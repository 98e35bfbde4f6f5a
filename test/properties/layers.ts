/** What layers do to each other. */
import { deepEqual, ok } from 'node:assert/strict'
import fc from 'fast-check'
import { compileLayers, type LayersCompilation } from '../../compiler/layers/compile-layers.js'
import { projectLayer } from '../../compiler/layers/layer.js'
import { openDecider } from '../../runtime/decide/open.js'
import type { Call } from '../../runtime/decide/request.js'
import type { Result } from '../../runtime/decide/result.js'
import { type LayerJson, layersAndCalls, sourcesOf } from '../arbitrary/layers.js'
import { policyFiles } from '../arbitrary/policies.js'
import { decideAlways, decideLayers, referenceLayers } from '../reference/layers.js'
import { shown, strictness } from './deciding.js'
import { target } from './target.js'

const component = 'compiler/layers/, runtime/decide/'
const CALLS = 5

function compiled(layers: readonly LayerJson[]): LayersCompilation & { readonly table: Uint8Array } {
  const compilation = compileLayers(layers.map(sourcesOf), { protection: [], verify: false })
  const { table, diagnostics } = compilation
  if (table === undefined) throw new Error(diagnostics.map(({ message }) => message).join('\n'))
  return { ...compilation, table }
}

/** Results of both ways to decide, compared before and after a change. */
function compareResults(
  before: readonly LayerJson[],
  after: readonly LayerJson[],
  calls: readonly Call[],
  compare: (before: Result, after: Result) => void,
): void {
  const [old, changed] = [before, after].map(layers => {
    const { table, layers: each } = compiled(layers)
    const decider = openDecider(table)
    const reference = referenceLayers(each)
    return (call: Call) => [decider.decide(call), decideLayers(reference, call)]
  })
  for (const call of calls) {
    const results = changed?.(call) ?? []
    old?.(call).forEach((result, way) => compare(result, results[way] ?? result))
  }
}

export const layersEquivalence = target({
  name: 'layers',
  component,
  says: 'layers, with their indexes and without, in every mode, give the full result that the reference interpreter gives',
  runs: 24,
  cases: layersAndCalls(12),
  check: ({ layers, calls }) => {
    const { table, layers: each } = compiled(layers)
    const decider = openDecider(table)
    const reference = referenceLayers(each)
    for (const call of calls) {
      const expected = decideLayers(reference, call)
      deepEqual(decider.decide(call), each.length === 1 && each[0]?.traits.name === 'user' ? withoutLayer(expected) : expected)
      deepEqual(decider.decide(call, { noIndex: true }), decider.decide(call))
      deepEqual(decider.decide(call, { protectionOnly: true }), decideAlways(reference, new Set(), call))
    }
  },
})

/** A user's layer alone is no layer. */
export function withoutLayer(result: Result): Result {
  return { ...result, reason: result.reason.replace("the user layer's default", 'the default') }
}

const PROJECTS = { untrusted: projectLayer(false), trusted: projectLayer(true) }

export const addingProject = target({
  name: 'adding-project',
  component,
  says: 'a project that nobody trusted never makes a decision less strict, and a trusted one makes no deny or review of another layer less strict',
  runs: 12,
  cases: fc.record({
    policy: layersAndCalls(CALLS),
    files: policyFiles,
    trusted: fc.boolean(),
    silent: fc.boolean(),
  }),
  check: ({ policy: { layers, calls }, files, trusted, silent }) => {
    const others = layers.filter(({ traits }) => traits.name !== 'project')
    const before = silent ? others.map(withoutDefault) : others
    const added = { traits: trusted ? PROJECTS.trusted : PROJECTS.untrusted, files }
    if (before.length === 0) return
    compareResults(before, [...before, added], calls, (old, changed) => {
      const isSilence = old.sid === null && old.reason.endsWith('; the default is deny')
      ok(strictness(changed) >= strictness(old) || (trusted && isSilence), shown(old, changed))
    })
  },
})

/** So that all may be silent. */
function withoutDefault({ traits, files }: LayerJson): LayerJson {
  return { traits, files: files.map(text => text.replace(/"default":"\w+",/, '')) }
}

export const trusting = target({
  name: 'trusting-project',
  component,
  says: 'to trust a project never makes a decision stricter',
  runs: 12,
  cases: fc.record({ policy: layersAndCalls(CALLS), files: policyFiles }),
  check: ({ policy: { layers, calls }, files }) => {
    const rest = layers.filter(({ traits }) => traits.name !== 'project')
    const [untrusted, trusted] = [PROJECTS.untrusted, PROJECTS.trusted].map(traits => [...rest, { traits, files }])
    compareResults(untrusted ?? [], trusted ?? [], calls, (old, changed) => ok(strictness(changed) <= strictness(old), shown(old, changed)))
  },
})

export const silentLayer = target({
  name: 'silent-layer',
  component,
  says: 'a layer without a default none of whose statements applies changes no result',
  runs: 12,
  cases: fc.record({
    policy: layersAndCalls(CALLS),
    at: fc.nat({ max: 6 }),
    effect: fc.constantFrom('allow', 'deny', 'review'),
    trusted: fc.boolean(),
  }),
  check: ({ policy: { layers, calls }, at, effect, trusted }) => {
    // Under another name: a user's layer alone is no layer, and its default goes by no name.
    const named = layers.map(({ traits, files }) => ({ traits: { ...traits, name: `a ${traits.name}` }, files }))
    const files = [JSON.stringify({ statements: [{ effect, actions: 'not.asked' }] })]
    const silent = { traits: trusted ? PROJECTS.trusted : PROJECTS.untrusted, files }
    compareResults(named, [...named.slice(0, at), silent, ...named.slice(at)], calls, (old, changed) => deepEqual(changed, old))
  },
})

export const layerFiles = target({
  name: 'layer-files',
  component,
  says: 'the order of the files of a layer changes neither a decision nor what matches',
  runs: 12,
  cases: layersAndCalls(CALLS).chain(policy =>
    fc.record({
      policy: fc.constant(policy),
      changed: fc.tuple(
        ...policy.layers.map(({ traits, files }) =>
          fc.shuffledSubarray([...files], { minLength: files.length }).map(shuffled => ({ traits, files: shuffled })),
        ),
      ),
    }),
  ),
  check: ({ policy: { layers, calls }, changed }) =>
    compareResults(layers, changed, calls, (old, after) => deepEqual(meaning(after), meaning(old))),
})

function meaning({ decision, certainty, matched }: Result): unknown {
  return { decision, certainty, matched: matched.map(match => JSON.stringify({ ...match, sid: '', source: '' })).sort() }
}
