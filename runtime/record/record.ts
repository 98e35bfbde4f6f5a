/** One line of the audit log: what was asked, what the policy said, and what really happened. */
import { AbstractString, showString } from '../decide/abstract-string.js'
import { decidingMatch } from '../decide/deciding-match.js'
import type { Call, Origin, Value } from '../decide/request.js'
import type { Result } from '../decide/result.js'
import { isList, own } from '../decide/value.js'
import { isoTime } from './iso-time.js'
import { maskSecrets } from './mask-secrets.js'

export type Mode = 'enforce' | 'observe' | 'halt'
export type Outcome = 'allowed' | 'denied' | 'asked'

export interface AuditRecord {
  readonly v: 1
  /** ISO 8601, UTC. */
  readonly time: string
  readonly agent: string
  readonly session_id: string | null
  readonly tool_use_id: string | null
  readonly cwd: string | null
  /** Of an application that asks in code: through which framework. */
  readonly framework?: string
  readonly tool: string
  readonly action: string
  /** Masked and shortened. */
  readonly params: Value
  /** What the policy says. */
  readonly decision: string
  /** What happened, given the mode. */
  readonly outcome: Outcome
  readonly mode: Mode
  readonly sid: string | null
  readonly reason: string
  readonly certainty: string
  readonly matched: readonly string[]
  /** Which part or effect of the call the deciding statement is about, masked; absent for the call as a whole. */
  readonly origin?: Origin
  /** `file:line` of the deciding statement. */
  readonly source: string | null
  /** The first digits of the digest of the policy's sources. */
  readonly policy: string
  /** What a person approved the call by; absent where nobody did. */
  readonly approval?: string
}

export interface RecordInput {
  readonly timeMs: number
  readonly tool: string
  readonly call: Call
  readonly result: Result
  readonly outcome: Outcome
  readonly mode: Mode
  readonly sourceDigest: string
  readonly approval?: string
}

const DIGEST_SHOWN = 12

/** The record as the line that is appended. */
export function recordLine(input: RecordInput): string {
  return `${JSON.stringify(toRecord(input))}\n`
}

function toRecord({ timeMs, tool, call, result, outcome, mode, sourceDigest, approval }: RecordInput): AuditRecord {
  const whole = call[0]?.request
  const deciding = decidingMatch(result)
  const context = (name: string) => textOrNull(whole && own(whole.context, name))
  const framework = context('framework')
  return {
    v: 1,
    time: isoTime(timeMs),
    agent: context('agent') ?? '',
    session_id: context('session_id'),
    tool_use_id: context('tool_use_id'),
    cwd: context('cwd'),
    ...(framework === null ? {} : { framework }),
    tool,
    action: whole?.action ?? '',
    params: recorded(whole?.params ?? {}, ''),
    decision: result.decision,
    outcome,
    mode,
    sid: result.sid,
    reason: result.reason,
    certainty: result.certainty,
    matched: [...new Set(result.matched.map(match => match.sid))],
    ...(deciding?.origin === undefined ? {} : { origin: recordedOrigin(deciding.origin) }),
    source: deciding?.source ?? null,
    policy: sourceDigest.slice(0, DIGEST_SHOWN),
    ...(approval === undefined ? {} : { approval }),
  }
}

const MOST_VIA = 16

function recordedOrigin(origin: Origin): Origin {
  const masked = { text: maskSecrets(origin.text), via: origin.via.slice(0, MOST_VIA).map(each => maskSecrets(shortened(each))) }
  return origin.effect === undefined ? masked : { ...masked, effect: maskSecrets(origin.effect) }
}

function textOrNull(value: Value | undefined): string | null {
  return typeof value === 'string' ? maskSecrets(shortened(value)) : null
}

/** Parameters that are whole file contents: only their length is kept. */
const CONTENTS = [
  'content',
  'old_string',
  'new_string',
  // As arguments that were not understood may call them.
  'contents',
  'file_text',
  'CodeContent',
  'new_source',
  'old_str',
  'new_str',
  'oldString',
  'newString',
  'old_text',
  'new_text',
  'patch',
  'patchText',
  'diff',
]
const LONGEST_TEXT = 2048
const MOST_ENTRIES = 64
const DEEPEST = 6

function recorded(value: Value, name: string, depth = 0): Value {
  if (typeof value === 'string') return CONTENTS.includes(name) ? `[${value.length} characters]` : maskSecrets(shortened(value))
  if (value === null || typeof value !== 'object') return value
  if (value instanceof AbstractString) return maskSecrets(shortened(showString(value)))
  if (depth === DEEPEST) return '[deeper values left out]'
  if (isList(value)) return value.slice(0, MOST_ENTRIES).map(item => recorded(item, name, depth + 1))
  const entries = Object.entries(value).slice(0, MOST_ENTRIES)
  return Object.fromEntries(
    entries.map(([key, item]) => [
      shortened(key),
      isSecretName(key) && typeof item === 'string' ? '[masked]' : recorded(item, key, depth + 1),
    ]),
  )
}

const SECRET_NAMES = [
  'password',
  'passwd',
  'secret',
  'token',
  'api_key',
  'apikey',
  'access_key',
  'private_key',
  'authorization',
  'credential',
]

/** Whether a parameter of this name holds a secret by its name alone. */
export function isSecretName(name: string): boolean {
  const plain = name.toLowerCase().split('-').join('_')
  return SECRET_NAMES.some(secret => plain.endsWith(secret))
}

function shortened(text: string): string {
  return text.length <= LONGEST_TEXT ? text : `${text.slice(0, LONGEST_TEXT)}… [${text.length - LONGEST_TEXT} more characters]`
}
