/**
 * The decision table read back from its bytes: the inverse of `encode.ts`, by the runtime's own format and nothing of the IR
 * that it was made from. For printing a table and for proving what it says; a decision reads only what it needs, through `Table`.
 */
import type { Effect, PossibleOutcome } from '../../runtime/decide/result.js'
import { furtherSets, guardOf, named, Statements } from '../../runtime/decide/statement.js'
import { EFFECTS, GLOB_WORDS, GUARD, inMemory, NONE, SECTION, SLOT_WORDS, STATEMENT_WORDS, Table } from '../../runtime/decide/table.js'
import type { Formula, Guard, IrTest } from '../ir/ir.js'
import { fieldName } from './decode-field.js'
import { type DecodedFinder, decodeFinder } from './decode-finder.js'
import { decodeFormula } from './decode-formula.js'
import { decodeTest } from './decode-test.js'
import { decodeSections, type DecodedSection } from './decode-sections.js'
import { groupsOf } from './groups.js'

export interface DecodedTable {
  /** For what is read by index: `table.automaton(pattern)`. */
  readonly table: Table
  /** Undefined where the policy writes none. */
  readonly defaultEffect: Effect | undefined
  readonly effectsFull: boolean
  readonly sourceDigest: string
  readonly statements: readonly DecodedStatement[]
  /** In the shape of the IR, with the operations' constants parsed. */
  readonly tests: readonly IrTest[]
  readonly patternCount: number
  /** The actions that are named in full, in the order of their slots; undefined where the table has no index of actions. */
  readonly actions: readonly (DecodedUse & { readonly name: string })[] | undefined
  readonly globs: readonly (DecodedUse & { readonly pattern: number })[]
  /** The statements that are looked up by each literal. */
  readonly literals: readonly (readonly number[])[]
  readonly finders: readonly DecodedFinder[]
  /** By `valueHash` of field and value. */
  readonly values: readonly { readonly hash: number; readonly statements: readonly number[] }[]
  /** In the order in which they lie. */
  readonly sections: readonly DecodedSection[]
}

export interface DecodedStatement {
  readonly sid: string
  readonly effect: Effect
  readonly onPossible: PossibleOutcome
  readonly onUnknown: PossibleOutcome
  readonly protection: boolean
  readonly actions: readonly DecodedAction[]
  readonly written: Formula
  readonly evaluated: Formula
  readonly guard?: DecodedGuard
  readonly reason?: string
  readonly guidance?: string
  readonly source: string
}

/** The table holds no text of a glob. */
export type DecodedAction = { readonly kind: 'name'; readonly name: string } | { readonly kind: 'glob'; readonly pattern: number }

/** What a guard looks up stands in `literals` and `values`. `id` numbers the fields of the table. */
export interface DecodedGuard {
  readonly kind: Guard['kind']
  readonly field: DecodedField
  /** The sets of literals, by number, of which a text must hold one each besides the one that it is looked up by. */
  readonly furtherSets: readonly (readonly number[])[]
}

export interface DecodedField {
  readonly id: number
  readonly name: string
}

/** Which statements there are for an action, which of them have to be decided whatever the request holds, and what finds the others. */
export interface DecodedUse {
  readonly statements: readonly number[]
  readonly unguarded: readonly number[]
  readonly literalFields: readonly DecodedField[]
  readonly valueFields: readonly DecodedField[]
}

/** @throws where the bytes are no table of this version, or are truncated or damaged */
export function decodeTable(bytes: Uint8Array): DecodedTable {
  const table = new Table(inMemory(bytes))
  const unpacked = new Statements(table)
  return {
    table,
    defaultEffect: defaultOf(table),
    effectsFull: table.setting('effectsFull') === 1,
    sourceDigest: table.text(table.setting('sourceDigest')),
    statements: each(table, SECTION.statements, statement => decodeStatement(table, unpacked, statement)),
    tests: each(table, SECTION.tests, test => decodeTest(table, test)),
    patternCount: table.count(SECTION.automata),
    actions: table.count(SECTION.actions) === 0 ? undefined : decodeActions(table),
    globs: each(table, SECTION.globs, glob => ({
      pattern: table.word(SECTION.globs, GLOB_WORDS * glob),
      ...decodeUse(table, SECTION.globs, GLOB_WORDS * glob + 1),
    })),
    literals: each(table, SECTION.literals, literal => listOrNone(table, table.word(SECTION.literals, literal))),
    finders: each(table, SECTION.finders, finder => decodeFinder(table, finder)),
    values: decodeValues(table),
    sections: decodeSections(bytes),
  }
}

function defaultOf(table: Table): Effect | undefined {
  const effect = table.setting('defaultEffect')
  return effect === NONE ? undefined : named(EFFECTS, effect)
}

function each<T>(table: Table, section: number, decode: (index: number) => T): readonly T[] {
  return Array.from({ length: table.count(section) }, (_, index) => decode(index))
}

function decodeStatement(table: Table, unpacked: Statements, index: number): DecodedStatement {
  const { sid, effect, onPossible, onUnknown, protection, formula, written, source } = unpacked.get(index)
  const word = (at: number) => table.word(SECTION.statements, STATEMENT_WORDS * index + at)
  const text = (at: number) => (word(at) === NONE ? undefined : table.text(word(at)))
  const [reason, guidance, guard] = [text(3), text(4), decodeGuard(table, index)]
  return {
    sid,
    effect,
    onPossible,
    onUnknown,
    protection,
    actions: groupsOf(2, table.list(word(6))).map(([kind, value = NONE]) =>
      kind === 0 ? { kind: 'name', name: table.text(value) } : { kind: 'glob', pattern: value },
    ),
    written: decodeFormula(table, written),
    evaluated: decodeFormula(table, formula),
    ...(guard === undefined ? {} : { guard }),
    ...(reason === undefined ? {} : { reason }),
    ...(guidance === undefined ? {} : { guidance }),
    source,
  }
}

function decodeGuard(table: Table, statement: number): DecodedGuard | undefined {
  const packed = guardOf(table, statement)
  if (packed === NONE) return undefined
  const sets = furtherSets(table, statement)
  return {
    kind: (packed & 1) === GUARD.literals ? 'literals' : 'values',
    field: decodeField(table, packed >> 1),
    furtherSets: sets === NONE ? [] : decodeSets(table.list(sets)),
  }
}

function decodeSets(list: readonly number[]): readonly (readonly number[])[] {
  const [size, ...rest] = list
  return size === undefined ? [] : [rest.slice(0, size), ...decodeSets(rest.slice(size))]
}

function decodeField(table: Table, id: number): DecodedField {
  return { id, name: fieldName(table, id) }
}

function decodeActions(table: Table): DecodedTable['actions'] {
  return each(table, SECTION.actions, slot => SLOT_WORDS * slot).flatMap(word => {
    const name = table.word(SECTION.actions, word)
    return name === 0 ? [] : [{ name: table.text(name - 1), ...decodeUse(table, SECTION.actions, word + 1) }]
  })
}

function decodeUse(table: Table, section: number, word: number): DecodedUse {
  const list = (at: number) => table.list(table.word(section, word + at))
  const fields = (at: number) => list(at).map(field => decodeField(table, field))
  return { statements: list(0), unguarded: list(1), literalFields: fields(2), valueFields: fields(3) }
}

function listOrNone(table: Table, list: number): readonly number[] {
  return list === NONE ? [] : table.list(list)
}

function decodeValues(table: Table): DecodedTable['values'] {
  return each(table, SECTION.values, slot => 2 * slot).flatMap(word => {
    const list = table.word(SECTION.values, word + 1)
    return list === 0 ? [] : [{ hash: table.word(SECTION.values, word), statements: table.list(list - 1) }]
  })
}
