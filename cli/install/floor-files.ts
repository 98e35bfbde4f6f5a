/** Where an agent's own rules go when the floor is installed with the hook: files of our own beside its settings, or a table among them. */
import { dirname, join } from 'node:path'
import type { AgentScope } from '../../compiler/protection/agent-files.js'
import type { PlatformName } from '../../runtime/agents/contract.js'
import type { Floor } from '../export/floor.js'
import { exportFor } from '../export/formats.js'
import type { Placed } from './entry.js'

/** What a file of our own says of itself, where its form has comments; one without is known by its name. */
const COMMENT = 'Written by `agsec install --floor`, removed by `agsec uninstall`.'

interface FloorFile {
  /** Seen from the folder of the settings file. */
  readonly path: string
  readonly comment: '#' | '//' | undefined
}

const FILES: Readonly<Partial<Record<PlatformName, Readonly<Partial<Record<AgentScope, FloorFile>>>>>> = {
  'claude-code': { managed: { path: '60-agsec-floor.json', comment: undefined } },
  codex: { user: { path: 'rules/agsec.rules', comment: '#' } },
  opencode: {
    user: { path: '../opencode.jsonc', comment: '//' },
    managed: { path: 'opencode.jsonc', comment: '//' },
  },
}

/** Whether there is a place for the floor of this agent. */
export function takesFloor(platform: PlatformName, scope: AgentScope): boolean {
  return FILES[platform]?.[scope] !== undefined || isTable(platform, scope)
}

function isTable(platform: PlatformName, scope: AgentScope): boolean {
  return platform === 'codex' && scope === 'managed'
}

/** The file for the floor beside a settings file. @param floor undefined where the file is only looked for */
export function floorFile(platform: PlatformName, scope: AgentScope, settings: string, floor: Floor | undefined): readonly Placed[] {
  const file = FILES[platform]?.[scope]
  if (file === undefined) return []
  const rules = floor === undefined ? '' : (exportFor(platform, floor, scopeOf(scope))?.text ?? '')
  const text = file.comment === undefined ? rules : `${file.comment} ${COMMENT}\n${rules}`
  return [{ path: join(dirname(settings), file.path), entry: { kind: 'file', text, executable: false } }]
}

/** The floor as a table of the settings file itself; empty where it is no part of it. */
export function floorTable(platform: PlatformName, scope: AgentScope, floor: Floor): string {
  return isTable(platform, scope) ? (exportFor(platform, floor, scopeOf(scope))?.text ?? '') : ''
}

function scopeOf(scope: AgentScope): 'user' | 'managed' {
  return scope === 'managed' ? 'managed' : 'user'
}
