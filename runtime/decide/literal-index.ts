/**
 * The literals of guards: one pass over a field's text finds those that it holds, among any number. The literals of a field are one
 * automaton, as long as that is small, or are found by their grams.
 */
import { Grams, GRAM_END_WORDS } from './grams.js'
import { furtherSets } from './statement.js'
import { ASCII, compareForSearch, FINDER, FINDER_WORDS, type LiteralTable, NONE, SECTION, type Table, unmade } from './table.js'

/** Something that adds the lists (offsets) of the literals in a text. */
interface Finder {
  scan(text: string, index: LiteralIndex): void
}

export class LiteralIndex {
  /** The number of this search, which no other had. */
  search = 0
  private readonly finders: Finder[] = []
  /** Per literal the number of the search that found it last. */
  private readonly searches: Float64Array
  /** The literals that this search has found, in a list that may be longer. */
  private readonly found: Uint32Array
  private foundCount = 0
  /** Per literal the statements that are looked up by it, once it was found. */
  private readonly statements: (readonly LookedUp[] | undefined)[]

  constructor(private readonly table: Table) {
    const literals = table.count(SECTION.literals)
    this.searches = new Float64Array(literals)
    this.found = new Uint32Array(literals)
    this.statements = unmade(literals)
  }

  /** Forgets what was found. */
  begin(search: number): void {
    this.search = search
    this.foundCount = 0
  }

  /** Finds the literals of the field that the text holds. */
  find(field: number, text: string): void {
    const finder = (this.finders[field] ??= openFinder(this.table, field))
    finder.scan(text, this)
  }

  /** Adds the statements that are looked up by a literal that was found, if one of each further set was found too. */
  addStatements(to: { add(statement: number): void }): void {
    for (let i = 0; i < this.foundCount; i++) {
      const literal = this.found[i] as number // in bounds
      const statements = (this.statements[literal] ??= this.statementsOf(literal))
      for (let s = 0; s < statements.length; s++) {
        const { statement, further } = statements[s] as LookedUp // in bounds
        if (this.hasOneOfEach(further)) to.add(statement)
      }
    }
  }

  private statementsOf(literal: number): readonly LookedUp[] {
    const list = this.table.word(SECTION.literals, literal)
    if (list === NONE) return []
    return this.table.list(list).map(statement => ({ statement, further: setsOf(this.table, furtherSets(this.table, statement)) }))
  }

  private hasOneOfEach(sets: LookedUp['further']): boolean {
    for (let s = 0; s < sets.length; s++) if (!this.hasOneOf(sets[s] as readonly number[])) return false // in bounds
    return true
  }

  private hasOneOf(literals: readonly number[]): boolean {
    const { searches, search } = this
    for (let i = 0; i < literals.length; i++) if (searches[literals[i] as number] === search) return true // in bounds
    return false
  }

  /** Adds the literals of a list (offset) to what was found. */
  add(list: number): void {
    const literals = this.table.list(list)
    for (let i = 0; i < literals.length; i++) this.addLiteral(literals[i] as number) // in bounds
  }

  /** Adds a literal to what was found, however often a text repeats it once. */
  addLiteral(literal: number): void {
    const { searches, search } = this
    if (searches[literal] === search) return
    searches[literal] = search
    this.found[this.foundCount++] = literal
  }
}

/** A statement that is looked up by a literal, and the further sets of which a literal each must have been found too. */
interface LookedUp {
  readonly statement: number
  readonly further: readonly (readonly number[])[]
}

/** @param list the offset of [n, (size, literal…)…], or NONE */
function setsOf(table: Table, list: number): LookedUp['further'] {
  const entries = list === NONE ? [] : table.list(list)
  const sets: (readonly number[])[] = []
  for (let at = 0; at < entries.length; ) {
    const end = at + 1 + (entries[at] as number) // in bounds
    sets.push(entries.slice(at + 1, end))
    at = end
  }
  return sets
}

function openFinder(table: Table, field: number): Finder {
  for (let finder = 0; finder < table.count(SECTION.finders); finder++) {
    const word = (i: number) => table.word(SECTION.finders, FINDER_WORDS * finder + i)
    if (word(0) !== field) continue
    return word(1) === FINDER.grams
      ? openGrams(table, word)
      : new AutomatonFinder(table, table.literalAutomaton(finder), table.list(word(8)))
  }
  throw new Error('the decision table is damaged')
}

function openGrams(table: Table, word: (i: number) => number): Finder {
  const ends = table.view(SECTION.gramEnds, word(4), GRAM_END_WORDS)
  const lengths = [1, 2, 3, 4].filter(length => (word(5) & (1 << length)) !== 0)
  // All of it is compared at once: what reads it most would ask for each word whether it was.
  const grams = new Grams(table.view(SECTION.grams, 2 * word(2), 2 * word(3)), ends, lengths)
  return { scan: (text, index) => grams.scan(text, index) }
}

class AutomatonFinder implements Finder {
  private readonly cells: LiteralTable['cells']
  private readonly firstEnd: number
  /** Per state in which literals end: those, each with the edges it asks for, once it was reached. */
  private readonly literals: (readonly number[] | undefined)[]
  /** And the number of the search that found them all. */
  private readonly searches: Float64Array

  constructor(
    private readonly table: Table,
    private readonly automaton: LiteralTable,
    private readonly ends: readonly number[],
  ) {
    const { cells, firstEnd } = automaton
    this.literals = unmade(ends.length)
    this.searches = new Float64Array(ends.length)
    this.cells = cells
    this.firstEnd = firstEnd
  }

  scan(text: string, index: LiteralIndex): void {
    if (!this.automaton.block.isSound) compareForSearch(this.automaton, text)
    const { cells, firstEnd } = this
    const { length } = text
    const mask = ASCII - 1 // since another module's name is looked at anew
    const last = length - 1
    let before = 0
    let state = 0
    let i = 0
    while (i < last) {
      // By twos, since the second character is read while the first is still looked up; without a call, so that nothing but the text is looked at anew.
      do {
        before = cells[state + (cells[text.charCodeAt(i) & mask] as number)] as number // the table's own
        state = cells[before + (cells[text.charCodeAt(i + 1) & mask] as number)] as number // as above
        i += 2
      } while (before < firstEnd && state < firstEnd && i < last)
      if (before >= firstEnd) this.reach(before, text, i - 1, index)
      if (state >= firstEnd) this.reach(state, text, i, index)
    }
    if (i > last) return
    state = cells[state + (cells[text.charCodeAt(i) & mask] as number)] as number // as above
    if (state >= firstEnd) this.reach(state, text, length, index)
  }

  /** @param end where the literals end in the text */
  private reach(state: number, text: string, end: number, index: LiteralIndex): void {
    const at = state - this.firstEnd
    if (this.searches[at] === index.search) return
    const literals = (this.literals[at] ??= this.table.list(this.ends[at] as number)) // every end has a list
    let all = true
    for (let i = 0; i < literals.length; i += 2) {
      if (hasEdges(text, end, literals[i + 1] as number))
        index.addLiteral(literals[i] as number) // in pairs
      else all = false
    }
    if (all) this.searches[at] = index.search
  }
}

/** Whether no word character stands beside a literal on the sides where none may. */
function hasEdges(text: string, end: number, edges: number): boolean {
  if (edges === 0) return true
  if ((edges & 1) === 1 && isWordAt(text, end)) return false
  return edges === 1 || !isWordAt(text, end - (edges >> 1))
}

function isWordAt(text: string, at: number): boolean {
  return at >= 0 && at < text.length && isWord(text.charCodeAt(at))
}

/** An ASCII letter or digit, or `_`. */
export function isWord(unit: number): boolean {
  const lower = unit | 32
  return unit < ASCII && ((lower >= 97 && lower <= 122) || (unit >= 48 && unit <= 57) || unit === 95)
}
