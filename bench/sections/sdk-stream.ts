/** What a guarded client adds to a streamed answer: 10,000 pieces of text, each a read of its own, through a client of OpenAI's. */
import OpenAI from 'openai'
import { createGuard } from '../../sdk/index.js'
import { protect } from '../../sdk/openai.js'
import type { Built } from '../built.js'
import type { Effort } from '../effort.js'
import { measurePaired } from '../paired.js'
import { duration, type Section } from '../report.js'

const PIECES = 10_000
/** What a fast model gives in a second. */
const PIECES_PER_SECOND = 200

export async function measureStream(built: readonly Built[], effort: Effort): Promise<Section> {
  const [first] = built
  if (first === undefined) return { tables: [], figures: {} }
  const guard = createGuard({ bundle: first.bundlePath })
  if (guard.problem !== undefined) throw new Error(guard.problem)
  const [plain, guarded] = await measurePaired(
    [
      { name: 'as it is', units: PIECES, run: () => readAll(client()) },
      { name: 'guarded', units: PIECES, run: () => readAll(protect(client(), guard)) },
    ],
    effort,
  )
  const added = (guarded?.ns ?? Number.NaN) - (plain?.ns ?? Number.NaN)
  const share = (added * PIECES_PER_SECOND) / 1e9
  return {
    figures: { 'sdk.streamShare': 1 + share, 'sdk.streamToClient': guarded?.ratio ?? Number.NaN },
    tables: [
      {
        title: `A streamed answer of ${PIECES.toLocaleString('en')} pieces`,
        columns: ['client', 'of the processor, a piece', 'to the client as it is'],
        rows: [plain, guarded].map(each => [each?.name ?? '', duration(each?.ns ?? Number.NaN), (each?.ratio ?? Number.NaN).toFixed(2)]),
        notes: [`of an answer that comes at ${PIECES_PER_SECOND} pieces a second the guard takes ${(100 * share).toFixed(2)} %`],
      },
    ],
  }
}

const BODY = body()

function body(): readonly Uint8Array[] {
  const encoder = new TextEncoder()
  const event = (choice: object) =>
    encoder.encode(`data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm', choices: [choice] })}\n\n`)
  const pieces = Array.from({ length: PIECES }, (_, i) => event({ index: 0, delta: { content: `word${i} ` }, finish_reason: null }))
  return [...pieces, event({ index: 0, delta: {}, finish_reason: 'stop' }), encoder.encode('data: [DONE]\n\n')]
}

function client(): OpenAI {
  const answer = async () => {
    let next = 0
    const stream = new ReadableStream<Uint8Array>({
      pull(controller) {
        const piece = BODY[next++]
        if (piece === undefined) controller.close()
        else controller.enqueue(piece)
      },
    })
    return new Response(stream, { headers: { 'content-type': 'text/event-stream' } })
  }
  return new OpenAI({ apiKey: 'none', fetch: answer })
}

/** @throws where a piece is lost */
async function readAll(openai: OpenAI): Promise<void> {
  let pieces = 0
  const stream = await openai.chat.completions.create({ model: 'm', messages: [{ role: 'user', content: 'x' }], stream: true })
  for await (const chunk of stream) if (chunk.choices[0]?.delta.content !== undefined) pieces++
  if (pieces !== PIECES) throw new Error(`expected ${PIECES} pieces, found ${pieces}`)
}
