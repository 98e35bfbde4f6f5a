import type { Command } from 'commander'
import { doctorReport } from '../doctor/doctor-report.js'
import { EXIT, type ExitCode } from '../exit-codes.js'
import { isPlatform, PLATFORM_NAMES } from '../install/detect.js'
import { here } from '../install/installed-hooks.js'
import { examples, type Invocation, runs } from '../invocation.js'
import { doctorText } from '../render/doctor-text.js'
import { UsageError } from '../usage-error.js'

interface DoctorFlags {
  readonly json?: boolean
}

export function define(command: Command): void {
  examples(command, ['agsec doctor', 'agsec doctor claude-code codex', 'agsec doctor --json'])
  command.argument('[platforms...]', 'the agents; without them every agent that is here or has a hook')
  command.option('--json', 'as JSON')
  command.addHelpText('after', '\nSends two calls through each installed hook, which the log records. Exits 1 where there is a problem.')
  runs<DoctorFlags>(command, doctor)
}

async function doctor(call: Invocation<DoctorFlags>): Promise<ExitCode> {
  const named = call.operands.map(name => {
    if (!isPlatform(name)) throw new UsageError(`unknown agent \`${name}\`, expected one of ${PLATFORM_NAMES.join(', ')}`)
    return name
  })
  const report = await doctorReport({ home: call.home, where: here(process.cwd()), variables: process.env }, named)
  call.out(call.options.json === true ? `${JSON.stringify(report)}\n` : doctorText(report, call.colour))
  return report.problems === 0 ? EXIT.fine : EXIT.findings
}
