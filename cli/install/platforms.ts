/** What agsec's hook looks like in the files of each platform. Where they lie and how that is known is in `docs/install.md`. */
import type { PlatformName } from '../../runtime/agents/contract.js'
import { PLATFORM_TIMEOUT_S } from './deadline.js'
import type { Entry, HookTexts } from './entry.js'
import type { Json, JsonEntry } from './json-edit.js'
import { floorTable } from './floor-files.js'
import { ampPlugin, opencodePlugin } from './plugin-source.js'
import { tomlString } from './toml-edit.js'

type EntryOf = (texts: HookTexts) => Entry

/** Claude Code's way, which others have taken over: groups of hooks with a matcher, below the name of the event. */
function grouped(event: string, hookOf: (command: string) => { readonly [key: string]: Json }, matcher: '*' | 'none' = '*'): EntryOf {
  return ({ command }) => {
    const group = { ...(matcher === 'none' ? {} : { matcher }), hooks: [{ type: 'command', ...hookOf(command) }] }
    return json([{ path: ['hooks', event], element: group }])
  }
}

function json(slots: JsonEntry['slots'], defaults: JsonEntry['defaults'] = {}): Entry {
  return { kind: 'json', entry: { slots, defaults } }
}

const TIMEOUT = PLATFORM_TIMEOUT_S
const TIMEOUT_MS = PLATFORM_TIMEOUT_S * 1000

const claudeHook = grouped('PreToolUse', command => ({ command, timeout: TIMEOUT, onFailure: 'block', statusMessage: 'agsec' }))

/** A hook of a project may replace the input of a call that ours has let through: beside the administrator's there is none then. */
const claude: EntryOf = texts => {
  const entry = claudeHook(texts)
  if (texts.scope !== 'managed' || entry.kind !== 'json') return entry
  return json(entry.entry.slots, { allowManagedHooksOnly: true })
}

const codex: EntryOf = texts => {
  if (texts.scope !== 'managed') return grouped('PreToolUse', command => ({ command, timeout: TIMEOUT }))(texts)
  const tables = [
    '[[hooks.PreToolUse]]',
    'matcher = "*"',
    '[[hooks.PreToolUse.hooks]]',
    'type = "command"',
    `command = ${tomlString(texts.command)}`,
    `timeout = ${TIMEOUT}`,
    '',
  ]
  // Without the second a flag on the command line switches even managed hooks off.
  const settings = [
    { name: 'allow_managed_hooks_only', value: true },
    { table: 'features', name: 'hooks', value: true },
  ]
  const rules = texts.floor === undefined ? '' : `\n${floorTable('codex', texts.scope, texts.floor)}`
  return { kind: 'toml', event: 'PreToolUse', entry: { settings, tables: tables.join('\n') + rules } }
}

const copilotCli: EntryOf = ({ system, command }) => {
  const element = { type: 'command', [system === 'win32' ? 'powershell' : 'bash']: command, timeoutSec: TIMEOUT }
  return json([{ path: ['hooks', 'preToolUse'], element }], { version: 1 })
}

/** Flat, since matchers are read and not heeded there. */
const copilotVscode: EntryOf = ({ command }) =>
  json([{ path: ['hooks', 'PreToolUse'], element: { type: 'command', command, timeout: TIMEOUT } }])

/** What the granular events tell better is left to them; everything else comes by the general one. */
const CURSOR_EVENTS: readonly { readonly event: string; readonly matcher?: string }[] = [
  { event: 'beforeShellExecution' },
  { event: 'beforeMCPExecution' },
  { event: 'beforeReadFile' },
  { event: 'subagentStart' },
  { event: 'preToolUse', matcher: '^(?!Shell$|Read$|MCP:)' },
]

const cursor: EntryOf = ({ command }) =>
  json(
    CURSOR_EVENTS.map(({ event, ...matcher }) => ({
      path: ['hooks', event],
      element: { command, timeout: TIMEOUT, failClosed: true, ...matcher },
    })),
    { version: 1 },
  )

const WINDSURF_EVENTS = ['pre_run_command', 'pre_read_code', 'pre_write_code', 'pre_mcp_tool_use']

const windsurf: EntryOf = ({ system, command }) =>
  json(
    WINDSURF_EVENTS.map(event => ({
      path: ['hooks', event],
      element: { [system === 'win32' ? 'powershell' : 'command']: command, show_output: true },
    })),
  )

/** A file that the platform runs; its streams are all that counts there. */
const cline: EntryOf = ({ system, command }) => {
  const text =
    system === 'win32'
      ? `# Written by \`agsec install cline\`, removed by \`agsec uninstall cline\`.\r\n${command}\r\nexit $LASTEXITCODE\r\n`
      : `#!/bin/sh\n# Written by \`agsec install cline\`, removed by \`agsec uninstall cline\`.\nexec ${command}\n`
  return { kind: 'file', text, executable: true }
}

/**
 * Settings of a project can disable hooks by their names, or by their commands where they have none, so the name is one that no project
 * knows. They can switch all hooks off too, but not where the administrator's settings, which come last, say otherwise.
 */
function named(event: string, managed: JsonEntry['defaults']): EntryOf {
  return texts => {
    const name = texts.token === undefined ? 'agsec' : `agsec ${texts.token}`
    const entry = grouped(event, command => ({ name, command, timeout: TIMEOUT_MS }))(texts)
    return texts.scope !== 'managed' || entry.kind !== 'json' ? entry : json(entry.entry.slots, managed)
  }
}

const gemini = named('BeforeTool', { hooksConfig: { enabled: true } })

/** Milliseconds in the versions that were run; where newer ones take them for seconds, our own deadline comes first all the more. */
const qwen = named('PreToolUse', { disableAllHooks: false })

const crush: EntryOf = ({ command }) => json([{ path: ['hooks', 'PreToolUse'], element: { name: 'agsec', command, timeout: TIMEOUT } }])

const goose = grouped('PreToolUse', command => ({ command, timeout: TIMEOUT, on_failure: 'block' }), 'none')

const droid = grouped('PreToolUse', command => ({ command, timeout: TIMEOUT }))

const kiro: EntryOf = ({ command }) => {
  const action = { type: 'command', command }
  return json([{ path: ['hooks'], element: { name: 'agsec', trigger: 'PreToolUse', action, timeout: TIMEOUT, enabled: true } }], {
    version: 'v1',
  })
}

/** Every name at the top of the file is that of a hook there; a key that is not known costs the whole file. */
const antigravity: EntryOf = ({ command }) => {
  const group = { matcher: '*', hooks: [{ type: 'command', command, timeout: TIMEOUT }] }
  return json([{ path: ['agsec', 'PreToolUse'], element: group }])
}

const opencode: EntryOf = texts => ({ kind: 'file', text: opencodePlugin(texts), executable: false })
const amp: EntryOf = texts => ({ kind: 'file', text: ampPlugin(texts), executable: false })

export const PLATFORM_ENTRIES: Readonly<Record<PlatformName, EntryOf>> = {
  'claude-code': claude,
  codex,
  'copilot-cli': copilotCli,
  'copilot-vscode': copilotVscode,
  cursor,
  windsurf,
  cline,
  'gemini-cli': gemini,
  'qwen-code': qwen,
  opencode,
  crush,
  goose,
  droid,
  kiro,
  antigravity,
  amp,
}

/** The list in the administrator's `opencode.json` that names the plugin beside it: folders of plugins are not looked at there. */
export function opencodePluginList(plugin: string): Entry {
  return json([{ path: ['plugin'], element: plugin }])
}
