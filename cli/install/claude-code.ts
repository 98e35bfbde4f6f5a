/** The entry in Claude Code's settings file: put in, found again, and taken out, with everything else in the file kept. */
import { copyFileSync, existsSync, mkdirSync, readFileSync, realpathSync, rmSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { replaceFile } from '../replace-file.js'
import { UsageError } from '../usage-error.js'
import { isOurs } from './hook-command.js'
import { jsonError } from './json-error.js'

/** Seconds that the platform waits; what is left unanswered then is blocked by `onFailure`. */
const TIMEOUT_S = 10

export interface Installed {
  readonly settings: string
  /** False where everything was already as it should be. */
  readonly changed: boolean
  readonly backup?: string
}

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }
type JsonMap = { readonly [key: string]: Json }

/** @param folder the home of a user, or a project */
export function claudeSettings(folder: string): string {
  return join(folder, '.claude', 'settings.json')
}

/** @throws UsageError where the file is no JSON object, or its hooks are not what the platform reads; nothing is written then */
export function installClaudeCode(settings: string, command: string): Installed {
  const target = targetOf(settings)
  const text = readText(target)
  const current = text === undefined ? {} : parseSettings(target, text)
  const wanted = withEntry(target, withoutEntry(target, current), command)
  if (isDeepStrictEqual(current, wanted)) return { settings, changed: false }
  const backup = text === undefined ? undefined : backUp(target)
  writeSettings(target, wanted, text)
  return { settings, changed: true, ...(backup === undefined ? {} : { backup }) }
}

/** Takes our entry out; puts the bytes of a backup back where that leaves what the backup holds. */
export function uninstallClaudeCode(settings: string): Installed {
  const target = targetOf(settings)
  const text = readText(target)
  if (text === undefined) return { settings, changed: false }
  const current = parseSettings(target, text)
  const wanted = withoutEntry(target, current)
  if (isDeepStrictEqual(current, wanted)) return { settings, changed: false }
  const original = backups(target).find(backup =>
    isDeepStrictEqual(withoutEmptyHooks(parseOrUndefined(backup) ?? {}), withoutEmptyHooks(wanted)),
  )
  if (original !== undefined) replaceFile(target, readFileSync(original), modeOf(target))
  else if (Object.keys(wanted).length === 0) rmSync(target)
  else writeSettings(target, wanted, text)
  for (const backup of backups(target)) rmSync(backup)
  return { settings, changed: true }
}

/** Whether our entry is there, and with which command. */
export function installedCommand(settings: string): string | undefined {
  const text = readText(targetOf(settings))
  if (text === undefined) return undefined
  const found = preToolUse(settings, parseSettings(settings, text))
    .flatMap(hooksOf)
    .find(hook => isOurs(hook['command']))
  return typeof found?.['command'] === 'string' ? found['command'] : undefined
}

/** A settings file that is a link is written where it leads. */
function targetOf(settings: string): string {
  return existsSync(settings) ? realpathSync(settings) : settings
}

function readText(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined
}

function parseSettings(path: string, text: string): JsonMap {
  if (text.trim() === '') return {}
  let json: Json
  try {
    json = JSON.parse(text) as Json // JSON.parse gives nothing else
  } catch (error) {
    throw new UsageError(`${path}${jsonError(text, error)}`, 'mend the file first; nothing has been written')
  }
  if (!isMap(json)) throw new UsageError(`${path} is no JSON object`, 'mend the file first; nothing has been written')
  return json
}

function parseOrUndefined(path: string): JsonMap | undefined {
  try {
    return parseSettings(path, readFileSync(path, 'utf8'))
  } catch {
    return undefined
  }
}

function isMap(json: Json | undefined): json is JsonMap {
  return typeof json === 'object' && json !== null && !Array.isArray(json)
}

function preToolUse(path: string, settings: JsonMap): readonly JsonMap[] {
  const hooks = settings['hooks'] ?? {}
  const entries = isMap(hooks) ? (hooks['PreToolUse'] ?? []) : undefined
  if (!Array.isArray(entries) || !entries.every(isMap)) {
    throw new UsageError(
      `${path}: \`hooks.PreToolUse\` is not the list of maps that Claude Code reads`,
      'mend the file first; nothing has been written',
    )
  }
  return entries
}

function hooksOf(entry: JsonMap): readonly JsonMap[] {
  const hooks = entry['hooks']
  return Array.isArray(hooks) ? hooks.filter(isMap) : []
}

function withEntry(path: string, settings: JsonMap, command: string): JsonMap {
  const hook = { type: 'command', command, timeout: TIMEOUT_S, onFailure: 'block', statusMessage: 'agsec' }
  const hooks = isMap(settings['hooks']) ? settings['hooks'] : {}
  return { ...settings, hooks: { ...hooks, PreToolUse: [...preToolUse(path, settings), { matcher: '*', hooks: [hook] }] } }
}

/** An empty map of hooks says what none says. */
function withoutEmptyHooks({ hooks, ...rest }: JsonMap): JsonMap {
  return hooks === undefined || isDeepStrictEqual(hooks, {}) ? rest : { ...rest, hooks }
}

/** The settings without our hook, and without what only held it. */
function withoutEntry(path: string, settings: JsonMap): JsonMap {
  const entries = preToolUse(path, settings)
  if (!entries.some(entry => hooksOf(entry).some(hook => isOurs(hook['command'])))) return settings
  const kept = entries.map(withoutOurs).filter(entry => entry !== undefined)
  const { PreToolUse: _, ...others } = isMap(settings['hooks']) ? settings['hooks'] : {}
  const hooks = kept.length === 0 ? others : { ...others, PreToolUse: kept }
  const { hooks: __, ...rest } = settings
  return Object.keys(hooks).length === 0 ? rest : { ...settings, hooks }
}

function withoutOurs(entry: JsonMap): JsonMap | undefined {
  const hooks = hooksOf(entry)
  const kept = hooks.filter(hook => !isOurs(hook['command']))
  if (kept.length === hooks.length) return entry
  return kept.length === 0 ? undefined : { ...entry, hooks: kept }
}

function writeSettings(path: string, settings: JsonMap, before: string | undefined): void {
  const indent = before === undefined ? '  ' : (/^[ \t]+/m.exec(before)?.[0] ?? '  ')
  mkdirSync(dirname(path), { recursive: true })
  replaceFile(path, `${JSON.stringify(settings, null, indent)}\n`, modeOf(path))
}

/** The permissions of the file, or those of a new one. */
function modeOf(path: string): number {
  return existsSync(path) ? statSync(path).mode & 0o777 : 0o600
}

/** The backups of a settings file, the oldest first. */
function backups(path: string): readonly string[] {
  const found: string[] = []
  for (let n = 1; existsSync(backupName(path, n)); n++) found.push(backupName(path, n))
  return found
}

function backUp(path: string): string {
  const name = backupName(path, backups(path).length + 1)
  copyFileSync(path, name)
  return name
}

function backupName(path: string, n: number): string {
  return `${path}.agsec-backup-${n}`
}
