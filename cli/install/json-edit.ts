/**
 * Our entries in a JSON settings file, put in and taken out by editing its text where they belong: comments, trailing commas, indentation,
 * line ends, a byte order mark and everything else stay as they are.
 */
import { isDeepStrictEqual } from 'node:util'
import { createScanner, type Node, type ParseError, parse, parseTree, printParseErrorCode } from 'jsonc-parser'
import { UsageError } from '../usage-error.js'

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

/** An element of a list, and the names that lead to the list. */
export interface Slot {
  readonly path: readonly [string, ...string[]]
  readonly element: Json
}

export interface JsonEntry {
  readonly slots: readonly Slot[]
  /** What the platform wants besides; kept where it is there already. */
  readonly defaults: Readonly<Record<string, Json>>
}

/** Whether a text is one of agsec's commands. */
export type Ours = (text: string) => boolean

interface Settings {
  /** As messages name it. */
  readonly file: string
  readonly text: string
  readonly root: Node
}

const BOM = '\ufeff'
const MEND = 'mend the file first; nothing has been written'

/** The text with our entry in the place of any older one; the same text where it is there already. @throws UsageError where it cannot be there */
export function withJsonEntry(file: string, text: string | undefined, entry: JsonEntry, ours: Ours): string {
  if (text === undefined || isBlank(text)) return `${JSON.stringify(freshSettings(entry), null, 2)}\n`
  if (hasEntry(parsed(file, text), entry, ours)) return text
  let edited = withoutJsonEntry(file, text, ours)
  for (const slot of entry.slots) edited = edit(file, edited, settings => withSlot(settings, slot))
  for (const [path, value] of leavesOf(entry.defaults)) edited = edit(file, edited, settings => withDefault(settings, path, value))
  return edited
}

/** The text without our entry, and without what only held it. */
export function withoutJsonEntry(file: string, text: string, ours: Ours): string {
  let edited = text
  while (!isBlank(edited)) {
    const next = edit(file, edited, settings => withoutFirst(settings, ours))
    if (next === edited) return edited
    edited = next
  }
  return edited
}

/** Agsec's commands in the text, in order. */
export function commandsIn(file: string, text: string, ours: Ours): readonly string[] {
  if (isBlank(text)) return []
  return stringsOf(parsed(file, text).root)
    .filter(({ value }) => ours(value))
    .map(({ value }) => value)
}

/** Whether nothing is left but what we would have put there. */
export function holdsNothingElse(file: string, text: string, { defaults }: JsonEntry): boolean {
  const value = valueIn(parsed(file, text).text)
  return isDeepStrictEqual(value, {}) || isDeepStrictEqual(value, defaults)
}

function isBlank(text: string): boolean {
  return text.replace(BOM, '').trim() === ''
}

function freshSettings({ slots, defaults }: JsonEntry): Json {
  const settings: { [key: string]: Json } = { ...defaults }
  for (const { path, element } of slots) {
    let map = settings
    for (const name of path.slice(0, -1)) {
      const inner = { ...asMap(map[name]) }
      map[name] = inner
      map = inner
    }
    const list = path.at(-1) ?? ''
    const before = map[list]
    map[list] = [...(isList(before) ? before : []), element]
  }
  return settings
}

function isList(json: Json | undefined): json is readonly Json[] {
  return Array.isArray(json)
}

function asMap(json: Json | undefined): { readonly [key: string]: Json } {
  return typeof json === 'object' && json !== null && !isList(json) ? json : {}
}

/** Works on the text without its byte order mark, which stays. */
function edit(file: string, text: string, change: (settings: Settings) => string): string {
  const mark = text.startsWith(BOM) ? BOM : ''
  return mark + change(parsed(file, text))
}

function parsed(file: string, marked: string): Settings {
  const text = marked.startsWith(BOM) ? marked.slice(1) : marked
  const errors: ParseError[] = []
  const root = parseTree(text, errors, { allowTrailingComma: true })
  const [error] = errors
  if (error !== undefined) throw problem(file, text, error.offset, wordsOf(error))
  if (root?.type !== 'object') throw problem(file, text, root?.offset ?? 0, 'expected a JSON object')
  return { file, text, root }
}

/** `PropertyNameExpected` in words. */
function wordsOf({ error }: ParseError): string {
  return printParseErrorCode(error)
    .replace(/(?<=[a-z])[A-Z]/g, letter => ` ${letter.toLowerCase()}`)
    .toLowerCase()
}

function problem(file: string, text: string, offset: number, what: string): UsageError {
  const before = text.slice(0, offset).split('\n')
  return new UsageError(`${file}:${before.length}:${(before.at(-1)?.length ?? 0) + 1}: ${what}`, MEND)
}

function valueIn(text: string): Json {
  return parse(text, [], { allowTrailingComma: true }) as Json // what stands in a JSON text
}

function hasEntry(parsedSettings: Settings, { slots, defaults }: JsonEntry, ours: Ours): boolean {
  const { text, root } = parsedSettings
  const settings = valueIn(text)
  const settled = leavesOf(defaults).every(([path, value]) => withDefault(parsedSettings, path, value) === text)
  const listed = slots.every(({ path, element }) => {
    const list = at(settings, path)
    return isList(list) && list.filter(each => isDeepStrictEqual(each, element)).length === 1
  })
  const wanted = slots.flatMap(({ element }) => textsOf(element)).filter(ours)
  const found = stringsOf(root).filter(({ value }) => ours(value))
  return listed && found.length === wanted.length && settled
}

function at(json: Json, path: readonly string[]): Json | undefined {
  return path.reduce<Json | undefined>((each, name) => asMap(each)[name], json)
}

function textsOf(json: Json): readonly string[] {
  if (typeof json === 'string') return [json]
  return typeof json === 'object' && json !== null ? Object.values(json).flatMap(textsOf) : []
}

interface Text {
  readonly node: Node
  readonly value: string
}

/** Every text that is a value, in order. */
function stringsOf(node: Node): readonly Text[] {
  if (node.type === 'string') return [{ node, value: String(node.value) }]
  const children = node.children ?? []
  return (node.type === 'property' ? children.slice(1) : children).flatMap(stringsOf)
}

function withSlot(settings: Settings, { path, element }: Slot): string {
  let node = settings.root
  for (const [depth, name] of path.entries()) {
    const inner = valueOf(settings, node, name)
    if (inner === undefined) return withChild(settings, node, property(name, nested(path.slice(depth + 1), element)))
    const wanted = depth === path.length - 1 ? 'array' : 'object'
    if (inner.type !== wanted) throw unlike(settings, inner, path.slice(0, depth + 1), wanted)
    node = inner
  }
  const stranger = node.children?.find(({ type }) => type !== (typeof element === 'string' ? 'string' : 'object'))
  if (stranger !== undefined) throw unlike(settings, stranger, path, 'array')
  return withChild(settings, node, indent => printed(element, indent))
}

function unlike({ file, text }: Settings, { offset }: Node, path: readonly string[], wanted: 'array' | 'object'): UsageError {
  const what = wanted === 'array' ? 'list of maps' : 'map'
  return problem(file, text, offset, `\`${path.join('.')}\` is not the ${what} that the agent reads`)
}

function nested(path: readonly string[], element: Json): Json {
  return nestedIn(path, [element])
}

function nestedIn(path: readonly string[], value: Json): Json {
  return path.reduceRight((json, name) => ({ [name]: json }), value)
}

/** The values that are no maps, by the names that lead to them. */
function leavesOf(map: { readonly [key: string]: Json }): readonly (readonly [path: readonly string[], value: Json])[] {
  return Object.entries(map).flatMap(([name, value]) => {
    const inner = leavesOf(asMap(value))
    return inner.length === 0 ? [[[name], value] as const] : inner.map(([path, leaf]) => [[name, ...path], leaf] as const)
  })
}

/** What stands there already stays, whatever it is. */
function withDefault(settings: Settings, path: readonly string[], value: Json): string {
  let node = settings.root
  for (const [depth, name] of path.entries()) {
    if (node.type !== 'object') return settings.text
    const inner = valueOf(settings, node, name)
    if (inner === undefined) return withChild(settings, node, property(name, nestedIn(path.slice(depth + 1), value)))
    node = inner
  }
  return settings.text
}

/** The value of a name. @throws UsageError where the name stands there twice: which of them counts is the reader's choice */
function valueOf({ file, text }: Settings, map: Node, name: string): Node | undefined {
  const [first, second] = (map.children ?? []).filter(({ children }) => children?.[0]?.value === name)
  if (second !== undefined) throw problem(file, text, second.offset, `\`${name}\` stands there twice`)
  return first?.children?.[1]
}

/** What is to be put in, for a place with this indentation; undefined for a place on one line. */
type Piece = (indent: Indent | undefined) => string

interface Indent {
  readonly unit: string
  readonly base: string
  readonly eol: string
}

function property(name: string, value: Json): Piece {
  return indent => `${JSON.stringify(name)}:${indent === undefined ? '' : ' '}${printed(value, indent)}`
}

function printed(json: Json, indent: Indent | undefined): string {
  if (indent === undefined) return JSON.stringify(json)
  return JSON.stringify(json, null, indent.unit).replaceAll('\n', indent.eol + indent.base)
}

/** The text with one more child at the end of a map or a list, behind a comment on the line of the one before. */
function withChild({ text }: Settings, parent: Node, piece: Piece): string {
  const { offset, length, children = [] } = parent
  const last = children.at(-1)
  if (last === undefined) return withOnlyChild(text, parent, piece)
  const oneLine = !text.slice(offset, offset + length).includes('\n')
  const indent = oneLine ? undefined : { ...layoutOf(text), base: childIndent(text, parent, last) }
  const child = `${indent === undefined ? gapBefore(text, last) : indent.eol + indent.base}${piece(indent)}`
  const end = last.offset + last.length
  const comma = commaAt(text, end)
  const at = behindComment(text, comma === undefined ? end : comma + 1)
  // Where the list ends with a comma it shall do so again.
  if (comma !== undefined) return `${text.slice(0, at)}${child},${text.slice(at)}`
  return `${text.slice(0, end)},${text.slice(end, at)}${child}${text.slice(at)}`
}

function behindComment(text: string, offset: number): number {
  const comment = /^[ \t]*(?:\/\/[^\r\n]*|\/\*(?:(?!\*\/)[^\r\n])*\*\/[ \t]*)(?=\r?\n)/.exec(text.slice(offset))
  return offset + (comment?.[0].length ?? 0)
}

/** It comes first, before any comment that was alone there. */
function withOnlyChild(text: string, { offset, length }: Node, piece: Piece): string {
  const { eol, unit } = layoutOf(text)
  const base = lineIndent(text, offset)
  const rest = text.slice(offset + 1, offset + length - 1)
  const child = `${eol}${base}${unit}${piece({ eol, unit, base: base + unit })}`
  return `${text.slice(0, offset + 1)}${child}${rest.trim() === '' ? eol + base : rest}${text.slice(offset + length - 1)}`
}

function layoutOf(text: string): { readonly eol: string; readonly unit: string } {
  return { eol: text.includes('\r\n') ? '\r\n' : '\n', unit: /^([ \t]+)\S/m.exec(text)?.[1] ?? '  ' }
}

function lineIndent(text: string, offset: number): string {
  const start = text.lastIndexOf('\n', offset - 1) + 1
  return /^[ \t]*/.exec(text.slice(start, offset))?.[0] ?? ''
}

/** The indentation of the children of a map or list: that of the last one where it begins a line. */
function childIndent(text: string, parent: Node, last: Node): string {
  const start = text.lastIndexOf('\n', last.offset - 1) + 1
  const before = text.slice(start, last.offset)
  return before.trim() === '' ? before : lineIndent(text, parent.offset) + layoutOf(text).unit
}

/** The blanks in front of a child on one line, to be repeated in front of the next. */
function gapBefore(text: string, child: Node): string {
  return /[ \t]*$/.exec(text.slice(0, child.offset))?.[0] ?? ''
}

function withoutFirst({ text, root }: Settings, ours: Ours): string {
  const found = stringsOf(root).find(({ value }) => ours(value))
  return found === undefined ? text : without(text, removable(found.node))
}

/** The largest part of the tree that holds nothing but this text: what an installation has put there. */
function removable(node: Node): Node {
  const { parent } = node
  if (parent === undefined) return node
  if (parent.type === 'array') return emptied(node, parent)
  return removable(parent)
}

function emptied(element: Node, list: Node): Node {
  const holder = list.parent
  if ((list.children?.length ?? 0) > 1 || holder?.type !== 'property') return element
  const group = holder.parent
  // A group without hooks goes with the last of them, whatever else it says.
  if (group?.parent?.type === 'array' && holder.children?.[0]?.value === 'hooks') return emptied(group, group.parent)
  return emptiedProperty(holder)
}

function emptiedProperty(property: Node): Node {
  const map = property.parent
  const holder = map?.parent
  return (map?.children?.length ?? 0) > 1 || holder?.type !== 'property' ? property : emptiedProperty(holder)
}

/** The text without a child of a map or list, its comma and the line that it began. */
function without(text: string, child: Node): string {
  const siblings = child.parent?.children ?? []
  const previous = siblings[siblings.indexOf(child) - 1]
  const end = child.offset + child.length
  const following = commaAt(text, end)
  const start = startOf(text, child, previous === undefined)
  if (following !== undefined) {
    const last = siblings.at(-1) === child
    const cut = last && previous !== undefined ? '' : text.slice(end, following)
    return text.slice(0, start) + cut.trim() + text.slice(following + 1)
  }
  if (previous === undefined) return text.slice(0, start) + withoutBlanks(text.slice(end))
  const comma = commaAt(text, previous.offset + previous.length)
  return comma === undefined
    ? text.slice(0, start) + text.slice(end)
    : text.slice(0, comma) + text.slice(comma + 1, start) + text.slice(end)
}

/** Where a child begins with the blanks and the line end in front of it. */
function startOf(text: string, { offset }: Node, first: boolean): number {
  const blanks = /(?:\r?\n)?[ \t]*$/.exec(text.slice(0, offset))?.[0] ?? ''
  return first && !blanks.includes('\n') ? offset : offset - blanks.length
}

/** What follows an only child: blanks up to the closing bracket go with it. */
function withoutBlanks(rest: string): string {
  return /^\s*[\]}]/.test(rest) ? rest.trimStart() : rest
}

/** Where the next token is, if it is a comma. */
function commaAt(text: string, offset: number): number | undefined {
  const scanner = createScanner(text, true)
  scanner.setPosition(offset)
  scanner.scan()
  const at = scanner.getTokenOffset()
  return text[at] === ',' ? at : undefined
}
