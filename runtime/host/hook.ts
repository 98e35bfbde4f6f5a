/**
 * The hook as a process: one tool call on stdin, one answer by streams and exit status, one line in the audit log. Whatever
 * goes wrong ends in a block: an exception, a missing argument, a mode that cannot be read.
 *
 *   <bundle> hook PLATFORM --agsec-home DIR --home DIR [--user NAME] [--cwd DIR] [--log DIR] [--cli NODE SCRIPT]
 *
 * All of it is fixed when the hook is installed; no environment variable is looked at, and of the project nothing but its policy.
 */
import { adapterOf } from '../agents/adapters.js'
import { failure, parseInput, replyTo } from '../agents/answer.js'
import { type Adapter, type HostFacts, type Reply, STATUS, type ToolCall } from '../agents/contract.js'
import type { Decider } from '../decide/decider.js'
import type { Result } from '../decide/result.js'
import type { TableFile } from '../decide/table.js'
import { type Mode, type Outcome, recordLine } from '../record/record.js'
import { isRepeated } from '../record/repeated.js'
import { type Approval, approvalOf, type Review } from './approvals.js'
import { hookArguments, type HookArguments } from './hook-arguments.js'
import { readMode } from './hook-mode.js'
import type { Host } from './host.js'
import { hostFiles } from './host-files.js'
import { projectLayers, projectRoot } from './project-layer.js'
import { sourcesChanged } from './source-stamp.js'

/** The longest input that is decided, in bytes. */
export const INPUT_LIMIT = 8 * 1024 * 1024

/** Opens the policy, with the layers of the project if there are any; it may throw, which blocks. */
export type OpenPolicy = (project: TableFile | undefined) => Decider

export function runHook(open: OpenPolicy, host: Host): number {
  const adapter = host.args[0] === 'hook' ? adapterOf(host.args[1]) : undefined
  return send(host, adapter === undefined ? UNKNOWN_PLATFORM : answerOrFailure(adapter, open, host))
}

/** Text on stderr is the least that all platforms understand. */
const UNKNOWN_PLATFORM: Reply = {
  stdout: '',
  stderr: '[agsec] blocked: expected the arguments `hook PLATFORM …` with a platform that this bundle knows\n',
  status: STATUS.deny,
}

function answerOrFailure(adapter: Adapter, open: OpenPolicy, host: Host): Reply {
  try {
    return answerCall(adapter, open, host)
  } catch (error) {
    return failure(adapter, `the hook failed: ${error instanceof Error ? error.message : String(error)}`)
  }
}

/** Both streams have to take the answer, or it is a block: half an answer could read as an allow. */
function send(host: Host, { stdout, stderr, status }: Reply): number {
  const told = (stdout === '' || host.write('stdout', stdout)) && (stderr === '' || host.write('stderr', stderr))
  return told ? status : STATUS.deny
}

function answerCall(adapter: Adapter, open: OpenPolicy, host: Host): Reply {
  const args = hookArguments(host.args)
  if (typeof args === 'string') return failure(adapter, args)
  const input = host.readInput(INPUT_LIMIT)
  if (input.kind === 'too long') return failure(adapter, `the hook input is longer than ${INPUT_LIMIT / 1024 / 1024} MiB`)
  if (input.kind === 'not UTF-8') return failure(adapter, 'the hook input is not UTF-8')
  if (args.cli !== undefined && sourcesChanged(host, agentPolicies(args, adapter)))
    return handOver(adapter, host, args, args.cli, input.text)
  return answerText(adapter, open, host, args, input.text)
}

/** Where the layer of the agent is that calls. */
function agentPolicies({ agsecHome }: HookArguments, { name }: Adapter): string {
  return `${agsecHome}/agents/${name}/policies`
}

/** Lets the command line decide, which can compile: with the old and the new policy, the stricter winning. */
function handOver(adapter: Adapter, host: Host, args: HookArguments, [engine, script]: readonly [string, string], text: string): Reply {
  const forwarded = [
    '--agsec-home',
    args.agsecHome,
    'hook-changed',
    '--platform',
    adapter.name,
    '--bundle',
    host.script,
    '--home',
    args.home,
    ...(args.user === undefined ? [] : ['--user', args.user]),
    ...(args.cwd === undefined ? [] : ['--cwd', args.cwd]),
    ...(args.log === undefined ? [] : ['--log', args.log]),
  ]
  const { status, stdout, stderr } = host.run(engine, [script, ...forwarded], text)
  const understood = status === STATUS.allow || status === STATUS.ask || status === STATUS.deny
  return understood
    ? { stdout, stderr, status }
    : failure(adapter, 'the policies have changed and could not be compiled; run `agsec compile`')
}

function answerText(adapter: Adapter, open: OpenPolicy, host: Host, args: HookArguments, text: string): Reply {
  const mode = readMode(host, args.agsecHome)
  const parsed = parseInput(adapter, text, hostFacts(host, args, mode))
  if (parsed.kind === 'invalid') return failure(adapter, parsed.why)
  const project = projectLayers(host, args.agsecHome, projectRoot(parsed.toolCall.call, host.platform))
  if (!project.isCurrent) return args.cli === undefined ? failure(adapter, NOT_COMPILED) : handOver(adapter, host, args, args.cli, text)
  const answered = answerToolCall(open(project.table), parsed.toolCall, mode, {
    approve: review => approvalOf(review, host, args.agsecHome),
  })
  return recorded(parsed.toolCall.adapter, host, args.log ?? `${args.agsecHome}/audit`, answered)
}

const NOT_COMPILED = "the project's policy has changed and nothing here can compile it"

export interface Answered {
  readonly reply: Reply
  readonly record: Omit<Parameters<typeof recordLine>[0], 'timeMs'>
}

/** The reply, once the call is in the log. A call that cannot be recorded does not run, but in observe, which stops nothing. */
export function recorded(adapter: Adapter, host: Host, folder: string, { reply, record }: Answered): Reply {
  const line = recordLine({ ...record, timeMs: host.now() })
  const logged = (adapter.repeats && isLogged(host, folder, line)) || host.append(folder, LOG, line)
  return logged || record.mode === 'observe' || reply.status === STATUS.deny ? reply : failure(adapter, 'the audit log cannot be written')
}

const LOG = 'current.jsonl'
/** Of the log's end so many bytes hold the last few lines. */
const TAIL = 32 * 1024

function isLogged(host: Host, folder: string, line: string): boolean {
  const path = `${folder}/${LOG}`
  const size = host.fileFacts(path)?.size ?? 0
  const length = Math.min(size, TAIL)
  // What begins in the middle of a line is none; the first one of all begins at the start.
  return size > 0 && isRepeated(`${size > TAIL ? '' : '\n'}${host.openFile(path).ascii(size - length, length)}`, line)
}

/** The answer under a mode: halt blocks everything, observe lets everything through that agsec's protection of itself does not object to. */
export function answerToolCall(decider: Decider, toolCall: ToolCall, mode: Mode, { notice, approve }: Besides): Answered {
  const { adapter, tool, call, asks } = toolCall
  const result = decider.decide(call)
  const enforced = mode === 'observe' ? decider.decide(call, { protectionOnly: true }) : result
  const isReview = mode !== 'halt' && enforced.decision === 'review' && !asks
  const approval = isReview ? approve({ call, sid: enforced.sid, reason: enforced.reason }) : undefined
  const answer =
    mode === 'halt'
      ? adapter.reply('deny', '[agsec] Everything is halted until a person runs `agsec resume`.', notice)
      : approval?.granted === true
        ? adapter.reply('allow', '', notice)
        : replyTo(toolCall, enforced, notice, approval?.id)
  const approved = approval?.granted === true ? { approval: approval.id } : {}
  const record = { tool, call, result, outcome: outcomeOf(answer), mode, sourceDigest: decider.info.sourceDigest, ...approved }
  return { reply: answer, record }
}

export interface Besides {
  /** What the user should be told, whatever the decision. */
  readonly notice?: string
  /** Asked of calls that a person has to approve where the platform cannot ask one. */
  readonly approve: (review: Review) => Approval | undefined
}

function outcomeOf({ status }: Reply): Outcome {
  return status === STATUS.allow ? 'allowed' : status === STATUS.ask ? 'asked' : 'denied'
}

/** The result that counts where two policies decided: the stricter one. */
export function stricter(a: Result, b: Result): Result {
  const strictness = { allow: 0, review: 1, deny: 2 } as const
  return strictness[b.decision] > strictness[a.decision] ? b : a
}

export function hostFacts(host: Host, args: HookArguments, mode: Mode): HostFacts {
  return {
    home: args.home,
    ...(args.user === undefined ? {} : { user: args.user }),
    ...(args.cwd === undefined ? {} : { cwd: args.cwd }),
    platform: host.platform,
    mode,
    realPath: path => host.realPath(path),
    files: hostFiles(host),
  }
}
