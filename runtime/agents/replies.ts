/** The ways in which platforms are told a decision. */
import type { Decision } from '../decide/result.js'
import { type Adapter, type Reply, STATUS } from './contract.js'

export type ReplyOf = Adapter['reply']

const STATUSES: Readonly<Record<Decision, number>> = { allow: STATUS.allow, review: STATUS.ask, deny: STATUS.deny }

/** The JSON that Claude Code and those that took after it read, and the reason on stderr beside it. @param more what else stands in it */
export function nestedJson(decision: Decision, message: string, notice?: string, more: object = {}): Reply {
  const shown = notice === undefined ? {} : { systemMessage: notice }
  if (decision === 'allow') return { stdout: notice === undefined ? '' : JSON.stringify(shown), stderr: '', status: STATUS.allow }
  const permissionDecision = decision === 'deny' ? 'deny' : 'ask'
  const output = {
    hookSpecificOutput: { hookEventName: 'PreToolUse', permissionDecision, permissionDecisionReason: message },
    ...more,
    ...shown,
  }
  return { stdout: JSON.stringify(output), stderr: `${message}\n`, status: STATUSES[decision] }
}

/** The reason on stderr, and nothing on stdout: for those that look at the exit status only, and those that take any other word for an error. */
export function onStderr(decision: Decision, message: string, notice?: string): Reply {
  return { stdout: '', stderr: decision === 'allow' ? '' : `${told(message, notice)}\n`, status: STATUSES[decision] }
}

/** A flat object on stdout, whatever the decision. @param stderr whether the reason stands on stderr too */
export function flatJson(of: (decision: Decision, message: string) => object, stderr: boolean): ReplyOf {
  return (decision, message, notice) => ({
    stdout: JSON.stringify(of(decision, told(message, notice))),
    stderr: stderr && decision !== 'allow' ? `${told(message, notice)}\n` : '',
    status: STATUSES[decision],
  })
}

function told(message: string, notice: string | undefined): string {
  return notice === undefined ? message : `${message}\n${notice}`
}
