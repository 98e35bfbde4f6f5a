/**
 * The list of statements in the text of one policy file, by offsets. Editing splices the text: every byte that is not part of
 * the statement added or removed stays as its author wrote it, which no YAML printer promises.
 */
import { isMap, isNode, isScalar, isSeq, type Node, parseDocument } from 'yaml'
import { UsageError } from '../usage-error.js'

export interface ListedStatement {
  /** As written; undefined where the statement has none. */
  readonly sid: string | undefined
  readonly start: number
  /** The end of its last value. */
  readonly end: number
}

export type StatementList =
  /** One statement per `-`; `dashes[i]` is where the `-` of the i-th stands. */
  | { readonly kind: 'block'; readonly items: readonly ListedStatement[]; readonly dashes: readonly number[] }
  | { readonly kind: 'flow'; readonly items: readonly ListedStatement[]; readonly start: number }
  /** `statements:` with nothing after it, or an empty `[]`: the range to write over. */
  | { readonly kind: 'empty'; readonly start: number; readonly end: number }
  /** The file has no key `statements`. */
  | { readonly kind: 'absent' }

/** Finds the statements of a file that is YAML; what is not a policy otherwise is for the compiler to say. */
export function statementList(file: string, text: string): StatementList {
  const document = parseDocument(text, { keepSourceTokens: true })
  const [problem] = document.errors
  if (problem !== undefined)
    throw new UsageError(`\`${file}\` is not valid YAML: ${firstLine(problem.message)}`, 'run `agsec validate` for the details')
  if (document.contents === null) return { kind: 'absent' }
  if (!isMap(document.contents)) throw new UsageError(`\`${file}\` is not a policy: expected a map with a key \`statements\``)
  return listOf(file, document.contents.get('statements', true))
}

function firstLine(message: string): string {
  return message.split(/ at line |\n/)[0] ?? message
}

function listOf(file: string, node: unknown): StatementList {
  if (node === undefined) return { kind: 'absent' }
  if (isScalar(node) && node.value === null) return emptyAt(node)
  if (!isSeq(node)) throw new UsageError(`\`statements\` in \`${file}\` is not a list`)
  if (node.items.length === 0) return emptyAt(node)
  const items = node.items.map(listedStatement)
  const token = node.srcToken
  if (token?.type !== 'block-seq') return { kind: 'flow', items, start: rangeOf(node).start }
  const marks = token.items.map(item => item.start.find(each => each.type === 'seq-item-ind')?.offset)
  return { kind: 'block', items, dashes: marks.filter(offset => offset !== undefined) }
}

function emptyAt(node: Node): StatementList {
  return { kind: 'empty', ...rangeOf(node) }
}

function listedStatement(node: unknown): ListedStatement {
  if (!isNode(node)) throw new UsageError('a statement is not a map')
  const sid = isMap(node) ? node.get('sid') : undefined
  return { sid: typeof sid === 'string' ? sid : undefined, ...rangeOf(node) }
}

function rangeOf(node: Node): { readonly start: number; readonly end: number } {
  const [start, end] = node.range ?? [0, 0]
  return { start, end }
}
