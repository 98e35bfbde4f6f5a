/** What came out, cell by cell: kept beside the tests, so that the page of platforms can be made of it. */
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Client, CLIENTS, type Scope } from './clients.js'

export type Outcome =
  /** The call did not run. */
  | 'blocked'
  | 'ran'
  /** The client did not begin the turn. */
  | 'not started'
  /** The call did not run, and the client did not end by itself. */
  | 'hung'
  | 'told'
  | 'not told'

export interface Times {
  /** From the model's call to its result, in milliseconds: the median of several. */
  readonly without: number
  readonly with: number
}

export interface ClientResults {
  readonly platform: string
  readonly product: string
  readonly version: string
  readonly date: string
  readonly scopes: Readonly<Partial<Record<Scope, Readonly<Record<string, Outcome>>>>>
  readonly times: Partial<Times>
}

const SCOPES: readonly Scope[] = ['user', 'managed']
const KEPT = join(import.meta.dirname, 'results')
const LAST = join(import.meta.dirname, '../../node_modules/.cache/agsec-agents/results')

const cells: Partial<Record<Scope, Record<string, Outcome>>> = {}
let times: Partial<Times> = {}

export function noteCell(scope: Scope, cell: string, outcome: Outcome): void {
  cells[scope] = { ...cells[scope], [cell]: outcome }
}

export function noteTime(hook: keyof Times, ms: number): void {
  times = { ...times, [hook]: Math.round(ms) }
}

/**
 * For the matrix at the end of the run and, with `UPDATE=1`, for the page of platforms. What a run of some tests leaves out is kept, as far
 * as it is of the same version.
 * @param rows the names of all cells, in their order
 */
export function writeResults({ platform, product, version }: Client, rows: readonly string[]): void {
  const date = new Date().toISOString().slice(0, 10)
  const results: ClientResults = { platform, product, version, date, scopes: cells, times }
  write(LAST, results)
  if (process.env['UPDATE'] !== '1') return
  const before = keptResults().find(kept => kept.platform === platform && kept.version === version)
  write(KEPT, before === undefined ? results : merged(before, results, rows))
}

function write(folder: string, results: ClientResults): void {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, `${results.platform}.json`), `${JSON.stringify(results, null, 2)}\n`)
}

function merged(before: ClientResults, now: ClientResults, rows: readonly string[]): ClientResults {
  const scopes = Object.fromEntries(SCOPES.map(scope => [scope, mergedCells({ ...before.scopes[scope], ...now.scopes[scope] }, rows)]))
  return { ...now, scopes, times: { ...before.times, ...now.times } }
}

function mergedCells(all: Readonly<Record<string, Outcome>>, rows: readonly string[]): Readonly<Record<string, Outcome>> | undefined {
  const found = rows.flatMap(row => (all[row] === undefined ? [] : [[row, all[row]] as const]))
  return found.length === 0 ? undefined : Object.fromEntries(found)
}

/** What is kept, in the order of the clients. */
export function keptResults(): readonly ClientResults[] {
  return resultsIn(KEPT)
}

/** What the last run of each client gave since `time`. @param time in milliseconds since 1970 */
export function resultsSince(time: number): readonly ClientResults[] {
  return resultsIn(LAST, path => statSync(path).mtimeMs >= time)
}

function resultsIn(folder: string, wanted: (path: string) => boolean = () => true): readonly ClientResults[] {
  return CLIENTS.map(({ platform }) => join(folder, `${platform}.json`))
    .filter(path => existsSync(path) && wanted(path))
    .map(path => JSON.parse(readFileSync(path, 'utf8')) as ClientResults) // written by `writeResults`
}
