/** Builds `dist/kernel.js` from `runtime/`; runs when the package is built, never on a user's machine. */
import { fileURLToPath } from 'node:url'
import { buildSync } from 'esbuild'

const root = fileURLToPath(new URL('../../', import.meta.url)).replace(/dist\/$/, '')

buildSync({
  absWorkingDir: root,
  entryPoints: ['runtime/host/bundle.ts'],
  outfile: 'dist/kernel.js',
  bundle: true,
  minify: true,
  format: 'iife',
  globalName: 'agsecKernel',
  platform: 'node',
  target: 'es2022',
  charset: 'ascii',
  legalComments: 'none',
})
