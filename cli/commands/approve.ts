import { join } from 'node:path'
import type { Command } from 'commander'
import { nodeHost } from '../../runtime/host/node.js'
import { type AskedLine, type Granted, idOf } from '../../runtime/host/approvals.js'
import { recordedAct } from '../approvals/recorded-act.js'
import { durationMs } from '../approvals/duration.js'
import { asked, grant, granted, revoke, sweep } from '../approvals/store.js'
import { EXIT, type ExitCode } from '../exit-codes.js'
import { examples, type Invocation, runs } from '../invocation.js'
import { columns } from '../render/columns.js'
import { UsageError } from '../usage-error.js'

interface ApproveFlags {
  readonly for?: string
  readonly list?: boolean
  readonly revoke?: string
}

/** How long an approval for one call waits for that call. */
const ONCE_MS = 60 * 60 * 1000

export function define(command: Command): void {
  examples(command, [
    'agsec approve 3f9c2a71d0',
    'agsec approve 3f9c2a71d0 --for 1h',
    'agsec approve --list',
    'agsec approve --revoke 3f9c2a71d0',
  ])
  command
    .argument('[id]', 'the call, as the message of the hook names it')
    .option('--for <time>', 'as often as it is asked for within this time (`30m`, `1h`), instead of once')
    .option('--list', 'what was asked for and what is approved')
    .option('--revoke <id>', 'take an approval back')
  command.addHelpText(
    'after',
    '\nIt holds for this very call: its arguments, its folder, what links lead to, the scripts it runs. What the policy denies cannot be approved.',
  )
  runs<ApproveFlags>(command, approve)
}

function approve(call: Invocation<ApproveFlags>): ExitCode {
  const [id] = call.operands
  const { list, revoke: revoked } = call.options
  if ([id, list, revoked].filter(each => each !== undefined).length !== 1)
    throw new UsageError('expected one call to approve', '`agsec approve --list` shows them')
  if (list === true) return listAll(call)
  return revoked === undefined ? approveOne(call, id ?? '') : revokeOne(call, revoked)
}

function approveOne(call: Invocation<ApproveFlags>, id: string): ExitCode {
  const now = Date.now()
  const line = askedFor(call, id, now)
  const { for: time } = call.options
  const approval: Granted = {
    v: 1,
    fingerprint: line.fingerprint,
    use: time === undefined ? 'once' : 'until',
    expires: now + (time === undefined ? ONCE_MS : durationMs(time)),
  }
  call.err(describe(line))
  const how = time === undefined ? 'once' : `for ${time}`
  call.confirm({ what: `let this call run ${how}`, word: id })
  record(call, 'approve', { id, how, what: line.what, cwd: line.cwd, agent: line.agent })
  grant(call.home, approval)
  sweep(call.home, now)
  call.out(`approved ${id} ${how}${time === undefined ? ', within an hour' : ''}: tell the agent to make the same call again\n`)
  return EXIT.fine
}

function askedFor({ home }: Invocation<ApproveFlags>, id: string, now: number): AskedLine {
  const found = asked(home, now).filter(({ fingerprint }) => idOf(fingerprint) === id)
  const [line, other] = found
  if (line === undefined)
    throw new UsageError(`no call \`${id}\` was asked for within the last day`, '`agsec approve --list` shows those that were')
  if (other !== undefined) throw new UsageError(`\`${id}\` stands for several calls: somebody made them so; nothing was approved`)
  return line
}

function describe({ agent, action, what, cwd, reason, sid }: AskedLine): string {
  const rows = [
    ['agent', agent],
    ['action', action],
    ['call', what],
    ['in', cwd],
    ['asked by', `${sid}: ${reason}`],
  ]
  return columns(rows.map(([name = '', value = '']) => [`  ${name}`, shown(value)]))
}

/** What an agent wrote must not move the cursor. */
function shown(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, each => (each === '\n' ? '\n    ' : '�'))
}

function revokeOne(call: Invocation<ApproveFlags>, id: string): ExitCode {
  if (!revoke(call.home, id)) throw new UsageError(`\`${id}\` is not approved`, '`agsec approve --list` shows what is')
  record(call, 'revoke', { id })
  call.out(`took the approval of ${id} back\n`)
  return EXIT.fine
}

function listAll({ home, out }: Invocation<ApproveFlags>): ExitCode {
  const now = Date.now()
  const approvals = new Map(granted(home, now).map(each => [each.fingerprint, each]))
  const rows = asked(home, now).map(({ fingerprint, agent, what, time }) => [
    idOf(fingerprint),
    state(approvals.get(fingerprint)),
    agent,
    time,
    shown(what).split('\n')[0] ?? '',
  ])
  out(rows.length === 0 ? 'nothing was asked for within the last day\n' : columns(rows))
  return EXIT.fine
}

function state(approval: Granted | undefined): string {
  if (approval === undefined) return 'asked for'
  return approval.use === 'once' ? 'approved once' : `approved until ${new Date(approval.expires).toISOString()}`
}

/** An approval that cannot be recorded is none. */
function record({ home }: Invocation<ApproveFlags>, what: 'approve' | 'revoke', params: Readonly<Record<string, string>>): void {
  if (!nodeHost.append(home.audit, 'current.jsonl', recordedAct(what, params, Date.now())))
    throw new UsageError(`the audit log ${join(home.audit, 'current.jsonl')} cannot be written: nothing was changed`)
}
