/** The tables of layers in one block of bytes, and taken out of it again; the format is specified at the top of `runtime/decide/layers.ts`. */
import { type LayerDirectory, type LayerPlace, LAYERS_MAGIC, type LayerTraits, readDirectory } from '../../runtime/decide/layers.js'
import { HEADER_WORDS, hashText, inMemory, SECTION, Table } from '../../runtime/decide/table.js'
import { joinBytes, unitBytes, wordBytes } from '../table/writer.js'

export interface LayerTable {
  readonly traits: LayerTraits
  readonly table: Uint8Array
}

/** @param digest over the sources of all layers */
export function joinTables(layers: readonly LayerTable[], digest: string): Uint8Array {
  const directory = directoryText({ digest, layers: placesOf(layers) })
  const tables = layers.map(({ table }) => table)
  const size = tables.reduce((sum, { length }) => sum + length, 4 * HEADER_WORDS + 2 * directory.length)
  const head = wordBytes([LAYERS_MAGIC, size, hashText(directory), directory.length])
  return joinBytes([head, textBytes(directory), ...tables], 4).bytes
}

/** Of an even length, so that the tables are 4-aligned. */
function directoryText(directory: LayerDirectory): string {
  const text = JSON.stringify(directory)
  return text.padEnd(text.length + (text.length % 2))
}

function placesOf(layers: readonly LayerTable[]): readonly LayerPlace[] {
  let end = 0
  return layers.map(({ traits, table }) => {
    const at = end
    end += table.length
    return { ...traits, at, size: table.length, statements: new Table(inMemory(table)).count(SECTION.statements) }
  })
}

function textBytes(text: string): Uint8Array {
  return unitBytes(Array.from({ length: text.length }, (_, i) => text.charCodeAt(i)))
}

/** The directory and the tables; undefined where the bytes are one table or nothing of the kind. @throws where they are damaged */
export function splitTables(bytes: Uint8Array): { readonly digest: string; readonly layers: readonly LayerTable[] } | undefined {
  const directory = readDirectory(inMemory(bytes), bytes.subarray(0, 4 * HEADER_WORDS))
  if (directory === undefined) return undefined
  const { digest, layers, start } = directory
  return {
    digest,
    layers: layers.map(place => ({ traits: traitsOf(place), table: bytes.slice(start + place.at, start + place.at + place.size) })),
  }
}

function traitsOf({ name, agent, always, tightens }: LayerPlace): LayerTraits {
  return { name, ...(agent === undefined ? {} : { agent }), ...(always ? { always } : {}), ...(tightens ? { tightens } : {}) }
}
