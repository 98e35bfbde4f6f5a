/** Words that become one text, and those in which nothing is to be expanded, the common case. */
import type { Word } from '../syntax/ast.js'
import type { Text } from '../analysis.js'
import { textOf, type FieldRules } from './pieces.js'
import type { Shell } from './shell.js'
import { bounded } from './state.js'

/** The text of a word in which nothing is to be expanded, the common case. @param braces whether a brace in it may be more than text */
export function plainText(word: Word, braces = true): string | undefined {
  let text = ''
  for (const part of word.parts) {
    if (part.kind !== 'text' || !isPlain(part.text, part.quoted, braces)) return undefined
    text += part.text
  }
  return text
}

/** Where the characters begin that stand for the holes in code. */
export const FIRST_HOLE = 0xe000

function isPlain(text: string, quoted: boolean, braces: boolean): boolean {
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (unit >= FIRST_HOLE && unit < 0xf900) return false
    // * ? [ ~ {
    if (quoted) continue
    if (unit === 42 || unit === 63 || unit === 91 || unit === 126 || (unit === 123 && braces)) return false
  }
  return true
}

export function fieldRules(shell: Shell): FieldRules {
  return { separators: separatorsOf(shell), options: shell.state.options, settle: (field, may) => shell.settle(field, may) }
}

function separatorsOf({ state }: Shell): string | undefined {
  if (!state.has('IFS')) return ' \t\n'
  const { values } = state.get('IFS')
  const [value] = values
  const known = values.length === 1 && (typeof value === 'string' || value === undefined)
  return known ? (value ?? ' \t\n') : undefined
}

/** The word as one text, in its alternatives, as an assignment takes it: neither split nor a pattern. */
export function expandText(shell: Shell, word: Word): readonly Text[] {
  const simple = plainText(word)
  return simple === undefined ? bounded(shell.expand(word, false).map(textOf)) : [simple]
}

/** The word as one text that covers all its alternatives. */
export function expandOne(shell: Shell, word: Word): Text {
  return bounded(expandText(shell, word), 1)[0] ?? ''
}
