/** The index of actions against the statements' own lists: an action finds exactly the statements that cover it. */
import { type ActionEntry, openActionIndex } from '../../runtime/decide/action-index.js'
import { acceptsText } from '../../runtime/decide/run-automaton.js'
import { guardOf } from '../../runtime/decide/statement.js'
import { GLOB_WORDS, GUARD, NONE, SECTION, SLOT_WORDS, STATEMENT_WORDS, type Table } from '../../runtime/decide/table.js'
import type { Statement } from '../ast.js'
import { hasWildcard } from '../parse/main-argument.js'
import { isNever } from './check-guards.js'
import type { Findings } from './claims.js'
import type { FormulaTree } from './formula-tree.js'

/** INVARIANT: run after the statements' own lists, on which it rests, have been checked. */
export function checkActionIndex(
  statements: readonly Statement[],
  formulas: readonly (FormulaTree | undefined)[],
  findings: Findings,
): void {
  // Without an index every statement is asked.
  if (findings.table.count(SECTION.actions) === 0) return
  const isDead = (statement: number) => isNever(formulas[statement])
  findings.reading(findings.whole, 'the index of actions', () => {
    if (!searchesEnd(findings.table)) return findings.differs(findings.whole, 'a search in the index of actions would not end')
    const names = namesOf(statements)
    const users = usersOf(statements.length, findings.table)
    for (const name of names) checkName(name, users, statements, isDead, findings)
    const inTable = namesInTable(findings.table)
    for (const name of inTable) {
      if (!names.has(name)) findings.differs(findings.whole, `the table has the action \`${name}\`, which the policy does not name`)
    }
    if (new Set(inTable).size < inTable.length) findings.differs(findings.whole, 'the table has an action twice')
    checkGlobs(users.globs, statements, isDead, findings)
  })
}

/** An open-addressed table needs a power of two of slots, and a free one. */
function searchesEnd(table: Table): boolean {
  const slots = table.count(SECTION.actions)
  if (slots === 0 || (slots & (slots - 1)) !== 0) return false
  for (let slot = 0; slot < slots; slot++) if (table.word(SECTION.actions, SLOT_WORDS * slot) === 0) return true
  return false
}

/** The actions that the policy names in full. */
function namesOf(statements: readonly Statement[]): ReadonlySet<string> {
  return new Set(statements.flatMap(({ actions }) => actions.map(({ glob }) => glob)).filter(glob => !hasWildcard(glob)))
}

function namesInTable(table: Table): readonly string[] {
  const slots = Array.from({ length: table.count(SECTION.actions) }, (_, slot) => table.word(SECTION.actions, SLOT_WORDS * slot))
  return slots.filter(text => text !== 0).map(text => table.text(text - 1))
}

function checkName(name: string, users: Users, statements: readonly Statement[], isDead: IsDead, findings: Findings): void {
  const entry = openActionIndex(findings.table).lookup(name)
  checkEntry(entry, coveringOf(name, users, findings.table), `action \`${name}\``, statements, isDead, findings)
}

/** The statements that are about an action, in order. */
function coveringOf(name: string, { names, globs }: Users, table: Table): readonly number[] {
  const matching = [...globs].filter(([automaton]) => acceptsText(table, automaton, name))
  return union([names.get(name) ?? [], ...matching.map(([, statements]) => statements)])
}

/** Every statement stands with each of its globs, and with no other: so whatever a glob matches finds those that use it. */
function checkGlobs(users: Users['globs'], statements: readonly Statement[], isDead: IsDead, findings: Findings): void {
  const { table } = findings
  const entries = new Map<number, Entry[]>()
  for (let glob = 0; glob < table.count(SECTION.globs); glob++) {
    const word = (i: number) => table.word(SECTION.globs, GLOB_WORDS * glob + i)
    const [all = [], unguarded = [], literalFields = [], valueFields = []] = [1, 2, 3, 4].map(i => table.list(word(i)))
    const entry = { unguarded, literalFields, valueFields, all: () => all }
    entries.set(word(0), [...(entries.get(word(0)) ?? []), entry])
  }
  // Globs that mean the same may share an automaton, and what one of them matches finds the statements of all.
  for (const automaton of new Set([...entries.keys(), ...users.keys()])) {
    checkEntry(merged(entries.get(automaton) ?? []), users.get(automaton) ?? [], 'a glob', statements, isDead, findings)
  }
}

function merged(entries: readonly Entry[]): Entry {
  const all = union(entries.map(entry => entry.all()))
  return {
    unguarded: union(entries.map(entry => entry.unguarded)),
    literalFields: union(entries.map(entry => entry.literalFields)),
    valueFields: union(entries.map(entry => entry.valueFields)),
    all: () => all,
  }
}

function union(lists: readonly (readonly number[])[]): readonly number[] {
  return [...new Set(lists.flat())].sort((a, b) => a - b)
}

type Entry = Omit<ActionEntry, 'action' | 'covered'>
type IsDead = (statement: number) => boolean

/** By name and by automaton, the statements whose own lists hold it, in order. */
interface Users {
  readonly names: ReadonlyMap<string, readonly number[]>
  readonly globs: ReadonlyMap<number, readonly number[]>
}

function usersOf(count: number, table: Table): Users {
  const names = new Map<string, number[]>()
  const globs = new Map<number, number[]>()
  for (let statement = 0; statement < count; statement++) {
    const list = table.list(table.word(SECTION.statements, statement * STATEMENT_WORDS + 6))
    for (let i = 0; i < list.length; i += 2) {
      const index = list[i + 1] ?? NONE
      if (list[i] === 0) add(names, table.text(index), statement)
      else add(globs, index, statement)
    }
  }
  return { names, globs }
}

function add<Key>(users: Map<Key, number[]>, key: Key, statement: number): void {
  const known = users.get(key)
  if (known === undefined) users.set(key, [statement])
  else if (known.at(-1) !== statement) known.push(statement)
}

function checkEntry(
  entry: Entry,
  covering: readonly number[],
  what: string,
  statements: readonly Statement[],
  isDead: IsDead,
  findings: Findings,
): void {
  // What is never other than false need not be looked at.
  const live = covering.filter(statement => !isDead(statement))
  const guards = live.map(statement => guardOf(findings.table, statement))
  const unguarded = live.filter((_, i) => guards[i] === NONE)
  reportMissing(entry.all(), covering, what, statements, findings)
  reportMissing(entry.unguarded, unguarded, `${what}, without a guard,`, statements, findings)
  const fieldsOf = (kind: number) => [...new Set(guards.filter(guard => guard !== NONE && (guard & 1) === kind).map(guard => guard >> 1))]
  const fields = (each: readonly number[]) => [...each].sort((a, b) => a - b).join()
  if (fields(fieldsOf(GUARD.literals)) !== fields(entry.literalFields) || fields(fieldsOf(GUARD.values)) !== fields(entry.valueFields)) {
    findings.differs(findings.whole, `in the table ${what} has other fields to look at`)
  }
}

function reportMissing(
  found: readonly number[],
  expected: readonly number[],
  what: string,
  statements: readonly Statement[],
  findings: Findings,
): void {
  if (found.join() === expected.join()) return
  const missing = expected.filter(statement => !found.includes(statement))
  for (const statement of missing) {
    const { sid, span } = statements[statement] ?? { sid: '', span: findings.whole }
    findings.differs(span, `in the table ${what} does not find \`${sid}\``)
  }
  if (missing.length === 0) findings.differs(findings.whole, `in the table ${what} finds statements that do not cover it, or out of order`)
}
