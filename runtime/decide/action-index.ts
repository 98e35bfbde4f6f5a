/** Which statements can apply to an action: the indexed answer, and beside it the slow and obvious one. */
import { accepts } from './run-automaton.js'
import { symbolsOf } from './symbols.js'
import { hashText, SECTION, STATEMENT_WORDS, type Table } from './table.js'

export interface ActionIndex {
  /** The statements one of whose action globs matches, in file order. */
  lookup(action: string): readonly number[]
  /** Every statement of the policy, in file order. */
  allStatements(): readonly number[]
  /** Whether one of the statement's action globs matches, asked of the statement itself. */
  covers(statement: number, action: string): boolean
}

/** How many actions outside the policy's own vocabulary are remembered; an agent chooses tool names. */
const REMEMBERED = 256

export function openActionIndex(table: Table): ActionIndex {
  const remembered = new Map<string, readonly number[]>()
  const all = Array.from({ length: table.count(SECTION.statements) }, (_, statement) => statement)
  const covers = (statement: number, action: string) => coversAction(table, statement, action)
  const find = (action: string) => namedAction(table, action) ?? byGlobs(table, action)
  return {
    allStatements: () => all,
    covers,
    lookup(action) {
      const known = remembered.get(action)
      if (known !== undefined) return known
      if (remembered.size >= REMEMBERED) remembered.clear()
      const found = find(action)
      remembered.set(action, found)
      return found
    },
  }
}

/** The candidates of an action that the policy names in full; undefined for any other. */
function namedAction(table: Table, action: string): readonly number[] | undefined {
  const slots = table.count(SECTION.actions)
  for (let slot = hashText(action) & (slots - 1); ; slot = (slot + 1) & (slots - 1)) {
    const text = table.word(SECTION.actions, 2 * slot)
    if (text === 0) return undefined
    if (table.text(text - 1) === action) return table.list(table.word(SECTION.actions, 2 * slot + 1))
  }
}

/** The candidates of an action that the policy does not name: those of every glob that matches, in file order. */
function byGlobs(table: Table, action: string): readonly number[] {
  const statements = new Set<number>()
  const symbols = symbolsOf(action, table)
  for (let glob = 0; glob < table.count(SECTION.globs); glob++) {
    if (!accepts(table.automaton(table.word(SECTION.globs, 3 * glob + 1)), symbols)) continue
    for (const statement of table.list(table.word(SECTION.globs, 3 * glob + 2))) statements.add(statement)
  }
  return [...statements].sort((a, b) => a - b)
}

function coversAction(table: Table, statement: number, action: string): boolean {
  const actions = table.list(table.word(SECTION.statements, statement * STATEMENT_WORDS + 6))
  for (let i = 0; i < actions.length; i += 2) {
    const [kind, index] = [actions[i], actions[i + 1] as number] // pairs of kind and index
    if (kind === 0 ? table.text(index) === action : accepts(table.automaton(index), symbolsOf(action, table))) return true
  }
  return false
}
