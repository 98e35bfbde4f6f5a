/** Kleene's three values, by name. */
export type Truth = 'true' | 'unknown' | 'false'

export function not(value: Truth): Truth {
  if (value === 'unknown') return 'unknown'
  return value === 'true' ? 'false' : 'true'
}

/** False if one is false, true if all are true, and so true of none. */
export function allOf(values: readonly Truth[]): Truth {
  if (values.includes('false')) return 'false'
  return values.includes('unknown') ? 'unknown' : 'true'
}

/** True if one is true, false if all are false, and so false of none. */
export function anyOf(values: readonly Truth[]): Truth {
  if (values.includes('true')) return 'true'
  return values.includes('unknown') ? 'unknown' : 'false'
}

export function truth(value: boolean): Truth {
  return value ? 'true' : 'false'
}
