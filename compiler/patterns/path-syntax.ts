/**
 * Path globs, segment by segment. The text read here is what follows a pattern's base: empty, or `/` and segments. The subject is a
 * normalised path: no empty segment, no trailing slash but that of the root alone.
 */
import { anyNumberOf, choice, empty, type Pattern, repeat, sequence, setOf } from './ast.js'
import { type CharSet, complement, difference, singleChar } from './char-set.js'
import { type ClassItem, classSet } from './glob-class.js'
import { reject } from './pattern-error.js'
import { caseVariants, closeOverCase } from './unicode/case-folding.js'

const slash = singleChar(0x2f)
const separator = setOf(slash)
const notSlash = setOf(complement(slash))
/** A segment of any name; names are not empty. */
const anyName = repeat(notSlash, 1, Number.POSITIVE_INFINITY)
const anySegment = sequence([separator, anyName])

/** One segment as written, with where it stands in the text. */
interface Segment {
  readonly text: string
  readonly offset: number
}

/** A piece of a segment: a character taken literally, a wildcard, or a bracket. */
type Piece =
  | { readonly kind: 'char'; readonly codePoint: number }
  | { readonly kind: 'one' }
  | { readonly kind: 'run' }
  | { readonly kind: 'class'; readonly items: readonly ClassItem[]; readonly negated: boolean }

/** The pattern of what follows a base. `offset` is that of `rest` in the text that errors are reported in. */
export function parsePathRest(rest: string, ignoreCase: boolean, offset = 0): Pattern {
  if (rest === '') return empty
  const segments = splitSegments(rest, offset)
  // A trailing `/` means everything beneath.
  if (rest.endsWith('/')) segments.push({ text: '**', offset: offset + rest.length })
  return sequence(segments.map((segment, at) => segmentPattern(segment, at === segments.length - 1, ignoreCase)))
}

const END = /[^*/]\/\*\*$/
const BEGIN = /^\/\*\*(?=\/)/

/** Any of several. What many begin or end with (`**`) they have together: each with its own, an automaton would tell apart which of them were met. */
export function parsePathRests(rests: readonly string[], ignoreCase: boolean): Pattern {
  const within = rests.filter(rest => END.test(rest)).map(rest => rest.slice(0, -'/**'.length))
  const exact = beginningTogether(
    rests.filter(rest => !END.test(rest)),
    ignoreCase,
  )
  if (within.length === 0) return choice(exact)
  const beneath = repeat(anySegment, 1, Number.POSITIVE_INFINITY)
  return choice([...exact, sequence([choice(beginningTogether(within, ignoreCase)), beneath])])
}

function beginningTogether(rests: readonly string[], ignoreCase: boolean): readonly Pattern[] {
  const anywhere = rests.filter(rest => BEGIN.test(rest)).map(rest => parsePathRest(rest.replace(BEGIN, ''), ignoreCase))
  const fixed = rests.filter(rest => !BEGIN.test(rest)).map(rest => parsePathRest(rest, ignoreCase))
  return anywhere.length === 0 ? fixed : [...fixed, sequence([anyNumberOf(anySegment), choice(anywhere)])]
}

/** Empty segments are dropped, as normalisation drops them from the subject; escapes hide no slash. */
function splitSegments(rest: string, offset: number): Segment[] {
  const segments: Segment[] = []
  let at = offset
  for (const text of rest.split('/')) {
    if (text !== '') segments.push({ text, offset: at })
    at += text.length + 1
  }
  return segments
}

function segmentPattern(segment: Segment, isLast: boolean, ignoreCase: boolean): Pattern {
  if (segment.text === '**') return isLast ? repeat(anySegment, 1, Number.POSITIVE_INFINITY) : anyNumberOf(anySegment)
  const pieces = readPieces(segment)
  rejectDots(segment, pieces)
  const name = pieces.every(piece => piece.kind === 'run') ? anyName : sequence(pieces.map(piece => piecePattern(piece, ignoreCase)))
  return sequence([separator, name])
}

function piecePattern(piece: Piece, ignoreCase: boolean): Pattern {
  switch (piece.kind) {
    case 'char':
      return setOf(ignoreCase ? caseVariants(piece.codePoint) : singleChar(piece.codePoint))
    case 'one':
      return notSlash
    case 'run':
      return anyNumberOf(notSlash)
    case 'class':
      return setOf(difference(classSet(piece.items, piece.negated, ignoreCase ? closeOverCase : asIs), slash))
    default:
      return piece satisfies never
  }
}

function asIs(set: CharSet): CharSet {
  return set
}

/** Paths are normalised before they are matched, so that such a segment would never match. */
function rejectDots(segment: Segment, pieces: readonly Piece[]): void {
  const isDots = pieces.length <= 2 && pieces.every(piece => piece.kind === 'char' && piece.codePoint === 0x2e)
  if (!isDots) return
  const help = 'paths are normalised before they are matched: write the directory that is meant'
  reject('path-dot-segment', `a path pattern cannot hold the segment \`${segment.text}\``, segment.offset, segment.text.length, help)
}

function readPieces(segment: Segment): readonly Piece[] {
  const pieces: Piece[] = []
  for (let at = 0; at < segment.text.length; ) {
    const read = readPiece(segment, at)
    // Only a whole segment may be `**`; a run after a run would hide that.
    if (read.piece.kind === 'run' && pieces.at(-1)?.kind === 'run') rejectDoubleStar(segment, at - 1)
    pieces.push(read.piece)
    at = read.end
  }
  return pieces
}

function readPiece(segment: Segment, at: number): { readonly piece: Piece; readonly end: number } {
  const codePoint = segment.text.codePointAt(at) ?? 0
  const char = String.fromCodePoint(codePoint)
  const end = at + char.length
  switch (char) {
    case '*':
      return { piece: { kind: 'run' }, end }
    case '?':
      return { piece: { kind: 'one' }, end }
    case '[':
      return readClass(segment, at)
    case '\\':
      return readEscape(segment, at)
    case '{':
    case '}':
      return rejectBrace(segment, at, char)
    case '$':
      if (segment.text[end] === '{') rejectMisplacedVariable(segment, at)
      break
    case '~':
      if (segment.text === '~') rejectMisplacedHome(segment)
      break
  }
  return { piece: { kind: 'char', codePoint }, end }
}

function readEscape(segment: Segment, at: number): { readonly piece: Piece; readonly end: number } {
  const codePoint = segment.text.codePointAt(at + 1)
  if (codePoint === undefined) {
    reject(
      'path-syntax',
      'a `\\` must be followed by the character that it makes literal',
      segment.offset + at,
      1,
      'write `\\\\` for a backslash',
    )
  }
  return { piece: { kind: 'char', codePoint }, end: at + 1 + String.fromCodePoint(codePoint).length }
}

/** `[` up to the first `]` that is neither escaped nor in the first place. */
function readClass(segment: Segment, at: number): { readonly piece: Piece; readonly end: number } {
  const { text } = segment
  const negated = text[at + 1] === '!' || text[at + 1] === '^'
  const items: ClassItem[] = []
  let here = at + (negated ? 2 : 1)
  while (here < text.length && (text[here] !== ']' || items.length === 0)) {
    const escaped = text[here] === '\\'
    const codePoint = text.codePointAt(escaped ? here + 1 : here)
    if (codePoint === undefined) break
    items.push({ codePoint, escaped })
    here += (escaped ? 1 : 0) + String.fromCodePoint(codePoint).length
  }
  if (text[here] !== ']') rejectOpenClass(segment, at)
  return { piece: { kind: 'class', items, negated }, end: here + 1 }
}

function rejectOpenClass(segment: Segment, at: number): never {
  const help = 'write `\\[` for a bracket that is part of a name; a class cannot hold `/`'
  reject('path-syntax', 'this `[` is not closed within its segment', segment.offset + at, 1, help)
}

function rejectDoubleStar(segment: Segment, at: number): never {
  const help = 'between slashes `**` stands for any directories, `*` for part of a name: for `src/**.ts` write `src/**/*.ts`'
  reject('path-double-star', `\`**\` must be a whole segment, not part of \`${segment.text}\``, segment.offset + at, 2, help)
}

function rejectBrace(segment: Segment, at: number, char: string): never {
  const help = `write two patterns, \`[a, b]\`, for alternatives; \`\\${char}\` for a brace that is part of a name`
  reject('path-brace', `a path pattern has no \`{a,b}\`: unexpected \`${char}\``, segment.offset + at, 1, help)
}

function rejectMisplacedVariable(segment: Segment, at: number): never {
  const end = segment.text.indexOf('}', at)
  const text = end === -1 ? segment.text.slice(at) : segment.text.slice(at, end + 1)
  const help = 'a variable stands for a whole directory, at the start of the pattern; write `\\$\\{` for these characters themselves'
  reject('path-misplaced-variable', `\`${text}\` is only possible at the start of a path pattern`, segment.offset + at, text.length, help)
}

function rejectMisplacedHome(segment: Segment): never {
  const help = 'write `\\~` for a directory of that name'
  reject('path-misplaced-variable', '`~` stands for the home directory only at the start of a path pattern', segment.offset, 1, help)
}
