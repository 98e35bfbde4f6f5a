/** `npm run corpus -- <dir>`: how the analyser and the default policies do on a folder of corpora, as one table. */
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { columns } from '../../cli/render/columns.js'
import { type Measure, type Score, shareOf } from './measure.js'
import { measures } from './measures.js'
import { Corpora } from './rows.js'
import { Subject } from './subject.js'

interface Asked {
  readonly folder: string
  readonly measures: readonly Measure[]
  readonly sample: number
  readonly json: boolean
  readonly failures: string | undefined
}

function asked(): Asked {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { json: { type: 'boolean' }, failures: { type: 'string' }, only: { type: 'string' }, sample: { type: 'string' } },
  })
  const [folder] = positionals
  if (folder === undefined) throw new Error('npm run corpus -- <dir> [--only WORDS] [--sample N] [--failures FILE] [--json]')
  const chosen = measures.filter(({ name }) => name.includes(values.only ?? ''))
  if (chosen.length === 0)
    throw new Error(`no measure holds \`${values.only}\`, expected one of: ${measures.map(({ name }) => name).join(', ')}`)
  const sample = Number(values.sample ?? Number.POSITIVE_INFINITY)
  if (!(sample > 0)) throw new Error(`--sample takes a number, found \`${values.sample}\``)
  return { folder, measures: chosen, sample, json: values.json === true, failures: values.failures }
}

interface Scored {
  readonly measure: Measure
  readonly score: Score
}

function shown({ measure, score }: Scored): readonly string[] {
  const value = score.of === 0 ? 'no rows' : (score.shown ?? `${shareOf(score).toFixed(2)} % (${score.found} of ${score.of})`)
  return [measure.name, value, measure.bar, score.of === 0 ? '' : measure.reached(score) ? 'reached' : 'missed']
}

function plain({ measure, score: { of, found, shown: text } }: Scored): object {
  return { measure: measure.name, bar: measure.bar, of, found, ...(text === undefined ? {} : { shown: text }) }
}

function main({ folder, measures: chosen, sample, json, failures }: Asked): void {
  const corpora = new Corpora(folder, sample)
  const subject = new Subject()
  const scored = chosen.map(measure => ({ measure, score: measure.score(corpora, subject) }))
  if (failures !== undefined) writeFileSync(failures, failureLines(scored))
  for (const name of corpora.missing) process.stderr.write(`${name} is not there\n`)
  process.stdout.write(
    json ? `${JSON.stringify(scored.map(plain), undefined, 2)}\n` : columns([['measure', 'found', 'bar', ''], ...scored.map(shown)]),
  )
}

function failureLines(scored: readonly Scored[]): string {
  return scored
    .flatMap(({ measure, score }) => score.failures.map(failure => `${JSON.stringify({ measure: measure.name, ...failure })}\n`))
    .join('')
}

main(asked())
