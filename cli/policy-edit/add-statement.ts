import { Document, isMap, isScalar, type Node } from 'yaml'
import { type StatementList, statementList } from './statement-list.js'
import { endOfLines, newlineOf, startOfLine } from './text-lines.js'

/** A statement as `policy add` takes it. */
export interface NewStatement {
  readonly sid: string
  readonly effect: string
  readonly actions: readonly string[]
  /** In the order given; a key may come twice. */
  readonly conditions: readonly NewCondition[]
  readonly match?: string
  readonly reason?: string
}

export interface NewCondition {
  readonly field: string
  readonly operator: string
  /** Absent for `exists` and `not_exists`. */
  readonly value?: unknown
}

const NEW_FILE = 'version: "1.0"\nstatements:\n'

/** The text with the statement added at the end of its list; an empty text becomes a policy file. */
export function addStatement(file: string, text: string, statement: NewStatement): string {
  if (text.trim() === '') return NEW_FILE + blockItem(statement, '  ', '\n')
  const list = statementList(file, text)
  switch (list.kind) {
    case 'block':
      return addToBlock(text, list, statement)
    case 'flow':
      return addToFlow(text, list, statement)
    case 'empty':
      return addToEmpty(text, list, statement)
    case 'absent':
      return `${withFinalNewline(text)}statements:${newlineOf(text)}${blockItem(statement, '  ', newlineOf(text))}`
  }
}

function addToBlock(text: string, list: StatementList & { kind: 'block' }, statement: NewStatement): string {
  const last = list.items[list.items.length - 1]
  const dash = list.dashes[list.dashes.length - 1]
  if (last === undefined || dash === undefined) return text
  const newline = newlineOf(text)
  const indent = text.slice(startOfLine(text, dash), dash)
  const at = endOfLines(text, last.end)
  const gap = statementsStandApart(text, list) ? newline : ''
  return `${withFinalNewline(text.slice(0, at))}${gap}${blockItem(statement, indent, newline)}${text.slice(at)}`
}

/** Whether a blank line separates the last two statements. */
function statementsStandApart(text: string, list: StatementList & { kind: 'block' }): boolean {
  const last = list.dashes[list.dashes.length - 1]
  const before = list.items[list.items.length - 2]
  return last !== undefined && before !== undefined && /\n[ \t]*\r?\n/.test(text.slice(before.end - 1, last))
}

function addToFlow(text: string, list: StatementList & { kind: 'flow' }, statement: NewStatement): string {
  const end = list.items[list.items.length - 1]?.end ?? list.start
  return `${text.slice(0, end)}, ${JSON.stringify(plain(statement))}${text.slice(end)}`
}

function addToEmpty(text: string, list: StatementList & { kind: 'empty' }, statement: NewStatement): string {
  const rest = endOfLines(text, list.end)
  const head = text.slice(0, list.start) + text.slice(list.end, rest)
  return `${head.trimEnd()}${newlineOf(text)}${blockItem(statement, '  ', newlineOf(text))}${text.slice(rest)}`
}

function withFinalNewline(text: string): string {
  return text === '' || text.endsWith('\n') ? text : text + newlineOf(text)
}

function blockItem(statement: NewStatement, indent: string, newline: string): string {
  const document = new Document([plain(statement)])
  const [item] = isNodeList(document.contents) ? document.contents.items : []
  if (isMap(item)) for (const pair of item.items) inFlow(pair.key, pair.value)
  const lines = document.toString({ lineWidth: 0 }).trimEnd().split('\n')
  return lines.map(line => (line === '' ? newline : indent + line + newline)).join('')
}

function isNodeList(node: unknown): node is { readonly items: readonly Node[] } {
  return typeof node === 'object' && node !== null && 'items' in node && Array.isArray(node.items)
}

/** Actions on one line, each condition on one line: as the default policies are written. */
function inFlow(key: unknown, value: unknown): void {
  const name = isScalar(key) ? key.value : undefined
  if (name === 'actions' && isNodeList(value)) Object.assign(value, { flow: true })
  if (name === 'conditions' && isMap(value))
    for (const pair of value.items) if (isNodeList(pair.value)) Object.assign(pair.value, { flow: true })
}

/** The statement as a policy file says it, keys in the usual order. */
function plain(statement: NewStatement): { readonly [key: string]: unknown } {
  return {
    sid: statement.sid,
    effect: statement.effect,
    actions: statement.actions,
    ...(statement.conditions.length === 0 ? {} : { conditions: conditionMap(statement) }),
    ...(statement.match === undefined ? {} : { match: statement.match }),
    ...(statement.reason === undefined ? {} : { reason: statement.reason }),
  }
}

/** A map cannot hold a key twice: then the conditions become a list under `all` or `any`. */
function conditionMap(statement: NewStatement): { readonly [key: string]: unknown } {
  const entries = statement.conditions.map(each => [each.field, testOf(each)] as const)
  const unique = new Set(entries.map(([field]) => field)).size === entries.length
  if (unique) return Object.fromEntries(entries)
  return { [statement.match ?? 'all']: entries.map(([field, test]) => ({ [field]: test })) }
}

function testOf(condition: NewCondition): { readonly [key: string]: unknown } {
  return condition.value === undefined ? { op: condition.operator } : { op: condition.operator, value: condition.value }
}
