/** Which statements can apply to an action: the indexed answer, and beside it the slow and obvious one. */
import { acceptsText } from './run-automaton.js'
import { guardOf } from './statement.js'
import { GLOB_WORDS, GUARD, hashText, NONE, SECTION, SLOT_WORDS, STATEMENT_WORDS, type Table } from './table.js'

/** The statements about one action. */
export interface ActionEntry {
  readonly action: string
  /** Those that have to be decided whatever the request holds, in file order. */
  readonly unguarded: readonly number[]
  /** The fields whose texts tell which of the others can apply, and those whose values do. */
  readonly literalFields: readonly number[]
  readonly valueFields: readonly number[]
  /** All of them, in file order. */
  all(): readonly number[]
  /** Per statement, once it was asked, whether it is about the action: 1 for no, 2 for yes. */
  readonly covered: Uint8Array
}

export interface ActionIndex {
  lookup(action: string): ActionEntry
  /** Every statement of the policy, in file order. */
  allStatements(): readonly number[]
  /** Whether one of the statement's action globs matches, asked of the statement itself. */
  covers(statement: number, action: string): boolean
}

/** How many actions outside the policy's own vocabulary are remembered; an agent chooses tool names. */
const REMEMBERED = 256

export function openActionIndex(table: Table): ActionIndex {
  const remembered = new Map<string, ActionEntry>()
  const find = table.count(SECTION.actions) === 0 ? byStatements : byIndex
  return {
    allStatements: () => statementsOf(table),
    covers: (statement, action) => coversAction(table, statement, action),
    lookup(action) {
      const known = remembered.get(action)
      if (known !== undefined) return known
      if (remembered.size >= REMEMBERED) remembered.clear()
      const found = find(table, action)
      remembered.set(action, found)
      return found
    },
  }
}

function statementsOf(table: Table): readonly number[] {
  return Array.from({ length: table.count(SECTION.statements) }, (_, statement) => statement)
}

/** Without an index: every statement is asked. */
function byStatements(table: Table, action: string): ActionEntry {
  const all = statementsOf(table).filter(statement => coversAction(table, statement, action))
  const guards = [...new Set(all.map(statement => guardOf(table, statement)))].filter(guard => guard !== NONE)
  const fields = (kind: number) => guards.filter(guard => (guard & 1) === kind).map(guard => guard >> 1)
  return {
    action,
    unguarded: all.filter(statement => guardOf(table, statement) === NONE),
    literalFields: fields(GUARD.literals),
    valueFields: fields(GUARD.values),
    all: () => all,
    covered: new Uint8Array(table.count(SECTION.statements)),
  }
}

function byIndex(table: Table, action: string): ActionEntry {
  return namedAction(table, action) ?? byGlobs(table, action)
}

/** The four lists of an entry, as a slot or a glob names them. */
function entryAt(table: Table, action: string, section: number, word: number): ActionEntry {
  return {
    action,
    unguarded: table.list(table.word(section, word + 1)),
    literalFields: table.list(table.word(section, word + 2)),
    valueFields: table.list(table.word(section, word + 3)),
    all: () => table.list(table.word(section, word)),
    covered: new Uint8Array(table.count(SECTION.statements)),
  }
}

/** The entry of an action that the policy names in full; undefined for any other. */
function namedAction(table: Table, action: string): ActionEntry | undefined {
  const slots = table.count(SECTION.actions)
  for (let slot = hashText(action) & (slots - 1); ; slot = (slot + 1) & (slots - 1)) {
    const text = table.word(SECTION.actions, SLOT_WORDS * slot)
    if (text === 0) return undefined
    if (table.text(text - 1) === action) return entryAt(table, action, SECTION.actions, SLOT_WORDS * slot + 1)
  }
}

/** The entry of an action that the policy does not name: that of every glob that matches. */
function byGlobs(table: Table, action: string): ActionEntry {
  const entries: ActionEntry[] = []
  for (let glob = 0; glob < table.count(SECTION.globs); glob++) {
    const word = GLOB_WORDS * glob
    if (acceptsText(table, table.word(SECTION.globs, word), action)) entries.push(entryAt(table, action, SECTION.globs, word + 1))
  }
  return {
    action,
    unguarded: merged(entries.map(entry => entry.unguarded)),
    literalFields: merged(entries.map(entry => entry.literalFields)),
    valueFields: merged(entries.map(entry => entry.valueFields)),
    all: () => merged(entries.map(entry => entry.all())),
    covered: new Uint8Array(table.count(SECTION.statements)),
  }
}

function merged(lists: readonly (readonly number[])[]): readonly number[] {
  return [...new Set(lists.flat())].sort((a, b) => a - b)
}

function coversAction(table: Table, statement: number, action: string): boolean {
  const list = table.word(SECTION.statements, statement * STATEMENT_WORDS + 6)
  const end = list + 1 + table.word(SECTION.lists, list)
  for (let i = list + 1; i !== end; i += 2) {
    const index = table.word(SECTION.lists, i + 1)
    const named = table.word(SECTION.lists, i) === 0
    if (named ? table.text(index) === action : acceptsText(table, index, action)) return true
  }
  return false
}
