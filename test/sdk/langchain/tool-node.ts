/** LangGraph's `ToolNode` over guarded tools. */
import assert from 'node:assert/strict'
import { guardTools } from '../../../sdk/langchain.js'
import type { Guard } from '../../../sdk/index.js'
import { CLOSED, guardWith, person } from '../support/guards.js'
import { test } from '../support/test.js'
import type { ScriptedCall, Turn } from '../support/turn.js'
import { AIMessageChunk, core, IS_LATER, langgraph, looseObject, model, prebuilt, server, ToolMessage } from './packages.js'
import { calls, DONE, DROP, NO_DROP, PAY, PAY_MUCH, READ } from './turns.js'
import { forget, noted, ran, TOOLS } from './world.js'

const { Command, END, MessagesAnnotation, START, StateGraph } = langgraph

function graphWith(tools: typeof TOOLS) {
  return new StateGraph(MessagesAnnotation)
    .addNode('agent', async ({ messages }) => ({ messages: [await model.invoke(messages)] }))
    .addNode('tools', new prebuilt.ToolNode(tools))
    .addEdge(START, 'agent')
    .addConditionalEdges('agent', prebuilt.toolsCondition, ['tools', END])
    .addEdge('tools', 'agent')
    .compile()
}

/** The messages of the tools, when the graph has ended. */
async function run(guard: Guard, first: Turn, tools = TOOLS) {
  forget()
  server.script(first, DONE)
  const input = { messages: [{ role: 'user', content: 'go' }] }
  const { messages } = await graphWith(guardTools(tools, guard, ToolMessage)).invoke(input)
  return messages.filter(message => ToolMessage.isInstance(message))
}

test('a graph runs what is allowed and tells of the rest', async () => {
  const [read, drop, pay] = await run(guardWith(), calls(READ, DROP, PAY))
  assert.deepEqual(ran, ['read_note {"id":7}', 'send_money {"amount":5}'])
  assert.equal(read?.content, 'read_note done')
  assert.equal(drop?.status, 'error')
  assert.equal(drop?.tool_call_id, 'call_0_1')
  assert.match(String(drop?.content), NO_DROP)
  assert.notEqual(pay?.status, 'error')
})

for (const answer of [true, false]) {
  test(`a graph waits for a person who says ${answer ? 'yes' : 'no'}`, async () => {
    const { guard, asked } = person(answer)
    await run(guard, calls(PAY_MUCH, READ))
    assert.deepEqual([...ran].sort(), ['read_note {"id":7}', ...(answer ? ['send_money {"amount":500}'] : [])])
    assert.equal(asked.length, 1)
  })
}

test('a graph without a policy runs nothing', async () => {
  const [read] = await run(CLOSED, calls(READ))
  assert.deepEqual(ran, [])
  assert.equal(read?.status, 'error')
})

test('a graph whose model writes nonsense runs nothing', async () => {
  const nonsense: readonly ScriptedCall[] = ['[1]', '"x"', '{"type":"tool_call","args":{"id":7}}'].map(text => ({
    name: 'read_note',
    arguments: text,
  }))
  await run(guardWith(), calls(...nonsense))
  assert.deepEqual(ran, [])
})

test('a tool that answers with a command does so only when it is allowed', async () => {
  const commanding = (name: string) =>
    core.tool(
      (input, config) => {
        const message = new ToolMessage({ content: noted(name, input), tool_call_id: config.toolCall.id })
        return new Command({ update: { messages: [message] } })
      },
      { name, description: name, schema: looseObject({}) },
    )
  const results = await run(guardWith(), calls(READ, DROP), ['read_note', 'drop_table'].map(commanding) as unknown as typeof TOOLS) // of another result
  assert.deepEqual(ran, ['read_note {"id":7}'])
  assert.deepEqual(
    results.map(({ content, status }) => (status === 'error' ? status : content)),
    ['read_note done', 'error'],
  )
})

test('a call that was cut off does not run, where the graph hands its state to tools', async () => {
  if (!IS_LATER) return
  await run(guardWith(), { choices: [{ calls: [PAY, READ], finish: 'length' }] })
  assert.deepEqual(ran, ['send_money {"amount":5}'])
})

test('a call whose text was mended does not run, where its message has the text', async () => {
  if (!IS_LATER) return
  forget()
  const chunk = (index: number, args: string) => ({ name: 'read_note', args, id: `c${index}`, index, type: 'tool_call_chunk' as const })
  const answer = new AIMessageChunk({ content: '', tool_call_chunks: [chunk(0, '{"id":1}'), chunk(1, '{"id":2'), chunk(2, '')] })
  assert.equal(answer.tool_calls?.length, 3)
  await new prebuilt.ToolNode(guardTools(TOOLS, guardWith(), ToolMessage)).invoke({ messages: [answer] })
  assert.deepEqual(ran, ['read_note {"id":1}', 'read_note {}'])
})
