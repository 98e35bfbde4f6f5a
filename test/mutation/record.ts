/**
 * What the tests of mutants hold the runtime against, worked out once before them: tables, calls, and what the reference says of
 * each. A mutant is then judged without compiling a policy or asking the reference again.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import fc from 'fast-check'
import type { Policy } from '../../compiler/ast.js'
import { compile } from '../../compiler/compile.js'
import { compileLayers } from '../../compiler/layers/compile-layers.js'
import { lower } from '../../compiler/lower/lower.js'
import { optimise, PASS_NAMES } from '../../compiler/passes/optimise.js'
import type { PassName } from '../../compiler/passes/pass.js'
import { encodeTable } from '../../compiler/table/encode.js'
import type { Call } from '../../runtime/decide/request.js'
import { encode } from '../arbitrary/call-json.js'
import { layersAndCalls, sourcesOf } from '../arbitrary/layers.js'
import { policyFiles } from '../arbitrary/policies.js'
import { compiled, policyAndCalls } from '../properties/deciding.js'
import { withoutLayer } from '../properties/layers.js'
import { decideReference } from '../reference/decide-reference.js'
import { decideAlways, decideLayers, referenceLayers } from '../reference/layers.js'
import { allCalls, allStatements, SETTINGS } from '../scope/universe.js'
import { type EncodedPolicy, RECORDED, type Recorded, type RecordedLayers, type RecordedPolicy } from './recording.js'

const POLICIES = 100
const CALLS = 10
/** Of the small world, each statement alone on so many of its calls. */
const CALLS_OF_SCOPE = 24

function recordedPolicy(policy: Policy, table: Uint8Array, calls: readonly Call[]): RecordedPolicy {
  return { table: Buffer.from(table).toString('base64'), calls: encode(calls), results: calls.map(call => decideReference(policy, call)) }
}

/** The indexes that a table has are those of the passes that ran. */
const SOME_PASSES: readonly (readonly PassName[])[] = [PASS_NAMES, PASS_NAMES, PASS_NAMES, ['index-literals', 'index-values'], []]

function drawn(): readonly RecordedPolicy[] {
  return fc.sample(policyAndCalls(CALLS), { numRuns: POLICIES, seed: 1 }).map(({ files, calls }, i) => {
    const sources = files.map((text, at) => ({ path: `${at}.yaml`, text }))
    const { policy, table } = compile(sources, { protection: [], emit: false, passes: SOME_PASSES[i % SOME_PASSES.length] ?? [] })
    if (policy === undefined || table === undefined) throw new Error('the generator made a policy with mistakes')
    return recordedPolicy(policy, table, calls)
  })
}

function smallScope(): readonly RecordedPolicy[] {
  const calls = allCalls()
  return allStatements().map((statement, i) => {
    const settings = SETTINGS[i % SETTINGS.length] ?? SETTINGS[0]
    const policy: Policy = { default: settings.default, effects: settings.effects, statements: [statement] }
    const some = calls.filter((_, at) => (at + i) % Math.ceil(calls.length / CALLS_OF_SCOPE) === 0)
    return recordedPolicy(policy, encodeTable(optimise(lower(policy, []).ir), ''), some)
  })
}

const LAYERED = 60

function layered(): readonly RecordedLayers[] {
  return fc.sample(layersAndCalls(CALLS), { numRuns: LAYERED, seed: 3 }).map(({ layers, calls }) => {
    const { table, layers: each } = compileLayers(layers.map(sourcesOf), { protection: [], verify: false })
    if (table === undefined) throw new Error('the generator made layers with mistakes')
    const reference = referenceLayers(each)
    const isOne = each.length === 1 && each[0]?.traits.name === 'user'
    const results = calls.map(call => decideLayers(reference, call)).map(result => (isOne ? withoutLayer(result) : result))
    const protectedResults = calls.map(call => decideAlways(reference, new Set(), call))
    return { table: Buffer.from(table).toString('base64'), calls: encode(calls), results, protectedResults }
  })
}

/** A few drawn ones, and one of more literals than an automaton takes. */
function encoded(): readonly EncodedPolicy[] {
  const words = Array.from({ length: 500 }, (_, i) => `${(i * 7919).toString(36)}-${(i * 104_729).toString(36)}-${i.toString(36)}`)
  const statements = ['a', 'b~', 'cde', ...words].map(value => ({ effect: 'deny', conditions: { x: { op: 'contains', value } } }))
  const policies = [...fc.sample(policyFiles, { numRuns: 12, seed: 2 }), [JSON.stringify({ statements })]]
  return policies.map(files => ({ files, table: Buffer.from(compiled(files).table).toString('base64') }))
}

const recorded: Recorded = { encoded: encoded(), drawn: drawn(), smallScope: smallScope(), layered: layered() }
mkdirSync(dirname(RECORDED), { recursive: true })
writeFileSync(RECORDED, JSON.stringify(recorded))
