/** The operators `has`, `has_any` and `has_all`: which elements a list holds. */
import type { AbstractString } from './abstract-string.js'
import { equals } from './equality.js'
import { and, FALSE, type Kleene, or, TRUE, UNKNOWN } from './kleene.js'
import type { Value } from './request.js'
import { asText, isList } from './value.js'

/** How the numbers in a test are read: constants of the policy, and patterns over texts. */
export interface WantedReader {
  constant(index: number): Value
  match(text: string | AbstractString, pattern: number): Kleene
}

/**
 * @param wanted pairs: 0 and a constant, or 1 and the pattern of a glob
 * @param all whether each of them must be there, or one is enough
 * @returns unknown for what is no list
 */
export function hasTest(value: Value, wanted: readonly number[], all: boolean, reader: WantedReader): Kleene {
  if (!isList(value)) return UNKNOWN
  let result: Kleene = all ? TRUE : FALSE
  for (let i = 0; i < wanted.length; i += 2) {
    const one = holds(value, wanted[i] === 1, wanted[i + 1] as number, reader) // pairs
    result = all ? and(result, one) : or(result, one)
  }
  return result
}

function holds(list: readonly Value[], isPattern: boolean, index: number, reader: WantedReader): Kleene {
  const wanted = isPattern ? undefined : reader.constant(index)
  let result: Kleene = FALSE
  for (const item of list) result = or(result, wanted === undefined ? matches(item, index, reader) : isEqual(item, wanted))
  return result
}

function matches(item: Value, pattern: number, reader: WantedReader): Kleene {
  const text = asText(item)
  return text === undefined ? FALSE : reader.match(text, pattern)
}

/** A text that is wanted is compared with the texts of the elements. */
function isEqual(item: Value, wanted: Value): Kleene {
  return equals(typeof wanted === 'string' ? (asText(item) ?? null) : item, wanted)
}
