/**
 * The minimal automaton of a deterministic one, by Hopcroft's algorithm, in the one canonical form: classes that no transition tells
 * apart are merged, states are numbered breadth first from the start. Two patterns mean the same if and only if the results are equal.
 */
import type { Automaton, CodePointRange } from './automaton.js'
import type { Budget } from './budget.js'
import type { Dfa } from './determinize.js'
import { NumberBuffer } from './number-lists.js'
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
  const hashes = columnHashes(dfa, classes.length)
  const kept: number[] = []
  const target = classes.map((_, charClass) => {
    const same = kept.findIndex(other => hashes[other] === hashes[charClass] && isSameColumn(dfa, classes.length, other, charClass))
    return same === -1 ? kept.push(charClass) - 1 : same
  })
  if (kept.length === classes.length) return { ...dfa, classes }
  return { ...dfa, classes: mergedRanges(classes, target, kept.length), transitions: pickColumns(dfa, classes.length, kept) }
}

/** FNV-1a over each column, row by row. */
function columnHashes(table: Pick<Table, 'stateCount' | 'transitions'>, classCount: number): Int32Array {
  const hashes = new Int32Array(classCount).fill(0x811c9dc5 | 0)
  for (let at = 0, state = 0; state < table.stateCount; state++) {
    for (let charClass = 0; charClass < classCount; charClass++, at++) {
      hashes[charClass] = Math.imul((hashes[charClass] as number) ^ (table.transitions[at] as number), 0x01000193) // in bounds
    }
  }
  return hashes
}

function isSameColumn(table: Pick<Table, 'stateCount' | 'transitions'>, classCount: number, a: number, b: number): boolean {
  for (let row = 0; row < table.stateCount * classCount; row += classCount) {
    if (table.transitions[row + a] !== table.transitions[row + b]) return false
  }
  return true
}

function pickColumns(table: Pick<Table, 'stateCount' | 'transitions'>, classCount: number, kept: readonly number[]): Uint32Array {
  const picked = new Uint32Array(table.stateCount * kept.length)
  for (let to = 0, row = 0; to < picked.length; row += classCount) {
    for (const charClass of kept) picked[to++] = table.transitions[row + charClass] as number // in bounds
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
  const classCount = table.classes.length
  const partition = new Partition(table.stateCount)
  const sources = new NumberBuffer()
  partition.split(acceptingStates(table, sources))
  const predecessors = predecessorsOf(table)
  const open = [partition.smallest()]
  for (let block = open.pop(); block !== undefined; block = open.pop()) {
    // A copy: while the block is split by, it may be split itself.
    const members = partition.members(block).slice()
    for (let charClass = 0; charClass < classCount; charClass++) {
      predecessors.collect(members, charClass, sources.clear())
      if (sources.length === 0) continue
      budget.spend(1 + sources.length)
      // Of two halves the smaller one is enough: what the other would tell apart, the whole block did, or still will.
      for (const fresh of partition.split(sources)) open.push(fresh)
    }
  }
  return partition.blocks()
}

function acceptingStates(table: Table, into: NumberBuffer): NumberBuffer {
  table.accepting.forEach((accepts, state) => {
    if (accepts === 1) into.add(state)
  })
  return into
}

/** The states that go to each state, by class: for class c and state s, `sources[offsets[c * states + s] …]`. */
function predecessorsOf({ stateCount, transitions, classes }: Table) {
  const classCount = classes.length
  const offsets = new Uint32Array(stateCount * classCount + 1)
  const slots = new Uint32Array(stateCount * classCount)
  for (let at = 0, state = 0; state < stateCount; state++) {
    for (let charClass = 0; charClass < classCount; charClass++, at++) {
      const slot = charClass * stateCount + (transitions[at] as number) // in bounds
      slots[at] = slot
      offsets[slot + 1] = (offsets[slot + 1] as number) + 1 // in bounds
    }
  }
  for (let at = 1; at < offsets.length; at++) offsets[at] = (offsets[at] as number) + (offsets[at - 1] as number) // in bounds
  const sources = sortedBySlot(slots, offsets, classCount)
  const collect = (members: Uint32Array, charClass: number, into: NumberBuffer): void => {
    for (let i = 0; i < members.length; i++) {
      const slot = charClass * stateCount + (members[i] as number) // in bounds
      const end = offsets[slot + 1] as number // in bounds
      for (let place = offsets[slot] as number; place < end; place++) into.add(sources[place] as number) // in bounds
    }
  }
  return { collect }
}

function sortedBySlot(slots: Uint32Array, offsets: Uint32Array, classCount: number): Uint32Array {
  const filled = offsets.slice()
  const sources = new Uint32Array(slots.length)
  for (let at = 0; at < slots.length; at++) {
    const slot = slots[at] as number // in bounds
    const place = filled[slot] as number // every slot has an offset
    sources[place] = (at - (at % classCount)) / classCount
    filled[slot] = place + 1
  }
  return sources
}

function canonical(table: Table, blocks: Int32Array): Automaton {
  const classCount = table.classes.length
  const numbers = new Int32Array(table.stateCount).fill(-1)
  numbers[blocks[0] ?? 0] = 0
  // One state of each block stands for it; the list grows while it is walked.
  const order = [0]
  const transitions: number[] = []
  for (let at = 0; at < order.length; at++) {
    const row = (order[at] as number) * classCount // in bounds
    for (let charClass = 0; charClass < classCount; charClass++) {
      const next = table.transitions[row + charClass] as number // in bounds
      const block = blocks[next] as number // of a state
      if (numbers[block] === -1) numbers[block] = order.push(next) - 1
      transitions.push(numbers[block] as number) // set above
    }
  }
  const accepting = Uint8Array.from(order, state => table.accepting[state] ?? 0)
  return mergeClasses({ classes: table.classes, stateCount: order.length, transitions: Uint32Array.from(transitions), accepting })
}
