/** The door through which untyped requests come in. */
import { AbstractString } from './abstract-string.js'
import type { Call, Request, ValueMap } from './request.js'

/** A request that is not one: the caller's mistake, and never an allow. */
export class RequestError extends Error {
  override readonly name = 'RequestError'
}

/**
 * Takes `{ action, params?, context? }` as a request.
 * @throws RequestError where the action is no non-empty string, or params or context is no map
 */
export function checkRequest(value: unknown): Request {
  if (!isPlainMap(value)) throw new RequestError('a request is a map with `action`, `params` and `context`')
  const { action, params = {}, context = {} } = value
  if (typeof action !== 'string' || action === '') throw new RequestError('`action` must be a non-empty string')
  if (!isPlainMap(params)) throw new RequestError('`params` must be a map')
  if (!isPlainMap(context)) throw new RequestError('`context` must be a map')
  return { action, params, context }
}

/** A request that stands for itself: a whole without parts. */
export function wholeCall(request: Request): Call {
  return [{ role: 'whole', request }]
}

/** What a map holds is checked where it is read: a value of a foreign type makes an operator unknown. */
function isPlainMap(value: unknown): value is ValueMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof AbstractString)
}
