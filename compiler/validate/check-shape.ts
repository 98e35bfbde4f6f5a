/** Whether a file has the shape of a policy: one diagnostic for each mistake, and which statements are free of them. */
import type { Diagnostic } from '../diagnostic.js'
import { error } from '../diagnostics/problem.js'
import { entriesOf, itemsOf, type Located, valueAt } from '../parse/located.js'
import { checkGroups } from './check-groups.js'
import { explainSchemaError } from './explain-schema-error.js'
import { hasKey } from './place.js'
import { type FoundError, schemaErrors, testErrors } from './schema.js'
import { schemaError } from './schema-error.js'

export interface CheckedShape {
  readonly diagnostics: readonly Diagnostic[]
  /** The places in `statements` of those that the schema does not accept. */
  readonly badStatements: ReadonlySet<number>
}

export function checkShape(root: Located): CheckedShape {
  const legacy = legacyRules(root)
  if (legacy !== undefined) return { diagnostics: [legacy], badStatements: everyStatement(root) }
  const errors = schemaErrors(root.data)
  const found = [...explained(root, errors), ...checkGroups(root)]
  const bad = new Set(errors.flatMap(({ error }) => statementIndex(error.instancePath)))
  // Where a key is misspelt, missing statements are no second mistake.
  return { diagnostics: found.length > 0 ? found : noStatements(root), badStatements: bad }
}

/** Whether `{ op: …, value: … }` is a test. */
export function checkTest(test: Located): readonly Diagnostic[] {
  return explained(test, testErrors(test.data))
}

/** The first diagnostic of each value; unknown keys are about the key, so each counts. */
function explained(root: Located, errors: readonly FoundError[]): readonly Diagnostic[] {
  const byPlace = new Map<string, Diagnostic>()
  for (const each of errors) {
    const diagnostic = explainSchemaError(schemaError(root, each))
    if (diagnostic === undefined) continue
    const place = `${diagnostic.span.start}:${diagnostic.span.end}`
    if (!byPlace.has(place)) byPlace.set(place, diagnostic)
  }
  return [...byPlace.values()]
}

function legacyRules(root: Located): Diagnostic | undefined {
  const rules = root.kind === 'map' ? root.entries.get('rules') : undefined
  if (rules === undefined) return undefined
  const message = 'this file is in the legacy format with `rules:`'
  const help = `run \`agsec migrate ${rules.keySpan.source.path}\` to rewrite it to statements`
  return error({ code: 'legacy-rules', span: rules.keySpan, message, help })
}

function everyStatement(root: Located): ReadonlySet<number> {
  return new Set(itemsOf(valueAt(root, 'statements')).keys())
}

function statementIndex(path: string): readonly number[] {
  const index = /^\/statements\/(\d+)/.exec(path)?.[1]
  return index === undefined ? [] : [Number(index)]
}

const settings = ['default', 'on_possible', 'on_unknown', 'effects']

/** A file may set the default alone, but a file that says nothing is a mistake. */
function noStatements(root: Located): readonly Diagnostic[] {
  if (root.kind !== 'map' || settings.some(key => hasKey(root, key))) return []
  const statements = valueAt(root, 'statements')
  if (statements !== undefined && (statements.kind !== 'list' || statements.items.length > 0)) return []
  const span = statements?.span ?? entriesOf(root)[0]?.keySpan ?? root.span
  const help = 'write statements, or delete the file'
  return [error({ code: 'no-statements', span, message: 'the file has no statements', help })]
}
