/**
 * Tells which functions of a kernel and its parts each of some calls uses; a process of its own while the package is built.
 * On stdin stands what to do.
 */
import * as fs from 'node:fs'
import { Session } from 'node:inspector'
import type { Kernel } from './kernel-text.js'
import { answerCalls, type TrialCalls } from './trial-calls.js'

export interface FunctionUseOrder extends TrialCalls {
  /** The text of the kernel: an expression of a function that takes `require`. */
  readonly kernel: string
  /** Where the answer is to be written: what each call used. */
  readonly output: string
}

/** By the name of each text that the call made code of. */
export type FunctionUse = Readonly<Record<string, UsedFunctions>>

/** Where the functions that were called begin and end in their text. */
export type UsedFunctions = readonly (readonly [start: number, end: number])[]

interface Coverage {
  readonly result: readonly {
    readonly url: string
    readonly functions: readonly {
      readonly ranges: readonly { readonly startOffset: number; readonly endOffset: number; readonly count: number }[]
    }[]
  }[]
}

// The build wrote this.
writeUse(JSON.parse(fs.readFileSync(0, 'utf8')) as FunctionUseOrder)

function writeUse({ kernel, output, ...trial }: FunctionUseOrder): void {
  const session = new Session()
  session.connect()
  session.post('Profiler.enable')
  session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false })
  const uses: FunctionUse[] = []
  const note = () => session.post('Profiler.takePreciseCoverage', (_, coverage) => uses.push(usedIn(coverage)))
  answerCalls(trial, make => make('kernel', () => kernel)(require) as Kernel, note)
  fs.writeFileSync(output, JSON.stringify(uses))
}

/** Since the last look. */
function usedIn({ result }: Coverage): FunctionUse {
  const used: Record<string, [start: number, end: number][]> = {}
  for (const { url, functions } of result) {
    const name = /^agsec:(.*)$/.exec(url)?.[1]
    const called = functions.flatMap(({ ranges: [whole] }) => (whole === undefined || whole.count === 0 ? [] : [whole]))
    if (name !== undefined && called.length > 0) used[name] = called.map(({ startOffset, endOffset }) => [startOffset, endOffset])
  }
  return used
}
