/** One turn of a real client: a process of its own, in a home and a project of its own, with a time limit. */
import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Client, Place, RunOptions } from './clients.js'
import { MAIN_MARK, type ModelServer, type Recording, type Script } from './model-server.js'

export const CACHE = join(import.meta.dirname, '../../node_modules/.cache/agsec-agents')

export function clientFolder({ platform, version }: Client): string {
  return join(CACHE, `${platform}-${version}`)
}

export function clientProgram(client: Client): string {
  return join(clientFolder(client), 'node_modules/.bin', client.bin)
}

export interface Turn extends Recording {
  /** Every body that reached the model. */
  readonly sent: string
  readonly output: string
  readonly status: number | null
  /** Whether the time limit ended it. */
  readonly timedOut: boolean
  readonly elapsedMs: number
}

interface Started extends RunOptions {
  /** What the client is started by: a mount namespace, say. */
  readonly prefix?: readonly string[]
}

const LIMIT_MS = 60_000

export async function runTurn(client: Client, place: Place, server: ModelServer, script: Script, options: Started = {}): Promise<Turn> {
  const recording = server.play(script)
  const run = await runProcess(client, place, server.url, options)
  return { ...run, ...recording, sent: recording.received.join('\n') }
}

type Run = Omit<Turn, 'sent' | keyof Recording>

function runProcess(
  client: Client,
  place: Place,
  url: string,
  { env = {}, limitMs = LIMIT_MS, prefix = [], extraArgs = [], cwd }: Started,
): Promise<Run> {
  const path = process.env['PATH'] ?? ''
  const variables = { PATH: path, HOME: place.home, TERM: 'dumb', ...client.env(place, url), ...env }
  const [program = '', ...args] = [...prefix, ...startOf(client), ...client.args(`${MAIN_MARK} go on`), ...extraArgs]
  const started = performance.now()
  // A group of its own, so that everything that it starts ends with it.
  const child = spawn(program, args, { cwd: cwd ?? place.project, env: variables, stdio: ['ignore', 'pipe', 'pipe'], detached: true })
  return collect(child, started, limitMs)
}

/** Scripts are given to Node by its path: what stands on the PATH is part of the tests. */
export function startOf(client: Client): readonly [string, ...string[]] {
  const program = clientProgram(client)
  return readFileSync(program).subarray(0, 2).toString() === '#!' ? [process.execPath, program] : [program]
}

function collect(child: ChildProcess, started: number, limitMs: number): Promise<Run> {
  const chunks: Buffer[] = []
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => chunks.push(chunk))
  let timedOut = false
  const limit = setTimeout(() => {
    timedOut = true
    endGroup(child)
  }, limitMs)
  return new Promise(resolve => {
    child.on('error', error => chunks.push(Buffer.from(error.message)))
    child.on('exit', status => {
      clearTimeout(limit)
      endGroup(child)
      const elapsedMs = performance.now() - started
      resolve({ status, timedOut, elapsedMs, output: Buffer.concat(chunks).toString('utf8') })
    })
  })
}

function endGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // It has ended by itself.
  }
}
