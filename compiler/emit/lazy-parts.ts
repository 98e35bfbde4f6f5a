/**
 * Parts of a kernel that an engine shall parse only when a call needs them: an engine that parses eagerly pays for every byte of
 * every process. A part is text in the kernel, made code by its first use.
 *
 * A part may hold modules whose exports are functions. What they import is copied into it, but for the modules that it shares with
 * the kernel: those with state or a class, and those that the kernel has anyway.
 */
import { join } from 'node:path'
import { build, type BuildOptions, type Plugin, type PluginBuild } from 'esbuild'

export interface LazyPart {
  readonly name: string
  /** The modules whose exports the kernel calls, relative to the root of the package. */
  readonly entries: readonly string[]
  readonly shared: readonly string[]
  /** Parts of the part, which its own first use need not read. */
  readonly inner?: readonly LazyPart[]
}

/** @param loader the module that makes the part, see below */
export function lazyPart(root: string, part: LazyPart, options: BuildOptions, loader: string): Plugin {
  const entries = new Set(part.entries.map(file => join(root, file)))
  const namespace = `lazy-${part.name}`
  return {
    name: namespace,
    setup(bundler) {
      bundler.onResolve({ filter: /^\./ }, ({ path, resolveDir, namespace: from }) => {
        const file = sourceOf(resolveDir, path)
        return from === 'file' && entries.has(file) ? { path: file, namespace } : undefined
      })
      bundler.onResolve({ filter: new RegExp(`^${namespace}$`) }, ({ path }) => ({ path, namespace }))
      bundler.onLoad({ filter: new RegExp(`^${namespace}$`), namespace }, () => ({ contents: loader, resolveDir: root }))
      bundler.onLoad({ filter: /\.ts$/, namespace }, async ({ path }) => ({ contents: stubs(await exportsOf(path, options), namespace) }))
    },
  }
}

function sourceOf(folder: string, path: string): string {
  return join(folder, path).replace(/\.js$/, '.ts')
}

async function exportsOf(file: string, options: BuildOptions): Promise<readonly string[]> {
  const { metafile } = await build({ ...options, entryPoints: [file], format: 'esm', write: false, metafile: true })
  return Object.values(metafile.outputs)[0]?.exports ?? []
}

const EXPORTS = /export\{([^}]*)\};?$/

/** The modules of a part as the body of a function of the shared modules, which returns all that the entries export. */
export async function partText(root: string, { name, entries, shared, inner = [] }: LazyPart, options: BuildOptions): Promise<string> {
  const contents = entries.map(file => `export * from './${file}'`).join('\n')
  const innerParts = inner.map(async part => lazyPart(root, part, options, stringLoader(await partText(root, part, options), part)))
  const plugins = [sharing(root, shared, options), ...(await Promise.all(innerParts))]
  const { outputFiles } = await build({ ...options, stdin: { contents, resolveDir: root }, format: 'esm', write: false, plugins })
  const text = outputFiles[0]?.text.trim() ?? ''
  const named = EXPORTS.exec(text)?.[1]
  if (named === undefined) throw new Error(`the part ${name} exports nothing`)
  const exported = named.split(',').map(each => each.split(' as '))
  return `'use strict';${text.replace(EXPORTS, '')}return{${exported.map(([own = '', as = own]) => `${as}:${own}`).join()}}`
}

/** Within a part a shared module is what its function is given. */
function sharing(root: string, shared: readonly string[], options: BuildOptions): Plugin {
  const files = shared.map(file => join(root, file))
  const namespace = 'shared'
  return {
    name: namespace,
    setup(bundler: PluginBuild) {
      bundler.onResolve({ filter: /^\./ }, ({ path, resolveDir }) => {
        const file = sourceOf(resolveDir, path)
        return files.includes(file) ? { path: file, namespace } : undefined
      })
      bundler.onLoad({ filter: /\.ts$/, namespace }, async ({ path }) => {
        const names = await exportsOf(path, options)
        return { contents: `export const {${names.join()}} = shared${files.indexOf(path)}` }
      })
    },
  }
}

/** Where the text of a part is a string of the kernel. */
export function stringLoader(text: string, { shared }: LazyPart): string {
  return loaderOf(JSON.stringify(text), shared)
}

/**
 * Where the text of a part is a comment behind the kernel, which no engine needs to make a string of: the kernel then reads its own
 * file, which another one may have taken the place of.
 * @param self an expression: the text of the file that runs
 */
export function commentLoader(text: string, { name, shared }: LazyPart, self: string): string {
  const length = partComment(text, name).length
  const read = `const read = () => {
    const self = ${self}
    const start = self.lastIndexOf(${JSON.stringify(opening(name))})
    if (self.substr(start + ${length - 2}, 2) !== '*/') throw new Error('the bundle was replaced')
    return self.substr(start + ${opening(name).length}, ${length - opening(name).length - 2}).split(${JSON.stringify(KEPT)}).join('*/')
  }`
  return `${read}\n${loaderOf('read()', shared)}`
}

/** What stands for the end of a comment within one: minified code has no control characters. */
const KEPT = '*\u0001/'

export function partComment(text: string, name: string): string {
  return `${opening(name)}${text.split('*/').join(KEPT)}*/`
}

/** At the start of a line, so that no other comment reads like it. */
function opening(name: string): string {
  return `\n/*${name}:`
}

function loaderOf(text: string, shared: readonly string[]): string {
  const names = shared.map((_, i) => `shared${i}`)
  const imports = shared.map((file, i) => `import * as ${names[i]} from './${file}'`)
  const parameters = names.map(name => `${JSON.stringify(name)}, `).join('')
  const made = `export const part = () => (made ??= new Function(${parameters}${text})(${names.join()}))`
  return [...imports, 'let made', made].join('\n')
}

function stubs(names: readonly string[], namespace: string): string {
  const functions = names.map(name => `export const ${name} = (...args) => part().${name}(...args)`)
  return [`import { part } from '${namespace}'`, ...functions].join('\n')
}
