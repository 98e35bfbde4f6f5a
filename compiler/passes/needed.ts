/** What a condition needs of one field: where the field has none of it, the condition is false. */
import type { Formula, Ir, IrTest } from '../ir/ir.js'

export interface Needed<Item> {
  readonly field: string
  /** One of these. */
  readonly items: readonly Item[]
}

export interface Need<Item> {
  /** What one test needs; undefined where it needs nothing that can be looked up. */
  readonly ofTest: (test: IrTest, ir: Ir) => readonly Item[] | undefined
  /** Whether it is worth being looked up. */
  readonly isUsable: (items: readonly Item[]) => boolean
  /** The more, the more requests it rules out. */
  readonly strength: (items: readonly Item[]) => number
}

/** An `and` needs what any of its parts needs, of which the strongest is taken; an `or` what its parts need, if all need it of one field. */
export function neededBy<Item>(formula: Formula, ir: Ir, need: Need<Item>): Needed<Item> | undefined {
  switch (formula.kind) {
    case 'test':
      return usable(neededByTest(ir.tests[formula.test], ir, need), need)
    case 'and':
      return strongest(
        formula.of.map(part => neededBy(part, ir, need)),
        need,
      )
    case 'or':
      return usable(union(formula.of.map(part => neededBy(part, ir, need))), need)
    case 'not':
      return undefined
    default:
      return formula satisfies never
  }
}

/** A negated test holds of what is not looked up. */
function neededByTest<Item>(test: IrTest | undefined, ir: Ir, need: Need<Item>): Needed<Item> | undefined {
  if (test === undefined || test.negated) return undefined
  const items = need.ofTest(test, ir)
  return items && { field: test.field, items }
}

function usable<Item>(needed: Needed<Item> | undefined, { isUsable }: Need<Item>): Needed<Item> | undefined {
  return needed !== undefined && needed.items.length > 0 && isUsable(needed.items) ? needed : undefined
}

function strongest<Item>(found: readonly (Needed<Item> | undefined)[], { strength }: Need<Item>): Needed<Item> | undefined {
  return found.reduce((a, b) => (a === undefined || (b !== undefined && strength(b.items) > strength(a.items)) ? b : a), undefined)
}

function union<Item>(found: readonly (Needed<Item> | undefined)[]): Needed<Item> | undefined {
  const [first] = found
  if (first === undefined || !found.every(one => one?.field === first.field)) return undefined
  return { field: first.field, items: [...new Set(found.flatMap(one => one?.items ?? []))] }
}
