/**
 * Writes the code cache of the kernel for QuickJS: a process of its own on the engine that hooks run on, since no other takes it. On stdin
 * stands what to do. What cannot be done is told on stderr, in one line.
 */
import { type Bytecode, cacheHead, KERNEL_PIECE, runPiece } from './code-cache-quickjs.js'
import { quickjsHost } from './quickjs.js'

export interface QuickjsCodeOrder {
  readonly kernel: string
  /** Each with its place among the parts, in order. */
  readonly parts: readonly (readonly [at: number, text: string])[]
  /** Where the cache is to be written. */
  readonly output: string
}

declare const bjson: {
  readonly WRITE_OBJ_BYTECODE: number
  readonly WRITE_OBJ_STRIP_SOURCE: number
  readonly WRITE_OBJ_STRIP_DEBUG: number
  write(code: Bytecode, flags: number): ArrayBuffer
}

declare const std: {
  evalScript(text: string, options: { readonly compile_only: true }): Bytecode
  /** Null where it cannot be opened. */
  open(path: string, flags: 'wb'): { write(bytes: ArrayBuffer, position: number, length: number): number; close(): void } | null
}

const MAX_ORDER_BYTES = 16 * 1024 * 1024

try {
  mustCompile()
  const input = quickjsHost.readInput(MAX_ORDER_BYTES)
  if (input.kind !== 'text') throw new Error(`the order is ${input.kind}`)
  // The command line of the same package wrote this.
  writeCache(JSON.parse(input.text) as QuickjsCodeOrder)
  // By itself the engine would end with an error: looking ahead for an arrow it takes some divisions for patterns, and forgets to forget it.
  quickjsHost.exit(0)
} catch (error) {
  quickjsHost.write('stderr', `${error instanceof Error ? error.message : String(error)}\n`)
  quickjsHost.exit(1)
}

/** @throws where the engine cannot write and read its bytecode, or would take what is damaged */
function mustCompile(): void {
  if (typeof bjson === 'undefined') throw new Error('this QuickJS keeps nothing of what it compiles; quickjs-ng does')
  const piece = compiled('6*7')
  if (runPiece(piece) !== 42) throw new Error('this QuickJS does not read the bytecode that it writes')
  const damaged = new Uint8Array(piece.slice(0))
  damaged[damaged.length - 1] = (damaged[damaged.length - 1] ?? 0) ^ 1
  if (isTaken(damaged.buffer)) throw new Error('this QuickJS does not check the bytecode that it reads')
}

function isTaken(piece: ArrayBuffer): boolean {
  try {
    runPiece(piece)
    return true
  } catch {
    return false
  }
}

function compiled(text: string): ArrayBuffer {
  const { WRITE_OBJ_BYTECODE, WRITE_OBJ_STRIP_SOURCE, WRITE_OBJ_STRIP_DEBUG } = bjson
  const flags = WRITE_OBJ_BYTECODE | WRITE_OBJ_STRIP_SOURCE | WRITE_OBJ_STRIP_DEBUG
  return bjson.write(std.evalScript(text, { compile_only: true }), flags)
}

function writeCache({ kernel, parts, output }: QuickjsCodeOrder): void {
  const texts = [[KERNEL_PIECE, kernel] as const, ...parts]
  const pieces = texts.map(([name, text]) => [name, compiled(text)] as const)
  const file = std.open(output, 'wb')
  if (file === null) throw new Error(`cannot write ${output}`)
  for (const bytes of [cacheHead(pieces), ...pieces.map(([, piece]) => piece)]) file.write(bytes, 0, bytes.byteLength)
  file.close()
}
