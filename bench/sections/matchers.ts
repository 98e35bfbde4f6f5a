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

export function measureMatchers(folder: string, effort: Effort, mayInstall: boolean): Section {
  const sets = [
    patternSet(folder, '64 realistic', REALISTIC),
    ...effort.patternCounts.map(count => patternSet(folder, String(count), syntheticPatterns(count))),
  ]
  const re2 = installed(RE2, mayInstall)
  const rivals = RIVALS.filter(rival => rival.startsWith('RegExp') || re2.kind === 'installed')
  const measure = (set: PatternSet, texts: readonly string[], rival: Rival) =>
    measureRival({ ...set, texts, rival, modules: re2.kind === 'installed' ? re2.folder : '', ...effort }, effort.limitMs)
  const notes = [
    `re2js leaves out the ${REALISTIC.filter(hasLookaround).length} realistic patterns with look-ahead, and the alternation tells only whether any matches`,
    ...(re2.kind === 'missing' ? [`re2js: ${re2.why}`] : []),
  ]
  const texts = [
    { name: 'short', title: '40-character commands', texts: COMMANDS },
    { name: '2KB', title: 'a command of 2 KB', texts: [sourceText(2048)] },
    { name: 'long', title: `a command of ${effort.longKb} KB`, texts: [sourceText(effort.longKb * 1024)] },
  ]
  const figures: Record<string, number> = {}
  const tables = texts.map(({ name, title, texts }): Table => {
    const cells = rivals.map(rival => sets.map(set => measure(set, texts, rival)))
    rivals.forEach((rival, i) =>
      sets.forEach((set, j) => {
        figures[`matchers.${name}.${rival}.${set.name}`] = cells[i]?.[j]?.[2]?.ratio ?? Number.NaN
      }),
    )
    return {
      title: `Matchers, ${title}: how many times as long as ours`,
      columns: ['engine', ...sets.map(set => `${set.name} patterns`)],
      rows: rowsOf(rivals, cells),
      notes,
    }
  })
  return { tables, figures }
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

/** Undefined where the rival was cut off. */
function measureRival(
  { tablePath, patterns, texts, rival, modules, warmRounds, warmMs }: MatcherTask,
  limitMs: number,
): readonly Paired[] | undefined {
  const task: MatcherTask = { tablePath, patterns, texts, rival, modules, warmRounds, warmMs }
  const { lines } = runChild('matchers/warm-child', task, limitMs)
  return (lines as readonly [(readonly Paired[])?])[0] // what the child prints
}
