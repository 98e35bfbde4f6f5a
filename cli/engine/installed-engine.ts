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
}

export function noteEngine(home: Home, { kind, program, version }: ChosenEngine): void {
  const noted: InstalledEngine = { kind, program, version }
  replaceFile(home.engine, `${JSON.stringify(noted)}\n`)
}

/** Undefined where nothing was noted, or it cannot be read. */
export function notedEngine(home: Home): InstalledEngine | undefined {
  try {
    const noted: unknown = JSON.parse(readFileSync(home.engine, 'utf8'))
    return isInstalledEngine(noted) ? noted : undefined
  } catch {
    return undefined
  }
}

function isInstalledEngine(value: unknown): value is InstalledEngine {
  if (typeof value !== 'object' || value === null || !('kind' in value && 'program' in value && 'version' in value)) return false
  const { kind, program, version } = value
  return typeof kind === 'string' && Object.hasOwn(ENGINE_STARTS, kind) && typeof program === 'string' && typeof version === 'string'
}
