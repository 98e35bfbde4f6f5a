import type { Command } from 'commander'
import { PLATFORMS, unknownPlatform } from '../asked.js'
import { EXIT, type ExitCode } from '../exit-codes.js'
import { userHome } from '../home.js'
import { examples, type Invocation, runs } from '../invocation.js'
import { decisionOf, isAnswer, runHook } from '../run-hook.js'
import { readStdinBytes } from '../stdin.js'
import { UsageError } from '../usage-error.js'

export function define(command: Command): void {
  examples(command, ['agsec hook claude-code < hook-input.json'])
  command.argument('<platform>', `the agent: ${PLATFORMS.join(', ')}`)
  command.addHelpText(
    'after',
    '\nRuns the compiled bundle as the agent would and records the call. Exits 0 for allow and ask, 2 for a block.',
  )
  runs(command, hook)
}

async function hook(call: Invocation<object>): Promise<ExitCode> {
  const platform = PLATFORMS.find(known => known === call.operands[0])
  if (platform === undefined) throw new UsageError(unknownPlatform(call.operands[0]))
  const input = await readStdinBytes()
  const answer = runHook({ bundle: call.home.bundle, platform, agsecHome: call.home.folder, home: userHome(), input })
  call.out(answer.stdout)
  call.err(answer.stderr)
  if (!isAnswer(answer)) call.err(`agsec: the hook failed with status ${answer.status ?? 'none'}; the call is blocked\n`)
  return decisionOf(answer) === 'deny' ? EXIT.trouble : EXIT.fine
}
