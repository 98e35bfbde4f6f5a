/** The alphabet that all automata of a table share: non-ASCII code points fall into sets that none of them tells apart. */
import { ASCII } from '../../runtime/decide/table.js'
import type { CodePointRange } from '../patterns/automaton.js'
import { NumberBuffer, NumberLists } from '../patterns/number-lists.js'

const LAST_CODE_POINT = 0x10ffff

/** What an automaton and a circuit have in common. */
export interface Classes {
  readonly classes: readonly (readonly CodePointRange[])[]
}

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

export function shareAlphabet(machines: readonly Classes[]): SharedAlphabet {
  const layouts: Layout[] = []
  const known = new NumberLists()
  const views = machines.map(machine => {
    const { layout, classes } = layoutOf(machine)
    const key = new NumberBuffer()
    layout.starts.forEach((start, at) => key.add(start).add(layout.groups[at] ?? 0))
    const index = known.idOf(key)
    if (index === layouts.length) layouts.push(layout)
    return { layout: index, classes: [...asciiClasses(machine), ...classes] }
  })
  return { ...refine(layouts), views }
}

function asciiClasses(machine: Classes): readonly number[] {
  const classes = new Array<number>(ASCII).fill(0)
  machine.classes.forEach((ranges, cls) => {
    for (const { from, to } of ranges) for (let point = from; point <= Math.min(to, ASCII - 1); point++) classes[point] = cls
  })
  return classes
}

/** The groups are numbered as they first appear, so that automata which split alike share a layout whatever their classes are called. */
function layoutOf(machine: Classes): { readonly layout: Layout; readonly classes: readonly number[] } {
  const stretches = stretchesOf(machine)
  const classes: number[] = []
  const groupOf = new Map<number, number>()
  const groups = stretches.map(({ cls }) => {
    const group = groupOf.get(cls) ?? classes.push(cls) - 1
    groupOf.set(cls, group)
    return group
  })
  return { layout: { starts: stretches.map(stretch => stretch.start), groups, groupCount: classes.length }, classes }
}

/** The classes beyond ASCII in the order of their ranges: each ends where the next begins, since together they hold every code point. */
function stretchesOf({ classes }: Classes): readonly { readonly start: number; readonly cls: number }[] {
  const open = classes.flatMap((ranges, cls) => {
    const at = ranges.findIndex(range => range.to >= ASCII)
    return at === -1 ? [] : [{ cls, ranges, at }]
  })
  const stretches: { readonly start: number; readonly cls: number }[] = []
  for (let start = ASCII; start <= LAST_CODE_POINT; ) {
    const next = open.find(({ ranges, at }) => (ranges[at]?.from ?? Number.POSITIVE_INFINITY) <= start)
    if (next === undefined) throw new Error('the classes of an automaton leave a code point out')
    stretches.push({ start, cls: next.cls })
    start = (next.ranges[next.at++]?.to ?? LAST_CODE_POINT) + 1
  }
  return stretches
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
