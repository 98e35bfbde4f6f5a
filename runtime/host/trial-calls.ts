/** Calls that a kernel answers in one process as the hook does in many, for what is to be learned of it. */
import type * as nodeFs from 'node:fs'
import type { Script } from 'node:vm'
import type { DataPlace } from '../decide/table.js'
import { scriptOf } from './code-cache.js'
import type { Kernel } from './kernel-text.js'
import type { MakeCode } from './parts.js'

export interface TrialCalls {
  /** A bundle of the kernel, which decides the calls, and its folder. */
  readonly bundle: string
  readonly folder: string
  readonly place: DataPlace
  readonly calls: readonly HookCall[]
}

export interface HookCall {
  readonly args: readonly string[]
  readonly input: string
}

const fs = require('node:fs') as Mutable<Pick<typeof nodeFs, 'readSync' | 'writeSync'>>

type Mutable<T> = { -readonly [key in keyof T]: T[key] }

class Ended extends Error {}

/**
 * @param kernel makes code of it anew for each call
 * @param answered is called after each
 * @returns the texts that code was made of, by their names
 * @throws where the hook does more than answer
 */
export function answerCalls(
  { bundle, folder, place, calls }: TrialCalls,
  kernel: (make: MakeCode) => Kernel,
  answered?: () => void,
): ReadonlyMap<string, Script> {
  const scripts = new Map<string, Script>()
  const make: MakeCode = (name, text) => {
    const script = scripts.get(name) ?? scriptOf(name, text())
    scripts.set(name, script)
    return script.runInThisContext()
  }
  let input = Buffer.alloc(0)
  takeStreams(buffer => {
    const taken = input.copy(buffer)
    input = input.subarray(taken)
    return taken
  })
  for (const call of calls) {
    input = Buffer.from(call.input, 'utf8')
    process.argv = [process.execPath, bundle, ...call.args]
    untilExit(() => kernel(make).startBundle(place, { module: { exports: {} }, folder, isMain: true }, make))
    answered?.()
  }
  return scripts
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
