/**
 * What may be read at a place between two characters. An *item* says it for a set of positions that the character before may
 * have been read by: [groups before which they are complete, position, its groups, position, its groups …], each position
 * with the groups of characters for which the guards let it read. What was read is forgotten as soon as it cannot matter.
 */
import type { Effort } from './effort.js'
import type { Neighbours } from './neighbours.js'
import { type Condition, NO_GUARD, type Positions } from './positions.js'
import { Sequences } from './sequences.js'

/** A place while it is looked at. */
export interface Place {
  /** The group of the character before. */
  readonly group: number
  /** The positions that may have read it, those of the monitors among them. */
  readonly read: Int32Array
  /** By root of a look-ahead: whether its body is found from here. */
  readonly guesses: ReadonlyMap<number, boolean>
}

export class Places {
  readonly items = new Sequences()
  /** The roots of look-behinds. Each has a *monitor*: its body, begun anew at every place. */
  readonly behinds: readonly number[]
  /** A look-ahead that was asked for and not guessed: what was found without it does not count. */
  unguessed: number | undefined
  readonly #isMonitor: Uint8Array
  /** By guard: its conditions that look farther than the neighbours. */
  readonly #looks: readonly (readonly Condition[])[]
  /** While an item is made: the groups of each position so far, and the positions that have any. */
  readonly #groupsOf: Int32Array
  readonly #touched: Int32Array
  #touchedCount = 0
  readonly #packed: Int32Array

  constructor(
    readonly positions: Positions,
    readonly neighbours: Neighbours,
    /** The groups that the characters of each position belong to. */
    readonly reach: Int32Array,
    readonly effort: Effort,
  ) {
    const { conditions, guards, rootOf } = positions
    this.behinds = [...new Set(conditions.flatMap(each => (each.kind === 'behind' ? [each.root] : [])))]
    this.#isMonitor = Uint8Array.from(rootOf, root => (this.behinds.includes(root) ? 1 : 0))
    this.#looks = guards.map(guard => guard.flatMap(id => conditions[id] ?? []).filter(({ kind }) => kind === 'ahead' || kind === 'behind'))
    this.#groupsOf = new Int32Array(rootOf.length)
    this.#touched = new Int32Array(rootOf.length)
    this.#packed = new Int32Array(2 * rootOf.length + 1)
  }

  isMonitor(position: number): boolean {
    return this.#isMonitor[position] === 1
  }

  /** The item of the pattern itself: what the monitors read stands in it too. */
  mainItem(place: Place): number {
    for (const root of this.behinds) this.#touchBehind(this.positions.roots[root] ?? 0, place)
    return this.#itemOf(place.read, place)
  }

  /** The item of the body of a look-ahead. */
  bodyItem(read: Int32Array, place: Place): number {
    return this.#itemOf(read, place)
  }

  #itemOf(read: Int32Array, place: Place): number {
    let complete = 0
    for (let i = 0; i < read.length; i++) {
      const position = read[i] ?? 0
      if (!this.isMonitor(position)) complete |= this.#completeBehind(position, place)
      this.#touchBehind(position, place)
    }
    return this.#pack(complete)
  }

  #pack(complete: number): number {
    const count = this.#touchedCount
    const ordered = this.#touched.subarray(0, count)
    if (count > 1) ordered.sort()
    this.#packed[0] = complete
    let length = 1
    for (let i = 0; i < count; i++) {
      const position = ordered[i] ?? 0
      // Once complete, nothing more need be read; monitors are never done.
      const groups = (this.#groupsOf[position] ?? 0) & (this.isMonitor(position) ? this.neighbours.allGroups : ~complete)
      this.#groupsOf[position] = 0
      if (groups === 0) continue
      this.#packed[length++] = position
      this.#packed[length++] = groups
    }
    this.#touchedCount = 0
    return this.items.intern(this.#packed, length)
  }

  /** The groups before which what the position belongs to is complete behind it. */
  #completeBehind(position: number, place: Place): number {
    const { starts, guards } = this.positions.ends
    const end = starts[position + 1] ?? 0
    let complete = 0
    for (let i = starts[position] ?? 0; i < end; i++) complete |= this.#groupsAfter(guards[i] ?? 0, place)
    return complete
  }

  #touchBehind(position: number, place: Place): void {
    const { starts, to, guards } = this.positions.edges
    const end = starts[position + 1] ?? 0
    for (let i = starts[position] ?? 0; i < end; i++) {
      const target = to[i] ?? 0
      const groups = this.#groupsAfter(guards[i] ?? 0, place) & (this.reach[target] ?? 0)
      if (groups === 0) continue
      if (this.#groupsOf[target] === 0) this.#touched[this.#touchedCount++] = target
      this.#groupsOf[target] = (this.#groupsOf[target] ?? 0) | groups
    }
    this.effort.spend(4 + end - (starts[position] ?? 0))
  }

  /** The groups of the next character for which the guard lets pass. */
  #groupsAfter(guard: number, place: Place): number {
    if (guard === NO_GUARD) return this.neighbours.allGroups
    if ((((this.neighbours.before[guard] ?? 0) >> place.group) & 1) === 0) return 0
    let groups = this.neighbours.after[guard] ?? 0
    for (const condition of this.#looks[guard] ?? []) {
      if (groups === 0) return 0
      groups &= this.#groupsWhere(condition, place)
    }
    return groups
  }

  #groupsWhere(condition: Condition, place: Place): number {
    const { allGroups } = this.neighbours
    if (condition.kind === 'ahead') return this.#foundAhead(condition.root, place) === condition.negated ? 0 : allGroups
    if (condition.kind !== 'behind') return allGroups
    const found = this.#foundBehind(condition.root, place)
    return condition.negated ? allGroups & ~found : found
  }

  #foundAhead(root: number, place: Place): boolean {
    const guess = place.guesses.get(root)
    if (guess === undefined) this.unguessed ??= root
    return guess === true
  }

  #foundBehind(root: number, place: Place): number {
    this.effort.spend(place.read.length)
    let found = this.#completeBehind(this.positions.roots[root] ?? 0, place)
    for (const position of place.read) if (this.positions.rootOf[position] === root) found |= this.#completeBehind(position, place)
    return found
  }
}
