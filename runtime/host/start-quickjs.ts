/**
 * What a bundle for QuickJS begins with: it makes code of the kernel, of what the engine compiled of it before where that is kept, else of its
 * text. That stands in the bundle as comments, which are read past sooner than anything else.
 */
import type { DataPlace } from '../decide/table.js'
import type { QuickjsKernel } from './bundle-quickjs.js'
import { codeFromCache, KERNEL_PIECE } from './code-cache-quickjs.js'
import { codeOfText } from './parts.js'

/** Put in when the package is built: the file of a code cache of this kernel and its parts, and the kernel's text in comments. */
declare const CODE_CACHE_NAME: string
declare const COMMENT_START: string
declare const COMMENT_LENGTH: number

/** What the kernel makes of itself: a script, since QuickJS would look for the variables of a function one by one. */
declare const agsecCore: QuickjsKernel

declare const scriptArgs: readonly string[]
declare const std: {
  evalScript(text: string): unknown
  /** Null where it cannot be read. */
  loadFile(path: string): string | null
}

const script = scriptArgs[0] ?? ''

function startBundle(place: DataPlace): void {
  const folder = script.slice(0, script.lastIndexOf('/'))
  const piece = codeFromCache(`${folder}/${CODE_CACHE_NAME}`)
  const kernel = piece(KERNEL_PIECE) === undefined ? makeKernel() : agsecCore
  // A part is a function.
  kernel.startBundle(place, folder, (name, text) => (piece(Number(name)) as Function | undefined) ?? codeOfText(name, text))
}

function makeKernel(): QuickjsKernel {
  const text = std.loadFile(script) ?? ''
  const at = text.lastIndexOf(`\n${COMMENT_START}`)
  const comment = text.slice(at, at + COMMENT_LENGTH)
  std.evalScript(comment.split('\n//').join('\n'))
  return agsecCore
}

// A global name, since a script exports nothing; the second is for whoever tries the kernel on an engine, case by case.
Object.assign(globalThis, { agsecKernel: { startBundle, makeKernel } })
