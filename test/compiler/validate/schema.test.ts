import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect, it } from 'vitest'

it('the published schema is one', () => {
  const schema: object = JSON.parse(readFileSync(join(import.meta.dirname, '../../../compiler/schema/policy.schema.json'), 'utf8'))
  const ajv = new Ajv2020()
  expect([ajv.validateSchema(schema), ajv.errors]).toEqual([true, null])
})
