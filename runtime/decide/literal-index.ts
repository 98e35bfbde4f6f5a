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
  private readonly finders: Finder[] = []
  /** Per literal the number of the search that found it last. */
  private readonly searches: Float64Array
  private search = 0
  /** The literals that this search has found, in a list that may be longer. */
  private readonly found: Uint32Array
  private foundCount = 0
  /** Per literal the statements that are looked up by it, once it was found. */
  private readonly statements: (readonly number[] | undefined)[]

  constructor(private readonly table: Table) {
    const literals = table.count(SECTION.literals)
    this.searches = new Float64Array(literals)
    this.found = new Uint32Array(literals)
    this.statements = unmade(literals)
  }

  /** Forgets what was found. @param search the number of this search, which no other had */
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
        const statement = statements[s] as number // in bounds
        if (this.hasOneOfEach(furtherSets(this.table, statement))) to.add(statement)
      }
    }
  }

  private statementsOf(literal: number): readonly number[] {
    const list = this.table.word(SECTION.literals, literal)
    return list === NONE ? [] : this.table.list(list)
  }

  /** @param sets the list (offset) of sets, each its size and its literals; or NONE */
  private hasOneOfEach(sets: number): boolean {
    if (sets === NONE) return true
    const { table } = this
    const end = sets + 1 + table.word(SECTION.lists, sets)
    for (let set = sets + 1; set !== end; set += 1 + table.word(SECTION.lists, set)) if (!this.hasOneOf(set)) return false
    return true
  }

  private hasOneOf(set: number): boolean {
    const { table, searches, search } = this
    const end = set + table.word(SECTION.lists, set)
    for (let at = set + 1; at <= end; at++) if (searches[table.word(SECTION.lists, at)] === search) return true
    return false
  }

  /** Adds the literals of a list (offset) to what was found. */
  add(list: number): void {
    this.addAll(this.table.list(list))
  }

  /** Adds literals to what was found, however often a text repeats them once. */
  addAll(literals: readonly number[]): void {
    const { searches, search } = this
    for (let i = 0; i < literals.length; i++) {
      const literal = literals[i] as number // in bounds
      if (searches[literal] === search) continue
      searches[literal] = search
      this.found[this.foundCount++] = literal
    }
  }
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
  private readonly classes: Uint8Array | Uint16Array
  private readonly rows: Uint8Array | Uint16Array
  private readonly classCount: number
  /** Where the row of the first state lies in which literals end. */
  private readonly firstEnd: number
  /** Per state in which literals end those literals, once it was reached. */
  private readonly literals: (readonly number[] | undefined)[]

  constructor(
    private readonly table: Table,
    private readonly automaton: LiteralTable,
    private readonly ends: readonly number[],
  ) {
    const { classes, rows, classCount, firstEnd } = automaton
    this.literals = unmade(ends.length)
    this.classes = classes
    this.rows = rows
    this.classCount = classCount
    this.firstEnd = firstEnd * classCount
  }

  scan(text: string, index: LiteralIndex): void {
    if (!this.automaton.block.isSound) compareForSearch(this.automaton, text)
    const { classes, rows, firstEnd } = this
    const { length } = text
    const ascii = ASCII // since another module's name is looked at anew
    let row = 0
    for (let i = 0; i < length; ) {
      // Without a call, so that nothing but the text is looked at anew.
      do {
        const unit = text.charCodeAt(i++)
        row = rows[row + (unit < ascii ? (classes[unit] as number) : 0)] as number // the table's own
      } while (row < firstEnd && i < length)
      if (row >= firstEnd) this.reach(row, index)
    }
  }

  private reach(row: number, index: LiteralIndex): void {
    const end = (row - this.firstEnd) / this.classCount
    index.addAll((this.literals[end] ??= this.table.list(this.ends[end] as number))) // every end has a list
  }
}
