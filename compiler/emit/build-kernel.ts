/** Builds the kernels in `dist/` from `runtime/`; runs when the package is built, never on a user's machine. */
import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, type BuildOptions, type Plugin } from 'esbuild'
import { commentLoader, type LazyPart, lazyPart, partComment, partText, stringLoader } from './lazy-parts.js'

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

const NODE: BuildOptions = { ...COMMON, platform: 'node', target: 'es2022' }

/** What only calls with an address need. */
const HOSTS: LazyPart = { name: 'hosts', entries: ['runtime/decide/host.ts', 'runtime/decide/network.ts'], shared: [] }

/** What only commands need that run code of a language. */
const CODE: LazyPart = {
  name: 'code',
  entries: ['code', 'powershell', 'cmd'].map(name => `runtime/shell/other/${name}.ts`),
  shared: [
    'runtime/decide/abstract-string.ts',
    'runtime/shell/text.ts',
    ...['cmdlets', 'effects', 'flat', 'tokens', 'values'].map(name => `runtime/shell/other/${name}.ts`),
  ],
}

/** What only calls of a shell need. */
const SHELL: LazyPart = {
  name: 'shell',
  entries: ['runtime/shell/expand.ts'],
  shared: ['abstract-string', 'path', 'real-request', 'value'].map(name => `runtime/decide/${name}.ts`),
  inner: [CODE],
}

await buildKernel(NODE, {
  entryPoints: ['runtime/host/bundle.ts'],
  outfile: 'dist/kernel.js',
  format: 'iife',
  globalName: 'agsecKernel',
  plugins: [await shellPart(NODE, 'require("node:fs").readFileSync(__filename, "latin1")')],
})
// As a script of its own, not inside a function: QuickJS would read that function twice.
await buildKernel(QUICKJS, {
  entryPoints: ['runtime/host/bundle-quickjs.ts'],
  outfile: 'dist/kernel-qjs.js',
  format: 'esm',
  plugins: [
    lazyPart(root, HOSTS, QUICKJS, stringLoader(await partText(root, HOSTS, QUICKJS), HOSTS)),
    await shellPart(QUICKJS, 'std.loadFile(scriptArgs[0])'),
  ],
})

/** @param self how the text of the running file is had on this engine */
async function shellPart(options: BuildOptions, self: string): Promise<Plugin> {
  return lazyPart(root, SHELL, options, commentLoader(await partText(root, SHELL, options), SHELL, self))
}

/** The kernel, and the shell's part behind it. */
async function buildKernel(target: BuildOptions, options: BuildOptions & { readonly outfile: string }): Promise<void> {
  await build({ ...target, ...options })
  appendFileSync(join(root, options.outfile), `${partComment(await partText(root, SHELL, target), SHELL.name)}\n`)
}
