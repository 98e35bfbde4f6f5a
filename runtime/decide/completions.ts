/** Running an automaton of the table over all completions of a text known in part. */
import type { AbstractString, HoleKind, Part } from './abstract-string.js'
import { FALSE, fromCompletions, type Kleene } from './kleene.js'
import { isAccepting } from './run-automaton.js'
import { type Symbols, symbolsOf } from './symbols.js'
import type { Table, TableAutomaton } from './table.js'

const SLASH = 47
const DOT = 46

/**
 * The value of "`prefix` and then what the automaton accepts" on a string known in part: exact, by carrying the set of all
 * states that some completion reaches.
 * @param prefix text that must come first, e.g. the home folder before the rest of a path pattern
 * @param sameChar how a character of the prefix is compared
 */
export function completions(
  table: Table,
  automaton: TableAutomaton,
  subject: AbstractString,
  prefix = '',
  sameChar: (a: string, b: string) => boolean = (a, b) => a === b,
): Kleene {
  const expected = [...prefix]
  const parts = prefix === '' ? subject.parts : afterPrefix(subject.parts, expected, sameChar)
  if (parts === null) return FALSE
  const machine = new SetMachine(table, automaton, parts === undefined ? expected : [], sameChar)
  const [first, ...rest] = parts ?? subject.parts
  const states = typeof first === 'string' ? machine.overText(new Set([machine.start]), first) : new Set([machine.start])
  return machine.ending(states, typeof first === 'string' ? rest : (parts ?? subject.parts))
}

/** What follows the prefix where the parts begin with all of it; null where they begin with something else; undefined where a hole may tell. */
function afterPrefix(
  parts: readonly Part[],
  expected: readonly string[],
  sameChar: (a: string, b: string) => boolean,
): readonly Part[] | null | undefined {
  const [first, ...rest] = parts
  if (typeof first !== 'string') return undefined
  const chars = [...first]
  const shared = Math.min(chars.length, expected.length)
  for (let i = 0; i < shared; i++) if (!sameChar(chars[i] as string, expected[i] as string)) return null // in bounds
  if (shared < expected.length) return undefined
  const left = chars.slice(shared).join('')
  return left === '' ? rest : [left, ...rest]
}

/** So few parts are run one by one. */
const FEW_PARTS = 8

function isSame(a: ReadonlySet<number>, b: ReadonlySet<number>): boolean {
  if (a === b) return true
  if (a.size !== b.size) return false
  for (const state of a) if (!b.has(state)) return false
  return true
}

/**
 * The automaton with a literal prefix before it, as one machine: states below `prefix.length` wait for that character of
 * the prefix, the automaton's own follow, and the last one is where a wrong character leads.
 */
class SetMachine {
  readonly start: number
  private readonly failed: number
  private readonly names: NameSteps
  private readonly slashClass: number

  constructor(
    private readonly table: Table,
    private readonly automaton: TableAutomaton,
    private readonly prefix: readonly string[],
    private readonly sameChar: (a: string, b: string) => boolean,
  ) {
    this.start = prefix.length === 0 ? automaton.start : 0
    this.failed = prefix.length + automaton.stateCount
    this.names = nameStepsOf(automaton)
    this.slashClass = automaton.classes[SLASH] as number // every table has all ASCII symbols
  }

  private accepts(state: number): boolean {
    const inner = state - this.prefix.length
    return inner >= 0 && state !== this.failed && isAccepting(this.automaton, inner)
  }

  /** What follows a text is most often alike: the same holes, perhaps with a `/` between, from the same state. */
  ending(states: ReadonlySet<number>, parts: readonly Part[]): Kleene {
    const [only] = states
    if (this.prefix.length > 0 || states.size !== 1 || only === undefined) return this.over(states, parts)
    let key = `${only}`
    for (const part of parts) {
      if (typeof part === 'string' && part !== '/') return this.over(states, parts)
      key += typeof part === 'string' ? part : ` ${part.hole}`
    }
    return this.names.rememberedEnding(key, () => this.over(states, parts))
  }

  private over(from: ReadonlySet<number>, parts: readonly Part[]): Kleene {
    const states = parts.length > FEW_PARTS ? this.overMany(from, parts) : parts.reduce((before, part) => this.overPart(before, part), from)
    let someHold = false
    let someFail = false
    for (const state of states) this.accepts(state) ? (someHold = true) : (someFail = true)
    return fromCompletions(someHold, someFail)
  }

  private overPart(states: ReadonlySet<number>, part: Part): ReadonlySet<number> {
    return typeof part === 'string' ? this.overText(states, part) : this.overHole(states, part.hole)
  }

  /** Many parts are alike, and soon lead to where they led before. */
  private overMany(from: ReadonlySet<number>, parts: readonly Part[]): ReadonlySet<number> {
    const last = new Map<string, { readonly from: ReadonlySet<number>; readonly to: ReadonlySet<number> }>()
    let states = from
    for (const part of parts) {
      const key = typeof part === 'string' ? `'${part}` : part.hole
      const before = last.get(key)
      const to = before?.from === states ? before.to : this.overPart(states, part)
      const same = before !== undefined && isSame(before.to, to) ? before.to : to
      last.set(key, { from: states, to: same })
      states = same
    }
    return states
  }

  overText(states: ReadonlySet<number>, text: string): ReadonlySet<number> {
    const symbols = symbolsOf(text, this.table)
    const [only] = states
    if (this.prefix.length === 0 && states.size === 1 && only !== undefined) return new Set([this.overSymbols(only, symbols)])
    const chars = [...text]
    let current = states
    for (let i = 0; i < chars.length; i++) {
      const next = new Set<number>()
      for (const state of current) next.add(this.step(state, chars[i] as string, symbols.units[i] as number)) // one symbol a code point
      current = next
    }
    return current
  }

  /** From one state, where no prefix is left to compare. */
  private overSymbols(from: number, { units, length }: Symbols): number {
    const { classCount, classes, transitions, dead } = this.automaton
    let state = from
    // Symbols and states are the table's own.
    for (let i = 0; i < length && state !== dead; i++)
      state = transitions[state * classCount + (classes[units[i] as number] as number)] as number
    return state
  }

  private overHole(states: ReadonlySet<number>, hole: HoleKind): ReadonlySet<number> {
    switch (hole) {
      case 'any':
        return this.anyClosure(states)
      case 'segment':
        return this.closure(states, state => this.overNameChar(state))
      case 'char':
        return new Set([...states].flatMap(state => this.overNameChar(state)))
      case 'visible':
        return this.closure(new Set([...states].flatMap(state => this.overFirstChar(state))), state => this.overNameChar(state))
      case 'below':
        return this.belowClosure(states)
    }
  }

  private step(state: number, char: string, symbol: number): number {
    if (state === this.failed) return state
    const expected = this.prefix[state]
    if (expected !== undefined) return this.sameChar(char, expected) ? this.after(state) : this.failed
    return this.overClass(state, this.automaton.classes[symbol] as number) // a symbol of this table
  }

  /** The state after the character `state` of the prefix. */
  private after(state: number): number {
    return state + 1 === this.prefix.length ? this.prefix.length + this.automaton.start : state + 1
  }

  private overClass(state: number, cls: number): number {
    const inner = state - this.prefix.length
    const { transitions, classCount } = this.automaton
    return this.prefix.length + (transitions[inner * classCount + cls] as number) // an inner state of this automaton
  }

  /** Every state that one character other than `/` can lead to. */
  private overNameChar(state: number): readonly number[] {
    if (state === this.failed) return [state]
    const expected = this.prefix[state]
    if (expected !== undefined) return expected === '/' ? [this.failed] : [this.after(state), this.failed]
    return this.shifted(this.names.next(state - this.prefix.length))
  }

  /** The same without `.`. */
  private overFirstChar(state: number): readonly number[] {
    if (state === this.failed || this.prefix[state] !== undefined)
      return this.prefix[state] === '.' ? [this.failed] : this.overNameChar(state)
    return this.shifted(this.names.first(state - this.prefix.length))
  }

  /** States of the automaton as states of this machine. */
  private shifted(inner: readonly number[]): readonly number[] {
    return this.prefix.length === 0 ? inner : inner.map(state => state + this.prefix.length)
  }

  private overSlash(state: number): number {
    if (state === this.failed) return state
    const expected = this.prefix[state]
    if (expected !== undefined) return expected === '/' ? this.after(state) : this.failed
    return this.overClass(state, this.slashClass)
  }

  private closure(states: ReadonlySet<number>, step: (state: number) => readonly number[]): ReadonlySet<number> {
    const reached = new Set(states)
    // A set grows while it is walked, so this visits what it adds.
    for (const state of reached) for (const next of step(state)) reached.add(next)
    return reached
  }

  private anyClosure(states: ReadonlySet<number>): ReadonlySet<number> {
    const [only] = states
    if (this.prefix.length > 0 || states.size !== 1 || only === undefined) return this.overAny(states)
    return this.names.remembered(only, () => this.overAny(states))
  }

  private overAny(states: ReadonlySet<number>): ReadonlySet<number> {
    const reached = new Set(states)
    for (const state of reached) {
      for (const next of this.overNameChar(state)) reached.add(next)
      reached.add(this.overSlash(state))
    }
    return reached
  }

  /** Zero or more of `/` and a name: states after a slash, where a name must begin, and states within a name, where it may end. */
  private belowClosure(states: ReadonlySet<number>): ReadonlySet<number> {
    const ends = new Set(states)
    const afterSlash = new Set<number>()
    const inName = new Set<number>()
    const slash = (state: number) => {
      const next = this.overSlash(state)
      if (afterSlash.has(next)) return
      afterSlash.add(next)
      for (const first of this.overNameChar(next)) inName.add(first)
    }
    for (const state of states) slash(state)
    // The set grows while it is walked, so this visits what it adds.
    for (const state of inName) {
      ends.add(state)
      slash(state)
      for (const next of this.overNameChar(state)) inName.add(next)
    }
    return ends
  }
}

/** Where one character of a name leads from each state of an automaton: few states, whatever the number of classes. */
class NameSteps {
  private readonly found: (readonly number[] | undefined)[] = []
  private readonly foundFirst: (readonly number[] | undefined)[] = []
  private readonly reached = new Map<number, ReadonlySet<number>>()
  private readonly endings = new Map<string, Kleene>()
  private readonly nameClasses: readonly number[]
  private readonly firstClasses: readonly number[]

  constructor(private readonly automaton: TableAutomaton) {
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

  /** What some text or other leads to from a state: asked again and again of texts of which nothing is known. */
  remembered(state: number, reached: () => ReadonlySet<number>): ReadonlySet<number> {
    const known = this.reached.get(state)
    if (known !== undefined) return known
    const found = reached()
    if (this.reached.size < MOST_REMEMBERED) this.reached.set(state, found)
    return found
  }

  rememberedEnding(key: string, found: () => Kleene): Kleene {
    const known = this.endings.get(key) ?? found()
    if (this.endings.size < MOST_REMEMBERED) this.endings.set(key, known)
    return known
  }

  private over(state: number, classes: readonly number[]): readonly number[] {
    const { transitions, classCount } = this.automaton
    const states = new Set<number>()
    for (const cls of classes) states.add(transitions[state * classCount + cls] as number) // a state and a class of this automaton
    return [...states]
  }
}

const MOST_REMEMBERED = 16

const nameSteps = new WeakMap<TableAutomaton, NameSteps>()

function nameStepsOf(automaton: TableAutomaton): NameSteps {
  const known = nameSteps.get(automaton) ?? new NameSteps(automaton)
  nameSteps.set(automaton, known)
  return known
}

/** The classes that hold a character other than these. */
function classesBut({ classes }: TableAutomaton, excluded: readonly number[]): readonly number[] {
  const held = new Set<number>()
  classes.forEach((cls, symbol) => {
    if (!excluded.includes(symbol)) held.add(cls)
  })
  return [...held]
}
