/** `agsec/sdk` on Node, Bun and Deno. */
import type { Guard } from './contract.js'
import { guardOn } from './guard.js'
import { nodeMachine } from './machine-node.js'
import type { GuardOptions } from './options.js'

export type { Decision, Guard, OnReview, Result, ToolUse, Value, ValueMap, Verdict, WrapOptions } from './contract.js'
export { PolicyViolationError } from './errors.js'
export type { ToolAction, ToolMapping } from './mapping.js'
export type { AuditRecord, GuardOptions, MachineFacts, Mode, PolicySource } from './options.js'
export { allOf, allow, anyOf, context, deny, type Field, not, param, review, type Rule, type RuleLike, type Statement } from './rules.js'

/** A guard over a bundle, over policies or over rules. Never throws: what has no policy that can be loaded refuses everything, and says why. */
export function createGuard(options: GuardOptions): Guard {
  return guardOn(nodeMachine, options)
}
