/** The `when` expressions in the text of one policy file, by offsets. */
import { isMap, isScalar, isSeq, type Pair, parseDocument } from 'yaml'
import { startOfLine } from '../policy-edit/text-lines.js'

export interface WhenValue {
  readonly text: string
  /** What is to be written over: from the value, or the line break before it, to its last character. */
  readonly start: number
  readonly end: number
  /** Whether `start` is right behind the colon. */
  readonly afterColon: boolean
  /** Of a block: the comment behind its `|` or `>`, with the space before it. */
  readonly headerComment: string
  /** Columns before the key. Undefined where no block can stand: between braces. */
  readonly column: number | undefined
}

/** Those written out; a value that is an alias is formatted where its anchor is, if that is a `when`. */
export function whenValues(text: string): readonly WhenValue[] {
  const { contents } = parseDocument(text, { keepSourceTokens: true })
  const statements = isMap(contents) ? contents.get('statements') : undefined
  if (!isSeq(statements)) return []
  return statements.items.flatMap(statement => {
    if (!isMap(statement)) return []
    const pair = statement.items.find(({ key }) => isScalar(key) && key.value === 'when')
    const value = pair === undefined ? undefined : whenValue(pair, text, statement.flow === true)
    return value === undefined ? [] : [value]
  })
}

function whenValue({ key, value, srcToken }: Pair, text: string, isFlow: boolean): WhenValue | undefined {
  if (!isScalar(key) || !isScalar(value) || typeof value.value !== 'string') return undefined
  const [keyStart] = key.range ?? [0]
  const [from, to] = value.range ?? [0, 0]
  const end = from + text.slice(from, to).trimEnd().length
  const colon = srcToken?.sep?.find(({ type }) => type === 'map-value-ind')?.offset
  const gap = colon === undefined ? '' : text.slice(colon + 1, from)
  const afterColon = colon !== undefined && gap.includes('\n') && gap.trim() === ''
  const isExplicit = srcToken !== undefined && 'explicitKey' in srcToken
  return {
    text: value.value,
    start: afterColon ? colon + 1 : from,
    end,
    afterColon,
    headerComment: /^[|>][-+\d]*([ \t]+#[^\r\n]*)/.exec(text.slice(from, end))?.[1] ?? '',
    column: isFlow || isExplicit ? undefined : keyStart - startOfLine(text, keyStart),
  }
}
