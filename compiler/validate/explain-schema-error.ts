/** One error of the schema → one diagnostic that says what to write. Errors that only repeat others give none. */
import type { Diagnostic } from '../diagnostic.js'
import { error } from '../diagnostics/problem.js'
import { quoted } from '../diagnostics/quoted.js'
import { suggest } from '../diagnostics/suggest.js'
import { entriesOf, type Located } from '../parse/located.js'
import type { Span } from '../source.js'
import { explainDialect, explainMissing, explainValueType, isMisspeltOp } from './explain-condition.js'
import { explainWord } from './explain-word.js'
import { hasKey } from './place.js'
import type { SchemaError } from './schema-error.js'

export function explainSchemaError(schemaError: SchemaError): Diagnostic | undefined {
  switch (schemaError.keyword) {
    case 'additionalProperties':
      return explainKey(schemaError)
    case 'propertyNames':
      return explainField(schemaError)
    case 'required':
      return schemaError.definition === 'statement' ? missingEffect(schemaError) : explainMissing(schemaError)
    case 'type':
      return explainTypeError(schemaError)
    case 'enum':
      return explainWord(schemaError)
    case 'not':
      return explainDialect(schemaError)
    case 'minLength':
    case 'minItems':
    case 'minProperties':
      return explainEmpty(schemaError)
    case 'pattern':
      return ['listValue', 'scalarsValue'].includes(schemaError.definition) ? explainValueType(schemaError) : explainSid(schemaError)
    case 'maxLength':
      return explainSid(schemaError)
    default:
      // `if`, `anyOf`: the errors of what they enclose are there besides.
      return undefined
  }
}

const parts: { readonly [definition: string]: string } = {
  file: 'a policy file',
  statement: 'a statement',
  test: 'a condition',
  tests: '`tests`',
  example: 'a test',
}

function explainKey({ place, definition, key, known }: SchemaError): Diagnostic | undefined {
  const span = keySpan(place.value, key)
  if (definition === 'test' && !hasKey(place.value, 'op') && !entriesOf(place.value).some(isMisspeltOp)) return undefined
  const help = definition === 'test' && key === 'operator' ? 'did you mean `op`?' : suggest(key, known)
  return error({ code: 'unknown-key', span, message: `unknown key ${quoted(key)} in ${parts[definition] ?? 'this map'}`, help })
}

function keySpan(map: Located, key: string): Span {
  return (map.kind === 'map' ? map.entries.get(key)?.keySpan : undefined) ?? map.span
}

function explainField({ place, key }: SchemaError): Diagnostic {
  const message = key === '' ? 'a field cannot be empty' : `${quoted(key)} is no field: a name is missing before, between or after its dots`
  return error({
    code: 'bad-field',
    span: keySpan(place.value, key),
    message,
    help: 'write names with one dot between them, as `params.command`',
  })
}

function missingEffect({ place: { value }, key }: SchemaError): Diagnostic {
  const span = entriesOf(value)[0]?.keySpan ?? value.span
  const help = `add \`${key}: deny\`, \`allow\` or \`review\``
  return error({ code: 'missing-key', span, message: `the statement has no ${quoted(key)}`, help })
}

function explainTypeError(schemaError: SchemaError): Diagnostic | undefined {
  const { definition, place } = schemaError
  // The same is said, and better, where the words are known.
  if (definition === 'effect' || definition === 'version') return undefined
  return definition === 'condition' && place.value.data === null ? noCondition(schemaError) : explainValueType(schemaError)
}

function noCondition({ place: { value, entry } }: SchemaError): Diagnostic {
  const message = `there is no condition on ${quoted(entry?.key ?? '')}`
  const help = 'write `{ op: exists }` or `{ op: not_exists }` to ask whether the field is there'
  return error({ code: 'empty-value', span: value.span, message, help })
}

function explainEmpty({ place: { value, entry }, definition }: SchemaError): Diagnostic {
  const subject = entry === undefined ? 'an item of this list' : quoted(entry.key)
  const help = definition === 'names' ? leaveOut(entry?.key ?? 'actions') : undefined
  return error({ code: 'empty-value', span: value.span, message: `${subject} cannot be empty`, help })
}

function leaveOut(key: string): string {
  return `leave ${quoted(key)} out${key === 'actions' ? ' for every action' : ''}`
}

/** Other patterns (of effects and fields) are reported where their words are known. */
function explainSid({ definition, keyword, place: { value } }: SchemaError): Diagnostic | undefined {
  if (definition !== 'sid') return undefined
  const message =
    keyword === 'maxLength' ? '`sid` is longer than 200 characters' : '`sid` must be of printable characters, and not only spaces'
  return error({ code: 'bad-sid', span: value.span, message })
}
