/** An answer of `fetch` in which nothing passes that was not decided, however its body is read. */
import { type Fields, GuardedBody, type StreamGuard, tells } from './guarded-body.js'

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
  if (type.includes('text/event-stream')) return streamed(response, guard.stream())
  return /[/+]json\b/.test(type) ? whole(response, guard) : response
}

async function whole(response: Response, guard: AnswerGuard): Promise<Response> {
  const text = await response.text()
  try {
    return like(response, tells(text) ? await guardedText(text, guard) : text)
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

/**
 * The body is a stream like any other, which gives only what was decided; the loop that clients read events with asks the guarded
 * bytes directly.
 */
function streamed(response: Response, guard: StreamGuard): Response {
  const body = new GuardedBody(sourceOf(response), guard)
  const stream = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await body.next()
        if (done === true) controller.close()
        else controller.enqueue(value)
      },
      async cancel() {
        await body.return()
      },
    },
    { highWaterMark: 0 },
  )
  Object.defineProperty(stream, Symbol.asyncIterator, { value: () => body })
  return like(response, stream)
}

/** Streams of the web are read by their reader, which is faster than their iterator; those of Node, which older clients have, by theirs. */
function sourceOf({ body }: Response): AsyncIterator<Uint8Array> {
  if (body === null) throw new Error('an answer without a body')
  // What older clients call a body is a stream of Node.
  if (typeof body.getReader !== 'function') return (body as AsyncIterable<Uint8Array>)[Symbol.asyncIterator]()
  const reader = body.getReader()
  return {
    // What is read is bytes or nothing, as an iterator says it.
    next: () => reader.read() as Promise<IteratorResult<Uint8Array>>,
    async return() {
      await reader.cancel()
      return { done: true, value: undefined }
    },
  }
}

function like(response: Response, body: string | ReadableStream): Response {
  const headers = new Headers([...response.headers])
  // Of the bytes that came, which are others now.
  for (const name of ['content-length', 'content-encoding', 'transfer-encoding']) headers.delete(name)
  const { status, statusText, url } = response
  return Object.defineProperty(new Response(body, { status, statusText, headers }), 'url', { value: url })
}
