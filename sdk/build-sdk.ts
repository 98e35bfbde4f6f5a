/**
 * Builds what TypeScript alone does not: the compiler as one file that guards load when they need it, and the SDK once more as CommonJS
 * modules, file by file, so that its entries share what they share. Runs when the package is built, never on a user's machine.
 */
import { copyFileSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, type BuildOptions } from 'esbuild'

const root = fileURLToPath(new URL('../../', import.meta.url)).replace(/dist\/$/, '')
const built = join(root, 'dist')
const target = join(built, 'cjs')

/** What `import.meta.url` is in CommonJS. */
const URL_OF_MODULE: BuildOptions = {
  define: { 'import.meta.url': 'agsecModuleUrl' },
  banner: { js: "const agsecModuleUrl = require('node:url').pathToFileURL(__filename).href" },
}

const COMMONJS: BuildOptions = {
  absWorkingDir: root,
  format: 'cjs',
  platform: 'node',
  target: 'es2022',
  charset: 'ascii',
  legalComments: 'none',
}

await build({
  ...COMMONJS,
  ...URL_OF_MODULE,
  entryPoints: ['sdk/compiler.ts'],
  outfile: 'dist/sdk/compiler.cjs',
  bundle: true,
  minify: true,
  packages: 'external',
})

/** What no application imports, nor anything that it does. */
const NOT_IMPORTED = /^(build-sdk|compiler)\./

// By the sources: what was built of one that is gone may still lie there.
const entries = readdirSync(join(root, 'sdk'))
  .filter(name => name.endsWith('.ts') && !NOT_IMPORTED.test(name))
  .map(name => join('dist/sdk', name.replace(/ts$/, 'js')))

rmSync(target, { recursive: true, force: true })
for (const file of await reached(entries)) await convert(file)
writeFileSync(join(target, 'package.json'), '{ "type": "commonjs" }\n')

/** The modules of the package that the entries are made of, and those that their types are. */
async function reached(files: readonly string[]): Promise<readonly string[]> {
  const { metafile } = await build({
    ...COMMONJS,
    entryPoints: [...files],
    outdir: 'out',
    bundle: true,
    packages: 'external',
    write: false,
    metafile: true,
    logLevel: 'silent',
  })
  return Object.keys(metafile.inputs)
}

async function convert(file: string): Promise<void> {
  const to = join(target, relative('dist', file))
  const options = file.endsWith('machine-node.js') ? URL_OF_MODULE : {}
  await build({ ...COMMONJS, ...options, entryPoints: [file], outfile: to, bundle: false })
}

/** Types are the same, but of the module system of the file beside them. */
copyTypes('sdk')
for (const room of ['decide', 'shell', 'agents', 'record', 'host']) copyTypes(`runtime/${room}`)

function copyTypes(folder: string): void {
  const from = join(built, folder)
  for (const name of readdirSync(from).filter(each => each.endsWith('.d.ts') && !NOT_IMPORTED.test(each))) {
    const to = join(target, folder, name)
    mkdirSync(dirname(to), { recursive: true })
    copyFileSync(join(from, name), to)
  }
}
