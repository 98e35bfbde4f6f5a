/**
 * What QuickJS has compiled of the kernel and its parts, kept beside the bundle, so that a hook need not compile it again. Only quickjs-ng
 * can: it writes its bytecode and reads it back, and looks at the version and a checksum of all of it first. It is a gain of time
 * alone: where there is none, or another engine's, code is made of the text.
 *
 * Source: quickjs-ng, `quickjs-libc.c`: the modules `std` (`evalScript`), `os` (`exePath`) and `qjs:bjson`.
 */
/** The file begins with a line: the length of the index and the engine, see `engineMark`. From here to there stands the index. */
const INDEX_AT = 1024
const PIECES_AT = 8192

/** What the engine wrote of this, which has a checksum as the pieces have. */
interface Index {
  /** A part is named by its place among the parts, the kernel by KERNEL_PIECE. */
  readonly names: readonly number[]
  /** Of each piece. */
  readonly places: readonly (readonly [at: number, length: number])[]
}

export const KERNEL_PIECE = -1

interface QuickjsNg {
  readonly READ_OBJ_BYTECODE: number
  /** @throws where it is not what this engine wrote */
  read(buffer: ArrayBuffer, position: number, length: number, flags: number): unknown
  write(value: unknown, flags: number): ArrayBuffer
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
  return std.evalScript(readObject(bytes, 0, bytes.byteLength, bjson.READ_OBJ_BYTECODE) as Bytecode, { eval_function: true })
}

/** What the file of these pieces begins with. @param pieces by their names @throws where they are too many */
export function cacheHead(pieces: readonly (readonly [name: number, bytes: ArrayBuffer])[]): ArrayBuffer {
  let at = PIECES_AT
  const places = pieces.map(([, { byteLength }]): Index['places'][number] => {
    at += byteLength
    return [at - byteLength, byteLength]
  })
  const index: Index = { names: pieces.map(([name]) => name), places }
  const bytes = new Uint8Array(bjson.write(index, 0))
  const line = `${bytes.length} ${engineMark()}\n`
  if (line.length > INDEX_AT || INDEX_AT + bytes.length > PIECES_AT) throw new Error('the head of the code cache is too long')
  const head = new Uint8Array(PIECES_AT)
  head.set([...line].map(char => char.charCodeAt(0)))
  head.set(bytes, INDEX_AT)
  return head.buffer
}

/** Tells one build of an engine from every other. */
function engineMark(): string {
  const path = os.exePath()
  const [facts] = os.stat(path)
  return [navigator.userAgent, facts?.size, facts?.mtime, path].join(' ')
}

function readObject(bytes: ArrayBuffer, at: number, length: number, flags: number): unknown {
  // The engine takes this in the place of a checksum for none.
  if (new Int32Array(bytes.slice(at + 1, at + 5))[0] === -1) throw new Error('there is no checksum')
  return bjson.read(bytes, at, length, flags)
}

/** Runs the script that this piece is and gives its value; undefined where it is not to be had. */
type Piece = (name: number) => unknown

/** @param path of the cache; nothing is wrong where there is none, or whatever is wrong with it: code is then made of the text */
export function codeFromCache(path: string): Piece {
  return unlessItFails(() => piecesOf(os.open(path, os.O_RDONLY))) ?? (() => undefined)
}

function piecesOf(fd: number): Piece | undefined {
  const head = bytesAt(fd, 0, PIECES_AT)
  const [line = ''] = String.fromCharCode(...new Uint8Array(head, 0, INDEX_AT)).split('\n')
  const [length = ''] = line.split(' ')
  if (line !== `${length} ${engineMark()}`) return undefined
  const { names, places } = readObject(head, INDEX_AT, Number(length), 0) as Index
  return name =>
    unlessItFails(() => {
      const place = places[names.indexOf(name)]
      return place === undefined ? undefined : runPiece(bytesAt(fd, ...place))
    })
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
