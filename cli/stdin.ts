import { UsageError } from './usage-error.js'

/** All of stdin as text. */
export async function readStdin(): Promise<string> {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await readStdinBytes())
  } catch {
    throw new UsageError('stdin is not valid UTF-8')
  }
}

/** All of stdin, whatever it is. */
export async function readStdinBytes(): Promise<Uint8Array> {
  const chunks: Buffer[] = []
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks)
}
