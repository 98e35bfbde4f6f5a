/** What install noted of the engine that hooks run on, for `status` to compare later. */
import { readFileSync } from 'node:fs'
import type { Home } from '../home.js'
import { replaceFile } from '../replace-file.js'
import type { ChosenEngine } from './choose.js'
import { ENGINE_STARTS, type EngineKind } from './engine-kind.js'

/** The engine as it passed the conformance suite. */
export interface InstalledEngine {
  readonly kind: EngineKind
  readonly program: string
  readonly version: string
  /** What stands between it and the bundle. */
  readonly flags: readonly string[]
}

export function noteEngine(home: Home, { kind, program, version, flags, quickFlags }: ChosenEngine): InstalledEngine {
  const noted: InstalledEngine = { kind, program, version, flags: [...flags, ...quickFlags] }
  replaceFile(home.engine, `${JSON.stringify(noted)}\n`)
  return noted
}

/** Undefined where nothing was noted, or it cannot be read. */
export function notedEngine(home: Home): InstalledEngine | undefined {
  try {
    const noted: unknown = JSON.parse(readFileSync(home.engine, 'utf8'))
    // Older versions noted no flags.
    return isInstalledEngine(noted) ? { ...noted, flags: noted.flags ?? [] } : undefined
  } catch {
    return undefined
  }
}

function isInstalledEngine(value: unknown): value is Omit<InstalledEngine, 'flags'> & Partial<Pick<InstalledEngine, 'flags'>> {
  if (typeof value !== 'object' || value === null || !('kind' in value && 'program' in value && 'version' in value)) return false
  const { kind, program, version } = value
  const flags = 'flags' in value ? value.flags : []
  const areTexts = Array.isArray(flags) && flags.every(flag => typeof flag === 'string')
  return (
    areTexts && typeof kind === 'string' && Object.hasOwn(ENGINE_STARTS, kind) && typeof program === 'string' && typeof version === 'string'
  )
}
