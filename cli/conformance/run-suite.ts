/** Puts the suite to an implementation and tells what differs. */
import type { Statement } from '../../compiler/ast.js'
import { compileLayers, type LayersCompilation } from '../../compiler/layers/compile-layers.js'
import { agentLayer, layerPath, type LayerSources, MANAGED, projectLayer, USER } from '../../compiler/layers/layer.js'
import { parsePolicy } from '../../compiler/parse/parse-policy.js'
import type { LayerTraits } from '../../runtime/decide/layers.js'
import { firstDifference } from './difference.js'
import { askKernel, type KernelProcess } from './kernel-process.js'
import type { SuiteFile, SuiteLayer } from './suite.js'

export interface FileOutcome {
  readonly name: string
  readonly passed: number
  readonly failures: readonly Failure[]
}

export interface Failure {
  readonly name: string
  /** The first differing field. */
  readonly why: string
}

/** Compiles the policy of a file of the suite. @throws where it does not compile */
export function compileSuiteFile({ name, ...file }: Omit<SuiteFile, 'cases'>): LayersCompilation & { readonly table: Uint8Array } {
  const compiled = compileLayers(layersOf(file), { protection: protectionOf(file) })
  const [error] = compiled.diagnostics.filter(({ severity }) => severity === 'error')
  if (compiled.table === undefined) throw new Error(`the policy of ${name}.yaml does not compile: ${error?.message ?? ''}`)
  return { ...compiled, table: compiled.table }
}

/** What the file says in the place of agsec's protection of itself: the suite's results hold whatever that says. */
export function protectionOf({ protection }: Pick<SuiteFile, 'protection'>): readonly Statement[] {
  if (protection === undefined) return []
  const { policy, diagnostics } = parsePolicy([{ path: 'protection.yaml', text: protection }])
  if (policy === undefined) throw new Error(`the protection does not compile: ${diagnostics[0]?.message ?? ''}`)
  return policy.statements
}

function layersOf({ files, layers }: Pick<SuiteFile, 'files' | 'layers'>): readonly LayerSources[] {
  if (layers === undefined) return [layerOf(USER, files)]
  return layers.map(layer => layerOf(traitsOf(layer), layer.files))
}

function layerOf(traits: LayerTraits, files: SuiteFile['files']): LayerSources {
  return { traits, sources: Object.entries(files).map(([file, text]) => ({ path: layerPath(traits, file), text })) }
}

function traitsOf({ layer, agent = '', trusted = false }: SuiteLayer): LayerTraits {
  switch (layer) {
    case 'managed':
      return MANAGED
    case 'user':
      return USER
    case 'agent':
      return agentLayer(agent)
    case 'project':
      return projectLayer(trusted)
    default:
      return layer satisfies never
  }
}

/** @param answers per file the results of its cases, in order; one text where there are none and all cases fail */
export function outcomesOf(suite: readonly SuiteFile[], answers: readonly (readonly unknown[])[] | string): readonly FileOutcome[] {
  return suite.map((file, i) => outcomeOf(file, typeof answers === 'string' ? answers : (answers[i] ?? [])))
}

/** The suite on a kernel in a process of its own. */
export function runOnKernel(suite: readonly SuiteFile[], process: KernelProcess): readonly FileOutcome[] {
  const questions = suite.map(file => ({ table: compileSuiteFile(file).table, calls: file.cases.map(({ call }) => call) }))
  return outcomesOf(suite, askKernel(process, questions))
}

function outcomeOf({ name, cases }: SuiteFile, answers: readonly unknown[] | string): FileOutcome {
  const failures = cases.flatMap((each, i): readonly Failure[] => {
    const why = typeof answers === 'string' ? answers : firstDifference(each.result, answers[i])
    return why === undefined ? [] : [{ name: each.name, why }]
  })
  return { name, passed: cases.length - failures.length, failures }
}

/** The first failure of all, as one line. */
export function firstFailure(outcomes: readonly FileOutcome[]): string | undefined {
  const failed = outcomes.find(({ failures }) => failures.length > 0)
  const [failure] = failed?.failures ?? []
  return failed === undefined || failure === undefined ? undefined : `${failed.name}, \`${failure.name}\`: ${failure.why}`
}
