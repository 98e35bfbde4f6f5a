/** Which version of an agent is here, and whether agsec can rely on it. */
import { spawnSync } from 'node:child_process'
import type { PlatformName } from '../../runtime/agents/contract.js'
import { platformProgram } from '../install/detect.js'
import { type Finding, note, ok, problem } from './finding.js'

export interface FoundClient {
  readonly program: string
  /** Absent where the program does not tell. */
  readonly version?: string
}

interface Versions {
  /** The oldest version with which a hook that fails blocks. */
  readonly least?: { readonly version: string; readonly why: string }
  /** The version that was driven through the whole fault matrix, as in `docs/platforms.md`. */
  readonly tested?: string
}

const VERSIONS: Readonly<Partial<Record<PlatformName, Versions>>> = {
  'claude-code': { tested: '2.1.330', least: { version: '2.1.295', why: 'older ones run the call where a hook fails' } },
  codex: { tested: '0.169.0' },
  'copilot-cli': { tested: '1.0.102' },
  'gemini-cli': { tested: '0.61.0' },
  'qwen-code': { tested: '0.24.4' },
  opencode: { tested: '1.18.33' },
  cline: { tested: '3.0.65' },
}

const LIMIT_MS = 20_000

/** Undefined where no program of the platform is on the PATH. */
export function foundClient(platform: PlatformName, path: string): FoundClient | undefined {
  const program = platformProgram(platform, path)
  if (program === undefined) return undefined
  const version = versionOf(program)
  return { program, ...(version === undefined ? {} : { version }) }
}

function versionOf(program: string): string | undefined {
  const { stdout } = spawnSync(program, ['--version'], { encoding: 'utf8', timeout: LIMIT_MS, stdio: ['ignore', 'pipe', 'ignore'] })
  return /\d+\.\d+\.\d+/.exec(stdout ?? '')?.[0]
}

export function versionFinding(platform: PlatformName, client: FoundClient | undefined): Finding {
  if (client === undefined) return note('no program of it is on the PATH: its version is not known')
  const { program, version } = client
  if (version === undefined) return note(`${program} does not tell its version`)
  const { least, tested } = VERSIONS[platform] ?? {}
  if (least !== undefined && isOlder(version, least.version)) {
    return problem(`version ${version} is older than ${least.version}: ${least.why}`, `update ${program}`)
  }
  if (tested === undefined) return note(`version ${version}; agsec knows this agent from documents, not from runs`)
  if (isOlder(version, tested)) return note(`version ${version} is older than ${tested}, with which agsec was tried`)
  return ok(`version ${version}${version === tested ? '' : `; agsec was tried with ${tested}`}`)
}

/** @param a three numbers with points between them, as `b` */
export function isOlder(a: string, b: string): boolean {
  const [as, bs] = [a, b].map(text => text.split('.').map(Number))
  for (let i = 0; i < 3; i++) {
    const difference = (as?.[i] ?? 0) - (bs?.[i] ?? 0)
    if (difference !== 0) return difference < 0
  }
  return false
}
