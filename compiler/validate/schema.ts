/** The published JSON Schema, run. */
import { Ajv2020, type AnySchemaObject, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js'
import type { Json } from '../ast.js'
import { readPackageFile } from '../package-root.js'

interface CompiledSchema {
  readonly validate: ValidateFunction
  readonly validateTest: ValidateFunction
  /** Each part of the schema → the definition that it belongs to; parts of the schema itself are in none. */
  readonly definitions: ReadonlyMap<AnySchemaObject, string>
}

export interface FoundError {
  readonly error: ErrorObject
  /** The name of the definition that is violated; `file` for the schema itself. */
  readonly definition: string
}

let compiled: CompiledSchema | undefined

/** The errors of a policy file. */
export function schemaErrors(data: Json): readonly FoundError[] {
  return errorsOf(data, schema().validate)
}

/** The errors of one `{ op: …, value: … }`. */
export function testErrors(data: Json): readonly FoundError[] {
  return errorsOf(data, schema().validateTest)
}

/** Compiled when the first file is checked: commands that compile nothing do not pay for it. */
function schema(): CompiledSchema {
  return (compiled ??= compileSchema())
}

function errorsOf(data: Json, validate: ValidateFunction): readonly FoundError[] {
  if (validate(data)) return []
  const { definitions } = schema()
  // The path that an error gives starts anew in some definitions, so the part of the schema itself tells.
  return (validate.errors ?? []).map(error => ({ error, definition: definitions.get(error.parentSchema ?? {}) ?? 'file' }))
}

function compileSchema(): CompiledSchema {
  const schema: AnySchemaObject = JSON.parse(readPackageFile('compiler/schema/policy.schema.json'))
  // That the schema is one is for the tests to find out: it is the same every time.
  const ajv = new Ajv2020({
    allErrors: true,
    strict: true,
    allowUnionTypes: true,
    verbose: true,
    ownProperties: true,
    validateSchema: false,
  })
  const validate = ajv.compile(schema)
  const validateTest = ajv.getSchema(`${String(schema['$id'])}#/$defs/test`)
  if (validateTest === undefined) throw new Error('the schema has no definition of a test')
  return { validate, validateTest, definitions: definitionsOf(schema) }
}

function definitionsOf(schema: AnySchemaObject): ReadonlyMap<AnySchemaObject, string> {
  const definitions = new Map<AnySchemaObject, string>()
  for (const [name, definition] of Object.entries(schema['$defs'] ?? {})) addParts(definition, name, definitions)
  return definitions
}

function addParts(part: unknown, name: string, definitions: Map<AnySchemaObject, string>): void {
  if (typeof part !== 'object' || part === null) return
  definitions.set(part, name)
  for (const child of Object.values(part)) addParts(child, name, definitions)
}
