/**
 * A kernel in parts: what few calls need is text in a file beside the bundle, made code by its first use, since an engine pays in
 * every process for each byte that it parses.
 *
 * A part has entries, modules whose exports are functions: whoever imports one gets functions of the same names that load the part
 * first. Every other module stands once: in the kernel if the kernel reaches it without an entry, else in the innermost part that holds all
 * parts which do.
 */
import { join, relative } from 'node:path'
import { build, type BuildOptions, type OnLoadResult, type Plugin } from 'esbuild'
import { type BuiltText, type CodeCosts, OUTSIDE, PART_MAKER } from './cold-functions.js'

export interface KernelPart {
  readonly name: string
  /** Relative to the root of the package, like all files here. */
  readonly entries: readonly string[]
  /** Where each export of the entries takes a name and gives nothing for others than these: the names by export. */
  readonly names?: Readonly<Record<string, readonly string[]>>
  /** Parts that only this one uses. */
  readonly inner?: readonly KernelPart[]
}

export interface SplitKernel {
  readonly kernel: string
  /** What the file beside the bundle holds: ASCII. */
  readonly parts: string
  /** Where each part is among all. */
  readonly places: readonly (readonly [at: number, length: number])[]
  /** The parts by topic, and where they are among all. */
  readonly pieces: readonly { readonly part: string; readonly at: number; readonly text: string }[]
}

/**
 * What becomes of what the bundler made of the kernel or of a part.
 * @param keepPart takes the text of a further part and tells its place
 */
export type Finish = (piece: string, built: BuiltText, keepPart: (part: string) => number) => string

/** @throws where a module uses an entry of a part that is not around it */
export async function splitKernel(
  root: string,
  kernelEntry: string,
  parts: readonly KernelPart[],
  options: BuildOptions,
  costs: CodeCosts,
  finish: Finish,
): Promise<SplitKernel> {
  const house = new House({ name: KERNEL, entries: [kernelEntry], inner: parts }, await importsIn(root, kernelEntry, options))
  const splitting = new Splitting(root, house, options, costs, finish)
  const kernel = await splitting.textOf(house.top, options)
  return { kernel, parts: splitting.parts, places: splitting.places, pieces: splitting.pieces }
}

/** The piece around all parts. */
export const KERNEL = 'kernel'

type Imports = ReadonlyMap<string, readonly string[]>

async function importsIn(root: string, entry: string, options: BuildOptions): Promise<Imports> {
  const { metafile } = await build({ ...options, entryPoints: [join(root, entry)], write: false, metafile: true })
  const inputs = Object.entries(metafile.inputs)
  return new Map(inputs.map(([file, { imports }]) => [file, imports.filter(({ external }) => external !== true).map(({ path }) => path)]))
}

/** Which module lives in which part. */
class House {
  private readonly around = new Map<KernelPart, KernelPart>()
  private readonly owners = new Map<string, KernelPart>()
  private readonly homes = new Map<string, KernelPart>()

  constructor(
    readonly top: KernelPart,
    private readonly imports: Imports,
  ) {
    this.enter(top)
    for (const part of [top, ...this.around.keys()]) this.settle(part)
  }

  private enter(part: KernelPart): void {
    for (const entry of part.entries) this.owners.set(entry, part)
    for (const inner of part.inner ?? []) {
      this.around.set(inner, part)
      this.enter(inner)
    }
  }

  private settle(part: KernelPart): void {
    const reached = new Set(part.entries)
    for (const file of reached) {
      const home = this.homes.get(file)
      this.homes.set(file, home === undefined ? part : this.holding(home, part))
      for (const next of this.imports.get(file) ?? []) if (!this.owners.has(next)) reached.add(next)
    }
  }

  /** The innermost part that holds both. */
  private holding(a: KernelPart, b: KernelPart): KernelPart {
    return (
      this.pathTo(a)
        .filter(part => this.pathTo(b).includes(part))
        .at(-1) ?? this.top
    )
  }

  /** From the kernel down to the part. */
  pathTo(part: KernelPart): readonly KernelPart[] {
    const around = this.around.get(part)
    return around === undefined ? [part] : [...this.pathTo(around), part]
  }

  /** @returns the part whose loading an import of the file by a module of another part means */
  partBehind(file: string, by: KernelPart): KernelPart | undefined {
    const owner = this.owners.get(file)
    return owner === undefined || owner === by || owner === this.top ? undefined : owner
  }

  /** Where a module, or the function that loads it, can be called. */
  homeOf(file: string, by: KernelPart): KernelPart {
    const behind = this.partBehind(file, by)
    const home = behind === undefined ? this.homes.get(file) : this.around.get(behind)
    if (home === undefined || !this.pathTo(by).includes(home)) throw new Error(`${file} is not within the reach of the part ${by.name}`)
    return home
  }
}

/** What stands in the text of a part for a binding of a part around it, with its number once all are known. */
const OUTSIDE_CALL = new RegExp(`${OUTSIDE.replace('$', '\\$')}\\("([^"]+)#([^"]+)"\\)`, 'g')
const EXPORTS = /export\{([^}]*)\};?$/

class Splitting {
  parts = ''
  readonly places: [at: number, length: number][] = []
  readonly pieces: { part: string; at: number; text: string }[] = []

  constructor(
    private readonly root: string,
    private readonly house: House,
    private readonly options: BuildOptions,
    private readonly costs: CodeCosts,
    private readonly finish: Finish,
  ) {}

  async textOf(part: KernelPart, options: BuildOptions): Promise<string> {
    const exports = part.entries.map(file => `export * from './${file}'`)
    const contents = [...exports, `import { partCode } from './runtime/host/parts.ts'`, `${PART_MAKER}(partCode)`].join('\n')
    const plugins = [await this.pluginFor(part)]
    const stdin = { contents, resolveDir: this.root }
    const { outputFiles } = await build({ ...options, stdin, write: false, sourcemap: 'external', outdir: this.root, plugins })
    const [map, text] = [outputFiles?.find(({ path }) => path.endsWith('.map')), outputFiles?.find(({ path }) => path.endsWith('.js'))]
    if (map === undefined || text === undefined) throw new Error(`the bundler made nothing of ${part.name}`)
    return this.finish(part.name, { text: text.text.trim(), map: map.text }, further => this.keep(further))
  }

  /** @returns where the part is among the others */
  private keep(part: string): number {
    const at = this.parts.length
    this.parts += part
    this.places.push([at, part.length])
    return at
  }

  /** Builds what is within the part, then says what stands for it in the part itself. */
  private async pluginFor(part: KernelPart): Promise<Plugin> {
    const loaders = new Map<string, string>()
    for (const inner of part.inner ?? []) loaders.set(inner.name, await this.loaderOf(inner))
    return {
      name: `part-${part.name}`,
      setup: bundler => {
        bundler.onResolve({ filter: /^\./ }, ({ path, resolveDir }) => this.resolve(relative(this.root, join(resolveDir, path)), part))
        bundler.onResolve({ filter: /^part:/ }, ({ path }) => ({ path: path.slice('part:'.length), namespace: 'loader' }))
        bundler.onLoad({ filter: /.*/, namespace: 'loader' }, ({ path }) => this.contents(loaders.get(path) ?? ''))
        bundler.onLoad({ filter: /.*/, namespace: 'entry' }, async ({ path }) => this.contents(await this.entryText(path, part)))
        bundler.onLoad({ filter: /.*/, namespace: 'outside' }, async ({ path }) => this.contents(await this.outsideText(path)))
      },
    }
  }

  private resolve(path: string, part: KernelPart) {
    const file = path.replace(/\.js$/, '.ts')
    if (this.house.homeOf(file, part) !== part) return { path: file, namespace: 'outside' }
    return this.house.partBehind(file, part) === undefined ? { path: join(this.root, file) } : { path: file, namespace: 'entry' }
  }

  private contents(text: string): OnLoadResult {
    return { contents: text, resolveDir: this.root }
  }

  /** Functions that load the part of an entry first. */
  private async entryText(file: string, by: KernelPart): Promise<string> {
    const part = this.house.partBehind(file, by)
    const stubs = (await this.exportsOf(file)).map(name => {
      const call = `part().${name}(...args)`
      const known = part?.names?.[name]
      if (known === undefined) return `export const ${name} = (...args) => ${call}`
      return `const ${name}Names = ${JSON.stringify(` ${known.join(' ')} `)}
        export const ${name} = (...args) => ${name}Names.includes(' ' + args[0] + ' ') ? ${call} : undefined`
    })
    return [`import { part } from 'part:${part?.name ?? ''}'`, ...stubs].join('\n')
  }

  private async outsideText(file: string): Promise<string> {
    return (await this.exportsOf(file)).map(name => `export const ${name} = /* @__PURE__ */ ${OUTSIDE}("${file}#${name}")`).join('\n')
  }

  private async exportsOf(file: string): Promise<readonly string[]> {
    const options = { ...this.options, bundle: false, format: 'esm', write: false, metafile: true } as const
    const { metafile } = await build({ ...options, entryPoints: [join(this.root, file)] })
    return Object.values(metafile.outputs)[0]?.exports ?? []
  }

  /** The module that makes a part of its text, which is a function: of the bindings around it, all that the entries export. */
  private async loaderOf(part: KernelPart): Promise<string> {
    const { text, bindings } = numbered(await this.build(part))
    const at = this.keep(text)
    this.pieces.push({ part: part.name, at, text })
    const imports = bindings.map(([file, name], i) => `import { ${name} as outside${i} } from './${file}'`)
    return [
      `import { partCode } from './runtime/host/parts.ts'`,
      ...imports,
      'let made',
      `const make = () => partCode(${at}, ${text.length})([${bindings.map((_, i) => `outside${i}`).join()}])`,
      'export const part = () => (made ??= make())',
    ].join('\n')
  }

  private async build(part: KernelPart): Promise<string> {
    const text = await this.textOf(part, { ...this.options, format: 'esm' })
    const exported = EXPORTS.exec(text)?.[1]
      ?.split(',')
      .map(each => each.split(' as '))
    if (exported === undefined) throw new Error(`the part ${part.name} exports nothing`)
    // They are found by their places in bytes; of regular expressions the bundler leaves such characters.
    if (/[^\0-\x7f]/.test(text)) throw new Error(`the part ${part.name} is not of ASCII alone: escape it in the source`)
    const names = exported.map(([own = '', as = own]) => `${as}:${own}`).join()
    return this.costs.functionText(`function(${OUTSIDE}){'use strict';${text.replace(EXPORTS, '')}return{${names}}}`)
  }
}

interface Numbered {
  readonly text: string
  readonly bindings: readonly (readonly [file: string, name: string])[]
}

function numbered(written: string): Numbered {
  const bindings = new Map<string, [file: string, name: string]>()
  const text = written.replace(OUTSIDE_CALL, (_, file: string, name: string) => {
    const key = `${file}#${name}`
    if (!bindings.has(key)) bindings.set(key, [file, name])
    return `${OUTSIDE}[${[...bindings.keys()].indexOf(key)}]`
  })
  return { text, bindings: [...bindings.values()] }
}
