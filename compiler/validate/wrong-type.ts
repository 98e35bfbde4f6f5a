/** A value of another type than is expected there. */
import type { Diagnostic } from '../diagnostic.js'
import { error } from '../diagnostics/problem.js'
import { quoted } from '../diagnostics/quoted.js'
import type { Located } from '../parse/located.js'
import { hasKey } from './place.js'
import type { SchemaError } from './schema-error.js'
import { asWritten, expectedTypes, found } from './words.js'

/** What is expected where the bare types would not say it well. */
const expectations: { readonly [definition: string]: string } = {
  version: '`"1.0"` or `"1.1"`',
  names: 'the name of an action or a list of names',
  name: 'the name of an action',
  variable: 'text, a number, `true`, `false` or a list of those',
  variableItem: 'text, a number, `true` or `false`',
  agents: 'the name of an agent or a list of names',
  agent: 'the name of an agent',
  groups: 'a list of maps of conditions',
  group: 'a map of conditions',
  condition: 'a value or `{ op: …, value: … }`',
  textsValue: 'text or a list of texts',
  scalarsValue: 'a text, a number, `true` or `false`',
  example: 'text or a map of `action`, `params` and `context`',
}

export function explainType({ place, definition, types }: SchemaError): Diagnostic {
  const { value, entry, parent } = place
  const expected = expectations[definition] ?? expectedTypes(types)
  const subject = entry === undefined ? (parent === undefined ? 'a policy file' : 'each item') : quoted(entry.key)
  const message = `${subject} must be ${expected}, found ${found(value)}`
  const help = groupHelp(definition, value, entry?.key) ?? helpFor(value, entry?.key, types)
  return error({ code: 'wrong-type', span: value.span, message, help })
}

export function helpFor(value: Located, key: string | undefined, types: readonly string[]): string | undefined {
  if (value.data === null) return key === 'actions' ? 'leave `actions` out for every action' : undefined
  if (key === 'conditions' && value.kind === 'list') return 'write `field: condition` lines without the dashes'
  if (key === undefined && value.kind === 'list') return 'put the list under `statements:`'
  if (value.kind === 'scalar' && types.includes('string')) return `write it in quotes: \`"${asWritten(value)}"\``
  if (types.includes('array') && value.kind === 'map') return 'start each item with a dash: `- `'
  return undefined
}

/** `any`, `all` and `not` are no fields. */
function groupHelp(definition: string, value: Located, key: string | undefined): string | undefined {
  if (definition === 'group' && value.kind === 'list') return 'write `any: […]` or `all: […]` within it'
  const field = key !== undefined && (value.kind === 'scalar' || hasKey(value, 'op'))
  return field && definition.startsWith('group') ? `for a parameter of that name write ${quoted(`params.${key}`)}` : undefined
}
