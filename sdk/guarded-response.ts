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

/**
 * What is asked for as a file passes, and so does what is no success: errors tell of no calls. Anything else is read as what it is and not as
 * what it is called: clients go by what they asked for, and proxies call streams of events whatever they like.
 * @param isFile whether the request asks for no answer of a model
 */
export async function guardedResponse(response: Response, guard: AnswerGuard, isFile: boolean): Promise<Response> {
  const type = (response.headers.get('content-type') ?? '').toLowerCase()
  if (!response.ok || response.body === null || MEDIA.test(type) || (isFile && !ANSWER.test(type))) return response
  if (type.includes('text/event-stream')) return withStream(response, new GuardedBody(bytesOf(response), guard.stream()))
  return opened(response, guard)
}

const MEDIA = /^(?:audio|font|image|video)\//
const ANSWER = /^$|[/+]json\b|^text\/event-stream/

/** One JSON text or events, as the first character tells. */
async function opened(response: Response, guard: AnswerGuard): Promise<Response> {
  const source = bytesOf(response)
  const first = await firstBytes(source)
  if (/^\s*[[{]/.test(first.text)) return whole(response, first.text + (await restOf(source, first.decoder)), guard)
  return withStream(response, new GuardedBody(startingWith(first.bytes, source), guard.stream()))
}

/** As many as it takes to see what the body is. */
async function firstBytes(source: AsyncIterator<Uint8Array>) {
  const decoder = new TextDecoder()
  const bytes: Uint8Array[] = []
  let text = ''
  while (!/\S/.test(text)) {
    const read = await source.next()
    if (read.done === true) break
    bytes.push(read.value)
    text += decoder.decode(read.value, { stream: true })
  }
  return { decoder, bytes, text }
}

async function restOf(source: AsyncIterator<Uint8Array>, decoder: InstanceType<typeof TextDecoder>): Promise<string> {
  let text = ''
  for (;;) {
    const read = await source.next()
    if (read.done === true) return text + decoder.decode()
    text += decoder.decode(read.value, { stream: true })
  }
}

function startingWith(first: readonly Uint8Array[], source: AsyncIterator<Uint8Array>): AsyncIterator<Uint8Array> {
  const left = [...first]
  return {
    async next() {
      const value = left.shift()
      return value === undefined ? source.next() : { done: false, value }
    },
    return: async () => (await source.return?.()) ?? { done: true, value: undefined },
  }
}

async function whole(response: Response, text: string, guard: AnswerGuard): Promise<Response> {
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
