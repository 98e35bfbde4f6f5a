import type { Command } from 'commander'
import { examples, runs } from '../invocation.js'
import { setMode } from '../set-mode.js'

export function define(command: Command): void {
  examples(command, ['agsec observe'])
  runs(command, call => setMode(call, 'observe'))
}
