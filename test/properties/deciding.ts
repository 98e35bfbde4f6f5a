/** A policy that is changed, and its decisions by both ways. */
import fc from 'fast-check'
import type { Policy } from '../../compiler/ast.js'
import { compile } from '../../compiler/compile.js'
import { PASS_NAMES } from '../../compiler/passes/optimise.js'
import type { PassName } from '../../compiler/passes/pass.js'
import { openDecider } from '../../runtime/decide/open.js'
import type { Call } from '../../runtime/decide/request.js'
import type { Effect, Result } from '../../runtime/decide/result.js'
import { call, callAbout } from '../arbitrary/calls.js'
import { policyFiles } from '../arbitrary/policies.js'
import { decideReference } from '../reference/decide-reference.js'

/** A file of a policy, as far as properties change it. */
export interface PolicyFile {
  readonly default?: Effect
  readonly statements: readonly StatementJson[]
}
export interface StatementJson {
  readonly effect: Effect
  readonly actions?: readonly string[] | undefined
  readonly on_possible?: string
  readonly on_unknown?: string
}

export interface PolicyAndCalls {
  readonly files: readonly string[]
  readonly calls: readonly Call[]
}

/** A policy and calls, three of four made of its own constants. */
export function policyAndCalls(count: number): fc.Arbitrary<PolicyAndCalls> {
  return policyFiles.chain(files => {
    const anyCall = fc.oneof({ weight: 3, arbitrary: callAbout(files) }, { weight: 1, arbitrary: call })
    return fc.record({ files: fc.constant(files), calls: fc.array(anyCall, { minLength: count, maxLength: count }) })
  })
}

export function readFiles(files: readonly string[]): readonly PolicyFile[] {
  return files.map(text => JSON.parse(text) as PolicyFile) // the generator of policies wrote it
}

/** The files with their statements changed. */
export function withStatements(
  files: readonly string[],
  change: (statements: readonly StatementJson[], file: number) => readonly StatementJson[],
): readonly string[] {
  return readFiles(files).map((file, i) => JSON.stringify({ ...file, statements: change(file.statements, i) }))
}

export interface Compiled {
  readonly policy: Policy
  readonly table: Uint8Array
}

/** @param files without mistakes */
export function compiled(files: readonly string[], passes: readonly PassName[] = PASS_NAMES): Compiled {
  const { policy, table, diagnostics } = compile(
    files.map((text, i) => ({ path: `${i}.yaml`, text })),
    { protection: [], emit: false, verify: false, passes },
  )
  if (policy === undefined || table === undefined) throw new Error(diagnostics.map(({ message }) => message).join('\n'))
  return { policy, table }
}

/** The same policy decided by the table and by the reference: a property must hold of each. */
export type Deciders = Readonly<Record<Way, (call: Call) => Result>>
export const WAYS = ['table', 'reference'] as const
type Way = (typeof WAYS)[number]

export function decidersOf(files: readonly string[]): Deciders {
  const { policy, table } = compiled(files)
  const decider = openDecider(table)
  return { table: call => decider.decide(call), reference: call => decideReference(policy, call) }
}

/** Compares the results of two policies on the same calls, both ways. */
export function compareResults(
  { files, calls }: PolicyAndCalls,
  changed: readonly string[],
  compare: (before: Result, after: Result) => void,
): void {
  const before = decidersOf(files)
  const after = decidersOf(changed)
  for (const call of calls) for (const way of WAYS) compare(before[way](call), after[way](call))
}

export function strictness(result: Result): number {
  return ['allow', 'review', 'deny'].indexOf(result.decision)
}

export function shown(before: Result, after: Result): string {
  return JSON.stringify({ before, after })
}
