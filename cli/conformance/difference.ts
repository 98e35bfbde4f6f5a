/** The first field in which two results differ, as people read it; undefined where they are the same. */
export function firstDifference(expected: unknown, found: unknown, field = ''): string | undefined {
  if (Object.is(expected, found)) return undefined
  if (!isObject(expected) || !isObject(found) || Array.isArray(expected) !== Array.isArray(found)) {
    return `${field === '' ? 'the result' : `\`${field}\``}: expected ${shown(expected)}, found ${shown(found)}`
  }
  for (const key of new Set([...Object.keys(expected), ...Object.keys(found)])) {
    const difference = firstDifference(expected[key], found[key], field === '' ? key : `${field}.${key}`)
    if (difference !== undefined) return difference
  }
  return undefined
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

function shown(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value)
}
