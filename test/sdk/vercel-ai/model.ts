/** A middleware before tools that nothing here runs, as those of a browser are. */
import assert from 'node:assert/strict'
import type { Guard } from '../../../sdk/index.js'
import { agsecMiddleware, type MiddlewareOptions } from '../../../sdk/vercel-ai.js'
import { CLOSED, guardWith, person, recording } from '../support/guards.js'
import { test } from '../support/test.js'
import type { Turn } from '../support/turn.js'
import { ai, ALLOWED, anything, calls, DENIED, model, REVIEWED, script, server, type Tools } from './world.js'

const names = ['read_note', 'drop_table', 'send_money']
const tools: Tools = Object.fromEntries(names.map(name => [name, ai.tool({ inputSchema: anything })]))

interface Seen {
  readonly called: readonly unknown[]
  readonly text: string
  readonly finishReason: string
  /** What a reader of the stream was shown of each call before its end. */
  readonly begun: readonly string[]
}

const guarded = (guard: Guard, options?: MiddlewareOptions) => ai.wrapLanguageModel({ model, middleware: agsecMiddleware(guard, options) })

const WAYS: Readonly<Record<string, (guard: Guard, turn: Turn, options?: MiddlewareOptions) => Promise<Seen>>> = {
  async generateText(guard, turn, options) {
    script(turn)
    const { toolCalls, text, finishReason } = await ai.generateText({ model: guarded(guard, options), prompt: 'go', tools })
    return { called: toolCalls.map(({ input }) => input), text, finishReason, begun: [] }
  },
  async streamText(guard, turn, options) {
    script(turn)
    const result = ai.streamText({ model: guarded(guard, options), prompt: 'go', tools, onError: () => undefined })
    const begun: string[] = []
    for await (const part of result.fullStream) if (part.type === 'tool-input-start') begun.push(part.toolName)
    const called = (await result.toolCalls).map(({ input }) => input)
    return { called, text: await result.text, finishReason: await result.finishReason, begun }
  },
}

for (const [how, run] of Object.entries(WAYS)) {
  test(`middleware, ${how}: allowed and denied, in parallel`, async () => {
    const { called, text, finishReason, begun } = await run(guardWith(), calls(DENIED, ALLOWED))
    assert.deepEqual(called, [{ id: 'n1' }])
    assert.match(text, /let me see.*tables stay.*ask a person to do it/s)
    assert.equal(finishReason, 'tool-calls')
    assert.deepEqual(begun, how === 'streamText' ? ['read_note'] : [])
  })

  test(`middleware, ${how}: an answer whose calls are all refused has ended`, async () => {
    const { called, finishReason, begun } = await run(guardWith(), calls(DENIED))
    assert.deepEqual([called, finishReason, begun], [[], 'stop', []])
  })

  test(`middleware, ${how}: reviews, malformed arguments, and no policy`, async () => {
    assert.deepEqual((await run(person(true).guard, calls(REVIEWED))).called, [{ amount: 500 }])
    assert.deepEqual((await run(person(false).guard, calls(REVIEWED))).called, [])
    for (const broken of ['{"id":"n', '[1]'])
      assert.deepEqual((await run(guardWith(), calls({ ...ALLOWED, arguments: broken }))).called, [])
    assert.deepEqual((await run(CLOSED, calls(ALLOWED))).called, [])
  })

  test(`middleware, ${how}: only the tools that are named`, async () => {
    const { called } = await run(guardWith(), calls(DENIED, REVIEWED), { tools: ['send_money'] })
    assert.deepEqual(called, [{ table: 'users' }])
  })
}

test('middleware: records say which framework and which call, whatever its arguments', async () => {
  const { guard, records } = recording()
  for (const run of Object.values(WAYS)) await run(guard, calls(DENIED, ALLOWED, { ...ALLOWED, arguments: '[1]' }))
  const once = ['vercel-ai drop_table denied call_0_0', 'vercel-ai read_note allowed call_0_1', 'vercel-ai read_note denied call_0_2']
  assert.deepEqual(records, [...once, ...once])
})

test('middleware: streams of one model at the same time do not mix', async () => {
  const shared = guarded(guardWith())
  const turns = Array.from({ length: 6 }, (_, i) => ({ ...calls(i % 2 === 0 ? DENIED : ALLOWED), delivery: { delayMs: 1 } }))
  script(...turns)
  const called = await Promise.all(
    turns.map(() => ai.streamText({ model: shared, prompt: 'go', tools, onError: () => undefined }).toolCalls),
  )
  assert.deepEqual(
    called.map(each => each.length).sort((a, b) => a - b),
    [0, 0, 0, 1, 1, 1],
  )
})

test('middleware: of a call within which the connection breaks nothing is shown', async () => {
  const shown = async (used: ReturnType<typeof guarded>) => {
    // The model's role and its three words are before it, the rest of its arguments after it.
    script({ ...calls(ALLOWED), delivery: { cutAfter: 6, delayMs: 5 } })
    const types: string[] = []
    const read = async () => {
      const { fullStream } = ai.streamText({ model: used, prompt: 'go', tools, onError: () => undefined })
      for await (const part of fullStream) types.push(part.type)
    }
    await read().catch(() => undefined)
    return types.filter(type => type === 'text-delta' || type.startsWith('tool-input'))
  }
  assert.equal((await shown(model)).includes('tool-input-start'), true)
  const types = await shown(guarded(guardWith()))
  assert.equal(types.length > 0 && types.every(type => type === 'text-delta'), true)
})

test('middleware: a reader may leave before the call', async () => {
  script({ ...calls(ALLOWED), delivery: { delayMs: 20 } })
  const { fullStream } = ai.streamText({ model: guarded(guardWith()), prompt: 'go', tools, onError: () => undefined })
  for await (const part of fullStream) if (part.type === 'text-delta') break
  await new Promise(resolve => setTimeout(resolve, 300))
  assert.equal(server.abandoned(), 1)
})
