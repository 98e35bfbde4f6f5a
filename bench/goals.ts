/** What the project promises itself, each a bar on a figure of the run. */
import { type Figures, type Table, times } from './report.js'

export interface Goal {
  readonly what: string
  /** The figure's name, see the sections. */
  readonly figure: string
  readonly bar: { readonly atLeast: number } | { readonly atMost: number }
  readonly unit: '×' | 'ns' | 'bytes' | '/s'
}

export const GOALS: readonly Goal[] = [
  { what: 'cold hook at 100 statements, to a do-nothing hook', figure: 'cold.plain.100', bar: { atMost: 1.05 }, unit: '×' },
  { what: 'cold hook at 10,000 statements', figure: 'cold.plain.10000', bar: { atMost: 1.1 }, unit: '×' },
  { what: 'cold hook as installed, at 100 statements', figure: 'cold.installed.100', bar: { atMost: 1.05 }, unit: '×' },
  { what: 'cold hook on Bun, to a do-nothing Node hook', figure: 'engines.agsec hook on bun', bar: { atMost: 0.55 }, unit: '×' },
  {
    what: 'cold hook on QuickJS (quickjs-ng), a file to be read',
    figure: 'engines.agsec hook on quickjs-ng, a file to be read',
    bar: { atMost: 0.2 },
    unit: '×',
  },
  {
    what: 'cold hook on QuickJS (quickjs-ng), a shell command',
    figure: 'engines.agsec hook on quickjs-ng',
    bar: { atMost: 0.35 },
    unit: '×',
  },
  {
    what: 'cold, naive YAML interpreter at 1,000, to agsec',
    figure: 'peers.cold.naive YAML interpreter.1000',
    bar: { atLeast: 9 },
    unit: '×',
  },
  { what: 'cold, naive YAML interpreter at 10,000', figure: 'peers.cold.naive YAML interpreter.10000', bar: { atLeast: 45 }, unit: '×' },
  { what: 'cold, cedar-wasm at 1,000', figure: 'peers.cold.cedar-wasm.1000', bar: { atLeast: 10 }, unit: '×' },
  { what: 'cold, cedar-wasm at 10,000', figure: 'peers.cold.cedar-wasm.10000', bar: { atLeast: 22 }, unit: '×' },
  { what: 'cold, opa-wasm at 1,000', figure: 'peers.cold.opa-wasm.1000', bar: { atLeast: 4.5 }, unit: '×' },
  { what: 'cold, opa-wasm at 10,000', figure: 'peers.cold.opa-wasm.10000', bar: { atLeast: 17 }, unit: '×' },
  { what: 'cold, cc-safety-net, to agsec at 1,000', figure: 'peers.cold.cc-safety-net.1000', bar: { atLeast: 2.3 }, unit: '×' },
  { what: 'warm growth, 10 to 10,000 statements', figure: 'warm.growth.10000', bar: { atMost: 3.5 }, unit: '×' },
  { what: 'warm, a call that is no shell command, 1,000 statements', figure: 'warm.other.1000', bar: { atMost: 300 }, unit: 'ns' },
  { what: 'warm, what an ordinary command does, median', figure: 'shell.warm', bar: { atMost: 40_000 }, unit: 'ns' },
  { what: 'cold, what a shell call adds, to a do-nothing hook', figure: 'shell.cold', bar: { atMost: 0.1 }, unit: '×' },
  { what: 'a stream, ordinary commands that come again', figure: 'ndjson.perSecond', bar: { atLeast: 50_000 }, unit: '/s' },
  { what: 'a stream, new requests that are no commands', figure: 'ndjson.otherPerSecond', bar: { atLeast: 50_000 }, unit: '/s' },
  { what: 'a stream, one request there and back', figure: 'ndjson.roundTrip', bar: { atMost: 200_000 }, unit: 'ns' },
  {
    what: 'warm, naive YAML interpreter at 1,000, to agsec',
    figure: 'peers.warm.naive YAML interpreter.1000',
    bar: { atLeast: 500 },
    unit: '×',
  },
  { what: 'warm, CASL at 1,000', figure: 'peers.warm.CASL.1000', bar: { atLeast: 150 }, unit: '×' },
  { what: 'warm, cedar-wasm at 1,000', figure: 'peers.warm.cedar-wasm.1000', bar: { atLeast: 7500 }, unit: '×' },
  {
    what: 'RegExp one by one, 64 realistic patterns, to our matcher',
    figure: 'matchers.short.RegExp, one by one.64 realistic',
    bar: { atLeast: 10 },
    unit: '×',
  },
  { what: 'RegExp one by one, 1,000 patterns', figure: 'matchers.short.RegExp, one by one.1000', bar: { atLeast: 300 }, unit: '×' },
  { what: 'RegExp on 80 KB of repeated tool names', figure: 'adversarial.regExp.80', bar: { atLeast: 1000 }, unit: '×' },
  { what: 'RegExp for `git.*push.*--force` on repeated `git push`', figure: 'adversarial.forcePush', bar: { atLeast: 1000 }, unit: '×' },
  { what: 'hard patterns: the worst text to an ordinary one', figure: 'adversarial.toBenign', bar: { atMost: 1.5 }, unit: '×' },
  // A tenth more than twice, since two measured times never divide exactly.
  { what: 'twice the text, at most twice the time', figure: 'adversarial.doubling', bar: { atMost: 2.2 }, unit: '×' },
  {
    what: 'compiling 10,000 statements, OPA to WebAssembly, to ours',
    figure: 'peers.compile.opa-wasm.10000',
    bar: { atLeast: 10 },
    unit: '×',
  },
  { what: 'in code, check() of no shell command, to JSON.parse', figure: 'sdk.toParse', bar: { atMost: 5 }, unit: '×' },
  { what: 'in code, check() of an ordinary command, median', figure: 'sdk.shell', bar: { atMost: 60_000 }, unit: 'ns' },
  { what: 'in code, a streamed answer of 10,000 pieces, with the guard', figure: 'sdk.streamShare', bar: { atMost: 1.01 }, unit: '×' },
  ...['openai', 'anthropic', 'gateway'].flatMap(client => [
    streamGoal(client, 'at 10,000 chunks a second: time', 'pacedWall'),
    streamGoal(client, 'at full speed: time', 'fullWall'),
    streamGoal(client, 'at full speed: of the processor', 'fullCpu'),
  ]),
  { what: 'the entry of the SDK, gzip', figure: 'sdk.entryBytes', bar: { atMost: 40 * 1024 }, unit: 'bytes' },
  { what: 'the kernel without a policy', figure: 'compile.kernelBytes', bar: { atMost: 30 * 1024 }, unit: 'bytes' },
  { what: 'what only shell calls need, beside it', figure: 'compile.shellBytes', bar: { atMost: 45 * 1024 }, unit: 'bytes' },
  { what: 'table bytes a pattern at 1,000 statements', figure: 'compile.bytesPerPattern.1000', bar: { atMost: 1.6 * 1024 }, unit: 'bytes' },
]

/** Wrapping a client of a streamed answer of 10,000 chunks adds a percent at most. */
function streamGoal(client: string, how: string, figure: string): Goal {
  const name = client === 'gateway' ? 'ai' : client
  return {
    what: `in code, a stream of \`${name}\`, to one without a guard, ${how}`,
    figure: `sdk.stream.${client}.${figure}`,
    bar: { atMost: 1.01 },
    unit: '×',
  }
}

/** What no bar says, and a reader should know. */
function ties(figures: Figures): readonly string[] {
  const loop = (size: number) => figures[`peers.warm.plain loop, cached RegExp.${size}`]
  const [atTen = Number.NaN, atHundred = Number.NaN] = [loop(10), loop(100)]
  if (Number.isNaN(atTen)) return []
  const verdict = atTen > 1.25 ? 'is slower than agsec' : atTen < 0.8 ? 'is faster than agsec' : 'is about as fast as agsec'
  const then = Number.isNaN(atHundred) ? '' : `; at 100 it takes ${times(atHundred)} as long`
  return [`at 10 statements a plain loop over compiled regexes, warm, ${verdict} (${times(atTen)})${then}`]
}

export function goalsTable(figures: Figures): Table {
  return {
    title: 'Goals',
    columns: ['goal', 'bar', 'measured', 'met'],
    rows: GOALS.map(goal => [goal.what, barOf(goal), measuredOf(goal, figures[goal.figure]), verdict(goal, figures[goal.figure])]),
    notes: ties(figures),
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
