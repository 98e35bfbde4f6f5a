/** Tools on their own, whichever way they are run. */
import assert from 'node:assert/strict'
import { type AgsecMiddleware, agsecMiddleware, guardTool, guardTools } from '../../../sdk/langchain.js'
import { guardWith, person, RULES } from '../support/guards.js'
import { test } from '../support/test.js'
import { core, looseObject, runnables, string, ToolMessage } from './packages.js'
import { NO_DROP } from './turns.js'
import { forget, noted, payingTool, ran, toolNamed, WRITTEN_OTHERWISE } from './world.js'

const guard = guardWith()
const VIOLATION = { name: 'PolicyViolationError' }

class Noting extends core.StructuredTool {
  readonly #ran: string
  readonly name: string
  readonly description = 'notes'
  readonly schema = looseObject({})

  constructor(name: string) {
    super()
    this.name = name
    this.#ran = name
  }

  override async _call(input: object) {
    return noted(this.#ran, input)
  }
}

function textTool(name: string) {
  return new core.DynamicTool({ name, description: name, func: async input => noted(name, input) })
}

/** Each kind of tool by the name that it is given. */
const KINDS = {
  'tool()': toolNamed,
  'a subclass': (name: string) => new Noting(name),
  'a frozen tool': (name: string) => Object.freeze(toolNamed(name)),
  'a runnable as a tool': (name: string) =>
    runnables.RunnableLambda.from((input: object) => noted(name, input)).asTool({ name, schema: looseObject({}) }),
} satisfies Record<string, (name: string) => object>

/** What of all kinds is used here. */
interface Runnable {
  readonly [method: string]: (...args: readonly unknown[]) => Promise<unknown>
}

function toolCall(name: string, args: unknown) {
  return { type: 'tool_call', id: 'c1', name, args }
}

const ID = { id: 7 }

/** Every way to run a tool with plain arguments that its kind has. */
const WAYS: Readonly<Record<string, (tool: Runnable, input: unknown) => unknown>> = {
  invoke: (tool, input) => tool['invoke']?.(input),
  call: (tool, input) => (tool['call'] ?? tool['invoke'])?.(input),
  _call: (tool, input) => (tool['_call'] ?? tool['invoke'])?.(input),
  func: (tool, input) => (typeof tool['func'] === 'function' ? tool['func'] : tool['invoke'])?.(input),
  batch: (tool, input) => tool['batch']?.([input]),
  stream: async (tool, input) => drained(await tool['stream']?.(input)),
  transform: (tool, input) => drained(Reflect.apply(tool['transform'] ?? assert.fail, tool, [once(input), {}])),
  streamEvents: (tool, input) => drained(Reflect.apply(tool['streamEvents'] ?? assert.fail, tool, [input, { version: 'v2' }])),
  withConfig: (tool, input) => bound(tool, 'withConfig', { tags: ['x'] }).invoke(input),
  withRetry: (tool, input) => bound(tool, 'withRetry', { stopAfterAttempt: 1 }).invoke(input),
  pipe: (tool, input) => bound(tool, 'pipe', (output: unknown) => output).invoke(input),
}

function bound(tool: Runnable, method: string, argument: unknown): { invoke(input: unknown): Promise<unknown> } {
  return Reflect.apply(tool[method] ?? assert.fail, tool, [argument])
}

async function* once(input: unknown) {
  yield input
}

async function drained(stream: unknown): Promise<void> {
  for await (const _ of stream as AsyncIterable<unknown>); // all of these are
}

for (const [kind, make] of Object.entries(KINDS)) {
  const guarded = (name: string) => guardTool(make(name) as never, guard, ToolMessage) as unknown as Runnable // what they have in common

  for (const [way, runBy] of Object.entries(WAYS)) {
    test(`${kind}, by ${way}`, async () => {
      forget()
      await runBy(guarded('read_note'), ID)
      assert.deepEqual(ran, ['read_note {"id":7}'])
      await assert.rejects(async () => runBy(guarded('drop_table'), ID), VIOLATION)
      assert.deepEqual(ran, ['read_note {"id":7}'])
    })
  }

  test(`${kind}, with a tool call`, async () => {
    forget()
    for (const method of ['invoke', 'batch']) {
      const given = (name: string) => (method === 'batch' ? [toolCall(name, ID)] : toolCall(name, ID))
      await guarded('read_note')[method]?.(given('read_note'))
      const [refused] = [await guarded('drop_table')[method]?.(given('drop_table'))].flat()
      assert.ok(ToolMessage.isInstance(refused))
      assert.deepEqual([refused.status, refused.tool_call_id, refused.name], ['error', 'c1', 'drop_table'])
      assert.match(String(refused.content), NO_DROP)
    }
    assert.deepEqual(ran, ['read_note {"id":7}', 'read_note {"id":7}'])
  })

  test(`${kind}, shown to a model as it was`, () => {
    const [before, after] = [make('read_note'), guarded('read_note')]
    assert.equal(after.name, 'read_note')
    assert.equal(Reflect.get(after, 'description'), Reflect.get(before, 'description'))
    assert.ok(Reflect.get(after, 'schema') !== undefined)
    assert.ok(runnables.Runnable.isRunnable(after))
  })
}

test('a call by its id in the configuration', async () => {
  const refused = await guardTool(toolNamed('drop_table'), guard, ToolMessage).invoke(ID, { toolCall: { id: 'c2', name: 'x', args: {} } })
  assert.ok(ToolMessage.isInstance(refused))
  assert.equal(refused.tool_call_id, 'c2')
})

test('a call is one of the tool that runs, whatever name it came by', async () => {
  forget()
  await guardTool(toolNamed('drop_table'), guard, ToolMessage).invoke(toolCall('read_note', ID) as never)
  assert.deepEqual(ran, [])
})

test('tools of one text', async () => {
  forget()
  const [read, drop, typed] = guardTools(
    [textTool('read_note'), textTool('drop_table'), core.tool(noting, { name: 'read_note', description: 'd', schema: string() })],
    guard,
    ToolMessage,
  )
  for (const tool of [read, typed]) {
    await tool?.invoke('x')
    await tool?.invoke(toolCall('read_note', { input: 'y' }) as never)
    await tool?.call('z')
  }
  await assert.rejects(async () => drop?.invoke('x'), VIOLATION)
  await assert.rejects(async () => drop?.func('x'), VIOLATION)
  const one = ['read_note "x"', 'read_note "y"', 'read_note "z"']
  assert.deepEqual(ran, [...one, ...one])
})

function noting(input: unknown): string {
  return noted('read_note', input)
}

test('a tool with other guards', async () => {
  forget()
  const tool = guardTool(toolNamed('read_note'), guard, ToolMessage)
  assert.equal(guardTool(tool, guard, ToolMessage), tool)
  const twice = guardTool(tool, guardWith({ rules: RULES.slice(1) }), ToolMessage)
  await assert.rejects(twice.invoke(ID), VIOLATION)
  await assert.rejects(async () => twice.func(ID), VIOLATION)
  await guardTool(tool, person(true).guard, ToolMessage).invoke(ID)
  assert.deepEqual(ran, ['read_note {"id":7}'])
})

test('a tool runs with what was decided, not with what somebody made of it meanwhile', async () => {
  forget()
  const input = { amount: 500 }
  const { guard: approving } = person(true)
  const running = guardTool(toolNamed('send_money'), approving, ToolMessage).invoke(input)
  input.amount = 5000
  await running
  assert.deepEqual(ran, ['send_money {"amount":500}'])
})

test('arguments that nobody can read', async () => {
  forget()
  const cyclic: Record<string, unknown> = {}
  cyclic['self'] = cyclic
  const throwing = Object.defineProperty({}, 'id', { enumerable: true, get: () => assert.fail('read') })
  const proxy = new Proxy({}, { ownKeys: () => assert.fail('keys') })
  const tool = guardTool(toolNamed('read_note'), guard, ToolMessage)
  for (const input of [cyclic, throwing, proxy, ['x']]) await assert.rejects(tool.invoke(input as never), VIOLATION)
  const nested = toolCall('read_note', toolCall('read_note', ID))
  const refused = await tool.invoke(nested as never)
  assert.ok(ToolMessage.isInstance(refused))
  assert.deepEqual(ran, [])
})

test('names that are none', async () => {
  const open = guardWith({ rules: [{ effect: 'deny', actions: '*' }] })
  for (const name of ['__proto__', 'constructor', '', 'x'.repeat(10_000)])
    await assert.rejects(guardTool(toolNamed(name), open, ToolMessage).invoke(ID), VIOLATION)
})

test('what cannot be guarded is an error at once', () => {
  assert.throws(() => guardTool({ name: 'web_search' } as never, guard, ToolMessage), TypeError)
  assert.throws(() => guardTool(toolNamed('read_note'), guard, undefined as never), TypeError)
  assert.throws((): AgsecMiddleware<unknown> => agsecMiddleware(guard, undefined as never), TypeError)
})

test('what is decided is what the schema makes of the arguments', async () => {
  forget()
  const tool = guardTool(payingTool(), guard, ToolMessage)
  for (const args of WRITTEN_OTHERWISE) {
    const refused = await tool.invoke(toolCall('send_money', args) as never)
    assert.equal(Reflect.get(Object(refused), 'status'), 'error', JSON.stringify(args))
    await assert.rejects(async () => tool.invoke(args as never), VIOLATION)
  }
  assert.deepEqual(ran, [])
  await tool.invoke(toolCall('send_money', { amount: ['5'] }) as never)
  assert.deepEqual(ran, ['send_money {"amount":5}'])
})

test('a schema in JSON, and one that takes nothing of what was written', async () => {
  forget()
  const fields = { name: 'read_note', description: 'd' }
  const json = core.tool(noting, { ...fields, schema: { type: 'object', properties: { id: { type: 'number' } }, required: ['id'] } })
  await guardTool(json, guard, ToolMessage).invoke(ID)
  await assert.rejects(guardTool(json, guard, ToolMessage).invoke({}), { name: 'Error' })
  await assert.rejects(
    guardTool(core.tool(noting, { ...fields, schema: looseObject({ id: string() }) }), guard, ToolMessage).invoke(ID as never),
  )
  assert.deepEqual(ran, ['read_note {"id":7}'])
})
