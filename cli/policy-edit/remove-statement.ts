import { UsageError } from '../usage-error.js'
import { type ListedStatement, type StatementList, statementList } from './statement-list.js'
import { endOfLines, newlineOf, startOfLine } from './text-lines.js'

/** The text without the statement that `wanted` picks; undefined where it picks none. */
export function removeStatement(
  file: string,
  text: string,
  wanted: (statement: ListedStatement, index: number) => boolean,
): string | undefined {
  const list = statementList(file, text)
  if (list.kind === 'absent' || list.kind === 'empty') return undefined
  const at = list.items.findIndex(wanted)
  if (at === -1) return undefined
  return list.kind === 'block' ? removeFromBlock(text, list, at) : removeFromFlow(file, text, list, at)
}

function removeFromBlock(text: string, list: StatementList & { kind: 'block' }, at: number): string {
  const item = list.items[at]
  const dash = list.dashes[at]
  if (item === undefined || dash === undefined) return text
  const start = startOfLine(text, dash)
  const end = endOfLines(text, item.end)
  if (list.items.length === 1)
    return `${text.slice(0, start)}${' '.repeat(Math.max(2, dash - start))}[]${newlineOf(text)}${text.slice(end)}`
  return joinWithoutSeparator(text.slice(0, start), text.slice(end), at === list.items.length - 1)
}

/** Of the blank lines around the statement, the one that set it apart goes with it. */
function joinWithoutSeparator(before: string, after: string, wasLast: boolean): string {
  if (!/\n[ \t]*\r?\n$/.test(before)) return before + after
  const blank = /^[ \t]*\r?\n/
  if (blank.test(after)) return before + after.replace(blank, '')
  return (wasLast ? before.replace(/[ \t]*\r?\n$/, '') : before) + after
}

function removeFromFlow(file: string, text: string, list: StatementList & { kind: 'flow' }, at: number): string {
  const item = list.items[at]
  if (item === undefined) return text
  const next = list.items[at + 1]
  const previous = list.items[at - 1]
  const start = next === undefined ? (previous?.end ?? item.start) : item.start
  const end = next?.start ?? item.end
  if (text.slice(start, item.start).includes('#') || text.slice(item.end, end).includes('#')) {
    throw new UsageError(`a comment stands between the statements in brackets in \`${file}\``, 'edit the file by hand')
  }
  return text.slice(0, start) + text.slice(end)
}
