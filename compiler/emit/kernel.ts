import { readFileSync } from 'node:fs'
import { packageFile, readPackageFile } from '../package-root.js'

/** What a bundle is made for: `node` runs on Node, Bun and Deno; `qjs` on QuickJS, as the hook alone. */
export type BundleTarget = 'node' | 'qjs'

const FILES: Readonly<Record<BundleTarget, string>> = { node: 'dist/kernel', qjs: 'dist/kernel-qjs' }

export interface Kernel {
  /** The text that defines `agsecKernel`. */
  readonly text: string
  /** The parts of it that few calls need: ASCII. */
  readonly parts: Uint8Array
}

const loaded = new Map<BundleTarget, Kernel>()

/**
 * The prebuilt kernel, as the package carries it; read once in a process.
 * @throws where the package has not been built
 */
export function loadKernel(target: BundleTarget): Kernel {
  const kernel = loaded.get(target) ?? readKernel(target)
  loaded.set(target, kernel)
  return kernel
}

function readKernel(target: BundleTarget): Kernel {
  return builtFile(() => ({ text: readPackageFile(`${FILES[target]}.js`), parts: readFileSync(packageFile(`${FILES[target]}.parts`)) }))
}

/** The texts of the kernel for QuickJS and of its parts: scripts, those of parts with a function as their value. */
export interface KernelTexts {
  readonly kernel: string
  /** Each with its place among the parts, in order. */
  readonly parts: readonly (readonly [at: number, text: string])[]
}

/** @throws where the package has not been built */
export function quickjsTexts(): KernelTexts {
  const { text, parts } = loadKernel('qjs')
  const places = builtFile(() => JSON.parse(readPackageFile('dist/kernel-qjs.places.json')) as readonly (readonly [number, number])[])
  const all = Buffer.from(parts.buffer, parts.byteOffset, parts.length).toString('latin1')
  return { kernel: uncommented(text), parts: places.map(([at, length]) => [at, all.slice(at, at + length)]) }
}

const COMMENT = '\n//'

/** What the kernel for QuickJS begins with as comments; before it stands what starts it. */
export const COMMENT_START = "//'use strict';"

/** A text as comments, to stand behind a script. */
export function commented(text: string): string {
  return `${COMMENT}${text.replaceAll('\n', COMMENT)}`
}

function uncommented(script: string): string {
  return script
    .slice(script.lastIndexOf(`\n${COMMENT_START}`))
    .trimEnd()
    .replaceAll(COMMENT, '\n')
    .slice(1)
}

/** The file, beside a bundle of this kernel, of what its engine has compiled of it. @throws where the package has not been built */
export function codeCacheName(target: BundleTarget): string {
  const name = CODE_CACHE_NAME.exec(loadKernel(target).text)?.[0]
  if (name === undefined) throw new Error('the kernel names no code cache')
  return name
}

export const CODE_CACHE_NAME = /policy-kernel-[0-9a-f]{16}\.code/

/** The kernel of a bundle that is one module: the text that defines `agsecKernel`, all of it. @throws where the package has not been built */
export function loadModuleKernel(): string {
  return builtFile(() => readPackageFile('dist/kernel-esm.js'))
}

function builtFile<T>(read: () => T): T {
  try {
    return read()
  } catch (cause) {
    throw new Error('the kernel is missing from this installation; install the package again, or run `npm run build` in a checkout', {
      cause,
    })
  }
}
