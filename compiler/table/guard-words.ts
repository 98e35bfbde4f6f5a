/** The guards of all statements as the table holds them: per statement what it looks up, and the statements by gram and by value. */
import { eachGramEnd, GRAM_END_WORDS, GRAM_LENGTH, gramSlot, packGram } from '../../runtime/decide/guard-index.js'
import { packGuard } from '../../runtime/decide/statement.js'
import { NONE } from '../../runtime/decide/table.js'
import { valueHash } from '../../runtime/decide/value-index.js'
import type { Guard, Ir } from '../ir/ir.js'
import type { ListPool } from './writer.js'

export interface GuardWords {
  /** Per statement: its guard in one word; NONE where it has none. */
  readonly statements: readonly number[]
  readonly grams: readonly number[]
  readonly gramEnds: readonly number[]
  /** Bit n is set where some gram has n characters. */
  readonly gramLengths: number
  readonly values: readonly number[]
  /** The length of the longest text among the values, in UTF-16 units. */
  readonly longestValue: number
}

type Guards = readonly (Guard | undefined)[]

export function guardWords(ir: Ir, fieldId: (field: string) => number, lists: ListPool): GuardWords {
  const guards = ir.statements.map(statement => statement.guard)
  const byGram = statementsByGram(guards)
  const byValue = statementsByValue(guards, fieldId)
  return {
    statements: guards.map(guard => (guard === undefined ? NONE : packGuard(guard.kind, fieldId(guard.field)))),
    grams: gramTable(byGram, lists),
    gramEnds: byGram.size === 0 ? [] : endBits([...byGram.keys()]),
    gramLengths: [...byGram.keys()].reduce((mask, gram) => mask | (1 << gram.length), 0),
    values: valueTable(byValue, lists),
    longestValue: guards.flatMap(valuesOf).reduce<number>((longest, value) => Math.max(longest, String(value).length), 0),
  }
}

function literalsOf(guard: Guard | undefined): readonly string[] {
  return guard?.kind === 'literals' ? guard.literals : []
}

function valuesOf(guard: Guard | undefined) {
  return guard?.kind === 'values' ? guard.values : []
}

function statementsByValue(guards: Guards, fieldId: (field: string) => number): ReadonlyMap<number, readonly number[]> {
  const byValue = new Map<number, number[]>()
  guards.forEach((guard, statement) => {
    for (const hash of new Set(valuesOf(guard).map(value => valueHash(fieldId(guard?.field ?? ''), value)))) push(byValue, hash, statement)
  })
  return byValue
}

function push<Key>(lists: Map<Key, number[]>, key: Key, entry: number): void {
  const list = lists.get(key)
  if (list === undefined) lists.set(key, [entry])
  else list.push(entry)
}

/** A hash table is at most half full, so that every search ends. */
function slotsFor(entries: number): number {
  return 2 ** Math.ceil(Math.log2(2 * entries + 1))
}

function valueTable(byValue: ReadonlyMap<number, readonly number[]>, lists: ListPool): readonly number[] {
  const slots = slotsFor(byValue.size)
  const table = new Array<number>(2 * slots).fill(0)
  for (const [hash, statements] of byValue) {
    let slot = hash & (slots - 1)
    while (table[2 * slot + 1] !== 0) slot = (slot + 1) & (slots - 1)
    table[2 * slot] = hash
    table[2 * slot + 1] = lists.add(statements) + 1
  }
  return table
}

/** Each literal is found by the one of its grams that the fewest literals share. */
function statementsByGram(guards: Guards): ReadonlyMap<string, readonly number[]> {
  const frequency = new Map<string, number>()
  for (const literal of new Set(guards.flatMap(literalsOf))) {
    for (const gram of gramsOf(literal)) frequency.set(gram, (frequency.get(gram) ?? 0) + 1)
  }
  const byGram = new Map<string, number[]>()
  guards.forEach((guard, statement) => {
    for (const gram of new Set(literalsOf(guard).map(literal => rarest(literal, frequency)))) push(byGram, gram, statement)
  })
  return byGram
}

function gramsOf(literal: string): readonly string[] {
  if (literal.length <= GRAM_LENGTH) return [literal]
  return Array.from({ length: literal.length - GRAM_LENGTH + 1 }, (_, i) => literal.slice(i, i + GRAM_LENGTH))
}

function rarest(literal: string, frequency: ReadonlyMap<string, number>): string {
  return gramsOf(literal).reduce((a, b) => ((frequency.get(b) ?? 0) < (frequency.get(a) ?? 0) ? b : a))
}

function endBits(grams: readonly string[]): readonly number[] {
  const words = new Uint32Array(GRAM_END_WORDS)
  for (const gram of grams) {
    eachGramEnd(gram, pair => {
      words[pair >> 5] = (words[pair >> 5] ?? 0) | (1 << (pair & 31))
    })
  }
  return [...words]
}

function gramTable(byGram: ReadonlyMap<string, readonly number[]>, lists: ListPool): readonly number[] {
  const slots = slotsFor(byGram.size)
  const table = new Array<number>(2 * slots).fill(0)
  for (const [gram, statements] of byGram) {
    const packed = packGram(gram)
    let slot = gramSlot(packed, slots)
    while (table[2 * slot] !== 0) slot = (slot + 1) & (slots - 1)
    table[2 * slot] = packed + 1
    table[2 * slot + 1] = lists.add(statements)
  }
  return table
}
