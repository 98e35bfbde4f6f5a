/**
 * Builds `dist/bin/`, the command line in few files; runs when the package is built, never on a user's machine. As hundreds of modules
 * it takes a fifth longer to do anything, and hooks of changed policies wait for it.
 */
import { rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { buildSync } from 'esbuild'

const root = fileURLToPath(new URL('../../', import.meta.url))

rmSync(`${root}dist/bin`, { recursive: true, force: true })
buildSync({
  absWorkingDir: root,
  entryPoints: { agsec: 'dist/cli/main.js', 'run-main': 'dist/cli/run-main.js' },
  outdir: 'dist/bin',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  packages: 'external',
  charset: 'ascii',
})
