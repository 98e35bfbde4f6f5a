/** The expressions of a file → conditions, or everything that is wrong with them. */
import type { Condition, Dialect } from '../ast.js'
import type { Diagnostic } from '../diagnostic.js'
import { error } from '../diagnostics/problem.js'
import { itemsOf, type Located, type LocatedScalar, valueAt } from '../parse/located.js'
import { type TextPlaces, textPlaces } from '../parse/offsets.js'
import { readTest } from '../parse/read-condition.js'
import { checkTest } from '../validate/check-shape.js'
import { checkCondition } from '../validate/check-values.js'
import { inCondition } from '../variables/insert-variables.js'
import type { Variables } from '../variables/resolve-value.js'
import type { Comparison, Expression, ExpressionProblem } from './expression.js'
import { locatedTest } from './located-test.js'
import { parseExpression } from './parse-expression.js'

export interface ReadExpressions {
  /** By statement; only of expressions that parse. */
  readonly conditions: ReadonlyMap<Located, Condition>
  readonly diagnostics: readonly Diagnostic[]
}

/** Of every statement, those with other mistakes included, so that all is told at once. */
export function readExpressions(root: Located, dialect: Dialect, variables: Variables | undefined): ReadExpressions {
  const conditions = new Map<Located, Condition>()
  const diagnostics: Diagnostic[] = []
  for (const statement of itemsOf(valueAt(root, 'statements'))) {
    const when = valueAt(statement, 'when')
    if (when?.kind !== 'scalar' || typeof when.data !== 'string' || when.data === '') continue
    const condition = readExpression(when, when.data, { dialect, variables, diagnostics })
    if (condition !== undefined) conditions.set(statement, condition)
  }
  return { conditions, diagnostics }
}

function readExpression(when: LocatedScalar, text: string, reading: Omit<Reading, 'places' | 'problems'>): Condition | undefined {
  const { expression, problems } = parseExpression(text)
  const places = textPlaces(when)
  reading.diagnostics.push(...problems.map(problem => diagnosticOf(problem, when, places)))
  const condition = conditionOf(expression, { ...reading, places, problems })
  return problems.length === 0 ? condition : undefined
}

/** In the place of what has an error. */
const NOTHING: Condition = { kind: 'all', of: [] }

interface Reading {
  readonly places: TextPlaces
  readonly dialect: Dialect
  readonly variables: Variables | undefined
  readonly problems: readonly ExpressionProblem[]
  readonly diagnostics: Diagnostic[]
}

/** An `and` within an `and` is one list, as it reads. */
function conditionOf(expression: Expression, reading: Reading): Condition {
  switch (expression.kind) {
    case 'and':
      return {
        kind: 'all',
        of: expression.of.map(each => conditionOf(each, reading)).flatMap(each => (each.kind === 'all' ? each.of : [each])),
      }
    case 'or':
      return {
        kind: 'any',
        of: expression.of.map(each => conditionOf(each, reading)).flatMap(each => (each.kind === 'any' ? each.of : [each])),
      }
    case 'not':
      return { kind: 'not', of: conditionOf(expression.of, reading) }
    case 'comparison':
      return testOf(expression, reading)
    case 'missing':
      return NOTHING
    default:
      return expression satisfies never
  }
}

function testOf(comparison: Comparison, { places, dialect, variables, problems, diagnostics }: Reading): Condition {
  // Of a comparison that could not be read as it is, more complaints would be about what was guessed.
  if (problems.some(({ start }) => start >= comparison.start && start < comparison.end)) return NOTHING
  const written = locatedTest(comparison, places)
  const entry = { ...written, value: inCondition(written, variables, diagnostics) }
  const found = checkTest(entry.value)
  diagnostics.push(...found, ...checkCondition(written))
  const [test] = readTest(entry, dialect)
  // Of an operator that is unknown there is no test, but an error.
  return test ?? NOTHING
}

function diagnosticOf({ code, start, end, message, help }: ExpressionProblem, when: LocatedScalar, places: TextPlaces): Diagnostic {
  return error({ code, span: places(start, end - start), message, help: cutByComment(when, end) ?? help })
}

/** Behind a text without quotes around it YAML takes ` #` and what follows for a comment: perhaps the end of the expression. */
function cutByComment({ data, written: { style, span } }: LocatedScalar, end: number): string | undefined {
  const isAtEnd = typeof data === 'string' && end === data.length
  if (style !== 'plain' || !isAtEnd || !/^[ \t]+#/.test(span.source.text.slice(span.end, span.end + 80))) return undefined
  return 'YAML takes ` #` and what follows for a comment: write the expression in a block (`when: |` and an indented line)'
}
