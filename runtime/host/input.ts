/** Reading the hook's input, alike on every engine. */
import type { Input } from './host.js'

/** What the engine reads with. */
export interface InputSource {
  /** Reads what there is into the chunk and tells how many bytes; 0 at the end. Throws where stdin cannot be read. */
  readonly read: (chunk: Uint8Array) => number
  /** The text of UTF-8 bytes; undefined where they are none. */
  readonly decode: (bytes: Uint8Array) => string | undefined
}

const CHUNK = 65_536
const CLOSING_BRACE = 125

/** @param limit the longest input, in bytes */
export function readInput({ read, decode }: InputSource, limit: number): Input {
  const chunks: Uint8Array[] = []
  let length = 0
  for (;;) {
    const chunk = new Uint8Array(CHUNK)
    const count = read(chunk)
    if (count === 0) break
    chunks.push(chunk.subarray(0, count))
    length += count
    if (length > limit) return { kind: 'too long' }
    // A short read has emptied the pipe: a platform that keeps it open is not waited for once its one value is whole.
    if (count < CHUNK && chunk[count - 1] === CLOSING_BRACE && isJson(decode(joined(chunks, length)))) break
  }
  const text = decode(joined(chunks, length))
  return text === undefined ? { kind: 'not UTF-8' } : { kind: 'text', text }
}

function joined(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const [first] = chunks
  if (first !== undefined && chunks.length === 1) return first
  const bytes = new Uint8Array(length)
  let offset = 0
  for (const chunk of chunks) {
    bytes.set(chunk, offset)
    offset += chunk.length
  }
  return bytes
}

function isJson(text: string | undefined): boolean {
  try {
    JSON.parse(text ?? '')
    return true
  } catch {
    return false
  }
}
