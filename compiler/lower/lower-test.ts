/** One test of the policy as an operation of the table. */
import type { Json, Test } from '../ast.js'
import type { Diagnostic } from '../diagnostic.js'
import { warning } from '../diagnostics/problem.js'
import type { Network } from '../../runtime/decide/network.js'
import type { IrOperation, IrTest, PathAlternative, PatternId, WantedElement } from '../ir/ir.js'
import { hasWildcard } from '../parse/main-argument.js'
import type { PatternSource } from '../patterns/compile-pattern.js'
import { type PathPattern, type RestsOfBase, splitFolder, splitPathPattern, waysByBase } from '../patterns/path-pattern.js'
import type { PatternError } from '../patterns/pattern-error.js'
import { errorText, type Lowering } from './lowering.js'
import { hostName } from './host-name.js'
import { parseNetwork } from './network.js'

/** The longest value that a test shows of itself, in UTF-16 units. */
const SHOWN_VALUE = 80

export function lowerTest(test: Test, lowering: Lowering): IrTest {
  return { field: test.field, negated: test.negated, operation: operationOf(test, lowering) }
}

/** The test as people read it: field, operator, value, unless they are not to read it. */
export function testText({ words, field, operatorName, value }: Test): string {
  if (words !== undefined) return words
  if (value === undefined) return `${field} ${operatorName}`
  const json = JSON.stringify(value)
  return `${field} ${operatorName} ${json.length > SHOWN_VALUE ? `${json.slice(0, SHOWN_VALUE)}…` : json}`
}

function operationOf(test: Test, lowering: Lowering): IrOperation {
  const value = test.value ?? null
  switch (test.operator) {
    case 'exists':
      return { kind: 'exists' }
    case '==':
      return { kind: 'equals', value }
    case 'in':
      return { kind: 'one_of', values: asList(value) }
    case 'contains':
      return containsOf(value, test, lowering)
    case '>':
    case '>=':
    case '<':
    case '<=':
      return orderOf(test.operator, value, test, lowering)
    case 'starts_with':
      return patternOf({ kind: 'prefix', source: asString(value) }, test, lowering)
    case 'ends_with':
      return patternOf({ kind: 'suffix', source: asString(value) }, test, lowering)
    case 'glob':
      return patternOf({ kind: 'glob', source: asString(value) }, test, lowering)
    case 'regex':
      return patternOf({ kind: 'regex', source: asString(value), dialect: test.dialect ?? 'python' }, test, lowering)
    case 'path':
      return pathsOf('path', eachItem(value), splitPathPattern, test, lowering)
    case 'within':
      return pathsOf('within', eachItem(value), splitFolder, test, lowering)
    case 'host':
      return { kind: 'host', patterns: eachItem(value).flatMap(item => hostPattern(item, test, lowering)) }
    case 'cidr':
      return { kind: 'cidr', networks: eachItem(value).flatMap(item => network(item, test, lowering)) }
    case 'has':
    case 'has_any':
    case 'has_all':
      return hasOf(test.operator, value, test, lowering)
  }
}

// Validation has checked every value against its operator; these only tell the compiler so.
function asString(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
function asList(value: Json): readonly Json[] {
  return Array.isArray(value) ? value : [value]
}

/** One of the texts of a value, and which where the value is a list. */
interface Item {
  readonly text: string
  readonly index?: number
}

function eachItem(value: Json): readonly Item[] {
  return Array.isArray(value) ? value.map((one: Json, index) => ({ text: asString(one), index })) : [{ text: asString(value) }]
}

function patternOf(source: PatternSource, test: Test, lowering: Lowering): IrOperation {
  const pattern = intern(source, test, lowering)
  return pattern === undefined ? { kind: 'exists' } : { kind: 'pattern', pattern }
}

/** The pattern, or undefined and a diagnostic that points into the value. */
function intern(source: PatternSource, test: Test, lowering: Lowering, item?: number): PatternId | undefined {
  const result = lowering.patterns.intern(source, lowering.backtracking)
  if (typeof result !== 'number') return report(result, test, lowering, item)
  if (lowering.patterns.patterns[result]?.kind === 'backtracking') lowering.diagnostics.push(backtracks(test))
  return result
}

function backtracks({ valueSpan: span }: Test): Diagnostic {
  const message = `this pattern is run by backtracking: a text that is long, or made to be slow for it, leaves the condition unknown`
  const help =
    'write it without references, atomic groups, possessive quantifiers and conditionals if you can; set `on_possible: deny` to be strict'
  return warning({ code: 'backtracking-risk', span, message, help })
}

function report(error: PatternError, test: Test, lowering: Lowering, item?: number): undefined {
  const span = test.spanInValue(error.offset, error.length, item)
  lowering.diagnostics.push({ ...errorText(error), severity: 'error', span })
}

function containsOf(value: Json, test: Test, lowering: Lowering): IrOperation {
  if (typeof value === 'object') return { kind: 'contains', value }
  const pattern = intern({ kind: 'contains', source: String(value) }, test, lowering)
  return pattern === undefined ? { kind: 'exists' } : { kind: 'contains', value, pattern }
}

function orderOf(relation: '<' | '<=' | '>' | '>=', value: Json, test: Test, lowering: Lowering): IrOperation {
  if (typeof value === 'number') return { kind: 'order', relation, value }
  const text = asString(value)
  const pattern = intern({ kind: 'order', relation, source: text }, test, lowering)
  return pattern === undefined ? { kind: 'exists' } : { kind: 'order', relation, value: text, pattern }
}

function pathsOf(
  kind: 'path' | 'within',
  items: readonly Item[],
  split: (text: string) => PathPattern | PatternError,
  test: Test,
  lowering: Lowering,
): IrOperation {
  const patterns = items.map(({ text }) => split(text))
  const sound = patterns.flatMap(each => ('code' in each ? [] : [each]))
  const isSound = sound.length === items.length && items.length > 1
  const together = isSound ? firstOf(waysByBase(sound).slice(0, -1), way => pathsTogether(kind, way, lowering)) : undefined
  const each = () => patterns.flatMap((pattern, i) => pathAlternative(pattern, kind, test, lowering, items[i]?.index))
  return { kind: 'path', alternatives: together ?? each() }
}

function firstOf<T, R>(all: readonly T[], make: (each: T) => R | undefined): R | undefined {
  for (const each of all) {
    const made = make(each)
    if (made !== undefined) return made
  }
  return undefined
}

/** One automaton for the rests of each; undefined where one would be too large. */
function pathsTogether(
  kind: 'path' | 'within',
  way: readonly RestsOfBase[],
  { patterns: pool }: Lowering,
): readonly PathAlternative[] | undefined {
  const sources = way.flatMap(([, [source = '', ...also]]) =>
    [false, true].map((ignoreCase): PatternSource => ({ kind, source, ...(also.length === 0 ? {} : { also }), ignoreCase })),
  )
  const interned = pool.internAll(sources)
  return interned && way.map(([base], i) => ({ base, pattern: interned[2 * i] as PatternId, folded: interned[2 * i + 1] as PatternId })) // two for each
}

function pathAlternative(
  split: PathPattern | PatternError,
  kind: 'path' | 'within',
  test: Test,
  lowering: Lowering,
  item: number | undefined,
): readonly PathAlternative[] {
  if ('code' in split) {
    report(split, test, lowering, item)
    return []
  }
  const rest = (ignoreCase: boolean) => intern({ kind, source: split.rest, ignoreCase }, test, lowering, item)
  const pattern = rest(false)
  const folded = pattern === undefined ? undefined : rest(true)
  return pattern === undefined || folded === undefined ? [] : [{ base: split.base, pattern, folded }]
}

/** A host pattern in the form that hosts of requests are brought to. */
function hostPattern({ text: pattern, index }: Item, test: Test, lowering: Lowering): readonly string[] {
  const wildcard = pattern.startsWith('*.')
  const name = hostName(wildcard ? pattern.slice(2) : pattern)
  if (name !== undefined) return [wildcard ? `*.${name}` : name]
  const help = 'write a host name as in `github.com`, `*.github.com`, `127.0.0.1` or `[::1]`, without scheme, port or path'
  report({ code: 'bad-host', message: `\`${pattern}\` is not a host name`, offset: 0, length: pattern.length, help }, test, lowering, index)
  return []
}

function network({ text, index }: Item, test: Test, lowering: Lowering): readonly Network[] {
  const parsed = parseNetwork(text)
  if (!('code' in parsed)) return [parsed]
  report(parsed, test, lowering, index)
  return []
}

function hasOf(operator: 'has' | 'has_any' | 'has_all', value: Json, test: Test, lowering: Lowering): IrOperation {
  const listed = operator === 'has' ? [value] : asList(value)
  const wanted = listed.flatMap((one, i) => wantedElement(one, test, lowering, operator === 'has' ? undefined : i))
  return { kind: 'has', all: operator === 'has_all', wanted }
}

/** A text without wildcards is compared: that takes no automaton. */
function wantedElement(value: Json, test: Test, lowering: Lowering, item: number | undefined): readonly WantedElement[] {
  if (typeof value !== 'string' || !hasWildcard(value)) return [{ kind: 'value', value }]
  const pattern = intern({ kind: 'glob', source: value }, test, lowering, item)
  return pattern === undefined ? [] : [{ kind: 'pattern', pattern }]
}
