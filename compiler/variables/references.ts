/** `${name}` in texts: where a variable is to be inserted. */

export type Piece =
  /** `length`: how much of the text it was written with. */
  | { readonly kind: 'text'; readonly text: string; readonly offset: number; readonly length: number }
  /** The two characters `${`, written `$${`. */
  | { readonly kind: 'escape'; readonly offset: number; readonly length: number }
  | { readonly kind: 'reference'; readonly name: string; readonly offset: number; readonly length: number }
  /** A `${` that no name and `}` follow. */
  | { readonly kind: 'stray'; readonly offset: number; readonly length: number }

const NAME = '[A-Za-z_][A-Za-z0-9_]*'
const MARK = new RegExp(`\\$\\$\\{|\\$\\{(${NAME})\\}|\\$\\{`, 'g')
const WHOLE_NAME = new RegExp(`^${NAME}$`)

export function isVariableName(text: string): boolean {
  return WHOLE_NAME.test(text)
}

/** The pieces in order: together they are the whole text. */
export function piecesOf(text: string): readonly Piece[] {
  const pieces: Piece[] = []
  let at = 0
  for (const { index, 0: mark, 1: name } of text.matchAll(MARK)) {
    if (index > at) pieces.push(plain(text, at, index))
    pieces.push(markPiece(mark, name, index))
    at = index + mark.length
  }
  if (at < text.length) pieces.push(plain(text, at, text.length))
  return pieces
}

function plain(text: string, start: number, end: number): Piece {
  return { kind: 'text', text: text.slice(start, end), offset: start, length: end - start }
}

function markPiece(mark: string, name: string | undefined, offset: number): Piece {
  const length = mark.length
  if (name !== undefined) return { kind: 'reference', name, offset, length }
  return { kind: mark === '$${' ? 'escape' : 'stray', offset, length }
}

/** The name, where the text is one `${name}` and nothing else. */
export function wholeReference(text: string): string | undefined {
  const [first, ...more] = piecesOf(text)
  return first?.kind === 'reference' && more.length === 0 ? first.name : undefined
}
