/** Approval: `needsApproval` of tools, since release 6, and `toolApproval`, which release 7 has. */
import assert from 'node:assert/strict'
import { agsecApproval, guardTools } from '../../../sdk/vercel-ai.js'
import { CLOSED, guardWith, person } from '../support/guards.js'
import { test } from '../support/test.js'
import { ai, ALLOWED, anything, calls, DENIED, DONE, model, newTools, ran, REVIEWED, script, told, type Tools, WAYS } from './world.js'

/** Something else that came with each. */
const HAS_NEEDS_APPROVAL = 'ToolLoopAgent' in ai
const HAS_APPROVAL = 'experimental_toolCaller' in ai

/** The parts of the messages that a run adds, as the next run is given them. */
interface Part {
  readonly type: string
  readonly approvalId?: string
  readonly isAutomatic?: boolean
}

interface Run {
  readonly response: { readonly messages: readonly { readonly content: string | readonly Part[] }[] }
}

/** @param more what only this release takes */
function generate(tools: Tools, more: object): Promise<Run> {
  return ai.generateText({ model, prompt: 'go', tools, ...more })
}

function requestsOf({ response }: Run): readonly Part[] {
  const parts = response.messages.flatMap(({ content }) => (typeof content === 'string' ? [] : content))
  return parts.filter(({ type }) => type === 'tool-approval-request')
}

/** The messages of a run and what the user says to its request. */
function approved(run: Run): readonly object[] {
  const asked = requestsOf(run).find(({ isAutomatic }) => isAutomatic !== true)
  const answer = { type: 'tool-approval-response', approvalId: asked?.approvalId, approved: true }
  return [{ role: 'user', content: 'go' }, ...run.response.messages, { role: 'tool', content: [answer] }]
}

if (HAS_NEEDS_APPROVAL) {
  test('what the user approved asks the guard when it runs', async () => {
    for (const [call, count] of [
      [ALLOWED, 1],
      [DENIED, 0],
    ] as const) {
      const needing = Object.entries(newTools()).map(([name, tool]) => [name, { ...tool, needsApproval: true }] as const)
      const tools = guardTools(Object.fromEntries(needing) as Tools, guardWith()) // as they were, but for this
      script(calls(call), DONE)
      const first = await generate(tools, {})
      assert.deepEqual(ran, [])
      await generate(tools, { prompt: undefined, messages: approved(first) })
      assert.equal(ran.length, count)
      assert.match(told(), count === 0 ? /tables stay/ : /the result/)
    }
  })
}

if (HAS_APPROVAL) {
  for (const [how, run] of Object.entries(WAYS)) {
    test(`approval, ${how}: allowed, denied and reviewed, in parallel`, async () => {
      for (const [answer, count] of [
        [true, 2],
        [false, 1],
      ] as const) {
        const { guard, asked } = person(answer)
        script(calls(DENIED, ALLOWED, REVIEWED), DONE)
        assert.equal(await run({ tools: newTools(), toolApproval: agsecApproval(guard) }), 'done')
        assert.equal(ran.length, count)
        assert.equal(asked.length, 1)
        assert.match(told(), /tables stay.*ask a person to do it/)
      }
      script(calls(ALLOWED), DONE)
      await run({ tools: newTools(), toolApproval: agsecApproval(CLOSED) })
      assert.deepEqual(ran, [])
    })
  }

  test('approval: the user answers reviews, and the policy is asked again then', async () => {
    const tools = newTools()
    for (const [toolApproval, expected] of [
      [agsecApproval(guardWith(), { reviews: 'user' }), 1],
      [agsecApproval(CLOSED, { reviews: 'user' }), 0],
    ] as const) {
      script(calls(REVIEWED, DENIED), DONE)
      const first = await generate(tools, { toolApproval: agsecApproval(guardWith(), { reviews: 'user' }) })
      assert.deepEqual(ran, [])
      await generate(tools, { prompt: undefined, messages: approved(first), toolApproval })
      assert.equal(ran.length, expected)
    }
  })

  test('approval: what is allowed is asked about as it would be without the guard', async () => {
    const asking = { read_note: { ...newTools()['read_note'], needsApproval: async () => true } } as Tools // as it was, but for this
    script(calls(ALLOWED))
    assert.equal(requestsOf(await generate(asking, { toolApproval: agsecApproval(guardWith()) })).length, 1)
    script(calls(ALLOWED, DENIED))
    const otherwise = async () => 'denied' as const
    await generate(newTools(), { toolApproval: agsecApproval(guardWith({ rules: [{ effect: 'allow', actions: ['*'] }] }), { otherwise }) })
    assert.deepEqual(ran, [])
  })

  test('approval: tools of the client are decided too', async () => {
    script(calls({ ...DENIED }))
    const run = await generate({ drop_table: ai.tool({ inputSchema: anything }) }, { toolApproval: agsecApproval(guardWith()) })
    assert.match(JSON.stringify(run.response.messages), /tables stay/)
  })
}
