/** What in an agent's settings, or in its environment, keeps agsec's hook from running though it is installed. */
import type { AgentScope } from '../../compiler/protection/agent-files.js'
import type { PlatformName } from '../../runtime/agents/contract.js'
import { whyNotManaged } from '../install/installer.js'
import { type Location, locationsOf, type Whereabouts } from '../install/locations.js'
import { type Finding, problem } from './finding.js'
import { filesAt, type SettingsMap, settingsOf, valueAt } from './settings.js'

/** A setting that switches hooks off. */
interface Switch {
  readonly keys: readonly string[]
  readonly off: (value: unknown) => boolean
  /** Whose files are looked at. */
  readonly in: readonly AgentScope[]
  /** Whose hooks it switches off. */
  readonly stops: readonly AgentScope[]
}

const ALL: readonly AgentScope[] = ['managed', 'user', 'project']
const OWN: readonly AgentScope[] = ['user', 'project']
const MANAGED: readonly AgentScope[] = ['managed']

const isTrue = (value: unknown) => value === true
const isFalse = (value: unknown) => value === false
/** Our hook's name begins so. */
const namesUs = (value: unknown) => Array.isArray(value) && value.some(name => typeof name === 'string' && name.startsWith('agsec'))

/** The administrator's settings come last: what a managed installation says there holds. */
const GEMINI: readonly Switch[] = [
  { keys: ['hooksConfig', 'enabled'], off: isFalse, in: OWN, stops: OWN },
  { keys: ['hooksConfig', 'enabled'], off: isFalse, in: MANAGED, stops: ALL },
  { keys: ['hooksConfig', 'disabled'], off: namesUs, in: ALL, stops: ALL },
]

/** From runs of the platforms and from their documents: see `docs/platforms.md`. */
const SWITCHES: Readonly<Partial<Record<PlatformName, readonly Switch[]>>> = {
  'claude-code': [
    { keys: ['disableAllHooks'], off: isTrue, in: OWN, stops: OWN },
    { keys: ['disableAllHooks'], off: isTrue, in: MANAGED, stops: ALL },
    { keys: ['allowManagedHooksOnly'], off: isTrue, in: MANAGED, stops: OWN },
  ],
  codex: [
    { keys: ['features', 'hooks'], off: isFalse, in: OWN, stops: OWN },
    { keys: ['features', 'hooks'], off: isFalse, in: MANAGED, stops: ALL },
    { keys: ['allow_managed_hooks_only'], off: isTrue, in: MANAGED, stops: OWN },
  ],
  'copilot-cli': [{ keys: ['disableAllHooks'], off: isTrue, in: OWN, stops: OWN }],
  'copilot-vscode': [{ keys: ['chat.hooks.enabled'], off: isFalse, in: OWN, stops: ALL }],
  'gemini-cli': GEMINI,
  'qwen-code': [
    ...GEMINI,
    { keys: ['disableAllHooks'], off: isTrue, in: OWN, stops: OWN },
    { keys: ['disableAllHooks'], off: isTrue, in: MANAGED, stops: ALL },
  ],
  droid: [{ keys: ['allowManagedHooksOnly'], off: isTrue, in: MANAGED, stops: OWN }],
}

/** Environment variables that do the same. */
const VARIABLES: readonly { readonly platform: PlatformName; readonly name: string; readonly stops: readonly AgentScope[] }[] = [
  { platform: 'gemini-cli', name: 'GEMINI_CLI_SYSTEM_SETTINGS_PATH', stops: MANAGED },
  { platform: 'opencode', name: 'OPENCODE_PURE', stops: ALL },
]

/** Platforms that pass over an administrator's file which others can write: runs of Copilot CLI 1.0.102 and Gemini CLI 0.61.0. */
const WANT_OWNED: ReadonlySet<PlatformName> = new Set(['copilot-cli', 'gemini-cli'])

/** @param scope of the hook that is installed */
export function switchFindings(platform: PlatformName, scope: AgentScope, where: Whereabouts): readonly Finding[] {
  return [...settingFindings(platform, scope, where), ...variableFindings(platform, scope, where)]
}

function settingFindings(platform: PlatformName, scope: AgentScope, where: Whereabouts): readonly Finding[] {
  const relevant = (SWITCHES[platform] ?? []).filter(({ stops }) => stops.includes(scope))
  return filesOf(platform, where).flatMap(({ path, scope: of }) => {
    const read = settingsOf(path)
    if (read.kind !== 'read') return []
    return relevant.filter(each => each.in.includes(of) && isOff(read.settings, each)).map(each => switchedOff(path, each))
  })
}

/** A key with points in it may be written as one. */
function isOff(settings: SettingsMap, { keys, off }: Switch): boolean {
  return off(valueAt(settings, keys)) || off(settings[keys.join('.')])
}

function switchedOff(path: string, { keys }: Switch): Finding {
  return problem(`\`${keys.join('.')}\` in ${path} switches the hook off`, 'take the setting out')
}

function variableFindings(platform: PlatformName, scope: AgentScope, { variables = {} }: Whereabouts): readonly Finding[] {
  return VARIABLES.filter(each => each.platform === platform && each.stops.includes(scope) && (variables[each.name] ?? '') !== '').map(
    ({ name }) => problem(`the environment variable ${name} switches the hook off`, `unset ${name}`),
  )
}

/** Files that the platform cannot read, and those that it passes over. */
export function fileFindings(platform: PlatformName, where: Whereabouts): readonly Finding[] {
  return filesOf(platform, where).flatMap(({ path, scope }) => {
    const read = settingsOf(path)
    const malformed = read.kind === 'malformed' ? [problem(`${path} cannot be read: ${read.why}`, MALFORMED[scope])] : []
    return [...malformed, ...(scope === 'managed' && WANT_OWNED.has(platform) ? ownedFinding(path) : [])]
  })
}

const MALFORMED: Readonly<Record<AgentScope, string>> = {
  managed: 'mend the file: the agent ignores it, or does not start',
  user: 'mend the file: nothing in it counts, the hook neither',
  project: 'mend the file: nothing in it counts, the hook neither',
}

function ownedFinding(path: string): readonly Finding[] {
  const why = whyNotManaged(path)
  return why === undefined ? [] : [problem(`${path} is passed over by the agent: ${why}`, `chown root ${path} && chmod 644 ${path}`)]
}

interface FoundFile extends Pick<Location, 'scope'> {
  readonly path: string
}

/** The JSON and TOML files that have a say in whether the hook runs, each once. */
function filesOf(platform: PlatformName, where: Whereabouts): readonly FoundFile[] {
  const all = locationsOf(platform, where)
    .filter(({ role }) => role !== 'rules')
    .flatMap(location => filesAt(location).map(path => ({ path, scope: location.scope })))
    .filter(({ path }) => /[.](json|toml)$/.test(path))
  return all.filter(({ path }, at) => all.findIndex(each => each.path === path) === at)
}
