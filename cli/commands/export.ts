import { existsSync } from 'node:fs'
import type { Command } from 'commander'
import { EXIT, type ExitCode } from '../exit-codes.js'
import { EXPORTED, exportFor, exportTitle } from '../export/formats.js'
import { policyFloor } from '../export/policy-floor.js'
import { examples, type Invocation, runs } from '../invocation.js'
import { packagedPolicies } from '../package-files.js'
import { UsageError } from '../usage-error.js'

interface ExportFlags {
  readonly managed?: boolean
  readonly policy?: string
}

export function define(command: Command): void {
  examples(command, ['agsec export claude-code', 'agsec export codex > ~/.codex/rules/agsec.rules', 'agsec export codex --managed'])
  command
    .argument('<platform>', `whose rules: ${EXPORTED.join(', ')}`)
    .option('--managed', "for the administrator's file, where it differs")
    .option('--policy <path>', 'the policies, instead of those in ~/.agsec/policies')
  command.addHelpText('after', '\nPrints the rules on stdout, and on stderr where they belong and what they cannot say.')
  runs<ExportFlags>(command, exportRules)
}

function exportRules(call: Invocation<ExportFlags>): ExitCode {
  const [platform = ''] = call.operands
  if (!EXPORTED.includes(platform))
    throw new UsageError(`\`${platform}\` has no rules that agsec can write, expected one of ${EXPORTED.join(', ')}`)
  const { home, options } = call
  const floor = policyFloor(call, options.policy ?? (existsSync(home.policies) ? home.policies : packagedPolicies()))
  if (floor === undefined) return EXIT.findings
  const rules = exportFor(platform, floor, call.options.managed === true ? 'managed' : 'user')
  if (rules === undefined) return EXIT.trouble
  call.out(rules.text)
  call.err(`belongs into ${rules.file}, beside what is there\n`)
  const count = floor.unsaid.length
  call.err(`${count} denying statements are about more than such rules can say, and are left to the hook: ${floor.unsaid.join(', ')}\n`)
  if (rules.unsayable.length > 0) call.err(`${exportTitle(platform)} has no rules for ${rules.unsayable.join(', ')}\n`)
  return EXIT.fine
}
