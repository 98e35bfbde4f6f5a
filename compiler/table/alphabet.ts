/** The alphabet that all automata of a table share: non-ASCII code points fall into sets that none of them tells apart. */
import { ASCII } from '../../runtime/decide/table.js'
import type { Automaton } from '../patterns/automaton.js'

/** How an automaton splits the non-ASCII code points: where each stretch begins, and the group that it belongs to. */
interface Layout {
  readonly starts: readonly number[]
  readonly groups: readonly number[]
  readonly groupCount: number
}

export interface SharedAlphabet {
  /** ASCII and one symbol for each set of the others. */
  readonly symbolCount: number
  readonly rangeStarts: readonly number[]
  /** The symbol - 128 of each range. */
  readonly rangeSymbols: readonly number[]
  /** Per layout: the number of groups, and the group of each non-ASCII symbol. */
  readonly layouts: readonly { readonly groupCount: number; readonly groups: readonly number[] }[]
  /** Per automaton: its layout, and the classes of ASCII and of the layout's groups. */
  readonly views: readonly { readonly layout: number; readonly classes: readonly number[] }[]
}

export function shareAlphabet(automata: readonly Automaton[]): SharedAlphabet {
  const layouts: Layout[] = []
  const known = new Map<string, number>()
  const views = automata.map(automaton => {
    const { layout, classes } = layoutOf(automaton)
    const key = `${layout.starts.join()}/${layout.groups.join()}`
    const index = known.get(key) ?? layouts.push(layout) - 1
    known.set(key, index)
    return { layout: index, classes: [...asciiClasses(automaton), ...classes] }
  })
  return { ...refine(layouts), views }
}

function asciiClasses(automaton: Automaton): readonly number[] {
  const classes = new Array<number>(ASCII).fill(0)
  automaton.classes.forEach((ranges, cls) => {
    for (const { from, to } of ranges) for (let point = from; point <= Math.min(to, ASCII - 1); point++) classes[point] = cls
  })
  return classes
}

/** The groups are numbered as they first appear, so that automata which split alike share a layout whatever their classes are called. */
function layoutOf(automaton: Automaton): { readonly layout: Layout; readonly classes: readonly number[] } {
  const stretches = automaton.classes.flatMap((ranges, cls) =>
    ranges.filter(range => range.to >= ASCII).map(range => ({ start: Math.max(range.from, ASCII), cls })),
  )
  stretches.sort((a, b) => a.start - b.start)
  const classes: number[] = []
  const groupOf = new Map<number, number>()
  const groups = stretches.map(({ cls }) => {
    const group = groupOf.get(cls) ?? classes.push(cls) - 1
    groupOf.set(cls, group)
    return group
  })
  return { layout: { starts: stretches.map(stretch => stretch.start), groups, groupCount: classes.length }, classes }
}

/** The coarsest split that is fine enough for every layout. */
function refine(layouts: readonly Layout[]): Omit<SharedAlphabet, 'views'> {
  const boundaries = [...new Set([ASCII, ...layouts.flatMap(layout => layout.starts)])].sort((a, b) => a - b)
  const cursors = layouts.map(() => 0)
  const symbolOf = new Map<string, number>()
  const signatures: (readonly number[])[] = []
  const rangeSymbols = boundaries.map(boundary => {
    const signature = layouts.map((layout, i) => groupAt(layout, cursors, i, boundary))
    const key = signature.join()
    const symbol = symbolOf.get(key) ?? signatures.push(signature) - 1
    symbolOf.set(key, symbol)
    return symbol
  })
  return {
    symbolCount: ASCII + signatures.length,
    rangeStarts: boundaries,
    rangeSymbols,
    layouts: layouts.map((layout, i) => ({ groupCount: layout.groupCount, groups: signatures.map(signature => signature[i] ?? 0) })),
  }
}

function groupAt(layout: Layout, cursors: number[], index: number, boundary: number): number {
  let cursor = cursors[index] ?? 0
  while ((layout.starts[cursor + 1] ?? Number.POSITIVE_INFINITY) <= boundary) cursor++
  cursors[index] = cursor
  return layout.groups[cursor] ?? 0
}
