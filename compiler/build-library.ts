/** Libraries of which the package brings what it needs as one file; runs when the package is built, never on a user's machine. */
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { buildSync } from 'esbuild'

const root = fileURLToPath(new URL('../../', import.meta.url))

/**
 * @param outfile from the package's root
 * @param code of a module that imports the library
 * @param licences the files of `node_modules` whose text has to go with every copy
 */
export function buildLibrary(outfile: string, code: string, licences: readonly string[]): void {
  buildSync({
    absWorkingDir: root,
    stdin: { contents: code, resolveDir: root },
    outfile,
    bundle: true,
    minify: true,
    format: 'cjs',
    platform: 'node',
    target: 'es2022',
    charset: 'ascii',
    legalComments: 'eof',
  })
  const texts = licences.map(path => `${path.split('/')[0] ?? ''}\n\n${readFileSync(`${root}node_modules/${path}`, 'utf8').trim()}\n`)
  writeFileSync(`${root}${outfile}.LICENSE.txt`, texts.join('\n----\n\n'))
}
