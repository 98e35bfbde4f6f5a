/** One rival beside our matcher in one process: first whether all answers are the same, then what they cost. */
import { readFileSync, writeSync } from 'node:fs'
import { measurePaired, type Paired } from '../paired.js'
import { agsecDecision, agsecMatcher, type FindAll, openRival, readTable, type Rival, type RivalEngine } from './engines.js'

export interface MatcherTask {
  readonly tablePath: string
  readonly patterns: readonly string[]
  /** Groups of texts, each measured as one. */
  readonly groups: readonly (readonly string[])[]
  readonly rival: Rival
  readonly modules: string
  readonly warmRounds: number
  readonly warmMs: number
}

function checkAgreement({ patterns, groups }: MatcherTask, ours: FindAll, { findAll, run, takes }: RivalEngine): void {
  for (const text of groups.flat()) {
    const own = ours(text).filter(i => takes(patterns[i] ?? ''))
    const agreed = findAll === undefined ? run(text) === own.length > 0 : String(findAll(text)) === String(own)
    if (!agreed) throw new Error(`we find ${String(own)}, the rival ${String(findAll?.(text))} in ${text.slice(0, 200)}`)
  }
}

async function main(): Promise<void> {
  const task: MatcherTask = JSON.parse(readFileSync(0, 'utf8'))
  const table = readTable(task.tablePath)
  const ours = agsecMatcher(table)
  const decide = agsecDecision(table)
  const rival = openRival(task.rival, task.patterns, task.modules)
  checkAgreement(task, ours, rival)
  for (const texts of task.groups) {
    const overAll = (name: string, run: (text: string) => unknown) => ({
      name,
      units: texts.length,
      run: () => texts.forEach(text => run(text)),
    })
    const measured: readonly Paired[] = await measurePaired(
      [overAll('matcher', ours), overAll('decision', decide), overAll(task.rival, rival.run)],
      task,
    )
    // At once, so that being cut off loses only what is not measured yet.
    writeSync(1, `${JSON.stringify(measured)}\n`)
  }
}

await main()
