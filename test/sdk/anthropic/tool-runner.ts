/** The loop that runs tools itself. */
import assert from 'node:assert/strict'
import { guardTool, guardTools, protect } from '../../../sdk/anthropic.js'
import { test } from '../support/test.js'
import { answer, call } from './answers.js'
import { BODY, client, guard, guardWith, MAIL, NO_MAIL, PAY, PAY_MUCH, plain, RULES, server, told, WEATHER } from './setting.js'

/** What ran, with which arguments. */
const ran: string[] = []

function tool(name: string) {
  return {
    name,
    description: name,
    input_schema: { type: 'object' as const },
    parse: (input: unknown) => input,
    run: (input: unknown) => {
      ran.push(`${name} ${JSON.stringify(input)}`)
      return `${name} done`
    },
  }
}

const TOOLS = ['weather', 'mail', 'pay'].map(tool)

/** The results that the model got in the last request. */
function results(): readonly { readonly content: string; readonly is_error?: boolean }[] {
  const body = server.received.at(-1)?.body as { messages: { content: { content: string; is_error?: boolean }[] }[] } | undefined // as requests are
  return body?.messages.at(-1)?.content ?? []
}

for (const stream of [false, true]) {
  const how = stream ? 'a streaming loop' : 'a loop'

  test(`${how} tells the model of a refusal as the result of the call`, async () => {
    ran.length = 0
    server.script(answer('hm', MAIL, WEATHER), answer('done'))
    const message = await client.beta.messages.toolRunner({ ...BODY, tools: TOOLS, stream }).runUntilDone()
    assert.deepEqual(told(message.content), ['text:done'])
    assert.deepEqual(ran, ['weather {"city":"Oslo"}'])
    const [refused, done] = results()
    assert.equal(refused?.is_error, true)
    assert.match(refused?.content ?? '', /mail is not for agents.*write a draft instead/)
    assert.equal(done?.content, 'weather done')
    assert.equal(server.received.length, 2)
  })

  test(`${how} waits for a person`, async () => {
    ran.length = 0
    server.script(answer(undefined, PAY, PAY_MUCH), answer('done'))
    await client.beta.messages.toolRunner({ ...BODY, tools: TOOLS, stream }).runUntilDone()
    assert.deepEqual(ran, ['pay {"amount":5}'])
    assert.match(results()[1]?.content ?? '', /money is at stake/)
  })

  test(`${how} without a policy runs nothing`, async () => {
    ran.length = 0
    server.script(answer('hm', WEATHER), answer('done'))
    await protect(plain, guardWith({}))
      .beta.messages.toolRunner({ ...BODY, tools: TOOLS, stream })
      .runUntilDone()
    assert.deepEqual(ran, [])
    assert.equal(results()[0]?.is_error, true)
  })

  test(`${how} withholds the calls of tools that it does not run`, async () => {
    server.script(answer('hm', MAIL))
    const { parse: _, run: __, ...definition } = tool('mail')
    const message = await client.beta.messages.toolRunner({ ...BODY, tools: [definition], stream }).runUntilDone()
    assert.deepEqual(told(message.content), ['text:hm', NO_MAIL])
  })

  test(`${how} that is given other tools before it runs`, async () => {
    ran.length = 0
    server.script(answer('hm', MAIL, WEATHER), answer('done'))
    const runner = client.beta.messages.toolRunner({ ...BODY, tools: [tool('weather')], stream })
    runner.setMessagesParams(params => ({ ...params, tools: TOOLS }))
    await runner.runUntilDone()
    assert.deepEqual(ran, ['weather {"city":"Oslo"}'])
    assert.match(results()[0]?.content ?? '', /mail is not for agents/)
  })

  test(`${how} that is given more tools while it runs`, async () => {
    ran.length = 0
    server.script(answer('hm', WEATHER), answer('hm', MAIL), answer('done'))
    const runner = client.beta.messages.toolRunner({ ...BODY, tools: [tool('weather')], stream })
    // Releases before threads have no such method.
    if (!('addTools' in runner)) return
    let turn = 0
    for await (const _ of runner) if (turn++ === 0) runner.addTools(tool('mail'))
    assert.deepEqual(ran, ['weather {"city":"Oslo"}'])
    assert.match(results()[0]?.content ?? '', /mail is not for agents/)
  })
}

test('a loop behind two guards asks both', async () => {
  ran.length = 0
  server.script(answer('hm', WEATHER, MAIL), answer('done'))
  await protect(client, guardWith({ rules: RULES.slice(1) }))
    .beta.messages.toolRunner({ ...BODY, tools: TOOLS })
    .runUntilDone()
  assert.deepEqual(ran, [])
  assert.deepEqual(
    results().map(({ is_error }) => is_error),
    [true, true],
  )
})

test('a loop of a client with other options', async () => {
  ran.length = 0
  server.script(answer('hm', MAIL), answer('done'))
  await client
    .withOptions({ timeout: 9000 })
    .beta.messages.toolRunner({ ...BODY, tools: TOOLS })
    .runUntilDone()
  assert.deepEqual(ran, [])
  assert.equal(results()[0]?.is_error, true)
})

test('a loop with broken arguments runs nothing', async () => {
  ran.length = 0
  server.script({ choices: [{ calls: [{ name: 'weather', arguments: '[1]' }] }] }, answer('done'))
  await client.beta.messages.toolRunner({ ...BODY, tools: TOOLS }).runUntilDone()
  assert.deepEqual(ran, [])
})

test('a tool on its own is guarded once, runs with what was decided, and says why not', async () => {
  ran.length = 0
  const [weather, mail] = guardTools(TOOLS, guard)
  assert.ok(weather !== undefined && mail !== undefined)
  assert.equal(guardTool(weather, guard), weather)
  assert.equal(await weather.run({ city: 'Oslo' }), 'weather done')
  await assert.rejects(async () => mail.run({}), { name: 'PolicyViolationError' })
  assert.deepEqual(ran, ['weather {"city":"Oslo"}'])
})

test('a tool is not run with arguments that nobody could read', async () => {
  ran.length = 0
  const weather = guardTool(tool('weather'), guard)
  const cyclic: Record<string, unknown> = {}
  cyclic['self'] = cyclic
  const throwing = Object.defineProperty({}, 'city', { enumerable: true, get: () => assert.fail('read') })
  const proxy = new Proxy({}, { ownKeys: () => assert.fail('keys') })
  for (const input of [cyclic, throwing, proxy, ['x'], 'x'])
    await assert.rejects(async () => weather.run(input), { name: 'PolicyViolationError' })
  assert.deepEqual(ran, [])
})

test('a tool that is an instance of a class is guarded, and stays one', async () => {
  class Mail {
    readonly name = 'mail'
    readonly input_schema = { type: 'object' as const }
    parse(input: unknown) {
      return input
    }
    run() {
      ran.push('mail')
      return 'sent'
    }
    close() {
      return this.name
    }
  }
  ran.length = 0
  server.script(answer('hm', MAIL), answer('done'))
  await client.beta.messages.toolRunner({ ...BODY, tools: [new Mail()] }).runUntilDone()
  assert.deepEqual(ran, [])
  assert.equal(results()[0]?.is_error, true)
  assert.equal(guardTool(new Mail(), guard).close(), 'mail')
})

test('what a tool makes of its arguments is made of those that were decided', async () => {
  const doubling = { ...tool('weather'), parse: (input: unknown) => ({ twice: [input, input] }) }
  ran.length = 0
  server.script(answer(undefined, call('weather', { n: 1 })), answer('done'))
  await client.beta.messages.toolRunner({ ...BODY, tools: [doubling] }).runUntilDone()
  assert.deepEqual(ran, ['weather {"twice":[{"n":1},{"n":1}]}'])
})

test('a thread, and a loop over one', async () => {
  if (!('thread' in client.beta.messages)) return
  ran.length = 0
  const { messages: _, ...body } = BODY
  server.script(answer('hm', MAIL), answer('hm', MAIL))
  const thread = client.beta.messages.thread({ ...body, tools: TOOLS })
  assert.deepEqual(told((await thread.send({ role: 'user', content: 'go' })).content), ['text:hm', NO_MAIL])
  const message = await client.beta.messages
    .thread({ ...BODY, tools: TOOLS })
    .toolRunner()
    .runUntilDone()
  assert.deepEqual(told(message.content), ['text:hm', NO_MAIL])
  assert.deepEqual(ran, [])
})
