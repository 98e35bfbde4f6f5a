/** Running an automaton of the table over a text, in time linear in it. */
import { type Symbols, symbolsOf } from './symbols.js'
import { ASCII, type Table, type TableAutomaton } from './table.js'

const SLASH = 47

/** Whether the automaton accepts the symbols. */
export function accepts(automaton: TableAutomaton, { units, length }: Symbols): boolean {
  const { classCount, transitions, dead, firstAbsorbing } = automaton
  const classes = automaton.classes()
  let state = automaton.start
  for (let i = 0; i < length; i++) {
    state = transitions[state * classCount + (classes[units[i] as number] as number)] as number // symbols and states are the table's own
    if (state >= firstAbsorbing) return true
    if (state === dead) return false
  }
  return isAccepting(automaton, state)
}

/** The same for a text, read in place; undefined where it is not all ASCII, and so has to be turned into symbols first. */
export function acceptsAscii(automaton: TableAutomaton, text: string): boolean | undefined {
  const { classCount, asciiClasses, transitions, dead, firstAbsorbing } = automaton
  const ascii = ASCII
  const firstSink = dead < firstAbsorbing ? dead : firstAbsorbing
  const last = text.length - 1
  let state = automaton.start
  let i = 0
  // By twos: the second character is looked up while the first still is.
  for (; i < last; i += 2) {
    const one = text.charCodeAt(i)
    const two = text.charCodeAt(i + 1)
    if ((one | two) >= ascii) return undefined
    state = transitions[Math.imul(state, classCount) + (asciiClasses[one] as number)] as number // states are the table's own
    if (state >= firstSink) return state !== dead
    state = transitions[Math.imul(state, classCount) + (asciiClasses[two] as number)] as number // as above
    if (state >= firstSink) return state !== dead
  }
  if (i === last) {
    const unit = text.charCodeAt(i)
    if (unit >= ascii) return undefined
    state = transitions[Math.imul(state, classCount) + (asciiClasses[unit] as number)] as number // as above
  }
  return isAccepting(automaton, state)
}

/** Whether an automaton, by its index, accepts the text. */
export function acceptsText(table: Table, index: number, text: string): boolean {
  const automaton = table.automaton(index, text)
  return acceptsAscii(automaton, text) ?? accepts(automaton, symbolsOf(text, table))
}

export function isAccepting(automaton: TableAutomaton, state: number): boolean {
  return state >= automaton.firstAccepting && state !== automaton.dead
}

/**
 * Whether the automaton accepts what follows some folder of the path: the base of the pattern is a folder, but not known
 * which. Carries the states of all beginnings at once, so it stays linear.
 */
export function acceptsAfterSomeFolder(automaton: TableAutomaton, { units, length }: Symbols): boolean {
  const { classCount, transitions, dead } = automaton
  const classes = automaton.classes()
  let states = new Set<number>()
  for (const symbol of units.subarray(0, length)) {
    if (symbol === SLASH) states.add(automaton.start)
    const next = new Set<number>()
    for (const state of states) next.add(transitions[state * classCount + (classes[symbol] as number)] as number) // the table's own
    next.delete(dead)
    states = next
  }
  return [automaton.start, ...states].some(state => isAccepting(automaton, state))
}
