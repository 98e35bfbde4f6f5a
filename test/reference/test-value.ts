/** The value of one test on one request: each operator as the language page says it. */
import type { Json, Operator, Test } from '../../compiler/ast.js'
import { AbstractString } from '../../runtime/decide/abstract-string.js'
import type { Request, Value, ValueMap } from '../../runtime/decide/request.js'
import { cidrTest } from './cidr.js'
import { equals } from './equality.js'
import { fieldValue, isList, isMap } from './field.js'
import { globPattern } from './glob.js'
import { hostTest } from './host.js'
import { codePoints } from './char-set.js'
import { matchCompletions } from './match-completions.js'
import { isIrregular, matchesIrregular } from './match-irregular.js'
import { matchesText } from './match-text.js'
import { orderPattern } from './order.js'
import { pathTest, withinTest } from './path-test.js'
import { anything, literal, type Pattern, search, sequence } from './pattern.js'
import { parseRegex } from './regex-syntax.js'
import { remembering } from './remembering.js'
import { allOf, anyOf, not, type Truth, truth } from './truth.js'

/** A missing field fails every test but that it does not exist. */
export function testValue(test: Test, request: Request): Truth {
  const operand = fieldValue(request, test.field)
  if (test.operator === 'exists') return truth((operand !== undefined) !== test.negated)
  if (operand === undefined) return 'false'
  const value = positive(test.operator, operand, test, request.context)
  return test.negated ? not(value) : value
}

function positive(operator: Exclude<Operator, 'exists'>, operand: Value, test: Test, context: ValueMap): Truth {
  const value = test.value ?? null
  switch (operator) {
    case '==':
      return equals(operand, value)
    case 'in':
      return anyOf(listed(value).map(one => equals(operand, one)))
    case '>':
    case '>=':
    case '<':
    case '<=':
      return inOrder(operator, operand, value)
    case 'contains':
      return isList(operand) ? anyOf(operand.map(element => equals(element, value))) : containsText(operand, value)
    case 'starts_with':
      return onText(operand, text => matchText(beginning(String(value)), text))
    case 'ends_with':
      return onText(operand, text => matchText(ending(String(value)), text))
    case 'glob':
      return onText(operand, text => matchText(glob(String(value)), text))
    case 'regex':
      return onText(operand, text => matchRegex(String(value), test.dialect ?? 'python', text))
    case 'path':
      return onText(operand, text => pathTest(text, listed(value).map(String), context))
    case 'within':
      return onText(operand, text => withinTest(text, listed(value).map(String), context))
    case 'host':
      return onText(operand, text => hostTest(text, listed(value).map(String)))
    case 'cidr':
      return onText(operand, text => cidrTest(text, listed(value).map(String)))
    case 'has':
      return hasEach(operand, [value], anyOf)
    case 'has_any':
      return hasEach(operand, listed(value), anyOf)
    case 'has_all':
      return hasEach(operand, listed(value), allOf)
    default:
      return operator satisfies never
  }
}

const beginning = remembering((text: string) => sequence(literal(text), anything))
const ending = remembering((text: string) => sequence(anything, literal(text)))
const containing = remembering((text: string) => search(literal(text)))
const glob = remembering(globPattern)
const regex = remembering((source: string, dialect: 'python' | 'es') => search(parseRegex(source, dialect)))
const ordered = remembering(orderPattern)

function listed(value: Json): readonly Json[] {
  return Array.isArray(value) ? value : [value]
}

/** Numbers and booleans read as their JSON text; of lists and maps nothing can be told. */
function onText(operand: Value, test: (text: string | AbstractString) => Truth): Truth {
  if (operand instanceof AbstractString || typeof operand === 'string') return test(operand)
  if (typeof operand !== 'number' && typeof operand !== 'boolean') return 'unknown'
  return test(JSON.stringify(operand))
}

function containsText(operand: Value, value: Json): Truth {
  if (typeof value === 'object') return 'unknown'
  return onText(operand, text => matchText(containing(String(value)), text))
}

function hasEach(operand: Value, wanted: readonly Json[], combine: (values: readonly Truth[]) => Truth): Truth {
  return isList(operand) ? combine(wanted.map(one => anyOf(operand.map(element => isWanted(element, one))))) : 'unknown'
}

/** A text is a glob over the texts of elements; what has no text does not match it. */
function isWanted(element: Value, wanted: Json): Truth {
  if (typeof wanted !== 'string') return equals(element, wanted)
  if (isList(element) || isMap(element) || element === null) return 'false'
  return onText(element, text => matchText(glob(wanted), text))
}

function matchText(pattern: Pattern, text: string | AbstractString): Truth {
  return text instanceof AbstractString ? matchPartly(pattern, text) : truth(matchesText(pattern, text))
}

/** A condition is evaluated more than once for each call, and strings known in part are most of its cost. */
const partly = new WeakMap<Pattern, Map<string, Truth>>()

function matchPartly(pattern: Pattern, text: AbstractString): Truth {
  const answers = partly.get(pattern) ?? new Map<string, Truth>()
  partly.set(pattern, answers)
  const key = JSON.stringify(text.parts)
  const answer = answers.get(key) ?? matchCompletions(pattern, text)
  answers.set(key, answer)
  return answer
}

/** The longest text, in UTF-16 units, that is searched by trying one way after the other. */
const LONGEST_IRREGULAR = 4096

function matchRegex(source: string, dialect: 'python' | 'es', text: string | AbstractString): Truth {
  const pattern = regex(source, dialect)
  if (!isIrregular(pattern)) return matchText(pattern, text)
  if (text instanceof AbstractString || text.length > LONGEST_IRREGULAR) return 'unknown'
  return truth(matchesIrregular(pattern, codePoints(text), dialect))
}

function inOrder(relation: '>' | '>=' | '<' | '<=', operand: Value, value: Json): Truth {
  if (typeof operand === 'number' && typeof value === 'number') return truth(NUMBER_ORDER[relation](operand, value))
  if (typeof value !== 'string' || (typeof operand !== 'string' && !(operand instanceof AbstractString))) return 'unknown'
  return matchText(ordered(relation, value), operand)
}

const NUMBER_ORDER = {
  '>': (a: number, b: number) => a > b,
  '>=': (a: number, b: number) => a >= b,
  '<': (a: number, b: number) => a < b,
  '<=': (a: number, b: number) => a <= b,
} as const
