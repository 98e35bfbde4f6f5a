import { parse } from 'yaml'
import { UsageError } from '../usage-error.js'
import type { NewCondition } from './add-statement.js'

/** Operators whose value is text, whatever it looks like: `params.command:contains:42` means the text `42`. */
const TEXT_OPERATORS: ReadonlySet<string> = new Set(
  ['contains', 'starts_with', 'ends_with', 'regex', 'matches', 'glob', 'path', 'within', 'host', 'cidr', 'has'].flatMap(name => [
    name,
    `not_${name}`,
  ]),
)
const LIST_OPERATORS: ReadonlySet<string> = new Set(['path', 'within', 'host', 'cidr'].flatMap(name => [name, `not_${name}`]))
const BARE_OPERATORS: ReadonlySet<string> = new Set(['exists', 'not_exists'])

/** Reads `KEY:OP:VALUE`; the value may hold colons, and for operators over any type it is read as YAML (`5`, `true`, `[a, b]`). */
export function parseConditionFlag(flag: string): NewCondition {
  const [field = '', operator = '', ...rest] = flag.split(':')
  if (field === '' || operator === '') throw new UsageError(`expected KEY:OP:VALUE, found \`${flag}\``, EXAMPLE)
  if (BARE_OPERATORS.has(operator) && rest.length === 0) return { field, operator }
  if (rest.length === 0) throw new UsageError(`the condition \`${flag}\` has no value`, EXAMPLE)
  return { field, operator, value: valueOf(flag, operator, rest.join(':')) }
}

const EXAMPLE = 'for example `params.command:regex:^git push`, `params.amount:>:1000` or `params.note:exists`'

function valueOf(flag: string, operator: string, text: string): unknown {
  const list = LIST_OPERATORS.has(operator) && text.startsWith('[') && text.endsWith(']')
  if (TEXT_OPERATORS.has(operator) && !list) return text
  try {
    return parse(text)
  } catch {
    throw new UsageError(`the value of the condition \`${flag}\` is not valid YAML`, "quote it: `KEY:==:'some text'`")
  }
}
