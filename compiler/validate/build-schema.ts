/**
 * Builds `dist/policy-schema.cjs`, the published JSON Schema as code.
 * To load the library and to compile the schema takes longer than to compile most policies.
 */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Ajv2020, type AnySchemaObject } from 'ajv/dist/2020.js'
import standalone from 'ajv/dist/standalone/index.js'
import { buildLibrary } from '../build-library.js'
import { CHECKS_FILE } from './schema.js'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const schema: AnySchemaObject = JSON.parse(readFileSync(`${root}compiler/schema/policy.schema.json`, 'utf8'))

for (const [name, definition] of Object.entries<AnySchemaObject>(schema['$defs'])) nameParts(definition, name)

// That the schema is one is for the tests to find out.
const ajv = new Ajv2020({
  allErrors: true,
  strict: true,
  allowUnionTypes: true,
  verbose: true,
  ownProperties: true,
  validateSchema: false,
  code: { source: true },
})
const id = String(schema['$id'])
ajv.addSchema(schema)
buildLibrary(CHECKS_FILE, standalone.default(ajv, { file: id, test: `${id}#/$defs/test` }), ['ajv/LICENSE'])

/** Writes into every part of a definition which one it belongs to: the path that an error gives starts anew in some. */
function nameParts(part: AnySchemaObject, name: string): void {
  for (const [keyword, value] of Object.entries<unknown>(part)) {
    if (typeof value !== 'object' || value === null) continue
    const parts = Array.isArray(value) || keyword === 'properties' ? Object.values(value) : [value]
    for (const each of parts) if (typeof each === 'object' && each !== null) nameParts(each, name)
  }
  part['$comment'] = name
}
