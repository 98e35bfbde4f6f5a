/** Answers of `fetch` with another body. */

/** Streams of the web are read by their reader, which is faster than their iterator; those of Node, which older clients have, by theirs. */
export function bytesOf({ body }: Response): AsyncIterator<Uint8Array> {
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

/** A body that gives its bytes when it is asked, and ends what it has them from when it is left. */
export interface Body extends AsyncIterableIterator<Uint8Array> {
  return(): Promise<IteratorResult<Uint8Array>>
}

/** The body is a stream like any other; the loop that clients read events with asks the bytes directly. */
export function withStream(response: Response, body: Body): Response {
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
  return withBody(response, stream)
}

export function withBody(response: Response, body: string | ReadableStream): Response {
  const { status, statusText, url, headers } = response
  const copy = new Response(body, { status, statusText, headers })
  // Of the bytes that came, which are others now.
  for (const name of ['content-length', 'content-encoding', 'transfer-encoding']) copy.headers.delete(name)
  return Object.defineProperty(copy, 'url', { value: url })
}
