/** Builds the kernels in `dist/` from `runtime/`; runs when the package is built, never on a user's machine. */
import { fileURLToPath } from 'node:url'
import { build, type BuildOptions } from 'esbuild'
import { type LazyPart, lazyPart } from './lazy-parts.js'

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

/** What only calls with an address need. */
const HOSTS: LazyPart = { name: 'hosts', entries: ['runtime/decide/host.ts', 'runtime/decide/network.ts'], shared: [] }

/** What only calls of a shell need. */
const SHELL: LazyPart = {
  name: 'shell',
  entries: ['runtime/shell/expand.ts'],
  shared: ['abstract-string', 'path', 'real-request', 'value'].map(name => `runtime/decide/${name}.ts`),
}

await build({
  ...NODE,
  entryPoints: ['runtime/host/bundle.ts'],
  outfile: 'dist/kernel.js',
  format: 'iife',
  globalName: 'agsecKernel',
  plugins: [lazyPart(root, SHELL, NODE)],
})
// As a script of its own, not inside a function: QuickJS would read that function twice.
await build({
  ...QUICKJS,
  entryPoints: ['runtime/host/bundle-quickjs.ts'],
  outfile: 'dist/kernel-qjs.js',
  format: 'esm',
  plugins: [lazyPart(root, HOSTS, QUICKJS), lazyPart(root, SHELL, QUICKJS)],
})
