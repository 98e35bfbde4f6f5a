/** Whether the tables of layers say what the layers say: each is proved by itself, and that they stand in their order with their traits. */
import { isDeepStrictEqual } from 'node:util'
import type { LayerTraits } from '../../runtime/decide/layers.js'
import type { Diagnostic } from '../diagnostic.js'
import type { Claim } from '../verify/claims.js'
import { type Verification, verifyTable } from '../verify/verify-table.js'
import { joinTables, type LayerTable, splitTables } from './join-tables.js'
import { isPlain, layersDigest } from './layers-digest.js'

/** What the table of a layer is said to be compiled from. */
export interface LayerClaim extends Claim {
  readonly traits: LayerTraits
}

/** @param name what the bytes are called in messages that are about no part of the policy */
export function verifyLayers(bytes: Uint8Array, claims: readonly LayerClaim[], name: string): Verification {
  const [first] = claims
  if (first !== undefined && isPlain(claims)) return verifyTable(bytes, first, name)
  const found = split(bytes)
  if (typeof found === 'string') return { ...NOTHING_PROVED, diagnostics: [differs(found, name)] }
  const around = [...traitDifferences(found.layers, claims), ...byteDifferences(bytes, found, claims)]
  const each = claims.flatMap((claim, i) => {
    const table = found.layers[i]?.table
    return table === undefined ? [] : [verifyTable(table, claim, `${name}, ${claim.traits.name}`)]
  })
  const together = each.reduce(sum, NOTHING_PROVED)
  return { ...together, diagnostics: [...around.map(message => differs(message, name)), ...together.diagnostics] }
}

const NOTHING_PROVED: Verification = { diagnostics: [], statements: 0, guards: 0, patterns: { proved: 0, pairs: 0, unproved: [] } }

function sum(a: Verification, b: Verification): Verification {
  const { proved, pairs, unproved } = b.patterns
  return {
    diagnostics: [...a.diagnostics, ...b.diagnostics],
    statements: a.statements + b.statements,
    guards: a.guards + b.guards,
    patterns: {
      proved: a.patterns.proved + proved,
      pairs: a.patterns.pairs + pairs,
      unproved: [...a.patterns.unproved, ...unproved],
    },
  }
}

function split(bytes: Uint8Array): NonNullable<ReturnType<typeof splitTables>> | string {
  try {
    return splitTables(bytes) ?? 'the table has no layers'
  } catch (thrown) {
    return thrown instanceof Error ? thrown.message : String(thrown)
  }
}

/** The order of the layers, and what each may do. */
function traitDifferences(found: readonly LayerTable[], claims: readonly LayerClaim[]): readonly string[] {
  const count = found.length === claims.length ? [] : [`the table has ${found.length} layers for ${claims.length}`]
  const traits = claims.flatMap((claim, i) =>
    isDeepStrictEqual(found[i]?.traits, claim.traits)
      ? []
      : [`layer ${i + 1} of the table is ${JSON.stringify(found[i]?.traits)}, expected ${JSON.stringify(claim.traits)}`],
  )
  return [...count, ...traits]
}

/** That nothing lies between the tables, and that they are told of as they are: written again, they are the same bytes. */
function byteDifferences(
  bytes: Uint8Array,
  { layers, digest }: { readonly layers: readonly LayerTable[]; readonly digest: string },
  claims: readonly LayerClaim[],
): readonly string[] {
  const sources = digest === layersDigest(claims) ? [] : ['the table names other sources']
  return isDeepStrictEqual(written(layers, digest), Uint8Array.from(bytes))
    ? sources
    : [...sources, 'the directory of the layers is not what its tables give']
}

function written(layers: readonly LayerTable[], digest: string): Uint8Array | undefined {
  try {
    return joinTables(layers, digest)
  } catch {
    return undefined
  }
}

function differs(message: string, name: string): Diagnostic {
  return { code: 'table-differs', severity: 'error', message, span: { source: { path: name, text: '' }, start: 0, end: 0 } }
}
