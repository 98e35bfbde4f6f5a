/** What a fuzzer found, for people. */
import type { Attack } from '../fuzz/attack.js'
import type { Judged } from '../fuzz/verify.js'
import { columns, oneLine } from './columns.js'
import { counted } from './counted.js'
import type { Palette } from './palette.js'

/** One line that is written over itself. */
export function progressText({ rewrites, seconds, covered, techniques, survivors }: Attack): string {
  return `\r${seconds.toFixed(0)} s · ${number(rewrites)} rewrites (${number(rate(rewrites, seconds))}/s) · ${number(covered)} of ${number(techniques)} techniques · ${counted(survivors.length, 'survivor')}  `
}

export function attackText(attack: Attack, judged: readonly Judged[], colour: Palette): string {
  const { rewrites, seconds, covered, techniques, seeds, seed } = attack
  const head = `${number(rewrites)} rewrites of ${counted(seeds, 'command')} in ${seconds.toFixed(1)} s (${number(rate(rewrites, seconds))}/s), ${number(covered)} of ${number(techniques)} techniques, seed ${seed}\n`
  const through = judged.filter(({ verdict }) => verdict !== 'without effect')
  const idle = judged.length - through.length
  const remark = idle === 0 ? '' : `${counted(idle, 'rewrite')} got through and had no effect in the sandbox: not listed\n`
  if (through.length === 0) return `${head}${remark}${colour.allow('nothing got through')}\n`
  return `${head}${remark}${colour.deny(`${counted(through.length, 'rewrite')} got through`)}, the shortest first\n\n${summary(through, colour)}\n# paste under \`cases:\` of a .test.yaml beside the policy\n${through.map(caseText).join('')}`
}

const SHOWN = 20

function summary(through: readonly Judged[], colour: Palette): string {
  const rows = through
    .slice(0, SHOWN)
    .map(({ survivor: { command, seed, techniques }, verdict }) => [
      `  ${oneLine(command, 70)}`,
      oneLine(`for \`${seed.command}\``, 40),
      `${techniques.map(each => oneLine(each, 40)).join(' + ')}${verdict === undefined ? '' : colour.dim(` (${verdict})`)}`,
    ])
  const rest = through.length - SHOWN
  return columns(rows) + (rest > 0 ? `  and ${rest} more\n` : '')
}

/** A case of a test file: JSON is YAML. */
function caseText({ survivor: { command, seed, techniques } }: Judged): string {
  const name = oneLine(`${seed.command}, rewritten: ${techniques.join(', ')}`, 120)
  return `  - { name: ${JSON.stringify(name)}, command: ${JSON.stringify(command)}, expect: ${seed.decision} }\n`
}

function rate(rewrites: number, seconds: number): number {
  return seconds === 0 ? 0 : Math.round(rewrites / seconds)
}

function number(value: number): string {
  return value.toLocaleString('en')
}
