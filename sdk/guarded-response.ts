/** An answer of `fetch` in which nothing passes that was not decided, however its body is read. */
import { type Fields, GuardedBody, type StreamGuard, tells } from './guarded-body.js'
import { bytesOf, withBody, withStream } from './response-body.js'

export interface AnswerGuard {
  /** What takes the place of a whole answer; the same object where nothing has to change. */
  readonly whole: (body: Fields) => Promise<Fields>
  readonly stream: () => StreamGuard
}

/** An answer that cannot be given without what is refused. */
export class RefusedAnswer extends Error {
  override readonly name = 'RefusedAnswer'
}

/** What is neither JSON nor a stream of events (files, audio) passes, and so does what is no success: errors tell of no calls. */
export async function guardedResponse(response: Response, guard: AnswerGuard): Promise<Response> {
  const type = response.headers.get('content-type') ?? ''
  if (!response.ok || response.body === null) return response
  if (type.includes('text/event-stream')) return withStream(response, new GuardedBody(bytesOf(response), guard.stream()))
  return /[/+]json\b/.test(type) ? whole(response, guard) : response
}

async function whole(response: Response, guard: AnswerGuard): Promise<Response> {
  const text = await response.text()
  try {
    return withBody(response, tells(text) ? await guardedText(text, guard) : text)
  } catch (error) {
    if (error instanceof RefusedAnswer) return forbidden(error.message)
    throw error
  }
}

/** As a provider says it: clients turn it into their error for what is not permitted, and do not try again. */
function forbidden(message: string): Response {
  const error = { message, type: 'policy_violation', param: null, code: 'POLICY_VIOLATION' }
  return new Response(JSON.stringify({ error }), { status: 403, headers: { 'content-type': 'application/json' } })
}

async function guardedText(text: string, guard: AnswerGuard): Promise<string> {
  const body: unknown = JSON.parse(text)
  if (typeof body !== 'object' || body === null) return text
  const passing = await guard.whole(body as Fields) // JSON has no other objects than maps and lists, whose fields are read by name alone
  return passing === body ? text : JSON.stringify(passing)
}
