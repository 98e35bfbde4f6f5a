/** Which of many patterns a text meets: our matcher beside RegExp and re2js on ordinary texts. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runChild } from '../child.js'
import type { Effort } from '../effort.js'
import { type Rival, RIVALS, tableOf } from '../matchers/engines.js'
import { hasLookaround, REALISTIC, syntheticPatterns } from '../matchers/patterns.js'
import { COMMANDS, sourceText } from '../matchers/texts.js'
import type { MatcherTask } from '../matchers/warm-child.js'
import type { Paired } from '../paired.js'
import { installed } from '../peers/installed.js'
import { duration, type Section, type Table, times } from '../report.js'

export interface PatternSet {
  readonly name: string
  readonly patterns: readonly string[]
  readonly table: Uint8Array
  readonly tablePath: string
}

export function patternSet(folder: string, name: string, patterns: readonly string[]): PatternSet {
  const table = tableOf(patterns)
  const tablePath = join(folder, `${name.replaceAll(' ', '-')}.table`)
  writeFileSync(tablePath, table)
  return { name, patterns, table, tablePath }
}

export const RE2 = { name: 're2js', version: '2.10.0' } as const

export function measureMatchers(folder: string, effort: Effort, withNpm: boolean): Section {
  const sets = [
    patternSet(folder, '64 realistic', REALISTIC),
    ...effort.patternCounts.map(count => patternSet(folder, String(count), syntheticPatterns(count))),
  ]
  const re2 = installed(RE2, withNpm)
  const rivals = RIVALS.filter(rival => rival.startsWith('RegExp') || re2.kind === 'installed')
  const texts = textsOf(effort)
  const groups = texts.map(each => each.texts)
  const modules = re2.kind === 'installed' ? re2.folder : ''
  const cells = rivals.map(rival =>
    sets.map(({ patterns, tablePath }) => measureRival({ ...effort, tablePath, patterns, groups, rival, modules }, effort.limitMs)),
  )
  const notes = [
    `re2js leaves out the ${REALISTIC.filter(hasLookaround).length} realistic patterns with look-ahead, and the alternation tells only whether any matches`,
    ...(re2.kind === 'missing' ? [`re2js: ${re2.why}`] : []),
  ]
  const figures: Record<string, number> = {}
  const tables = texts.map(({ name, title }, group): Table => {
    const ofText = cells.map(row => row.map(measured => measured[group]))
    rivals.forEach((rival, i) =>
      sets.forEach((set, j) => {
        figures[`matchers.${name}.${rival}.${set.name}`] = ofText[i]?.[j]?.[2]?.ratio ?? Number.NaN
      }),
    )
    const columns = ['engine', ...sets.map(set => `${set.name} patterns`)]
    return { title: `Matchers, ${title}: how many times as long as ours`, columns, rows: rowsOf(rivals, ofText), notes }
  })
  return { tables, figures }
}

function textsOf({ longKb }: Effort) {
  return [
    { name: 'short', title: '40-character commands', texts: COMMANDS },
    { name: 'middle', title: 'a command of 2 KB', texts: [sourceText(2048)] },
    { name: 'long', title: `a command of ${longKb} KB`, texts: [sourceText(longKb * 1024)] },
  ] as const
}

/** Our own rows are those measured beside the first rival. */
function rowsOf(rivals: readonly Rival[], cells: readonly (readonly (readonly Paired[] | undefined)[])[]): readonly (readonly string[])[] {
  const own = cells[0] ?? []
  return [
    ['agsec, every match of one field', ...own.map(paired => `1.00 × (${duration(paired?.[0]?.ns ?? Number.NaN)})`)],
    ['agsec, the whole decision', ...own.map(paired => times(paired?.[1]?.ratio ?? Number.NaN))],
    ...rivals.map((rival, i) => [rival, ...(cells[i] ?? []).map(paired => (paired ? times(paired[2]?.ratio ?? Number.NaN) : 'cut off'))]),
  ]
}

/** By group of texts; those that the rival did not come to are missing. */
function measureRival(
  { tablePath, patterns, groups, rival, modules, warmRounds, warmMs }: MatcherTask,
  limitMs: number,
): readonly (readonly Paired[])[] {
  const task: MatcherTask = { tablePath, patterns, groups, rival, modules, warmRounds, warmMs }
  return runChild('matchers/warm-child', task, limitMs).lines as readonly (readonly Paired[])[] // what the child prints
}
