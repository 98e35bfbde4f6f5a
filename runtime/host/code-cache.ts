/**
 * V8's code cache of the kernel: what an engine has compiled of it, kept beside the bundle, so that a hook need not compile it again. Only
 * Node writes and reads one (`code-cache-writer.ts`). It is a gain of time alone: where it is missing or another engine's, code is made of
 * its text.
 *
 * V8 looks at its own version and flags and at the length of the text, and takes every other byte as it is. So each piece stands in the
 * file twice, and one that differs from its double is not used.
 */
import { openSync, readSync, statSync } from 'node:fs'
import { Script } from 'node:vm'
import { codeOfText, type MakeCode } from './parts.js'

/** Where pieces begin: what stands before is one line of JSON. */
export const PIECES_AT = 8192

export interface CodeCacheHeader {
  /** The engine that wrote it, see `engineMark`. */
  readonly engine: string
  /** The length of the longest piece. */
  readonly longest: number
  /** Place and length of each piece; its double follows at once. */
  readonly pieces: Readonly<Record<string, readonly [at: number, length: number]>>
}

/** @param path of the cache; nothing is wrong where there is none */
export function codeFromCache(path: string): MakeCode {
  const piece = openCache(path)
  return (name, text) => {
    const cached = piece(name)
    return cached === undefined ? codeOfText(name, text) : scriptOf(name, text(), cached).runInThisContext()
  }
}

/** Tells one build of an engine from every other: V8 knows its own version, and not what a build of Node changes in it. */
export function engineMark(): string {
  const { size, mtimeMs } = statSync(process.execPath)
  return [process.version, process.arch, size, mtimeMs, process.execPath].join(' ')
}

/** Of the same text whoever reads and whoever writes. */
export function scriptOf(name: string, text: string, cachedData?: Uint8Array): Script {
  return new Script(text, { filename: `agsec:${name}`, ...(cachedData === undefined ? {} : { cachedData }) })
}

type Piece = (name: string) => Uint8Array | undefined

const NO_PIECE: Piece = () => undefined

/** Whatever is wrong with the file, code is then made of its text. */
function openCache(path: string): Piece {
  return unlessItFails(() => piecesOf(openSync(path, 'r'))) ?? NO_PIECE
}

function piecesOf(fd: number): Piece {
  const header = bytesAt(fd, 0, PIECES_AT).toString('latin1')
  // The writer wrote this; what is else fails here or below, or V8 does not take it.
  const { engine, pieces, longest } = JSON.parse(header.slice(0, header.indexOf('\n'))) as CodeCacheHeader
  if (engine !== engineMark()) return NO_PIECE
  // One room for all pieces, since each page of memory that is touched for the first time costs more than what is written to it.
  const room = new ArrayBuffer(longest + COMPARED)
  return name => unlessItFails(() => pieceAt(fd, pieces[name], room))
}

function unlessItFails<T>(work: () => T): T | undefined {
  try {
    return work()
  } catch {
    return undefined
  }
}

/** So many bytes of a piece are compared with those of its double at once. */
const COMPARED = 32 * 1024

/** @returns what V8 reads while it makes the code, and not later */
function pieceAt(fd: number, place: readonly [at: number, length: number] | undefined, room: ArrayBuffer): Uint8Array | undefined {
  if (place === undefined) return undefined
  const [at, length] = place
  const piece = new Uint8Array(room, 0, length)
  if (readSync(fd, piece, 0, length, at) !== length) return undefined
  for (let from = 0; from < length; from += COMPARED) {
    const size = Math.min(COMPARED, length - from)
    const double = new Uint8Array(room, length, size)
    // By views and the plainest comparison: a hook compiles each function of the engine's library that it calls.
    if (readSync(fd, double, 0, size, at + length + from) !== size) return undefined
    if (Buffer.compare(new Uint8Array(room, from, size), double) !== 0) return undefined
  }
  return piece
}

/** What the file has of them. */
function bytesAt(fd: number, at: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafeSlow(length)
  const count = readSync(fd, bytes, 0, length, at)
  return count === length ? bytes : bytes.subarray(0, count)
}
