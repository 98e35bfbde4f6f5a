/** What it costs to know what a command does: in a running process, beside another parser's tree alone, and as part of a cold hook. */
import { parse } from 'unbash'
import { analyse } from '../../runtime/shell/analyse.js'
import { expandRequest } from '../../runtime/shell/expand-request.js'
import { parseScript } from '../../runtime/shell/syntax/parse.js'
import type { Built } from '../built.js'
import { type Contender, measureCold } from '../cold.js'
import type { Effort } from '../effort.js'
import { measurePaired, median, type Task } from '../paired.js'
import { duration, type Section, type Table, times } from '../report.js'
import { COMMANDS, OTHER_HOOK_INPUT } from '../requests.js'
import { doNothing, hookContender } from './cold-hook.js'

export async function measureShell(folder: string, built: readonly Built[], effort: Effort): Promise<Section> {
  const [warm, cold] = [await measureWarmShell(effort), measureColdShell(folder, built, effort)]
  return { tables: [...warm.tables, ...cold.tables], figures: { ...warm.figures, ...cold.figures } }
}

const PLACE = { cwd: '/home/u/app', home: '/home/u', projectRoot: '/home/u/app', user: 'u' }
const REAL = { realPath: (path: string) => path }

const WAYS: readonly { readonly name: string; readonly run: (command: string) => unknown }[] = [
  { name: 'unbash, the tree alone', run: command => parse(command) },
  { name: 'agsec, the tree', run: command => parseScript(command) },
  { name: 'agsec, what it does', run: command => analyse({ command, ...PLACE }) },
  { name: 'agsec, the requests too', run: command => expandRequest({ action: 'bash.execute', params: { command }, context: PLACE }, REAL) },
]

/** The median over commands of each way's time. */
async function measureWarmShell(effort: Effort): Promise<Section> {
  const perCommand: (readonly number[])[] = []
  for (const command of COMMANDS) {
    const tasks = WAYS.map(({ name, run }): Task => ({ name, units: 1, run: () => run(command) }))
    perCommand.push((await measurePaired(tasks, effort)).map(({ ns }) => ns))
  }
  const medians = WAYS.map((_, way) => median(perCommand.map(times => times[way] ?? Number.NaN)))
  const [unbash = Number.NaN] = medians
  const table: Table = {
    title: 'An ordinary command, warm: the median of several',
    columns: ['what', 'median', 'to unbash'],
    rows: WAYS.map(({ name }, way) => {
      const ns = medians[way] ?? Number.NaN
      return [name, duration(ns), times(ns / unbash)]
    }),
  }
  return { tables: [table], figures: { 'shell.warm': medians[2] ?? Number.NaN, 'shell.toUnbash': (medians[2] ?? Number.NaN) / unbash } }
}

/** The same hook on a shell call and on another one: the difference is what the first one adds. */
function measureColdShell(folder: string, built: readonly Built[], { coldRounds, limitMs }: Effort): Section {
  const [smallest] = built
  if (smallest === undefined) return { tables: [], figures: {} }
  const other: Contender = { ...hookContender(folder, smallest, 'agsec hook, a file to be read'), input: OTHER_HOOK_INPUT }
  const contenders = [doNothing(), other, hookContender(folder, smallest, 'agsec hook, a shell command')]
  const measured = measureCold(contenders, coldRounds, limitMs)
  const [, without, shell] = measured.map(({ ratio }) => ratio)
  return {
    figures: { 'shell.cold': (shell ?? Number.NaN) - (without ?? Number.NaN) },
    tables: [
      {
        title: 'A shell command and another call, cold',
        columns: ['process', 'to a do-nothing hook', 'median ms'],
        rows: measured.map(({ name, ratio, medianMs }) => [name, ratio.toFixed(2), medianMs.toFixed(1)]),
      },
    ],
  }
}
