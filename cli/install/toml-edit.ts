/**
 * Our entries in a TOML settings file. They stand between two comments, and every edit is read back: what the file says besides has to be
 * what it said before. A file that says the opposite of what we need is left alone.
 */
import { isDeepStrictEqual } from 'node:util'
import { parse, TomlError } from 'smol-toml'
import { UsageError } from '../usage-error.js'

export interface TomlEntry {
  /** What has to hold, as `table.name` or `name`: added where it is not said. */
  readonly settings: readonly { readonly table?: string; readonly name: string; readonly value: boolean }[]
  /** Whole tables, for the end of the file. */
  readonly tables: string
}

type Table = { readonly [key: string]: unknown }

const BEGIN = '# >>> agsec'
const END = '# <<< agsec'
const BLOCK = /^# >>> agsec[^\n]*\n[^]*?^# <<< agsec[^\n]*(?:\n|$)/gm
const MEND = 'mend the file first; nothing has been written'

/** The text with our entry in the place of any older one. @throws UsageError where it cannot be there */
export function withTomlEntry(file: string, text: string | undefined, entry: TomlEntry): string {
  const before = withoutTomlEntry(file, text ?? '')
  const said = parsed(file, before)
  const top: string[] = []
  let edited = before
  const tables: string[] = []
  for (const setting of entry.settings) {
    const { table, name, value } = setting
    const holder = table === undefined ? said : (said[table] ?? {})
    const present = isTable(holder) ? holder[name] : undefined
    if (present === value) continue
    if (present !== undefined)
      throw new UsageError(`${file} says \`${nameOf(setting)} = ${JSON.stringify(present)}\``, `agsec needs \`${value}\``)
    const line = `${name} = ${value}`
    if (table === undefined) top.push(line)
    else if (said[table] === undefined) tables.push(`[${table}]\n${line}\n`)
    else edited = inTable(edited, table, line)
  }
  const after = joined(top, edited, [...tables, entry.tables])
  verify(file, said, after, entry)
  return after
}

/** The text without our entry. */
export function withoutTomlEntry(file: string, text: string): string {
  const edited = text.replace(BLOCK, '')
  parsed(file, edited)
  return edited
}

/** The commands that the hooks of an event run. */
export function tomlCommands(file: string, text: string, event: string): readonly string[] {
  const groups = at(parsed(file, text), 'hooks', event)
  return listOf(groups)
    .flatMap(group => listOf(at(group, 'hooks')))
    .map(hook => at(hook, 'command'))
    .filter(isText)
}

/** A text as a TOML string of one line. */
export function tomlString(text: string): string {
  return JSON.stringify(text).replaceAll('\u007f', '\\u007f')
}

function nameOf({ table, name }: TomlEntry['settings'][number]): string {
  return table === undefined ? name : `${table}.${name}`
}

function block(lines: string): string {
  return `${BEGIN} (written by \`agsec install\`, taken out by \`agsec uninstall\`)\n${lines}${END}\n`
}

/** What has no table goes first: at the end it would belong to the last table. */
function joined(top: readonly string[], text: string, tables: readonly string[]): string {
  const head = top.length === 0 ? '' : block(top.map(line => `${line}\n`).join(''))
  const gap = text === '' || text.endsWith('\n') ? '' : '\n'
  return `${head}${text}${gap}${block(tables.join('\n'))}`
}

/** Below the header of a table that is there; a table that is written in another way makes the result unlike what it should be. */
function inTable(text: string, table: string, line: string): string {
  const header = new RegExp(`^[ \\t]*\\[[ \\t]*${table}[ \\t]*\\][ \\t]*(?:#[^\\n]*)?\\n`, 'm')
  return text.replace(header, found => `${found}${block(`${line}\n`)}`)
}

/** Integers beyond those of JavaScript are none of our business, but no reason to refuse a file. */
function read(text: string): Table {
  return parse(text, { integersAsBigInt: 'asNeeded' })
}

function parsed(file: string, text: string): Table {
  try {
    return read(text)
  } catch (error) {
    if (!(error instanceof TomlError)) throw error
    const what = error.message.split('\n')[0]?.replace('Invalid TOML document: ', '') ?? ''
    throw new UsageError(`${file}:${error.line}:${error.column}: ${what}`, MEND)
  }
}

/** A file that its reader refuses stops the agent for everybody on the machine: what was there and what we add has to be all there is. */
function verify(file: string, before: Table, after: string, { settings, tables }: TomlEntry): void {
  const expected = settings.reduce<Table>(
    (table, { table: name, name: key, value }) => {
      if (name === undefined) return { ...table, [key]: value }
      const inner = table[name]
      return { ...table, [name]: { ...(isTable(inner) ? inner : {}), [key]: value } }
    },
    merged(before, read(tables)),
  )
  let found: unknown
  try {
    found = read(after)
  } catch {
    found = undefined
  }
  if (!isDeepStrictEqual(plain(found), plain(expected))) {
    throw new UsageError(
      `${file} cannot be extended as it is written`,
      'write its tables as `[table]` or `[[table]]`; nothing has been written',
    )
  }
}

/** Tables are joined, lists continued. */
function merged(a: Table, b: Table): Table {
  const result: { [key: string]: unknown } = { ...a }
  for (const [key, value] of Object.entries(b)) {
    const before = result[key]
    if (Array.isArray(before) && Array.isArray(value)) result[key] = [...before, ...value]
    else result[key] = isTable(before) && isTable(value) ? merged(before, value) : value
  }
  return result
}

/** Without prototypes and dates' classes, which are no part of what a file says. */
function plain(value: unknown): unknown {
  return value === undefined
    ? undefined
    : JSON.parse(JSON.stringify(value, (_, each: unknown) => (typeof each === 'bigint' ? `${each}` : each)))
}

function isTable(value: unknown): value is Table {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date)
}

function at(value: unknown, ...names: readonly string[]): unknown {
  return names.reduce<unknown>((each, name) => (isTable(each) ? each[name] : undefined), value)
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}
