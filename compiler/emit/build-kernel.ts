/** Builds the kernels in `dist/` from `runtime/`; runs when the package is built, never on a user's machine. */
import { fileURLToPath } from 'node:url'
import { type BuildOptions, buildSync } from 'esbuild'

const root = fileURLToPath(new URL('../../', import.meta.url)).replace(/dist\/$/, '')

const COMMON: BuildOptions = {
  absWorkingDir: root,
  bundle: true,
  minify: true,
  format: 'iife',
  globalName: 'agsecKernel',
  charset: 'ascii',
  legalComments: 'none',
}

buildSync({ ...COMMON, entryPoints: ['runtime/host/bundle.ts'], outfile: 'dist/kernel.js', platform: 'node', target: 'es2022' })
// QuickJS of 2021 reads ECMAScript 2020, and class fields besides.
buildSync({
  ...COMMON,
  entryPoints: ['runtime/host/bundle-quickjs.ts'],
  outfile: 'dist/kernel-qjs.js',
  platform: 'neutral',
  target: 'es2020',
  supported: { 'class-field': true },
})
