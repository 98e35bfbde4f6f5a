/**
 * Hooks and `canUseTool` of an application may replace the input of a call after the guard has decided about it. The new input is decided where
 * it comes from.
 */
import { hookAnswer, type HookInput, type Reviews } from './claude-agent-hook.js'
import type { Guard } from './contract.js'

type Callback = (input: HookInput, toolUseId: string | undefined, ...rest: readonly unknown[]) => unknown
type CanUseTool = (name: string, input: unknown, options: unknown) => unknown

interface Matcher {
  readonly hooks?: readonly Callback[]
}

/** The events whose hooks can replace the input. */
interface Hooks {
  readonly PreToolUse?: readonly Matcher[]
  readonly PermissionRequest?: readonly Matcher[]
}

interface Options {
  readonly hooks?: Hooks | undefined
  readonly canUseTool?: CanUseTool | undefined
  readonly cwd?: string | undefined
}

interface Rewrites {
  readonly hooks: Hooks
  readonly canUseTool?: CanUseTool
}

/** A part of what a hook answers. */
interface Output {
  readonly updatedInput?: unknown
  readonly decision?: unknown
}

/** Who decides about a new input, and where the agent works, which `canUseTool` is not told. */
interface Rewriting {
  readonly guard: Guard
  readonly reviews: Reviews
  readonly cwd?: string
}

export function guardedRewrites({ hooks = {}, canUseTool, cwd }: Options, guard: Guard, reviews: Reviews): Rewrites {
  const rewriting: Rewriting = { guard, reviews, ...(cwd === undefined ? {} : { cwd }) }
  const { PreToolUse: before, PermissionRequest: asked } = hooks
  return {
    hooks: {
      ...hooks,
      ...(before === undefined ? {} : { PreToolUse: before.map(matcher => wrapped(matcher, hook => beforeUse(hook, rewriting))) }),
      ...(asked === undefined ? {} : { PermissionRequest: asked.map(matcher => wrapped(matcher, hook => onRequest(hook, rewriting))) }),
    },
    ...(canUseTool === undefined ? {} : { canUseTool: onUse(canUseTool, rewriting) }),
  }
}

function wrapped(matcher: Matcher, wrap: (hook: Callback) => Callback): Matcher {
  return matcher.hooks === undefined ? matcher : { ...matcher, hooks: matcher.hooks.map(wrap) }
}

function beforeUse(hook: Callback, { guard, reviews }: Rewriting): Callback {
  return async (input, toolUseId, ...rest) => {
    const output = await hook(input, toolUseId, ...rest)
    const specific = specificOf(output)
    if (specific.updatedInput === undefined) return output
    const { hookSpecificOutput: answer } = await hookAnswer(guard, { ...input, tool_input: specific.updatedInput }, toolUseId, reviews)
    return answer === undefined ? output : { hookSpecificOutput: { ...specific, ...answer } }
  }
}

function onRequest(hook: Callback, rewriting: Rewriting): Callback {
  return async (input, toolUseId, ...rest) => {
    const decided = JSON.stringify(input.tool_input)
    const output = await hook(input, toolUseId, ...rest)
    const specific = specificOf(output)
    const { updatedInput }: Output = fieldsOf(specific.decision)
    const refused = await refusedRewrite(rewriting, input, { decided, updatedInput }, toolUseId)
    return refused === undefined ? output : { hookSpecificOutput: { ...specific, decision: { behavior: 'deny', message: refused } } }
  }
}

function onUse(canUseTool: CanUseTool, rewriting: Rewriting): CanUseTool {
  return async (name, input, options) => {
    const decided = JSON.stringify(input)
    const answer = await canUseTool(name, input, options)
    const { updatedInput }: Output = fieldsOf(answer)
    const refused = await refusedRewrite(rewriting, { tool_name: name, cwd: rewriting.cwd }, { decided, updatedInput })
    return refused === undefined ? answer : { behavior: 'deny', message: refused }
  }
}

interface Rewrite {
  /** The text of the input before, taken before anybody could change it in place. */
  readonly decided: string | undefined
  readonly updatedInput?: unknown
}

/**
 * Why a new input may not be used. One that is the old one has been decided, and is not recorded twice; one that the agent should have a person
 * asked about comes from that person.
 */
async function refusedRewrite(
  { guard, reviews }: Rewriting,
  call: HookInput,
  { decided, updatedInput }: Rewrite,
  id?: string,
): Promise<string | undefined> {
  if (updatedInput === undefined || JSON.stringify(updatedInput) === decided) return undefined
  const { hookSpecificOutput: answer } = await hookAnswer(guard, { ...call, tool_input: updatedInput }, id, reviews)
  return answer?.permissionDecision === 'deny' ? answer.permissionDecisionReason : undefined
}

function specificOf(output: unknown): Output {
  const { hookSpecificOutput }: { readonly hookSpecificOutput?: unknown } = fieldsOf(output)
  return fieldsOf(hookSpecificOutput)
}

function fieldsOf(value: unknown): object {
  return typeof value === 'object' && value !== null ? value : {}
}
