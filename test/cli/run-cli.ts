import { spawn, spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
/** The command line as it was built, with a person at its terminal. */
export const CLI = [`${ROOT}test/cli/main-as-person.mjs`]
/** The same as the package has it: it asks the system who asks. */
export const CLI_UNATTENDED = [`${ROOT}dist/bin/agsec.js`]

export interface Run {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs `agsec` to its end. Stdin is `input`, or empty. */
export function agsec(args: readonly string[], input: string | Uint8Array = '', cwd = ROOT, cli: readonly string[] = CLI): Run {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...cli, ...args], { input, cwd, encoding: 'utf8', maxBuffer: 1 << 30 })
  return { status, stdout, stderr }
}

/** Starts `agsec` and does not wait. */
export function startAgsec(args: readonly string[]): { readonly kill: (signal: NodeJS.Signals) => void; readonly ended: Promise<Run> } {
  const child = spawn(process.execPath, [...CLI, ...args], { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] })
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', chunk => void (stdout += chunk))
  child.stderr.on('data', chunk => void (stderr += chunk))
  const ended = new Promise<Run>(resolve => child.on('close', status => resolve({ status, stdout, stderr })))
  return { kill: signal => void child.kill(signal), ended }
}
