/** Builds the kernels in `dist/` from `runtime/`; runs when the package is built, never on a user's machine. */
import { fileURLToPath } from 'node:url'
import { build, type BuildOptions } from 'esbuild'
import { lazyPart } from './lazy-parts.js'

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

/** What only calls with an address need. */
const HOSTS = ['runtime/decide/host.ts', 'runtime/decide/network.ts']

await build({
  ...COMMON,
  entryPoints: ['runtime/host/bundle.ts'],
  outfile: 'dist/kernel.js',
  platform: 'node',
  target: 'es2022',
  format: 'iife',
  globalName: 'agsecKernel',
})
// As a script of its own, not inside a function: QuickJS would read that function twice.
await build({
  ...QUICKJS,
  entryPoints: ['runtime/host/bundle-quickjs.ts'],
  outfile: 'dist/kernel-qjs.js',
  format: 'esm',
  plugins: [lazyPart(root, HOSTS, QUICKJS)],
})
