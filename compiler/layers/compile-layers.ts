/** The layers of a policy, each compiled and verified by itself, in one block of bytes. */
import type { LayerTraits } from '../../runtime/decide/layers.js'
import type { Policy } from '../ast.js'
import { compile, type CompileOptions, hasErrors } from '../compile.js'
import type { Diagnostic } from '../diagnostic.js'
import type { Ir } from '../ir/ir.js'
import { loadProtection } from '../protection/protection.js'
import type { Verification } from '../verify/verify-table.js'
import { Watch } from '../watch.js'
import { joinTables } from './join-tables.js'
import type { LayerSources } from './layer.js'
import { isPlain, layersDigest } from './layers-digest.js'
import { type LayerClaim, verifyLayers } from './verify-layers.js'

export interface CompiledLayer {
  readonly traits: LayerTraits
  readonly policy: Policy
  readonly ir: Ir
  readonly table: Uint8Array
  readonly sourceDigest: string
  /** What it took; where it is the only one, the watch that was given. */
  readonly watch: Watch
}

export interface LayersCompilation {
  readonly diagnostics: readonly Diagnostic[]
  /** Those that compiled. */
  readonly layers: readonly CompiledLayer[]
  /** Absent where one of the diagnostics is an error. A user's layer alone is a table, as if there were no layers. */
  readonly table?: Uint8Array
  readonly verification?: Verification
  /** With those that protect agsec itself. */
  readonly statementCount: number
  readonly sourceDigest: string
}

export type LayersOptions = Pick<CompileOptions, 'passes' | 'watch' | 'verify' | 'protection'>

/**
 * Compiles the layers, the most general first; agsec's protection of itself stands before the first. A layer that can only
 * tighten has none of its author's words in its table.
 */
export function compileLayers(layers: readonly LayerSources[], options: LayersOptions = {}): LayersCompilation {
  const compiled = layers.map(({ traits, sources }, i) => {
    const watch = layers.length === 1 && options.watch !== undefined ? options.watch : new Watch()
    return { traits, watch, ...compile(sources, { ...layerOptions(traits, i, options), watch }) }
  })
  const diagnostics = compiled.flatMap(layer => layer.diagnostics)
  const whole = compiled.flatMap(({ traits, watch, policy, ir, table, sourceDigest }) =>
    policy === undefined || ir === undefined || table === undefined ? [] : [{ traits, watch, policy, ir, table, sourceDigest }],
  )
  const statementCount = whole.reduce((sum, { ir }) => sum + ir.statements.length, 0)
  const compilation = { diagnostics, layers: whole, statementCount, sourceDigest: layersDigest(compiled) }
  return hasErrors(diagnostics) ? compilation : withTable(compilation, options)
}

/** Fails closed: a table that does not say what the layers say is not given to anybody. */
function withTable(compilation: LayersCompilation, options: LayersOptions): LayersCompilation {
  const { layers, sourceDigest } = compilation
  const [first] = layers
  if (first === undefined) throw new Error('a policy has at least one layer')
  const table = isPlain(layers) ? first.table : joinTables(layers, sourceDigest)
  if (options.verify === false) return { ...compilation, table }
  const watch = options.watch ?? new Watch()
  const verification = watch.time('verify', () => verifyLayers(table, claimsOf(layers, options), 'agsec:decision-table'))
  const diagnostics = [...compilation.diagnostics, ...verification.diagnostics]
  return hasErrors(diagnostics) ? { ...compilation, diagnostics } : { ...compilation, diagnostics, table, verification }
}

/** What the table of each layer must say. */
export function claimsOf(
  layers: readonly CompiledLayer[],
  { protection = loadProtection(), anew }: LayersOptions & Pick<LayerClaim, 'anew'> = {},
) {
  return layers.map(
    ({ traits, policy, sourceDigest }, i): LayerClaim => ({
      traits,
      policy,
      sourceDigest,
      protection: i === 0 ? protection : [],
      ...(anew === true ? { anew } : {}),
    }),
  )
}

function layerOptions({ name, tightens }: LayerTraits, index: number, options: LayersOptions): CompileOptions {
  const before = index === 0 ? {} : { protection: [] }
  return { ...options, ...before, emit: false, verify: false, ...(tightens ? { hideTextsAs: name } : {}) }
}
