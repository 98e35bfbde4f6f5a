/** The code cache that lets a hook start sooner; see `runtime/host/code-cache.ts` and `code-cache-quickjs.ts`. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type BundleTarget, CODE_CACHE_NAME, codeCacheName, quickjsTexts } from '../../compiler/emit/kernel.js'
import { packageFile } from '../../compiler/package-root.js'
import type { CodeCacheOrder } from '../../runtime/host/code-cache-writer.js'
import type { QuickjsCodeOrder } from '../../runtime/host/code-cache-writer-quickjs.js'
import { bundleParts } from '../bundle-parts.js'
import type { Home } from '../home.js'
import { replaceFile } from '../replace-file.js'
import { ENGINE_STARTS } from './engine-kind.js'
import { type InstalledEngine, notedEngine } from './installed-engine.js'
import { ordinaryCalls } from '../../compiler/emit/ordinary-calls.js'

const LIMIT_MS = 60_000

/** With a command line to ask, hooks look whether the policies have changed. */
const NO_CLI = '/nonexistent'

/**
 * Has the engine compile the kernel of a bundle and keeps the result beside that.
 * @param bundle in force, for Node, whatever the engine
 * @returns why that could not be: hooks then only start later
 */
export function writeCodeCache(bundle: string, engine: Omit<InstalledEngine, 'version'>): string | undefined {
  if (engine.kind === 'bun') return undefined
  const { target } = ENGINE_STARTS[engine.kind]
  const folder = mkdtempSync(join(tmpdir(), 'agsec-code-'))
  try {
    const output = join(folder, codeCacheName(target))
    const why = orderCodeCache(engine, WRITERS[target], target === 'qjs' ? quickjsOrder(output) : orderFor(bundle, folder, output))
    if (why !== undefined) return why
    replaceFile(codeCachePath(bundle, target), readFileSync(output))
    removeOthers(bundle)
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const WRITERS: Readonly<Record<BundleTarget, string>> = { node: 'dist/code-cache-writer.cjs', qjs: 'dist/code-cache-writer-qjs.js' }

/** After a compilation: where hooks are installed, and the kernel is another one than before. */
export function refreshCodeCache(home: Home): void {
  const engine = notedEngine(home)
  // What keeps it from being written now is told at the next `install`, and by `doctor`.
  if (engine !== undefined && lacksCodeCache(home.bundle, engine)) writeCodeCache(home.bundle, engine)
}

/** Whether there is none beside the bundle for the kernel of this installation, though the engine can write one. */
export function lacksCodeCache(bundle: string, { kind, version }: Pick<InstalledEngine, 'kind' | 'version'>): boolean {
  const canWrite = kind === 'node' || (kind === 'qjs' && version.startsWith('ng '))
  return canWrite && !hasCodeCache(bundle, ENGINE_STARTS[kind].target)
}

export function hasCodeCache(bundle: string, target: BundleTarget): boolean {
  return existsSync(codeCachePath(bundle, target))
}

function codeCachePath(bundle: string, target: BundleTarget): string {
  return join(dirname(bundle), codeCacheName(target))
}

function quickjsOrder(output: string): QuickjsCodeOrder {
  return { ...quickjsTexts(), output }
}

/** @param trial a folder for what hooks of a trial write */
function orderFor(bundle: string, trial: string, output: string): CodeCacheOrder {
  const text = readFileSync(bundle, 'utf8')
  const parts = bundleParts(text)
  if (parts === undefined) throw new Error(`\`${bundle}\` is no agsec bundle`)
  // Its parts are others, which must not be taken for those of this kernel.
  if (!text.includes(codeCacheName('node'))) throw new Error('the policy was compiled by another version of agsec; run `agsec compile`')
  const args = ['hook', 'claude-code', '--agsec-home', trial, '--home', trial, '--user', 'agsec', '--cli', process.execPath, NO_CLI]
  const calls = ordinaryCalls().map(input => ({ args, input }))
  return { bundle, folder: dirname(bundle), place: parts.place, calls, output }
}

function orderCodeCache(
  { program, flags }: Omit<InstalledEngine, 'version'>,
  writer: string,
  order: CodeCacheOrder | QuickjsCodeOrder,
): string | undefined {
  const { status, stderr, error } = spawnSync(program, [...flags, fileURLToPath(packageFile(writer))], {
    input: JSON.stringify(order),
    // As the hook is started, since V8's flags can stand there too.
    env: {},
    cwd: '/',
    encoding: 'utf8',
    timeout: LIMIT_MS,
    stdio: ['pipe', 'ignore', 'pipe'],
  })
  if (status === 0) return undefined
  // What the engine says comes first: one that ends early leaves the order unread, which is an error too. Of one that did not start there is no text.
  const said = lastLine(stderr ?? '')
  return said === '' ? (error?.message ?? `the engine ended with status ${status}`) : said
}

function lastLine(text: string): string {
  return text.trimEnd().split('\n').at(-1) ?? ''
}

function removeOthers(bundle: string): void {
  const folder = dirname(bundle)
  const ours: readonly string[] = [codeCacheName('node'), codeCacheName('qjs')]
  const others = readdirSync(folder).filter(name => CODE_CACHE_NAME.test(name) && !ours.includes(name))
  for (const name of others) rmSync(join(folder, name), { force: true })
}
