/** Puts agsec's hook into the files of an agent, finds it there, and takes it out again. */
import { chmodSync, existsSync, mkdirSync, rmdirSync } from 'node:fs'
import { basename, dirname, join, sep } from 'node:path'
import type { AgentScope } from '../../compiler/protection/agent-files.js'
import type { PlatformName } from '../../runtime/agents/contract.js'
import { whyReplaceable } from '../engine/trusted-path.js'
import type { Home } from '../home.js'
import { fileProblem, UsageError } from '../usage-error.js'
import type { Entry, HookTexts, Placed } from './entry.js'
import { floorFile } from './floor-files.js'
import { isOurs, MARKER } from './hook-command.js'
import { commandsIn, holdsNothingElse, type Ours, withJsonEntry, withoutJsonEntry } from './json-edit.js'
import { agentFiles, entriesOf, type Location, type Whereabouts } from './locations.js'
import { opencodePluginList, PLATFORM_ENTRIES } from './platforms.js'
import { commandInPlugin } from './plugin-source.js'
import { digestOf, dropRecord, type InstallRecord, readRecord, writeRecord } from './records.js'
import { editSettings, readSettings, type SettingsFile } from './settings-text.js'
import { tomlCommands, withoutTomlEntry, withTomlEntry } from './toml-edit.js'
import { scriptOfWindowsCommand } from './windows-command.js'

/** Which platform, and for whom. */
export interface Target {
  readonly platform: PlatformName
  readonly scope: AgentScope
  readonly where: Whereabouts
}

export interface Installed {
  readonly path: string
  /** False where everything was already as it should be. */
  readonly changed: boolean
}

/** The files in which the hook of a platform belongs: one, and others that the platform would read in its place. Empty where it has none. */
export function hookFiles({ platform, scope, where }: Target): readonly string[] {
  const found = entriesOf(platform, scope, where)
  const entry = found.find(({ role }) => role === 'entry')
  if (entry === undefined) return []
  const instead = found.find(({ role, path }) => role === 'instead' && !existsSync(entry.path) && holdsHooks(path))
  const also = found.filter(({ role, path }) => role === 'also' && existsSync(path))
  return [instead ?? entry, ...also].map(({ path }: Location) => path)
}

/** The others of these files are read only where they have hooks already. */
function holdsHooks(path: string): boolean {
  return readSettings(path)?.includes('"hooks"') ?? false
}

function placedFor(target: Target, texts: HookTexts): readonly Placed[] {
  return hookFiles(target).flatMap(path => {
    const floor = texts.floor === undefined ? [] : floorFile(target.platform, target.scope, path, texts.floor)
    return [...placedAt(target, path, texts), ...floor]
  })
}

/** What is put into a settings file, and beside it: the plugin first, so that nothing names one that is not there. */
function placedAt({ platform, scope }: Target, path: string, texts: HookTexts): readonly Placed[] {
  const entry = PLATFORM_ENTRIES[platform](texts)
  if (platform !== 'opencode' || scope !== 'managed') return [{ path, entry }]
  const plugin = join(dirname(path), 'agsec.js')
  return [
    { path: plugin, entry },
    { path, entry: opencodePluginList(plugin) },
  ]
}

/** @throws UsageError where a file cannot hold the hook; files that come after it are not written then */
export function installHook(target: Target, home: Home, texts: HookTexts): readonly Installed[] {
  const placed = placedFor(target, texts)
  if (placed.length === 0) throw noSuchScope(target)
  return placed.map(each => installed(target, home, each))
}

function noSuchScope({ platform, scope, where }: Target): UsageError {
  const title = agentFiles(platform)?.title ?? platform
  return new UsageError(`${title} has no ${scope} settings for hooks on this system (${where.system})`, 'take another scope')
}

/** Takes the hook out wherever it may be, and puts back the bytes that were there where nothing else has changed. */
export function uninstallHook(target: Target, home: Home): readonly Installed[] {
  const texts = { system: target.where.system, scope: target.scope, command: MARKER, allow: 0 }
  const placed = entriesOf(target.platform, target.scope, target.where).flatMap(({ path }) => [
    ...floorFile(target.platform, target.scope, path, undefined),
    // What names the plugin goes before it.
    ...[...placedAt(target, path, texts)].reverse(),
  ])
  return placed.map(each => uninstalled(target, home, each)).filter(({ changed }) => changed)
}

export interface Found {
  readonly path: string
  readonly command: string
}

/** Where the hook is, and the command that the platform runs there. @throws UsageError where a file cannot be read */
export function installedAt(target: Target): readonly Found[] {
  return installedFiles(target).flatMap(path => {
    const command = commandAt(target, path)
    return command === undefined ? [] : [{ path, command }]
  })
}

/** The files that may hold the hook now, whatever would be chosen today. */
function installedFiles({ platform, scope, where }: Target): readonly string[] {
  const paths = entriesOf(platform, scope, where).map(({ path }) => path)
  return platform === 'opencode' && scope === 'managed' ? paths.map(path => join(dirname(path), 'agsec.js')) : paths
}

function commandAt({ platform, scope, where }: Target, path: string): string | undefined {
  const text = readSettings(path)
  if (text === undefined) return undefined
  const entry = PLATFORM_ENTRIES[platform]({ system: where.system, scope, command: MARKER, allow: 0 })
  switch (entry.kind) {
    case 'json':
      return commandsIn(path, text, isHook)[0]
    case 'toml':
      return tomlCommands(path, text, entry.event).find(isHook)
    case 'file':
      return isOwnFile(path, text) ? (commandInPlugin(text) ?? commandInScript(text)) : undefined
  }
}

/** A command of ours, for whichever shell. */
function isHook(text: string): boolean {
  return isOurs(scriptOfWindowsCommand(text) ?? text)
}

function isOwnFile(path: string, text: string): boolean {
  return text.includes('Written by `agsec install') || basename(path).includes('agsec-floor')
}

function commandInScript(text: string): string | undefined {
  return text
    .split(/\r?\n/)
    .map(line => line.replace(/^exec /, ''))
    .find(isHook)
}

function oursIn(entry: Entry & { readonly kind: 'json' }): Ours {
  const elements = entry.entry.slots.map(({ element }) => element)
  return text => isHook(text) || elements.includes(text)
}

function fileOf({ scope, where }: Target, { path, entry }: Placed): SettingsFile {
  const readable = scope === 'user' ? 0o600 : 0o644
  const mode = entry.kind === 'file' && entry.executable ? readable | (scope === 'user' ? 0o100 : 0o111) : readable
  return { path, mode, ...(scope === 'project' && where.project !== undefined ? { within: where.project } : {}) }
}

function installed(target: Target, home: Home, placed: Placed): Installed {
  const { path, entry } = placed
  const record = readRecord(home, path)
  makeFolders(dirname(path), target.scope)
  let original: Buffer | undefined
  const { before, after } = editSettings(fileOf(target, placed), (text, bytes) => {
    original = originalOf(record, bytes, () => (text === undefined ? undefined : without(path, text, entry)))
    return withEntry(path, isAsLeft(record, bytes) ? original?.toString('utf8') : text, entry)
  })
  if (after === undefined || before?.equals(after) === true) return { path, changed: false }
  writeRecord(home, path, original, after)
  return { path, changed: true }
}

function uninstalled(target: Target, home: Home, placed: Placed): Installed {
  const { path, entry } = placed
  if (!existsSync(path)) return { path, changed: false }
  const record = readRecord(home, path)
  const { before, after } = editSettings(fileOf(target, placed), (text, bytes) => {
    if (text === undefined || !hasEntry(path, text, entry)) return bytes
    return originalOf(record, bytes, () => without(path, text, entry))
  })
  dropRecord(home, path)
  if (after === undefined) removeOwnFolders(dirname(path))
  return { path, changed: before !== after && (before === undefined || after === undefined || !before.equals(after)) }
}

/** A plugin's folder that bears our name goes with its last file. */
function removeOwnFolders(folder: string): void {
  if (!folder.split(sep).includes('agsec')) return
  try {
    rmdirSync(folder)
  } catch {
    return // something else is in it
  }
  removeOwnFolders(dirname(folder))
}

/** Whether nobody has written the file since. */
function isAsLeft(record: InstallRecord | undefined, bytes: Buffer | undefined): record is InstallRecord {
  return record !== undefined && bytes !== undefined && digestOf(bytes) === record.after
}

/** The file without us: as it was, where nobody has written it since. */
function originalOf(record: InstallRecord | undefined, bytes: Buffer | undefined, edited: () => string | undefined): Buffer | undefined {
  if (isAsLeft(record, bytes)) return record.before === null ? undefined : Buffer.from(record.before, 'base64')
  const text = edited()
  return text === undefined ? undefined : Buffer.from(text, 'utf8')
}

function withEntry(path: string, text: string | undefined, entry: Entry): string {
  switch (entry.kind) {
    case 'json':
      return withJsonEntry(path, text, entry.entry, oursIn(entry))
    case 'toml':
      return withTomlEntry(path, text, entry.entry)
    case 'file':
      if (text !== undefined && !isOwnFile(path, text)) {
        throw new UsageError(`${path} is there already, and not from agsec`, 'move it away first; nothing has been written')
      }
      return entry.text
  }
}

function hasEntry(path: string, text: string, entry: Entry): boolean {
  switch (entry.kind) {
    case 'json':
      return commandsIn(path, text, oursIn(entry)).length > 0
    case 'toml':
      return withoutTomlEntry(path, text) !== text
    case 'file':
      return isOwnFile(path, text)
  }
}

/** Undefined where nothing is left of the file. */
function without(path: string, text: string, entry: Entry): string | undefined {
  switch (entry.kind) {
    case 'json': {
      const rest = withoutJsonEntry(path, text, oursIn(entry))
      return rest !== text && holdsNothingElse(path, rest, entry.entry) ? undefined : rest
    }
    case 'toml': {
      const rest = withoutTomlEntry(path, text)
      return rest === '' && rest !== text ? undefined : rest
    }
    case 'file':
      return isOwnFile(path, text) ? undefined : text
  }
}

/** Folders of the machine's configuration have to be readable by everybody, whatever the administrator's umask is. */
function makeFolders(folder: string, scope: AgentScope): void {
  if (existsSync(folder)) return
  makeFolders(dirname(folder), scope)
  try {
    mkdirSync(folder)
    if (scope === 'managed') chmodSync(folder, 0o755)
  } catch (error) {
    if (!existsSync(folder)) throw new UsageError(`cannot make the folder ${folder}: ${fileProblem(error)}`, 'nothing has been written')
  }
}

/** Why a managed file is not only the administrator's: some platforms ignore such a file without a word. */
export function whyNotManaged(path: string): string | undefined {
  return existsSync(path) ? whyReplaceable(path) : undefined
}
