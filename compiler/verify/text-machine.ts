/**
 * The deterministic automaton of a pattern. What a look-ahead will find is not known when it is asked, so it is *guessed*,
 * both ways, and the guess is checked while reading on: for each text exactly one way of guessing is right. A *world* is one
 * way of having guessed: [1 where the pattern has matched, item of the pattern, pledge …]. A pledge is a guess that is still
 * open: twice the item of that look-ahead's body, plus one where the body must not be found. A state is the set of all
 * worlds that nothing read so far has refuted: without look-ahead there is one at most.
 */
import { ClassCells } from './class-cells.js'
import { type Effort, EffortSpent } from './effort.js'
import type { Letters } from './letters.js'
import { type Classes, type Machine, splitLetters } from './machine.js'
import { type Neighbours, neighboursOf } from './neighbours.js'
import { type Place, Places } from './places.js'
import type { Positions } from './positions.js'
import { Sequences } from './sequences.js'

/** Undefined where too many neighbours are told apart: then they have to be spelled out. */
export function textMachine(positions: Positions, letters: Letters, effort: Effort): Machine | undefined {
  const members = positions.sets.map(set => letters.members(set))
  const classes = splitLetters(letters, members)
  const neighbours = neighboursOf(positions, letters, classes)
  if (neighbours === undefined) return undefined
  const classesIn = members.map(inside => Int32Array.from(classes.samples.flatMap((letter, each) => (inside[letter] === 1 ? [each] : []))))
  return new TextMachine(positions, classes, classesIn, neighbours, effort)
}

class TextMachine implements Machine {
  readonly classOf: Int32Array
  readonly classCount: number
  readonly start: number
  readonly #places: Places
  readonly #worlds = new Sequences()
  /** Worlds in ascending order. */
  readonly #states = new Sequences()
  /** [group of the character read, 1 where matched plus twice the number of pledges, pledge …, position …]: pledges are sets of positions here. */
  readonly #arrivals = new Sequences()
  /** The state of the worlds that each arrival leads to. */
  readonly #stateAfter: number[] = []
  readonly #sets = new Sequences()
  readonly #cells: ClassCells
  readonly #inSet: readonly Uint8Array[]
  readonly #row: Int32Array
  readonly #targets: Int32Array
  readonly #marked = new Set<number>()
  /** The arrival, and the positions of a body, that are being put together. */
  readonly #arrival: Int32Array
  readonly #body: Int32Array
  readonly #settled: number
  readonly #nowhere: number

  constructor(
    readonly positions: Positions,
    classes: Classes,
    readonly classesIn: readonly Int32Array[],
    readonly neighbours: Neighbours,
    readonly effort: Effort,
  ) {
    this.classOf = classes.of
    this.classCount = classes.count
    this.#cells = new ClassCells(classes.count)
    this.#inSet = classesIn.map(members => membersOf(members, classes.count))
    this.#row = new Int32Array(classes.count)
    this.#targets = new Int32Array(classes.count)
    this.#arrival = new Int32Array(positions.setOf.length + MOST_PLEDGES + 2)
    this.#body = new Int32Array(positions.setOf.length)
    this.#places = new Places(positions, neighbours, this.#reach(), effort)
    this.#settled = this.#states.intern([this.#worldId(true, this.#places.items.intern([0]), [])])
    this.#nowhere = this.#states.intern([])
    this.#arrival.set([neighbours.edgeGroup, 0, positions.roots[0] ?? 0])
    this.start = this.#arrive(3)
  }

  get stateCount(): number {
    return this.#states.count
  }

  accepts(state: number): boolean {
    for (let i = 0; i < this.#states.lengthOf(state); i++) if (this.#holdsAtEnd(this.#states.at(state, i))) return true
    return false
  }

  row(state: number): Int32Array {
    const cells = this.#splitClasses(state)
    for (let cell = 0; cell < cells; cell++) this.#targets[cell] = this.#next(state, this.#cells.samples[cell] ?? 0)
    for (let each = 0; each < this.classCount; each++) this.#row[each] = this.#targets[this.#cells.cellOf[each] ?? 0] ?? 0
    return this.#row
  }

  #holdsAtEnd(world: number): boolean {
    const { edgeGroup } = this.neighbours
    if (this.#worlds.at(world, 0) === 0 && !this.#isComplete(this.#worlds.at(world, 1), edgeGroup)) return false
    for (let i = 2; i < this.#worlds.lengthOf(world); i++) {
      const pledge = this.#worlds.at(world, i)
      if (this.#isComplete(pledge >> 1, edgeGroup) === ((pledge & 1) === 1)) return false
    }
    return true
  }

  #isComplete(item: number, group: number): boolean {
    return ((this.#places.items.at(item, 0) >> group) & 1) === 1
  }

  /** Puts the classes that the same positions read into one cell; gives the number of cells. */
  #splitClasses(state: number): number {
    this.#cells.begin(this.neighbours.groupOf)
    this.#marked.clear()
    for (let i = 0; i < this.#states.lengthOf(state); i++) this.#markWorld(this.#states.at(state, i))
    this.effort.spend(2 * this.classCount)
    return this.#cells.finish()
  }

  #markWorld(world: number): void {
    this.#markItem(this.#worlds.at(world, 1))
    for (let i = 2; i < this.#worlds.lengthOf(world); i++) this.#markItem(this.#worlds.at(world, i) >> 1)
  }

  #markItem(item: number): void {
    if (this.#marked.has(item)) return
    this.#marked.add(item)
    const { items } = this.#places
    const length = items.lengthOf(item)
    for (let i = 1; i < length; i += 2) {
      const classes = this.classesIn[this.positions.setOf[items.at(item, i)] ?? 0] ?? NO_CLASSES
      this.effort.spend(1 + classes.length)
      // What reads every class tells groups apart at most, and these are apart already.
      if (classes.length < this.classCount) this.#cells.mark(classes, this.neighbours.groupOf, items.at(item, i + 1))
    }
  }

  #next(state: number, each: number): number {
    const count = this.#states.lengthOf(state)
    if (count === 0) return this.#nowhere
    if (count === 1) return this.#follow(this.#states.at(state, 0), each)
    const next = new Set<number>()
    for (let i = 0; i < count; i++) {
      for (const follower of this.#states.get(this.#follow(this.#states.at(state, i), each))) next.add(follower)
    }
    return this.#stateOf(next)
  }

  /** The state of the worlds that follow one over a class. */
  #follow(world: number, each: number): number {
    const group = this.neighbours.groupOf[each] ?? 0
    const main = this.#worlds.at(world, 1)
    const matched = this.#worlds.at(world, 0) === 1 || this.#isComplete(main, group)
    const length = this.#worlds.lengthOf(world)
    if (matched && length === 2) return this.#settled
    const pledges = length === 2 ? NO_PLEDGES : this.#readOn(this.#worlds.get(world).subarray(2), each, group)
    if (pledges === undefined) return this.#nowhere
    if (pledges.length > MOST_PLEDGES) throw new EffortSpent()
    if (matched && pledges.length === 0) return this.#settled
    const scratch = this.#arrival
    scratch[0] = group
    scratch[1] = (matched ? 1 : 0) + 2 * pledges.length
    for (let i = 0; i < pledges.length; i++) scratch[2 + i] = pledges[i] ?? 0
    return this.#arrive(this.#readers(main, each, scratch, 2 + pledges.length, matched))
  }

  /** The pledges that stay open, as sets; undefined where one is broken. */
  #readOn(pledges: Int32Array, each: number, group: number): readonly number[] | undefined {
    const open = new Set<number>()
    for (const pledge of pledges) {
      const mustFail = pledge & 1
      const complete = this.#isComplete(pledge >> 1, group)
      if (complete && mustFail === 1) return undefined
      if (complete) continue
      const length = this.#readers(pledge >> 1, each, this.#body, 0, false)
      if (length > 0) open.add(this.#sets.intern(this.#body, length) * 2 + mustFail)
      else if (mustFail === 0) return undefined
    }
    return [...open].sort((a, b) => a - b)
  }

  /** Writes the positions of the item that read the class into the array from there on; gives the length. */
  #readers(item: number, each: number, into: Int32Array, from: number, onlyMonitors: boolean): number {
    const { items } = this.#places
    const group = this.neighbours.groupOf[each] ?? 0
    const end = items.lengthOf(item)
    let length = from
    for (let i = 1; i < end; i += 2) {
      const position = items.at(item, i)
      const reads = ((items.at(item, i + 1) >> group) & 1) === 1 && this.#inSet[this.positions.setOf[position] ?? 0]?.[each] === 1
      if (reads && (!onlyMonitors || this.#places.isMonitor(position))) into[length++] = position
    }
    this.effort.spend(4 + end + length)
    return length
  }

  /** The state after the arrival in the first `length` words of its array. */
  #arrive(length: number): number {
    const arrival = this.#arrivals.intern(this.#arrival, length)
    return (this.#stateAfter[arrival] ??= this.#stateOf(this.#worldsAt(this.#arrivals.get(arrival))))
  }

  /** The worlds for every way of guessing what has to be guessed at the place. */
  #worldsAt(arrival: Int32Array): Iterable<number> {
    const [group = 0, flags = 0] = arrival
    const count = flags >> 1
    const pledged = Array.from(arrival.subarray(2, 2 + count))
    const read = arrival.subarray(2 + count)
    const open: ReadonlyMap<number, boolean>[] = [NO_GUESSES]
    const found = new Set<number>()
    for (let guesses = open.pop(); guesses !== undefined; guesses = open.pop()) {
      this.#places.unguessed = undefined
      const world = this.#worldAt({ group, read, guesses }, flags % 2 === 1, pledged)
      const root = this.#places.unguessed as number | undefined // set by what was called
      if (root !== undefined) open.push(new Map(guesses).set(root, true), new Map(guesses).set(root, false))
      else if (world !== undefined) found.add(world)
    }
    return found
  }

  /** Undefined where the guesses contradict each other, or nothing can match any more. */
  #worldAt(place: Place, matched: boolean, pledged: readonly number[]): number | undefined {
    const main = this.#places.mainItem(place)
    const pledges = new Set(pledged.map(pledge => this.#places.bodyItem(this.#sets.get(pledge >> 1), place) * 2 + (pledge & 1)))
    for (const [root, found] of place.guesses) {
      const start = Int32Array.of(this.positions.roots[root] ?? 0)
      pledges.add(this.#places.bodyItem(start, place) * 2 + (found ? 0 : 1))
    }
    const open = this.#stillOpen(pledges)
    if (open === undefined || (!matched && this.#isLost(main))) return undefined
    return this.#worldId(matched || this.#isAlwaysComplete(main), main, open)
  }

  #stillOpen(pledges: ReadonlySet<number>): readonly number[] | undefined {
    const open: number[] = []
    for (const pledge of pledges) {
      const fate = this.#fateOf(pledge >> 1)
      if (pledges.has(pledge ^ 1) || (fate !== undefined && fate !== ((pledge & 1) === 0))) return undefined
      if (fate === undefined) open.push(pledge)
    }
    return open.sort((a, b) => a - b)
  }

  /** Whether the body will be found, where that is certain. */
  #fateOf(item: number): boolean | undefined {
    if (this.#isAlwaysComplete(item)) return true
    return this.#places.items.lengthOf(item) === 1 && this.#places.items.at(item, 0) === 0 ? false : undefined
  }

  /** Whether the pattern is not complete and never will be. */
  #isLost(main: number): boolean {
    const { items } = this.#places
    if (items.at(main, 0) !== 0) return false
    for (let i = 1; i < items.lengthOf(main); i += 2) if (!this.#places.isMonitor(items.at(main, i))) return false
    return true
  }

  #isAlwaysComplete(item: number): boolean {
    return this.#places.items.at(item, 0) === this.neighbours.allGroups
  }

  #worldId(matched: boolean, main: number, pledges: readonly number[]): number {
    return this.#worlds.intern([matched ? 1 : 0, main, ...pledges])
  }

  #stateOf(worlds: Iterable<number>): number {
    const ascending = [...worlds].sort((a, b) => a - b)
    this.effort.spend(8 + 8 * ascending.length)
    // Matched, and nothing pledged: nothing that follows matters.
    const settled = ascending.some(world => this.#worlds.lengthOf(world) === 2 && this.#worlds.at(world, 0) === 1)
    return settled ? this.#settled : this.#states.intern(ascending)
  }

  #reach(): Int32Array {
    const groupsIn = this.classesIn.map(classes =>
      classes.reduce((groups, each) => groups | (1 << (this.neighbours.groupOf[each] ?? 0)), 0),
    )
    return Int32Array.from(this.positions.setOf, set => groupsIn[set] ?? 0)
  }
}

const NO_CLASSES = new Int32Array(0)
const NO_PLEDGES: readonly number[] = []
/** More open guesses at once are beyond any budget. */
const MOST_PLEDGES = 1024
const NO_GUESSES: ReadonlyMap<number, boolean> = new Map()

function membersOf(classes: Int32Array, count: number): Uint8Array {
  const members = new Uint8Array(count)
  for (const each of classes) members[each] = 1
  return members
}
