import type { Command, List, Script, Span, SyntaxProblem, Word, WordPart } from './ast.js'
import { BACKSLASH, type CharacterTable, HASH, isNamePart, NEWLINE, SPACE, TAB } from './characters.js'

/** How deep constructs may nest, twice what people write. Beyond it the rest of the text counts as an error. */
const DEEPEST = 32
/** More commands than this nobody evaluates. */
const MOST_COMMANDS = 8192
/** Of words, their parts and redirections people write fewer by far, and a megabyte of them would take longer than a hook may. */
const MOST_PIECES = 16_384
/** What a text of its own costs besides its pieces. */
const OF_TEXT = 16

/** What has been read so far, in texts of their own too. */
interface Work {
  commands: number
  pieces: number
  /** It was said that this is not all. */
  isOver: boolean
}

/** How often a part may be read again; each time can cost the rest of the text. */
const MOST_RECOVERIES = 32

/** A here-document whose body begins after the next newline. */
export interface PendingBody {
  readonly delimiter: string
  readonly expands: boolean
  readonly stripsTabs: boolean
  readonly fill: (body: Word) => void
}

/** The rules of the grammar that stand in a circle: each file reaches those above it through the scanner. */
export interface Grammar {
  readonly command: (s: Scanner) => Command
  readonly list: (s: Scanner) => List
  /** A list that may be empty. */
  readonly items: (s: Scanner) => List
  /** From behind the opening bracket to behind the closing one. */
  readonly script: (s: Scanner, close: number) => Script
  readonly word: (s: Scanner, table: CharacterTable) => Word
  readonly rest: (s: Scanner, table: CharacterTable, start: number, parts: WordPart[]) => Word
  /** Text as between double quotes, up to where the table stops or the end of the region. */
  readonly quoted: (s: Scanner, table: CharacterTable) => Word
  readonly bodies: (s: Scanner) => void
  /** The script in a text of its own: a backtick whose backslashes are taken away. */
  readonly inner: (s: Scanner, text: string, place: Span) => Script
  /** The body of a here-document in a text of its own: without its tabs. */
  readonly body: (s: Scanner, text: string, place: Span) => Word
}

/**
 * Where the parser stands in the text, and what it has found on its way. After an error the text ends where the error is, so
 * every rule comes to its end by itself.
 */
export class Scanner {
  at = 0
  end: number
  error: SyntaxProblem | undefined
  depth = 0
  pending: PendingBody[] = []
  /** What closes the script that is being read: a bracket of `$(…)` or `${ …; }`, or -1. */
  closer = -1
  /** In the body of a here-document, which is read when it is run: no other body can follow. */
  expanding = false
  /** In a pattern of `[[ … ]]`, where pattern lists need no option. */
  matching = false
  private recoveries = 0
  /** The here-documents that were found to have no delimiter. */
  unended: Set<string> | undefined
  /** Where each `(` that was looked at closes; -1 where it does not. */
  closes: Map<number, number> | undefined
  /** Of a text that is a part of another with backslashes taken away: where it stands there. */
  private readonly place: Span | undefined
  private readonly work: Work

  constructor(
    readonly text: string,
    readonly grammar: Grammar,
    readonly marks: SyntaxProblem[],
    place?: Span,
    outer?: Scanner,
  ) {
    this.end = text.length
    this.place = place
    this.depth = outer?.depth ?? 0
    this.work = outer?.work ?? { commands: 0, pieces: 0, isOver: false }
    this.work.pieces += OF_TEXT
  }

  /** The code unit here; -1 at the end. */
  code(): number {
    return this.at < this.end ? this.text.charCodeAt(this.at) : -1
  }

  /** The code unit at that offset; -1 at the end. */
  codeAt(offset: number): number {
    return offset < this.end ? this.text.charCodeAt(offset) : -1
  }

  /** The code unit after this one; -1 at the end. */
  next(): number {
    return this.codeAt(this.at + 1)
  }

  /** Steps over this code unit and over line continuations behind it; the code unit there. */
  step(): number {
    this.at++
    return this.skipContinuations()
  }

  skipContinuations(): number {
    while (this.code() === BACKSLASH && this.next() === NEWLINE) this.at += 2
    return this.code()
  }

  /** Steps over blanks and a comment; the code unit there. */
  skipBlanks(): number {
    for (;;) {
      const code = this.code()
      if (code === SPACE || code === TAB) this.at++
      else if (code === BACKSLASH && this.next() === NEWLINE) this.at += 2
      else if (code === HASH) this.skipComment()
      else return code
    }
  }

  skipNewlines(): number {
    for (;;) {
      const code = this.skipBlanks()
      if (code !== NEWLINE) return code
      this.newline()
    }
  }

  /** Steps over a newline, behind which the bodies of the here-documents stand. */
  newline(): void {
    this.at++
    if (this.pending.length > 0) this.grammar.bodies(this)
  }

  /** A name, over line continuations. */
  readName(): string {
    let name = ''
    do {
      const start = this.at
      while (isNamePart(this.code())) this.at++
      name += this.text.slice(start, this.at)
    } while (this.code() === BACKSLASH && this.next() === NEWLINE && isNamePart(this.skipContinuations()))
    return name
  }

  private skipComment(): void {
    while (this.at < this.end && this.text.charCodeAt(this.at) !== NEWLINE) this.at++
  }

  start(offset: number): number {
    return this.place === undefined ? offset : this.place.start
  }

  /** Where what has been read up to here ends. */
  finish(offset: number = this.at): number {
    return this.place === undefined ? offset : this.place.end
  }

  fail(message: string, kind: SyntaxProblem['kind'] = this.at < this.end ? 'error' : 'incomplete'): void {
    this.error ??= this.problem(kind, message, this.at)
    // A step behind the end is one of a rule that goes on after an error.
    this.at = Math.min(this.at, this.end)
    this.end = this.at
  }

  /** What was opened here is never closed. */
  failAtEnd(): void {
    this.at = this.end
    this.fail('unexpected end')
  }

  mark(kind: 'zsh' | 'extglob' | 'depth' | 'error', message: string, start: number): void {
    if (this.error === undefined) this.marks.push(this.problem(kind, message, start))
  }

  /** Fails unless that code unit is here, and steps over it. */
  expect(code: number): boolean {
    if (this.code() === code) this.at++
    else this.fail(`expected \`${String.fromCharCode(code)}\``)
    return this.error === undefined
  }

  /** Whether a construct may begin; each that begins must `leave`. Nothing is read beyond the deepest. */
  enter(): boolean {
    if (this.depth++ < DEEPEST) return true
    this.tooDeep()
    return false
  }

  /** Whether another command may begin: beyond so many, the text ends here. */
  mayList(): boolean {
    return this.work.commands++ < MOST_COMMANDS || this.endHere('too many commands')
  }

  /** Whether another word, part of one or redirection may begin: beyond so many, the text ends here. */
  mayGoOn(): boolean {
    return this.work.pieces++ < MOST_PIECES || this.endHere('too many words')
  }

  private endHere(why: string): false {
    if (!this.work.isOver && this.at < this.end) {
      this.mark('depth', why, this.at)
      this.work.isOver = true
    }
    this.end = this.at
    return false
  }

  tooDeep(): void {
    this.mark('depth', 'nested too deep', this.at)
    this.fail('nested too deep', 'depth')
  }

  leave(): void {
    this.depth--
  }

  /** Reads a part of the text as if it ended there. */
  within<T>(end: number, read: (s: Scanner) => T): T {
    const outer = this.end
    this.end = end
    const result = read(this)
    if (this.error === undefined) this.end = outer
    return result
  }

  /** Reads without consequences of an error: what runs later, or never. The error becomes a mark. */
  attempt<T>(read: (s: Scanner) => T): T {
    const { end } = this
    const result = read(this)
    if (this.error === undefined || this.error.kind === 'depth') return result
    const { error } = this
    this.error = undefined
    this.end = end
    this.marks.push({ ...error, kind: 'error' })
    return result
  }

  /** Reads what may be read in another way if it has an error, from a place that is known. @returns false where it had one */
  recovering(read: () => void): boolean {
    const { end, pending, closer, expanding, matching, depth } = this
    const marks = this.marks.length
    const { isOver } = this.work
    read()
    if (this.error === undefined) return true
    if (this.error.kind === 'depth' || this.recoveries++ >= MOST_RECOVERIES) return true
    Object.assign(this, { end, pending, closer, expanding, matching, depth, error: undefined })
    this.marks.length = marks
    this.work.isOver = isOver
    return false
  }

  textPart(text: string, quoted: boolean, start: number): WordPart {
    return { kind: 'text', text, quoted, start: this.start(start), end: this.finish() }
  }

  word(parts: readonly WordPart[], start: number): Word {
    return { kind: 'word', parts, start: this.start(start), end: this.finish() }
  }

  private problem(kind: SyntaxProblem['kind'], message: string, start: number): SyntaxProblem {
    return { kind, message, start: this.start(start), end: this.finish(Math.min(start + 1, this.text.length)) }
  }
}
