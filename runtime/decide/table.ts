/**
 * The decision table: what a policy is compiled to. The runtime owns this format, the compiler writes it.
 *
 * The table is one block of bytes, little-endian, made of sections of 32-bit words and bytes. Nothing of it is parsed when
 * it is opened: every read goes by offset. The head holds what every decision needs; the body, most of a large table, holds
 * texts and automata, of which a decision reads a few: where the table is a file, only those are read.
 *
 *   word 0        magic `AGS` and the format's version
 *   word 1        length of the whole table in bytes
 *   word 2        checksum of the other words of the first chunk and of all sums
 *   word 3        length of the head in bytes: every section but `text` and `bytes`, which begin after the sums
 *   words 4..     for each section of `SECTION`: offset in bytes, count of entries; then nothing, up to the end of the chunk
 *
 * The head is made of chunks of CHUNK_WORDS words. After it stand its sums: the checksum of each chunk but the first, which is compared when
 * something of the chunk is first read: a decision reads a few chunks of a large table.
 *
 *   strings       pairs of words, one more than there are strings: offset (UTF-16 units) into `text`, and the text's hash; string i ends
 *                 where the next begins
 *   text          UTF-16 units, so that unpaired surrogates survive
 *   fields        words: offset into `lists` of [n, string…]: the key split on dots
 *   tests         TEST_WORDS words each: operator | negated << 8, field, argument a, argument b
 *   formulas      words, prefix notation: [AND or OR, word length of the whole node, child…] [NOT, length, child]
 *                 [TEST, test, words for people (string)]
 *   statements    STATEMENT_WORDS words each: packed effects, formula as evaluated, sid, reason, guidance, source, actions: list of pairs
 *                 [0, string] or [1, automaton], guard: kind | field << 1, formula as written, for a guard of literals the list of the sets of
 *                 which a text must hold a literal each besides the one that it is looked up by: [n, (size, literal…)…], or NONE
 *   lists         words: [n, entry…]
 *   globs         GLOB_WORDS words each: automaton, then four lists: every statement, those to decide whatever the request holds, the
 *                 fields of the literals of guards, those of the values of guards
 *   actions       open-addressed hash table of the actions that the policy names, a power of two of SLOT_WORDS words: string + 1, and
 *                 the same four lists over all globs that match; empty where there is no index of actions
 *   values        open-addressed hash table, a power of two of pairs: hash of field and value, list of statements + 1
 *   literals      words: the list of the statements that are looked up by the literal, or NONE; literals are numbered over all fields
 *   finders       FINDER_WORDS words each: field and how its literals are found, and then
 *                 for an automaton: offset into `bytes`, length there, checksum of its sums, states, classes, the first state in which literals
 *                 end, list of the lists of literals that end in each state from that one on, each literal with the edges that it asks for: 1
 *                 where no word character may follow, and, where none may stand before, twice how far that is before its end
 *                 for grams: first entry and number of entries in `grams`, first word in `gramEnds`, lengths: bit n where grams have n characters
 *   grams         per finder an open-addressed hash table, a power of two of pairs: gram + 1, list of literals
 *   automata      AUTOMATON_WORDS words each: offset into `bytes`, length there, checksum of its sums, states, classes, start, first accepting,
 *                 dead, first absorbing accepting, layout; a pattern with zero states is run by its circuit or, with
 *                 zero classes too, by backtracking
 *   bytes         per automaton: the classes of the 128 ASCII symbols and of each group of its layout, then the transitions, state by state
 *                 ; entries of one byte, or of two where there are more than 256 classes or states; every part is 2-aligned,
 *                 every automaton 4-aligned.
 *                 per automaton of a finder one list of cells: for each ASCII character where the column of its class begins, then the
 *                 transitions, column by column; of one byte, or of two where there are more than 256 cells.
 *                 per circuit: the same classes, then words, 4-aligned: those of CIRCUIT; for each leaf that does not look left the node
 *                 that must hold after it; two words for each gate (kind | first operand << 2, second operand; for a repetition the gate
 *                 to go on from); for each class and for the edge of the text where its runs begin, and where the last ones end; all runs
 *                 (first leaf, one past the last). Nodes: 0 is true, then come leaves that read a character, leaves that look right
 *                 (node 0 after them), leaves that look left, gates.
 *                 per program of backtracking: words, as `run-backtracking.ts` tells.
 *                 Behind each of them, and no part of its length, words: the checksum of each chunk of BLOCK_CHUNK_WORDS words of it
 *   ranges        words: first code point of each range of non-ASCII ones, ascending, from 0x80 on
 *   symbols       two bytes each: symbol - 128 of each range
 *   layouts       words: offset into `groups`; a layout is how some automata split the non-ASCII symbols
 *   groups        two bytes each: per layout, the number of groups and then the group of each non-ASCII symbol
 *   gramEnds      GRAM_END_WORDS words per finder by grams: a bit for every pair of characters that a gram ends in
 *   settings      words in the order of SETTING; the default is NONE where the policy writes none
 *
 * A policy of several layers is several tables: see `layers.ts`.
 */
import { Block, BLOCK_CHUNK_WORDS, blockSumCount, checksum } from './block.js'

export const MAGIC = 0x08534741
export const NONE = 0xffffffff

export const SECTION = {
  strings: 0,
  text: 1,
  fields: 2,
  tests: 3,
  formulas: 4,
  statements: 5,
  lists: 6,
  globs: 7,
  actions: 8,
  automata: 9,
  bytes: 10,
  ranges: 11,
  symbols: 12,
  layouts: 13,
  groups: 14,
  grams: 15,
  gramEnds: 16,
  settings: 17,
  values: 18,
  literals: 19,
  finders: 20,
} as const
export const SECTION_COUNT = 21
export const HEADER_WORDS = 4
/** A power of two; the header fits into one chunk. */
export const CHUNK_WORDS = 128
const CHUNK_BITS = 7
export const TEST_WORDS = 4
export const STATEMENT_WORDS = 10
export const GLOB_WORDS = 5
export const SLOT_WORDS = 5
export const AUTOMATON_WORDS = 10
export const FINDER_WORDS = 9
export const ASCII = 128

/** The words that a circuit begins with: where leaves that look left, gates and no more nodes begin; the answer; what settles it, or NONE. */
export const CIRCUIT = { firstBefore: 0, firstGate: 1, nodes: 2, start: 3, settled: 4, head: 5 } as const

/** `unless`: the second operand and not the first. */
export const GATE = { or: 0, and: 1, unless: 2, repeat: 3 } as const

export const NODE = { and: 0, or: 1, not: 2, test: 3 } as const

/** Operators as the table numbers them. */
export const OPERATOR = {
  exists: 0,
  equals: 1,
  one_of: 2,
  contains: 3,
  pattern: 4,
  order: 5,
  path: 6,
  host: 7,
  cidr: 8,
  has: 9,
} as const

/** How the literals of a field are found. */
export const FINDER = { automaton: 0, grams: 1 } as const

/** How a guard is looked up. */
export const GUARD = { literals: 0, values: 1 } as const

/** What the base of a path pattern is: an index into the names of the context's folders. */
export const PATH_BASES = ['root', 'home', 'cwd', 'project_root'] as const

export const EFFECTS = ['allow', 'review', 'deny'] as const
export const POSSIBLE_OUTCOMES = ['ignore', 'review', 'deny'] as const

export const SETTING = { defaultEffect: 0, effectsFull: 1, symbolCount: 2, sourceDigest: 3, longestValue: 4 } as const

/** An automaton in place: no copy is made of its tables. */
export interface TableAutomaton {
  readonly stateCount: number
  readonly classCount: number
  readonly start: number
  /** States from here on accept, but for `dead`. */
  readonly firstAccepting: number
  /** The state from which nothing is accepted any more; NONE where there is none. */
  readonly dead: number
  /** States from here on accept whatever follows. */
  readonly firstAbsorbing: number
  /** The class of each ASCII symbol, and of what else the pattern tells apart. */
  readonly asciiClasses: Uint8Array | Uint16Array
  readonly transitions: Uint8Array | Uint16Array
  /** The class of each symbol: made when it is first asked for, which few texts need. */
  classes(): Uint8Array | Uint16Array
  /** Where it stands. */
  readonly block: Block
}

/** A circuit in place. */
export interface TableCircuit {
  readonly classCount: number
  /** The class of each symbol. */
  readonly classes: Uint8Array | Uint16Array
  readonly words: Uint32Array
}

/** The automaton over the literals of one field, in place. */
export interface LiteralTable {
  readonly stateCount: number
  readonly classCount: number
  /** The first state in which literals end. */
  readonly firstEnd: number
  /**
   * For each ASCII character where its column begins: ASCII + class * stateCount; what is not ASCII is read as by its lower seven bits.
   * Then the columns: at a column's begin + state the next state; state 0 is the start. One list, since each that a loop reads is looked at anew.
   */
  readonly cells: Uint8Array | Uint16Array
  /** Where it stands: what a search reads has to be compared first, see `compareForSearch`. */
  readonly block: Block
}

/** FNV-1a over UTF-16 units, 32 bits: the hash of the action index. */
export function hashText(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash >>> 0
}

/** The checksum in word 2: of the first chunk without that word, and of the sums behind the head. */
export function headChecksum(words: Int32Array, headWords: number): number {
  return checksum(words, headWords, words.length, checksum(words, 3, CHUNK_WORDS))
}

/** How many sums stand behind a head of that many words. */
export function sumCount(headWords: number): number {
  return Math.ceil(headWords / CHUNK_WORDS) - 1
}

/** Where the data of a bundle are: the table, then the parts of the kernel that few calls need. */
export interface DataPlace {
  /** A file beside the bundle, named by the digest of its content. */
  readonly file: string
  /** Bytes of the table, at the start of the file. */
  readonly table: number
  /** Bytes of the parts, behind the table. */
  readonly parts: number
}

/** A list of what is made at first use, at its length at once: one that is filled from far ahead is of keys, which are hashed. */
export function unmade<T>(length: number): (T | undefined)[] {
  return new Array<T | undefined>(length)
}

/** Where the bytes of a table are: in memory, or in a file that is read by offset. */
export interface TableFile {
  readonly size: number
  /** Throws where there are fewer bytes. */
  read(offset: number, length: number): Uint8Array
}

export function inMemory(bytes: Uint8Array): TableFile {
  return { size: bytes.length, read: (offset, length) => bytes.subarray(offset, offset + length) }
}

/** Typed access to a table by section and index; damaged tables throw when opened or, at the latest, when read. */
export class Table {
  private readonly words: Uint32Array
  private readonly signed: Int32Array
  private readonly units: Uint16Array
  private readonly headWords: number
  /** Per chunk of the head: 1 once its checksum was compared. */
  private readonly sound: Uint8Array
  private readonly counts: Int32Array
  /** Where each section begins, in words. */
  private readonly starts: Int32Array
  private readonly texts: string[] = []
  private readonly lists = new Map<number, readonly number[]>()
  private readonly automata: (TableAutomaton | undefined)[]

  /** @param begin its first HEADER_WORDS words, where somebody has read them */
  constructor(
    private readonly file: TableFile,
    begin?: Uint8Array,
  ) {
    const start = wordsOf(begin ?? this.read(0, 4 * HEADER_WORDS))
    if (start[0] !== MAGIC) throw new Error('not a decision table of this version')
    if (start[1] !== file.size) throw new Error('the decision table is truncated')
    this.headWords = at(start, 3) >> 2
    if (this.headWords < CHUNK_WORDS) throw new Error('the decision table is damaged')
    this.words = wordsOf(this.read(0, 4 * (this.headWords + sumCount(this.headWords))))
    this.signed = signedOf(this.words)
    this.units = new Uint16Array(this.words.buffer, this.words.byteOffset, 2 * this.words.length)
    if (this.signed[2] !== headChecksum(this.signed, this.headWords)) throw new Error('the decision table is damaged')
    this.sound = new Uint8Array(1 + sumCount(this.headWords))
    const header = this.signed.subarray(HEADER_WORDS, HEADER_WORDS + 2 * SECTION_COUNT)
    this.counts = header.filter((_, i) => i % 2 === 1)
    this.automata = unmade(this.count(SECTION.automata))
    this.starts = header.filter((_, i) => i % 2 === 0).map(offset => offset >> 2)
  }

  /** Compares the checksum of a chunk, if that has not been done. */
  private checkChunk(chunk: number): void {
    const from = chunk << CHUNK_BITS
    const to = Math.min(from + CHUNK_WORDS, this.headWords)
    const sum = this.signed[this.headWords + chunk - 1]
    if (chunk > 0 && (from >= to || checksum(this.signed, from, to) !== sum)) throw new Error('the decision table is damaged')
    this.sound[chunk] = 1
  }

  private checkWords(from: number, to: number): void {
    for (let chunk = from >> CHUNK_BITS; chunk << CHUNK_BITS < to; chunk++) if (this.sound[chunk] !== 1) this.checkChunk(chunk)
  }

  private read(offset: number, length: number): Uint8Array {
    const bytes = this.file.read(offset, length)
    if (bytes.length !== length) throw new Error('the decision table is truncated')
    return bytes
  }

  count(section: number): number {
    return at(this.counts, section)
  }

  /** The place of a section's first word. */
  start(section: number): number {
    return this.starts[section] as number // a section of SECTION
  }

  /** Word `index` of a section. */
  word(section: number, index: number): number {
    return this.wordAt(this.start(section) + index)
  }

  /** The word at a place: for loops that know where their section starts. */
  wordAt(place: number): number {
    if (this.sound[place >> CHUNK_BITS] !== 1) this.checkChunk(place >> CHUNK_BITS)
    const word = this.words[place]
    // Not by `at`, which reads arrays of every kind: this is read most.
    if (word === undefined) throw new Error('the decision table is damaged')
    return word
  }

  /** The two-byte entry `index` of a section. */
  unit(section: number, index: number): number {
    const place = 2 * this.start(section) + index
    this.checkWords(place >> 1, (place >> 1) + 1)
    return at(this.units, place)
  }

  /** Words of a section, in place, for loops that read many. */
  view(section: number, from: number, count: number): Uint32Array {
    const start = this.start(section) + from
    this.checkWords(start, start + count)
    return this.words.subarray(start, start + count)
  }

  text(index: number): string {
    return (this.texts[index] ??= this.readText(index))
  }

  private readText(index: number): string {
    const start = this.word(SECTION.strings, 2 * index)
    const length = this.word(SECTION.strings, 2 * index + 2) - start
    const text = unitsToText(this.read(4 * this.start(SECTION.text) + 2 * start, 2 * length))
    if (hashText(text) !== this.word(SECTION.strings, 2 * index + 1)) throw new Error('the decision table is damaged')
    return text
  }

  list(offset: number): readonly number[] {
    const known = this.lists.get(offset)
    if (known !== undefined) return known
    const list = Array.from(this.view(SECTION.lists, offset + 1, this.word(SECTION.lists, offset)))
    this.lists.set(offset, list)
    return list
  }

  setting(name: keyof typeof SETTING): number {
    return this.word(SECTION.settings, SETTING[name])
  }

  /** @param text over which it is to be run, if that is all: what of it that reads is compared with its sums, else all of it */
  automaton(index: number, text?: string): TableAutomaton {
    const automaton = (this.automata[index] ??= this.readAutomaton(index))
    if (!automaton.block.isSound) compareForRun(automaton, text)
    return automaton
  }

  private readAutomaton(index: number): TableAutomaton {
    const word = (i: number) => this.automatonWord(index, i)
    const { block, entries, groups } = this.readEntries(index)
    const stateCount = word(3)
    if (stateCount === 0) throw new Error('the decision table is damaged')
    const classCount = word(4)
    const transitions = entriesAt(block.words, align2(entries.byteLength), stateCount * classCount, stateCount)
    let classes: TableAutomaton['asciiClasses'] | undefined
    // No getter: every object that has one is of a shape of its own.
    return {
      stateCount,
      classCount,
      start: word(5),
      firstAccepting: word(6),
      dead: word(7),
      firstAbsorbing: word(8),
      asciiClasses: entries,
      transitions,
      classes: () => (classes ??= this.symbolClasses(entries, groups)),
      block,
    }
  }

  /** What decides a pattern. */
  machineKind(index: number): 'automaton' | 'circuit' | 'backtracking' {
    if (this.automata[index] !== undefined || this.automatonWord(index, 3) !== 0) return 'automaton'
    return this.automatonWord(index, 4) === 0 ? 'backtracking' : 'circuit'
  }

  /** Reads it anew every time. */
  circuit(index: number): TableCircuit {
    const { block, entries, groups } = this.readEntries(index)
    const classes = this.symbolClasses(entries, groups)
    return { classCount: this.automatonWord(index, 4), classes, words: whole(block).subarray((entries.byteLength + 3) >> 2) }
  }

  /** The program of a pattern that is run by backtracking. Reads it anew every time. */
  program(index: number): Uint32Array {
    return whole(this.readBlock(index))
  }

  private automatonWord(index: number, word: number): number {
    return this.word(SECTION.automata, index * AUTOMATON_WORDS + word)
  }

  private readBlock(index: number): Block {
    return this.block(this.automatonWord(index, 0), this.automatonWord(index, 1), this.automatonWord(index, 2))
  }

  /** The block of a pattern, at its start the classes of the ASCII symbols and of the groups of the others, and where those groups are. */
  private readEntries(index: number) {
    const word = (i: number) => this.automatonWord(index, i)
    const block = this.readBlock(index)
    const groups = this.word(SECTION.layouts, word(9))
    const entries = classesOf(block, ASCII + this.unit(SECTION.groups, groups), word(4))
    return { block, entries, groups: groups + 1 }
  }

  /** The automaton of a finder. */
  literalAutomaton(finder: number): LiteralTable {
    const word = (i: number) => this.word(SECTION.finders, FINDER_WORDS * finder + i)
    const block = this.block(word(2), word(3), word(4))
    const [stateCount, classCount] = [word(5), word(6)]
    const count = ASCII + stateCount * classCount
    classesOf(block, ASCII, count) // compares them
    return { stateCount, classCount, firstEnd: word(7), cells: entriesAt(block.words, 0, count, count), block }
  }

  /** A block of `bytes`. */
  private block(offset: number, length: number, sum: number): Block {
    const words = length >> 2
    return new Block(wordsOf(this.read(4 * this.start(SECTION.bytes) + offset, length + 4 * blockSumCount(words))), words, sum)
  }

  /** The class of every symbol, from those of the ASCII ones and of the groups of the others. */
  private symbolClasses(entries: Uint8Array | Uint16Array, groups: number): Uint8Array | Uint16Array {
    const symbolCount = this.setting('symbolCount')
    if (symbolCount === ASCII) return entries
    const classes = entries instanceof Uint8Array ? new Uint8Array(symbolCount) : new Uint16Array(symbolCount)
    classes.set(entries.subarray(0, ASCII))
    for (let symbol = ASCII; symbol < symbolCount; symbol++) {
      classes[symbol] = at(entries, ASCII + this.unit(SECTION.groups, groups + symbol - ASCII))
    }
    return classes
  }
}

/** All of a block, compared. */
function whole(block: Block): Uint32Array {
  block.compare()
  return block.words
}

/** The classes that a block begins with, compared. */
function classesOf(block: Block, count: number, classCount: number): Uint8Array | Uint16Array {
  const classes = entriesAt(block.words, 0, count, classCount)
  for (let byte = 0; byte < classes.byteLength; byte += 4 * BLOCK_CHUNK_WORDS) block.compareAt(byte)
  block.compareAt(classes.byteLength - 1)
  return classes
}

/** Compares what running an automaton over the text will read of it; all where that is not known, or soon would be. */
function compareForRun(automaton: TableAutomaton, text: string | undefined): void {
  const { block, asciiClasses, transitions, classCount, dead, firstAbsorbing } = automaton
  if (text === undefined || !block.countsRun(text.length)) return block.compare()
  let state = automaton.start
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit >= ASCII) return block.compare()
    state = compared(block, transitions, state * classCount + (asciiClasses[unit] as number)) // every table has all ASCII symbols
    // Only now, as the run itself does: it reads on from a first state that is one of them.
    if (state === dead || state >= firstAbsorbing) return
  }
}

/** The same for a search for literals. */
export function compareForSearch({ block, cells }: LiteralTable, text: string): void {
  if (!block.countsRun(text.length)) return block.compare()
  let state = 0
  for (let i = 0; i < text.length; i++) state = compared(block, cells, state + (cells[text.charCodeAt(i) & (ASCII - 1)] as number)) // it has all ASCII symbols
}

function compared(block: Block, entries: Uint8Array | Uint16Array, index: number): number {
  block.compareAt(entries.byteOffset - block.words.byteOffset + index * entries.BYTES_PER_ELEMENT)
  return at(entries, index)
}

/** Entries in place: of one byte where their values allow. */
function entriesAt(block: Uint32Array, offset: number, count: number, values: number): Uint8Array | Uint16Array {
  const start = block.byteOffset + offset
  if (offset + count * (values <= 256 ? 1 : 2) > block.byteLength) throw new Error('the decision table is damaged')
  return values <= 256 ? new Uint8Array(block.buffer, start, count) : new Uint16Array(block.buffer, start, count)
}

/** The bytes where a view of words may lie: a slice of a larger buffer need not be aligned. */
function aligned(bytes: Uint8Array, size: number): Uint8Array {
  return bytes.byteOffset % size === 0 ? bytes : Uint8Array.from(bytes)
}

export function wordsOf(bytes: Uint8Array): Uint32Array {
  const whole = aligned(bytes, 4)
  return new Uint32Array(whole.buffer, whole.byteOffset, whole.length >> 2)
}

function signedOf(words: Uint32Array): Int32Array {
  return new Int32Array(words.buffer, words.byteOffset, words.length)
}

export function align2(size: number): number {
  return (size + 1) & ~1
}

/** The element, or an error that ends in a block: a damaged table is never read as if it said something else. */
function at(from: { readonly [index: number]: number }, index: number): number {
  const value = from[index]
  if (value === undefined) throw new Error('the decision table is damaged')
  return value
}

export function unitsToText(bytes: Uint8Array): string {
  const whole = aligned(bytes, 2)
  const units = new Uint16Array(whole.buffer, whole.byteOffset, whole.length >> 1)
  let text = ''
  // In pieces, since every unit is an argument of its own.
  for (let i = 0; i < units.length; i += 4096) text += String.fromCharCode(...units.subarray(i, i + 4096))
  return text
}
