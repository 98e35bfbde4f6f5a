/**
 * Writes the code cache of the kernel: a process of its own on the engine, and with the flags, that hooks run with, since V8 takes no other's.
 * It makes code of the kernel as `start.ts` does, lets it answer calls as the hook does, and keeps what V8 has compiled by then.
 * On stdin stands what to do.
 */
import * as fs from 'node:fs'
import { type CodeCacheHeader, engineMark, PIECES_AT } from './code-cache.js'
import { makeKernel } from './kernel-text.js'
import { answerCalls, type TrialCalls } from './trial-calls.js'

export interface CodeCacheOrder extends TrialCalls {
  /** Where the cache is to be written. */
  readonly output: string
}

// The command line of the same package wrote this.
writeCache(JSON.parse(fs.readFileSync(0, 'utf8')) as CodeCacheOrder)

function writeCache({ output, ...trial }: CodeCacheOrder): void {
  const scripts = answerCalls(trial, make => makeKernel(make))
  fs.writeFileSync(output, cacheFile([...scripts].map(([name, script]) => [name, script.createCachedData()])))
}

/** The header, then each piece twice. */
function cacheFile(pieces: readonly (readonly [name: string, bytes: Buffer])[]): Buffer {
  let at = PIECES_AT
  const places: Record<string, [number, number]> = {}
  for (const [name, { length }] of pieces) {
    places[name] = [at, length]
    at += 2 * length
  }
  const longest = Math.max(...pieces.map(([, { length }]) => length))
  const header: CodeCacheHeader = { engine: engineMark(), longest, pieces: places }
  const line = Buffer.from(`${JSON.stringify(header)}\n`, 'latin1')
  if (line.length > PIECES_AT) throw new Error('the header of the code cache is too long')
  const space = Buffer.alloc(PIECES_AT - line.length, ' ')
  return Buffer.concat([line, space, ...pieces.flatMap(([, bytes]) => [bytes, bytes])])
}
