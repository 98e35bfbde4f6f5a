/** Which statements speak of which actions, for the index. */
import type { Ir, IrStatement } from '../ir/ir.js'
import type { Automaton } from '../patterns/automaton.js'

export interface ActionUsers {
  /** Every action that the policy names in full, with all statements that cover it, by glob too. */
  readonly names: ReadonlyMap<string, readonly number[]>
  /** The distinct globs with wildcards, with the statements that use each. */
  readonly globs: ReadonlyMap<string, { readonly pattern: number; readonly statements: readonly number[] }>
}

export function actionUsers(ir: Ir): ActionUsers {
  const named = new Map<string, Set<number>>()
  const globs = new Map<string, { readonly pattern: number; readonly statements: number[] }>()
  ir.statements.forEach((statement, index) => collect(statement, index, named, globs))
  for (const { pattern, statements } of globs.values()) {
    const automaton = ir.patterns[pattern]?.automaton
    for (const [name, covering] of named) {
      if (automaton !== undefined && acceptsText(automaton, name)) for (const statement of statements) covering.add(statement)
    }
  }
  return { names: new Map([...named].map(([name, covering]) => [name, [...covering].sort((a, b) => a - b)])), globs }
}

function collect(
  statement: IrStatement,
  index: number,
  named: Map<string, Set<number>>,
  globs: Map<string, { readonly pattern: number; readonly statements: number[] }>,
): void {
  for (const action of statement.actions) {
    if (action.kind === 'name') {
      named.set(action.name, (named.get(action.name) ?? new Set()).add(index))
    } else {
      const users = globs.get(action.glob) ?? { pattern: action.pattern, statements: [] }
      globs.set(action.glob, users)
      users.statements.push(index)
    }
  }
}

function acceptsText(automaton: Automaton, text: string): boolean {
  let state = 0
  for (const char of text) {
    const point = char.codePointAt(0) ?? 0
    const cls = automaton.classes.findIndex(ranges => ranges.some(({ from, to }) => from <= point && point <= to))
    state = automaton.transitions[state * automaton.classes.length + cls] ?? 0
  }
  return automaton.accepting[state] === 1
}
