/** What comes of a command, and of several of which one runs. */
import type { Output } from '../programs/model.js'
import { freshEnd, MORE, withoutMore } from '../noted-holes.js'
import { AbstractString } from '../../decide/abstract-string.js'
import { ANY, join, lengthOf } from '../text.js'
import { MAX_LENGTH } from './pieces.js'
import type { Shell } from './shell.js'
import { keyOf } from './state.js'

/** What a command prints, where that is known, and whether it succeeds, where that is known. */
export interface Result {
  readonly output: Output
  readonly status: boolean | undefined
}

export const DONE: Result = { output: '', status: true }
export const UNKNOWN: Result = { output: undefined, status: undefined }

export function concatenate(outputs: readonly Output[]): Output {
  const length = outputs.reduce((sum, output) => sum + (output === undefined ? 0 : lengthOf(output)), 0)
  if (length > MAX_LENGTH || (length === 0 && outputs.includes(undefined))) return undefined
  const [only] = outputs
  if (outputs.length === 1 && only !== undefined) return typeof only === 'string' ? only : AbstractString.of(only.parts)
  return join(...outputs.map(output => output ?? ANY))
}

/** What all alternatives have in common. */
export function allAgree<T>(alternatives: readonly (T | undefined)[]): T | undefined {
  const [first] = alternatives
  return alternatives.every(each => each === first) ? first : undefined
}

/** The one text among them that is known, or anything else: what is made of a listing. New names stay new. */
function perhaps(results: readonly Result[]): Output {
  const [end, ...ends] = results.map(({ output }) => (output === undefined ? undefined : freshEnd(output)))
  if (end !== undefined && ends.every(each => each !== undefined && keyOf(each) === keyOf(end))) return join(ANY, end)
  const texts = results.map(({ output }) => (output === undefined || typeof output === 'string' ? output : withoutMore(output)))
  const [known, ...others] = new Set(texts.filter(text => typeof text === 'string' && text !== ''))
  return known === undefined || others.length > 0 ? undefined : join(known, MORE)
}

/** Runs one of several possibilities, it is not known which. */
export function eachApart<T>(shell: Shell, alternatives: readonly T[], run: (alternative: T) => Result): Result {
  if (alternatives.length === 0) return DONE
  if (alternatives.length === 1) return run(alternatives[0] as T) // the only one
  const before = shell.state
  const results: Result[] = []
  let after: Shell['state'] | undefined
  for (const alternative of alternatives) {
    shell.state = before.copy()
    results.push(run(alternative))
    if (after === undefined) after = shell.state
    else after.join(shell.state)
  }
  shell.state = after ?? before
  const [{ output, status } = UNKNOWN] = results
  return {
    output: results.every(each => each.output === output) ? output : perhaps(results),
    status: results.every(each => each.status === status) ? status : undefined,
  }
}
