/**
 * The minimal automaton of a deterministic one, by Hopcroft's algorithm, in the one canonical form: classes that no transition tells
 * apart are merged, states are numbered breadth first from the start. Two patterns mean the same if and only if the results are equal.
 */
import type { Automaton, CodePointRange } from './automaton.js'
import type { Budget } from './budget.js'
import type { Dfa } from './determinize.js'
import { Partition } from './partition.js'

export function minimize(dfa: Dfa, budget: Budget): Automaton {
  budget.spend(2 * dfa.transitions.length)
  const merged = mergeClasses(dfa)
  const blocks = coarsestPartition(merged, budget)
  return canonical(merged, blocks)
}

interface Table {
  readonly classes: readonly (readonly CodePointRange[])[]
  readonly stateCount: number
  readonly transitions: Uint32Array
  readonly accepting: Uint8Array
}

/** Classes with the same column become one. */
function mergeClasses(dfa: Table | Dfa): Table {
  const classes = 'classes' in dfa ? dfa.classes : dfa.alphabet.classes
  const columnIds = new Map<string, number>()
  const kept: number[] = []
  const target = classes.map((_, charClass) => {
    const key = columnKey(dfa, classes.length, charClass)
    const id = columnIds.get(key) ?? kept.push(charClass) - 1
    columnIds.set(key, id)
    return id
  })
  return { ...dfa, classes: mergedRanges(classes, target, kept.length), transitions: pickColumns(dfa, classes.length, kept) }
}

function columnKey(table: Pick<Table, 'stateCount' | 'transitions'>, classCount: number, charClass: number): string {
  const column = new Uint32Array(table.stateCount)
  for (let state = 0; state < table.stateCount; state++) column[state] = table.transitions[state * classCount + charClass] ?? 0
  return column.join()
}

function pickColumns(table: Pick<Table, 'stateCount' | 'transitions'>, classCount: number, kept: readonly number[]): Uint32Array {
  const picked = new Uint32Array(table.stateCount * kept.length)
  for (let state = 0; state < table.stateCount; state++) {
    kept.forEach((charClass, at) => {
      picked[state * kept.length + at] = table.transitions[state * classCount + charClass] ?? 0
    })
  }
  return picked
}

function mergedRanges(classes: readonly (readonly CodePointRange[])[], target: readonly number[], count: number): CodePointRange[][] {
  const collected: CodePointRange[][] = Array.from({ length: count }, () => [])
  classes.forEach((ranges, charClass) => collected[target[charClass] ?? 0]?.push(...ranges))
  return collected.map(joinRanges)
}

function joinRanges(ranges: CodePointRange[]): CodePointRange[] {
  const joined: CodePointRange[] = []
  for (const range of ranges.sort((a, b) => a.from - b.from)) {
    const last = joined.at(-1)
    if (last !== undefined && last.to + 1 === range.from) joined[joined.length - 1] = { from: last.from, to: range.to }
    else joined.push(range)
  }
  return joined
}

/** The block of each state: states in one block accept the same continuations. */
function coarsestPartition(table: Table, budget: Budget): Int32Array {
  const partition = new Partition(table.stateCount)
  partition.split(statesWhere(table, state => table.accepting[state] === 1))
  const predecessors = predecessorsOf(table)
  const open: (readonly [block: number, charClass: number])[] = []
  const openBlock = (block: number) => table.classes.forEach((_, charClass) => open.push([block, charClass]))
  openBlock(partition.smallest())
  for (let task = open.pop(); task !== undefined; task = open.pop()) {
    const [block, charClass] = task
    const sources = predecessors.into(partition.members(block), charClass)
    budget.spend(1 + sources.length)
    // Of two halves the smaller one is enough: what the other would tell apart, the whole block did, or still will.
    for (const fresh of partition.split(sources)) openBlock(fresh)
  }
  return partition.blocks()
}

function statesWhere(table: Table, holds: (state: number) => boolean): number[] {
  return Array.from({ length: table.stateCount }, (_, state) => state).filter(holds)
}

/** The states that go to each state, by class: for class c and state s, `sources[offsets[c * states + s] …]`. */
function predecessorsOf(table: Table) {
  const { stateCount, transitions } = table
  const classCount = table.classes.length
  const offsets = new Uint32Array(stateCount * classCount + 1)
  const slot = (state: number, charClass: number) => charClass * stateCount + (transitions[state * classCount + charClass] ?? 0)
  const forAll = (visit: (state: number, slot: number) => void) => {
    for (let state = 0; state < stateCount; state++) for (let c = 0; c < classCount; c++) visit(state, slot(state, c))
  }
  forAll((_, at) => {
    offsets[at + 1] = (offsets[at + 1] ?? 0) + 1
  })
  for (let at = 1; at < offsets.length; at++) offsets[at] = (offsets[at] ?? 0) + (offsets[at - 1] ?? 0)
  const filled = offsets.slice()
  const sources = new Uint32Array(stateCount * classCount)
  forAll((state, at) => {
    const place = filled[at] ?? 0
    sources[place] = state
    filled[at] = place + 1
  })
  const into = (members: readonly number[] | Uint32Array, charClass: number): number[] => {
    const found: number[] = []
    for (const member of members) {
      const at = charClass * stateCount + member
      for (let place = offsets[at] ?? 0; place < (offsets[at + 1] ?? 0); place++) found.push(sources[place] ?? 0)
    }
    return found
  }
  return { into }
}

function canonical(table: Table, blocks: Int32Array): Automaton {
  const classCount = table.classes.length
  const numbers = new Map<number, number>([[blocks[0] ?? 0, 0]])
  // One state of each block stands for it; the list grows while it is walked.
  const order = [0]
  const transitions: number[] = []
  for (let at = 0; at < order.length; at++) {
    for (let charClass = 0; charClass < classCount; charClass++) {
      const next = table.transitions[(order[at] ?? 0) * classCount + charClass] ?? 0
      const block = blocks[next] ?? 0
      const number = numbers.get(block) ?? order.push(next) - 1
      numbers.set(block, number)
      transitions.push(number)
    }
  }
  const accepting = Uint8Array.from(order, state => table.accepting[state] ?? 0)
  return mergeClasses({ classes: table.classes, stateCount: order.length, transitions: Uint32Array.from(transitions), accepting })
}
