/**
 * Literals as texts, some with edges: a mark before one says that no ASCII word character stands before it where it is meant, a mark after
 * it the same of what follows. So `rm` can be told from what `form` holds. What is not ASCII may stand there in any case: whether it is a
 * word character is up to the dialect.
 */
import { isWord } from '../../runtime/decide/literal-index.js'
import { ASCII } from '../../runtime/decide/table.js'
import type { CharSet } from './char-set.js'

/** Private characters: no literal has them. */
export const EDGE_BEFORE = '\ue000'
export const EDGE_AFTER = '\ue001'

export interface ReadLiteral {
  readonly text: string
  readonly before: boolean
  readonly after: boolean
}

export function readLiteral(literal: string): ReadLiteral {
  const before = literal.startsWith(EDGE_BEFORE)
  const after = literal.endsWith(EDGE_AFTER)
  return { text: literal.slice(before ? 1 : 0, after ? -1 : undefined), before, after }
}

export function writeLiteral({ text, before, after }: ReadLiteral): string {
  return `${before ? EDGE_BEFORE : ''}${text}${after ? EDGE_AFTER : ''}`
}

/** As people read it: `|` stands where no word character may. */
export function shownLiteral({ text, before, after }: ReadLiteral): string {
  return `${before ? '|' : ''}${JSON.stringify(text)}${after ? '|' : ''}`
}

/** What it is found with where it is found. */
export function withFewerEdges(literal: string): readonly string[] {
  const { text, before, after } = readLiteral(literal)
  return [...(before && after ? [EDGE_BEFORE + text, text + EDGE_AFTER] : []), ...(before || after ? [text] : [])]
}

/** One behind the other; undefined where a word character stands at an edge, so that no text has both. */
export function joinLiterals(first: string, second: string): string | undefined {
  const [a, b] = [readLiteral(first), readLiteral(second)]
  if ((a.after && beginsWithWord(b.text)) || (b.before && endsWithWord(a.text))) return undefined
  return writeLiteral({
    text: a.text + b.text,
    before: a.before || (a.text === '' && b.before),
    after: b.after || (b.text === '' && a.after),
  })
}

export function beginsWithWord(text: string): boolean {
  return text !== '' && isWord(text.charCodeAt(0))
}

export function endsWithWord(text: string): boolean {
  return text !== '' && isWord(text.charCodeAt(text.length - 1))
}

/** Whether the set has no ASCII word character. */
export function isOutsideWords(set: CharSet): boolean {
  for (let at = 0; (set[at] ?? ASCII) < ASCII; at += 2) {
    const end = Math.min(set[at + 1] ?? ASCII, ASCII)
    for (let code = set[at] ?? end; code < end; code++) if (isWord(code)) return false
  }
  return true
}
