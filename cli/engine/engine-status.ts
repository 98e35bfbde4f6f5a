/** What is known of the engine that hooks run on, without running it more than to ask its version. */
import { existsSync, realpathSync } from 'node:fs'
import type { Home } from '../home.js'
import { UsageError } from '../usage-error.js'
import { FASTER, presentEngine } from './choose.js'
import { ENGINE_STARTS, type EngineKind } from './engine-kind.js'
import { identifyEngine } from './identify.js'
import { type InstalledEngine, notedEngine } from './installed-engine.js'
import { whyReplaceable } from './trusted-path.js'

export interface EngineStatus extends InstalledEngine {
  /** Whether it still is what passed the conformance suite when it was installed. */
  readonly state: 'as installed' | 'changed' | 'missing'
  /** An engine on the PATH that starts faster and that the agent cannot replace. */
  readonly faster?: FasterEngine
}

interface FasterEngine {
  readonly kind: EngineKind
  readonly program: string
  /** About how long a hook takes on it, to the one installed. */
  readonly ratio: number
}

/** Undefined where nothing was installed. */
export function engineStatus(home: Home): EngineStatus | undefined {
  const noted = notedEngine(home)
  if (noted === undefined) return undefined
  const faster = fasterThan(noted.kind)
  return { ...noted, state: stateOf(noted), ...(faster === undefined ? {} : { faster }) }
}

function stateOf({ kind, program, version }: InstalledEngine): EngineStatus['state'] {
  if (!existsSync(program)) return 'missing'
  try {
    const found = identifyEngine(program)
    return found.kind === kind && found.version === version ? 'as installed' : 'changed'
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    return 'changed'
  }
}

function fasterThan(current: EngineKind): FasterEngine | undefined {
  const faster = FASTER.filter(kind => ENGINE_STARTS[kind].startRatio < ENGINE_STARTS[current].startRatio)
  for (const kind of faster) {
    const program = presentEngine(kind)
    if (program === undefined || whyReplaceable(realpathSync(program)) !== undefined) continue
    return { kind, program, ratio: ENGINE_STARTS[kind].startRatio / ENGINE_STARTS[current].startRatio }
  }
  return undefined
}
