/** Clients of every kind. */
import assert from 'node:assert/strict'
import { type AnthropicClient, protect } from '../../../sdk/anthropic.js'
import { test } from '../support/test.js'
import { answer } from './answers.js'
import { Anthropic, BODY, client, decided, guard, guardWith, MAIL, NO_MAIL, PAY, plain, RULES, server, told, WEATHER } from './setting.js'

type Client = InstanceType<typeof Anthropic>

/** `Object.freeze` leaves the class out of the type. */
function frozen<T>(object: T): T {
  return Object.freeze(object)
}

async function isGuarded(guarded: Client): Promise<void> {
  server.script(answer('hm', MAIL), answer('hm', MAIL))
  assert.deepEqual(told((await guarded.messages.create(BODY)).content), ['text:hm', NO_MAIL])
  assert.deepEqual(told((await guarded.messages.stream(BODY).finalMessage()).content), ['text:hm', NO_MAIL])
}

test('the client that was given stays as it was', async () => {
  server.script(answer('hm', MAIL))
  assert.notEqual(client, plain)
  assert.ok(client instanceof Anthropic)
  assert.equal((await plain.messages.create(BODY)).stop_reason, 'tool_use')
})

test('a client is guarded once by one guard', async () => {
  assert.equal(protect(client, guard), client)
  server.script(answer(undefined, PAY))
  decided.length = 0
  await protect(client, guard).messages.create(BODY)
  assert.deepEqual(decided, ['pay'])
})

test('two guards decide both', async () => {
  const strict = guardWith({ rules: RULES.slice(1) })
  for (const both of [protect(protect(plain, strict), guard), protect(client, strict)]) {
    server.script(answer(undefined, WEATHER, MAIL))
    assert.equal((await both.messages.create(BODY)).stop_reason, 'end_turn')
    assert.equal(protect(both, guard), both)
    assert.equal(protect(both, strict), both)
  }
})

test('a client with other options is guarded, whatever they are', async () => {
  await isGuarded(client.withOptions({}))
  await isGuarded(client.withOptions({ timeout: 5000, defaultHeaders: { 'x-a': 'b' } }))
  await isGuarded(client.withOptions({ fetch: (url: string, init?: RequestInit) => fetch(url, init) } as object))
  await isGuarded(client.withOptions({ middleware: [] }))
  await isGuarded(client.withOptions({}).withOptions({ fetch, middleware: [] }).withOptions({}))
})

test('a frozen client', async () => {
  await isGuarded(protect(frozen(new Anthropic({ apiKey: 'k', baseURL: server.url })), guard))
})

test('a subclass with a state of its own', async () => {
  class Ours extends Anthropic {
    tenant = 'none'
    ask() {
      return this.messages.create(BODY)
    }
  }
  const ours = new Ours({ apiKey: 'k', baseURL: server.url })
  Object.assign(ours, { note: 'kept' })
  const guarded = protect(ours, guard)
  assert.ok(guarded instanceof Ours)
  assert.equal((guarded as Ours & { note?: string }).note, 'kept')
  await isGuarded(guarded)
  server.script(answer('hm', MAIL))
  assert.deepEqual(told((await guarded.ask()).content), ['text:hm', NO_MAIL])
})

test('a subclass that is made of something else than options is guarded in place, or not at all', async () => {
  class Odd extends Anthropic {
    constructor(baseURL: string) {
      super({ apiKey: 'k', baseURL: typeof baseURL === 'string' ? baseURL : 'http://127.0.0.1:9' })
    }
  }
  const odd = new Odd(server.url)
  assert.equal(protect(odd, guard), odd)
  await isGuarded(odd)
  assert.throws(() => protect(frozen(new Odd(server.url)), guard), /agsec cannot guard/)
  assert.throws(
    () => protect(Object.freeze({ messages: {}, withOptions: () => ({}) }) satisfies AnthropicClient, guard),
    /agsec cannot guard/,
  )
})

test('a subclass that sends its requests elsewhere and reads its answers in another way', async () => {
  // As the clients for clouds do: the path is rewritten where requests go out.
  class Cloud extends Anthropic {
    override buildRequest(...args: Parameters<Client['buildRequest']>): ReturnType<Client['buildRequest']> {
      const [options] = args
      return super.buildRequest({ ...options, path: `/model/m/messages:rawPredict` }, ...(args.slice(1) as [never]))
    }
  }
  await isGuarded(protect(new Cloud({ apiKey: 'k', baseURL: server.url }), guard))
  assert.equal(server.received.at(-1)?.path, '/model/m/messages:rawPredict')
})

test('a client with a fetch of its own, whose bodies can only be iterated', async () => {
  const iterated = async (url: string, init?: RequestInit) => {
    const response = await fetch(url, init)
    const { body } = response
    return body === null
      ? response
      : Object.defineProperty(response, 'body', { value: { [Symbol.asyncIterator]: () => body[Symbol.asyncIterator]() } })
  }
  await isGuarded(protect(new Anthropic({ apiKey: 'k', baseURL: server.url, fetch: iterated as unknown as typeof fetch }), guard))
})

test('answers in the binary frames of AWS are not passed on unread', async () => {
  const framed = async () => new Response('binary', { headers: { 'content-type': 'application/vnd.amazon.eventstream' } })
  const cloud = protect(new Anthropic({ apiKey: 'k', baseURL: server.url, maxRetries: 0, fetch: framed }), guard)
  await assert.rejects(async () => cloud.messages.create({ ...BODY, stream: true }))
})

test('the results of a batch are decided one by one, whatever they are called', async () => {
  for (const type of ['application/x-jsonl', 'application/binary']) await batchIsGuarded(type)
})

async function batchIsGuarded(type: string): Promise<void> {
  const results = ['mail', 'weather'].map(name => {
    const message = {
      type: 'message',
      role: 'assistant',
      content: [{ type: 'tool_use', id: 't', name, input: {} }],
      stop_reason: 'tool_use',
    }
    return JSON.stringify({ custom_id: name, result: { type: 'succeeded', message } })
  })
  const batch = { id: 'b', processing_status: 'ended', results_url: `${server.url}/v1/messages/batches/b/results` }
  const served = async (url: unknown) =>
    String(url).endsWith('/results')
      ? new Response(results.join('\n'), { headers: { 'content-type': type } })
      : new Response(JSON.stringify(batch), { headers: { 'content-type': 'application/json' } })
  const batches = protect(new Anthropic({ apiKey: 'k', baseURL: server.url, fetch: served }), guard).messages.batches
  const content: string[] = []
  for await (const { result } of await batches.results('b')) if (result.type === 'succeeded') content.push(...told(result.message.content))
  assert.deepEqual(content, [NO_MAIL, 'weather {}'])
}
