/** What a guard in code costs: `check()` beside a `JSON.parse` of the same request, and the size of what an application takes along. */
import { gzipSync } from 'node:zlib'
import { buildSync } from 'esbuild'
import { packageFile } from '../../compiler/package-root.js'
import { createGuard } from '../../sdk/index.js'
import type { Guard } from '../../sdk/contract.js'
import type { Built } from '../built.js'
import type { Effort } from '../effort.js'
import { measurePaired, median } from '../paired.js'
import { duration, joined, kilobytes, type Section, type Table, times } from '../report.js'
import { type BenchRequest, COMMANDS, OTHER_REQUESTS } from '../requests.js'
import { measureSocketStream } from './sdk-socket.js'
import { measureStream } from './sdk-stream.js'

/** What is known of the machine is given, so that no file system is measured. */
const MACHINE = { home: '/home/u', cwd: '/home/u/app', user: 'u', platform: 'linux' }

const SHELL_REQUESTS = COMMANDS.map((command): BenchRequest => ({ action: 'bash.execute', params: { command }, context: {} }))

export async function measureSdk(built: readonly Built[], effort: Effort): Promise<Section> {
  return joined([await measureCalls(built, effort), await measureStream(built, effort), await measureSocketStream(effort)])
}

async function measureCalls(built: readonly Built[], effort: Effort): Promise<Section> {
  const measured = built.find(({ size }) => size === 100) ?? built[0]
  if (measured === undefined) return { tables: [], figures: {} }
  const guard = createGuard({ bundle: measured.bundlePath, machine: MACHINE })
  if (guard.problem !== undefined) throw new Error(guard.problem)
  const other = await measureChecks(guard, OTHER_REQUESTS, effort)
  const shell = await measureChecks(guard, SHELL_REQUESTS, effort)
  const entryBytes = entrySize()
  return {
    figures: { 'sdk.toParse': other.ratio, 'sdk.shell': shell.ns, 'sdk.entryBytes': entryBytes },
    tables: [
      checksTable(measured.size, [
        ['no shell command', other],
        ['a shell command', shell],
      ]),
      {
        title: 'The entry of the SDK',
        columns: ['what', 'gzip'],
        rows: [['`agsec/sdk`, minified, without a policy', kilobytes(entryBytes)]],
      },
    ],
  }
}

interface Checks {
  readonly ns: number
  readonly parseNs: number
  readonly ratio: number
}

/** The medians over the requests. */
async function measureChecks(guard: Guard, requests: readonly BenchRequest[], effort: Effort): Promise<Checks> {
  const perRequest: Checks[] = []
  for (const { action, params, context } of requests) {
    const json = JSON.stringify({ action, params, context: { ...MACHINE, agent: 'sdk', ...context } })
    const [parse, check] = await measurePaired(
      [
        { name: 'JSON.parse', units: 1, run: () => JSON.parse(json) as unknown },
        { name: 'check', units: 1, run: () => guard.check(action, params, context) },
      ],
      effort,
    )
    perRequest.push({ ns: check?.ns ?? Number.NaN, parseNs: parse?.ns ?? Number.NaN, ratio: check?.ratio ?? Number.NaN })
  }
  const of = (figure: keyof Checks) => median(perRequest.map(each => each[figure]))
  return { ns: of('ns'), parseNs: of('parseNs'), ratio: of('ratio') }
}

function checksTable(size: number, rows: readonly (readonly [string, Checks])[]): Table {
  return {
    title: `A guard in code, ${size} statements, warm: medians over requests`,
    columns: ['request', 'check()', 'JSON.parse of it', 'to JSON.parse'],
    rows: rows.map(([what, { ns, parseNs, ratio }]) => [what, duration(ns), duration(parseNs), times(ratio)]),
  }
}

/** As a bundler makes one file of it. */
function entrySize(): number {
  const { outputFiles } = buildSync({
    entryPoints: [packageFile('dist/sdk/index.js').pathname],
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'esm',
    write: false,
  })
  return gzipSync(outputFiles[0]?.contents ?? '').length
}
