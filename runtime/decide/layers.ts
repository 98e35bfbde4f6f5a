/**
 * Several tables that decide together: the layers of a policy. A policy of the user's alone is one table; one that has more
 * layers is a block of bytes that holds a table for each:
 *
 *   word 0     magic
 *   word 1     length of the whole in bytes
 *   word 2     hash of the directory
 *   word 3     length of the directory in UTF-16 units
 *   words 4..  the directory, JSON (`LayerDirectory`), of an even length; the tables, one behind the other
 *
 * So the layer of a statement is the table that it stands in, and a table that need not be asked is never read.
 */
import { type OpenTable, openTable } from './open-table.js'
import type { Call } from './request.js'
import { HEADER_WORDS, hashText, type TableFile, unitsToText, wordsOf } from './table.js'
import { own } from './value.js'

/** `AGL` and the format's version. */
export const LAYERS_MAGIC = 0x014c4741

export interface LayerDirectory {
  /** SHA-256 (hex) over the sources of all layers. */
  readonly digest: string
  /** The most general first. */
  readonly layers: readonly LayerPlace[]
}

/** What a layer is, as far as decisions depend on it. */
export interface LayerTraits {
  /** `managed`, `user`, `agent:codex`, `project`. */
  readonly name: string
  /** It speaks about the calls of this agent alone. */
  readonly agent?: string
  /** It enforces in every mode, as agsec's protection of itself does. */
  readonly always?: true
  /** It can only make stricter what the others say: what it allows counts for nothing, and where they are silent it is a deny. */
  readonly tightens?: true
}

export interface LayerPlace extends LayerTraits {
  /** Where its table is, counted from the first one, and its size, in bytes. */
  readonly at: number
  readonly size: number
  readonly statements: number
}

/** A layer as decisions ask it. A table alone is a layer without a name. */
export interface Layer extends Partial<LayerTraits> {
  /** Opens its table when it is first asked. */
  policy(): OpenTable
}

/** The layers in a file, and what its directory says; no directory where it is one table. */
export interface LayersFile {
  readonly layers: readonly Layer[]
  readonly directory?: LayerDirectory
}

const HEADER_BYTES = 4 * HEADER_WORDS

/** @throws where the bytes are neither a table of this version nor layers of such, or are truncated or damaged */
export function openLayers(file: TableFile): LayersFile {
  const header = file.read(0, HEADER_BYTES)
  const directory = readDirectory(file, header)
  if (directory === undefined) {
    const policy = openTable(file, header)
    return { layers: [{ policy: () => policy }] }
  }
  return { layers: directory.layers.map(place => layerAt(file, directory.start, place)), directory }
}

/** Undefined where the file is one table, or no such thing at all. */
export function readDirectory(file: TableFile, header: Uint8Array): (LayerDirectory & { readonly start: number }) | undefined {
  const [magic, size, hash, units = 0] = wordsOf(header)
  if (magic !== LAYERS_MAGIC) return undefined
  const text = size === file.size ? unitsToText(file.read(HEADER_BYTES, 2 * units)) : ''
  if (text.length !== units || hashText(text) !== hash) throw new Error('the layers of the decision table are damaged')
  const directory = JSON.parse(text) as LayerDirectory // the compiler wrote it, and the hash is that of what it wrote
  return { ...directory, start: HEADER_BYTES + 2 * units }
}

function layerAt(file: TableFile, start: number, { at, size, ...traits }: LayerPlace): Layer {
  let opened: OpenTable | undefined
  const table: TableFile = { size, read: (offset, length) => file.read(start + at + offset, length) }
  return { ...traits, policy: () => (opened ??= openTable(table)) }
}

/** Those that speak about the agent that calls. */
export function layersFor(layers: readonly Layer[], call: Call): readonly Layer[] {
  if (layers.length === 1 && layers[0]?.agent === undefined) return layers
  const [whole] = call
  const caller = whole && own(whole.request.context, 'agent')
  return layers.filter(({ agent }) => agent === undefined || agent === caller)
}
