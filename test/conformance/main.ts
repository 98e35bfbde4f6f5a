/** `npm run conformance`: the suite on what is ours, on the kernel of a bundle, or on any other implementation. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { bundleParts } from '../../cli/bundle-parts.js'
import { askCommand } from './command-process.js'
import type { KernelProcess } from '../../cli/conformance/kernel-process.js'
import { compileSuiteFile, type FileOutcome, outcomesOf, runOnKernel } from '../../cli/conformance/run-suite.js'
import { readSuite } from '../../cli/conformance/read-suite.js'
import { decodeCall, type SuiteFile } from '../../cli/conformance/suite.js'
import { ENGINE_STARTS } from '../../cli/engine/engine-kind.js'
import { identifyEngine } from '../../cli/engine/identify.js'
import { loadKernel } from '../../compiler/emit/kernel.js'
import { openDecider } from '../../runtime/decide/open.js'
import { referenceResults } from './reference.js'

const USAGE = 'npm run conformance [-- --bundle FILE [--engine PATH] | -- --command CMD]'

/** One implementation, and what came out. */
type Run = readonly [implementation: string, outcomes: readonly FileOutcome[]]

function runs(suite: readonly SuiteFile[], args: readonly string[]): readonly Run[] {
  const options = { bundle: { type: 'string' }, engine: { type: 'string' }, command: { type: 'string' } } as const
  const { bundle, engine, command } = parseArgs({ args: [...args], options }).values
  if (command !== undefined) return [[command, outcomesOf(suite, askCommand(command, suite))]]
  if (bundle !== undefined) return [[bundle, runOnKernel(suite, kernelOf(bundle, resolve(engine ?? process.execPath)))]]
  if (engine !== undefined) throw new Error(`\`--engine\` goes with \`--bundle\`; ${USAGE}`)
  return [
    ['the reference interpreter', outcomesOf(suite, suite.map(referenceResults))],
    ['the table', outcomesOf(suite, suite.map(tableResults))],
    ['the emitted bundle', runOnKernel(suite, { engine: [process.execPath], target: 'node', kernel: loadKernel('node').text })],
  ]
}

function tableResults(file: SuiteFile): readonly unknown[] {
  const decider = openDecider(compileSuiteFile(file).table)
  return file.cases.map(({ call }) => decider.decide(decodeCall(call)))
}

function kernelOf(bundle: string, program: string): KernelProcess {
  const parts = bundleParts(readFileSync(bundle, 'utf8'))
  if (parts === undefined) throw new Error(`${bundle} is no bundle`)
  const { kind } = identifyEngine(program)
  const { target, flags } = ENGINE_STARTS[kind]
  if (target !== parts.target) throw new Error(`${bundle} is made for ${parts.target}, ${program} is ${kind}`)
  return { engine: [program, ...flags], target, kernel: parts.kernel }
}

function tell([implementation, outcomes]: Run): boolean {
  const lines = outcomes.map(({ name, passed, failures }) => {
    const [first] = failures
    return `${name.padEnd(20)} ${passed} passed, ${failures.length} failed${first === undefined ? '' : `\n  ${first.name}\n    ${first.why}`}`
  })
  const failed = outcomes.reduce((sum, { failures }) => sum + failures.length, 0)
  const passed = outcomes.reduce((sum, outcome) => sum + outcome.passed, 0)
  process.stdout.write(`${implementation}\n${lines.join('\n')}\n${passed} passed, ${failed} failed\n\n`)
  return failed === 0
}

const suite = readSuite(import.meta.dirname) as readonly SuiteFile[] // each has its results, see conformance.test.ts
try {
  process.exitCode = runs(suite, process.argv.slice(2)).map(tell).every(Boolean) ? 0 : 1
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 2
}
