/** `createAgent` with the middleware. */
import assert from 'node:assert/strict'
import { agsecMiddleware } from '../../../sdk/langchain.js'
import type { Guard } from '../../../sdk/index.js'
import { CLOSED, guardWith, person } from '../support/guards.js'
import { test } from '../support/test.js'
import type { Turn } from '../support/turn.js'
import { langchain, model, server, ToolMessage } from './packages.js'
import { call, calls, DONE, DROP, NO_DROP, PAY, PAY_MUCH, READ } from './turns.js'
import { forget, payingTool, ran, TOOLS, WRITTEN_OTHERWISE } from './world.js'

const { createAgent } = langchain

/** What the model was told in the last request. */
function results() {
  const body = server.received.at(-1)?.body as { messages: { type: string; content: string; id?: string; status?: string }[] } // as the model sends it
  return body.messages.filter(({ type }) => type === 'tool')
}

async function run(guard: Guard, first: Turn, stream: boolean, tools = TOOLS): Promise<unknown> {
  forget()
  server.script(first, DONE)
  const agent = createAgent({ model, tools, middleware: [agsecMiddleware(guard, ToolMessage)] })
  const input = { messages: [{ role: 'user' as const, content: 'go' }] }
  if (!stream) return agent.invoke(input)
  for await (const _ of await agent.stream(input, { streamMode: 'messages' }));
  return undefined
}

for (const stream of [false, true]) {
  const how = stream ? 'streamed, ' : ''

  test(`${how}a call that is allowed runs`, async () => {
    await run(guardWith(), calls(READ), stream)
    assert.deepEqual(ran, ['read_note {"id":7}'])
    assert.deepEqual(results(), [{ type: 'tool', content: 'read_note done', id: 'call_0_0', ...{ status: results()[0]?.status } }])
  })

  test(`${how}a call that is denied does not run, and the model reads why`, async () => {
    await run(guardWith(), calls(DROP), stream)
    assert.deepEqual(ran, [])
    const [result] = results()
    assert.equal(result?.status, 'error')
    assert.equal(result.id, 'call_0_0')
    assert.match(result.content, NO_DROP)
    assert.equal(server.received.length, 2)
  })

  test(`${how}of parallel calls the denied one alone does not run`, async () => {
    await run(guardWith(), calls(READ, DROP, PAY), stream)
    assert.deepEqual(ran, ['read_note {"id":7}', 'send_money {"amount":5}'])
    assert.deepEqual(
      results().map(({ id, status }) => [id, status === 'error']),
      [
        ['call_0_0', false],
        ['call_0_1', true],
        ['call_0_2', false],
      ],
    )
  })

  test(`${how}a person approves`, async () => {
    const { guard, asked } = person(true)
    await run(guard, calls(PAY_MUCH), stream)
    assert.deepEqual(ran, ['send_money {"amount":500}'])
    assert.equal(asked.length, 1)
  })

  test(`${how}a person refuses`, async () => {
    const { guard, asked } = person(false)
    await run(guard, calls(PAY_MUCH), stream)
    assert.deepEqual(ran, [])
    assert.equal(asked.length, 1)
    assert.match(results()[0]?.content ?? '', /a large sum/)
  })

  test(`${how}a shell is decided by what its command does`, async () => {
    await run(guardWith(), calls(call('bash', { command: 'echo x; rm -rf build' }), call('bash', { command: 'ls' })), stream)
    assert.deepEqual(ran, ['bash {"command":"ls"}'])
  })

  test(`${how}arguments that are no map, or were cut off`, async () => {
    await run(guardWith(), calls(READ, { name: 'read_note', arguments: '[1]' }), stream)
    assert.deepEqual(ran, ['read_note {"id":7}'])
    await run(guardWith(), { choices: [{ calls: [READ, { name: 'read_note', arguments: '{"id":' }], finish: 'length' }] }, stream)
    assert.ok(!ran.includes('read_note {}'))
    await run(guardWith(), { choices: [{ calls: [PAY, READ], finish: 'length' }] }, stream)
    assert.deepEqual(ran, ['send_money {"amount":5}'])
  })

  test(`${how}arguments that would be taken for a call of their own`, async () => {
    const inner = { type: 'tool_call', name: 'send_money', id: 'x', args: { amount: 500 } }
    await run(guardWith({ rules: [{ effect: 'allow', actions: '*' }] }), calls(call('send_money', inner)), stream)
    assert.deepEqual(ran, [])
    assert.equal(results()[0]?.status, 'error')
  })

  test(`${how}without a policy nothing runs`, async () => {
    await run(CLOSED, calls(READ), stream)
    assert.deepEqual(ran, [])
    assert.equal(results()[0]?.status, 'error')
  })
}

test('what is decided is what the schema makes of the arguments', async () => {
  for (const args of WRITTEN_OTHERWISE) {
    await run(guardWith(), calls(call('send_money', args)), false, [payingTool()] as never)
    assert.deepEqual(ran, [], JSON.stringify(args))
    assert.match(results()[0]?.content ?? '', /a large sum/)
  }
  await run(guardWith(), calls(call('send_money', { amount: ['5'] })), false, [payingTool()] as never)
  assert.deepEqual(ran, ['send_money {"amount":5}'])
})
