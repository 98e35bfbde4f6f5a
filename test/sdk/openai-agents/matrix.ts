/** What @openai/agents does against the scripted server; run by `openai-agents.test.ts`, one process per release. */
import assert from 'node:assert/strict'
import { EventEmitter, once } from 'node:events'
import { guardComputer, guardTool, protect, toolGuardrail } from '../../../sdk/openai-agents.js'
import type { Guard } from '../../../sdk/index.js'
import { CLOSED, guardWith, person, recording } from '../support/guards.js'
import { loadPackage } from '../support/load-package.js'
import { startModelServer } from '../support/model-server.js'
import { after, test } from '../support/test.js'
import type { ScriptedCall, Turn } from '../support/turn.js'

const server = await startModelServer()
after(() => server.close())

/** As much of the package as is used here: it is too large to be one of this repository's. */
interface Agents {
  readonly Agent: new (options: object) => { readonly tools: readonly object[] }
  readonly OpenAIProvider: new (options: object) => object
  readonly Runner: new (options: object) => { run(agent: object, input: string, options?: object): Promise<Run> }
  tool(options: object): { readonly type: string; inputGuardrails?: readonly object[] }
  shellTool(options: object): object
  applyPatchTool(options: object): object
  computerTool(options: object): object
  hostedMcpTool(options: object): object
  webSearchTool(): object
  setTracingDisabled(disabled: boolean): void
}

interface Realtime {
  readonly RealtimeAgent: new (options: object) => object
  readonly RealtimeSession: new (agent: object, options: object) => { connect(options: object): Promise<void> }
}

interface Run extends AsyncIterable<unknown> {
  readonly finalOutput: unknown
  readonly completed: Promise<void>
}

// What is installed is loaded by its path, which has no types of its own.
const agents = (await loadPackage('@openai/agents')) as Agents
agents.setTracingDisabled(true)

const ran: unknown[] = []

function functionTool(name: string, options: object = {}) {
  return agents.tool({
    name,
    description: name,
    parameters: { type: 'object', properties: {}, required: [], additionalProperties: true },
    strict: false,
    execute(input: object) {
      ran.push([name, input])
      return 'the result'
    },
    ...options,
  })
}

const TOOLS = ['read_note', 'drop_table', 'send_money']

function agentWith(tools: readonly object[], more: object = {}) {
  return new agents.Agent({ name: 'a', instructions: 'i', model: 'm', tools, ...more })
}

interface Way {
  readonly stream: boolean
  readonly useResponses: boolean
}

/** The first turn, then a text. */
async function run(agent: object, turn: Turn, { stream, useResponses }: Way = { stream: false, useResponses: true }): Promise<unknown> {
  ran.length = 0
  server.script(turn, { choices: [{ text: 'done' }] })
  const modelProvider = new agents.OpenAIProvider({ apiKey: 'k', baseURL: `${server.url}/v1`, useResponses })
  const runner = new agents.Runner({ modelProvider, tracingDisabled: true })
  const result = await runner.run(agent, 'go', { stream })
  if (stream) await result.completed
  return result.finalOutput
}

/** All that the second request said to the model. */
function told(): string {
  return JSON.stringify(server.received[1]?.body ?? null)
}

const calls = (...scripted: readonly ScriptedCall[]): Turn => ({ choices: [{ calls: scripted }] })
const ALLOWED = { name: 'read_note', arguments: '{"id":"n1"}' }
const DENIED = { name: 'drop_table', arguments: '{"table":"users"}' }
const REVIEWED = { name: 'send_money', arguments: '{"amount":500}' }

for (const way of [
  { stream: false, useResponses: true },
  { stream: true, useResponses: true },
  { stream: false, useResponses: false },
  { stream: true, useResponses: false },
]) {
  const how = `${way.useResponses ? 'responses' : 'chat completions'}${way.stream ? ', streamed' : ''}`
  const runTools = (guard: Guard, ...scripted: readonly ScriptedCall[]) => {
    const agent = agentWith(TOOLS.map(name => functionTool(name)))
    return run(protect(agent, guard), calls(...scripted), way)
  }

  test(`${how}: allowed and denied, in parallel`, async () => {
    assert.equal(await runTools(guardWith(), DENIED, ALLOWED), 'done')
    assert.deepEqual(ran, [['read_note', { id: 'n1' }]])
    assert.match(told(), /the result/)
    assert.match(told(), /tables stay.*ask a person to do it/)
  })

  test(`${how}: reviews`, async () => {
    const { guard, asked } = person(true)
    await runTools(guard, REVIEWED)
    assert.deepEqual(ran, [['send_money', { amount: 500 }]])
    assert.equal(asked.length, 1)
    assert.equal(asked[0]?.context['tool_use_id'], 'call_0_0')
    await runTools(person(false).guard, REVIEWED)
    assert.deepEqual(ran, [])
    await runTools(guardWith(), REVIEWED)
    assert.deepEqual(ran, [])
  })

  test(`${how}: malformed arguments, and no policy`, async () => {
    for (const broken of ['{"id":"n', '[1]', '']) {
      // Some releases end the run at arguments that are no JSON.
      await runTools(guardWith(), { ...ALLOWED, arguments: broken }).catch(() => undefined)
      assert.deepEqual(ran, [], broken)
    }
    await runTools(CLOSED, ALLOWED)
    assert.deepEqual(ran, [])
  })
}

test('records say which framework and which call, whatever its arguments', async () => {
  const { guard, records } = recording()
  const broken = { ...ALLOWED, arguments: '[1]' }
  // Some releases end the run at arguments that are no map.
  await run(protect(agentWith(TOOLS.map(name => functionTool(name))), guard), calls(DENIED, ALLOWED, broken)).catch(() => undefined)
  const decided = [
    'openai-agents drop_table denied call_0_0',
    'openai-agents read_note allowed call_0_1',
    'openai-agents read_note denied call_0_2',
  ]
  assert.deepEqual(
    [...records].sort((a, b) => a.localeCompare(b)),
    decided.slice(0, records.length),
  )
  assert.ok(records.length >= 2)
})

test('a guardrail of its own, and a tool that is guarded alone', async () => {
  await run(agentWith([functionTool('drop_table', { inputGuardrails: [toolGuardrail(guardWith())] })]), calls(DENIED))
  assert.deepEqual(ran, [])
  await run(agentWith([guardTool(functionTool('drop_table'), guardWith())]), calls(DENIED))
  assert.deepEqual(ran, [])
})

test('what is guarded once is not guarded again by the same guard; by another, both decide', async () => {
  const { guard, asked } = person(true)
  const tool = functionTool('send_money')
  assert.equal(guardTool(guardTool(tool, guard), guard), tool)
  await run(protect(agentWith([tool]), guard), calls(REVIEWED))
  assert.equal(asked.length, 1)
  assert.equal(ran.length, 1)
  await run(agentWith([guardTool(tool, guardWith())]), calls(REVIEWED))
  assert.equal(ran.length, 0)
})

test('agents that are handed over to are guarded, in a circle too', () => {
  const tool = functionTool('drop_table')
  const other = agentWith([tool])
  const first = agentWith([], { handoffs: [other] })
  Object.assign(other, { handoffs: [first] })
  protect(first, guardWith())
  assert.equal(tool.inputGuardrails?.length, 1)
})

/** A response with one item that the dialect has no words for. */
function around(item: object): Turn {
  const response = { id: 'resp_9', object: 'response', created_at: 1, model: 'm', status: 'completed', output: [item], error: null }
  return { choices: [], body: { ...response, usage: { input_tokens: 1, output_tokens: 1, total_tokens: 2 } } }
}

test('a shell asks for each of its commands, and approval for good does not help', async () => {
  const shell = {
    prompt: 1,
    async run(action: { readonly commands: readonly string[] }) {
      ran.push([...action.commands, this.prompt])
      return { output: [{ stdout: 'listed', stderr: '', outcome: { type: 'exit', exitCode: 0 } }] }
    },
  }
  const onApproval = async () => ({ approve: true })
  const tool = guardTool(agents.shellTool({ shell, needsApproval: async () => true, onApproval }), guardWith())
  const item = (...commands: readonly string[]) =>
    around({ type: 'shell_call', id: 'i', call_id: 'c', status: 'completed', action: { commands, timeout_ms: 1, max_output_length: 9 } })
  await run(agentWith([tool]), item('ls', 'pwd'))
  assert.deepEqual(ran, [['ls', 'pwd', 1]])
  await run(agentWith([tool]), item('ls', 'rm -r x'))
  assert.deepEqual(ran, [])
  assert.match(told(), /files stay/)
})

test('an editor asks for each operation', async () => {
  const edit = (name: string) => async (operation: { readonly path: string }) => {
    ran.push([name, operation.path])
    return { status: 'completed' }
  }
  const editor = { createFile: edit('create'), updateFile: edit('update'), deleteFile: edit('delete') }
  const tool = guardTool(agents.applyPatchTool({ editor }), guardWith())
  const item = (operation: object) => around({ type: 'apply_patch_call', id: 'i', call_id: 'c', status: 'completed', operation })
  await run(agentWith([tool]), item({ type: 'create_file', path: '/p/a', diff: '+x\n' }))
  await Promise.resolve()
  assert.deepEqual(ran, [['create', '/p/a']])
  await run(agentWith([tool]), item({ type: 'update_file', path: '/p/a', diff: '-x\n+y\n' }))
  assert.deepEqual(ran, [['update', '/p/a']])
  await run(agentWith([tool]), item({ type: 'delete_file', path: '/p/a' }))
  assert.deepEqual(ran, [])
  assert.match(told(), /files stay/)
})

test('a computer asks for each gesture', async () => {
  const gesture = (name: string) => async () => void ran.push(name)
  const names = ['click', 'doubleClick', 'scroll', 'type', 'wait', 'move', 'keypress', 'drag']
  const gestures = Object.fromEntries(names.map(name => [name, gesture(name)]))
  const screen = { environment: 'browser', dimensions: [9, 9], screenshot: async () => 'aGk=' }
  const item = around({
    type: 'computer_call',
    id: 'i',
    call_id: 'c',
    status: 'completed',
    pending_safety_checks: [],
    action: { type: 'click', x: 1, y: 2, button: 'left' },
  })
  const make = async () => ({ ...screen, ...gestures })
  const allowing = guardWith({ rules: [{ effect: 'allow' as const, actions: ['*'] }] })
  const clicked = async (computer: object, guard: Guard) => {
    await run(agentWith([guardTool(agents.computerTool({ computer }), guard)]), item).catch(() => undefined)
    return ran.includes('click')
  }
  assert.equal(await clicked(await make(), allowing), true)
  assert.equal(await clicked(await make(), guardWith()), false)
  for (const maker of [make, { create: make }]) {
    assert.equal(await clicked(guardComputer(maker, allowing), allowing), true)
    assert.equal(await clicked(guardComputer(maker, guardWith()), guardWith()), false)
    assert.throws(() => guardTool(agents.computerTool({ computer: maker }), guardWith()), /guardComputer/)
  }
})

test('an MCP server of the provider asks before each call', async () => {
  const tool = guardTool(agents.hostedMcpTool({ serverLabel: 's', serverUrl: 'https://example.com' }), guardWith())
  const item = (name: string) => around({ type: 'mcp_approval_request', id: 'mcpr_1', server_label: 's', name, arguments: '{}' })
  await run(agentWith([tool]), item('erase'))
  assert.match(JSON.stringify(server.received[0]?.body), /"require_approval":"always"/)
  assert.match(told(), /"approve":false/)
  const open = guardWith({ rules: [{ effect: 'allow' as const, actions: ['mcp.s.list'] }] })
  await run(agentWith([guardTool(agents.hostedMcpTool({ serverLabel: 's', serverUrl: 'https://example.com' }), open)]), item('list'))
  assert.match(told(), /"approve":true/)
})

test('an MCP server that is called from here asks where it is called', async () => {
  const mcp = {
    name: 'notes',
    cacheToolsList: false,
    connect: async () => {},
    close: async () => {},
    invalidateToolsCache: async () => {},
    listTools: async () =>
      ['list', 'erase'].map(name => ({ name, inputSchema: { type: 'object', properties: {}, required: [], additionalProperties: true } })),
    async callTool(name: string, args: unknown) {
      ran.push([name, args])
      return [{ type: 'text', text: 'the notes' }]
    },
  }
  const guard = guardWith({ rules: [{ effect: 'allow' as const, actions: ['mcp.notes.list'] }] })
  const agent = protect(agentWith([], { mcpServers: [mcp] }), guard)
  await run(agent, calls({ name: 'list', arguments: '{}' }, { name: 'erase', arguments: '{}' }))
  assert.deepEqual(ran, [['list', {}]])
  assert.match(told(), /the notes/)
  assert.match(told(), /agsec/)
})

/** As much of a connection as a session of a realtime agent needs: what the model calls, and what it is told. */
class Connection extends EventEmitter {
  readonly status = 'connected'
  readonly muted = false
  readonly told: unknown[] = []

  sendFunctionCallOutput({ callId }: { readonly callId: string }, output: string) {
    this.told.push([callId, output])
    this.emit('told')
  }

  connect() {}
  close() {}
  requestResponse() {}
  resetHistory() {}
  sendEvent() {}
  updateSessionConfig() {}
}

test('a realtime agent', async () => {
  const { RealtimeAgent, RealtimeSession } = (await loadPackage('@openai/agents/realtime')) as Realtime
  ran.length = 0
  const connection = new Connection()
  const tools = [functionTool('read_note'), functionTool('drop_table')]
  const session = new RealtimeSession(protect(new RealtimeAgent({ name: 'a', tools }), guardWith()), {
    transport: connection,
    tracingDisabled: true,
  })
  await session.connect({ apiKey: 'k' })
  for (const [index, call] of [ALLOWED, DENIED].entries()) {
    const told = once(connection, 'told')
    connection.emit('function_call', { type: 'function_call', id: `i${index}`, callId: `c${index}`, responseId: 'r', ...call })
    await told
  }
  assert.deepEqual(ran, [['read_note', { id: 'n1' }]])
  assert.deepEqual(connection.told[0], ['c0', 'the result'])
  assert.match(JSON.stringify(connection.told[1]), /c1.*tables stay.*ask a person to do it/)
})

test('what the provider runs by itself passes, what is not known is an error', () => {
  const search = agents.webSearchTool()
  assert.equal(guardTool(search, guardWith()), search)
  assert.throws(() => guardTool({ type: 'newer' }, guardWith()), /`newer` cannot be guarded/)
  assert.throws(() => guardTool(Object.freeze({ ...functionTool('f') }), guardWith()), /frozen/)
})
