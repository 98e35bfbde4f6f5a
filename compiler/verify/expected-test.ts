/** What the table must hold for a test of the policy: written down anew from the policy, beside what lowering and encoding do. */
import { OPERATOR, PATH_BASES } from '../../runtime/decide/table.js'
import type { Json, Test } from '../ast.js'
import { hostName } from '../lower/host-name.js'
import { parseNetwork } from '../lower/network.js'
import { hasWildcard } from '../parse/main-argument.js'
import type { PatternSource } from '../patterns/compile-pattern.js'
import { type PathBase, splitFolder, splitPathPattern, waysByBase } from '../patterns/path-pattern.js'

/** What a word of the table stands for. */
export type Operand =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'pattern'; readonly source: PatternSource }
  | { readonly kind: 'list'; readonly of: readonly Operand[] }
  /** One of several lists, which mean the same: those that are of the same length are the same. */
  | { readonly kind: 'either'; readonly of: readonly (readonly Operand[])[] }

export interface ExpectedTest {
  /** The operator as the table numbers it, the relation of an order with it. */
  readonly operator: number
  readonly a: Operand
  readonly b: Operand
}

const NOTHING: Operand = { kind: 'nothing' }

/** Order relations as the table numbers them. */
const RELATIONS = ['<', '<=', '>', '>='] as const

export function expectedTest(test: Test): ExpectedTest {
  const value = test.value ?? null
  switch (test.operator) {
    case 'exists':
      return { operator: OPERATOR.exists, a: NOTHING, b: NOTHING }
    case '==':
      return { operator: OPERATOR.equals, a: json(value), b: NOTHING }
    case 'in':
      return { operator: OPERATOR.one_of, a: json(value), b: NOTHING }
    case 'contains':
      // A list or map is no part of a text.
      return {
        operator: OPERATOR.contains,
        a: json(value),
        b: typeof value === 'object' ? NOTHING : pattern({ kind: 'contains', source: textOf(value) }),
      }
    case '<':
    case '<=':
    case '>':
    case '>=':
      return expectedOrder(test.operator, value)
    case 'starts_with':
      return onePattern({ kind: 'prefix', source: textOf(value) })
    case 'ends_with':
      return onePattern({ kind: 'suffix', source: textOf(value) })
    case 'glob':
      return onePattern({ kind: 'glob', source: textOf(value) })
    case 'regex':
      return onePattern({ kind: 'regex', source: textOf(value), dialect: test.dialect ?? 'python' })
    case 'path':
      return paths('path', listOf(value), splitPathPattern)
    case 'within':
      return paths('within', listOf(value), splitFolder)
    case 'host':
      return list(OPERATOR.host, listOf(value).map(hostPattern))
    case 'cidr':
      return list(OPERATOR.cidr, listOf(value).flatMap(network))
    case 'has':
    case 'has_any':
      return { ...list(OPERATOR.has, wanted(listOf(value))), b: number(0) }
    case 'has_all':
      return { ...list(OPERATOR.has, wanted(listOf(value))), b: number(1) }
    default:
      return test.operator satisfies never
  }
}

function expectedOrder(relation: (typeof RELATIONS)[number], value: Json): ExpectedTest {
  const ordered = typeof value === 'number' ? NOTHING : pattern({ kind: 'order', relation, source: textOf(value) })
  return { operator: OPERATOR.order | (RELATIONS.indexOf(relation) << 16), a: json(value), b: ordered }
}

function onePattern(source: PatternSource): ExpectedTest {
  return { operator: OPERATOR.pattern, a: pattern(source), b: NOTHING }
}

function paths(kind: 'path' | 'within', values: readonly Json[], split: typeof splitPathPattern): ExpectedTest {
  const patterns = values.flatMap(value => {
    const one = split(textOf(value))
    return 'base' in one ? [one] : []
  })
  const ways = waysByBase(patterns).map(way => way.flatMap(([base, rests]) => pathAlternative(kind, base, rests)))
  return { operator: OPERATOR.path, a: { kind: 'either', of: ways }, b: NOTHING }
}

function pathAlternative(kind: 'path' | 'within', base: PathBase, [source = '', ...also]: readonly string[]): readonly Operand[] {
  const of = (ignoreCase: boolean) => pattern({ kind, source, ...(also.length === 0 ? {} : { also }), ignoreCase })
  return [number(PATH_BASES.indexOf(base)), of(false), of(true)]
}

function hostPattern(value: Json): Operand {
  const text = textOf(value)
  const wildcard = text.startsWith('*.')
  return { kind: 'text', text: `${wildcard ? '*.' : ''}${hostName(wildcard ? text.slice(2) : text) ?? ''}` }
}

function network(value: Json): readonly Operand[] {
  const parsed = parseNetwork(textOf(value))
  return 'code' in parsed ? [] : [parsed.length, ...parsed.address].map(number)
}

function wanted(values: readonly Json[]): readonly Operand[] {
  return values.flatMap(value =>
    typeof value === 'string' && hasWildcard(value) ? [number(1), pattern({ kind: 'glob', source: value })] : [number(0), json(value)],
  )
}

function list(operator: number, of: readonly Operand[]): ExpectedTest {
  return { operator, a: { kind: 'list', of }, b: NOTHING }
}

function pattern(source: PatternSource): Operand {
  return { kind: 'pattern', source }
}

function number(value: number): Operand {
  return { kind: 'number', value }
}

function json(value: Json): Operand {
  return { kind: 'text', text: JSON.stringify(value) }
}

function textOf(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function listOf(value: Json): readonly Json[] {
  return Array.isArray(value) ? value : [value]
}

/** The longest value that a test shows of itself, in UTF-16 units. */
const SHOWN_VALUE = 80

/** The test as people read it in results. */
export function wordsOf({ words, field, operatorName, value }: Test): string {
  if (words !== undefined) return words
  if (value === undefined) return `${field} ${operatorName}`
  const shown = JSON.stringify(value)
  return `${field} ${operatorName} ${shown.length > SHOWN_VALUE ? `${shown.slice(0, SHOWN_VALUE)}…` : shown}`
}
