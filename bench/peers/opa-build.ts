/** Rego to WebAssembly, by the user's own `opa`. */
import { execFileSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { runLimited } from '../child.js'

export interface RegoBuild {
  readonly wasmPath: string
  /** Of the processor. */
  readonly compileMs: number
}

/** Undefined where it was cut off. */
export function buildRego(opa: string, regoPath: string, limitMs: number): RegoBuild | undefined {
  const folder = `${regoPath}.built`
  mkdirSync(folder)
  const archive = join(folder, 'bundle.tar.gz')
  const build = [opa, 'build', '-t', 'wasm', '-e', 'bench/decision', '-o', archive, regoPath]
  // The shell tells what its children have had of the processor, which Node does not.
  const { stdout, cutOff } = runLimited(['/bin/sh', '-c', '"$@" >&2 || exit $?; times', 'sh', ...build], '', limitMs)
  if (cutOff) return undefined
  execFileSync('tar', ['-xzf', archive, '-C', folder, '/policy.wasm'], { stdio: 'ignore' })
  return { wasmPath: join(folder, 'policy.wasm'), compileMs: childrenMs(stdout) }
}

/** The second line of `times`: `0m1.230s 0m0.040s`, of the user and of the system. */
function childrenMs(times: string): number {
  const parts = [...(times.split('\n')[1] ?? '').matchAll(/(\d+)m([\d.]+)s/g)]
  return parts.reduce((sum, [, minutes, seconds]) => sum + 60_000 * Number(minutes) + 1000 * Number(seconds), 0)
}
