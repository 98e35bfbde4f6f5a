/** "Did you mean": the near miss, or else what would have been possible. */
import { nearest } from '../patterns/did-you-mean.js'
import { quoted, quotedList } from './quoted.js'

/** Longer texts are no misspelt names, and comparing them takes long. */
const NAME_LENGTH = 64
/** More names than that are no help in a line. */
const LISTED = 14

export function nearMiss(name: string, candidates: readonly string[]): string | undefined {
  return name.length > NAME_LENGTH ? undefined : nearest(name, candidates)
}

export function suggest(name: string, candidates: readonly string[]): string | undefined {
  const near = nearMiss(name, candidates)
  if (near !== undefined) return `did you mean ${quoted(near)}?`
  return candidates.length > LISTED ? undefined : `possible here: ${quotedList(candidates)}`
}
