/** Responses over the matrix. */
import assert from 'node:assert/strict'
import type { Response as ResponseObject, ResponseStreamEvent } from 'openai/resources/responses/responses'
import { CLOSED, person } from '../support/guards.js'
import { test } from '../support/test.js'
import type { Delivery, ScriptedChoice } from '../support/turn.js'
import { ALLOWED, type Client, DENIED, guardedClient, plainClient, REVIEWED, says, server, SHOWN_REASON, TRUNCATED } from './world.js'

const ASK = { model: 'm', input: 'go' }

interface Gathered {
  readonly text: string
  readonly types: readonly string[]
  readonly calls: readonly { readonly name: string; readonly arguments: string }[]
}

function ofWhole({ output }: Pick<ResponseObject, 'output'>): Gathered {
  const text = output.flatMap(item =>
    item.type === 'message' ? item.content.map(part => (part.type === 'output_text' ? part.text : '')) : [],
  )
  const calls = output.flatMap(item => {
    if (item.type === 'function_call') return [{ name: item.name, arguments: item.arguments }]
    return item.type === 'custom_tool_call' ? [{ name: item.name, arguments: item.input }] : []
  })
  return { text: text.join('|'), types: output.map(({ type }) => type), calls }
}

/** What items the events tell of, and that the events of each are a protocol: announced, then told, then done, numbers rising. */
function ofEvents(events: readonly ResponseStreamEvent[]): Gathered {
  const items = new Map<number, { text: string; args: string; done: boolean; name: string; type: string }>()
  let last = -1
  for (const event of events) {
    assert.ok(event.sequence_number > last, `${event.type} has number ${event.sequence_number} after ${last}`)
    last = event.sequence_number
    if (event.type === 'response.output_item.added') {
      const name = 'name' in event.item ? event.item.name : ''
      items.set(event.output_index, { text: '', args: '', done: false, name, type: event.item.type })
    }
    const item = 'output_index' in event ? items.get(event.output_index) : undefined
    if (!('output_index' in event)) continue
    assert.ok(item !== undefined && !item.done, event.type)
    if (event.type === 'response.output_text.delta') item.text += event.delta
    if (event.type === 'response.function_call_arguments.delta' || event.type === 'response.custom_tool_call_input.delta')
      item.args += event.delta
    item.done = event.type === 'response.output_item.done'
  }
  const all = [...items.entries()].sort(([a], [b]) => a - b).map(([, item]) => item)
  const calls = all.flatMap(({ type, name, args }) => (type === 'message' ? [] : [{ name, arguments: args }]))
  const text = all.filter(({ type }) => type === 'message').map(item => item.text)
  return { text: text.join('|'), types: all.map(({ type }) => type), calls }
}

async function eventsOf(client: Client): Promise<readonly ResponseStreamEvent[]> {
  const events: ResponseStreamEvent[] = []
  for await (const event of await client.responses.create({ ...ASK, stream: true })) events.push(event)
  return events
}

/** What the events told is what the last one says. */
async function streamed(client: Client): Promise<Gathered> {
  const events = await eventsOf(client)
  const last = events.at(-1)
  const told = ofEvents(events)
  assert.ok(last !== undefined && 'response' in last, 'ends with the response')
  assert.deepEqual(told, ofWhole(last.response))
  return told
}

const READINGS: Readonly<Record<string, { readonly delivery?: Delivery; readonly read: (client: Client) => Promise<Gathered> }>> = {
  whole: { read: async client => ofWhole(await client.responses.create(ASK)) },
  'parse()': { read: async client => ofWhole(await client.responses.parse(ASK)) },
  'withResponse()': { read: async client => ofWhole((await client.responses.create(ASK).withResponse()).data) },
  'asResponse()': { read: async client => ofWhole(JSON.parse(await (await client.responses.create(ASK).asResponse()).text())) },
  'events of create': { read: streamed },
  'events in pieces of 11 bytes': { delivery: { pieceBytes: 11 }, read: streamed },
  'stream()': {
    async read(client) {
      const stream = client.responses.stream(ASK)
      const events: ResponseStreamEvent[] = []
      for await (const event of stream) events.push(event)
      assert.deepEqual(ofEvents(events), ofWhole(await stream.finalResponse()))
      return ofEvents(events)
    },
  },
  'retrieve()': { read: async client => ofWhole(await client.responses.retrieve('resp_1')) },
}

const plain = ({ name, arguments: args }: { readonly name: string; readonly arguments: string }) => ({ name, arguments: args })

/** Items that only the application can run, and what is allowed of each. */
const ITEMS = [
  {
    type: 'local_shell_call',
    id: 'i',
    call_id: 'c',
    status: 'completed',
    action: { type: 'exec', command: ['ls', 'a b'], env: { A: 'b' } },
  },
  {
    type: 'shell_call',
    id: 'i',
    call_id: 'c',
    status: 'completed',
    action: { commands: ['ls', 'pwd'], timeout_ms: 1, max_output_length: 9 },
  },
  { type: 'apply_patch_call', id: 'i', call_id: 'c', status: 'completed', operation: { type: 'create_file', path: '/p/a', diff: '+x\n' } },
  {
    type: 'apply_patch_call',
    id: 'i',
    call_id: 'c',
    status: 'completed',
    operation: { type: 'update_file', path: '/p/a', diff: '@@\n-x\n+y\n' },
  },
]
const REFUSED_ITEMS = [
  { ...ITEMS[0], action: { type: 'exec', command: ['bash', '-lc', 'cd / && rm -rf x'], env: {} } },
  { ...ITEMS[0], action: { type: 'exec', command: 'rm', env: {} } },
  { ...ITEMS[1], action: { commands: ['ls', 'rm x'], timeout_ms: 1, max_output_length: 9 } },
  { ...ITEMS[1], action: {} },
  { ...ITEMS[2], operation: { type: 'delete_file', path: '/p/a' } },
  { type: 'computer_call', id: 'i', call_id: 'c', status: 'completed', pending_safety_checks: [], action: { type: 'click', x: 1, y: 2 } },
  { type: 'mcp_approval_request', id: 'i', server_label: 's', name: 'erase', arguments: '{}' },
  { type: 'newer_call', id: 'i', call_id: 'c', status: 'completed', what: 1 },
]

function around(item: object) {
  const response = { id: 'resp_9', object: 'response', created_at: 1, model: 'm', status: 'completed', output: [item], error: null }
  const events = [
    { type: 'response.created', sequence_number: 0, response: { ...response, status: 'in_progress', output: [] } },
    { type: 'response.output_item.added', sequence_number: 1, output_index: 0, item },
    { type: 'response.output_item.done', sequence_number: 2, output_index: 0, item },
    { type: 'response.completed', sequence_number: 3, response },
  ]
  return { choices: [], body: response, events }
}

/** What the second request hands to the model. */
function sentInput(): readonly Readonly<Record<string, unknown>>[] {
  const body = server.received[1]?.body as { readonly input?: readonly Readonly<Record<string, unknown>>[] } | undefined
  return body?.input ?? []
}

export function testResponses(): void {
  for (const [way, { delivery, read }] of Object.entries(READINGS)) {
    const asked = (client: Client, choice: ScriptedChoice) => {
      server.script({ choices: [choice], ...(delivery === undefined ? {} : { delivery }) })
      return read(client)
    }

    test(`responses, ${way}: an allowed call passes`, async () => {
      const told = await asked(guardedClient(), says(ALLOWED))
      assert.deepEqual(told, { text: 'one two three', types: ['message', 'function_call'], calls: [plain(ALLOWED)] })
    })

    test(`responses, ${way}: a denied call is a message that says why`, async () => {
      const { text, types } = await asked(guardedClient(), says(DENIED))
      assert.deepEqual(types, ['message', 'message'])
      assert.match(text, /^one two three\|.*tables stay.*ask a person to do it/s)
    })

    test(`responses, ${way}: of two parallel calls the denied one goes, in either order`, async () => {
      const after = await asked(guardedClient(), says(ALLOWED, DENIED))
      assert.deepEqual(after.calls, [plain(ALLOWED)])
      assert.deepEqual(after.types, ['message', 'function_call', 'message'])
      const before = await asked(guardedClient(), says(DENIED, ALLOWED))
      assert.deepEqual(before.types, ['message', 'message', 'function_call'])
    })

    test(`responses, ${way}: reviews`, async () => {
      const { asked: questions, guard } = person(true)
      const approved = await asked(guardedClient(guard), says(REVIEWED))
      assert.deepEqual(approved.calls, [plain(REVIEWED)])
      // Once, though a stream tells of the item twice.
      assert.equal(questions.length, 1)
      assert.deepEqual((await asked(guardedClient(person(false).guard), says(REVIEWED))).calls, [])
      assert.deepEqual((await asked(guardedClient(), says(REVIEWED))).calls, [])
    })

    test(`responses, ${way}: truncated and malformed arguments, and no policy`, async () => {
      for (const broken of [TRUNCATED, { ...ALLOWED, arguments: '[1]' }, { ...ALLOWED, arguments: '' }]) {
        assert.deepEqual((await asked(guardedClient(), says(broken))).calls, [])
      }
      assert.deepEqual((await asked(guardedClient(), { ...says(TRUNCATED), finish: 'length' })).calls, [])
      assert.deepEqual((await asked(guardedClient(CLOSED), says(ALLOWED))).calls, [])
    })

    test(`responses, ${way}: custom tools`, async () => {
      const shell = { name: 'bash', arguments: 'ls -l', kind: 'custom' as const }
      const told = await asked(guardedClient(), says(shell, { ...shell, arguments: 'rm -rf /srv' }))
      assert.deepEqual(told.types, ['message', 'custom_tool_call', 'message'])
    })
  }

  test('responses: an answer that is all allowed is the very one that the server sent', async () => {
    const turn = { choices: [{ text: 'für é \n "_call" x', calls: [ALLOWED, ALLOWED] }] }
    for (const delivery of [{}, { pieceBytes: 13 }]) {
      server.script({ ...turn, delivery })
      const expected = await eventsOf(plainClient())
      server.script({ ...turn, delivery })
      assert.deepEqual(await eventsOf(guardedClient()), expected)
    }
  })

  test('responses: shells, patches and the like ask for what they do', async () => {
    for (const item of ITEMS) {
      server.script(around(item), around(item))
      const client = guardedClient()
      assert.deepEqual((await client.responses.create(ASK)).output, [item])
      assert.deepEqual(ofEvents(await eventsOf(client)).types, [item.type])
    }
  })

  test('responses: what they are refused becomes a message, whole and streamed', async () => {
    for (const item of REFUSED_ITEMS) {
      server.script(around(item), around(item))
      const client = guardedClient()
      assert.deepEqual(ofWhole(await client.responses.create(ASK)).types, ['message'], JSON.stringify(item))
      assert.deepEqual((await streamed(client)).types, ['message'], JSON.stringify(item))
    }
  })

  test('responses: what the provider runs by itself passes', async () => {
    for (const type of ['web_search_call', 'code_interpreter_call', 'mcp_call', 'file_search_call', 'image_generation_call']) {
      const item = { type, id: 'i', status: 'completed' }
      server.script(around(item))
      assert.deepEqual((await guardedClient().responses.create(ASK)).output, [item])
    }
  })

  test('responses: in a conversation that the provider keeps, the refusal is the result of the call', async () => {
    for (const item of REFUSED_ITEMS.filter(({ type }) => type !== 'computer_call' && type !== 'newer_call')) {
      const client = guardedClient()
      server.script(around(item), { choices: [{ text: 'done' }] })
      await client.responses.create(ASK)
      await client.responses.create({ ...ASK, input: 'next', previous_response_id: 'resp_9' })
      const input = sentInput()
      assert.equal(input.length, 2)
      assert.match(String(input[0]?.['type']), /_output$|^mcp_approval_response$/)
      assert.match(JSON.stringify(input[0]), /\[agsec\] ./)
      assert.deepEqual(input[1], { role: 'user', content: 'next' })
    }
  })

  test('responses: an application that hands the message back gives the model its call with the refusal', async () => {
    const client = guardedClient()
    server.script({ choices: [says(DENIED)] }, { choices: [{ text: 'done' }] })
    const { output } = await client.responses.create(ASK)
    await client.responses.create({ ...ASK, input: [{ role: 'user', content: 'go' }, ...output.filter(item => item.type === 'message')] })
    const input = sentInput()
    assert.deepEqual(
      input.map(({ type, role }) => type ?? role),
      ['user', 'message', 'function_call', 'function_call_output'],
    )
    assert.equal(input[2]?.['arguments'], DENIED.arguments)
    assert.match(String(input[3]?.['output']), SHOWN_REASON)
    assert.equal(input[3]?.['call_id'], input[2]?.['call_id'])
  })

  test('responses: text that is read as JSON stays JSON', async () => {
    server.script({ choices: [{ calls: [DENIED] }] }, { choices: [{ calls: [DENIED] }] })
    const client = guardedClient()
    const text = { format: { type: 'json_schema' as const, name: 'n', schema: {} } }
    const parsed = await client.responses.parse({ ...ASK, text })
    assert.equal(parsed.output_parsed, null)
    const final = await client.responses.stream({ ...ASK, text }).finalResponse()
    assert.ok(final.output[0]?.type === 'message' && final.output[0].content[0]?.type === 'refusal', 'a refusal')
    assert.match(final.output[0].content[0].refusal, SHOWN_REASON)
  })

  test('responses: a stream that is cut off gives no call', async () => {
    server.script({ choices: [says(ALLOWED)], delivery: { cutAfter: 11, delayMs: 2 } })
    const seen: ResponseStreamEvent[] = []
    await assert.rejects(async () => {
      for await (const event of await guardedClient().responses.create({ ...ASK, stream: true })) seen.push(event)
    })
    assert.deepEqual(ofEvents(seen).calls, [])
  })
}
