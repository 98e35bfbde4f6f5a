/** What a `PreToolUse` hook of @anthropic-ai/claude-agent-sdk is given, and what it answers. */
import type { Guard, Value, ValueMap, Verdict } from './contract.js'

export interface HookInput {
  readonly hook_event_name?: unknown
  readonly tool_name?: unknown
  readonly tool_input?: unknown
  readonly tool_use_id?: unknown
  readonly cwd?: unknown
}

export interface HookOutput {
  readonly hookSpecificOutput?: {
    readonly hookEventName: 'PreToolUse'
    readonly permissionDecision: 'deny' | 'ask'
    readonly permissionDecisionReason: string
  }
}

/** Who is asked about a review. */
export type Reviews = 'guard' | 'agent'

/** Never rejects: releases without `onFailure` for hooks of an application run the call when one fails. */
export async function hookAnswer(guard: Guard, input: HookInput, toolUseId: string | undefined, reviews: Reviews): Promise<HookOutput> {
  try {
    return answerTo(await verdictOn(guard, input, toolUseId, reviews), reviews)
  } catch {
    return answer('deny', '[agsec] blocked: the guard failed')
  }
}

function verdictOn(guard: Guard, input: HookInput, toolUseId: string | undefined, reviews: Reviews): Verdict | Promise<Verdict> {
  const id = typeof input.tool_use_id === 'string' ? input.tool_use_id : toolUseId
  const use = {
    framework: 'claude-agent',
    name: typeof input.tool_name === 'string' ? input.tool_name : '',
    input: input.tool_input,
    context: contextOf(input),
    ...(id === undefined ? {} : { id }),
  }
  return reviews === 'agent' ? guard.authorizeSync(use) : guard.authorize(use)
}

const CONTEXT = ['session_id', 'cwd', 'permission_mode', 'agent_id', 'agent_type']

/** Who calls, and where, under the names that policies use. */
function contextOf(input: HookInput): ValueMap {
  const context: { [name: string]: Value } = {}
  for (const [name, value] of Object.entries(input)) if (CONTEXT.includes(name) && typeof value === 'string') context[name] = value
  return context
}

function answerTo(verdict: Verdict, reviews: Reviews): HookOutput {
  return verdict.kind === 'allowed' ? {} : answer(isForAgent(verdict, reviews) ? 'ask' : 'deny', verdict.message)
}

function answer(permissionDecision: 'deny' | 'ask', permissionDecisionReason: string): HookOutput {
  return { hookSpecificOutput: { hookEventName: 'PreToolUse', permissionDecision, permissionDecisionReason } }
}

/** Whether it is the agent that has somebody decide. */
function isForAgent(verdict: Verdict, reviews: Reviews): boolean {
  return reviews === 'agent' && verdict.kind === 'refused' && verdict.error.decision.result.decision === 'review'
}
