/**
 * What QuickJS has compiled of the kernel and its parts, kept beside the bundle, so that a hook need not compile it again. Only quickjs-ng
 * can: it writes its bytecode and reads it back, and looks at the version and a checksum of all of it first. It is a gain of time
 * alone: where there is none, or another engine's, code is made of the text.
 *
 * Source: quickjs-ng, `quickjs-libc.c`: the modules `std` (`evalScript`), `os` (`exePath`) and `qjs:bjson`.
 */
/** The file begins with a line that tells the engine, see `engineMark`. */
const INDEX_AT = 1024

/** From there to here stands the index: for each piece, in the order of their names, three words: its name, its place and its length in bytes. */
const PIECES_AT = 8192

/** A part is named by its place among the parts, the kernel by this. */
export const KERNEL_PIECE = -1

interface QuickjsNg {
  readonly READ_OBJ_BYTECODE: number
  /** @throws where it is not what this engine wrote */
  read(buffer: ArrayBuffer, position: number, length: number, flags: number): Bytecode
}

/** A script that is compiled, and not run. */
export interface Bytecode {
  readonly bytecode: unique symbol
}

/** Other engines have none: whoever looks there fails. */
declare const bjson: QuickjsNg
declare const navigator: { readonly userAgent: string }
declare const std: {
  evalScript(code: Bytecode, options: { readonly eval_function: true }): unknown
}
declare const os: {
  readonly O_RDONLY: number
  open(path: string, flags: number): number
  read(fd: number, buffer: ArrayBuffer, offset: number, length: number): number
  seek(fd: number, offset: number, whence: number): number
  stat(path: string): readonly [facts: { readonly size: number; readonly mtime: number } | null, error: number]
  exePath(): string
}

/** Runs the script that a piece is and gives its value. @throws where this engine did not write it, or it is damaged */
export function runPiece(bytes: ArrayBuffer): unknown {
  // The engine takes this in the place of a checksum for none.
  if (new Uint8Array(bytes, 1, 4).every(byte => byte === 0xff)) throw new Error('a piece without a checksum')
  return std.evalScript(bjson.read(bytes, 0, bytes.byteLength, bjson.READ_OBJ_BYTECODE), { eval_function: true })
}

/** What the file of these pieces begins with. @param pieces by their names, in order @throws where they are too many */
export function cacheHead(pieces: readonly (readonly [name: number, bytes: ArrayBuffer])[]): ArrayBuffer {
  const head = new Uint8Array(PIECES_AT)
  const mark = `${engineMark()}\n`
  if (mark.length > INDEX_AT || INDEX_AT + pieces.length * PIECE_BYTES > PIECES_AT)
    throw new Error('the head of the code cache is too long')
  head.set([...mark].map(char => char.charCodeAt(0)))
  let at = PIECES_AT
  const words = pieces.flatMap(([name, { byteLength }]) => {
    at += byteLength
    return [name, at - byteLength, byteLength]
  })
  new Int32Array(head.buffer, INDEX_AT).fill(NO_PIECE)
  new Int32Array(head.buffer, INDEX_AT).set(words)
  return head.buffer
}

const PIECE_BYTES = 12

/** No part has this place. */
const NO_PIECE = 0x7fffffff

/** Tells one build of an engine from every other. */
function engineMark(): string {
  const path = os.exePath()
  const [facts] = os.stat(path)
  return [navigator.userAgent, facts?.size, facts?.mtime, path].join(' ')
}

/** Runs the script that this piece is and gives its value; undefined where it is not to be had. */
type Piece = (name: number) => unknown

/** @param path of the cache; nothing is wrong where there is none, or whatever is wrong with it: code is then made of the text */
export function codeFromCache(path: string): Piece {
  return unlessItFails(() => piecesOf(os.open(path, os.O_RDONLY))) ?? (() => undefined)
}

function piecesOf(fd: number): Piece | undefined {
  const head = bytesAt(fd, 0, PIECES_AT)
  const mark = `${engineMark()}\n`
  if (String.fromCharCode(...new Uint8Array(head, 0, mark.length)) !== mark) return undefined
  const index = new Int32Array(head, INDEX_AT)
  return name =>
    unlessItFails(() => {
      const [own, at, length] = entryOf(name, index)
      return own === name && at !== undefined && length !== undefined ? runPiece(bytesAt(fd, at, length)) : undefined
    })
}

/** The last one that is not behind the name. */
function entryOf(name: number, index: Int32Array): Int32Array {
  let [from, to] = [0, (PIECES_AT - INDEX_AT) / PIECE_BYTES]
  while (to - from > 1) {
    const middle = (from + to) >> 1
    if ((index[middle * 3] ?? NO_PIECE) > name) to = middle
    else from = middle
  }
  return index.subarray(from * 3, from * 3 + 3)
}

/** @throws where the file has less, or there is none */
function bytesAt(fd: number, at: number, length: number): ArrayBuffer {
  const bytes = new ArrayBuffer(length)
  os.seek(fd, at, 0)
  if (os.read(fd, bytes, 0, length) !== length) throw new Error('the code cache is cut off')
  return bytes
}

function unlessItFails<T>(work: () => T): T | undefined {
  try {
    return work()
  } catch {
    return undefined
  }
}
