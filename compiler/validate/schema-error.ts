/** A schema error with the place that it is about. */
import type { Located } from '../parse/located.js'
import { type Place, placeAt } from './place.js'
import type { FoundError } from './schema.js'

export interface SchemaError {
  readonly keyword: string
  /** The key that is unknown or missing, for the keywords that are about one. */
  readonly key: string
  readonly place: Place
  /** The definition of the schema that it comes from; `file` for the schema itself. */
  readonly definition: string
  /** The words or keys that the schema knows there. */
  readonly known: readonly string[]
  /** The types that the schema expects. */
  readonly types: readonly string[]
}

export function schemaError(root: Located, { error, definition }: FoundError): SchemaError {
  const { params, parentSchema = {} } = error
  return {
    keyword: error.keyword,
    key: String(params['additionalProperty'] ?? params['missingProperty'] ?? params['propertyName'] ?? ''),
    place: placeAt(root, error.instancePath),
    definition,
    known: [parentSchema['enum'] ?? Object.keys(parentSchema['properties'] ?? {})].flat().map(String),
    types: [parentSchema['type'] ?? []].flat().map(String),
  }
}
