/** `agsec/sdk` in browsers, on edge workers and wherever else there are no files. */
import type { Guard } from './contract.js'
import { guardOn } from './guard.js'
import { portableMachine } from './machine-portable.js'
import type { GuardOptions } from './options.js'

export type { Decision, Guard, OnReview, Result, ToolUse, Value, ValueMap, Verdict, WrapOptions } from './contract.js'
export { PolicyViolationError } from './errors.js'
export type { ToolAction, ToolMapping } from './mapping.js'
export type { AuditRecord, GuardOptions, MachineFacts, Mode, PolicySource } from './options.js'
export { allOf, allow, anyOf, context, deny, type Field, not, param, review, type Rule, type RuleLike, type Statement } from './rules.js'

/** A guard over a bundle that was imported. Never throws: what has no policy that can be loaded refuses everything, and says why. */
export function createGuard(options: GuardOptions): Guard {
  return guardOn(portableMachine, options)
}
