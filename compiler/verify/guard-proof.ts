/** Whether a test can be other than false over a text that holds none of the grams. */
import { NONE, OPERATOR, SECTION, type Table, type TableAutomaton, TEST_WORDS } from '../../runtime/decide/table.js'
import type { Effort } from './effort.js'
import { GramSearch } from './grams.js'
import { grown } from './sequences.js'

/** `none`: for no such text; else a text for which the test may hold, where one is known. */
export type Escape = 'none' | { readonly witness?: string }

export class GuardProof {
  readonly #known = new Map<string, Escape>()

  constructor(
    readonly table: Table,
    readonly effort: Effort,
  ) {}

  textWithoutGrams(test: number, field: number, grams: readonly string[]): Escape {
    const key = `${test} ${field} ${[...grams].sort().join('\u0000')}`
    const known = this.#known.get(key)
    if (known !== undefined) return known
    const found = this.#escape(test, field, grams)
    this.#known.set(key, found)
    return found
  }

  #escape(test: number, field: number, grams: readonly string[]): Escape {
    const word = (i: number) => this.table.word(SECTION.tests, test * TEST_WORDS + i)
    if (word(1) !== field || (word(0) & 256) !== 0) return {}
    const constant = () => JSON.parse(this.table.text(word(2))) as unknown
    switch (word(0) & 255) {
      case OPERATOR.equals:
        return constantsWithoutGrams([constant()], grams)
      case OPERATOR.one_of: {
        const listed = constant()
        return Array.isArray(listed) ? constantsWithoutGrams(listed, grams) : {}
      }
      case OPERATOR.pattern:
        return this.#accepted(word(2), grams)
      case OPERATOR.contains:
        return word(3) === NONE ? {} : this.#accepted(word(3), grams)
      default:
        return {}
    }
  }

  /** Walks the automaton and the search for the grams at once: a text that one accepts must be stopped by the other. */
  #accepted(index: number, grams: readonly string[]): Escape {
    const automaton = this.table.automaton(index)
    const search = new GramSearch(grams)
    const steps = stepsOf(automaton, search)
    const walk = new Walk()
    walk.add(automaton.start, 0, -1, '')
    for (let at = 0; at < walk.count; at++) {
      const state = walk.states[at] ?? 0
      if (state >= automaton.firstAccepting && state !== automaton.dead) return { witness: walk.text(at) }
      this.effort.spend(4 * steps.length)
      for (const { inTable, char, shown } of steps) {
        const next = automaton.transitions[state * automaton.classCount + inTable] ?? 0
        if (next === automaton.dead) continue
        const searching = search.next(walk.searching[at] ?? 0, char)
        if (searching !== GramSearch.FOUND) walk.add(next, searching, at, shown)
      }
    }
    return 'none'
  }
}

/** Values that equal one another have the same text. A list or map has none, and equals no text. */
function constantsWithoutGrams(constants: readonly unknown[], grams: readonly string[]): Escape {
  const texts = constants.filter(constant => constant === null || typeof constant !== 'object').map(String)
  const witness = texts.find(text => !grams.some(gram => text.includes(gram)))
  return witness === undefined ? 'none' : { witness }
}

interface Step {
  readonly inTable: number
  /** The character, where a gram has it. */
  readonly char: string | undefined
  readonly shown: string
}

/** One step for each character of the grams, and one for each class of the table over all others. */
function stepsOf(automaton: TableAutomaton, search: GramSearch): readonly Step[] {
  const steps: Step[] = []
  const others = new Set<number>()
  automaton.classes.forEach((inTable, symbol) => {
    const shown = symbol < 128 ? String.fromCharCode(symbol) : '…'
    if (symbol < 128 && search.chars.has(shown)) steps.push({ inTable, char: shown, shown })
    else if (!others.has(inTable)) {
      others.add(inTable)
      steps.push({ inTable, char: undefined, shown })
    }
  })
  return steps
}

/** Pairs of a state of the automaton and one of the search, in the order they were met. */
class Walk {
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
