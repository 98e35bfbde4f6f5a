import type { Command } from 'commander'
import { EXIT, type ExitCode } from '../exit-codes.js'
import { examples, type Invocation, runs } from '../invocation.js'
import { readMode, resume } from '../mode.js'
import { modeChange } from '../set-mode.js'
import { UsageError } from '../usage-error.js'

export function define(command: Command): void {
  examples(command, ['agsec resume'])
  runs(command, resumeAgents)
}

function resumeAgents(call: Invocation<object>): ExitCode {
  const { mode } = readMode(call.home)
  if (mode !== 'halt') throw new UsageError(`nothing to resume: the mode is \`${mode}\``, '`agsec resume` ends an `agsec halt`')
  call.confirm({ what: 'let agents go on', word: 'resume' })
  call.out(modeChange('halt', resume(call.home)))
  return EXIT.fine
}
