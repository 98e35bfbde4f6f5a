/** What can be wrong with `{ op: …, value: … }`. */
import type { Diagnostic } from '../diagnostic.js'
import { error } from '../diagnostics/problem.js'
import { quoted } from '../diagnostics/quoted.js'
import { nearMiss, suggest } from '../diagnostics/suggest.js'
import { operatorNamed } from '../parse/operators.js'
import { entriesOf, type Entry, type Located, textAt, valueAt } from '../parse/located.js'
import type { SchemaError } from './schema-error.js'
import { found } from './words.js'
import { explainType } from './wrong-type.js'

/** Without `op` the other keys of a condition say nothing, unless one of them is a misspelt `op`. */
export function isMisspeltOp({ key }: Entry): boolean {
  return key === 'operator' || nearMiss(key, ['op', 'value', 'dialect']) === 'op'
}

export function explainMissing({ place, key }: SchemaError): Diagnostic | undefined {
  if (key === 'op') return missingOperator(place.value, place.entry)
  const op = textAt(place.value, 'op') ?? ''
  const span = valueAt(place.value, 'op')?.span ?? place.value.span
  return error({ code: 'missing-key', span, message: `${quoted(op)} needs a \`value\`` })
}

function missingOperator(value: Located, field: Entry | undefined): Diagnostic | undefined {
  const entries = entriesOf(value)
  if (entries.some(isMisspeltOp)) return undefined
  const span = field?.keySpan ?? value.span
  const message = `the condition on ${quoted(field?.key ?? '')} has no \`op\``
  return error({ code: 'missing-operator', span, message, help: operatorHelp(entries, field?.key ?? '') })
}

function operatorHelp(entries: readonly Entry[], field: string): string {
  const named = entries.find(({ key }) => operatorNamed(key) !== undefined)
  if (named !== undefined) return `write \`{ op: ${opText(named.key)}, value: … }\``
  const nested = entries.find(({ value }) => value.kind === 'map')
  if (nested !== undefined) return `write the field as one key: ${quoted(`${field}.${nested.key}`)}`
  return 'write `{ op: regex, value: … }`, or a plain value for equality'
}

/** `>` and `!=` mean something else to YAML without quotes. */
function opText(operator: string): string {
  return /^\w+$/.test(operator) ? operator : `"${operator}"`
}

export function explainOperator({ place: { value }, known }: SchemaError): Diagnostic | undefined {
  const { data } = value
  if (typeof data !== 'string') return undefined
  if (value.kind === 'scalar' && value.written.style === 'block') return blockOperator(value)
  const help = negated(data, known) ?? suggest(data, known)
  return error({ code: 'unknown-operator', span: value.span, message: `unknown operator ${quoted(data)}`, help })
}

/** `op: >` starts a folded block of text, which is empty here. */
function blockOperator({ span }: Located): Diagnostic {
  const help = 'write it in quotes: `op: ">"`'
  return error({ code: 'unknown-operator', span, message: 'YAML does not read `>` as text here', help })
}

const opposites: { readonly [operator: string]: string } = {
  '=': '==',
  '===': '==',
  '!==': '!=',
  '=~': 'regex',
  '=>': '>=',
  '=<': '<=',
  '<>': '!=',
  ':': '==',
}

function negated(operator: string, known: readonly string[]): string | undefined {
  const meant = opposites[operator] ?? known.find(name => operator === `!${name}` || operator === `not ${name}`)
  return meant === undefined
    ? undefined
    : `did you mean ${quoted(operator.startsWith('!') || operator.startsWith('not ') ? notName(meant) : meant)}?`
}

function notName(operator: string): string {
  return operator === '!=' ? operator : `not_${operator}`
}

/** `dialect` beside another operator than `regex`; of an unknown operator nothing can be said. */
export function explainDialect({ place: { entry, parent } }: SchemaError): Diagnostic | undefined {
  const op = textAt(parent, 'op') ?? ''
  if (entry === undefined || operatorNamed(op) === undefined) return undefined
  return error({ code: 'unknown-key', span: entry.keySpan, message: `${quoted(op)} has no \`dialect\`: only \`regex\` has one` })
}

const expectedValues: { readonly [definition: string]: string } = {
  textValue: 'text',
  scalarValue: 'text, a number, `true` or `false`',
  listValue: 'a list',
  scalarsValue: 'a list of texts, numbers, `true` or `false`',
  orderValue: 'a number or text',
  textsValue: 'text or a list of texts',
}

/** A value of a type that its operator cannot use. */
export function explainValueType(schemaError: SchemaError): Diagnostic {
  const { place, definition } = schemaError
  const expected = expectedValues[definition]
  const op = textAt(place.parent, 'op')
  if (expected === undefined || op === undefined) return explainType(schemaError)
  const message = `${quoted(op)} expects ${expected}, found ${found(place.value)}`
  return error({ code: 'wrong-type', span: place.value.span, message, help: valueHelp(op, place.value) ?? explainType(schemaError).help })
}

function valueHelp(op: string, value: Located): string | undefined {
  if (value.kind === 'list' && operatorNamed(op)?.operator === 'regex') return 'join the patterns: `(?:one|other)`'
  if (value.kind === 'list' && operatorNamed(op)?.operator === 'has') return `write \`${op}_any\` or \`${op}_all\` for a list`
  if (value.kind === 'list' && op === 'contains') return 'write one condition for each, or `regex`'
  if (value.kind === 'scalar' && value.data !== null && operatorNamed(op)?.operator === 'in')
    return 'write `[…]` around it; `contains` tests for a part of a text'
  if (value.kind === 'scalar' && op.includes('has_')) return 'write `[…]` around it'
  return undefined
}
