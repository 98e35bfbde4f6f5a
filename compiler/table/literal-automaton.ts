/**
 * The automaton of Aho and Corasick over the literals of one field, every transition written out: one look-up a character finds all
 * literals in a text. States are numbered by depth, those where a literal ends last, so that one comparison tells them.
 */
import { ASCII } from '../../runtime/decide/table.js'

export interface LiteralAutomaton {
  /** The class of each ASCII character; 0 for those of no literal, and for what is not ASCII. */
  readonly classes: readonly number[]
  readonly classCount: number
  readonly stateCount: number
  /** `transitions[state * classCount + class]`; state 0 is the start. */
  readonly transitions: readonly number[]
  /** The literals that end in each state from `firstEnd` on, by index. */
  readonly firstEnd: number
  readonly ends: readonly (readonly number[])[]
}

/** A state while the trie is built. */
interface TrieState {
  readonly children: Map<number, number>
  /** By class, once its turn has come: where every character leads. */
  next: readonly number[]
  ends: readonly number[]
}

/**
 * @param literals not empty, plain ASCII
 * @returns undefined where it would have more transitions than that
 */
export function literalAutomaton(literals: readonly string[], mostTransitions: number): LiteralAutomaton | undefined {
  const classes = classesOf(literals)
  const classCount = 1 + Math.max(0, ...classes)
  const states = trieOf(literals, classes)
  if (states.length * classCount > mostTransitions) return undefined
  const breadthFirst = completed(states, classCount)
  const order = [
    ...breadthFirst.filter(state => endsOf(states, state).length === 0),
    ...breadthFirst.filter(state => endsOf(states, state).length > 0),
  ]
  const number = new Map(order.map((state, index) => [state, index]))
  const ends = order.map(state => endsOf(states, state)).filter(each => each.length > 0)
  return {
    classes,
    classCount,
    stateCount: order.length,
    transitions: order.flatMap(state => (states[state]?.next ?? []).map(next => number.get(next) ?? 0)),
    firstEnd: order.length - ends.length,
    ends,
  }
}

function classesOf(literals: readonly string[]): readonly number[] {
  const classes = new Array<number>(ASCII).fill(0)
  let count = 0
  for (const literal of literals) {
    for (let i = 0; i < literal.length; i++) {
      const unit = literal.charCodeAt(i)
      if (classes[unit] === 0) classes[unit] = ++count
    }
  }
  return classes
}

function trieOf(literals: readonly string[], classes: readonly number[]): TrieState[] {
  const states: TrieState[] = [{ children: new Map(), next: [], ends: [] }]
  literals.forEach((literal, index) => {
    let state = 0
    for (let i = 0; i < literal.length; i++) state = childOf(states, state, classes[literal.charCodeAt(i)] ?? 0)
    const end = states[state]
    if (end !== undefined) end.ends = [...end.ends, index]
  })
  return states
}

function childOf(states: TrieState[], state: number, charClass: number): number {
  const children = states[state]?.children
  const known = children?.get(charClass)
  if (known !== undefined) return known
  const made = states.push({ children: new Map(), next: [], ends: [] }) - 1
  children?.set(charClass, made)
  return made
}

/** Gives every state its transitions and the literals that end in its suffixes; returns the states breadth first. */
function completed(states: readonly TrieState[], classCount: number): readonly number[] {
  const order = [0]
  const failure = new Map<number, number>()
  // The list grows while it is walked.
  for (const number of order) {
    const state = states[number]
    if (state === undefined) continue
    const shorter = number === 0 ? undefined : states[failure.get(number) ?? 0]
    state.ends = [...state.ends, ...(shorter?.ends ?? [])]
    state.next = Array.from({ length: classCount }, (_, charClass) => state.children.get(charClass) ?? shorter?.next[charClass] ?? 0)
    for (const [charClass, child] of state.children) {
      failure.set(child, shorter?.next[charClass] ?? 0)
      order.push(child)
    }
  }
  return order
}

function endsOf(states: readonly TrieState[], state: number): readonly number[] {
  return states[state]?.ends ?? []
}
