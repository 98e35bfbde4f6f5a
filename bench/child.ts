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

/**
 * @param script a file of this folder, without its ending
 * @param input handed over on stdin as JSON
 * @throws where the child fails
 */
export function runChild(script: string, input: unknown, limitMs: number): Told {
  const { status, error, stdout, stderr } = spawnSync(process.execPath, [join(import.meta.dirname, `${script}.js`)], {
    input: JSON.stringify(input),
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    timeout: limitMs,
    killSignal: 'SIGKILL',
  })
  const cutOff = error !== undefined && 'code' in error && error.code === 'ETIMEDOUT'
  if (!cutOff && status !== 0) throw new Error(`${script} failed: ${stderr || String(error)}`)
  const lines = stdout.split('\n').slice(0, -1)
  return { lines: lines.map(line => JSON.parse(line)), cutOff }
}
