/** Whether a test can be other than false over a text in which none of some literals is found. */
import { UNLIMITED_NODES } from '../../runtime/decide/run-circuit.js'
import { ASCII, CIRCUIT, NONE, OPERATOR, SECTION, type Table, type TableAutomaton, TEST_WORDS } from '../../runtime/decide/table.js'
import type { PatternSource } from '../patterns/compile-pattern.js'
import { machineFor } from './automata.js'
import type { Effort } from './effort.js'
import { LiteralSearches } from './literal-search.js'
import { readAutomaton } from './read-automaton.js'
import { grown } from './sequences.js'
import { FOUND, type LiteralSearch } from './word-search.js'

/** `none`: for no such text; else a text for which the test may hold, where one is known. */
export type Escape = 'none' | { readonly witness?: string }

export class GuardProof {
  readonly #known = new Map<string, Escape>()
  readonly #searches = new Map<string, LiteralSearch>()
  readonly #finders: LiteralSearches

  constructor(
    readonly table: Table,
    /** By automaton of the table the pattern that it is proved, or said, to be that of. */
    readonly sources: ReadonlyMap<number, PatternSource>,
  ) {
    this.#finders = new LiteralSearches(table)
  }

  /** @throws EffortSpent */
  textWithout(test: number, field: number, literals: readonly number[], effort: Effort): Escape {
    const word = (i: number) => this.table.word(SECTION.tests, test * TEST_WORDS + i)
    if (word(1) !== field) return {}
    if ((word(0) & 255) === OPERATOR.exists) return (word(0) & 256) === 0 ? {} : 'none'
    const search = `${field} ${[...literals].sort((a, b) => a - b).join()}`
    const key = `${test} ${search}`
    const known = this.#known.get(key)
    if (known !== undefined) return known
    const found = (word(0) & 256) === 0 ? this.#escape(word, this.#searchOf(search, field, literals), effort) : {}
    this.#known.set(key, found)
    return found
  }

  #searchOf(key: string, field: number, literals: readonly number[]): LiteralSearch {
    const known = this.#searches.get(key) ?? this.#finders.of(field, literals)
    this.#searches.set(key, known)
    return known
  }

  #escape(word: (i: number) => number, search: LiteralSearch, effort: Effort): Escape {
    const constant = () => JSON.parse(this.table.text(word(2))) as unknown
    switch (word(0) & 255) {
      case OPERATOR.equals:
        return constantsWithout([constant()], search)
      case OPERATOR.one_of: {
        const listed = constant()
        return Array.isArray(listed) ? constantsWithout(listed, search) : {}
      }
      case OPERATOR.pattern:
        return this.#accepted(word(2), search, effort)
      case OPERATOR.contains:
        return word(3) === NONE ? {} : this.#accepted(word(3), search, effort)
      default:
        return {}
    }
  }

  /** Walks the pattern and the search at once: a text that one accepts must be stopped by the other. */
  #accepted(index: number, search: LiteralSearch, effort: Effort): Escape {
    const walked = this.#walked(index)
    if (walked === undefined) return {}
    const letters = distinctLetters(walked.letters, search)
    const pairs = new Pairs()
    pairs.add(walked.start, 0, -1, '')
    for (let at = 0; at < pairs.count; at++) {
      const state = pairs.states[at] ?? 0
      const searching = pairs.searching[at] ?? 0
      if (walked.accepts(state) && !search.isFoundAtEnd(searching)) return { witness: pairs.text(at) }
      effort.spend(4 * letters.length)
      for (const letter of letters) {
        const next = walked.next(state, letter.read)
        if (next === NOWHERE) continue
        const searchingOn = searchedOn(search, searching, letter)
        if (searchingOn !== FOUND) pairs.add(next, searchingOn, at, letter.shown)
      }
    }
    return 'none'
  }

  #walked(index: number): Walked | undefined {
    const kind = this.table.machineKind(index)
    switch (kind) {
      case 'automaton':
        return this.#automaton(index)
      case 'circuit':
        return this.#circuit(index)
      // What backtracking says of a long text is not known.
      case 'backtracking':
        return undefined
      default:
        return kind satisfies never
    }
  }

  #automaton(index: number): Walked | undefined {
    const automaton = readAutomaton(this.table, index)
    if (typeof automaton === 'string') return undefined
    const { transitions, classCount, firstAccepting, dead, start } = automaton
    return {
      start,
      letters: lettersOfTable(automaton),
      accepts: state => state >= firstAccepting && state !== dead,
      next: (state, read) => {
        const next = transitions[state * classCount + read] ?? 0
        return next === dead ? NOWHERE : next
      },
    }
  }

  /** A circuit's answers are those of its pattern, as far as it is trusted; a large one may give none for a long text. */
  #circuit(index: number): Walked | undefined {
    const source = this.sources.get(index)
    const made = source && machineFor(source, this.table)
    if (made === undefined || (this.table.circuit(index).words[CIRCUIT.nodes] ?? NONE) > UNLIMITED_NODES) return undefined
    const { machine, letters } = made
    const all = Array.from(
      letters.points,
      (point, letter): Letter => ({
        read: machine.classOf[letter] ?? 0,
        code: Math.min(point, ASCII),
        units: point > 0xffff ? 2 : 1,
        shown: String.fromCodePoint(point),
      }),
    )
    return {
      start: machine.start,
      letters: all,
      accepts: state => machine.accepts(state),
      next: (state, read) => machine.row(state)[read] ?? 0,
    }
  }
}

const NOWHERE = -1

interface Letter {
  /** What the pattern's side reads it as. */
  readonly read: number
  /** The character, or ASCII for any other. */
  readonly code: number
  /** UTF-16 units that it takes. */
  readonly units: number
  readonly shown: string
}

interface Walked {
  readonly start: number
  readonly letters: readonly Letter[]
  accepts(state: number): boolean
  /** NOWHERE where nothing can match any more. */
  next(state: number, read: number): number
}

/** A letter for each ASCII character, and for each class of the others; these may take one unit or two. */
function lettersOfTable(automaton: TableAutomaton): readonly Letter[] {
  const letters: Letter[] = []
  const others = new Set<number>()
  automaton.classes().forEach((read, symbol) => {
    if (symbol < ASCII) letters.push({ read, code: symbol, units: 1, shown: String.fromCharCode(symbol) })
    else others.add(read)
  })
  for (const read of others) for (const units of [1, 2]) letters.push({ read, code: ASCII, units, shown: '…' })
  return letters
}

/** One letter of those that neither side tells apart. */
function distinctLetters(letters: readonly Letter[], search: LiteralSearch): readonly Letter[] {
  const distinct = new Map<string, Letter>()
  for (const letter of letters) {
    const key = `${letter.read} ${search.classOf(letter.code)} ${letter.units}`
    if (!distinct.has(key)) distinct.set(key, letter)
  }
  return [...distinct.values()]
}

/** A character beyond the first plane is read as two. */
function searchedOn(search: LiteralSearch, state: number, { code, units }: Letter): number {
  const next = search.next(state, code)
  return units === 1 || next === FOUND ? next : search.next(next, code)
}

/** Values that equal one another have the same text. A list or map has none, and equals no text. */
function constantsWithout(constants: readonly unknown[], search: LiteralSearch): Escape {
  const texts = constants.filter(constant => constant === null || typeof constant !== 'object').map(String)
  const witness = texts.find(text => !isFoundIn(text, search))
  return witness === undefined ? 'none' : { witness }
}

function isFoundIn(text: string, search: LiteralSearch): boolean {
  let state = 0
  for (let i = 0; i < text.length; i++) {
    state = search.next(state, Math.min(text.charCodeAt(i), ASCII))
    if (state === FOUND) return true
  }
  return search.isFoundAtEnd(state)
}

/** Pairs of a state of the pattern and one of the search, in the order they were met. */
class Pairs {
  states = new Int32Array(64)
  searching = new Int32Array(64)
  count = 0
  #from = new Int32Array(64)
  readonly #read: string[] = []
  readonly #seen = new Set<number>()

  add(state: number, searching: number, from: number, read: string): void {
    const key = state * 0x100000 + searching
    if (this.#seen.has(key)) return
    this.#seen.add(key)
    if (this.count === this.states.length) this.#grow()
    this.states[this.count] = state
    this.searching[this.count] = searching
    this.#from[this.count] = from
    this.#read[this.count++] = read
  }

  text(last: number): string {
    let text = ''
    for (let at = last; at >= 0; at = this.#from[at] ?? -1) text = (this.#read[at] ?? '') + text
    return text
  }

  #grow(): void {
    this.states = grown(this.states)
    this.searching = grown(this.searching)
    this.#from = grown(this.#from)
  }
}
