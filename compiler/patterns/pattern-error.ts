/** What is wrong with a pattern, and where. */
export interface PatternError {
  /** A code of the catalogue, kebab-case. */
  readonly code: string
  readonly message: string
  /** UTF-16 offset and length within the pattern's text. */
  readonly offset: number
  readonly length: number
  readonly help?: string
}

/**
 * How the recursive readers and builders of this folder leave early. It never leaves the folder: the public functions catch it and
 * return its error as a value.
 */
export class PatternRejected extends Error {
  constructor(readonly error: PatternError) {
    super(error.message)
  }
}

export function reject(code: string, message: string, offset: number, length: number, help?: string): never {
  throw new PatternRejected({ code, message, offset, length, ...(help === undefined ? {} : { help }) })
}

/** Runs `read`, giving the error of a rejected pattern as a value; any other exception is a bug and goes on. */
export function orError<T>(read: () => T): T | PatternError {
  try {
    return read()
  } catch (thrown) {
    if (thrown instanceof PatternRejected) return thrown.error
    throw thrown
  }
}
