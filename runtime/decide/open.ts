import { decideCall } from './decide.js'
import type { DecideOptions, Decider } from './decider.js'
import { explainCall } from './explain.js'
import { type LayersFile, openLayers } from './layers.js'
import { inMemory, SECTION, type TableFile } from './table.js'
import { KERNEL_VERSION } from './version.js'

const NO_OPTIONS: DecideOptions = {}

/**
 * Makes a decision table, or the tables of several layers, ready to decide.
 * @param further layers that decide with the first ones, after them: those of a project
 * @throws where the bytes are no table of this version, or are truncated or damaged
 */
export function openDecider(source: Uint8Array | TableFile, further?: Uint8Array | TableFile): Decider {
  const first = openLayers(fileOf(source))
  const layers = further === undefined ? first.layers : [...first.layers, ...openLayers(fileOf(further)).layers]
  return {
    info: { kernelVersion: KERNEL_VERSION, ...sourcesOf(first) },
    decide: (call, options = NO_OPTIONS) => decideCall(layers, call, options),
    explain: call => explainCall(layers, call),
  }
}

function fileOf(source: Uint8Array | TableFile): TableFile {
  return source instanceof Uint8Array ? inMemory(source) : source
}

function sourcesOf({ layers, directory }: LayersFile): { readonly sourceDigest: string; readonly statementCount: number } {
  if (directory !== undefined)
    return { sourceDigest: directory.digest, statementCount: directory.layers.reduce((sum, { statements }) => sum + statements, 0) }
  const table = layers[0]?.policy().table
  return table === undefined
    ? { sourceDigest: '', statementCount: 0 }
    : { sourceDigest: table.text(table.setting('sourceDigest')), statementCount: table.count(SECTION.statements) }
}
