/**
 * Claude Code, event `PreToolUse`.
 *
 *   stdin    { session_id, cwd, permission_mode, hook_event_name: "PreToolUse", tool_name, tool_input, tool_use_id, agent_id?, agent_type?, mcp_server? }
 *   allow    nothing on stdout: the platform's own permissions still apply, nothing is approved silently
 *   deny     {"hookSpecificOutput":{"hookEventName":"PreToolUse","permissionDecision":"deny","permissionDecisionReason":…}} on stdout, the reason on
 *            stderr, exit status 2: any one of the three blocks if the others are lost
 *   review   the same with "ask": the platform's own prompt
 *   notice   "systemMessage" is shown to the user, whatever the decision
 *   failure  exit status 1, a time-out, no JSON: the tool runs, unless the handler says `onFailure: "block"`; the installed command
 *            therefore maps every status but STATUS.allow and STATUS.ask to 2
 *
 * Source: the platform's hooks reference (code.claude.com/docs/en/hooks) and runs of 2.1.330.
 */
import { normalizePath } from '../decide/path.js'
import type { Value, ValueMap } from '../decide/request.js'
import type { Decision } from '../decide/result.js'
import { isMap, own } from '../decide/value.js'
import { expandRequest } from '../shell/expand-request.js'
import { actionOf } from './claude-code-tools.js'
import { type Adapter, type HostFacts, type Parsed, type Reply, STATUS } from './contract.js'

export const claudeCode: Adapter = { name: 'claude-code', read: readInput, reply, exits: { allow: 0, ask: 0, deny: 2 } }

function readInput(json: unknown, facts: HostFacts): Parsed {
  const input = json as Value // JSON.parse gives nothing else
  if (!isMap(input)) return { kind: 'invalid', why: 'the hook input is not a JSON object' }
  const tool = own(input, 'tool_name')
  if (typeof tool !== 'string' || tool === '') return { kind: 'invalid', why: 'the hook input names no tool' }
  const request = { ...actionOf(tool, own(input, 'tool_input') ?? null, own(input, 'mcp_server')), context: contextOf(input, facts) }
  return { kind: 'call', toolCall: { tool, call: expandRequest(request, facts), asks: true } }
}

/** The names of the input that are context under the same name. */
const CONTEXT = ['session_id', 'cwd', 'permission_mode', 'tool_use_id', 'agent_id', 'agent_type'] as const

function contextOf(input: ValueMap, facts: HostFacts): ValueMap {
  const context: { [key: string]: Value } = { agent: 'claude-code' }
  for (const name of CONTEXT) {
    const value = own(input, name)
    if (value !== undefined) context[name] = value
  }
  for (const name of ['home', 'user', 'platform', 'mode'] as const) {
    const value = facts[name]
    if (value !== undefined) context[name] = value
  }
  const root = projectRoot(own(input, 'cwd'), facts.home)
  return root === undefined ? context : { ...context, project_root: root }
}

/** Where the agent works, unless that is everything: a policy that trusts the project must not trust the whole home. */
function projectRoot(cwd: Value | undefined, home: string | undefined): string | undefined {
  if (typeof cwd !== 'string' || !cwd.startsWith('/')) return undefined
  const root = normalizePath(cwd, {})
  return typeof root !== 'string' || root === '/' || root === home ? undefined : root
}

function reply(decision: Decision, message: string, notice?: string): Reply {
  const shown = notice === undefined ? {} : { systemMessage: notice }
  if (decision === 'allow') return { stdout: notice === undefined ? '' : JSON.stringify(shown), stderr: '', status: STATUS.allow }
  const permissionDecision = decision === 'deny' ? 'deny' : 'ask'
  const output = { hookSpecificOutput: { hookEventName: 'PreToolUse', permissionDecision, permissionDecisionReason: message }, ...shown }
  return { stdout: JSON.stringify(output), stderr: `${message}\n`, status: decision === 'deny' ? STATUS.deny : STATUS.ask }
}
