/** Which statements can apply to an action: the indexed answer, and beside it the slow and obvious one. */
import { accepts } from './run-automaton.js'
import { symbolsOf } from './symbols.js'
import { GLOB_WORDS, hashText, SECTION, SLOT_WORDS, STATEMENT_WORDS, type Table } from './table.js'

/** The statements about one action. */
export interface ActionEntry {
  /** Those that have to be decided whatever the request holds, in file order. */
  readonly unguarded: readonly number[]
  /** The fields whose texts tell which of the others can apply. */
  readonly guardFields: readonly number[]
  /** All of them, in file order. */
  all(): readonly number[]
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
  return {
    allStatements: () => Array.from({ length: table.count(SECTION.statements) }, (_, statement) => statement),
    covers: (statement, action) => coversAction(table, statement, action),
    lookup(action) {
      const known = remembered.get(action)
      if (known !== undefined) return known
      if (remembered.size >= REMEMBERED) remembered.clear()
      const found = namedAction(table, action) ?? byGlobs(table, action)
      remembered.set(action, found)
      return found
    },
  }
}

/** The three lists of an entry, as a slot or a glob names them. */
function entryAt(table: Table, section: number, word: number): ActionEntry {
  return {
    unguarded: table.list(table.word(section, word + 1)),
    guardFields: table.list(table.word(section, word + 2)),
    all: () => table.list(table.word(section, word)),
  }
}

/** The entry of an action that the policy names in full; undefined for any other. */
function namedAction(table: Table, action: string): ActionEntry | undefined {
  const slots = table.count(SECTION.actions)
  for (let slot = hashText(action) & (slots - 1); ; slot = (slot + 1) & (slots - 1)) {
    const text = table.word(SECTION.actions, SLOT_WORDS * slot)
    if (text === 0) return undefined
    if (table.text(text - 1) === action) return entryAt(table, SECTION.actions, SLOT_WORDS * slot + 1)
  }
}

/** The entry of an action that the policy does not name: that of every glob that matches. */
function byGlobs(table: Table, action: string): ActionEntry {
  const entries: ActionEntry[] = []
  const symbols = symbolsOf(action, table)
  for (let glob = 0; glob < table.count(SECTION.globs); glob++) {
    const word = GLOB_WORDS * glob
    if (accepts(table.automaton(table.word(SECTION.globs, word)), symbols)) entries.push(entryAt(table, SECTION.globs, word + 1))
  }
  return {
    unguarded: merged(entries.map(entry => entry.unguarded)),
    guardFields: merged(entries.map(entry => entry.guardFields)),
    all: () => merged(entries.map(entry => entry.all())),
  }
}

function merged(lists: readonly (readonly number[])[]): readonly number[] {
  const [only, ...others] = lists
  return others.length === 0 ? (only ?? []) : [...new Set(lists.flat())].sort((a, b) => a - b)
}

function coversAction(table: Table, statement: number, action: string): boolean {
  const list = table.word(SECTION.statements, statement * STATEMENT_WORDS + 6)
  const count = table.word(SECTION.lists, list)
  for (let i = list + 1; i <= list + count; i += 2) {
    const index = table.word(SECTION.lists, i + 1)
    const named = table.word(SECTION.lists, i) === 0
    if (named ? table.text(index) === action : accepts(table.automaton(index), symbolsOf(action, table))) return true
  }
  return false
}
