/** Sources → one policy, or everything that is wrong with them. */
import type { Policy } from '../ast.js'
import type { Diagnostic } from '../diagnostic.js'
import { sortDiagnostics } from '../diagnostics/sort.js'
import type { Source } from '../source.js'
import { checkDefaults } from '../validate/check-defaults.js'
import { checkNegatives } from '../validate/check-negatives.js'
import { checkShape } from '../validate/check-shape.js'
import { checkSids } from '../validate/check-sids.js'
import { checkValues } from '../validate/check-values.js'
import { itemsOf, type Located, valueAt } from './located.js'
import { dialectAt, mergeSettings, readSettings } from './read-settings.js'
import { type ReadStatement, readStatement } from './read-statement.js'
import { readYaml } from './read-yaml.js'
import { insertVariables } from '../variables/insert-variables.js'
import { readVariables } from '../variables/read-variables.js'
import { readExpressions } from '../when/read-expressions.js'
import { Watch } from '../watch.js'

export interface ParsedPolicy {
  /** Undefined if and only if one of the diagnostics is an error. */
  readonly policy?: Policy
  /** Of all files, sorted by file and place. */
  readonly diagnostics: readonly Diagnostic[]
}

interface ReadFile {
  readonly root?: Located
  readonly statements: readonly ReadStatement[]
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * Reads, checks and merges the files of a policy, in the order given.
 * Nothing is thrown for what a file says, and a mistake in one file hides none in another.
 */
export function parsePolicy(sources: readonly Source[], watch = new Watch()): ParsedPolicy {
  const files = sources.map(source => readFile(source, watch))
  const roots = files.flatMap(({ root }) => root ?? [])
  const statements = files.flatMap(file => file.statements.map(({ statement }) => statement))
  const found = [
    ...files.flatMap(file => [...file.diagnostics, ...file.statements.flatMap(read => read.diagnostics)]),
    ...watch.time('validate', () => [...checkSids(roots, generatedSid), ...checkDefaults(roots), ...checkNegatives(statements)]),
  ]
  const diagnostics = sortDiagnostics(found, sources)
  if (diagnostics.some(({ severity }) => severity === 'error')) return { diagnostics }
  return { policy: { ...mergeSettings(roots.map(readSettings)), statements }, diagnostics }
}

function readFile(source: Source, watch: Watch): ReadFile {
  const { root, diagnostics } = watch.time('parse', () => readYaml(source))
  if (root === undefined) return { statements: [], diagnostics }
  const declared = readVariables(root)
  const inserted = insertVariables(root, declared.variables)
  const shape = watch.time('validate', () => checkShape(inserted.value))
  const values = watch.time('validate', () => checkValues(root))
  const dialect = dialectAt(root) ?? 'python'
  const expressions = watch.time('parse', () => readExpressions(inserted.value, dialect, declared.variables))
  const statements = watch.time('parse', () =>
    itemsOf(valueAt(inserted.value, 'statements')).flatMap((located, index) =>
      shape.badStatements.has(index)
        ? []
        : [readStatement(located, generatedSid(root, index), dialect, expressions.conditions.get(located))],
    ),
  )
  const found = [declared, inserted, shape, expressions].flatMap(each => each.diagnostics)
  return { root, statements, diagnostics: [...diagnostics, ...found, ...values] }
}

/** Stable as long as neither the file's name nor the statement's place in it changes. */
function generatedSid(root: Located, index: number): string {
  return `${root.span.source.path.replace(/\.ya?ml$/, '')}#${index + 1}`
}
