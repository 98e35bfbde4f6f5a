import type { Command } from 'commander'
import { adapterOf } from '../../runtime/agents/adapters.js'
import { failure } from '../../runtime/agents/answer.js'
import { type Reply, STATUS } from '../../runtime/agents/contract.js'
import { answerChanged } from '../hook-changed.js'
import { type Invocation, runs } from '../invocation.js'
import { readStdin } from '../stdin.js'
import { UsageError } from '../usage-error.js'

interface Flags {
  readonly platform?: string
  readonly bundle?: string
  readonly home?: string
  readonly user?: string
  readonly cwd?: string
  readonly log?: string
}

/** What the hook itself calls when a policy has changed since its bundle was compiled. It answers as the hook does. */
export function define(command: Command): void {
  command
    .option('--platform <name>')
    .option('--bundle <file>')
    .option('--home <dir>')
    .option('--user <name>')
    .option('--cwd <dir>')
    .option('--log <dir>')
  runs<Flags>(command, answer)
}

async function answer(call: Invocation<Flags>): Promise<never> {
  const reply = await replyOrFailure(call)
  process.stdout.write(reply.stdout)
  process.stderr.write(reply.stderr)
  // Not an exit status of the command line: the hook that called passes it on.
  process.exit(reply.status)
}

async function replyOrFailure({ options, home }: Invocation<Flags>): Promise<Reply> {
  const adapter = adapterOf(options.platform)
  if (adapter === undefined) throw new UsageError('`--platform` is needed')
  try {
    if (options.bundle === undefined || options.home === undefined) throw new UsageError('`--bundle` and `--home` are needed')
    const { home: userHome, user, cwd, log = home.audit } = options
    const facts = {
      home: userHome,
      platform: process.platform,
      ...(user === undefined ? {} : { user }),
      ...(cwd === undefined ? {} : { cwd }),
    }
    return answerChanged({ adapter, bundle: options.bundle, agsec: { ...home, audit: log }, facts, input: await readStdin() })
  } catch (error) {
    return { ...failure(adapter, error instanceof Error ? error.message : String(error)), status: STATUS.deny }
  }
}
