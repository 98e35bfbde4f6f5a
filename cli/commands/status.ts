import type { Command } from 'commander'
import { EXIT, type ExitCode } from '../exit-codes.js'
import { examples, type Invocation, runs } from '../invocation.js'
import { statusText } from '../render/status-text.js'
import { statusReport } from '../status-report.js'

interface StatusFlags {
  readonly json?: boolean
}

export function define(command: Command): void {
  examples(command, ['agsec status', 'agsec status --json'])
  command.option('--json', 'as JSON')
  command.addHelpText('after', '\nExits 1 where something keeps agsec from working as it should.')
  runs<StatusFlags>(command, status)
}

function status(call: Invocation<StatusFlags>): ExitCode {
  const report = statusReport(call.home)
  call.out(call.options.json === true ? `${JSON.stringify(report)}\n` : statusText(report, call.colour))
  return report.problems.length === 0 ? EXIT.fine : EXIT.findings
}
