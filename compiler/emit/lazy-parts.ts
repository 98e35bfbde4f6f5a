/**
 * Parts of a kernel that an engine shall parse only when a call needs them: an engine that parses eagerly pays for every byte of
 * every process. A part is text in the kernel, made code by its first use.
 *
 * A part may hold modules whose exports are functions, and whose own imports keep no state and no class: they are copied into it.
 */
import { join } from 'node:path'
import { build, type BuildOptions, type Plugin } from 'esbuild'

const NAMESPACE = 'lazy-part'

/** @param files of one part, relative to the root of the package */
export function lazyPart(root: string, files: readonly string[], options: BuildOptions): Plugin {
  const paths = new Set(files.map(file => join(root, file)))
  return {
    name: NAMESPACE,
    setup(bundler) {
      bundler.onResolve({ filter: /^\./ }, ({ path, resolveDir, namespace }) => {
        const file = join(resolveDir, path).replace(/\.js$/, '.ts')
        return namespace === 'file' && paths.has(file) ? { path: file, namespace: NAMESPACE } : undefined
      })
      bundler.onResolve({ filter: /^part$/ }, ({ path }) => ({ path, namespace: NAMESPACE }))
      bundler.onLoad({ filter: /^part$/, namespace: NAMESPACE }, async () => ({ contents: loader(await partText(files, options)) }))
      bundler.onLoad({ filter: /\.ts$/, namespace: NAMESPACE }, async ({ path }) => ({
        contents: stubs((await built(path, options)).names),
      }))
    },
  }
}

interface BuiltModule {
  readonly text: string
  readonly names: readonly string[]
}

async function built(entry: string, options: BuildOptions, contents?: string): Promise<BuiltModule> {
  const from = contents === undefined ? { entryPoints: [entry] } : { stdin: { contents, resolveDir: options.absWorkingDir ?? '' } }
  const { outputFiles, metafile } = await build({ ...options, ...from, bundle: true, format: 'esm', write: false, metafile: true })
  const [output] = Object.values(metafile.outputs)
  return { text: outputFiles[0]?.text.trim() ?? '', names: output?.exports ?? [] }
}

const EXPORTS = /export\{([^}]*)\};?$/

/** The modules of a part as the body of a function that returns all they export. */
async function partText(files: readonly string[], options: BuildOptions): Promise<string> {
  const { text } = await built('', options, files.map(file => `export * from './${file}'`).join('\n'))
  const named = EXPORTS.exec(text)?.[1]
  if (named === undefined) throw new Error(`${files.join(', ')} export nothing`)
  const entries = named.split(',').map(each => each.split(' as '))
  return `'use strict';${text.replace(EXPORTS, '')}return{${entries.map(([own = '', name = own]) => `${name}:${own}`).join()}}`
}

function loader(text: string): string {
  return `let made\nexport const part = () => (made ??= new Function(${JSON.stringify(text)})())`
}

function stubs(names: readonly string[]): string {
  const functions = names.map(name => `export const ${name} = (...args) => part().${name}(...args)`)
  return [`import { part } from 'part'`, ...functions].join('\n')
}
