/**
 * Pattern → non-deterministic automaton, in the manner of Thompson: one state per construct, each knowing what comes next.
 *
 * A state stands for a predicate on what is left of the text (and, through `before` and `behind`, on what has been read): "from here the
 * machine can reach its end". So a look-ahead is a conjunction, and a negated one a conjunction with a negation: the automaton is
 * alternating. A look-behind is a *monitor*: a machine of its own that starts anew at every position; whether it is at its end just now
 * is a flag that `behind` states read.
 */
import { endOfText, type Look, type Neighbour, type Pattern } from './ast.js'
import type { Budget } from './budget.js'
import { allChars, type CharSet } from './char-set.js'
import { charSetId } from './char-set-id.js'

export type NfaState =
  /** True: nothing that follows matters any more. */
  | { readonly kind: 'done' }
  /** The end of a monitor. */
  | { readonly kind: 'flag' }
  | { readonly kind: 'char'; readonly set: number; readonly next: number }
  | { readonly kind: 'split'; readonly first: number; readonly second: number }
  | { readonly kind: 'before'; readonly condition: number; readonly next: number }
  | { readonly kind: 'after'; readonly set: number; readonly edge: boolean; readonly next: number }
  | { readonly kind: 'ahead'; readonly negated: boolean; readonly body: number; readonly next: number }
  | { readonly kind: 'behind'; readonly negated: boolean; readonly monitor: number; readonly next: number }

/** A condition on the code point just read, or on there being none. */
interface BeforeCondition {
  readonly set: number
  readonly edge: boolean
}

export interface Nfa {
  readonly states: readonly NfaState[]
  readonly start: number
  readonly sets: readonly CharSet[]
  readonly befores: readonly BeforeCondition[]
  /** Where each monitor starts; a monitor reads only flags of monitors before it. */
  readonly monitors: readonly number[]
  /** Whether each state is one of a monitor's own; those of the main machine and of look-aheads are not. */
  readonly inMonitor: readonly boolean[]
}

export const doneState = 0
const flagState = 1

/** The automaton of a pattern that is `found` anywhere in the text, or that must be the `whole` text. */
export function buildNfa(pattern: Pattern, how: 'found' | 'whole', budget: Budget): Nfa {
  const builder = new NfaBuilder(budget)
  const start = how === 'found' ? builder.search(pattern) : builder.whole(pattern)
  return builder.finish(start)
}

/** Builds backwards: every construct is told the state that follows it. */
class NfaBuilder {
  readonly #states: NfaState[] = [{ kind: 'done' }, { kind: 'flag' }]
  readonly #inMonitor: boolean[] = [false, true]
  readonly #sets: CharSet[] = []
  /** By the numbers that the sets have among all patterns. */
  readonly #setIds = new Map<number, number>()
  readonly #befores: BeforeCondition[] = []
  readonly #monitors: number[] = []
  /** A look-around inside a counted repetition is built once. */
  readonly #lookIds = new Map<Look, number>()
  #buildingMonitor = false

  constructor(readonly budget: Budget) {}

  search(pattern: Pattern): number {
    return this.#loop(allChars, this.build(pattern, doneState))
  }

  whole(pattern: Pattern): number {
    return this.build(pattern, this.build(endOfText, doneState))
  }

  finish(start: number): Nfa {
    return { states: this.#states, start, sets: this.#sets, befores: this.#befores, monitors: this.#monitors, inMonitor: this.#inMonitor }
  }

  build(pattern: Pattern, next: number): number {
    switch (pattern.kind) {
      case 'empty':
        return next
      case 'set':
        return this.#add({ kind: 'char', set: this.#setId(pattern.set), next })
      case 'sequence':
        return pattern.of.reduceRight((following, part) => this.build(part, following), next)
      case 'choice':
        return this.#choice(pattern.of, next)
      case 'repeat':
        return this.#repeat(pattern.of, pattern.min, pattern.max, next)
      case 'before':
      case 'after':
        return this.#neighbour(pattern, next)
      case 'ahead':
        return this.#ahead(pattern, next)
      case 'behind':
        return this.#add({ kind: 'behind', negated: pattern.negated, monitor: this.#monitorOf(pattern), next })
      case 'group':
      case 'reference':
      case 'atomic':
      case 'conditional':
        throw new Error('what is not regular has no automaton')
      default:
        return pattern satisfies never
    }
  }

  #choice(of: readonly Pattern[], next: number): number {
    return of.map(alternative => this.build(alternative, next)).reduceRight((second, first) => this.#add({ kind: 'split', first, second }))
  }

  #repeat(of: Pattern, min: number, max: number, next: number): number {
    let start = max === Number.POSITIVE_INFINITY ? this.#star(of, next) : this.#upTo(of, max - min, next)
    for (let count = 0; count < min; count++) {
      // A copy may add no state (of the empty pattern, say), and a count may be four thousand million.
      this.budget.spend(1)
      start = this.build(of, start)
    }
    return start
  }

  #star(of: Pattern, next: number): number {
    if (of.kind === 'set') return this.#loop(of.set, next)
    const loop = this.#add({ kind: 'split', first: next, second: next })
    this.#states[loop] = { kind: 'split', first: this.build(of, loop), second: next }
    return loop
  }

  #loop(set: CharSet, next: number): number {
    const loop = this.#add({ kind: 'split', first: next, second: next })
    const body = this.#add({ kind: 'char', set: this.#setId(set), next: loop })
    this.#states[loop] = { kind: 'split', first: body, second: next }
    return loop
  }

  #upTo(of: Pattern, count: number, next: number): number {
    let start = next
    for (let copy = 0; copy < count; copy++) start = this.#add({ kind: 'split', first: this.build(of, start), second: next })
    return start
  }

  #neighbour(pattern: Neighbour, next: number): number {
    const set = this.#setId(pattern.set)
    if (pattern.kind === 'after') return this.#add({ kind: 'after', set, edge: pattern.edge, next })
    let condition = this.#befores.findIndex(before => before.set === set && before.edge === pattern.edge)
    if (condition === -1) condition = this.#befores.push({ set, edge: pattern.edge }) - 1
    return this.#add({ kind: 'before', condition, next })
  }

  #ahead(pattern: Look, next: number): number {
    // Where nothing follows, to look ahead and to read on are the same, and reading on is cheaper: `\.env$`, `rm(?=\s)`.
    if (next === doneState && !pattern.negated) return this.build(pattern.of, doneState)
    return this.#add({ kind: 'ahead', negated: pattern.negated, body: this.#bodyOf(pattern), next })
  }

  #bodyOf(pattern: Look): number {
    return this.#once(pattern, false, () => this.build(pattern.of, doneState))
  }

  #monitorOf(pattern: Look): number {
    return this.#once(pattern, true, () => this.#monitors.push(this.build(pattern.of, flagState)) - 1)
  }

  #once(pattern: Look, inMonitor: boolean, build: () => number): number {
    const known = this.#lookIds.get(pattern)
    if (known !== undefined) return known
    const outer = this.#buildingMonitor
    this.#buildingMonitor = inMonitor
    const id = build()
    this.#buildingMonitor = outer
    this.#lookIds.set(pattern, id)
    return id
  }

  #add(state: NfaState): number {
    this.#inMonitor.push(this.#buildingMonitor)
    this.budget.countNfaStates(this.#states.length)
    this.budget.spend(1)
    return this.#states.push(state) - 1
  }

  #setId(set: CharSet): number {
    const key = charSetId(set)
    const id = this.#setIds.get(key) ?? this.#sets.push(set) - 1
    this.#setIds.set(key, id)
    return id
  }
}
