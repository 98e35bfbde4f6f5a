/** The code cache that lets a hook on Node start sooner; see `runtime/host/code-cache.ts`. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { CODE_CACHE_NAME, codeCacheName } from '../../compiler/emit/kernel.js'
import { packageFile } from '../../compiler/package-root.js'
import type { CodeCacheOrder } from '../../runtime/host/code-cache-writer.js'
import { bundleParts } from '../bundle-parts.js'
import type { Home } from '../home.js'
import { replaceFile } from '../replace-file.js'
import { type InstalledEngine, notedEngine } from './installed-engine.js'
import { ordinaryCalls } from '../../compiler/emit/ordinary-calls.js'

const LIMIT_MS = 60_000

/** With a command line to ask, hooks look whether the policies have changed. */
const NO_CLI = '/nonexistent'

/**
 * Has the engine compile the kernel of a bundle and keeps the result beside that.
 * @returns why that could not be: hooks then only start later
 */
export function writeCodeCache(bundle: string, engine: Omit<InstalledEngine, 'version'>): string | undefined {
  if (engine.kind !== 'node') return undefined
  const folder = mkdtempSync(join(tmpdir(), 'agsec-code-'))
  try {
    const output = join(folder, codeCacheName())
    const why = orderCodeCache(engine, orderFor(bundle, folder, output))
    if (why !== undefined) return why
    replaceFile(codeCachePath(bundle), readFileSync(output))
    removeOthers(bundle)
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** After a compilation: where hooks are installed, and the kernel is another one than before. */
export function refreshCodeCache(home: Home): void {
  const engine = notedEngine(home)
  // What keeps it from being written now is told at the next `install`, and by `doctor`.
  if (engine !== undefined && !hasCodeCache(home.bundle)) writeCodeCache(home.bundle, engine)
}

/** Whether there is one beside the bundle for the kernel of this installation. */
export function hasCodeCache(bundle: string): boolean {
  return existsSync(codeCachePath(bundle))
}

function codeCachePath(bundle: string): string {
  return join(dirname(bundle), codeCacheName())
}

/** @param trial a folder for what hooks of a trial write */
function orderFor(bundle: string, trial: string, output: string): CodeCacheOrder {
  const text = readFileSync(bundle, 'utf8')
  const parts = bundleParts(text)
  if (parts === undefined) throw new Error(`\`${bundle}\` is no agsec bundle`)
  // Its parts are others, which must not be taken for those of this kernel.
  if (!text.includes(codeCacheName())) throw new Error('the policy was compiled by another version of agsec; run `agsec compile`')
  const args = ['hook', 'claude-code', '--agsec-home', trial, '--home', trial, '--user', 'agsec', '--cli', process.execPath, NO_CLI]
  const calls = ordinaryCalls().map(input => ({ args, input }))
  return { bundle, folder: dirname(bundle), place: parts.place, calls, output }
}

function orderCodeCache({ program, flags }: Omit<InstalledEngine, 'version'>, order: CodeCacheOrder): string | undefined {
  const { status, stderr, error } = spawnSync(program, [...flags, fileURLToPath(packageFile('dist/code-cache-writer.cjs'))], {
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
  const others = readdirSync(folder).filter(name => CODE_CACHE_NAME.test(name) && name !== codeCacheName())
  for (const name of others) rmSync(join(folder, name), { force: true })
}
