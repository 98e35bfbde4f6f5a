/** The statements that can apply to a request: those without a guard, and those whose guard the request meets. */
import { AbstractString } from './abstract-string.js'
import type { ActionEntry, ActionIndex } from './action-index.js'
import type { Evaluation } from './evaluation.js'
import { LiteralIndex } from './literal-index.js'
import { StatementBuffer, type StatementList } from './statement-list.js'
import { guardOf, packGuard } from './statement.js'
import { GUARD, SECTION, type Table } from './table.js'
import { asText } from './value.js'
import { ValueIndex } from './value-index.js'

export class Candidates {
  private readonly literals: LiteralIndex
  private readonly values: ValueIndex
  /** Per statement the number of the request that met it last. */
  private readonly metBy: Float64Array
  private readonly met = new StatementBuffer()
  private request = 0
  private entry: ActionEntry | undefined

  constructor(
    private readonly table: Table,
    private readonly index: ActionIndex,
  ) {
    this.literals = new LiteralIndex(table)
    this.values = new ValueIndex(table)
    this.metBy = new Float64Array(table.count(SECTION.statements))
  }

  /**
   * The candidates in file order, until the next call.
   * @param real the evaluation under the real path, where that differs: what either can meet is a candidate
   */
  of(action: string, written: Evaluation, real: Evaluation | undefined): StatementList {
    const entry = this.begin(action)
    this.meet(entry, written)
    if (real !== undefined) this.meet(entry, real)
    this.literals.addStatements(this)
    return this.met
  }

  private begin(action: string): ActionEntry {
    this.request++
    this.met.clear()
    this.literals.begin(this.request)
    // Most requests are about the action of the one before.
    const entry = this.entry?.action === action ? this.entry : this.index.lookup(action)
    this.entry = entry
    const { unguarded } = entry
    for (let i = 0; i < unguarded.length; i++) this.met.add(unguarded[i] as number) // in bounds
    return entry
  }

  private meet(entry: ActionEntry, evaluation: Evaluation): void {
    const { valueFields, literalFields } = entry
    for (let f = 0; f < valueFields.length; f++) this.addByValue(entry, evaluation, valueFields[f] as number) // in bounds
    for (let f = 0; f < literalFields.length; f++) this.findLiterals(entry, evaluation, literalFields[f] as number) // in bounds
  }

  /** Adds a statement that was met, unless it is about other actions. */
  add(statement: number): void {
    if (this.metBy[statement] === this.request) return
    this.metBy[statement] = this.request
    const { action, covered } = this.entry as ActionEntry // since `begin`
    if (!covered[statement]) covered[statement] = this.index.covers(statement, action) ? 2 : 1
    if (covered[statement] === 2) this.met.add(statement)
  }

  /** No list or map equals a value of a guard; a text known only in part may turn out to be any of them. */
  private addByValue(entry: ActionEntry, evaluation: Evaluation, field: number): void {
    const value = evaluation.value(field)
    if (value instanceof AbstractString) this.addAll(entry, packGuard(GUARD.values, field))
    else if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
      const list = this.values.find(field, value)
      if (list !== undefined) for (const statement of this.table.list(list)) this.add(statement)
    }
  }

  private findLiterals(entry: ActionEntry, evaluation: Evaluation, field: number): void {
    const value = evaluation.value(field)
    if (value === undefined) return
    const text = asText(value)
    if (typeof text === 'string') this.literals.find(field, text)
    else this.addAll(entry, packGuard(GUARD.literals, field))
  }

  private addAll(entry: ActionEntry, guard: number): void {
    for (const statement of entry.all()) if (guardOf(this.table, statement) === guard) this.add(statement)
  }
}
