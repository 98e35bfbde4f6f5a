/**
 * Measurements in a process of their own: what one contender did to the engine's compiler is not the next one's problem, and one that does
 * not end can be cut off.
 */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

export interface Told {
  /** What the child printed, a JSON value a line, before it ended or was cut off. */
  readonly lines: readonly unknown[]
  readonly cutOff: boolean
}

/** Gives the system the limit, in seconds of the processor, and then becomes the command. */
const LIMITED = 'ulimit -t "$1"; shift; exec "$@"'

/** How much longer than its share of the processor a child may take on a busy machine. */
const PATIENCE = 20

/**
 * @param script a file of this folder, without its ending
 * @param input handed over on stdin as JSON
 * @param limitMs of the processor, so that a busy machine cuts nobody off; in effect whole seconds
 * @throws where the child fails, or the machine is too busy to tell
 */
export function runChild(script: string, input: unknown, limitMs: number): Told {
  const command = [process.execPath, join(import.meta.dirname, `${script}.js`)]
  const { status, signal, error, stdout, stderr } = spawnSync(
    '/bin/sh',
    ['-c', LIMITED, 'sh', String(Math.ceil(limitMs / 1000)), ...command],
    {
      input: JSON.stringify(input),
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
      timeout: PATIENCE * limitMs,
      killSignal: 'SIGTERM',
    },
  )
  // The system ends what has used up its time by one of these.
  const cutOff = signal === 'SIGXCPU' || signal === 'SIGKILL'
  if (!cutOff && status !== 0) throw new Error(`${script} failed: ${stderr || String(error)}`)
  const lines = stdout.split('\n').slice(0, -1)
  return { lines: lines.map(line => JSON.parse(line)), cutOff }
}
