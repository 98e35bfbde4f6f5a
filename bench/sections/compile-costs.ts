/** What compiling costs and what comes out. */
import { fileURLToPath } from 'node:url'
import { loadSources } from '../../compiler/load.js'
import { packageFile } from '../../compiler/package-root.js'
import { type Built, buildFrom } from '../built.js'
import type { BenchStatement } from '../policies.js'
import { kilobytes, type Section } from '../report.js'

export function measureCompiling(folder: string, built: readonly Built[]): Section {
  const defaults = buildFrom(folder, 'defaults', loadSources([fileURLToPath(packageFile('policies'))]).sources)
  const figures: Record<string, number> = {}
  for (const { size, policy, scriptBytes, tableBytes, compileMs } of built) {
    figures[`compile.ms.${size}`] = compileMs
    figures[`compile.bytesPerPattern.${size}`] = tableBytes / patterns(policy)
    // The table stands in a file of its own, so that the script is the kernel alone.
    if (scriptBytes < tableBytes) figures['compile.kernelBytes'] = scriptBytes
  }
  return {
    figures,
    tables: [
      {
        title: 'Compiling',
        columns: ['policy', 'ms', 'ms a statement', 'script', 'table', 'table a pattern'],
        rows: [
          ...built.map(each => row(`${each.size} statements`, each, each.size, kilobytes(each.tableBytes / patterns(each.policy)))),
          row('the default policies', defaults, undefined, '–'),
        ],
      },
    ],
  }
}

function row(
  name: string,
  { compileMs, scriptBytes, tableBytes }: Omit<Built, 'size' | 'policy'>,
  size: number | undefined,
  each: string,
): readonly string[] {
  const perStatement = size === undefined ? '–' : (compileMs / size).toFixed(2)
  return [name, compileMs.toFixed(0), perStatement, kilobytes(scriptBytes), kilobytes(tableBytes), each]
}

function patterns(policy: readonly BenchStatement[]): number {
  return policy.filter(({ condition }) => condition !== undefined).length
}
