/** Builds the kernels in `dist/` from `runtime/`; runs when the package is built, never on a user's machine. */
import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, type BuildOptions } from 'esbuild'
import { loadSources } from '../load.js'
import { compileLayers } from '../layers/compile-layers.js'
import { USER } from '../layers/layer.js'
import { type CodeCosts, type Place, placesOf, withoutColdFunctions } from './cold-functions.js'
import { functionUse, type TriedKernel } from './function-use.js'
import { type Finish, KERNEL, type SplitKernel, splitKernel } from './kernel-parts.js'
import { COMMENT_START, commented } from './kernel.js'
import { kernelParts } from './parts.js'

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

const NODE_SCRIPT: BuildOptions = { ...NODE, format: 'iife', globalName: 'agsecKernel' }

const MODULE: BuildOptions = { ...COMMON, platform: 'neutral', target: 'es2022', format: 'iife', globalName: 'agsecKernel' }

/** What V8 keeps of a function costs little until it is called, and a part of its own a tenth of a millisecond. In brackets it is read once. */
const ON_NODE: CodeCosts = { share: 0.1, partLength: 4000, functionText: code => `(${code})` }

/** All that is there is parsed, and a part costs no more than that. In brackets it is read twice: they could be those of an arrow function. */
const ON_QUICKJS: CodeCosts = { share: 0.4, partLength: 2000, functionText: code => `0,${code}` }

/** What blocks where no part can be read. */
const FAILS_CLOSED = /^runtime\/(host|agents)\//

const BUNDLE = 'runtime/host/bundle.ts'

/** What the kernel for Node stands behind, in a comment. */
const KERNEL_START = 'function agsecKernelText(){/*'

const parts = await kernelParts(root, fileURLToPath(new URL('../../', import.meta.url)))
const uses = await functionUse(await triedKernel(), NODE)

const forNode = await splitKernel(root, BUNDLE, parts, NODE_SCRIPT, ON_NODE, cooledFor(ON_NODE))
writeFileSync(join(root, 'dist/kernel.parts'), forNode.parts)
await buildStart(forNode, 'dist/kernel')
const forQuickjs = await splitKernel(
  root,
  'runtime/host/bundle-quickjs.ts',
  parts,
  { ...QUICKJS, format: 'esm' },
  ON_QUICKJS,
  cooledFor(ON_QUICKJS),
)
writeFileSync(join(root, 'dist/kernel-qjs.parts'), forQuickjs.parts)
writeFileSync(join(root, 'dist/kernel-qjs.places.json'), JSON.stringify(forQuickjs.places))
await buildQuickjsStart(forQuickjs)
// Whole: where a bundle is a module, code may not be made of text.
await build({ ...MODULE, entryPoints: ['runtime/host/bundle-module.ts'], outfile: 'dist/kernel-esm.js' })

function cooledFor(costs: CodeCosts): Finish {
  return (_, built, keepPart) => withoutColdFunctions(built, place => (FAILS_CLOSED.test(place) ? 1 : uses.get(place)), keepPart, costs)
}

/** The kernel with all of its functions, and the default policies. */
async function triedKernel(): Promise<TriedKernel> {
  const { table } = compileLayers([{ traits: USER, ...loadSources([join(root, 'policies')]) }])
  if (table === undefined) throw new Error('the default policies do not compile')
  const places = new Map<string, readonly Place[]>()
  const {
    kernel,
    pieces,
    parts: all,
  } = await splitKernel(root, BUNDLE, parts, NODE_SCRIPT, ON_NODE, (piece, built, keepPart) => {
    places.set(piece, placesOf(built))
    return withoutColdFunctions(built, () => undefined, keepPart, ON_NODE)
  })
  // Each is a function around what was built.
  const textOf = (name: string, piece: string, text: string) => ({ name, text, places: ['', ...(places.get(piece) ?? [])] })
  const texts = [textOf(KERNEL, KERNEL, expressionOf(kernel)), ...pieces.map(({ part, at, text }) => textOf(String(at), part, text))]
  return { texts, data: { table, parts: all } }
}

/** Puts the kernel for Node as text behind what starts it, and behind what writes a code cache of it. */
async function buildStart({ kernel, parts }: SplitKernel, name: string): Promise<void> {
  const text = expressionOf(kernel)
  if (text.includes('*/')) throw new Error('the kernel would end the comment in which it stands')
  const define = {
    KERNEL_START: JSON.stringify(KERNEL_START),
    KERNEL_LENGTH: String(text.length),
    CODE_CACHE_NAME: codeCacheFor(text, parts),
  }
  const footer = { js: `${KERNEL_START}${text}*/}` }
  await build({ ...NODE_SCRIPT, define, footer, entryPoints: ['runtime/host/start.ts'], outfile: `${name}.js` })
  await build({
    ...NODE,
    define,
    footer,
    format: 'cjs',
    entryPoints: ['runtime/host/code-cache-writer.ts'],
    outfile: 'dist/code-cache-writer.cjs',
  })
}

/** What starts the kernel for QuickJS, and behind it the kernel as comments; and what writes a code cache of it. */
async function buildQuickjsStart({ kernel, parts }: SplitKernel): Promise<void> {
  const text = `'use strict';${kernel}`
  const comment = commented(text)
  const define = {
    COMMENT_START: JSON.stringify(COMMENT_START),
    COMMENT_LENGTH: String(comment.length),
    CODE_CACHE_NAME: codeCacheFor(text, parts),
  }
  // Within a function: the kernel's variables are the whole program's.
  const options: BuildOptions = { ...QUICKJS, format: 'iife', define }
  const { outputFiles } = await build({ ...options, entryPoints: ['runtime/host/start-quickjs.ts'], write: false })
  writeFileSync(join(root, 'dist/kernel-qjs.js'), `${outputFiles?.[0]?.text.trim() ?? ''}${comment}\n`)
  await build({ ...options, entryPoints: ['runtime/host/code-cache-writer-quickjs.ts'], outfile: 'dist/code-cache-writer-qjs.js' })
}

/** The name of the file, as a literal. */
function codeCacheFor(text: string, parts: string): string {
  const digest = createHash('sha256').update(text).update(parts).digest('hex').slice(0, 16)
  return JSON.stringify(`policy-kernel-${digest}.code`)
}

/** Of a function that takes `require`. */
function expressionOf(kernel: string): string {
  return `(function(require){'use strict';${kernel};return agsecKernel})`
}
