/** `index-actions`: which statements have to be looked at for which actions. A condition that is false whatever is asked leaves its statement out. */
import type { ActionIndex, ActionUse, Ir, PatternId } from '../ir/ir.js'
import type { Automaton } from '../patterns/automaton.js'
import { isNever } from './formulas.js'
import type { Pass } from './pass.js'

export const indexActions: Pass = {
  name: 'index-actions',
  summary: 'statements are found by the action that is asked for',
  run: ir => ({ ...ir, actionIndex: actionIndex(ir) }),
}

function actionIndex(ir: Ir): ActionIndex {
  const { named, globs } = collect(ir)
  for (const { pattern, statements } of globs.values()) {
    const machine = ir.patterns[pattern]
    if (machine?.kind !== 'automaton') throw new Error('a glob over actions has an automaton')
    for (const [name, covering] of named) {
      if (acceptsText(machine.automaton, name)) for (const statement of statements) covering.add(statement)
    }
  }
  const use = <Key>(key: Key, statements: readonly number[]): ActionUse<Key> => ({ ...key, statements, live: liveOf(statements, ir) })
  return {
    names: [...named].map(([name, covering]) =>
      use(
        { name },
        [...covering].sort((a, b) => a - b),
      ),
    ),
    globs: [...globs.values()].map(({ glob, pattern, statements }) => use({ glob, pattern }, [...statements])),
  }
}

function liveOf(statements: readonly number[], ir: Ir): readonly number[] {
  return statements.filter(index => {
    const statement = ir.statements[index]
    return statement !== undefined && !isNever(statement.evaluated)
  })
}

interface GlobUsers {
  readonly glob: string
  readonly pattern: PatternId
  readonly statements: Set<number>
}

function collect(ir: Ir) {
  const named = new Map<string, Set<number>>()
  const globs = new Map<string, GlobUsers>()
  ir.statements.forEach(({ actions }, index) => {
    for (const action of actions) {
      if (action.kind === 'name') {
        named.set(action.name, (named.get(action.name) ?? new Set()).add(index))
      } else {
        const key = JSON.stringify([action.glob, ...action.except])
        const users = globs.get(key) ?? { glob: action.glob, pattern: action.pattern, statements: new Set() }
        globs.set(key, users)
        users.statements.add(index)
      }
    }
  })
  return { named, globs }
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
