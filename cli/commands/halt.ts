import type { Command } from 'commander'
import { EXIT, type ExitCode } from '../exit-codes.js'
import { examples, type Invocation, runs } from '../invocation.js'
import { halt, readMode } from '../mode.js'
import { modeChange } from '../set-mode.js'

export function define(command: Command): void {
  examples(command, ['agsec halt', 'agsec resume'])
  runs(command, haltAgents)
}

function haltAgents(call: Invocation<object>): ExitCode {
  const before = readMode(call.home).mode
  // A second halt must not make `halt` the mode to go back to.
  if (before !== 'halt') halt(call.home)
  call.out(modeChange(before, 'halt'))
  return EXIT.fine
}
