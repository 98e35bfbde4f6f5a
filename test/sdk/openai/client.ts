/** The client's helpers, its copies and its failures. */
import assert from 'node:assert/strict'
import { guardedFetch, protect } from '../../../sdk/openai.js'
import { createGuard } from '../../../sdk/index.js'
import { CLOSED, guardWith, person, recording, RULES } from '../support/guards.js'
import { test } from '../support/test.js'
import type { ScriptedCall } from '../support/turn.js'
import {
  ALLOWED,
  type Client,
  DENIED,
  guardedClient,
  helpersOf,
  openai,
  plainClient,
  REVIEWED,
  says,
  server,
  SETTINGS,
  SHOWN_REASON,
  TRUNCATED,
} from './world.js'

const ASK = { model: 'm', messages: [{ role: 'user' as const, content: 'go' }] }

async function callNames(client: Client, ...calls: readonly ScriptedCall[]): Promise<readonly string[]> {
  server.script({ choices: [says(...calls)] })
  const { choices } = await client.chat.completions.create(ASK)
  return (choices[0]?.message.tool_calls ?? []).map(call => (call.type === 'function' ? call.function.name : ''))
}

/** Tools that `runTools` calls, and what was called. */
function tools() {
  const ran: unknown[] = []
  const tool = (name: string) => ({
    type: 'function' as const,
    function: {
      name,
      description: name,
      parameters: { type: 'object' },
      parse: JSON.parse,
      function: (args: object) => {
        ran.push([name, args])
        return 'the result'
      },
    },
  })
  return { ran, tools: ['read_note', 'drop_table', 'send_money'].map(tool) }
}

/** What the model read as results of its calls. */
function results(): readonly unknown[] {
  const body = server.received[1]?.body as
    | { readonly messages?: readonly { readonly role: string; readonly content: unknown }[] }
    | undefined
  return (body?.messages ?? []).filter(({ role }) => role === 'tool').map(({ content }) => content)
}

/** What came for a call that is denied, streamed and whole, as the application would read it without looking at what the answer is called. */
async function shownUnder(contentType: string): Promise<readonly string[]> {
  const client = guardedClient()
  const turn = { choices: [says(DENIED)], delivery: { contentType } }
  server.script(turn, turn, turn)
  const shown: string[] = []
  for await (const chunk of await client.chat.completions.create({ ...ASK, stream: true })) shown.push(JSON.stringify(chunk))
  // JSON that is called a stream of events is neither, and refused.
  for (const stream of contentType === 'text/event-stream' ? [true] : [false, true])
    shown.push(await (await client.chat.completions.create({ ...ASK, stream }).asResponse()).text())
  return shown
}

export function testClient(): void {
  for (const contentType of [
    '',
    'text/plain',
    'text/plain; charset=utf-8',
    'application/octet-stream',
    'Application/JSON',
    'text/event-stream',
  ]) {
    test(`an answer that is called "${contentType}" is read as what it is`, async () => {
      const shown = await shownUnder(contentType)
      assert.ok(shown.length > 2)
      assert.match(shown.join('\n'), SHOWN_REASON)
      assert.doesNotMatch(shown.join('\n'), /drop_table/)
    })
  }

  for (const stream of [false, true]) {
    const how = stream ? 'runTools, streamed' : 'runTools'
    const run = async (client: Client, ...calls: readonly ScriptedCall[]) => {
      const given = tools()
      server.script({ choices: [says(...calls)] }, { choices: [{ text: 'done' }] })
      // The overloads are told apart by the literal.
      const body = { ...ASK, tools: given.tools, stream } as unknown as Parameters<Client['chat']['completions']['runTools']>[0]
      const runner = helpersOf(client).runTools(body)
      assert.equal(await runner.finalContent(), 'done')
      return { ran: given.ran, results: results() }
    }

    test(`${how}: what is refused does not run, and the model reads why as the result of its call`, async () => {
      const { ran, results } = await run(guardedClient(), ALLOWED, DENIED)
      assert.deepEqual(ran, [['read_note', { id: 'n1' }]])
      assert.equal(results[0], 'the result')
      assert.match(String(results[1]), SHOWN_REASON)
    })

    test(`${how}: reviews`, async () => {
      const asking = person(true)
      const approved = await run(guardedClient(asking.guard), REVIEWED)
      assert.deepEqual(approved.ran, [['send_money', { amount: 500 }]])
      assert.equal(asking.asked.length, 1)
      assert.equal(asking.asked[0]?.context['tool_use_id'], 'call_0_0')
      assert.deepEqual((await run(guardedClient(), REVIEWED)).ran, [])
    })

    test(`${how}: truncated arguments and no policy`, async () => {
      assert.deepEqual((await run(guardedClient(), TRUNCATED)).ran, [])
      assert.deepEqual((await run(guardedClient(CLOSED), ALLOWED)).ran, [])
    })

    test(`${how}: nothing but the request reaches the server`, async () => {
      await run(guardedClient(), ALLOWED)
      assert.ok(
        server.received.every(({ headers }) => Object.keys(headers).every(name => !name.includes('agsec'))),
        'no header',
      )
    })
  }

  test('stream(): events and the final completion', async () => {
    server.script({ choices: [says(DENIED, ALLOWED)] })
    const stream = helpersOf(guardedClient()).stream({ ...ASK })
    const content: string[] = []
    stream.on('content', delta => content.push(delta))
    const final = await stream.finalChatCompletion()
    const [call, ...others] = final.choices[0]?.message.tool_calls ?? []
    assert.ok(call?.type === 'function' && others.length === 0, 'one call is left')
    assert.equal(call.function.arguments, ALLOWED.arguments)
    assert.match(content.join(''), /^one two three\n\n.*tables stay/s)
  })

  test('parse()', async () => {
    server.script({ choices: [{ calls: [DENIED] }] }, { choices: [{ text: '{"a":1}' }] })
    const format = { type: 'json_schema' as const, json_schema: { name: 'n', schema: {} } }
    const helpers = helpersOf(guardedClient())
    const refused = await helpers.parse({ ...ASK, response_format: format })
    assert.equal(refused.choices[0]?.message.parsed, null)
    assert.match(refused.choices[0]?.message.refusal ?? '', SHOWN_REASON)
    const parsed = await helpers.parse({ ...ASK, response_format: format })
    assert.deepEqual(parsed.choices[0]?.message.parsed, { a: 1 })
  })

  test('concurrent streams on one client keep apart', async () => {
    const client = guardedClient()
    const turn = (name: string) => ({
      choices: [says({ ...ALLOWED, id: name }, { ...DENIED, id: `no-${name}` })],
      delivery: { pieceBytes: 50 },
    })
    const names = ['a', 'b', 'c', 'd', 'e', 'f']
    server.script(...names.map(turn))
    const read = async () => {
      let [text, id] = ['', '']
      for await (const chunk of await client.chat.completions.create({ ...ASK, stream: true })) {
        text += chunk.choices[0]?.delta.content ?? ''
        id += chunk.choices[0]?.delta.tool_calls?.map(call => call.id ?? '').join('') ?? ''
      }
      assert.match(text, /^one two three\n\n.*tables stay/s)
      return id
    }
    assert.deepEqual((await Promise.all(names.map(read))).sort(), names)
  })

  test('a break out of a stream ends the request', async () => {
    const turn = { choices: [{ text: 'word '.repeat(500) }], delivery: { delayMs: 1 } }
    server.script(turn)
    for await (const chunk of await guardedClient().chat.completions.create({ ...ASK, stream: true })) if (chunk.choices.length > 0) break
    for (let i = 0; i < 100 && server.abandoned() === 0; i++) await new Promise(resolve => setTimeout(resolve, 10))
    assert.equal(server.abandoned(), 1)
  })

  test('an abort while a person is asked ends the stream without the call', async () => {
    server.script({ choices: [says(REVIEWED)] })
    const controller = new AbortController()
    const guard = guardWith({
      onReview: () => {
        controller.abort()
        return new Promise(() => {})
      },
      reviewTimeoutMs: 50,
    })
    const stream = await guardedClient(guard).chat.completions.create({ ...ASK, stream: true }, { signal: controller.signal })
    let calls = 0
    for await (const chunk of stream) calls += chunk.choices[0]?.delta.tool_calls?.length ?? 0
    assert.equal(calls, 0)
  })

  test('retries are guarded as the first attempt is, errors pass', async () => {
    const client = guardedClient()
    server.script({ choices: [], status: 500 }, { choices: [], status: 429 }, { choices: [says(DENIED)] })
    const { choices } = await client.chat.completions.create(ASK)
    assert.equal(server.received.length, 3)
    assert.equal(choices[0]?.message.tool_calls, undefined)
    server.script({ choices: [], status: 400 })
    await assert.rejects(client.chat.completions.create(ASK).then(), openai.OpenAI.BadRequestError)
  })

  test('a client is guarded once by one guard, and by two guards both decide', async () => {
    const { asked, guard } = person(true)
    const client = plainClient()
    assert.equal(protect(client, guard), client)
    assert.equal(protect(protect(client, guard), guard), client)
    assert.deepEqual(await callNames(client, REVIEWED), ['send_money'])
    assert.equal(asked.length, 1)
    const other = createGuard({ rules: [{ effect: 'allow' as const, actions: ['tool.read_note'] }] })
    assert.deepEqual(await callNames(protect(client, other), REVIEWED), [])
    assert.deepEqual(await callNames(client, ALLOWED), ['read_note'])
  })

  test('by two guards the functions of runTools ask both', async () => {
    const client = protect(guardedClient(), createGuard({ rules: RULES.slice(1) }))
    const given = tools()
    server.script({ choices: [says(ALLOWED)] }, { choices: [{ text: 'done' }] })
    await helpersOf(client)
      .runTools({ ...ASK, tools: given.tools })
      .finalContent()
    assert.deepEqual(given.ran, [])
  })

  test('withOptions() gives a guarded client, with another fetch too', async () => {
    // Older releases have no such method.
    if (typeof plainClient().withOptions !== 'function') return
    const client = guardedClient()
    assert.deepEqual(await callNames(client.withOptions({ maxRetries: 0 }), DENIED, ALLOWED), ['read_note'])
    assert.deepEqual(await callNames(client.withOptions({ fetch: globalThis.fetch }), DENIED), [])
    const given = tools()
    server.script({ choices: [says(DENIED)] }, { choices: [{ text: 'done' }] })
    await helpersOf(client.withOptions({ timeout: 5000 }))
      .runTools({ ...ASK, tools: given.tools })
      .finalContent()
    assert.match(String(results()[0]), SHOWN_REASON)
  })

  test('a subclass, and a client of Azure', async () => {
    class Own extends openai.OpenAI {
      readonly own = 1
    }
    const own = protect(new Own(SETTINGS), guardWith())
    assert.equal(own.own, 1)
    assert.deepEqual(await callNames(own, DENIED, ALLOWED), ['read_note'])
    const azure = new openai.AzureOpenAI({ apiKey: 'k', endpoint: server.url, apiVersion: '1', deployment: 'd' })
    assert.deepEqual(await callNames(protect(azure, guardWith()), DENIED, ALLOWED), ['read_note'])
    assert.match(server.received[0]?.path ?? '', /deployments\/d\/chat\/completions/)
  })

  test('a frozen client: its copy is guarded, or it is an error', async () => {
    const client = plainClient()
    Object.freeze(client)
    if (typeof client.withOptions !== 'function') {
      assert.throws(() => protect(client, guardWith()), /frozen.*guardedFetch/)
      return
    }
    const guarded = protect(client, guardWith())
    assert.notEqual(guarded, client)
    assert.deepEqual(await callNames(guarded, DENIED, ALLOWED), ['read_note'])
  })

  test('what is no client is an error', () => {
    assert.throws(() => protect({}, guardWith()), TypeError)
  })

  test('a fetch of its own, given to the constructor', async () => {
    const client = new openai.OpenAI({ ...SETTINGS, fetch: guardedFetch(globalThis.fetch, guardWith()) })
    assert.deepEqual(await callNames(client, DENIED, ALLOWED), ['read_note'])
  })

  test('observing lets calls pass', async () => {
    assert.deepEqual(await callNames(guardedClient(guardWith({ mode: 'observe' })), DENIED), ['drop_table'])
  })

  test('what was decided is recorded with the framework and the id of the call, whatever its arguments', async () => {
    const { guard, records } = recording()
    await callNames(guardedClient(guard), DENIED, ALLOWED, { ...ALLOWED, arguments: '{"id":' })
    const [denied, allowed, broken] = [0, 1, 2].map(index => `call_0_${index}`)
    assert.deepEqual(records, [
      `openai drop_table denied ${denied}`,
      `openai read_note allowed ${allowed}`,
      `openai read_note denied ${broken}`,
    ])
  })

  test('a run of an assistant is refused as a whole', async () => {
    const call = { id: 'c', type: 'function', function: { name: DENIED.name, arguments: DENIED.arguments } }
    const run = {
      id: 'run_1',
      object: 'thread.run',
      status: 'requires_action',
      required_action: { submit_tool_outputs: { tool_calls: [call] } },
    }
    server.script({ choices: [], body: run })
    await assert.rejects(guardedClient().get('/threads/t/runs/run_1').then(), SHOWN_REASON)
  })
}
