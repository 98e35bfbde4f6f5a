/** Tools with `execute`, in every way to run them. */
import assert from 'node:assert/strict'
import { type Guard, PolicyViolationError } from '../../../sdk/index.js'
import { guardTool, guardTools } from '../../../sdk/vercel-ai.js'
import { CLOSED, guardWith, person, recording } from '../support/guards.js'
import { test } from '../support/test.js'
import type { ScriptedCall } from '../support/turn.js'
import {
  ai,
  ALLOWED,
  anything,
  calls,
  DENIED,
  DONE,
  model,
  newTools,
  ran,
  REVIEWED,
  script,
  told,
  toolCalled,
  type Tools,
  WAYS,
} from './world.js'

for (const [how, run] of Object.entries(WAYS)) {
  const runTools = (guard: Guard, ...scripted: readonly ScriptedCall[]) => {
    script(calls(...scripted), DONE)
    return run({ tools: guardTools(newTools(), guard) })
  }

  test(`${how}: allowed and denied, in parallel`, async () => {
    assert.equal(await runTools(guardWith(), DENIED, ALLOWED), 'done')
    assert.deepEqual(ran, [['read_note', { id: 'n1' }]])
    assert.match(told(), /the result/)
    assert.match(told(), /tables stay.*ask a person to do it/)
  })

  test(`${how}: what a shell is told is read as a shell reads it`, async () => {
    await runTools(guardWith(), { name: 'bash', arguments: '{"command":"ls && rm -r x"}' }, { name: 'bash', arguments: '{"command":"ls"}' })
    assert.deepEqual(ran, [['bash', { command: 'ls' }]])
    assert.match(told(), /files stay/)
  })

  test(`${how}: reviews`, async () => {
    const { guard, asked } = person(true)
    await runTools(guard, REVIEWED)
    assert.deepEqual(ran, [['send_money', { amount: 500 }]])
    assert.equal(asked.length, 1)
    assert.equal(asked[0]?.context['tool_use_id'], 'call_0_0')
    assert.equal(asked[0]?.context['framework'], 'vercel-ai')
    await runTools(person(false).guard, REVIEWED)
    assert.deepEqual(ran, [])
    await runTools(guardWith(), REVIEWED)
    assert.deepEqual(ran, [])
    assert.match(told(), /a large sum/)
  })

  test(`${how}: malformed arguments, and no policy`, async () => {
    for (const broken of ['{"id":"n', '[1]']) {
      // The first release ends the run at arguments that are no JSON.
      await runTools(guardWith(), { ...ALLOWED, arguments: broken }).catch(() => undefined)
      assert.deepEqual(ran, [], broken)
    }
    await runTools(CLOSED, ALLOWED)
    assert.deepEqual(ran, [])
  })
}

test('records say which framework and which call', async () => {
  const { guard, records } = recording()
  script(calls(DENIED, ALLOWED), DONE)
  await ai.generateText({ model, prompt: 'go', tools: guardTools(newTools(), guard) })
  assert.deepEqual(records, ['vercel-ai drop_table denied call_0_0', 'vercel-ai read_note allowed call_0_1'])
})

test('arguments that nobody can read do not run', async () => {
  script()
  const tool = guardTool('read_note', toolCalled('read_note'), guardWith())
  const cyclic: Record<string, unknown> = {}
  cyclic['self'] = cyclic
  const throwing = Object.defineProperty({}, 'id', { enumerable: true, get: () => assert.fail('read') })
  const proxy = new Proxy({}, { ownKeys: () => assert.fail('keys') })
  for (const input of [cyclic, throwing, proxy, ['x'], 'x', null]) {
    const called = { toolCallId: 'c', messages: [], context: {} }
    await assert.rejects(async () => tool.execute?.(input, called), PolicyViolationError)
  }
  assert.deepEqual(ran, [])
})

test('tools have names of every kind', async () => {
  const name = 'constructor'
  script(calls({ name, arguments: '{}' }, { ...ALLOWED, name: '__proto__' }), DONE)
  await ai.generateText({ model, prompt: 'go', tools: guardTools({ [name]: toolCalled(name) }, guardWith()) }).catch(() => undefined)
  assert.deepEqual(ran, [])
})

test('preliminary results are passed on, of a refused tool there are none', async () => {
  async function* results() {
    ran.push('counted')
    yield 1
    yield 2
  }
  const counting = ai.tool({ inputSchema: anything, execute: results })
  const returning = toolCalled('send_money', results)
  // The first releases have no such results.
  if ((await resultsOf(counting)).last[0] !== 2) return
  for (const [tool, guard, preliminary] of [
    [counting, person(true).guard, [1, 2]],
    [counting, person(false).guard, []],
    // Which functions return an iterable is known when they are run: too late where a person was asked first.
    [returning, person(true).guard, []],
    [returning, guardWith({ mode: 'observe' }), [1, 2]],
  ] as const) {
    const results = await resultsOf(guardTool('send_money', tool, guard))
    assert.deepEqual(results, { preliminary, last: ran.length === 0 ? [] : [2] })
  }
})

async function resultsOf(tool: Tools[string]) {
  script(calls(REVIEWED), DONE)
  const { fullStream } = ai.streamText({ model, prompt: 'go', tools: { send_money: tool }, onError: () => undefined })
  const results = { preliminary: new Array<unknown>(), last: new Array<unknown>() }
  for await (const part of fullStream) {
    if (part.type === 'tool-result') results[part.preliminary === true ? 'preliminary' : 'last'].push(part.output)
  }
  return results
}

test('the tool gets a copy of what was decided, and is itself what `this` is', async () => {
  const tool = {
    ...toolCalled('read_note'),
    prompt: 'n',
    execute(this: { prompt: string }, input: object) {
      ran.push([this.prompt, input])
    },
  }
  script()
  const input = { id: 'n1' }
  const guarded = guardTool('read_note', tool, guardWith())
  await Promise.resolve(guarded.execute(input))
  assert.deepEqual(ran, [['n', { id: 'n1' }]])
  assert.notEqual((ran[0] as readonly unknown[])[1], input)
})

test('what is guarded once is not guarded again by the same guard; by another, both decide', async () => {
  const { guard, asked } = person(true)
  const tools = guardTools(newTools(), guard)
  assert.equal(guardTools(tools, guard)['send_money'], tools['send_money'])
  script(calls(REVIEWED))
  await ai.generateText({ model, prompt: 'go', tools: guardTools(tools, guard) })
  assert.equal(asked.length, 1)
  assert.equal(ran.length, 1)
  script(calls(REVIEWED))
  await ai.generateText({ model, prompt: 'go', tools: guardTools(tools, guardWith()) })
  assert.equal(ran.length, 0)
})

test('dynamic tools and those of an MCP server', async () => {
  const dynamic = ai.dynamicTool({ inputSchema: anything, execute: async input => ran.push(input) })
  script(calls({ name: 'erase', arguments: '{}' }, { name: 'list', arguments: '{"of":"notes"}' }))
  const guard = guardWith({ rules: [{ effect: 'allow' as const, actions: ['mcp.notes.list'] }] })
  await ai.generateText({ model, prompt: 'go', tools: guardTools({ erase: dynamic, list: dynamic }, guard, { server: 'notes' }) })
  assert.deepEqual(ran, [{ of: 'notes' }])
})

test('arguments that are repaired are decided as they are then', async () => {
  script(calls({ name: 'send_money', arguments: '{"amount":' }))
  await ai.generateText({
    model,
    prompt: 'go',
    tools: guardTools(newTools(), guardWith()),
    experimental_repairToolCall: async ({ toolCall }) => ({ ...toolCall, input: '{"amount":500}' }),
  })
  assert.deepEqual(ran, [])
})

test('a stream for a browser says of a refusal what it is told to say', async () => {
  script(calls(DENIED))
  const result = ai.streamText({ model, prompt: 'go', tools: guardTools(newTools(), guardWith()), onError: () => undefined })
  const onError = (error: unknown) => (error instanceof PolicyViolationError ? error.message : 'an error')
  assert.match(await result.toUIMessageStreamResponse({ onError }).text(), /"tool-output-error".*tables stay/)
})

test('tools without `execute`, and those of the provider, are as they were', () => {
  const client = ai.tool({ inputSchema: anything })
  assert.equal(guardTools({ client }, guardWith()).client, client)
})
