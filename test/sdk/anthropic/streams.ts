/** Answers that are streamed. */
import assert from 'node:assert/strict'
import { protect } from '../../../sdk/anthropic.js'
import { test } from '../support/test.js'
import { answer, call } from './answers.js'
import { BODY, client, decided, guardWith, MAIL, NO_MAIL, PAY, PAY_MUCH, plain, RULES, server, told, WEATHER } from './setting.js'

type Events = AsyncIterable<{ readonly type: string }>

test('events of an answer without refusals are those of an unguarded client', async () => {
  const scripted = answer('one two three', WEATHER, call('weather', { city: 'Bergen é 😀' }))
  server.script(scripted, scripted)
  const unguarded = await collected(await plain.messages.create({ ...BODY, stream: true }))
  const guarded = await collected(await client.messages.create({ ...BODY, stream: true }))
  assert.deepEqual(withoutIds(guarded), withoutIds(unguarded))
})

test('what the server ran itself, thoughts with their signatures and citations pass as they come', async () => {
  const [start, , , , ...end] = events(MAIL)
  const blocks = [
    [
      { type: 'thinking', thinking: '', signature: '' },
      [
        { type: 'thinking_delta', thinking: 'tool_use' },
        { type: 'signature_delta', signature: 'c2ln' },
      ],
    ],
    [{ type: 'server_tool_use', id: 's', name: 'web_search', input: {} }, [{ type: 'input_json_delta', partial_json: '{"query":' }]],
    [{ type: 'mcp_tool_use', id: 'm', name: 'mail', server_name: 'x', input: {} }, [{ type: 'input_json_delta', partial_json: '{}' }]],
    [
      { type: 'text', text: '' },
      [
        { type: 'text_delta', text: 'a' },
        { type: 'citations_delta', citation: { type: 'char_location', cited_text: 'a' } },
      ],
    ],
  ] as const
  const middle = blocks.flatMap(([content_block, deltas], index) => [
    { type: 'content_block_start', index, content_block },
    ...deltas.map(delta => ({ type: 'content_block_delta', index, delta })),
    { type: 'content_block_stop', index },
  ])
  const scripted = { choices: [], events: [start, ...middle, ...end] }
  server.script(scripted, scripted)
  const unguarded = await collected(await plain.messages.create({ ...BODY, stream: true }))
  assert.deepEqual(await collected(await client.messages.create({ ...BODY, stream: true })), unguarded)
  assert.equal(unguarded.length, 2 + middle.length + 1)
})

test('a denied call is text of the same index, and nothing of it is seen before', async () => {
  server.script(answer('hm', MAIL, WEATHER))
  const events = await collected(await client.messages.create({ ...BODY, stream: true }))
  assert.doesNotMatch(JSON.stringify(events), /example\.org/)
  assert.deepEqual(starts(events), ['0 text', '1 text', '2 tool_use'])
  assert.equal(stopReason(events), 'tool_use')
})

test('an answer that is left without calls has not stopped for one', async () => {
  server.script(answer('hm', MAIL))
  assert.equal(stopReason(await collected(await client.messages.create({ ...BODY, stream: true }))), 'end_turn')
})

test('whatever pieces arguments and bytes come in', async () => {
  for (const pieces of [[], [0, 1, 1], [1, 1, 1, 1, 1, 1]]) {
    for (const pieceBytes of [pieces.length === 0 ? 1 : 5, 7, 1000]) {
      const calls = [call('weather', { city: 'Tromsø 😀' }, { pieces }), { ...MAIL, pieces }]
      server.script({ ...answer('é😀', ...calls), delivery: { pieceBytes } })
      const message = await client.messages.stream(BODY).finalMessage()
      assert.deepEqual(told(message.content), ['text:é😀', 'weather {"city":"Tromsø 😀"}', NO_MAIL])
    }
  }
})

test('text is not delayed by a call behind it that waits for a person', async () => {
  let ask: (approved: boolean) => void = () => {}
  const asked = new Promise<boolean>(resolve => (ask = resolve))
  const waiting = protect(plain, guardWith({ rules: RULES, onReview: () => asked }))
  server.script({ ...answer('one two', PAY, WEATHER), delivery: { pieceBytes: 100_000 } })
  const seen: string[] = []
  for await (const event of await waiting.messages.create({ ...BODY, stream: true })) {
    seen.push(event.type)
    // The text has arrived whole: only now does the person answer.
    if (event.type === 'content_block_stop' && event.index === 0) ask(true)
  }
  assert.equal(seen.at(-1), 'message_stop')
})

test('a person decides about a review', async () => {
  server.script(answer(undefined, PAY, PAY_MUCH))
  decided.length = 0
  const message = await client.messages.stream(BODY).finalMessage()
  assert.deepEqual(decided, ['pay', 'pay'])
  assert.equal(told(message.content)[0], 'pay {"amount":5}')
  assert.match(told(message.content)[1] ?? '', /money is at stake/)
})

test('arguments that are broken, cut off or no map are refused', async () => {
  for (const broken of ['{"city": "Os', '{"city"', '[1]', '"x"', 'null', '{} {}', '{"city":NaN}', '\u0000']) {
    server.script({ choices: [{ calls: [{ name: 'weather', arguments: broken }] }] })
    const message = await client.messages.stream(BODY).finalMessage()
    assert.match(told(message.content)[0] ?? '', /^text:\[agsec\] the arguments are no /, broken)
    assert.equal(message.stop_reason, 'end_turn')
  }
})

test('no arguments are none, unless the limit of tokens took them', async () => {
  const empty = { name: 'weather', arguments: '', pieces: [0] }
  server.script(answer(undefined, empty, empty))
  assert.deepEqual(told((await client.messages.stream(BODY).finalMessage()).content), ['weather {}', 'weather {}'])
  server.script({ choices: [{ calls: [empty, empty], finish: 'length' }] })
  const cut = await client.messages.stream(BODY).finalMessage()
  assert.equal(told(cut.content)[0], 'weather {}')
  assert.match(told(cut.content)[1] ?? '', /^text:\[agsec\] the arguments are no /)
  assert.equal(cut.stop_reason, 'max_tokens')
})

test('a message that ends in the middle of a call', async () => {
  const [start, , ...end] = events(MAIL)
  server.script({ choices: [], events: [start, block(0, { name: 'weather' }), ...end.slice(-2)] })
  assert.match(told((await client.messages.stream(BODY).finalMessage()).content)[0] ?? '', /^text:\[agsec\] the arguments are no /)
})

test('a connection that is cut in the middle of a call shows nothing of it', async () => {
  server.script({ ...answer('hm', MAIL), delivery: { cutAfter: 7, delayMs: 5 } })
  const seen: { readonly type: string }[] = []
  await assert.rejects(async () => {
    for await (const event of await client.messages.create({ ...BODY, stream: true })) seen.push(event)
  })
  assert.deepEqual(starts(seen), ['0 text'])
})

test('blocks that overlap keep their order', async () => {
  const [start, , , , ...end] = events(MAIL)
  const delta = (index: number, of: object) => ({ type: 'content_block_delta', index, delta: of })
  const stop = (index: number) => ({ type: 'content_block_stop', index })
  const overlapping = [
    { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
    block(1, { name: 'weather' }),
    delta(0, { type: 'text_delta', text: 'early' }),
    block(2, { name: 'mail' }),
    delta(2, { type: 'input_json_delta', partial_json: '{"to":"x@example.org"}' }),
    delta(1, { type: 'input_json_delta', partial_json: '{"city":"Oslo"}' }),
    stop(2),
    stop(0),
    { type: 'ping' },
    stop(1),
  ]
  server.script({ choices: [], events: [start, ...overlapping, ...end.slice(-2)] })
  const seen = await collected(await client.messages.create({ ...BODY, stream: true }))
  assert.deepEqual(starts(seen), ['0 text', '1 tool_use', '2 text'])
  assert.doesNotMatch(JSON.stringify(seen), /example\.org/)
})

test('more arguments for a call that has been decided are dropped', async () => {
  const [start, ...rest] = events(WEATHER)
  const more = { type: 'content_block_delta', index: 0, delta: { type: 'input_json_delta', partial_json: ' , {"city":"x"}' } }
  server.script({ choices: [], events: [start, ...rest.slice(0, -2), more, ...rest.slice(-2)] })
  const seen = await collected(await client.messages.create({ ...BODY, stream: true }))
  assert.doesNotMatch(JSON.stringify(seen), /"x"/)
})

test('a message that starts with calls in it', async () => {
  const message = {
    id: 'm',
    type: 'message',
    role: 'assistant',
    model: 'm',
    content: [{ type: 'tool_use', id: 't', name: 'mail', input: {} }],
  }
  const started = {
    type: 'message_start',
    message: { ...message, stop_reason: null, stop_sequence: null, usage: { input_tokens: 1, output_tokens: 1 } },
  }
  server.script({ choices: [], events: [started, ...events(MAIL).slice(-2)] })
  assert.deepEqual(told((await client.messages.stream(BODY).finalMessage()).content), [NO_MAIL])
})

test('the events of a message stream', async () => {
  server.script(answer('a b', MAIL, WEATHER))
  const stream = client.messages.stream(BODY)
  const texts: string[] = []
  const blocks: string[] = []
  let json = ''
  stream.on('text', text => texts.push(text))
  stream.on('contentBlock', content => blocks.push(...told([content])))
  stream.on('inputJson', part => (json += part))
  await stream.done()
  assert.equal(texts.join(''), `a b${NO_MAIL.slice('text:'.length)}`)
  assert.deepEqual(blocks, ['text:a b', NO_MAIL, 'weather {"city":"Oslo"}'])
  assert.equal(json, WEATHER.arguments)
})

test('beta streams, streams that are split, streams that are piped and raw bodies', async () => {
  const scripted = answer('hm', MAIL)
  server.script(scripted, scripted, scripted, scripted, scripted)
  assert.deepEqual(told((await client.beta.messages.stream(BODY).finalMessage()).content), ['text:hm', NO_MAIL])
  const [left, right] = (await client.messages.create({ ...BODY, stream: true })).tee()
  assert.deepEqual(starts(await collected(left)), ['0 text', '1 text'])
  assert.deepEqual(starts(await collected(right)), ['0 text', '1 text'])
  const piped = (await client.messages.create({ ...BODY, stream: true })).toReadableStream()
  assert.doesNotMatch(await new Response(piped as ReadableStream<Uint8Array>).text(), /example\.org/)
  const piped2 = client.messages.stream(BODY).toReadableStream()
  assert.doesNotMatch(await new Response(piped2 as ReadableStream<Uint8Array>).text(), /example\.org/)
  const raw = await client.messages.create({ ...BODY, stream: true }).asResponse()
  assert.doesNotMatch(await raw.text(), /example\.org|tool_use/)
})

test('a stream that is left early ends at the server too', async () => {
  server.script({ ...answer('w '.repeat(500), WEATHER), delivery: { delayMs: 5 } })
  for await (const event of await client.messages.create({ ...BODY, stream: true })) if (event.type === 'content_block_delta') break
  for (let i = 0; i < 100 && server.abandoned() === 0; i++) await new Promise(resolve => setTimeout(resolve, 10))
  assert.equal(server.abandoned(), 1)
})

test('streams of one client at the same time do not mix', async () => {
  const turns = Array.from({ length: 8 }, (_, i) => ({ ...answer(`n${i}`, i % 2 === 0 ? MAIL : WEATHER), delivery: { delayMs: 1 } }))
  server.script(...turns)
  const messages = await Promise.all(turns.map(() => client.messages.stream(BODY).finalMessage()))
  const all = messages.map(({ content }) => told(content)).sort((a, b) => String(a).localeCompare(String(b)))
  assert.deepEqual(
    all,
    turns.map((_, i) => [`text:n${i}`, i % 2 === 0 ? NO_MAIL : 'weather {"city":"Oslo"}']),
  )
})

test('without a policy everything is refused', async () => {
  server.script(answer('hm', WEATHER))
  const message = await protect(plain, guardWith({})).messages.stream(BODY).finalMessage()
  assert.match(told(message.content)[1] ?? '', /^text:\[agsec\]/)
})

async function collected(events: Events): Promise<readonly { readonly type: string }[]> {
  const all: { readonly type: string }[] = []
  for await (const event of events) all.push(event)
  return all
}

/** Each block in short: `1 tool_use`. */
function starts(events: readonly object[]): readonly string[] {
  return events.flatMap(event => {
    if (!('content_block' in event && 'index' in event)) return []
    return [`${String(event.index)} ${(event.content_block as { type: string }).type}`] // as the protocol has it
  })
}

function stopReason(events: readonly object[]): unknown {
  const { delta } = events.find(event => 'type' in event && event.type === 'message_delta') as { delta: { stop_reason: unknown } } // there is one
  return delta.stop_reason
}

/** Answers are numbered by the server. */
function withoutIds(events: readonly object[]): unknown {
  return JSON.parse(JSON.stringify(events).replace(/answer_\d+/g, 'answer'))
}

function block(index: number, { name }: { readonly name: string }) {
  return { type: 'content_block_start', index, content_block: { type: 'tool_use', id: `t${index}`, name, input: {} } }
}

/** An answer with one call, as events: start, block start, delta, block stop, the reason, the end. */
function events({ name, arguments: json }: { readonly name: string; readonly arguments: string }): readonly object[] {
  const usage = { input_tokens: 1, output_tokens: 1 }
  return [
    {
      type: 'message_start',
      message: { id: 'm', type: 'message', role: 'assistant', model: 'm', content: [], stop_reason: null, stop_sequence: null, usage },
    },
    block(0, { name }),
    { type: 'content_block_delta', index: 0, delta: { type: 'input_json_delta', partial_json: json } },
    { type: 'content_block_stop', index: 0 },
    { type: 'message_delta', delta: { stop_reason: 'tool_use', stop_sequence: null }, usage },
    { type: 'message_stop' },
  ]
}
