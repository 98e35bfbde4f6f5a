/** Agents with more than the middleware: tools that are added late, people who are asked by the graph, other middleware, logs. */
import assert from 'node:assert/strict'
import type { AgentMiddleware, ToolCallRequest } from 'langchain'
import type { GuardOptions } from '../../../sdk/index.js'
import { agsecMiddleware, guardTools } from '../../../sdk/langchain.js'
import { guardWith, person, RULES } from '../support/guards.js'
import { test } from '../support/test.js'
import { IS_LATER, langchain, langgraph, model, server, ToolMessage } from './packages.js'
import { call, calls, DONE, DROP, NO_DROP, PAY_MUCH, READ } from './turns.js'
import { forget, noted, ran, TOOLS, toolNamed } from './world.js'

const { createAgent, createMiddleware } = langchain
const { Command, MemorySaver } = langgraph
const INPUT = { messages: [{ role: 'user' as const, content: 'go' }] }

// Its type is none of a middleware where optional properties are exact.
const humanInTheLoop = langchain.humanInTheLoopMiddleware as unknown as (options: object) => AgentMiddleware

test('tools that are added while the agent runs', async () => {
  if (!IS_LATER) return
  forget()
  server.script(calls(READ, DROP), DONE)
  const late = createMiddleware({
    name: 'late',
    wrapModelCall: (request, handler) => handler({ ...request, tools: [...request.tools, ...TOOLS] }),
    wrapToolCall: (request, handler) => handler({ ...request, tool: TOOLS.find(({ name }) => name === request.toolCall.name) }),
  })
  const agent = createAgent({ model, tools: [toolNamed('ls')], middleware: [late, agsecMiddleware(guardWith(), ToolMessage)] })
  const { messages } = await agent.invoke(INPUT)
  assert.deepEqual(ran, ['read_note {"id":7}'])
  assert.match(String(messages.find(message => ToolMessage.isInstance(message) && message.status === 'error')?.content), NO_DROP)
})

test('a person whom the graph asks, by the policy', async () => {
  if (!IS_LATER) return
  const guard = guardWith({ onReview: ({ tool }) => tool === 'send_money' })
  const asking = humanInTheLoop({
    interruptOn: {
      send_money: {
        allowedDecisions: ['approve', 'edit', 'reject'],
        when: ({ toolCall }: ToolCallRequest) => guard.check('tool.send_money', toolCall.args).decision === 'review',
      },
      drop_table: { allowedDecisions: ['approve'] },
    },
  })
  const middleware = [asking, agsecMiddleware(guard, ToolMessage)] as const
  const agent = createAgent({ model, tools: TOOLS, middleware, checkpointer: new MemorySaver() })
  const approve = { type: 'approve' as const }
  const edit = { type: 'edit' as const, editedAction: { name: 'send_money', args: { amount: 250 } } }
  const changed = { type: 'edit' as const, editedAction: { name: 'drop_table', args: { table: 'users' } } }
  const cases = [
    [PAY_MUCH, approve, ['send_money {"amount":500}']],
    [PAY_MUCH, edit, ['send_money {"amount":250}']],
    [PAY_MUCH, changed, []],
    [PAY_MUCH, { type: 'reject' as const }, []],
    [DROP, approve, []],
  ] as const
  for (const [index, [asked, decision, runs]] of cases.entries()) {
    forget()
    server.script(calls(asked), DONE)
    const config = { configurable: { thread_id: `t${index}` } }
    await agent.invoke(INPUT, config)
    assert.deepEqual(ran, [])
    await agent.invoke(new Command({ resume: { decisions: [decision] } }), config)
    assert.deepEqual(ran, runs)
  }
})

test('an agent behind two guards', async () => {
  forget()
  server.script(calls(READ, call('bash', { command: 'ls' })), DONE)
  const [, ...others] = RULES
  const middleware = [
    agsecMiddleware(guardWith(), ToolMessage),
    agsecMiddleware(guardWith({ rules: others }), ToolMessage, 'second'),
  ] as const
  await createAgent({ model, tools: TOOLS, middleware }).invoke(INPUT)
  assert.deepEqual(ran, ['bash {"command":"ls"}'])
})

test('a tool that answers with a command, and one that fails', async () => {
  forget()
  server.script(calls(READ, call('bash', { command: 'ls' })), DONE)
  const commanding = langchain.tool(
    (input, config) => {
      const message = new ToolMessage({ content: noted('read_note', input), tool_call_id: config.toolCall.id })
      return new Command({ update: { messages: [message] } })
    },
    { name: 'read_note', description: 'd', schema: { type: 'object', properties: {} } },
  )
  const failing = langchain.tool(() => assert.fail('out of order'), {
    name: 'bash',
    description: 'd',
    schema: { type: 'object', properties: {} },
  })
  const handling = createMiddleware({
    name: 'handling',
    wrapToolCall: async (request, handler) => {
      try {
        return await handler(request)
      } catch (error) {
        return new ToolMessage({ content: String(error), tool_call_id: request.toolCall.id ?? '' })
      }
    },
  })
  const middleware = [handling, agsecMiddleware(guardWith(), ToolMessage)] as const
  const { messages } = await createAgent({ model, tools: [commanding, failing], middleware }).invoke(INPUT)
  const results = messages.filter(message => ToolMessage.isInstance(message)).map(({ content }) => String(content))
  assert.deepEqual(results.length, 2)
  assert.ok(results.includes('read_note done'))
  assert.ok(results.some(result => result.includes('out of order')))
})

async function recordsOf(options: Partial<GuardOptions>) {
  forget()
  const records: unknown[] = []
  const guard = guardWith({ ...options, audit: record => void records.push(record) })
  server.script(calls(READ, DROP), DONE)
  await createAgent({ model, tools: TOOLS, middleware: [agsecMiddleware(guard, ToolMessage)] }).invoke(INPUT)
  return records.map(record => JSON.stringify(record))
}

test('records say which framework and which call', async () => {
  const records = await recordsOf({})
  assert.equal(records.length, 2)
  for (const [index, record] of records.entries()) assert.match(record, new RegExp(`langchain.*call_0_${index}|call_0_${index}.*langchain`))
})

test('in observe mode what would be refused is recorded, and runs', async () => {
  const records = await recordsOf({ mode: 'observe' })
  assert.equal(records.length, 2)
  assert.deepEqual(ran, ['read_note {"id":7}', 'drop_table {"table":"users"}'])
})

test('agents at the same time do not mix', async () => {
  forget()
  server.script(...Array.from({ length: 4 }, () => calls(READ, DROP)), ...Array.from({ length: 4 }, () => DONE))
  const agent = createAgent({ model, tools: TOOLS, middleware: [agsecMiddleware(person(false).guard, ToolMessage)] })
  await Promise.all(Array.from({ length: 4 }, () => agent.invoke(INPUT)))
  assert.deepEqual(
    ran,
    Array.from({ length: 4 }, () => 'read_note {"id":7}'),
  )
})

test('guarded tools in an agent with other middleware', async () => {
  forget()
  server.script(calls(READ, DROP), DONE)
  const passing = createMiddleware({ name: 'passing', wrapToolCall: (request, handler) => handler(request) })
  const agent = createAgent({ model, tools: guardTools(TOOLS, guardWith(), ToolMessage), middleware: [passing] })
  const { messages } = await agent.invoke(INPUT)
  assert.deepEqual(ran, ['read_note {"id":7}'])
  const refused = messages.filter(message => ToolMessage.isInstance(message)).find(({ status }) => status === 'error')
  assert.equal(refused?.tool_call_id, 'call_0_1')
  assert.match(String(refused.content), NO_DROP)
})
