/** A word that is none of those possible there. */
import type { Diagnostic } from '../diagnostic.js'
import { error } from '../diagnostics/problem.js'
import { quoted, quotedList } from '../diagnostics/quoted.js'
import { suggest } from '../diagnostics/suggest.js'
import type { Located } from '../parse/located.js'
import { explainOperator } from './explain-condition.js'
import type { SchemaError } from './schema-error.js'
import { asWritten, found } from './words.js'
import { explainType } from './wrong-type.js'

export function explainWord(schemaError: SchemaError): Diagnostic | undefined {
  const { value } = schemaError.place
  switch (schemaError.definition) {
    case 'version':
      return unknownVersion(value)
    case 'effect':
      return unknownEffect(schemaError)
    case 'operator':
      return explainOperator(schemaError)
    default:
      return typeof value.data === 'string' ? unknownValue(schemaError, value.data) : undefined
  }
}

function unknownValue({ place, known }: SchemaError, word: string): Diagnostic {
  const key = place.entry?.key ?? 'this'
  const message = `unknown value ${quoted(word)} of ${quoted(key)}, expected ${quotedList(known)}`
  return error({ code: 'unknown-value', span: place.value.span, message, help: didYouMean(word, known) })
}

/** The possible words are in the message already. */
function didYouMean(word: string, known: readonly string[]): string | undefined {
  const help = suggest(word, known)
  return help?.startsWith('did') === true ? help : undefined
}

function unknownVersion(value: Located): Diagnostic {
  const message = `unknown version ${quoted(asWritten(value))}, expected \`"1.0"\` or \`"1.1"\``
  const help = value.data === 1.1 ? 'write it in quotes: `version: "1.1"`' : undefined
  return error({ code: 'unsupported-version', span: value.span, message, help })
}

// What people write who think of an effect as a switch.
const NO = ['no', 'off', 'false', 'never', 'forbid', 'reject', 'disallow', 'prohibit']
const YES = ['yes', 'on', 'true', 'permit', 'accept']
const ASK = ['ask', 'confirm', 'prompt', 'approve', 'warn']

function unknownEffect(schemaError: SchemaError): Diagnostic {
  const { value, entry } = schemaError.place
  const { data } = value
  if (typeof data !== 'string' && typeof data !== 'boolean') return explainType({ ...schemaError, types: ['string'] })
  const subject =
    typeof data === 'string' ? `unknown effect ${quoted(data)}` : `${quoted(entry?.key ?? 'effect')} cannot be ${found(value)}`
  const message = `${subject}, expected ${quotedList(['allow', 'deny', 'review'])}`
  return error({ code: 'unknown-effect', span: value.span, message, help: meantEffect(String(data), schemaError.known) })
}

function meantEffect(word: string, known: readonly string[]): string | undefined {
  const lower = word.toLowerCase()
  const meant = NO.includes(lower) ? 'deny' : YES.includes(lower) ? 'allow' : ASK.includes(lower) ? 'review' : undefined
  return meant === undefined ? didYouMean(word, known) : `did you mean ${quoted(meant)}?`
}
