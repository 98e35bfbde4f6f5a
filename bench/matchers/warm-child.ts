/** One rival beside our matcher in one process: first whether all answers are the same, then what they cost. */
import { readFileSync, writeSync } from 'node:fs'
import { measurePaired, type Paired } from '../paired.js'
import { agsecDecision, agsecMatcher, type FindAll, openRival, readTable, type Rival, type RivalEngine } from './engines.js'

export interface MatcherTask {
  readonly tablePath: string
  readonly patterns: readonly string[]
  readonly texts: readonly string[]
  readonly rival: Rival
  readonly modules: string
  readonly warmRounds: number
  readonly warmMs: number
}

function checkAgreement({ patterns, texts }: MatcherTask, ours: FindAll, { findAll, run, takes }: RivalEngine): void {
  for (const text of texts) {
    const own = ours(text).filter(i => takes(patterns[i] ?? ''))
    const agreed = findAll === undefined ? run(text) === own.length > 0 : String(findAll(text)) === String(own)
    if (!agreed) throw new Error(`we find ${String(own)}, the rival ${String(findAll?.(text))} in ${text.slice(0, 200)}`)
  }
}

async function main(): Promise<readonly Paired[]> {
  const task: MatcherTask = JSON.parse(readFileSync(0, 'utf8'))
  const table = readTable(task.tablePath)
  const ours = agsecMatcher(table)
  const decide = agsecDecision(table)
  const rival = openRival(task.rival, task.patterns, task.modules)
  checkAgreement(task, ours, rival)
  const overAll = (name: string, run: (text: string) => unknown) => ({
    name,
    units: task.texts.length,
    run: () => task.texts.forEach(text => run(text)),
  })
  return measurePaired([overAll('matcher', ours), overAll('decision', decide), overAll(task.rival, rival.run)], task)
}

writeSync(1, `${JSON.stringify(await main())}\n`)
