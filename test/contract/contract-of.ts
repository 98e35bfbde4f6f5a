/** The contract of a platform as a table: what its hook input means, and which bytes answer it. */
import { describe, expect, it } from 'vitest'
import { adapterOf, readInput } from '../../runtime/agents/adapters.js'
import { failure, parseInput, replyTo } from '../../runtime/agents/answer.js'
import type { Adapter, HostFacts, PlatformName, ToolCall } from '../../runtime/agents/contract.js'
import { withoutAsk } from '../../runtime/agents/message.js'
import { AbstractString, showString } from '../../runtime/decide/abstract-string.js'
import type { ExpandedRequest } from '../../runtime/decide/request.js'
import type { Decision, Result } from '../../runtime/decide/result.js'

/** An action with its arguments, exactly; paths known in part as they are shown. */
export type Shown = readonly [action: string, params: object]

export interface Bytes {
  readonly stdout: string
  readonly stderr: string
  /** What the platform sees of it. */
  readonly exit: number
}

export interface PlatformContract {
  readonly platform: PlatformName
  /** What the platform writes about the use of a tool. */
  readonly payload: (tool: string, input: unknown) => object
  /** Calls that do one thing. */
  readonly calls: readonly (readonly [tool: string, input: unknown, ...shown: Shown])[]
  /** Calls that do several, as the members of a batch. */
  readonly batches?: readonly (readonly [tool: string, input: unknown, members: readonly Shown[]])[]
  /** The name of a tool that is none of its, if it cannot be any. */
  readonly unknown?: string
  /** Arguments that are not what the tool takes. */
  readonly malformed: readonly (readonly [tool: string, input: unknown])[]
  /** What else it may be, or does besides: the effects of a call. */
  readonly effects?: readonly (readonly [tool: string, input: unknown, effects: readonly Shown[]])[]
  /** Inputs that are no call about to run, with a word of why. */
  readonly notCalls: readonly (readonly [why: string, payload: unknown])[]
  /** The context of one of its inputs, exactly. */
  readonly context: readonly [payload: object, context: object]
  /** An input of which the platform asks a person when it is told to; absent where it never does. */
  readonly asked?: object
  /** Inputs of which it does not. */
  readonly notAsked?: readonly object[]
  /** Of the message `no`, which stands for a statement's reason. */
  readonly replies: { readonly allow: Bytes; readonly deny: Bytes; readonly review: Bytes; readonly failure: Bytes }
}

export const FACTS: HostFacts = { home: '/home/u', user: 'u', platform: 'linux', mode: 'enforce', realPath: path => path }

export function contractOf(contract: PlatformContract): void {
  const adapter = adapterNamed(contract.platform)
  describe(`the calls of ${contract.platform}`, () => {
    it.each(contract.calls)('%s %j', (tool, input, action, params) => {
      const { call } = toolCallOf(adapter, contract.payload(tool, input))
      expect(shown(call[0])).toEqual([action, params])
      expect(call.filter(({ role }) => role === 'whole')).toHaveLength(1)
    })
    it.each(contract.batches ?? [])('%s %j at once', (tool, input, members) => {
      const [whole, ...rest] = toolCallOf(adapter, contract.payload(tool, input)).call
      expect(whole?.request).toMatchObject({ action: 'batch', params: { tool } })
      // Of a command the whole is what the agent sent.
      const commands = rest.filter(({ role }) => role === 'whole')
      const others = rest.filter(({ role, request }) => role === 'part' && !/^(bash|powershell)\./.test(request.action))
      expect([...commands, ...others].map(shown)).toEqual(members)
    })
    it.each(contract.malformed)('does not know what %s %j is', (tool, input) => {
      const [whole, ...rest] = toolCallOf(adapter, contract.payload(tool, input)).call
      expect(whole?.request).toMatchObject({ action: 'tool.other', params: { tool, malformed: true } })
      expect(rest).toEqual([])
    })
    it.each(contract.effects ?? [])('%s %j has effects', (tool, input, effects) => {
      const { call } = toolCallOf(adapter, contract.payload(tool, input))
      expect(call.filter(({ role }) => role === 'effect').map(shown)).toEqual(effects)
    })
    it('knows no tool that it was not told of', () => {
      const tool = contract.unknown ?? 'Teleport'
      const [whole] = toolCallOf(adapter, contract.payload(tool, { to: 'x' })).call
      expect(shown(whole)).toEqual(['tool.other', { tool, arguments: { to: 'x' } }])
    })
    it.each(['constructor', 'toString', '__proto__', '', ' ', '@patch', '|'])('takes %j for no tool of its own', tool => {
      const parsed = readInput(adapter, contract.payload(tool, { command: 'ls', file_path: '/a' }), FACTS)
      if (parsed.kind === 'call') expect(parsed.toolCall.call[0]?.request.action).toMatch(/^(tool\.other$|mcp\.\*\.)/)
    })
  })
  describe(`the context of ${contract.platform}`, () => {
    it('has the names that policies use', () => {
      const [payload, context] = contract.context
      expect(toolCallOf(adapter, payload).call[0]?.request.context).toEqual({
        home: '/home/u',
        user: 'u',
        platform: 'linux',
        mode: 'enforce',
        ...context,
      })
    })
  })
  describe(`the replies of ${contract.platform}`, () => {
    it.each(['allow', 'deny', 'review'] as const)('to %s are these bytes', decision => {
      const toolCall = toolCallOf(adapter, contract.asked ?? contract.context[0])
      expect(bytesOf(adapter, replyTo(toolCall, resultOf(decision)))).toEqual(contract.replies[decision])
    })
    it('to a failure are these bytes', () => {
      expect(bytesOf(adapter, failure(adapter, 'why'))).toEqual(contract.replies.failure)
    })
    it.each(contract.notAsked ?? [])('deny what %j needs a person for', payload => {
      const denied = adapter.reply('deny', withoutAsk('[agsec] no.'))
      expect(replyTo(toolCallOf(adapter, payload), resultOf('review'))).toEqual(denied)
    })
  })
  describe(`what is no call of ${contract.platform}`, () => {
    it.each(contract.notCalls)('%s: %j', (_, payload) => {
      expect(readInput(adapter, payload, FACTS)).toMatchObject({ kind: 'invalid' })
    })
    it.each(['', 'x', '{', '[]', 'null', '1', '"x"', '{}', '{}{}', '{"tool_name":""}', '{"tool_name":1}'])('%s', text => {
      expect(parseInput(adapter, text, FACTS)).toMatchObject({ kind: 'invalid' })
    })
  })
}

function adapterNamed(name: PlatformName): Adapter {
  const adapter = adapterOf(name)
  if (adapter === undefined) throw new Error(`no adapter for ${name}`)
  return adapter
}

function toolCallOf(adapter: Adapter, payload: object): ToolCall {
  const parsed = readInput(adapter, payload, FACTS)
  if (parsed.kind === 'invalid') throw new Error(parsed.why)
  return parsed.toolCall
}

function shown(expanded: ExpandedRequest | undefined): unknown {
  const json = JSON.stringify([expanded?.request.action, expanded?.request.params], (_, value: unknown) =>
    value instanceof AbstractString ? showString(value) : value,
  )
  return JSON.parse(json)
}

function resultOf(decision: Decision): Result {
  return { decision, sid: null, reason: 'no', certainty: 'definite', matched: [] }
}

function bytesOf(adapter: Adapter, { stdout, stderr, status }: ReturnType<Adapter['reply']>): Bytes {
  const exits: Readonly<Record<number, number>> = { 10: adapter.exits.allow, 11: adapter.exits.ask, 2: adapter.exits.deny }
  return { stdout, stderr, exit: exits[status] ?? Number.NaN }
}

/** What is said of `no` where nobody can be asked. */
export const UNASKED = withoutAsk('[agsec] no.')
