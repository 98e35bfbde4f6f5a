/** What a compilation gave, in figures, for people. */
import type { CompileStats, Counts } from '../../compiler/stats.js'
import { columns } from './columns.js'
import { counted } from './counted.js'

export function statsText(stats: CompileStats): string {
  return [passesText(stats), foundText(stats), patternsText(stats), tableText(stats), phasesText(stats)].join('\n')
}

const COUNTS: readonly (readonly [string, (counts: Counts) => number])[] = [
  ['statements', counts => counts.statements],
  ['never apply', counts => counts.neverApply],
  ['tests', counts => counts.tests],
  ['patterns', counts => counts.patterns],
  ['states', counts => counts.states],
  ['nodes', counts => counts.nodes],
  ['actions', counts => counts.actions],
  ['by value', counts => counts.byValue],
  ['by literals', counts => counts.byLiterals],
]

/** One row a pass; a figure stands where the pass changed it. */
function passesText({ lowered, passes, phases }: CompileStats): string {
  const rows = passes.map(({ name, after }, i) => {
    const before = passes[i - 1]?.after ?? lowered
    const changes = COUNTS.map(([, of]) => (of(after) === of(before) ? '' : figure(of(after))))
    return [name, ...changes, milliseconds(phases.find(phase => phase.name === name)?.ms ?? 0)]
  })
  return columns([
    ['pass', ...COUNTS.map(([name]) => name), 'time'],
    ['(lowered)', ...COUNTS.map(([, of]) => figure(of(lowered))), ''],
    ...rows,
  ])
}

function foundText({ lowered, passes, unindexed }: CompileStats): string {
  const { statements, neverApply, byValue, byLiterals } = passes.at(-1)?.after ?? lowered
  const summary = `${counted(statements, 'statement')}: ${byValue} found by a value, ${byLiterals} by literals, ${neverApply} never, ${unindexed.length} decided on every request for their actions\n`
  return summary + columns(unindexed.map(({ sid, source, why }) => [`  ${sid}`, source, why.join('; ')]))
}

function patternsText({ patterns }: CompileStats): string {
  const total = patterns.reduce((sum, kind) => sum + kind.count, 0)
  return `${counted(total, 'pattern')}\n${columns(patterns.map(({ kind, count, states }) => [`  ${kind}`, figure(count), counted(states, 'state')]))}`
}

function tableText({ table }: CompileStats): string {
  const rows = table.sections
    .filter(section => section.bytes > 0)
    .map(({ name, bytes, count }) => [`  ${name}`, figure(bytes), `${figure(count)} entries`])
  return `table of ${figure(table.bytes)} bytes\n${columns(rows)}`
}

function phasesText({ phases }: CompileStats): string {
  const total = phases.reduce((sum, phase) => sum + phase.ms, 0)
  return `compiled in ${milliseconds(total)}\n${columns(phases.map(({ name, ms }) => [`  ${name}`, milliseconds(ms)]))}`
}

/** Digits in groups of three. */
function figure(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',')
}

function milliseconds(ms: number): string {
  return `${ms.toFixed(1)} ms`
}
