/** What compiling costs and what comes out. */
import { fileURLToPath } from 'node:url'
import { loadKernel } from '../../compiler/emit/kernel.js'
import type { Ir } from '../../compiler/ir/ir.js'
import { loadSources } from '../../compiler/load.js'
import { packageFile } from '../../compiler/package-root.js'
import { proveAutomata } from '../../compiler/verify/automata.js'
import { inMemory, Table } from '../../runtime/decide/table.js'
import { type Built, buildFrom } from '../built.js'
import { cpuMs } from '../paired.js'
import type { BenchStatement } from '../policies.js'
import { kilobytes, type Section } from '../report.js'

export function measureCompiling(folder: string, built: readonly Built[]): Section {
  const defaults = buildFrom(folder, 'defaults', loadSources([fileURLToPath(packageFile('policies'))]).sources)
  const kernel = loadKernel('node')
  const figures: Record<string, number> = { 'compile.kernelBytes': kernel.text.length, 'compile.shellBytes': kernel.parts.length }
  for (const { size, policy, table, compileMs } of built) {
    figures[`compile.ms.${size}`] = compileMs
    figures[`compile.bytesPerPattern.${size}`] = table.length / patterns(policy)
  }
  return {
    figures,
    tables: [
      {
        title: 'Compiling',
        columns: ['policy', 'ms', 'ms a statement', 'proof to compiling', 'script', 'table', 'table a pattern'],
        rows: [
          ...built.map(each => row(`${each.size} statements`, each, each.size, kilobytes(each.table.length / patterns(each.policy)))),
          row('the default policies', defaults, undefined, '–'),
        ],
      },
    ],
  }
}

function row(
  name: string,
  { compileMs, scriptBytes, table, ir }: Omit<Built, 'size' | 'policy'>,
  size: number | undefined,
  each: string,
): readonly string[] {
  const perStatement = size === undefined ? '–' : (compileMs / size).toFixed(2)
  return [
    name,
    compileMs.toFixed(0),
    perStatement,
    (proofMs(table, ir) / compileMs).toFixed(2),
    kilobytes(scriptBytes),
    kilobytes(table.length),
    each,
  ]
}

/** What proving every automaton of the table equal to its pattern takes of the processor. */
function proofMs(table: Uint8Array, { patterns }: Ir): number {
  const expected = patterns.map(({ source }, automaton) => ({ source, automaton }))
  const start = cpuMs()
  const refuted = proveAutomata(new Table(inMemory(table)), expected).filter(({ kind }) => kind !== 'equal' && kind !== 'unproved')
  if (refuted.length > 0) throw new Error(`${refuted.length} automata are not those of their patterns`)
  return cpuMs() - start
}

function patterns(policy: readonly BenchStatement[]): number {
  return policy.filter(({ condition }) => condition !== undefined).length
}
