/**
 * Values with variables in them → values. A `${name}` that is the whole of a text stands for the variable's value, and a list
 * within a list for its items; within a longer text it stands for the variable's text, as it is.
 */
import type { Diagnostic } from '../diagnostic.js'
import { error } from '../diagnostics/problem.js'
import { quoted } from '../diagnostics/quoted.js'
import { nearMiss } from '../diagnostics/suggest.js'
import { entriesOf, type Located, type LocatedScalar, locatedList, locatedMap, textOf } from '../parse/located.js'
import { spanInText, type TextPlaces, textPlaces } from '../parse/offsets.js'
import type { Span } from '../source.js'
import { type Piece, piecesOf, wholeReference } from './references.js'

/**
 * What reads the text. The folders of the context (`${home}`) are known to `path` patterns and `within` folders, which find
 * them themselves; for the former a `$` that is meant is escaped.
 */
export type Reading = 'text' | 'path' | 'folder'

export const FOLDERS: readonly string[] = ['home', 'cwd', 'project_root']

/** The variables of one file. */
export interface Variables {
  readonly names: readonly string[]
  /** The value with its own variables inserted, its places those of its declaration; undefined for a name that is not declared. */
  lookUp(name: string, reading: Reading): Resolved | undefined
}

export interface Resolved {
  readonly value: Located
  readonly diagnostics: readonly Diagnostic[]
}

/** The longest text that insertion may make, in UTF-16 units, and the most values of a list. */
const LONGEST_TEXT = 32_768
const MOST_VALUES = 10_000

/**
 * The value that a condition, a name of an action or of an agent stands for. Whoever reads values of conditions from elsewhere
 * than YAML gives them a place each and calls this; what comes back is checked like any other value of its place.
 * A file without `variables:` has none to be called with: its texts are what they are.
 */
export function resolveValue(value: Located, reading: Reading, variables: Variables): Resolved {
  switch (value.kind) {
    case 'scalar':
      return typeof value.data === 'string' ? resolveText(value, value.data, reading, variables) : { value, diagnostics: [] }
    case 'list':
      return resolveItems(value.items, value.span, reading, variables)
    case 'map': {
      const entries = entriesOf(value).map(entry => ({ entry, resolved: resolveValue(entry.value, reading, variables) }))
      const inserted = entries.map(({ entry, resolved }) => ({ ...entry, value: resolved.value }))
      return { value: locatedMap(inserted, value.span), diagnostics: entries.flatMap(({ resolved }) => resolved.diagnostics) }
    }
    default:
      return value satisfies never
  }
}

function resolveItems(written: readonly Located[], span: Span, reading: Reading, variables: Variables): Resolved {
  const resolved = written.map(item => ({
    ...resolveValue(item, reading, variables),
    isWhole: wholeReference(textOf(item) ?? '') !== undefined,
  }))
  const items = resolved.flatMap(({ value, isWhole }) => (isWhole && value.kind === 'list' ? value.items : [value]))
  const diagnostics = resolved.flatMap(each => each.diagnostics)
  const list = locatedList(items, span)
  if (list.size <= MOST_VALUES || written.length >= items.length) return { value: list, diagnostics }
  const message = `this list has more than ${MOST_VALUES.toLocaleString('en')} values once its variables are inserted`
  return { value: locatedList([], span), diagnostics: [...diagnostics, error({ code: 'variable-size', span, message })] }
}

function resolveText(scalar: LocatedScalar, text: string, reading: Reading, variables: Variables): Resolved {
  const pieces = piecesOf(text)
  const [first] = pieces
  if (first === undefined || (first.kind === 'text' && pieces.length === 1)) return { value: scalar, diagnostics: [] }
  const reads = pieces.map(piece => readPiece(piece, scalar, pieces.length === 1, reading, variables))
  const diagnostics = reads.flatMap(read => read.diagnostics)
  const [only] = reads
  if (only?.value !== undefined && reads.length === 1) return { value: { ...only.value, span: scalar.span }, diagnostics }
  return joined(scalar, reads, diagnostics)
}

/** What a piece of a text stands for: a text and where its characters are; where it is the whole, perhaps another value. */
interface ReadPiece {
  readonly text: string
  readonly places: TextPlaces
  readonly value?: Located
  readonly diagnostics: readonly Diagnostic[]
}

function readPiece(piece: Piece, scalar: LocatedScalar, isWhole: boolean, reading: Reading, variables: Variables): ReadPiece {
  const span = spanInText(scalar, piece.offset, piece.length)
  const asWritten = (text: string, ...diagnostics: readonly Diagnostic[]): ReadPiece => ({ text, places: () => span, diagnostics })
  switch (piece.kind) {
    case 'text':
      return { text: piece.text, places: (offset, length) => spanInText(scalar, piece.offset + offset, length), diagnostics: [] }
    case 'escape':
      return asWritten(escaped(piece.offset, reading))
    case 'stray':
      return asWritten('${', strayMark(span))
    case 'reference':
      return readReference(piece.name, span, isWhole, reading, variables)
    default:
      return piece satisfies never
  }
}

/** A path pattern is told that its `$` is meant; at the start of a folder, `$${` is left as it is, which is no absolute folder. */
function escaped(offset: number, reading: Reading): string {
  if (reading === 'path') return '\\$\\{'
  return reading === 'folder' && offset === 0 ? '$${' : '${'
}

function readReference(name: string, span: Span, isWhole: boolean, reading: Reading, variables: Variables): ReadPiece {
  const asWritten = (...diagnostics: readonly Diagnostic[]): ReadPiece => ({ text: `\${${name}}`, places: () => span, diagnostics })
  if (FOLDERS.includes(name)) return reading === 'text' ? asWritten(folderInText(name, span)) : asWritten()
  const found = variables.lookUp(name, reading)
  if (found === undefined) return asWritten(unknownVariable(name, span, reading, variables.names))
  const diagnostics = foldersWithin(found, span)
  const { value } = found
  if (typeof value.data === 'string' && value.kind === 'scalar') return { text: value.data, places: textPlaces(value), value, diagnostics }
  return isWhole ? { text: '', places: () => span, value, diagnostics } : asWritten(noText(name, value, span), ...diagnostics)
}

/** Of what is wrong with the value of a variable, all but this depends on nothing else, and is told where it is declared. */
function foldersWithin({ diagnostics }: Resolved, span: Span): readonly Diagnostic[] {
  return diagnostics
    .filter(({ code }) => code === 'folder-variable')
    .map(inner => ({ ...inner, span, related: [{ span: inner.span, message: 'it is written here' }] }))
}

function joined(scalar: LocatedScalar, pieces: readonly ReadPiece[], diagnostics: readonly Diagnostic[]): Resolved {
  const { span } = scalar
  const text = pieces.map(piece => piece.text).join('')
  if (text.length > LONGEST_TEXT) return { value: scalar, diagnostics: [...diagnostics, tooLong(span)] }
  const { style } = scalar.written
  return { value: { ...scalar, data: text, written: { style, span: scalar.written.span, inner: joinedPlaces(pieces, span) } }, diagnostics }
}

/** The places of the piece that holds them; where they lie in several, all of the text. */
function joinedPlaces(pieces: readonly ReadPiece[], whole: Span): TextPlaces {
  return (offset, length) => {
    let start = 0
    for (const { text, places } of pieces) {
      const isLast = start + text.length >= offset + length
      if (isLast && offset >= start) return places(offset - start, length)
      if (isLast) return whole
      start += text.length
    }
    return pieces.at(-1)?.places(pieces.at(-1)?.text.length ?? 0, 0) ?? whole
  }
}

function unknownVariable(name: string, span: Span, reading: Reading, names: readonly string[]): Diagnostic {
  const known = reading === 'text' ? names : [...names, ...FOLDERS]
  const near = nearMiss(name, known)
  const help =
    near === undefined ? 'declare it under `variables:`, or write `$${` for the text `${`' : `did you mean ${quoted(`\${${near}}`)}?`
  return error({ code: 'unknown-variable', span, message: `this file declares no variable ${quoted(name)}`, help })
}

function strayMark(span: Span): Diagnostic {
  const help = 'write `${name}` for a variable, with a name of letters, digits and `_`, or `$${` for the text `${`'
  return error({ code: 'unknown-variable', span, message: '`${` is followed by no name and `}`', help })
}

function folderInText(name: string, span: Span): Diagnostic {
  const message = `${quoted(`\${${name}}`)} is known only to \`path\` and \`within\``
  return error({
    code: 'folder-variable',
    span,
    message,
    help: `compare the field with \`path\` or \`within\`, or write \`$\${${name}}\` for the text itself`,
  })
}

function noText(name: string, value: Located, span: Span): Diagnostic {
  const what = value.kind === 'list' ? 'a list' : typeof value.data === 'number' ? 'a number' : quoted(JSON.stringify(value.data))
  const help =
    value.kind === 'list' ? `let the whole value be ${quoted(`\${${name}}`)}, or write one text for each` : 'declare it in quotes, as text'
  return error({ code: 'variable-in-text', span, message: `${quoted(name)} is ${what}, and only a text can stand within a text`, help })
}

function tooLong(span: Span): Diagnostic {
  const message = `this text has more than ${LONGEST_TEXT.toLocaleString('en')} characters once its variables are inserted`
  return error({ code: 'variable-size', span, message, help: 'insert fewer, or shorter ones' })
}
