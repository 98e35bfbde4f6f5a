/** Values of conditions that the schema accepts and that still do not say what they seem to. */
import type { Diagnostic } from '../diagnostic.js'
import { error, warning } from '../diagnostics/problem.js'
import { quoted } from '../diagnostics/quoted.js'
import { nearMiss } from '../diagnostics/suggest.js'
import { fieldEntries } from '../parse/groups.js'
import { type Entry, entriesOf, itemsOf, type Located, type LocatedScalar, textAt, textOf, valueAt } from '../parse/located.js'
import { hasWildcard } from '../parse/main-argument.js'
import { operatorNamed } from '../parse/operators.js'
import { asWritten } from './words.js'

/** @param root the file as written, variables not inserted: each scalar is checked once, where it stands */
export function checkValues(root: Located): readonly Diagnostic[] {
  const conditions = itemsOf(valueAt(root, 'statements')).flatMap(statement => fieldEntries(valueAt(statement, 'conditions')))
  return [
    ...conditions.flatMap(checkCondition),
    ...itemsOf(valueAt(root, 'statements')).flatMap(checkAgents),
    ...entriesOf(valueAt(root, 'variables')).flatMap(({ value }) => scalarsOf(value).flatMap(checkScalar)),
  ]
}

function checkAgents(statement: Located): readonly Diagnostic[] {
  return ['agents', 'not_agents'].flatMap(key => {
    const agents = valueAt(statement, key)
    return agents === undefined ? [] : scalarsOf(agents).flatMap(checkAgent)
  })
}

function checkAgent({ data, span }: LocatedScalar): readonly Diagnostic[] {
  if (typeof data !== 'string' || !hasWildcard(data)) return []
  const help = `write it under \`conditions\`: ${quoted(`context.agent: { op: glob, value: "${data}" }`)}`
  return [warning({ code: 'agent-glob', span, message: `${quoted(data)} is compared as it is: names of agents are no globs`, help })]
}

/** A field and what is asked of it. */
export function checkCondition(entry: Entry): readonly Diagnostic[] {
  return [...checkField(entry), ...checkGroupName(entry), ...checkOperand(entry)]
}

/** What other languages call `any`, `all` and `not`. */
const OTHER_GROUPS: { readonly [key: string]: string } = { or: 'any', any_of: 'any', anyOf: 'any', and: 'all', all_of: 'all', allOf: 'all' }

/** `or: [{ … }, { … }]` compares a field named `or` with that list, `not: { op: exists }` a field named `op`. */
function checkGroupName({ key, keySpan, value }: Entry): readonly Diagnostic[] {
  if (key === 'op' && operatorNamed(textOf(value) ?? '') !== undefined) {
    const help = `a condition names its field: \`params.x: { op: ${textOf(value)} }\``
    return [warning({ code: 'suspicious-field', span: keySpan, message: '`op` is a field here', help })]
  }
  const meant = Object.hasOwn(OTHER_GROUPS, key) ? OTHER_GROUPS[key] : undefined
  if (meant === undefined || !itemsOf(value).some(item => item.kind === 'map')) return []
  const message = `${quoted(key)} is a field here, which is compared with the list`
  return [warning({ code: 'suspicious-field', span: keySpan, message, help: `did you mean ${quoted(meant)}?` })]
}

/** `param.command` is looked up as `params.param.command`, and never found. */
function checkField({ key, keySpan }: Entry): readonly Diagnostic[] {
  const [first = '', ...rest] = key.split('.')
  if (rest.length === 0 || first === 'params' || first === 'context') return []
  const near = nearMiss(first, ['params', 'context'])
  if (near === undefined) return []
  const message = `the field ${quoted(key)} is looked up inside the params, then inside the context`
  return [warning({ code: 'suspicious-field', span: keySpan, message, help: `did you mean ${quoted([near, ...rest].join('.'))}?` })]
}

function checkOperand({ value }: Entry): readonly Diagnostic[] {
  const op = value.kind === 'map' ? operatorNamed(textAt(value, 'op') ?? '') : undefined
  const operand = value.kind === 'map' ? valueAt(value, 'value') : value
  if (operand === undefined) return []
  if (op?.operator === 'exists') return [ignoredValue(operand, op.name)]
  if (op?.operator === '==' && operand.data === null) return [nullComparison(operand, op.name)]
  return scalarsOf(operand).flatMap(checkScalar)
}

function ignoredValue({ span }: Located, name: string): Diagnostic {
  const other = name === 'exists' ? 'not_exists' : 'exists'
  const help = `leave the value out; for the opposite write \`${other}\``
  return warning({ code: 'ignored-value', span, message: `\`${name}\` does not look at its value`, help })
}

function nullComparison({ span }: Located, name: string): Diagnostic {
  const [result, meant] = name === '!=' ? ['true for every field that is there', 'exists'] : ['never true', 'not_exists']
  const message = `\`${name}\` nothing is ${result}: a field that is null counts as missing`
  return warning({ code: 'null-comparison', span, message, help: `ask with \`${meant}\` whether it is there` })
}

function scalarsOf(value: Located): readonly LocatedScalar[] {
  switch (value.kind) {
    case 'scalar':
      return [value]
    case 'list':
      return value.items.flatMap(scalarsOf)
    case 'map':
      return entriesOf(value).flatMap(entry => scalarsOf(entry.value))
    default:
      return value satisfies never
  }
}

/** What YAML 1.1, which the format's first readers spoke, takes for a boolean or for another number. */
const BOOLEAN_IN_YAML_1_1 = /^(?:yes|no|on|off)$/i
const NUMBER_IN_YAML_1_1 =
  /^[-+]?(?:0[0-7]*[0-9][0-9_]*|[1-9][0-9]*(?::[0-5]?[0-9])+(?:\.[0-9]*)?|[0-9][0-9]*_[0-9_]*(?:\.[0-9_]*)?|0b[01_]+)$/

function checkScalar(scalar: LocatedScalar): readonly Diagnostic[] {
  const { data, written } = scalar
  if (written.style !== 'plain') return []
  const text = asWritten({ ...scalar, span: written.span })
  if (typeof data === 'number') return checkNumber(scalar, data, text)
  if (typeof data !== 'string') return []
  if (BOOLEAN_IN_YAML_1_1.test(text)) return [ambiguous(scalar, text, 'a boolean', /^(?:yes|on)$/i.test(text) ? 'true' : 'false')]
  return NUMBER_IN_YAML_1_1.test(text) ? [ambiguous(scalar, text, 'a number')] : []
}

function checkNumber(scalar: LocatedScalar, data: number, text: string): readonly Diagnostic[] {
  if (!Number.isFinite(data)) return [notFinite(scalar, text)]
  if (NUMBER_IN_YAML_1_1.test(text)) return [ambiguous(scalar, text, 'another number', text.replace(/^([-+]?)0+(?=\d)/, '$1'))]
  return Number.isInteger(data) && !Number.isSafeInteger(data) ? [inexact(scalar, text)] : []
}

function ambiguous({ span }: LocatedScalar, text: string, reading: string, instead?: string): Diagnostic {
  const message = `${quoted(text)} is ${reading} to older readers of this format`
  const help = `write \`"${text}"\` for the text${instead === undefined ? '' : `, or \`${instead}\``}`
  return error({ code: 'yaml-ambiguous', span, message, help })
}

function notFinite({ span }: LocatedScalar, text: string): Diagnostic {
  return error({
    code: 'wrong-type',
    span,
    message: `expected a finite number, found ${quoted(text)}`,
    help: `write \`"${text}"\` for the text`,
  })
}

function inexact({ span }: LocatedScalar, text: string): Diagnostic {
  const message = `the number ${quoted(text)} is too large to be told from its neighbours`
  return warning({ code: 'inexact-number', span, message, help: `if it is a name rather than an amount, write \`"${text}"\`` })
}
