/**
 * What a tool makes of its arguments before it runs with them: its schema adds defaults and turns what the model wrote into what it should have
 * written, `["/etc/passwd"]` into a text. That is what has to be decided.
 */

export interface Arguments {
  /** What the tool runs with, for the policy. */
  readonly seen: unknown
  /** A copy of what the model wrote, for the tool; absent where that is what is seen. */
  readonly given?: object
}

type Validate = (value: unknown) => unknown

/** What no schema can be asked about, does not take, or makes something else of than data, is seen as it is. */
export async function readBy(schema: unknown, args: unknown): Promise<Arguments> {
  const validate = validatorOf(schema)
  try {
    const given: unknown = structuredClone(args)
    const seen = fieldOf(await validate?.(given), 'value')
    return isMap(seen) && isMap(given) && isData(seen, DEEPEST) ? { seen, given } : { seen: args }
  } catch {
    return { seen: args }
  }
}

/** See https://standardschema.dev: zod has it since 3.24, schemas in JSON change nothing. */
function validatorOf(schema: unknown): Validate | undefined {
  const standard = fieldOf(schema, '~standard')
  const validate = fieldOf(standard, 'validate')
  return typeof validate === 'function' ? value => Reflect.apply(validate, standard, [value]) : undefined
}

function fieldOf(holder: unknown, key: string): unknown {
  return typeof holder === 'object' && holder !== null ? Reflect.get(holder, key) : undefined
}

const DEEPEST = 100

function isData(value: unknown, deepest: number): boolean {
  if (typeof value !== 'object' || value === null) return typeof value !== 'function' && typeof value !== 'symbol'
  if (deepest === 0) return false
  if (Array.isArray(value)) return value.every(each => isData(each, deepest - 1))
  return value instanceof Date || (isMap(value) && Object.values(value).every(each => isData(each, deepest - 1)))
}

function isMap(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}
