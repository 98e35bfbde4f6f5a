/** `agsec check --ndjson` with the default policies: how many requests a second it answers, and how long one takes there and back. */
import { spawn, spawnSync } from 'node:child_process'
import { closeSync, openSync, readdirSync, readFileSync, readSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { packagedPolicies } from '../../cli/package-files.js'
import { packageFile } from '../../compiler/package-root.js'
import { isPolicyName } from '../../runtime/host/source-stamp.js'
import { buildFrom } from '../built.js'
import type { Effort } from '../effort.js'
import { median } from '../paired.js'
import { duration, type Section } from '../report.js'
import { COMMANDS } from '../requests.js'

/** The program as the package has it. */
const CLI = fileURLToPath(packageFile('dist/bin/agsec.js'))

export function measureNdjson(folder: string, { streamLines }: Effort): Section {
  const command = [process.execPath, CLI, 'check', '--ndjson', '--bundle', defaultBundle(folder)]
  const again = perSecond(folder, command, streamLines, at => commandLine(at, COMMANDS[at % COMMANDS.length] ?? ''))
  // A comment makes another command of it, which does the same.
  const anew = perSecond(folder, command, Math.ceil(streamLines / 10), at => commandLine(at, `${COMMANDS[at % COMMANDS.length]} # ${at}`))
  const other = perSecond(folder, command, streamLines, at => line(at, 'file.read', { file_path: `/home/u/app/src/part${at}/main.ts` }))
  const roundTripNs = roundTrip(folder, command, Math.ceil(streamLines / 50))
  return {
    figures: { 'ndjson.perSecond': again, 'ndjson.anewPerSecond': anew, 'ndjson.otherPerSecond': other, 'ndjson.roundTrip': roundTripNs },
    tables: [
      {
        title: 'A stream of ordinary commands, the default policies, one process',
        columns: ['what', 'measured'],
        rows: [
          ['commands that come again, a second of the processor', Math.round(again).toLocaleString('en')],
          ['commands none of which came before', Math.round(anew).toLocaleString('en')],
          ['requests that are no commands, none of which came before', Math.round(other).toLocaleString('en')],
          ['one there and back, median', duration(roundTripNs)],
        ],
        notes: ['start-up and warm-up included; every line has an id of its own'],
      },
    ],
  }
}

function defaultBundle(folder: string): string {
  const policies = packagedPolicies()
  const names = readdirSync(policies).filter(isPolicyName).sort()
  return buildFrom(
    folder,
    'ndjson',
    names.map(path => ({ path, text: readFileSync(join(policies, path), 'utf8') })),
  ).bundlePath
}

const CONTEXT = { agent: 'claude-code', cwd: '/home/u/app', home: '/home/u' }

function line(id: number, action: string, params: object): string {
  return `${JSON.stringify({ id, action, params, context: CONTEXT })}\n`
}

function commandLine(id: number, command: string): string {
  return line(id, 'bash.execute', { command })
}

/** Of the processor's time of the whole process. */
function perSecond(folder: string, command: readonly string[], lines: number, lineAt: (at: number) => string): number {
  const input = join(folder, 'lines.ndjson')
  const output = join(folder, 'answers.ndjson')
  writeFileSync(input, Array.from({ length: lines }, (_, at) => lineAt(at)).join(''))
  const run = spawnSync('/bin/sh', ['-c', 'in=$1 out=$2; shift 2; "$@" <"$in" >"$out" || exit 1; times', 'sh', input, output, ...command], {
    encoding: 'utf8',
  })
  if (run.status !== 0) throw new Error(`\`agsec check --ndjson\` failed: ${run.stderr}`)
  const answers = readFileSync(output, 'utf8').split('\n').length - 1
  if (answers !== lines) throw new Error(`\`agsec check --ndjson\` answered ${answers} of ${lines} lines`)
  return lines / childSeconds(run.stdout)
}

/** What `times` says of children, in its second line: `0m1.230000s 0m0.040000s`. */
function childSeconds(times: string): number {
  const [, children = ''] = times.trim().split('\n')
  const seconds = [...children.matchAll(/(\d+)m([\d.]+)s/g)].map(([, minutes, rest]) => 60 * Number(minutes) + Number(rest))
  return seconds.reduce((sum, each) => sum + each, 0)
}

/** Nanoseconds, as a program sees it that waits for each answer. Named pipes, since those of Node wait in its event loop. */
function roundTrip(folder: string, command: readonly string[], rounds: number): number {
  const [to, from] = [join(folder, 'to'), join(folder, 'from')]
  if (spawnSync('mkfifo', [to, from]).status !== 0) return Number.NaN
  // Each for both directions, since a pipe that has one side is waited for; and the child's apart, which it may make non-blocking.
  const [input, output, own, answers] = [to, from, to, from].map(path => openSync(path, 'r+')) as [number, number, number, number] // of four
  const child = spawn(command[0] ?? '', command.slice(1), { stdio: [input, output, 'inherit'] })
  try {
    const times = Array.from({ length: rounds + WARM_UP }, (_, at) =>
      timed(own, answers, commandLine(at, COMMANDS[at % COMMANDS.length] ?? '')),
    )
    return median(times.slice(WARM_UP))
  } finally {
    child.kill()
    for (const pipe of [input, output, own, answers]) closeSync(pipe)
  }
}

/** Requests before those that count. */
const WARM_UP = 200

const ANSWER = new Uint8Array(65_536)

function timed(to: number, from: number, request: string): number {
  const start = process.hrtime.bigint()
  writeSync(to, request)
  for (let end = 0; ANSWER[end - 1] !== 10; ) end += readSync(from, ANSWER, end, ANSWER.length - end, null)
  return Number(process.hrtime.bigint() - start)
}
