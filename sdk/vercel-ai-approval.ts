/** For `toolApproval` of the AI SDK 7, which is asked before any tool that it runs, or hands to the client, is. */
import type { Guard, ToolUse, Verdict } from './contract.js'
import { FRAMEWORK } from './vercel-ai-tools.js'

/** The part of what `toolApproval` is asked that is read here. */
export interface ApprovalRequest {
  readonly toolCall: {
    readonly toolName: string
    readonly toolCallId: string
    readonly input?: unknown
    readonly providerExecuted?: boolean | undefined
  }
  readonly tools?: object | undefined
  readonly toolsContext?: unknown
  readonly messages: readonly unknown[]
}

export type ApprovalStatus =
  | undefined
  | 'not-applicable'
  | 'approved'
  | 'denied'
  | 'user-approval'
  | { readonly type: 'not-applicable'; readonly reason?: never }
  | { readonly type: 'approved' | 'denied' | 'user-approval'; readonly reason?: string }

export interface ApprovalOptions {
  /** Who answers a review: the guard's `onReview` (as ever), or the user, to whom the SDK hands a request for approval. */
  readonly reviews?: 'guard' | 'user'
  /** What you would give `toolApproval` otherwise; it is asked of calls that the guard allows. Absent: the tool's own `needsApproval`. A method, so that one of the SDK's narrower types fits. */
  otherwise?(request: ApprovalRequest): ApprovalStatus | PromiseLike<ApprovalStatus>
}

/** One function for all tools: `generateText({ …, toolApproval: agsecApproval(guard) })`. */
export function agsecApproval(guard: Guard, options: ApprovalOptions = {}): (request: ApprovalRequest) => Promise<ApprovalStatus> {
  const { reviews = 'guard' } = options
  const decide = (use: ToolUse) => (reviews === 'user' ? guard.authorizeSync(use) : guard.authorize(use))
  return async request => {
    const { toolName: name, toolCallId: id, input, providerExecuted = false } = request.toolCall
    if (providerExecuted) return approvalWithout(request, options)
    const verdict = await decide({ framework: FRAMEWORK, name, input, id })
    if (verdict.kind === 'refused') return refusal(verdict, reviews)
    return approvalWithout(request, options)
  }
}

function refusal({ error, message }: Verdict & { readonly kind: 'refused' }, reviews: 'guard' | 'user'): ApprovalStatus {
  const asks = reviews === 'user' && error.decision.result.decision === 'review'
  return { type: asks ? 'user-approval' : 'denied', reason: message }
}

function approvalWithout(request: ApprovalRequest, options: ApprovalOptions): ApprovalStatus | PromiseLike<ApprovalStatus> {
  return options.otherwise === undefined ? ownApproval(request) : options.otherwise(request)
}

/** The SDK asks a tool for its `needsApproval` only where it is given no function. */
async function ownApproval({ toolCall, tools, toolsContext, messages }: ApprovalRequest): Promise<ApprovalStatus> {
  const needs: unknown = at(at(tools, toolCall.toolName), 'needsApproval')
  if (typeof needs !== 'function') return needs === true ? 'user-approval' : 'not-applicable'
  const options = { toolCallId: toolCall.toolCallId, messages, context: at(toolsContext, toolCall.toolName) }
  const answer: unknown = await needs(toolCall.input, options)
  return answer ? 'user-approval' : 'not-applicable'
}

function at(holder: unknown, key: string): unknown {
  return typeof holder === 'object' && holder !== null && Object.hasOwn(holder, key) ? Reflect.get(holder, key) : undefined
}
