/**
 * Writes the code cache of the kernel: a process of its own on the engine, and with the flags, that hooks run with, since V8 takes no other's.
 * It makes code of the kernel as `start.ts` does, lets it answer calls as the hook does, and keeps what V8 has compiled by then.
 * On stdin stands what to do.
 */
import type * as nodeFs from 'node:fs'
import type { Script } from 'node:vm'
import type { DataPlace } from '../decide/table.js'
import { type CodeCacheHeader, engineMark, PIECES_AT, scriptOf } from './code-cache.js'
import { makeKernel } from './kernel-text.js'
import type { MakeCode } from './parts.js'

export interface CodeCacheOrder {
  /** A bundle of this kernel, which decides the calls, and its folder. */
  readonly bundle: string
  readonly folder: string
  readonly place: DataPlace
  readonly calls: readonly HookCall[]
  /** Where the cache is to be written. */
  readonly output: string
}

export interface HookCall {
  readonly args: readonly string[]
  readonly input: string
}

const fs = require('node:fs') as Mutable<Pick<typeof nodeFs, 'readFileSync' | 'readSync' | 'writeSync' | 'writeFileSync'>>

type Mutable<T> = { -readonly [key in keyof T]: T[key] }

class Ended extends Error {}

const scripts = new Map<string, Script>()

const make: MakeCode = (name, text) => {
  const script = scripts.get(name) ?? scriptOf(name, text)
  scripts.set(name, script)
  return script.runInThisContext()
}

// The command line of the same package wrote this.
writeCache(JSON.parse(fs.readFileSync(0, 'utf8')) as CodeCacheOrder)

function writeCache({ bundle, folder, place, calls, output }: CodeCacheOrder): void {
  let input = Buffer.alloc(0)
  takeStreams(buffer => {
    const taken = input.copy(buffer)
    input = input.subarray(taken)
    return taken
  })
  for (const call of calls) {
    input = Buffer.from(call.input, 'utf8')
    process.argv = [process.execPath, bundle, ...call.args]
    untilExit(() => makeKernel(make).startBundle(place, { module: { exports: {} }, folder, isMain: true }, make))
  }
  fs.writeFileSync(output, cacheFile([...scripts].map(([name, script]) => [name, script.createCachedData()])))
}

/** What the hook reads of stdin comes from us, and what it answers goes nowhere. */
function takeStreams(readInput: (buffer: Uint8Array) => number): void {
  const { readSync, writeSync } = fs
  Object.assign(fs, {
    readSync: (...args: [fd: number, buffer: Uint8Array, offset: number, length: number, position: number | null]) =>
      args[0] === 0 ? readInput(args[1].subarray(args[2], args[2] + args[3])) : readSync(...args),
    writeSync: (...args: [fd: number, bytes: Uint8Array, offset?: number]) =>
      args[0] === 1 || args[0] === 2 ? args[1].length - (args[2] ?? 0) : writeSync(...args),
  })
}

function untilExit(hook: () => void): void {
  process.exit = () => {
    throw new Ended()
  }
  try {
    hook()
  } catch (error) {
    if (!(error instanceof Ended)) throw error
  }
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
