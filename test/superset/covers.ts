/** The analyser's promise held against what a command did: for each event there is an entry that may be it, or an unknown that covers it. */
import { normalizePath } from '../../runtime/decide/path.js'
import type { Analysis, Exec, FileEffect, FileOperation, Scope, Text } from '../../runtime/shell/analysis.js'
import { prefixOf } from '../../runtime/shell/text.js'
import { completes, completesAll } from './completes.js'
import type { Event } from './event.js'
import { isFolder } from './world.js'

/** The events that nothing of the analysis covers. @param run all events of the run, which tell what is a folder */
export function uncovered(analysis: Analysis, events: readonly Event[], run: readonly Event[] = events): readonly Event[] {
  const unknown = new Set(analysis.unknowns.map(({ scope }) => scope))
  const folders = foldersOf(run)
  return events.filter(event => !isCovered(event, { analysis, unknown, folders }))
}

interface Held {
  readonly analysis: Analysis
  readonly unknown: ReadonlySet<Scope>
  /** Paths that the run itself shows to be folders. */
  readonly folders: ReadonlySet<string>
}

function isCovered(event: Event, held: Held): boolean {
  // What an unknown program or unknown code does may be anything.
  if (held.unknown.has('any') || held.unknown.has('exec')) return true
  switch (event.t) {
    case 'exec':
      return held.analysis.execs.some(exec => mayBe(exec, event))
    case 'read':
      // Opening a folder is listing it, of which nothing is promised.
      return isListed(event.p, held) || touches(held, event.p, ['read', 'run'], 'read')
    case 'write':
      return touches(held, event.p, ['write'], 'write')
    case 'rdwr':
      return touches(held, event.p, ['write', 'read'], 'write')
    case 'rmdir':
      // An empty folder that the program itself may have made: a clone that fails.
      return touches(held, event.p, ['delete', 'move', 'write'], 'write')
    case 'unlink':
      return touches(held, event.p, ['delete', 'move'], 'write')
    case 'rename':
      return touches(held, event.p, ['delete', 'move'], 'write') && touches(held, event.q ?? '', ['write'], 'write')
    case 'mkdir':
      return touches(held, event.p, ['write'], 'write') || isParent(event.p, held)
    case 'symlink':
    case 'link':
      return touches(held, event.q ?? '', ['write'], 'write')
    case 'connect':
      return held.unknown.has('net') || held.analysis.actions.some(({ action }) => NETWORK.test(action))
    default:
      return true
  }
}

const NETWORK = /^(?:web|git|net|package|ssh|db|host|container|remote)\./

/** Names are compared without their folder: the search along `PATH` is the machine's business. */
function mayBe({ program, argv, open }: Exec, event: Event): boolean {
  const args = (event.argv ?? []).slice(1)
  const isCut = event.argv?.length === RECORDED
  const [, ...words] = argv
  // `build/`: what is run is looked up without the slash.
  const name = typeof program === 'string' ? program.replace(/\/+$/, '') : program
  return completes(name, baseName(event.p)) && [args, args.map(inUnicode)].some(found => completesAll(words, open, found, isCut))
}

/** In the C locale, where runs are recorded, bash prints a character that it has no bytes for as the escape; the analysis has the character. */
function inUnicode(arg: string): string {
  return arg.replace(/\\u([0-9A-F]{4})|\\U([0-9A-F]{8})/g, (_, short?: string, long?: string) =>
    String.fromCodePoint(Math.min(Number.parseInt(short ?? long ?? '', 16), 0x10ffff)),
  )
}

/** So many arguments are recorded of a program. */
const RECORDED = 256

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

function touches({ analysis, unknown }: Held, path: string, operations: readonly FileOperation[], scope: Scope): boolean {
  if (unknown.has(scope)) return true
  const normal = normalizePath(path, {})
  if (typeof normal !== 'string') return true
  return analysis.files.some(effect => operations.includes(effect.operation) && reaches(effect, normal))
}

function reaches({ path, recursive }: FileEffect, found: string): boolean {
  if (completesPath(path, found)) return true
  if (!recursive) return false
  for (let end = found.lastIndexOf('/'); end >= 0; end = end === 0 ? -1 : found.lastIndexOf('/', end - 1))
    if (completesPath(path, found.slice(0, end) || '/')) return true
  return false
}

function completesPath(path: Text, found: string): boolean {
  return completes(normalizePath(path, {}), found)
}

/** Folders are made on the way to what is written (`mkdir -p`). */
function isParent(path: string, { analysis }: Held): boolean {
  const start = `${String(normalizePath(path, {}))}/`
  return analysis.files.some(effect => effect.operation === 'write' && prefixOf(effect.path).startsWith(start))
}

function isListed(path: string, { folders }: Held): boolean {
  return folders.has(path) || isFolder(path)
}

function foldersOf(events: readonly Event[]): ReadonlySet<string> {
  return new Set(events.flatMap(({ t, p }) => (t === 'opendir' || t === 'mkdir' || t === 'chdir' || t === 'rmdir' ? [p] : [])))
}
