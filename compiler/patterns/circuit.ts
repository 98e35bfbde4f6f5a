/**
 * The automaton of a pattern whose states are too many to be written down, as a boolean circuit that is run from the end of the text to
 * its start.
 *
 * A state of the NFA is a predicate on the rest of the text. Read backwards that is a recurrence: whether a state holds at a place follows
 * from which characters can be read there (the *leaves*, found one place further right) through *gates*, one for each choice, assertion
 * and look-ahead, a negated one included. So which leaves hold is all that has to be carried from place to place: it takes no more work a
 * character than the circuit has gates, and sets of leaves that come again need not be worked out again.
 */
import { type Alphabet, alphabetOf } from './alphabet.js'
import type { CodePointRange } from './automaton.js'
import { allChars } from './char-set.js'
import type { Budget } from './budget.js'
import { doneState, type Nfa, type NfaState } from './nfa.js'
import { type Block, type DependencyOrder, dependencyOrder } from './dependency-order.js'

/**
 * Nodes are numbered: 0 is true, then come the leaves (a character of each `char` state can be read; each `after` condition holds; each
 * `before` condition holds), then the gates.
 */
export interface Circuit {
  readonly classes: readonly (readonly CodePointRange[])[]
  /** For each leaf that reads a character the node that must hold after it. */
  readonly targets: readonly number[]
  readonly afterCount: number
  readonly beforeCount: number
  /** In the order in which they are to be evaluated. */
  readonly gates: readonly Gate[]
  /** Whether this node holds at the start of the text is the answer. */
  readonly start: number
  /** A leaf that, once true, is true at every place further left and makes the answer true; undefined where there is none. */
  readonly settled: number | undefined
  /** For each class, and last for an edge of the text, the runs of neighbouring leaves that it makes true, ends not included. */
  readonly runs: readonly (readonly (readonly [number, number])[])[]
}

export function nodeCount({ targets, afterCount, beforeCount, gates }: Circuit): number {
  return 1 + targets.length + afterCount + beforeCount + gates.length
}

export type Gate =
  /** `unless`: `b` and not `a`. */
  | { readonly kind: 'or' | 'and' | 'unless'; readonly a: number; readonly b: number }
  /** Evaluate again from that gate on until nothing changes: these gates depend on each other. */
  | { readonly kind: 'repeat'; readonly from: number }

/** More runs than this would make the table larger than any policy needs. */
const mostRuns = 1 << 16

/** @param nfa one without look-behind, which would have to be run the other way */
export function circuitOf(nfa: Nfa, budget: Budget): Circuit {
  return new CircuitBuilder(nfa, alphabetOf(nfa.sets, budget), budget).build()
}

/** A set of characters, and whether an edge of the text counts as one. */
interface Condition {
  readonly set: number
  readonly edge: boolean
}

class CircuitBuilder {
  readonly #order: DependencyOrder
  readonly #afters: readonly Condition[]
  readonly #nodeOf = new Map([[doneState, 0]])
  readonly #gates: Gate[] = []
  /** The first node of the `after` leaves, of the `before` leaves, and of the gates. */
  readonly #firstAfter: number
  readonly #firstBefore: number
  readonly #firstGate: number

  constructor(
    readonly nfa: Nfa,
    readonly alphabet: Alphabet,
    readonly budget: Budget,
  ) {
    this.#order = dependencyOrder(nfa)
    this.#afters = aftersOf(nfa)
    this.#firstAfter = 1 + this.#order.chars.length
    this.#firstBefore = this.#firstAfter + this.#afters.length
    this.#firstGate = this.#firstBefore + nfa.befores.length
  }

  build(): Circuit {
    const chars = this.#order.chars.map(state => this.#charAt(state)).sort((a, b) => a.set - b.set)
    chars.forEach(({ state }, at) => this.#nodeOf.set(state, 1 + at))
    this.#numberGates()
    for (const block of this.#order.blocks) this.#addBlock(block)
    return {
      classes: this.alphabet.classes,
      targets: chars.map(({ next }) => this.#node(next)),
      afterCount: this.#afters.length,
      beforeCount: this.nfa.befores.length,
      gates: this.#gates,
      start: this.#node(this.nfa.start),
      settled: this.#settledLeaf(),
      runs: this.#runs([...chars.map(({ set }) => ({ set, edge: false })), ...this.#afters, ...this.nfa.befores]),
    }
  }

  #charAt(state: number): { readonly state: number; readonly set: number; readonly next: number } {
    const at = this.nfa.states[state]
    if (at?.kind !== 'char') throw new Error('only states that read a character are leaves')
    return { state, set: at.set, next: at.next }
  }

  /** The repetition of a cyclic block takes a number of its own. */
  #numberGates(): void {
    let node = this.#firstGate
    for (const { states, cyclic } of this.#order.blocks) {
      for (const state of states) this.#nodeOf.set(state, node++)
      if (cyclic) node++
    }
  }

  #node(state: number): number {
    const node = this.#nodeOf.get(state)
    if (node === undefined) throw new Error('every state that is reached has a node')
    return node
  }

  #addBlock({ states, cyclic }: Block): void {
    const from = this.#gates.length
    for (const state of states) this.#gates.push(this.#gateOf(this.nfa.states[state]))
    if (cyclic) this.#gates.push({ kind: 'repeat', from })
  }

  #gateOf(state: NfaState | undefined): Gate {
    switch (state?.kind) {
      case 'split':
        return { kind: 'or', a: this.#node(state.first), b: this.#node(state.second) }
      case 'before':
        return { kind: 'and', a: this.#firstBefore + state.condition, b: this.#node(state.next) }
      case 'after':
        return { kind: 'and', a: this.#firstAfter + this.#indexOfAfter(state), b: this.#node(state.next) }
      case 'ahead':
        return { kind: state.negated ? 'unless' : 'and', a: this.#node(state.body), b: this.#node(state.next) }
      case 'behind':
      case 'char':
      case 'done':
      case 'flag':
      case undefined:
        throw new Error('this state is no gate')
      default:
        return state satisfies never
    }
  }

  #indexOfAfter({ set, edge }: Condition): number {
    return this.#afters.findIndex(after => after.set === set && after.edge === edge)
  }

  /** The leaf that reads on in the loop of a search: from the place of a match on everything to its left matches. */
  #settledLeaf(): number | undefined {
    const start = this.nfa.states[this.nfa.start]
    const body = start?.kind === 'split' ? this.nfa.states[start.first] : undefined
    if (start?.kind !== 'split' || body?.kind !== 'char' || body.next !== this.nfa.start) return undefined
    return this.nfa.sets[body.set]?.join() === allChars.join() ? this.#node(start.first) : undefined
  }

  #runs(leaves: readonly Condition[]): Circuit['runs'] {
    const edge = this.alphabet.classes.length
    const holds = (leaf: Condition, charClass: number) =>
      charClass === edge ? leaf.edge : this.alphabet.members[leaf.set]?.[charClass] === 1
    const runs = [...this.alphabet.classes.keys(), edge].map(charClass => runsWhere(leaves, leaf => holds(leaf, charClass)))
    if (runs.flat().length > mostRuns) this.budget.reject(`more than ${mostRuns} sets of characters`)
    return runs
  }
}

function aftersOf(nfa: Nfa): readonly Condition[] {
  const afters = new Map<string, Condition>()
  for (const state of nfa.states) if (state.kind === 'after') afters.set(`${state.set},${state.edge}`, state)
  return [...afters.values()]
}

function runsWhere<T>(leaves: readonly T[], holds: (leaf: T) => boolean): readonly (readonly [number, number])[] {
  const runs: [number, number][] = []
  leaves.forEach((leaf, at) => {
    const last = runs.at(-1)
    if (!holds(leaf)) return
    if (last !== undefined && last[1] === 1 + at) last[1]++
    else runs.push([1 + at, 2 + at])
  })
  return runs
}
