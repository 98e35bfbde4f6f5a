/** The published JSON Schema, run. */
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import type { ErrorObject, ValidateFunction } from 'ajv'
import type { Json } from '../ast.js'
import { packageFile } from '../package-root.js'

/** The schema as code, built with the package: see `build-schema.ts`. */
export const CHECKS_FILE = 'dist/policy-schema.cjs'

export interface FoundError {
  readonly error: ErrorObject
  /** The name of the definition that is violated; `file` for the schema itself. */
  readonly definition: string
}

let checks: { readonly file: ValidateFunction; readonly test: ValidateFunction } | undefined

/** The errors of a policy file. */
export function schemaErrors(data: Json): readonly FoundError[] {
  return errorsOf(data, loadChecks().file)
}

/** The errors of one `{ op: …, value: … }`. */
export function testErrors(data: Json): readonly FoundError[] {
  return errorsOf(data, loadChecks().test)
}

/** Loaded when the first file is checked: commands that compile nothing do not pay for it. */
function loadChecks() {
  return (checks ??= createRequire(import.meta.url)(fileURLToPath(packageFile(CHECKS_FILE))) as NonNullable<typeof checks>)
}

function errorsOf(data: Json, check: ValidateFunction): readonly FoundError[] {
  if (check(data)) return []
  return (check.errors ?? []).map(error => ({ error, definition: String(error.parentSchema?.['$comment'] ?? 'file') }))
}
