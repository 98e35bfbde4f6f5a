/** What the analysis of an ordinary command takes, warm, beside another parser of bash in the same run. */
import { parse } from 'unbash'
import { emptyWorld } from '../../test/superset/world.js'
import type { Measure } from './measure.js'
import type { Subject } from './subject.js'

const COMMANDS = 2000
const BAR_US = 40

export const time: Measure = {
  name: 'time per benign command (median)',
  bar: `≤ ${BAR_US} µs`,
  reached: ({ found }) => found <= BAR_US,
  score: (corpora, subject) => {
    const rows = corpora.rows('commands/benign.jsonl')
    const step = Math.max(1, Math.floor(rows.length / COMMANDS))
    const commands = rows.filter((_, i) => i % step === 0).map(({ command }) => command)
    const ours = medianOf(commands, command => analysed(subject, command))
    const theirs = medianOf(commands, command => parse(command))
    return { of: commands.length, found: ours, failures: [], shown: `${ours.toFixed(1)} µs (unbash parses in ${theirs.toFixed(1)})` }
  },
}

function analysed(subject: Subject, command: string): void {
  subject.analyse(command, emptyWorld)
}

/** Passes over all commands before the one that counts: the engine compiles what is hot in the background, after some time. */
const WARMING = 4

/** In microseconds. */
function medianOf(commands: readonly string[], work: (command: string) => void): number {
  for (let pass = 0; pass < WARMING; pass++) for (const command of commands) work(command)
  const times = commands.map(command => {
    const start = performance.now()
    work(command)
    return performance.now() - start
  })
  return 1000 * (times.sort((a, b) => a - b)[times.length >> 1] ?? 0)
}
