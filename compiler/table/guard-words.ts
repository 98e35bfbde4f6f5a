/** The guards of all statements as the table holds them: per statement the field, per gram the statements that need it. */
import { eachGramEnd, GRAM_END_WORDS, GRAM_LENGTH, gramSlot, packGram } from '../../runtime/decide/guard-index.js'
import type { Ir } from '../ir/ir.js'
import { type Guard, guardOf } from './guards.js'
import type { ListPool } from './writer.js'

export interface Guards {
  /** Per statement: the field of its guard; undefined where it has none. */
  readonly fields: readonly (number | undefined)[]
  readonly grams: readonly number[]
  readonly gramEnds: readonly number[]
  /** Bit n is set where some gram has n characters. */
  readonly gramLengths: number
}

export function guardWords(ir: Ir, fieldId: (field: string) => number, lists: ListPool): Guards {
  const guards = ir.statements.map(statement => guardOf(statement.formula, ir))
  const byGram = statementsByGram(guards)
  return {
    fields: guards.map(guard => guard && fieldId(guard.field)),
    grams: hashTable(byGram, lists),
    gramEnds: endBits([...byGram.keys()]),
    gramLengths: [...byGram.keys()].reduce((mask, gram) => mask | (1 << gram.length), 0),
  }
}

/** Each literal is found by the one of its grams that the fewest literals share. */
function statementsByGram(guards: readonly (Guard | undefined)[]): ReadonlyMap<string, readonly number[]> {
  const frequency = new Map<string, number>()
  for (const literal of new Set(guards.flatMap(guard => guard?.literals ?? []))) {
    for (const gram of gramsOf(literal)) frequency.set(gram, (frequency.get(gram) ?? 0) + 1)
  }
  const byGram = new Map<string, number[]>()
  guards.forEach((guard, statement) => {
    for (const gram of new Set(guard?.literals.map(literal => rarest(literal, frequency)))) {
      const statements = byGram.get(gram) ?? []
      byGram.set(gram, statements)
      statements.push(statement)
    }
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

function hashTable(byGram: ReadonlyMap<string, readonly number[]>, lists: ListPool): readonly number[] {
  const slots = 2 ** Math.ceil(Math.log2(2 * byGram.size + 1))
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
