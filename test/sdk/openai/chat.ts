/** Chat completions over the matrix. */
import assert from 'node:assert/strict'
import type { ChatCompletion, ChatCompletionChunk } from 'openai/resources/chat/completions'
import { CLOSED, guardWith, person } from '../support/guards.js'
import { test } from '../support/test.js'
import type { Delivery, ScriptedCall, ScriptedChoice } from '../support/turn.js'
import { ALLOWED, type Client, DENIED, guardedClient, plainClient, REVIEWED, says, server, SHOWN_REASON, TRUNCATED } from './world.js'

const ASK = { model: 'm', messages: [{ role: 'user' as const, content: 'go' }] }

/** What an application that gathers deltas has in the end, of each choice. */
interface Gathered {
  text: string
  refusal: string
  finish: string | null
  legacy: string
  readonly calls: { id: string; name: string; arguments: string }[]
}

function gather(chunks: readonly ChatCompletionChunk[]): readonly Gathered[] {
  const choices: Gathered[] = []
  for (const choice of chunks.flatMap(chunk => chunk.choices)) {
    const seen = (choices[choice.index] ??= { text: '', refusal: '', finish: null, legacy: '', calls: [] })
    seen.text += choice.delta.content ?? ''
    seen.refusal += choice.delta.refusal ?? ''
    seen.legacy += (choice.delta.function_call?.name ?? '') + (choice.delta.function_call?.arguments ?? '')
    seen.finish = choice.finish_reason ?? seen.finish
    for (const call of choice.delta.tool_calls ?? []) {
      const own = (seen.calls[call.index] ??= { id: '', name: '', arguments: '' })
      own.id += call.id ?? ''
      // The types of a delta know functions alone; a custom tool's delta has its input elsewhere.
      const custom = (call as { custom?: { name?: string; input?: string } }).custom
      own.name += call.function?.name ?? custom?.name ?? ''
      own.arguments += call.function?.arguments ?? custom?.input ?? ''
    }
  }
  return choices
}

function ofWhole({ choices }: ChatCompletion): readonly Gathered[] {
  return choices.map(({ message, finish_reason }) => ({
    text: message.content ?? '',
    refusal: message.refusal ?? '',
    finish: finish_reason,
    legacy: (message.function_call?.name ?? '') + (message.function_call?.arguments ?? ''),
    calls: (message.tool_calls ?? []).map(call =>
      call.type === 'function' ? { id: call.id, ...call.function } : { id: call.id, name: call.custom.name, arguments: call.custom.input },
    ),
  }))
}

async function chunksOf(client: Client): Promise<readonly ChatCompletionChunk[]> {
  const chunks: ChatCompletionChunk[] = []
  for await (const chunk of await client.chat.completions.create({ ...ASK, stream: true })) chunks.push(chunk)
  return chunks
}

/** Every way in which an application may read an answer. */
const READINGS: Readonly<
  Record<string, { readonly delivery?: Delivery; readonly read: (client: Client) => Promise<readonly Gathered[]> }>
> = {
  whole: { read: async client => ofWhole(await client.chat.completions.create(ASK)) },
  'withResponse()': { read: async client => ofWhole((await client.chat.completions.create(ASK).withResponse()).data) },
  'asResponse().json()': {
    read: async client => ofWhole(JSON.parse(await (await client.chat.completions.create(ASK).asResponse()).text())),
  },
  'post()': { read: async client => ofWhole(await client.post<ChatCompletion>('/chat/completions', { body: ASK })) },
  stream: { read: async client => gather(await chunksOf(client)) },
  'stream in pieces of 7 bytes': { delivery: { pieceBytes: 7 }, read: async client => gather(await chunksOf(client)) },
  'stream in pieces of 1000 bytes': { delivery: { pieceBytes: 1000 }, read: async client => gather(await chunksOf(client)) },
  'tee()': {
    async read(client) {
      const [left, right] = (await client.chat.completions.create({ ...ASK, stream: true })).tee()
      const both: ChatCompletionChunk[][] = [[], []]
      for await (const chunk of left) both[0]?.push(chunk)
      for await (const chunk of right) both[1]?.push(chunk)
      assert.deepEqual(both[0], both[1])
      return gather(both[0] ?? [])
    },
  },
  'toReadableStream()': {
    async read(client) {
      const stream = (await client.chat.completions.create({ ...ASK, stream: true })).toReadableStream()
      return gather(linesOf(await new Response(stream).text()).map(line => JSON.parse(line)))
    },
  },
  'raw body': {
    async read(client) {
      const response = await client.chat.completions.create({ ...ASK, stream: true }).asResponse()
      return gather(eventsOf(await response.text()))
    },
  },
  'reader of the raw body': {
    async read(client) {
      const { body } = await client.chat.completions.create({ ...ASK, stream: true }).asResponse()
      const reader = body?.getReader()
      const decoder = new TextDecoder()
      let text = ''
      for (let read = await reader?.read(); read?.done === false; read = await reader?.read())
        text += decoder.decode(read.value, { stream: true })
      return gather(eventsOf(text))
    },
  },
}

function linesOf(text: string): readonly string[] {
  return text.split('\n').filter(line => line !== '')
}

function eventsOf(text: string): readonly ChatCompletionChunk[] {
  const events = linesOf(text).map(line => line.slice('data: '.length))
  return events.filter(event => event !== '[DONE]').map(event => JSON.parse(event))
}

const call = ({ name, arguments: args }: ScriptedCall, id = 'call_0_0') => ({ id, name, arguments: args })

export function testChat(): void {
  for (const [way, { delivery, read }] of Object.entries(READINGS)) {
    const asked = (client: Client, ...choices: readonly ScriptedChoice[]) => {
      server.script({ choices, ...(delivery === undefined ? {} : { delivery }) })
      return read(client)
    }

    test(`${way}: an allowed call passes, and the text as it is`, async () => {
      const [choice] = await asked(guardedClient(), says(ALLOWED))
      assert.deepEqual(choice, { text: 'one two three', refusal: '', finish: 'tool_calls', legacy: '', calls: [call(ALLOWED)] })
    })

    test(`${way}: of a denied call the model reads why, and nothing is left of it`, async () => {
      const [choice] = await asked(guardedClient(), says(DENIED))
      assert.deepEqual(choice?.calls, [])
      assert.equal(choice?.finish, 'stop')
      assert.match(choice?.text ?? '', /^one two three\n\n.*tables stay.*ask a person to do it/s)
    })

    test(`${way}: of two parallel calls the denied one goes, in either order`, async () => {
      const after = await asked(guardedClient(), says(ALLOWED, DENIED))
      assert.deepEqual(after[0]?.calls, [call(ALLOWED)])
      const before = await asked(guardedClient(), says(DENIED, ALLOWED))
      assert.deepEqual(before[0]?.calls, [call(ALLOWED, 'call_0_1')])
      assert.equal(before[0]?.finish, 'tool_calls')
      assert.match(before[0]?.text ?? '', SHOWN_REASON)
    })

    test(`${way}: a review that is approved passes`, async () => {
      const { asked: questions, guard } = person(true)
      const [choice] = await asked(guardedClient(guard), says(REVIEWED))
      assert.deepEqual(choice?.calls, [call(REVIEWED)])
      assert.equal(questions.length, 1)
      assert.deepEqual(questions[0]?.params, { amount: 500 })
    })

    test(`${way}: a review that is refused, or that nobody is asked, does not`, async () => {
      const refused = await asked(guardedClient(person(false).guard), says(REVIEWED))
      assert.deepEqual(refused[0]?.calls, [])
      const unasked = await asked(guardedClient(), says(REVIEWED))
      assert.deepEqual(unasked[0]?.calls, [])
    })

    test(`${way}: truncated and malformed arguments are refused`, async () => {
      for (const broken of [
        TRUNCATED,
        { ...ALLOWED, arguments: '[1]' },
        { ...ALLOWED, arguments: '' },
        { ...ALLOWED, arguments: '{"a":1}{"b":2}' },
      ]) {
        const [choice] = await asked(guardedClient(), says(broken))
        assert.deepEqual(choice?.calls, [], broken.arguments)
        assert.equal(choice?.finish, 'stop')
      }
      const [cut] = await asked(guardedClient(), { ...says(TRUNCATED), finish: 'length' })
      assert.deepEqual(cut?.calls, [])
      assert.equal(cut?.finish, 'length')
    })

    test(`${way}: without a policy nothing passes`, async () => {
      const [choice] = await asked(guardedClient(CLOSED), says(ALLOWED))
      assert.deepEqual(choice?.calls, [])
      assert.match(choice?.text ?? '', /^one two three\n\n./)
    })

    test(`${way}: every choice is decided`, async () => {
      const [first, second, third] = await asked(guardedClient(), says(ALLOWED), says(DENIED), { text: 'only text' })
      assert.deepEqual(first?.calls, [call(ALLOWED)])
      assert.deepEqual(second?.calls, [])
      assert.deepEqual([first?.finish, second?.finish, third?.finish], ['tool_calls', 'stop', 'stop'])
      assert.equal(third?.text, 'only text')
    })

    test(`${way}: legacy function calls`, async () => {
      const [allowed] = await asked(guardedClient(), says({ ...ALLOWED, kind: 'legacy' }))
      assert.equal(allowed?.legacy, 'read_note{"id":"n1"}')
      assert.equal(allowed?.finish, 'function_call')
      const [denied] = await asked(guardedClient(), says({ ...DENIED, kind: 'legacy' }))
      assert.equal(denied?.legacy, '')
      assert.equal(denied?.finish, 'stop')
      assert.match(denied?.text ?? '', SHOWN_REASON)
    })

    test(`${way}: custom tools, whose input is free text`, async () => {
      const kind = 'custom'
      const shell: ScriptedCall = { name: 'bash', arguments: 'ls -l', kind }
      const [choice] = await asked(guardedClient(), says(shell, { ...shell, arguments: 'rm -rf /srv' }, { ...DENIED, kind }))
      assert.deepEqual(choice?.calls, [call(shell)])
      const [cut] = await asked(guardedClient(), { ...says(shell), finish: 'length' })
      assert.deepEqual(cut?.calls, [])
    })

    test(`${way}: odd names of tools are names like any other`, async () => {
      for (const name of ['__proto__', 'constructor', '', 'x'.repeat(10_000), 'toString']) {
        const [choice] = await asked(guardedClient(), says({ ...ALLOWED, name }))
        assert.deepEqual(choice?.calls, [])
      }
    })
  }

  test('an answer that is all allowed is the very one that the server sent', async () => {
    const choices = [says(ALLOWED, { ...ALLOWED, name: 'read_note' }), { text: 'für é \u{1F600} \n "_call" x' }]
    const plain = plainClient()
    const guarded = guardedClient()
    for (const pieceBytes of [undefined, 5, 333]) {
      const turn = { choices, delivery: pieceBytes === undefined ? {} : { pieceBytes } }
      server.script(turn)
      const expected = gather(await chunksOf(plain))
      server.script(turn)
      assert.deepEqual(gather(await chunksOf(guarded)), expected)
    }
    server.script({ choices })
    const expected = await plain.chat.completions.create(ASK)
    server.script({ choices })
    assert.deepEqual(await guarded.chat.completions.create(ASK), expected)
  })

  test('usage, ids and the head of every chunk stay', async () => {
    server.script({ choices: [says(DENIED, ALLOWED)] })
    const chunks = await chunksOf(guardedClient())
    assert.ok(
      chunks.every(({ id, object, model }) => id === 'answer_1' && object === 'chat.completion.chunk' && model === 'scripted'),
      'heads',
    )
    assert.deepEqual(chunks.at(-1)?.usage, { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 })
    assert.equal(chunks.filter(({ choices }) => choices[0]?.finish_reason !== null && choices.length > 0).length, 1)
  })

  test('a call is withheld until its choice ends, text is not delayed', async () => {
    server.script({ choices: [says(REVIEWED)], delivery: { delayMs: 5 } })
    const order: string[] = []
    const guard = guardWith({
      async onReview() {
        order.push('asked')
        return true
      },
    })
    for await (const chunk of await guardedClient(guard).chat.completions.create({ ...ASK, stream: true })) {
      const delta = chunk.choices[0]?.delta
      if (typeof delta?.content === 'string' && delta.content !== '') order.push(delta.content)
      if (delta?.tool_calls !== undefined) order.push('call')
    }
    assert.deepEqual([...new Set(order)], ['one ', 'two ', 'three', 'asked', 'call'])
  })

  test('a stream that is cut off gives no call', async () => {
    const seen: ChatCompletionChunk[] = []
    server.script({ choices: [says(ALLOWED)], delivery: { cutAfter: 6, delayMs: 2 } })
    await assert.rejects(async () => {
      for await (const chunk of await guardedClient().chat.completions.create({ ...ASK, stream: true })) seen.push(chunk)
    })
    assert.deepEqual(gather(seen)[0]?.calls, [])
    assert.equal(gather(seen)[0]?.text, 'one two three')
  })

  test('text that is read as JSON stays JSON: the refusal is one', async () => {
    const format = { type: 'json_object' as const }
    server.script({ choices: [{ calls: [DENIED] }] })
    const { choices } = await guardedClient().chat.completions.create({ ...ASK, response_format: format })
    assert.equal(choices[0]?.message.content, null)
    assert.match(choices[0]?.message.refusal ?? '', SHOWN_REASON)
  })
}
