/** What a condition needs of single fields: where a field has none of what is needed, the condition is false. */
import type { Formula, Ir, IrTest } from '../ir/ir.js'

export interface Needed<Item> {
  readonly field: string
  /** One of these; there is at least one. */
  readonly items: readonly Item[]
}

export interface Need<Item> {
  /** What one test needs of its field: one item of each of these sets; none where it needs nothing that can be looked up. */
  readonly ofTest: (test: IrTest, ir: Ir) => readonly (readonly Item[])[]
  /** Whether it is worth being looked up. */
  readonly isUsable: (items: readonly Item[]) => boolean
  /** The more, the more requests it rules out. */
  readonly strength: (items: readonly Item[]) => number
}

/** All of these are needed: by an `and` what any of its parts needs, by an `or` what its parts need of a field of which all need something. */
export function needsOf<Item>(formula: Formula, ir: Ir, need: Need<Item>): readonly Needed<Item>[] {
  switch (formula.kind) {
    case 'test':
      return needsOfTest(ir.tests[formula.test], ir, need)
    case 'and':
      return formula.of.flatMap(part => needsOf(part, ir, need))
    case 'or':
      return commonNeeds(
        formula.of.map(part => needsOf(part, ir, need)),
        need,
      )
    case 'not':
      return []
    default:
      return formula satisfies never
  }
}

/** The one that rules out most; of equals the first. */
export function strongest<Item>(needs: readonly Needed<Item>[], { strength }: Need<Item>): Needed<Item> | undefined {
  return needs.reduce<Needed<Item> | undefined>((a, b) => (a === undefined || strength(b.items) > strength(a.items) ? b : a), undefined)
}

/** A negated test holds of what is not looked up. */
function needsOfTest<Item>(test: IrTest | undefined, ir: Ir, need: Need<Item>): readonly Needed<Item>[] {
  if (test === undefined || test.negated) return []
  return need.ofTest(test, ir).flatMap(items => usable({ field: test.field, items }, need))
}

function usable<Item>(needed: Needed<Item>, { isUsable }: Need<Item>): readonly Needed<Item>[] {
  return needed.items.length > 0 && isUsable(needed.items) ? [needed] : []
}

function commonNeeds<Item>(alternatives: readonly (readonly Needed<Item>[])[], need: Need<Item>): readonly Needed<Item>[] {
  const fields = new Set(alternatives[0]?.map(({ field }) => field))
  return [...fields].flatMap(field => {
    const each = alternatives.flatMap(
      needs =>
        strongest(
          needs.filter(one => one.field === field),
          need,
        ) ?? [],
    )
    if (each.length < alternatives.length) return []
    return usable({ field, items: [...new Set(each.flatMap(({ items }) => items))] }, need)
  })
}
