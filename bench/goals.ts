/** What the project promises itself, each a bar on a figure of the run. */
import type { Figures, Table } from './report.js'

interface Goal {
  readonly what: string
  /** The figure's name, see the sections. */
  readonly figure: string
  readonly bar: { readonly atLeast: number } | { readonly atMost: number }
  readonly unit: '×' | 'ns' | 'bytes'
}

const GOALS: readonly Goal[] = [
  { what: 'cold hook at 100 statements, to a do-nothing hook', figure: 'cold.plain.100', bar: { atMost: 1.05 }, unit: '×' },
  { what: 'cold hook at 10,000 statements, to a do-nothing hook', figure: 'cold.plain.10000', bar: { atMost: 1.1 }, unit: '×' },
  { what: 'the hook as installed, at 100 statements', figure: 'cold.installed.100', bar: { atMost: 1.05 }, unit: '×' },
  {
    what: 'cold, naive YAML interpreter at 1,000, to agsec',
    figure: 'peers.cold.naive YAML interpreter.1000',
    bar: { atLeast: 9 },
    unit: '×',
  },
  { what: 'cold, naive YAML interpreter at 10,000', figure: 'peers.cold.naive YAML interpreter.10000', bar: { atLeast: 45 }, unit: '×' },
  { what: 'cold, cedar-wasm at 1,000', figure: 'peers.cold.cedar-wasm.1000', bar: { atLeast: 10 }, unit: '×' },
  { what: 'cold, cedar-wasm at 10,000', figure: 'peers.cold.cedar-wasm.10000', bar: { atLeast: 22 }, unit: '×' },
  { what: 'warm growth, 10 to 10,000 statements', figure: 'warm.growth.10000', bar: { atMost: 3.5 }, unit: '×' },
  { what: 'warm, a call that is no shell command, 1,000 statements', figure: 'warm.other.1000', bar: { atMost: 300 }, unit: 'ns' },
  {
    what: 'warm, naive YAML interpreter at 1,000, to agsec',
    figure: 'peers.warm.naive YAML interpreter.1000',
    bar: { atLeast: 500 },
    unit: '×',
  },
  { what: 'warm, CASL at 1,000', figure: 'peers.warm.CASL.1000', bar: { atLeast: 150 }, unit: '×' },
  { what: 'warm, cedar-wasm at 1,000', figure: 'peers.warm.cedar-wasm.1000', bar: { atLeast: 7500 }, unit: '×' },
  { what: 'the kernel without a policy', figure: 'compile.kernelBytes', bar: { atMost: 30 * 1024 }, unit: 'bytes' },
  { what: 'table bytes a pattern at 1,000 statements', figure: 'compile.bytesPerPattern.1000', bar: { atMost: 1.6 * 1024 }, unit: 'bytes' },
]

export function goalsTable(figures: Figures): Table {
  return {
    title: 'Goals',
    columns: ['goal', 'bar', 'measured', 'met'],
    rows: GOALS.map(goal => [goal.what, barOf(goal), measuredOf(goal, figures[goal.figure]), verdict(goal, figures[goal.figure])]),
  }
}

function barOf({ bar, unit }: Goal): string {
  return 'atLeast' in bar ? `≥ ${shown(bar.atLeast, unit)}` : `≤ ${shown(bar.atMost, unit)}`
}

function measuredOf({ unit }: Goal, value: number | undefined): string {
  return value === undefined || Number.isNaN(value) ? '–' : shown(value, unit)
}

function shown(value: number, unit: Goal['unit']): string {
  const digits = value >= 100 ? 0 : 2
  return `${value.toLocaleString('en', { maximumFractionDigits: digits })} ${unit}`
}

function verdict({ bar }: Goal, value: number | undefined): string {
  if (value === undefined || Number.isNaN(value)) return 'not measured'
  return ('atLeast' in bar ? value >= bar.atLeast : value <= bar.atMost) ? 'yes' : 'no'
}
