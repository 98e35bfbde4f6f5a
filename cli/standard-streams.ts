/**
 * Standard input and output by file descriptor, for answering as it goes: a stream's events take three times as long as a short
 * answer. Where the system says "not now", since somebody made the pipe non-blocking, the streams do the waiting.
 */
import { readSync, writeSync } from 'node:fs'

/** As much as a pipe holds. */
const CHUNK_BYTES = 65_536

/** What stdin holds, as it comes; each chunk is valid until the next one is asked for. */
export async function* readStandardInput(): AsyncGenerator<Uint8Array> {
  const chunk = new Uint8Array(CHUNK_BYTES)
  for (;;) {
    const count = readChunk(chunk)
    if (count === 'not now') break
    if (count === 0) return
    yield chunk.subarray(0, count)
  }
  yield* process.stdin
}

function readChunk(chunk: Uint8Array): number | 'not now' {
  try {
    return readSync(0, chunk, 0, chunk.length, null)
  } catch (error) {
    // Windows tells the end of a pipe by an error.
    if (codeOf(error) === 'EOF') return 0
    if (codeOf(error) === 'EAGAIN') return 'not now'
    throw error
  }
}

/** Writes all of it to stdout, waiting where the reader is slower than we are. A reader that has gone ends the process. */
export async function writeStandardOutput(text: string): Promise<void> {
  const bytes = Buffer.from(text, 'utf8')
  for (let written = 0; written < bytes.length; ) {
    const count = writeChunk(bytes, written)
    if (count === 'not now') return writeAsStream(bytes.subarray(written))
    written += count
  }
}

function writeChunk(bytes: Buffer, from: number): number | 'not now' {
  try {
    return writeSync(1, bytes, from)
  } catch (error) {
    if (codeOf(error) === 'EAGAIN') return 'not now'
    if (codeOf(error) === 'EPIPE') process.exit()
    throw error
  }
}

function writeAsStream(bytes: Buffer): Promise<void> {
  return new Promise((resolve, reject) => process.stdout.write(bytes, error => (error == null ? resolve() : reject(error))))
}

function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined
}
