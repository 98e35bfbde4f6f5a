/**
 * Builds `dist/chevrotain.cjs`, the parser library as one file; runs when the package is built, never on a user's machine.
 * The library is some four hundred modules for the new module system alone. They take a quarter of a second to load, and old engines
 * cannot load them synchronously; one file takes a twentieth of that and loads anywhere.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { buildSync } from 'esbuild'
import { LIBRARY_FILE, libraryExports } from './chevrotain.js'

const root = fileURLToPath(new URL('../../', import.meta.url)).replace(/dist\/$/, '')

buildSync({
  absWorkingDir: root,
  stdin: { contents: `export { ${libraryExports.join(', ')} } from 'chevrotain'`, resolveDir: root },
  outfile: LIBRARY_FILE,
  bundle: true,
  minify: true,
  format: 'cjs',
  platform: 'node',
  target: 'es2022',
  charset: 'ascii',
  legalComments: 'eof',
})

/** Both licences ask that their text goes with every copy. */
const licences = ['chevrotain/LICENSE.txt', 'lodash-es/LICENSE'].map(path => {
  const text = readFileSync(`${root}node_modules/${path}`, 'utf8').trim()
  return `${path.split('/')[0] ?? ''}\n\n${text}\n`
})
writeFileSync(`${root}${LIBRARY_FILE}.LICENSE.txt`, licences.join('\n----\n\n'))
