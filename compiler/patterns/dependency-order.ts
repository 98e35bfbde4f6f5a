/** The states of an NFA in an order in which each can be told from those before it. */
import type { Nfa, NfaState } from './nfa.js'

export interface DependencyOrder {
  /** The `char` states that can be reached. */
  readonly chars: readonly number[]
  /** The other ones but `done`. The states of one block depend on each other, and otherwise on earlier blocks only. */
  readonly blocks: readonly Block[]
}

export interface Block {
  readonly states: readonly number[]
  /** Whether a state of the block depends on itself, directly or by way of others. */
  readonly cyclic: boolean
}

/** What has to be known at the same place of the text for the state's value there. */
function dependencies(state: NfaState | undefined): readonly number[] {
  switch (state?.kind) {
    case 'split':
      return [state.first, state.second]
    case 'before':
    case 'after':
    case 'behind':
      return [state.next]
    case 'ahead':
      return [state.body, state.next]
    case 'char':
    case 'done':
    case 'flag':
    case undefined:
      return []
    default:
      return state satisfies never
  }
}

/** A state whose dependencies are being visited. */
interface Visit {
  readonly state: number
  readonly on: readonly number[]
  next: number
  /** The earliest of the states on the way here that it leads back to. */
  low: number
  selfish: boolean
}

export function dependencyOrder(nfa: Nfa): DependencyOrder {
  const walk = new Walk(nfa)
  walk.visit(nfa.start)
  // The list grows while it is walked.
  for (const char of walk.chars) {
    const state = nfa.states[char]
    if (state?.kind === 'char') walk.visit(state.next)
  }
  return walk
}

/** Tarjan's strongly connected components, without recursion: a pattern of 20,000 parts may depend on itself that deep. */
class Walk implements DependencyOrder {
  readonly chars: number[] = []
  readonly blocks: Block[] = []
  readonly #index = new Map<number, number>()
  readonly #finished = new Map<number, number>()
  readonly #open: number[] = []
  readonly #isOpen = new Set<number>()

  constructor(readonly nfa: Nfa) {}

  visit(root: number): void {
    const visits: Visit[] = []
    this.#enter(root, visits)
    for (let visit = visits.at(-1); visit !== undefined; visit = visits.at(-1)) {
      const target = visit.on[visit.next++]
      if (target === undefined) this.#leave(visits)
      else if (!this.#index.has(target)) this.#enter(target, visits)
      else if (this.#isOpen.has(target)) {
        visit.low = Math.min(visit.low, this.#index.get(target) ?? 0)
        visit.selfish ||= target === visit.state
      }
    }
  }

  #enter(state: number, visits: Visit[]): void {
    if (this.#index.has(state)) return
    const index = this.#index.size
    this.#index.set(state, index)
    const at = this.nfa.states[state]
    if (at?.kind === 'char') this.chars.push(state)
    if (at?.kind === 'char' || at?.kind === 'done') return
    this.#open.push(state)
    this.#isOpen.add(state)
    visits.push({ state, on: dependencies(at), next: 0, low: index, selfish: false })
  }

  #leave(visits: Visit[]): void {
    const visit = visits.pop()
    if (visit === undefined) return
    this.#finished.set(visit.state, this.#finished.size)
    const outer = visits.at(-1)
    if (outer !== undefined) outer.low = Math.min(outer.low, visit.low)
    if (visit.low === this.#index.get(visit.state)) this.#close(visit)
  }

  /** What was entered since and is not closed yet makes a block; the order of leaving is the best one to evaluate it in. */
  #close({ state, selfish }: Visit): void {
    const states = this.#open.splice(this.#open.lastIndexOf(state))
    for (const each of states) this.#isOpen.delete(each)
    states.sort((a, b) => (this.#finished.get(a) ?? 0) - (this.#finished.get(b) ?? 0))
    this.blocks.push({ states, cyclic: selfish || states.length > 1 })
  }
}
