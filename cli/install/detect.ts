/** Which agents are on this machine, by their folders in the home and their programs on the PATH. */
import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, isAbsolute, join } from 'node:path'
import { AGENT_FILES } from '../../compiler/protection/agent-files.js'
import type { PlatformName } from '../../runtime/agents/contract.js'

interface Signs {
  /** In the home; they come into being when the agent is used for the first time. */
  readonly folders: readonly string[]
  readonly programs: readonly string[]
}

const SIGNS: Readonly<Record<PlatformName, Signs>> = {
  'claude-code': { folders: ['.claude'], programs: ['claude'] },
  codex: { folders: ['.codex'], programs: ['codex'] },
  'copilot-cli': { folders: ['.copilot'], programs: ['copilot'] },
  'copilot-vscode': { folders: ['.config/Code', 'Library/Application Support/Code', 'AppData/Roaming/Code'], programs: ['code'] },
  cursor: { folders: ['.cursor'], programs: ['cursor', 'cursor-agent'] },
  windsurf: { folders: ['.codeium/windsurf'], programs: ['windsurf'] },
  cline: { folders: ['.cline', 'Documents/Cline'], programs: ['cline'] },
  'gemini-cli': { folders: ['.gemini/tmp', '.gemini/settings.json'], programs: ['gemini'] },
  'qwen-code': { folders: ['.qwen'], programs: ['qwen'] },
  opencode: { folders: ['.config/opencode', '.local/share/opencode'], programs: ['opencode'] },
  crush: { folders: ['.config/crush', '.local/share/crush', 'AppData/Local/crush'], programs: ['crush'] },
  goose: { folders: ['.config/goose'], programs: ['goose'] },
  droid: { folders: ['.factory'], programs: ['droid'] },
  kiro: { folders: ['.kiro'], programs: ['kiro', 'kiro-cli'] },
  antigravity: { folders: ['.gemini/antigravity', '.gemini/antigravity-cli'], programs: ['agy', 'antigravity'] },
  amp: { folders: ['.config/amp'], programs: ['amp'] },
}

/** Every platform that agsec knows, in the order in which it lists them. */
export const PLATFORM_NAMES = AGENT_FILES.map(({ name }) => name).filter(isPlatform)

export function isPlatform(name: string): name is PlatformName {
  return Object.hasOwn(SIGNS, name)
}

/** @param path the PATH that programs are looked for on */
export function detectedPlatforms(home: string, path: string): readonly PlatformName[] {
  return PLATFORM_NAMES.filter(name => isPresent(SIGNS[name], home, path))
}

export function isPresent({ folders, programs }: Signs, home: string, path: string): boolean {
  return folders.some(folder => existsSync(join(home, folder))) || programs.some(program => programOn(path, program) !== undefined)
}

/** The program of a platform on the PATH, by its absolute path. */
export function platformProgram(platform: PlatformName, path: string): string | undefined {
  for (const program of SIGNS[platform].programs) {
    const found = programOn(path, program)
    if (found !== undefined) return found
  }
  return undefined
}

function programOn(path: string, program: string): string | undefined {
  const names = process.platform === 'win32' ? [`${program}.exe`, `${program}.cmd`] : [program]
  const folders = path.split(delimiter).filter(isAbsolute)
  return folders.flatMap(folder => names.map(name => join(folder, name))).find(isProgram)
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
