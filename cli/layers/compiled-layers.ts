/** Compiling layers for the command line: files in, diagnostics out. */
import type { Diagnostic } from '../../compiler/diagnostic.js'
import { compileLayers, type LayersCompilation, type LayersOptions } from '../../compiler/layers/compile-layers.js'
import { layerPath, type LayerSources, MANAGED, USER } from '../../compiler/layers/layer.js'
import { loadSources } from '../../compiler/load.js'
import { Watch } from '../../compiler/watch.js'
import { hasErrors, report } from '../compile-paths.js'
import type { Home } from '../home.js'
import type { Invocation } from '../invocation.js'
import { type SourceFiles, sourceFiles } from '../stamp.js'
import { agentFolderWarnings } from './agent-folders.js'
import { homeFolders, homeLayers, type LayerPaths } from './layer-folders.js'
import { managedProblems } from './managed-problems.js'

export interface CompiledLayers extends LayersCompilation {
  /** The sources of each layer, whether it compiled or not. */
  readonly sources: readonly LayerSources[]
  readonly sourceFiles: SourceFiles
}

/**
 * The layers of a home.
 * @param user files and folders in place of the user's folder
 */
export function compileHome(home: Home, options: LayersOptions = {}, user?: readonly string[]): CompiledLayers {
  const watched =
    user === undefined
      ? { folders: homeFolders(home) }
      : { paths: user, folders: homeFolders(home).filter(folder => folder !== home.policies) }
  const files = sourceFiles(watched)
  const layers = homeLayers(home, user)
  const unsafe = layers.some(({ traits }) => traits.name === MANAGED.name) ? managedProblems(home.managed) : []
  return compileLayerPaths(layers, files, [...unsafe, ...agentFolderWarnings(home)], options)
}

/** A user's layer alone, of whatever files and folders: what is compiled for somewhere else. */
export function compileUserLayer(paths: readonly string[], options: LayersOptions = {}): CompiledLayers {
  return compileLayerPaths([{ traits: USER, paths }], sourceFiles({ paths }), [], options)
}

/** What a bundle was compiled from, as it is now. */
export function compileStamped(home: Home, { paths, folders }: SourceFiles, options: LayersOptions = {}): CompiledLayers {
  return folders === undefined ? compileUserLayer(paths, options) : compileHome(home, options, paths.length === 0 ? undefined : paths)
}

function compileLayerPaths(
  layers: readonly LayerPaths[],
  files: SourceFiles,
  problems: readonly Diagnostic[],
  options: LayersOptions,
): CompiledLayers {
  const watch = options.watch ?? new Watch()
  const loaded = watch.time('load', () =>
    layers.map(layer => ({ traits: layer.traits, ...loadSources(layer.paths, layerPath(layer.traits, '')) })),
  )
  const found = [...problems, ...loaded.flatMap(({ diagnostics }) => diagnostics)]
  const { table, ...compilation } = compileLayers(loaded, { ...options, watch })
  const rest = { ...compilation, diagnostics: [...found, ...compilation.diagnostics], sources: loaded, sourceFiles: files }
  return table === undefined || hasErrors(found) ? rest : { ...rest, table }
}

/** Shows every diagnostic; undefined where one of them is an error. */
export function reported(
  call: Invocation<object>,
  compiled: CompiledLayers,
): (CompiledLayers & { readonly table: Uint8Array }) | undefined {
  report(call, compiled.diagnostics)
  const { table } = compiled
  return table === undefined || hasErrors(compiled.diagnostics) ? undefined : { ...compiled, table }
}

/** Statements that people wrote. */
export function statementsOf({ layers }: LayersCompilation): number {
  return layers.reduce((sum, { policy }) => sum + policy.statements.length, 0)
}

export function filesOf({ sources }: CompiledLayers): number {
  return sources.reduce((sum, layer) => sum + layer.sources.length, 0)
}
