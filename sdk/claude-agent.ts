/**
 * Agents of @anthropic-ai/claude-agent-sdk behind a guard: a `PreToolUse` hook that sees every call of every tool, those of sub-agents and of
 * MCP servers included, before any permission rule, mode or `canUseTool` is looked at. The tools are read as the hook of Claude Code reads them.
 *
 *   allowed   `{}`: the agent's own permissions still apply, nothing is approved silently
 *   refused   `permissionDecision: "deny"`, whose reason the model is told
 *   review    the guard's `onReview`; or, with `reviews: 'agent'`, `permissionDecision: "ask"`: `canUseTool` or the permission prompt decides,
 *             and where there is neither the call is denied
 *   failure   `deny`, and `onFailure: "block"` for what else may happen (releases from 0.3.318 on know it)
 */
import { hookAnswer, type HookInput, type HookOutput, type Reviews } from './claude-agent-hook.js'
import { guardedRewrites } from './claude-agent-rewrites.js'
import type { Guard } from './contract.js'

/** `HookCallbackMatcher` of the package; one without a `matcher` is for every tool. */
export interface GuardMatcher {
  hooks: ((input: HookInput, toolUseId: string | undefined) => Promise<HookOutput>)[]
  /** Seconds. */
  timeout: number
  onFailure: 'block'
}

export interface AgentGuardOptions {
  /** Who is asked about a review: `onReview` of the guard, which is the default, or the agent's own `canUseTool` or prompt. */
  readonly reviews?: Reviews
  /** How long the hook may take before the call is blocked: longer than `reviewTimeoutMs` of the guard. Default: six minutes. */
  readonly timeoutSeconds?: number
}

/** For `hooks.PreToolUse` of the options of `query()`. */
export function guardMatcher(guard: Guard, { reviews = 'guard', timeoutSeconds = 360 }: AgentGuardOptions = {}): GuardMatcher {
  const hook: GuardMatcher['hooks'][number] = async (input, toolUseId) => {
    // Thrown, so that it blocks: a hook of another event has no call to decide.
    if (input.hook_event_name !== 'PreToolUse') throw new TypeError('the guard is a hook for `PreToolUse`')
    return hookAnswer(guard, input, toolUseId, reviews)
  }
  return { hooks: [hook], timeout: timeoutSeconds, onFailure: 'block' }
}

/** What is read of the options of `query()`. */
interface QueryOptions {
  readonly hooks?: { readonly PreToolUse?: readonly unknown[] } | undefined
}

const GUARDED = new WeakMap<object, Guard>()

/**
 * The options of `query()` with the guard before their own hooks. Where one of those or `canUseTool` replaces the input of a call, the guard
 * decides about the new one too. Options that this guard guards already are returned as they are.
 */
export function guardOptions<O extends object>(options: O, guard: Guard, settings: AgentGuardOptions = {}): O {
  if (isGuarded(options, guard)) return options
  const matcher = guardMatcher(guard, settings)
  GUARDED.set(matcher, guard)
  const { hooks, ...others } = guardedRewrites(options, guard, settings.reviews ?? 'guard')
  return { ...options, ...others, hooks: { ...hooks, PreToolUse: [matcher, ...(hooks.PreToolUse ?? [])] } }
}

function isGuarded({ hooks }: QueryOptions, guard: Guard): boolean {
  return (hooks?.PreToolUse ?? []).some(matcher => typeof matcher === 'object' && matcher !== null && GUARDED.get(matcher) === guard)
}
