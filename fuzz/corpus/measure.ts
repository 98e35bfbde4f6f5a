/** What is counted over a corpus, against what bar. */
import type { Corpora } from './rows.js'
import type { Subject } from './subject.js'

/** One row that went against the measure, and what was said of it. */
export interface Failure {
  readonly command: string
  readonly said: string
  readonly [detail: string]: unknown
}

export interface Score {
  /** Rows of the measure, and those that count against it or for it, as its name says. */
  readonly of: number
  readonly found: number
  readonly failures: readonly Failure[]
  /** Shown instead of a share where that is no share. */
  readonly shown?: string
}

export interface Measure {
  readonly name: string
  /** For people: `≥ 99.5 %`. */
  readonly bar: string
  reached(score: Score): boolean
  score(corpora: Corpora, subject: Subject): Score
}

/** Counts the rows of which `judge` says something. */
export function failuresOf<Row extends { readonly command: string }>(
  rows: readonly Row[],
  judge: (row: Row) => string | undefined,
  detail: (row: Row) => Readonly<Record<string, unknown>> = () => ({}),
): readonly Failure[] {
  return rows.flatMap(row => {
    const said = judge(row)
    return said === undefined ? [] : [{ command: row.command, said, ...detail(row) }]
  })
}

export function shareOf({ found, of }: Pick<Score, 'found' | 'of'>): number {
  return of === 0 ? 0 : (100 * found) / of
}

export const atMost = (percent: number) => (score: Score) => shareOf(score) <= percent
export const atLeast = (percent: number) => (score: Score) => shareOf(score) >= percent
