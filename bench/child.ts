/**
 * Measurements in a process of their own: what one contender did to the engine's compiler is not the next one's problem, and one that does
 * not end can be cut off.
 */
import { spawnSync } from 'node:child_process'
import { constants } from 'node:os'
import { join } from 'node:path'

export interface Told {
  /** What the child printed, a JSON value a line, before it ended or was cut off. */
  readonly lines: readonly unknown[]
  readonly cutOff: boolean
}

/** Gives the system the limit, in seconds of the processor, and then becomes the command. */
const LIMITED = 'ulimit -t "$1"; shift; exec "$@"'

/** The statuses by which a shell tells that its child was ended by SIGKILL or SIGXCPU: what the system does to one that has used up its time. */
const CUT_OFF: ReadonlySet<number> = new Set([128 + constants.signals.SIGKILL, 128 + constants.signals.SIGXCPU])

/** How much longer than its share of the processor a child may take on a busy machine. */
const PATIENCE = 20

/**
 * Runs a command to its end or its limit.
 * @param limitMs of the processor, so that a busy machine cuts nobody off; in effect whole seconds
 * @throws where it fails, or the machine is too busy to tell
 */
export function runLimited(
  command: readonly string[],
  input: string,
  limitMs: number,
): { readonly stdout: string; readonly cutOff: boolean } {
  const seconds = String(Math.ceil(limitMs / 1000))
  const { status, signal, error, stdout, stderr } = spawnSync('/bin/sh', ['-c', LIMITED, 'sh', seconds, ...command], {
    input,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    timeout: PATIENCE * limitMs,
    killSignal: 'SIGTERM',
  })
  const cutOff = signal === 'SIGXCPU' || signal === 'SIGKILL' || CUT_OFF.has(status ?? 0)
  if (!cutOff && status !== 0) throw new Error(`\`${command.slice(0, 2).join(' ')}\` failed: ${stderr || String(error)}`)
  return { stdout, cutOff }
}

/**
 * @param script a file of this folder, without its ending
 * @param input handed over on stdin as JSON
 */
export function runChild(script: string, input: unknown, limitMs: number): Told {
  const command = [process.execPath, join(import.meta.dirname, `${script}.js`)]
  const { stdout, cutOff } = runLimited(command, JSON.stringify(input), limitMs)
  const lines = stdout.split('\n').slice(0, -1)
  return { lines: lines.map(line => JSON.parse(line)), cutOff }
}
