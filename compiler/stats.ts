/** What a compilation gave, in figures. */
import type { Formula, Ir, IrPattern } from './ir/ir.js'
import { isNever } from './passes/formulas.js'
import type { PassName } from './passes/pass.js'
import { whyUnguarded } from './passes/why-unguarded.js'
import { decodeSections } from './table/decode-sections.js'
import type { Watch } from './watch.js'

export interface Counts {
  readonly statements: number
  /** Those whose condition is false whatever is asked. */
  readonly neverApply: number
  readonly tests: number
  readonly patterns: number
  /** Of the automata of all patterns; a pattern that runs as a circuit has none. */
  readonly states: number
  /** Of all conditions as they are evaluated. */
  readonly nodes: number
  /** Actions and globs that an index of actions has. */
  readonly actions: number
  /** Statements that are found by a value, and by literals. */
  readonly byValue: number
  readonly byLiterals: number
}

export interface CompileStats {
  readonly lowered: Counts
  /** The passes that ran, in order. */
  readonly passes: readonly { readonly name: PassName; readonly after: Counts }[]
  /** Statements that are decided on every request for one of their actions, and why. */
  readonly unindexed: readonly { readonly sid: string; readonly source: string; readonly why: readonly string[] }[]
  /** By kind of source, those that run as circuits apart. */
  readonly patterns: readonly { readonly kind: string; readonly count: number; readonly states: number }[]
  readonly table: {
    readonly bytes: number
    readonly sections: readonly { readonly name: string; readonly count: number; readonly bytes: number }[]
  }
  readonly phases: Watch['phases']
}

export function statsOf({ ir, table }: { readonly ir: Ir; readonly table: Uint8Array }, watch: Watch): CompileStats {
  return {
    lowered: countsOf(watch.passes[0]?.before ?? ir),
    passes: watch.passes.map(({ name, after }) => ({ name, after: countsOf(after) })),
    unindexed: unindexedOf(ir),
    patterns: patternKinds(ir),
    table: {
      bytes: table.length,
      sections: decodeSections(table).map(({ name, count, size }) => ({ name, count, bytes: size })),
    },
    phases: watch.phases,
  }
}

function countsOf({ statements, tests, patterns, actionIndex }: Ir): Counts {
  const guarded = (kind: string) => statements.filter(({ guard }) => guard?.kind === kind).length
  return {
    statements: statements.length,
    neverApply: statements.filter(({ evaluated }) => isNever(evaluated)).length,
    tests: tests.length,
    patterns: patterns.length,
    states: patterns.reduce((sum, pattern) => sum + stateCount(pattern), 0),
    nodes: statements.reduce((sum, { evaluated }) => sum + nodeCount(evaluated), 0),
    actions: (actionIndex?.names.length ?? 0) + (actionIndex?.globs.length ?? 0),
    byValue: guarded('values'),
    byLiterals: guarded('literals'),
  }
}

function stateCount(pattern: IrPattern): number {
  return pattern.kind === 'automaton' ? pattern.automaton.stateCount : 0
}

function nodeCount(formula: Formula): number {
  if (formula.kind === 'test') return 1
  return 1 + (formula.kind === 'not' ? [formula.of] : formula.of).reduce((sum, part) => sum + nodeCount(part), 0)
}

function unindexedOf(ir: Ir): CompileStats['unindexed'] {
  return ir.statements
    .filter(({ guard, evaluated }) => guard === undefined && !isNever(evaluated))
    .map(({ sid, source, evaluated }) => ({ sid, source, why: whyUnguarded(evaluated, ir) }))
}

function patternKinds({ patterns }: Ir): CompileStats['patterns'] {
  const kinds = new Map<string, { count: number; states: number }>()
  for (const pattern of patterns) {
    const kind = pattern.kind === 'circuit' ? 'circuit' : pattern.source.kind
    const sum = kinds.get(kind) ?? { count: 0, states: 0 }
    kinds.set(kind, { count: sum.count + 1, states: sum.states + stateCount(pattern) })
  }
  return [...kinds].map(([kind, sum]) => ({ kind, ...sum })).sort((a, b) => b.count - a.count || (a.kind < b.kind ? -1 : 1))
}
