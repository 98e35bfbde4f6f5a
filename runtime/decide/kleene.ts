/** Kleene's three truth values, ordered so that `and` is the minimum and `or` the maximum. */
export const FALSE = 0
export const UNKNOWN = 1
export const TRUE = 2
export type Kleene = typeof FALSE | typeof UNKNOWN | typeof TRUE

export function not(value: Kleene): Kleene {
  return value === TRUE ? FALSE : value === FALSE ? TRUE : UNKNOWN
}

export function and(a: Kleene, b: Kleene): Kleene {
  return a < b ? a : b
}

export function or(a: Kleene, b: Kleene): Kleene {
  return a > b ? a : b
}

/** The value of a test of which some completions hold and some fail. */
export function fromCompletions(someHold: boolean, someFail: boolean): Kleene {
  return someHold ? (someFail ? UNKNOWN : TRUE) : FALSE
}
