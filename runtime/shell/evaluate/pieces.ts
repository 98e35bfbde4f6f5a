/** What a word has become after parameter, command and arithmetic expansion, and how fields are made of that (manual 3.5.7, 3.5.8). */
import { AbstractString, type Hole, type Part } from '../../decide/abstract-string.js'
import type { Text } from '../analysis.js'
import { isOneThing, ONE } from '../noted-holes.js'
import { ANY, partsOf } from '../text.js'
import { type Words, LIMIT, bounded } from './state.js'

/**
 * - `plain`: written so, unquoted: a pattern, never split;
 * - `quoted`: nothing more happens to it; an empty one makes a field;
 * - `split`: the result of an unquoted expansion: split, then a pattern;
 * - `break`: the border of two elements of `$@`;
 * - `open`: more fields that are not known.
 */
export interface Piece {
  readonly how: 'plain' | 'quoted' | 'split' | 'break' | 'open'
  readonly part: Part
}

export type Pieces = readonly Piece[]

/** Longer texts are not kept. */
export const MAX_LENGTH = 1 << 20

/** Its part stands there where nothing is split. */
export const BREAK: Piece = { how: 'break', part: ' ' }
export const OPEN: Piece = { how: 'open', part: '' }
const VISIBLE: Hole = { hole: 'visible' }
const SEGMENT: Hole = { hole: 'segment' }
const CHAR: Hole = { hole: 'char' }
const BELOW: Hole = { hole: 'below' }

export function piecesOf(text: Text, quoted: boolean): Pieces {
  const how = quoted ? 'quoted' : 'split'
  if (text === '') return quoted ? [{ how, part: '' }] : []
  return partsOf(text).map(part => ({ how, part }))
}

/** The pieces as one text: nothing is split, no pattern is applied. */
export function textOf(pieces: Pieces): Text {
  let length = 0
  for (const { part } of pieces) length += typeof part === 'string' ? part.length : 1
  if (length > MAX_LENGTH) return ANY
  return AbstractString.of(pieces.map(({ how, part }) => (how === 'open' ? { hole: 'any' } : part)))
}

/** Adds what follows to every alternative: all of them with each of its own; widened where they would be too many. */
export function extend(before: Piece[][], next: readonly Pieces[]): Piece[][] {
  const few = before.length * next.length > LIMIT ? [widenPieces(next)] : next
  const [only] = few
  if (few.length !== 1 || only === undefined) return before.flatMap(first => few.map(second => [...first, ...second]))
  for (const pieces of before) for (const piece of only) pieces.push(piece)
  return before
}

function widenPieces(alternatives: readonly Pieces[]): Pieces {
  const quoted = alternatives.every(pieces => pieces.every(piece => piece.how === 'quoted'))
  const [text = ANY] = quoted ? bounded(alternatives.map(textOf), 1) : [ANY]
  return piecesOf(text, quoted)
}

export interface FieldRules {
  /** Undefined where it is not known. */
  readonly separators: string | undefined
  readonly options: ReadonlySet<string>
  /** What a pattern finds in the folders as they are, in its alternatives; undefined where that is not known. @param may what it may find anywhere */
  readonly settle?: (field: Pieces, may: readonly Text[]) => readonly (readonly Text[])[] | undefined
}

/** The fields of one word, in their alternatives. */
export function fieldsOf(pieces: Pieces, rules: FieldRules): readonly Words[] {
  const split = splitFields(pieces, rules.separators)
  let alternatives: Fields[] = [{ texts: [], open: split.open }]
  for (const field of split.fields) alternatives = appendField(alternatives, fieldTexts(field, rules))
  return alternatives
}

interface Fields extends Words {
  readonly texts: Text[]
}

/** As `extend` does it: in place where there is one way to go on. */
function appendField(before: Fields[], lists: readonly (readonly Text[])[]): Fields[] {
  const few = before.length * lists.length > LIMIT ? [bounded(lists.flat(), 1)] : lists
  const [only] = few
  if (few.length !== 1 || only === undefined)
    return before.flatMap(({ texts: head, open }) => few.map(texts => ({ texts: [...head, ...texts], open })))
  for (const { texts } of before) for (const text of only) texts.push(text)
  return before
}

function splitFields(pieces: Pieces, separators: string | undefined): { readonly fields: readonly Pieces[]; readonly open: boolean } {
  const splitter = new Splitter(separators)
  for (const piece of pieces) splitter.add(piece)
  splitter.flush()
  return splitter
}

class Splitter {
  readonly fields: Pieces[] = []
  open = false
  private field: Piece[] | undefined = undefined
  /** Blanks ended the last field: one separator that is no blank may follow without making an empty field. */
  private afterBlank = false

  constructor(private readonly separators: string | undefined) {}

  add(piece: Piece): void {
    if (piece.how === 'break') this.flush()
    else if (piece.how === 'open') this.open = true
    else if (piece.how !== 'split') this.push(piece)
    else if (typeof piece.part === 'string') this.split(piece.part)
    else {
      if (piece.part.hole === 'any' && !isOneThing(piece.part)) this.open ||= this.separators !== ''
      this.push(piece)
    }
  }

  flush(): void {
    if (this.field !== undefined) this.fields.push(this.field)
    this.field = undefined
  }

  private push(piece: Piece): void {
    this.afterBlank = false
    if (this.field === undefined) this.field = [piece]
    else this.field.push(piece)
  }

  private split(text: string): void {
    if (this.separators === undefined) return this.add({ how: 'split', part: { hole: 'any' } })
    let start = 0
    for (let at = 0; at < text.length; at++) {
      const unit = text.charAt(at)
      if (!this.separators.includes(unit)) continue
      if (at > start) this.push({ how: 'split', part: text.slice(start, at) })
      start = at + 1
      this.separate(unit === ' ' || unit === '\t' || unit === '\n')
    }
    if (text.length > start) this.push({ how: 'split', part: text.slice(start) })
  }

  private separate(blank: boolean): void {
    if (!blank && this.field === undefined && !this.afterBlank) this.fields.push([])
    if (this.field !== undefined) this.afterBlank = blank
    else if (!blank) this.afterBlank = false
    this.flush()
  }
}

function isPattern({ how, part }: Piece): boolean {
  return how !== 'quoted' && typeof part === 'string' && (part.includes('*') || part.includes('?') || part.includes('['))
}

/** The words that pathname expansion may make of a field: what its pattern finds, or may find, and the field as written. */
function fieldTexts(field: Pieces, { options, settle }: FieldRules): readonly (readonly Text[])[] {
  if (options.has('noglob') || !field.some(isPattern)) return [[textOf(field)]]
  if (sizeOf(field) > MAX_PATTERN) return [[ANY]]
  const may = new Glob(field, options).texts()
  return settle?.(field, may) ?? may.map(text => [text])
}

function sizeOf(pieces: Pieces): number {
  return pieces.reduce((size, { part }) => size + (typeof part === 'string' ? part.length : 1), 0)
}

/** A longer pattern finds nothing on any disk that is worth the time. */
const MAX_PATTERN = 4096

/** A unit of a field: a character, live where it may be a pattern's, or a hole. */
type Unit = { readonly character: string; readonly live: boolean } | Hole

/** Bytes that are no characters have names of their own. */
function isAscii(unit: Unit): boolean {
  return !('character' in unit) || unit.character < '\x7f'
}

class Glob {
  private readonly units: Unit[] = []
  private alternatives: Part[][] = [[]]
  private literalStays = false
  /** No bracket is closed before this place. */
  private unclosed = 0
  private readonly anyName: Hole

  constructor(
    private readonly field: Pieces,
    private readonly options: ReadonlySet<string>,
  ) {
    this.anyName = options.has('dotglob') ? SEGMENT : VISIBLE
    for (const { how, part } of field)
      if (typeof part !== 'string') this.units.push(part)
      else for (const character of part) this.units.push({ character, live: how !== 'quoted' })
  }

  texts(): readonly Text[] {
    for (let at = 0; at < this.units.length; ) at = this.step(at)
    const found = this.alternatives.map(parts => AbstractString.of(parts))
    return bounded(this.literalStays ? [...found, textOf(this.field)] : found)
  }

  private live(at: number): string {
    const unit = this.units[at]
    return unit !== undefined && 'character' in unit && unit.live ? unit.character : ''
  }

  private character(at: number): string {
    const unit = this.units[at]
    return unit !== undefined && 'character' in unit ? unit.character : ''
  }

  private startsSegment(at: number): boolean {
    return at === 0 || this.character(at - 1) === '/'
  }

  private push(...parts: readonly Part[]): void {
    for (const alternative of this.alternatives) alternative.push(...parts)
  }

  /** @returns where the next unit begins */
  private step(at: number): number {
    const unit = this.units[at] as Unit // in bounds by the caller's loop
    if ('hole' in unit) this.push(unit)
    else if (!unit.live) this.literal(unit.character)
    else if (unit.character === '*') return this.star(at)
    else if (unit.character === '?') this.push(this.startsSegment(at) ? this.anyName : CHAR)
    else if (unit.character === '[') return this.bracket(at)
    else this.literal(unit.character)
    return at + 1
  }

  private literal(character: string): void {
    const caseMatters = !this.options.has('nocaseglob') || character.toLowerCase() === character.toUpperCase()
    this.push(caseMatters ? character : CHAR)
  }

  private star(at: number): number {
    let end = at + 1
    while (this.live(end) === '*') end++
    const starts = this.startsSegment(at)
    if (end - at > 1 && starts && this.options.has('globstar')) return this.anyDepth(end)
    if (!starts) this.push(SEGMENT)
    else {
      const next = this.character(end)
      const mayBeEmpty = end < this.units.length && next !== '.' && next !== '/'
      const without = mayBeEmpty && this.alternatives.length < LIMIT ? this.alternatives.map(parts => [...parts]) : []
      this.push(mayBeEmpty && without.length === 0 ? SEGMENT : this.anyName)
      this.alternatives.push(...without)
    }
    return end
  }

  /** `**` and the slash after it: any number of folders. */
  private anyDepth(end: number): number {
    const slash = this.character(end) === '/'
    const without = slash ? this.alternatives.map(parts => [...parts]) : []
    for (const parts of this.alternatives) {
      const last = parts.pop()
      if (typeof last === 'string') parts.push(last.slice(0, -1), BELOW)
      else parts.push(...(last === undefined ? [] : [last]), this.anyName, BELOW)
      if (slash) parts.push('/')
    }
    this.alternatives = this.alternatives.length * 2 > LIMIT ? this.alternatives : [...this.alternatives, ...without]
    return slash ? end + 1 : end
  }

  private bracket(at: number): number {
    if (at < this.unclosed) {
      this.literal('[')
      return at + 1
    }
    const negated = this.character(at + 1) === '!' || this.character(at + 1) === '^'
    const first = at + (negated ? 2 : 1)
    let end = this.behindMember(first)
    while (end < this.units.length && this.live(end) !== ']' && this.character(end) !== '/') end = this.behindMember(end)
    if (this.live(end) !== ']') {
      this.unclosed = end
      this.literal('[')
      return at + 1
    }
    this.literalStays = true
    const members = negated ? undefined : this.members(first, end)
    if (members === undefined) this.push(this.startsSegment(at) ? (this.anyName === SEGMENT ? SEGMENT : ONE) : CHAR)
    else this.eachOf(members)
    return end + 1
  }

  /** `[:alpha:]` within a set has a bracket of its own. */
  private behindMember(at: number): number {
    const sign = this.character(at + 1)
    if (this.character(at) !== '[' || sign === '' || !':.='.includes(sign)) return at + 1
    let end = at + 2
    while (end < this.units.length && this.character(end) !== sign && this.character(end) !== '/') end++
    return this.character(end) === sign && this.character(end + 1) === ']' ? end + 2 : at + 1
  }

  /** The few characters of a set, where it is none of ranges and classes. */
  private members(from: number, to: number): readonly string[] | undefined {
    const found = new Set<string>()
    for (let at = from; at < to; at++) found.add(this.character(at))
    const isPlain = ['-', '[', '\\', ''].every(character => !found.has(character)) && !this.options.has('nocaseglob')
    return isPlain && found.size * this.alternatives.length < LIMIT && this.units.every(isAscii) ? [...found] : undefined
  }

  private eachOf(members: readonly string[]): void {
    this.alternatives = this.alternatives.flatMap(parts => members.map(member => [...parts, member]))
  }
}
