/** Builds the kernels in `dist/` from `runtime/`; runs when the package is built, never on a user's machine. */
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, type BuildOptions } from 'esbuild'
import { splitKernel } from './kernel-parts.js'
import { kernelParts } from './parts.js'

const root = fileURLToPath(new URL('../../', import.meta.url)).replace(/dist\/$/, '')

const COMMON: BuildOptions = {
  absWorkingDir: root,
  bundle: true,
  minify: true,
  charset: 'ascii',
  legalComments: 'none',
}

/** QuickJS of 2021 reads ECMAScript 2020, and class fields besides. */
const QUICKJS: BuildOptions = { ...COMMON, platform: 'neutral', target: 'es2020', supported: { 'class-field': true } }

const NODE: BuildOptions = { ...COMMON, platform: 'node', target: 'es2022' }

const NODE_SCRIPT: BuildOptions = { ...NODE, format: 'iife', globalName: 'agsecKernel' }

const MODULE: BuildOptions = { ...COMMON, platform: 'neutral', target: 'es2022', format: 'iife', globalName: 'agsecKernel' }

const parts = await kernelParts(root, fileURLToPath(new URL('../../', import.meta.url)))

await buildKernel(NODE_SCRIPT, 'runtime/host/bundle.ts', 'dist/kernel')
await buildStart('dist/kernel')
// As a script of its own, not inside a function: QuickJS would read that function twice.
await buildKernel({ ...QUICKJS, format: 'esm' }, 'runtime/host/bundle-quickjs.ts', 'dist/kernel-qjs')
// Whole: where a bundle is a module, code may not be made of text.
await build({ ...MODULE, entryPoints: ['runtime/host/bundle-module.ts'], outfile: 'dist/kernel-esm.js' })

async function buildKernel(options: BuildOptions, entry: string, name: string): Promise<void> {
  const split = await splitKernel(root, entry, parts, options)
  await build({ ...options, entryPoints: [entry], outfile: `${name}.js`, plugins: [split.plugin] })
  writeFileSync(join(root, `${name}.parts`), split.parts)
}

/** Puts the kernel for Node as text into what starts it, and into what writes a code cache of it. */
async function buildStart(name: string): Promise<void> {
  const text = `(function(require){'use strict';${readFileSync(join(root, `${name}.js`), 'utf8').trim()};return agsecKernel})`
  const parts = readFileSync(join(root, `${name}.parts`))
  const digest = createHash('sha256').update(text).update(parts).digest('hex').slice(0, 16)
  const define = { KERNEL_TEXT: JSON.stringify(text), CODE_CACHE_NAME: JSON.stringify(`policy-kernel-${digest}.code`) }
  await build({ ...NODE_SCRIPT, define, entryPoints: ['runtime/host/start.ts'], outfile: `${name}.js`, allowOverwrite: true })
  await build({ ...NODE, define, format: 'cjs', entryPoints: ['runtime/host/code-cache-writer.ts'], outfile: 'dist/code-cache-writer.cjs' })
}
