/**
 * An automaton of the table over texts known in part: a machine whose states are sets of the automaton's. What a set leads to is worked out when it is
 * first asked for and then kept, since texts known in part are most often alike: the same holes after the same texts.
 */
import type { HoleKind } from './abstract-string.js'
import { fromCompletions, type Kleene } from './kleene.js'
import { isAccepting } from './run-automaton.js'
import { symbolsOf } from './symbols.js'
import { ASCII, type Table, type TableAutomaton } from './table.js'

const SLASH = 47
const DOT = 46

/** How a character of a prefix is compared. */
export type SameChar = (a: string, b: string) => boolean

export interface StateSet {
  /** Ascending. */
  readonly states: Uint32Array
  /** Some of its states wait for a character of the prefix. */
  readonly inPrefix: boolean
  readonly value: Kleene
  /** Where a character leads, by its class; by the character itself, in `next`, where some of its states are in the prefix. */
  byClass: (StateSet | undefined)[] | undefined
  /** By hole, or by a character. */
  readonly next: Map<string, StateSet>
}

/** Entries of all sets and their successors that are kept; beyond them all are forgotten. */
const MOST_ENTRIES = 1 << 20

let machines = new WeakMap<TableAutomaton, StateSets[]>()
let entries = 0

/** @param prefix text that must come before what the automaton accepts */
export function stateSets(table: Table, automaton: TableAutomaton, prefix: string, same: SameChar): StateSets {
  if (entries > MOST_ENTRIES) {
    machines = new WeakMap()
    entries = 0
  }
  const known = machines.get(automaton) ?? []
  for (let i = 0; i < known.length; i++) if (known[i]?.isFor(prefix, same)) return known[i] as StateSets // in bounds
  const made = new StateSets(table, automaton, prefix, same, known[0]?.steps ?? new NameSteps(automaton))
  machines.set(automaton, [...known, made])
  return made
}

/**
 * States below the prefix's length wait for that character of it, the automaton's own follow, and the last one is where a wrong
 * character leads.
 */
export class StateSets {
  readonly start: StateSet
  private readonly prefix: readonly string[]
  private readonly failed: number
  /** By a hash of their states: of two with the same the newer is kept. */
  private readonly sets = new Map<number, StateSet>()
  /** Those of one state. */
  private readonly single: (StateSet | undefined)[] = []
  /** Per state the number of the search that found it last. */
  private readonly foundBy: Uint32Array
  private search = 0
  private found: number[] = []

  constructor(
    private readonly table: Table,
    private readonly automaton: TableAutomaton,
    private readonly text: string,
    private readonly same: SameChar,
    readonly steps: NameSteps,
  ) {
    this.prefix = [...text]
    this.failed = this.prefix.length + automaton.stateCount
    this.foundBy = new Uint32Array(this.failed + 1)
    entries += this.failed
    this.start = this.setOf([this.prefix.length === 0 ? automaton.start : 0])
  }

  isFor(prefix: string, same: SameChar): boolean {
    return this.text === prefix && (prefix === '' || this.same === same)
  }

  overText(from: StateSet, text: string): StateSet {
    const { asciiClasses } = this.automaton
    if (this.prefix.length === 0 && from.states.length === 1) return this.overTextAlone(from, text)
    let set = from
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i)
      if (unit >= ASCII) return this.overSymbols(set, text.slice(i))
      set = this.overChar(set, text.charAt(i), asciiClasses[unit] as number) // every table has all ASCII symbols
    }
    return set
  }

  overHole(from: StateSet, hole: HoleKind): StateSet {
    return from.next.get(hole) ?? this.keep(from, hole, this.setOf(this.statesOver(from, hole)))
  }

  private overSymbols(from: StateSet, text: string): StateSet {
    const { units } = symbolsOf(text, this.table)
    const classes = this.automaton.classes()
    let set = from
    let at = 0
    for (const char of text) set = this.overChar(set, char, classes[units[at++] as number] as number) // one symbol of this table a code point
    return set
  }

  /** From one state of the automaton to one. */
  private overTextAlone(from: StateSet, text: string): StateSet {
    const state = from.states[0] as number // it has one
    return this.alone(this.overAscii(state, text) ?? this.overSymbolsAlone(state, text))
  }

  /** Undefined where the text is not all ASCII. */
  private overAscii(from: number, text: string): number | undefined {
    const { classCount, asciiClasses, transitions } = this.automaton
    let state = from
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i)
      if (unit >= ASCII) return undefined
      state = transitions[state * classCount + (asciiClasses[unit] as number)] as number // states are the table's own
    }
    return state
  }

  private overSymbolsAlone(from: number, text: string): number {
    const { classCount, transitions } = this.automaton
    const classes = this.automaton.classes()
    const { units, length } = symbolsOf(text, this.table)
    let state = from
    for (let i = 0; i < length; i++) state = transitions[state * classCount + (classes[units[i] as number] as number)] as number // as above
    return state
  }

  /** The set of one state of the automaton, where there is no prefix. */
  private alone(state: number): StateSet {
    return (this.single[state] ??= this.setOf([state]))
  }

  private overChar(from: StateSet, char: string, cls: number): StateSet {
    const known = from.inPrefix ? from.next.get(char) : from.byClass?.[cls]
    return known ?? this.keepOverChar(from, char, cls, this.setOf(this.statesOverChar(from, char, cls)))
  }

  private statesOverChar({ states }: StateSet, char: string, cls: number): readonly number[] {
    this.begin()
    for (const state of states) {
      const expected = this.prefix[state]
      if (expected === undefined) this.add(this.overClass(state, cls))
      else this.add(this.same(char, expected) ? this.after(state) : this.failed)
    }
    return this.found
  }

  private statesOver({ states }: StateSet, hole: HoleKind): readonly number[] {
    this.begin()
    switch (hole) {
      case 'any':
        for (const state of states) this.add(state)
        return this.closed(true)
      case 'segment':
        for (const state of states) this.add(state)
        return this.closed(false)
      case 'char':
        for (const state of states) this.addNameChar(state)
        return this.found
      case 'visible':
        for (const state of states) this.addFirstChar(state)
        return this.closed(false)
      case 'below':
        return this.below(states)
    }
  }

  /** With all that is reached by characters of names, and slashes. */
  private closed(withSlash: boolean): readonly number[] {
    const { found } = this
    // It grows while it is walked.
    for (let i = 0; i < found.length; i++) {
      this.addNameChar(found[i] as number) // in bounds
      if (withSlash) this.add(this.overSlash(found[i] as number))
    }
    return found
  }

  /** Zero or more of `/` and a name: a name must begin after a slash, and where it may end the next slash may follow. */
  private below(states: Uint32Array): readonly number[] {
    const afterSlash = new Set<number>()
    const slash = (state: number) => {
      const next = this.overSlash(state)
      if (afterSlash.has(next)) return
      afterSlash.add(next)
      this.addNameChar(next)
    }
    for (const state of states) slash(state)
    const { found } = this
    for (let i = 0; i < found.length; i++) {
      slash(found[i] as number) // in bounds
      this.addNameChar(found[i] as number)
    }
    for (const state of states) this.add(state)
    return found
  }

  private begin(): void {
    this.search++
    this.found = []
  }

  private add(state: number): void {
    if (this.foundBy[state] === this.search) return
    this.foundBy[state] = this.search
    this.found.push(state)
  }

  /** Every state that one character other than `/` can lead to. */
  private addNameChar(state: number): void {
    if (state === this.failed) this.add(state)
    else if (this.prefix[state] === undefined) this.addInner(this.steps.next(state - this.prefix.length))
    else {
      if (this.prefix[state] !== '/') this.add(this.after(state))
      this.add(this.failed)
    }
  }

  /** The same without `.`. */
  private addFirstChar(state: number): void {
    const expected = this.prefix[state]
    if (expected === undefined && state !== this.failed) this.addInner(this.steps.first(state - this.prefix.length))
    else if (expected === '.') this.add(this.failed)
    else this.addNameChar(state)
  }

  private addInner(states: readonly number[]): void {
    const before = this.prefix.length
    for (let i = 0; i < states.length; i++) this.add(before + (states[i] as number)) // in bounds
  }

  private overSlash(state: number): number {
    const expected = this.prefix[state]
    if (expected !== undefined) return expected === '/' ? this.after(state) : this.failed
    return this.overClass(state, this.steps.slashClass)
  }

  /** The state after the character `state` of the prefix. */
  private after(state: number): number {
    return state + 1 === this.prefix.length ? this.prefix.length + this.automaton.start : state + 1
  }

  private overClass(state: number, cls: number): number {
    if (state === this.failed) return state
    const { transitions, classCount } = this.automaton
    return this.prefix.length + (transitions[(state - this.prefix.length) * classCount + cls] as number) // an inner state of this automaton
  }

  private setOf(found: readonly number[]): StateSet {
    const states = Uint32Array.from(found).sort()
    let hash = 0
    for (const state of states) hash = (Math.imul(hash, 31) + state) | 0
    const known = this.sets.get(hash)
    if (known !== undefined && isSame(known.states, states)) return known
    const made = {
      states,
      inPrefix: (states[0] ?? 0) < this.prefix.length,
      value: this.valueOf(states),
      byClass: undefined,
      next: new Map(),
    }
    if (entries <= MOST_ENTRIES) this.sets.set(hash, made)
    entries += states.length + 8
    return made
  }

  private valueOf(states: Uint32Array): Kleene {
    let someHold = false
    let someFail = false
    for (const state of states) this.accepts(state) ? (someHold = true) : (someFail = true)
    return fromCompletions(someHold, someFail)
  }

  private accepts(state: number): boolean {
    const inner = state - this.prefix.length
    return inner >= 0 && state !== this.failed && isAccepting(this.automaton, inner)
  }

  private keepOverChar(from: StateSet, char: string, cls: number, to: StateSet): StateSet {
    if (from.inPrefix) return this.keep(from, char, to)
    const { classCount } = this.automaton
    if (from.byClass === undefined) entries += classCount
    if (entries <= MOST_ENTRIES) (from.byClass ??= new Array<StateSet | undefined>(classCount))[cls] = to
    return to
  }

  private keep(from: StateSet, key: string, to: StateSet): StateSet {
    if (entries++ <= MOST_ENTRIES) from.next.set(key, to)
    return to
  }
}

function isSame(a: Uint32Array, b: Uint32Array): boolean {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}

/** Where one character of a name leads from each state of an automaton: few states, whatever the number of classes. */
class NameSteps {
  readonly slashClass: number
  private readonly found: (readonly number[] | undefined)[] = []
  private readonly foundFirst: (readonly number[] | undefined)[] = []
  private readonly nameClasses: readonly number[]
  private readonly firstClasses: readonly number[]

  constructor(private readonly automaton: TableAutomaton) {
    this.slashClass = automaton.asciiClasses[SLASH] as number // every table has all ASCII symbols
    this.nameClasses = classesBut(automaton, [SLASH])
    this.firstClasses = classesBut(automaton, [SLASH, DOT])
  }

  /** Over a character other than `/`. */
  next(state: number): readonly number[] {
    return (this.found[state] ??= this.over(state, this.nameClasses))
  }

  /** Over one other than `.` too. */
  first(state: number): readonly number[] {
    return (this.foundFirst[state] ??= this.over(state, this.firstClasses))
  }

  private over(state: number, classes: readonly number[]): readonly number[] {
    const { transitions, classCount } = this.automaton
    const states = new Set<number>()
    for (const cls of classes) states.add(transitions[state * classCount + cls] as number) // a state and a class of this automaton
    return [...states]
  }
}

/** The classes that hold a character other than these. */
function classesBut(automaton: TableAutomaton, excluded: readonly number[]): readonly number[] {
  const held = new Set<number>()
  automaton.classes().forEach((cls, symbol) => {
    if (!excluded.includes(symbol)) held.add(cls)
  })
  return [...held]
}
