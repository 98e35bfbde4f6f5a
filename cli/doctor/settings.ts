/** Agents' settings files as the doctor reads them: whatever is in the way is something to tell, never a reason to stop. */
import { readdirSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { parse, type ParseError } from 'jsonc-parser'
import { parse as parseToml } from 'smol-toml'
import type { Location } from '../install/locations.js'
import { readSettings } from '../install/settings-text.js'
import { UsageError } from '../usage-error.js'

export type SettingsMap = { readonly [key: string]: unknown }

export type Settings =
  | { readonly kind: 'none' }
  | { readonly kind: 'read'; readonly settings: SettingsMap }
  | { readonly kind: 'malformed'; readonly why: string }

/** The files that a location names, which may have a `*` for any name; those that are there. */
export function filesAt({ path }: Location): readonly string[] {
  if (!path.includes('*')) return [path]
  const [before = '', after = ''] = basename(path).split('*')
  if (dirname(path).includes('*')) return []
  return namesIn(dirname(path))
    .filter(name => name.startsWith(before) && name.endsWith(after) && !name.startsWith('.'))
    .map(name => join(dirname(path), name))
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort()
  } catch {
    return []
  }
}

export function settingsOf(path: string): Settings {
  try {
    const text = readSettings(path)
    if (text === undefined) return { kind: 'none' }
    return path.endsWith('.toml') ? asSettings(parseToml(text)) : settingsInJson(text)
  } catch (error) {
    const why = error instanceof UsageError ? error.message : firstLine(error)
    return { kind: 'malformed', why }
  }
}

/** With comments and trailing commas, which most of these platforms read. */
function settingsInJson(text: string): Settings {
  if (text.trim() === '') return { kind: 'read', settings: {} }
  const errors: ParseError[] = []
  const value: unknown = parse(text, errors, { allowTrailingComma: true })
  const [error] = errors
  if (error === undefined) return asSettings(value)
  const before = text.slice(0, error.offset).split('\n')
  return { kind: 'malformed', why: `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1} is no JSON` }
}

function asSettings(value: unknown): Settings {
  return isMap(value) ? { kind: 'read', settings: value } : { kind: 'malformed', why: 'it holds no map of settings' }
}

export function isMap(value: unknown): value is SettingsMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** What stands at a path of keys. */
export function valueAt(settings: SettingsMap, keys: readonly string[]): unknown {
  return keys.reduce<unknown>((value, key) => (isMap(value) && Object.hasOwn(value, key) ? value[key] : undefined), settings)
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? ''
}
