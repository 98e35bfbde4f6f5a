/**
 * The literals of guards: one pass over a field's text finds those that it holds, among any number. The literals of a field are one
 * automaton, as long as that is small, or are found by their grams.
 */
import { Grams, GRAM_END_WORDS } from './grams.js'
import { ASCII, FINDER, FINDER_WORDS, type LiteralTable, NONE, SECTION, type Table } from './table.js'

/** Something that calls `add` with lists (offsets) of the literals in a text. */
interface Finder {
  scan(text: string, index: LiteralIndex): void
}

const NO_STATEMENTS: readonly number[] = []

export class LiteralIndex {
  private readonly finders: Finder[] = []
  /** Per literal the number of the search that found it last, and per list of literals that are found together. */
  private readonly literalSearch: Float64Array
  private readonly listSearch: number[] = []
  private readonly lists: (readonly number[])[] = []
  private search = 0
  /** The literals that this search has found, in a list that may be longer. */
  private readonly found: number[] = []
  foundCount = 0

  constructor(private readonly table: Table) {
    this.literalSearch = new Float64Array(table.count(SECTION.literals))
  }

  /** Forgets what was found. */
  begin(): void {
    this.search++
    this.foundCount = 0
  }

  /** Finds the literals of the field that the text holds. */
  find(field: number, text: string): void {
    const finder = (this.finders[field] ??= openFinder(this.table, field))
    finder.scan(text, this)
  }

  /** The statements that are looked up by a literal that was found. */
  statementsAt(place: number): readonly number[] {
    const list = this.table.word(SECTION.literals, this.found[place] as number) // in bounds
    return list === NONE ? NO_STATEMENTS : this.list(list)
  }

  /** Whether one literal of each set was found. @param sets the list (offset) of sets, each its size and its literals; or NONE */
  hasOneOfEach(sets: number): boolean {
    if (sets === NONE) return true
    const list = this.list(sets)
    for (let at = 0; at < list.length; ) {
      const end = at + 1 + (list[at] as number) // a size
      let met = false
      for (at++; at < end; at++) if (this.literalSearch[list[at] as number] === this.search) met = true // a literal
      if (!met) return false
    }
    return true
  }

  /** Adds the literals of a list (offset). However often a text repeats what it holds, it is looked at once. */
  add(list: number): void {
    if (this.listSearch[list] === this.search) return
    this.listSearch[list] = this.search
    const literals = this.list(list)
    for (let i = 0; i < literals.length; i++) {
      const literal = literals[i] as number // in bounds
      if (this.literalSearch[literal] === this.search) continue
      this.literalSearch[literal] = this.search
      this.found[this.foundCount++] = literal
    }
  }

  private list(offset: number): readonly number[] {
    return (this.lists[offset] ??= this.table.list(offset))
  }
}

function openFinder(table: Table, field: number): Finder {
  for (let finder = 0; finder < table.count(SECTION.finders); finder++) {
    const word = (i: number) => table.word(SECTION.finders, FINDER_WORDS * finder + i)
    if (word(0) !== field) continue
    return word(1) === FINDER.grams ? openGrams(table, word) : new AutomatonFinder(table.literalAutomaton(finder), table.list(word(8)))
  }
  throw new Error('the decision table is damaged')
}

function openGrams(table: Table, word: (i: number) => number): Finder {
  const start = 2 * word(2)
  const entries = table.view(SECTION.grams, start + 2 * word(3)).subarray(start)
  const ends = table.view(SECTION.gramEnds, word(4) + GRAM_END_WORDS).subarray(word(4))
  const lengths = [1, 2, 3, 4].filter(length => (word(5) & (1 << length)) !== 0)
  const grams = new Grams(entries, ends, lengths)
  return { scan: (text, index) => grams.scan(text, index) }
}

class AutomatonFinder implements Finder {
  private readonly classes: Uint8Array | Uint16Array
  private readonly rows: Uint8Array | Uint16Array
  private readonly classCount: number
  /** Where the row of the first state lies in which literals end. */
  private readonly firstEnd: number

  constructor(
    { classes, rows, classCount, firstEnd }: LiteralTable,
    private readonly ends: readonly number[],
  ) {
    this.classes = classes
    this.rows = rows
    this.classCount = classCount
    this.firstEnd = firstEnd * classCount
  }

  scan(text: string, index: LiteralIndex): void {
    const { classes, rows, firstEnd } = this
    let row = 0
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i)
      row = rows[row + (unit < ASCII ? (classes[unit] as number) : 0)] as number // the table's own
      if (row >= firstEnd) index.add(this.ends[(row - firstEnd) / this.classCount] as number) // every end has a list
    }
  }
}
