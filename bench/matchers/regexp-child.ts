/** V8's RegExp on a text that may take it minutes: each pattern runs once and is told at once, so that being cut off loses nothing. */
import { readFileSync, writeSync } from 'node:fs'
import { cpuMs } from '../paired.js'

export interface RegExpTask {
  readonly patterns: readonly string[]
  readonly text: string
}

export interface RegExpRun {
  readonly ms: number
  readonly found: boolean
}

const { patterns, text }: RegExpTask = JSON.parse(readFileSync(0, 'utf8'))
for (const pattern of patterns) {
  const regExp = new RegExp(pattern)
  const start = cpuMs()
  const found = regExp.test(text)
  const run: RegExpRun = { ms: cpuMs() - start, found }
  writeSync(1, `${JSON.stringify(run)}\n`)
}
