/**
 * The proof's own automaton of a pattern, in the manner of Glushkov: a *position* for every set of characters in the pattern
 * once its repetitions are written out, and an *edge* from each to those that may read the next character. It shares the
 * syntax tree with the compiler's automata and nothing else: there are no states between characters, nothing is followed
 * step by step, and what an assertion asks is a *guard* on the edge that passes it.
 *
 * Each look-around has positions of its own. A guard is a set of conditions, all of which must hold at the place between
 * the two characters: on the neighbours of the place, or on whether a look-around's body is found there.
 */
import { anything, choice, endOfText, type Look, type Neighbour, type Pattern, sequence, setOf } from '../patterns/ast.js'
import { type CharSet, complement } from '../patterns/char-set.js'
import type { Effort } from './effort.js'

export type Condition =
  | { readonly kind: 'before' | 'after'; readonly set: number; readonly edge: boolean }
  | { readonly kind: 'ahead' | 'behind'; readonly negated: boolean; readonly root: number }

/** For position p, the entries from `starts[p]` to `starts[p + 1]`. */
export interface Edges {
  readonly starts: Int32Array
  readonly to: Int32Array
  readonly guards: Int32Array
}

export interface Positions {
  /** The set that each position reads; NO_SET for the positions where the roots start, which read nothing. */
  readonly setOf: readonly number[]
  /** The root that each position belongs to. */
  readonly rootOf: readonly number[]
  readonly sets: readonly CharSet[]
  readonly edges: Edges
  /** The guards under which what the position belongs to is complete behind it; `to` is not used. */
  readonly ends: Edges
  /** The start position of the pattern (first) and of the body of each look-around. */
  readonly roots: readonly number[]
  readonly conditions: readonly Condition[]
  /** The conditions of each guard; the first has none. */
  readonly guards: readonly (readonly number[])[]
}

export const NO_SET = -1
export const NO_GUARD = 0

/**
 * @param how whether the pattern may be found anywhere in the text, or must be the whole of it
 * @param neighbours how conditions on the neighbours of a place are kept: as such, or as the look-arounds that they are short for
 */
export function positionsOf(
  pattern: Pattern,
  how: 'found' | 'whole',
  effort: Effort,
  neighbours: 'short' | 'spelled out' = 'short',
): Positions {
  const builder = new PositionBuilder(effort, neighbours)
  builder.addRoot(how === 'found' ? sequence([anything, lastLookRead(pattern)]) : sequence([pattern, endOfText]))
  return builder.finish()
}

/** Where nothing follows, to look ahead and to read on are the same. */
function lastLookRead(pattern: Pattern): Pattern {
  switch (pattern.kind) {
    case 'sequence':
      return sequence([...pattern.of.slice(0, -1), ...pattern.of.slice(-1).map(lastLookRead)])
    case 'choice':
      return choice(pattern.of.map(lastLookRead))
    case 'ahead':
      return pattern.negated ? pattern : lastLookRead(pattern.of)
    case 'empty':
    case 'set':
    case 'repeat':
    case 'before':
    case 'after':
    case 'behind':
    case 'group':
    case 'reference':
    case 'atomic':
    case 'conditional':
      return pattern
    default:
      return pattern satisfies never
  }
}

/** Pairs of a position and a guard, flat. */
type Pairs = number[]

/** A part of the pattern: consumed by the part that it is put into. */
interface Fragment {
  /** The guards under which it matches nothing at all; any of them is enough. */
  readonly empty: readonly number[]
  readonly first: Pairs
  readonly last: Pairs
}

class PositionBuilder {
  readonly #setOf: number[] = []
  readonly #rootOf: number[] = []
  #root = 0
  readonly #sets: CharSet[] = []
  readonly #setIds = new Map<string, number>()
  readonly #setIdOf = new Map<CharSet, number>()
  readonly #edges: number[] = []
  readonly #ends: number[] = []
  readonly #roots: number[] = []
  readonly #looks = new Map<Look, number>()
  readonly #conditions: Condition[] = []
  readonly #conditionIds = new Map<string, number>()
  readonly #guards: (readonly number[])[] = [[]]
  readonly #guardIds = new Map<string, number>([['', NO_GUARD]])

  constructor(
    readonly effort: Effort,
    readonly neighbours: 'short' | 'spelled out',
  ) {}

  addRoot(pattern: Pattern): number {
    const outer = this.#root
    const root = (this.#root = this.#roots.length)
    const start = this.#position(NO_SET)
    this.#roots.push(start)
    const { empty, first, last } = this.#fragment(pattern)
    this.#root = outer
    this.#connect([start, NO_GUARD], first)
    for (const guard of empty) this.#ends.push(start, 0, guard)
    for (let i = 0; i < last.length; i += 2) this.#ends.push(last[i] ?? 0, 0, last[i + 1] ?? 0)
    return root
  }

  finish(): Positions {
    const count = this.#setOf.length
    return {
      setOf: this.#setOf,
      rootOf: this.#rootOf,
      sets: this.#sets,
      edges: edgesBySource(this.#edges, count),
      ends: edgesBySource(this.#ends, count),
      roots: this.#roots,
      conditions: this.#conditions,
      guards: this.#guards,
    }
  }

  #fragment(pattern: Pattern): Fragment {
    switch (pattern.kind) {
      case 'empty':
        return { empty: [NO_GUARD], first: [], last: [] }
      case 'set': {
        const position = this.#position(this.#setId(pattern.set))
        return { empty: [], first: [position, NO_GUARD], last: [position, NO_GUARD] }
      }
      case 'sequence':
        return pattern.of
          .slice(1)
          .reduce((before, part) => this.#then(before, this.#fragment(part)), this.#fragment(pattern.of[0] ?? nothing))
      case 'choice':
        return pattern.of.map(part => this.#fragment(part)).reduce((a, b) => this.#either(a, b))
      case 'repeat':
        return this.#repeat(pattern.of, pattern.min, pattern.max)
      case 'before':
      case 'after':
        return this.#neighbour(pattern)
      case 'ahead':
      case 'behind':
        return this.#asserted({ kind: pattern.kind, negated: pattern.negated, root: this.#lookRoot(pattern) })
      case 'group':
      case 'reference':
      case 'atomic':
      case 'conditional':
        throw new Error('what is not regular has no automaton')
      default:
        return pattern satisfies never
    }
  }

  #then(a: Fragment, b: Fragment): Fragment {
    this.#connect(a.last, b.first)
    this.#guarded(b.first, a.empty, a.first)
    this.#guarded(a.last, b.empty, b.last)
    return { empty: this.#allOf(a.empty, b.empty), first: a.first, last: b.last }
  }

  #either(a: Fragment, b: Fragment): Fragment {
    this.effort.spend(b.first.length + b.last.length)
    for (const each of b.first) a.first.push(each)
    for (const each of b.last) a.last.push(each)
    return { empty: distinct([...a.empty, ...b.empty]), first: a.first, last: a.last }
  }

  #repeat(of: Pattern, min: number, max: number): Fragment {
    if (max === 0) return this.#fragment(nothing)
    const one = this.#fragment(of)
    // Asking the same of the same place twice is asking once.
    if (one.first.length === 0) return { ...one, empty: min === 0 ? [NO_GUARD] : one.empty }
    if (max === Number.POSITIVE_INFINITY) return min === 0 ? optional(this.#looped(one)) : this.#copies(of, min - 1, this.#looped(one))
    if (max === min) return this.#copies(of, min - 1, one)
    let rest = optional(one)
    for (let count = min + 1; count < max; count++) rest = optional(this.#then(this.#fragment(of), rest))
    return this.#copies(of, min, rest)
  }

  /** Rounds that read nothing add only guards, so none of them is needed between two that read. */
  #looped(one: Fragment): Fragment {
    this.#connect(one.last, one.first)
    return one
  }

  #copies(of: Pattern, count: number, then: Fragment): Fragment {
    let whole = then
    for (let copy = 0; copy < count; copy++) whole = this.#then(this.#fragment(of), whole)
    return whole
  }

  #asserted(condition: Condition): Fragment {
    return { empty: [this.#guardId([this.#conditionId(condition)])], first: [], last: [] }
  }

  #neighbour({ kind, set, edge }: Neighbour): Fragment {
    if (this.neighbours === 'short') return this.#asserted({ kind, set: this.#setId(set), edge })
    // With the edge: where no other character is.
    const body = setOf(edge ? complement(set) : set)
    return this.#asserted({ kind: kind === 'before' ? 'behind' : 'ahead', negated: edge, root: this.addRoot(body) })
  }

  /** A look-around inside a counted repetition is built once. */
  #lookRoot(pattern: Look): number {
    const known = this.#looks.get(pattern)
    if (known !== undefined) return known
    const root = this.addRoot(pattern.kind === 'ahead' ? lastLookRead(pattern.of) : pattern.of)
    this.#looks.set(pattern, root)
    return root
  }

  #position(set: number): number {
    this.effort.spend(8)
    this.#rootOf.push(this.#root)
    return this.#setOf.push(set) - 1
  }

  #connect(from: Pairs, to: Pairs): void {
    this.effort.spend(8 * from.length * to.length)
    for (let i = 0; i < from.length; i += 2) {
      for (let j = 0; j < to.length; j += 2) {
        this.#edges.push(from[i] ?? 0, to[j] ?? 0, this.#both(from[i + 1] ?? 0, to[j + 1] ?? 0))
      }
    }
  }

  /** Adds each pair to `into` under each of the guards besides its own. */
  #guarded(pairs: Pairs, guards: readonly number[], into: Pairs): void {
    this.effort.spend(pairs.length * guards.length)
    const count = pairs.length
    for (const guard of guards) {
      for (let i = 0; i < count; i += 2) into.push(pairs[i] ?? 0, this.#both(pairs[i + 1] ?? 0, guard))
    }
  }

  #allOf(a: readonly number[], b: readonly number[]): readonly number[] {
    this.effort.spend(8 * a.length * b.length)
    return distinct(a.flatMap(left => b.map(right => this.#both(left, right))))
  }

  #both(a: number, b: number): number {
    if (a === b || b === NO_GUARD) return a
    if (a === NO_GUARD) return b
    this.effort.spend(32)
    return this.#guardId([...new Set([...(this.#guards[a] ?? []), ...(this.#guards[b] ?? [])])].sort((x, y) => x - y))
  }

  #guardId(conditions: readonly number[]): number {
    return interned(conditions, conditions.join(), this.#guards, this.#guardIds)
  }

  #conditionId(condition: Condition): number {
    return interned(condition, JSON.stringify(condition), this.#conditions, this.#conditionIds)
  }

  /** The syntax readers share set objects, so that most look-ups need no key of 1,500 numbers. */
  #setId(set: CharSet): number {
    const known = this.#setIdOf.get(set)
    if (known !== undefined) return known
    const id = interned(set, set.join(), this.#sets, this.#setIds)
    this.#setIdOf.set(set, id)
    return id
  }
}

const nothing: Pattern = { kind: 'empty' }

function optional(fragment: Fragment): Fragment {
  return { ...fragment, empty: [NO_GUARD] }
}

/** Where nothing is asked, what else is asked does not matter. */
function distinct(guards: readonly number[]): readonly number[] {
  return guards.includes(NO_GUARD) ? [NO_GUARD] : [...new Set(guards)]
}

function interned<T>(value: T, key: string, values: T[], ids: Map<string, number>): number {
  const known = ids.get(key)
  if (known !== undefined) return known
  const id = values.push(value) - 1
  ids.set(key, id)
  return id
}

/** @param triples source, target and guard of each edge */
function edgesBySource(triples: readonly number[], count: number): Edges {
  const starts = new Int32Array(count + 1)
  for (let i = 0; i < triples.length; i += 3) increment(starts, (triples[i] ?? 0) + 1)
  for (let i = 1; i <= count; i++) starts[i] = (starts[i] ?? 0) + (starts[i - 1] ?? 0)
  const filled = starts.slice()
  const to = new Int32Array(triples.length / 3)
  const guards = new Int32Array(triples.length / 3)
  for (let i = 0; i < triples.length; i += 3) {
    const at = increment(filled, triples[i] ?? 0)
    to[at] = triples[i + 1] ?? 0
    guards[at] = triples[i + 2] ?? 0
  }
  return { starts, to, guards }
}

/** The value that was there. */
function increment(array: Int32Array, index: number): number {
  const value = array[index] ?? 0
  array[index] = value + 1
  return value
}
