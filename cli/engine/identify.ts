/** Which engine a program is. */
import { spawnSync } from 'node:child_process'
import { UsageError } from '../usage-error.js'
import type { EngineKind } from './engine-kind.js'

export interface EngineIdentity {
  readonly kind: EngineKind
  /** As the program tells it: `20.20.2`, `2021-03-27`, `ng 0.16.2`. */
  readonly version: string
}

const LIMIT_MS = 10_000

/** @throws UsageError where the program is none that can run a hook */
export function identifyEngine(program: string): EngineIdentity {
  const version = saidBy(program, '--version')
  const node = /^v(\d+\.\d+\.\d+\S*)/.exec(version)?.[1]
  if (node !== undefined) return { kind: 'node', version: node }
  const quickjs = /^QuickJS(?: version |-ng version )(\S+)/m.exec(saidBy(program, '--help'))
  if (quickjs?.[1] !== undefined) return { kind: 'qjs', version: quickjs[0].includes('-ng') ? `ng ${quickjs[1]}` : quickjs[1] }
  const bun = /^(\d+\.\d+\.\d+\S*)\s*$/.exec(version)?.[1]
  if (bun !== undefined && saidBy(program, '--revision').startsWith(bun)) return { kind: 'bun', version: bun }
  throw new UsageError(`\`${program}\` is neither Node nor Bun nor QuickJS`, 'name one of them by its absolute path')
}

/** What the program prints when it is asked so, on either stream: QuickJS ends `--help` with an error. */
function saidBy(program: string, flag: string): string {
  const { stdout, stderr } = spawnSync(program, [flag], {
    env: {},
    cwd: '/',
    encoding: 'utf8',
    timeout: LIMIT_MS,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  return `${stdout ?? ''}${stderr ?? ''}`
}
