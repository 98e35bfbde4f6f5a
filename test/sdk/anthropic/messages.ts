/** Answers that come as a whole. */
import assert from 'node:assert/strict'
import { protect } from '../../../sdk/anthropic.js'
import { recording } from '../support/guards.js'
import { test } from '../support/test.js'
import { answer, call } from './answers.js'
import { BODY, client, decided, guardWith, MAIL, NO_MAIL, PAY, PAY_MUCH, plain, RULES, server, told, WEATHER } from './setting.js'

test('an allowed call arrives as it was written', async () => {
  server.script(answer('hm', WEATHER))
  const message = await client.messages.create(BODY)
  assert.deepEqual(told(message.content), ['text:hm', 'weather {"city":"Oslo"}'])
  assert.equal(message.stop_reason, 'tool_use')
})

test('a denied call becomes text, and the answer has not stopped for a tool', async () => {
  server.script(answer('hm', MAIL))
  const message = await client.messages.create(BODY)
  assert.deepEqual(told(message.content), ['text:hm', NO_MAIL])
  assert.equal(message.stop_reason, 'end_turn')
})

test('of two parallel calls the denied one is replaced in its place', async () => {
  server.script(answer('hm', MAIL, WEATHER))
  const message = await client.messages.create(BODY)
  assert.deepEqual(told(message.content), ['text:hm', NO_MAIL, 'weather {"city":"Oslo"}'])
  assert.equal(message.stop_reason, 'tool_use')
})

test('a person decides about a review', async () => {
  server.script(answer(undefined, PAY, PAY_MUCH))
  decided.length = 0
  const message = await client.messages.create(BODY)
  assert.deepEqual(decided, ['pay', 'pay'])
  assert.equal(told(message.content)[0], 'pay {"amount":5}')
  assert.match(told(message.content)[1] ?? '', /^text:\[agsec\].*money is at stake/)
})

test('without a policy everything is refused', async () => {
  for (const options of [{}, { policies: '/proj/nowhere' }, { bundle: '/proj/nowhere.js' }]) {
    server.script(answer('hm', WEATHER))
    const message = await protect(plain, guardWith(options)).messages.create(BODY)
    assert.equal(message.stop_reason, 'end_turn')
    assert.match(told(message.content)[1] ?? '', /^text:\[agsec\]/)
  }
})

test('arguments that are no map are refused', async () => {
  for (const input of [['a'], 'text', null, 7]) {
    server.script({ choices: [], body: whole([{ type: 'tool_use', id: 't', name: 'weather', input }], 'tool_use') })
    const message = await client.messages.create(BODY)
    assert.match(told(message.content)[0] ?? '', /^text:\[agsec\] the arguments are no /)
  }
})

test('a call that the limit of tokens has cut off is refused, though what is left of it is a map', async () => {
  for (const reason of ['max_tokens', 'model_context_window_exceeded', 'refusal']) {
    const calls = [1, 2].map(id => ({ type: 'tool_use', id: `t${id}`, name: 'weather', input: { city: 'Oslo' } }))
    server.script({ choices: [], body: whole(calls, reason) })
    const message = await client.messages.create(BODY)
    assert.equal(told(message.content)[0], 'weather {"city":"Oslo"}')
    assert.match(told(message.content)[1] ?? '', /^text:\[agsec\] the arguments are no /)
    assert.equal(message.stop_reason, reason)
  }
})

test('a shell command is judged as a command', async () => {
  server.script(answer(undefined, call('bash', { command: 'cd /proj && ls' }), call('bash', { command: 'rm -rf /proj' })))
  const message = await client.messages.create(BODY)
  assert.equal(told(message.content)[0], 'bash {"command":"cd /proj && ls"}')
  assert.match(told(message.content)[1] ?? '', /nothing is removed/)
})

test('what the server ran itself, and thoughts with their signatures, pass', async () => {
  const blocks = [
    { type: 'thinking', thinking: 'mail', signature: 'c2ln' },
    { type: 'redacted_thinking', data: 'ZGF0YQ' },
    { type: 'server_tool_use', id: 's', name: 'web_search', input: { query: 'x' } },
    { type: 'tool_use', id: 't', name: 'mail', input: {} },
  ]
  server.script({ choices: [], body: whole(blocks, 'tool_use') })
  const message = await client.messages.create(BODY)
  assert.deepEqual(message.content.slice(0, 3), blocks.slice(0, 3))
  assert.deepEqual(told(message.content.slice(3)), [NO_MAIL])
})

test('names of the prototype, empty and endless names are names like any other', async () => {
  const names = ['__proto__', 'constructor', '', 'x'.repeat(10_000)]
  server.script(answer(undefined, ...names.map(name => call(name, {})), WEATHER))
  const message = await client.messages.create(BODY)
  assert.deepEqual(
    message.content.map(({ type }) => type),
    ['text', 'text', 'text', 'text', 'tool_use'],
  )
})

test('beta messages, parsed messages and requests without a method of their own are guarded', async () => {
  server.script(answer('hm', MAIL), answer('hm', MAIL), answer('hm', MAIL))
  assert.deepEqual(told((await client.beta.messages.create(BODY)).content), ['text:hm', NO_MAIL])
  if ('parse' in client.messages) assert.deepEqual(told((await client.messages.parse(BODY)).content), ['text:hm', NO_MAIL])
  const raw = await client.post<{ content: { type: string }[] }>('/v1/messages', { body: BODY })
  assert.deepEqual(told(raw.content), ['text:hm', NO_MAIL])
})

test('the raw body is no way round', async () => {
  server.script(answer('hm', MAIL), answer('hm', MAIL))
  const response = await client.messages.create(BODY).asResponse()
  const text = await response.text()
  assert.doesNotMatch(text, /tool_use|example\.org/)
  assert.equal(response.url, `${server.url}/v1/messages`)
  const { data, response: same } = await client.messages.create(BODY).withResponse()
  assert.deepEqual(told(data.content), ['text:hm', NO_MAIL])
  assert.equal(same.status, 200)
})

test('a retry is guarded, and an error stays the error that it is', async () => {
  server.script({ choices: [], status: 529 }, answer('hm', MAIL))
  assert.deepEqual(told((await client.messages.create(BODY)).content), ['text:hm', NO_MAIL])
  server.script({ choices: [], status: 400 })
  await assert.rejects(async () => client.messages.create(BODY), { status: 400 })
})

test('every call is recorded once, with its framework and its id, whatever its arguments', async () => {
  const { guard, records } = recording({ rules: RULES })
  const broken = { ...WEATHER, arguments: '["x"]' }
  server.script(answer('hm', MAIL, WEATHER, broken), answer('hm', MAIL, WEATHER, broken))
  const recorded = protect(plain, guard)
  await recorded.messages.create(BODY)
  await recorded.messages.stream(BODY).finalMessage()
  const once = ['anthropic mail denied toolu_0', 'anthropic weather allowed toolu_1', 'anthropic weather denied toolu_2']
  assert.deepEqual(records, [...once, ...once])
})

test('a guard that only observes lets everything run', async () => {
  server.script(answer('hm', MAIL))
  const message = await protect(plain, guardWith({ rules: RULES, mode: 'observe' })).messages.create(BODY)
  assert.deepEqual(told(message.content), ['text:hm', 'mail {"to":"x@example.org"}'])
  assert.equal(message.stop_reason, 'tool_use')
})

function whole(content: readonly object[], stop_reason: string) {
  return {
    id: 'm',
    type: 'message',
    role: 'assistant',
    model: 'm',
    content,
    stop_reason,
    stop_sequence: null,
    usage: { input_tokens: 1, output_tokens: 1 },
  }
}
