/** The adapters of all platforms, and which of them an input is for. */
import type { Value } from '../decide/request.js'
import { hasOwn, isMap, own } from '../decide/value.js'
import { amp } from './amp.js'
import { antigravity } from './antigravity.js'
import { claudeCode } from './claude-code.js'
import { cline } from './cline.js'
import { codex } from './codex.js'
import type { Adapter, HostFacts, Parsed, PlatformName } from './contract.js'
import { copilotCli } from './copilot-cli.js'
import { copilotVscode } from './copilot-vscode.js'
import { crush } from './crush.js'
import { cursor } from './cursor.js'
import { droid } from './droid.js'
import { geminiCli } from './gemini-cli.js'
import { goose } from './goose.js'
import { kiro } from './kiro.js'
import { opencode } from './opencode.js'
import { qwenCode } from './qwen-code.js'
import { windsurf } from './windsurf.js'

/** By name what makes the adapter: of all but the first a part of the kernel that is loaded when it is asked for. */
const ADAPTERS: Readonly<Record<PlatformName, () => Adapter>> = {
  'claude-code': () => claudeCode,
  codex,
  'copilot-cli': copilotCli,
  'copilot-vscode': copilotVscode,
  cursor,
  windsurf,
  cline,
  'gemini-cli': geminiCli,
  'qwen-code': qwenCode,
  opencode,
  crush,
  goose,
  droid,
  kiro,
  antigravity,
  amp,
}

export function platformNames(): readonly PlatformName[] {
  return Object.keys(ADAPTERS) as PlatformName[] // a record of them all
}

export function adapterOf(name: string | undefined): Adapter | undefined {
  return name !== undefined && hasOwn(ADAPTERS, name) ? ADAPTERS[name as PlatformName]() : undefined // a name of the record
}

/** Claude's own dialect, and that of those who took it over without a word of their own in it. */
const CLAUDES = 'hook_event_name permission_mode !turn_id !tool_call_id !cursor_version'

/**
 * The keys that tell a platform's input from those of the others, in the order in which they are looked for; `!` one that must not be there.
 * What has none of these signs may be any: tests of policies, and Kiro.
 */
const SIGNS: readonly (readonly [PlatformName, string])[] = [
  ['cursor', 'hook_event_name cursor_version'],
  ['windsurf', 'agent_action_name tool_info'],
  ['cline', 'hookName preToolUse'],
  ['antigravity', 'toolCall stepIdx'],
  ['copilot-cli', 'toolName toolArgs'],
  ['opencode', 'tool args sessionID'],
  ['amp', 'tool input toolUseID'],
  ['goose', 'event matcher_context'],
  ['goose', 'event working_dir'],
  ['crush', 'event tool_input !hook_event_name !matcher_context !working_dir'],
  ['codex', 'hook_event_name turn_id'],
  ['qwen-code', 'hook_event_name permission_mode tool_call_id'],
  ['copilot-vscode', 'hook_event_name timestamp tool_use_id !permission_mode'],
  ['copilot-cli', 'hook_event_name timestamp !permission_mode !tool_use_id !transcript_path'],
  ...(['claude-code', 'codex', 'qwen-code', 'droid'] as const).map(name => [name, CLAUDES] as const),
]

/** Platforms that run the hooks they find in another one's files. */
const READERS: Readonly<Partial<Record<PlatformName, readonly PlatformName[]>>> = {
  'claude-code': ['cursor', 'copilot-cli', 'copilot-vscode', 'qwen-code'],
  'copilot-cli': ['copilot-vscode'],
  'copilot-vscode': ['copilot-cli'],
}

/**
 * Reads the input of a hook that was installed for the platform of the adapter. Where it is plainly that of another one that reads the same
 * files, it is read as that one's, and the answer will be in its dialect; that of any other one is invalid, and so blocks.
 */
export function readInput(adapter: Adapter, json: unknown, facts: HostFacts): Parsed {
  const name = adapter.name
  const told = dialectOf(json as Value, name) // JSON.parse gives nothing else
  if (told === undefined || told === name) return adapter.read(json, facts)
  const reader = READERS[name]?.includes(told) === true ? adapterOf(told) : undefined
  return (
    reader?.read(json, facts) ?? {
      kind: 'invalid',
      why: `the hook input is that of \`${told}\`, and the hook was installed for \`${name}\``,
    }
  )
}

function dialectOf(input: Value, named: PlatformName): PlatformName | undefined {
  if (!isMap(input)) return undefined
  const found = SIGNS.filter(([, keys]) =>
    keys.split(' ').every(key => (key.startsWith('!') ? own(input, key.slice(1)) === undefined : own(input, key) !== undefined)),
  )
  if (own(input, 'hook_event_name') === 'BeforeTool') return 'gemini-cli'
  return found.some(([name]) => name === named) ? named : found[0]?.[0]
}
