import type { Command } from 'commander'
import { EXIT, type ExitCode } from '../exit-codes.js'
import { type Target, uninstallHook } from '../install/installer.js'
import { locked } from '../install/lock.js'
import { forEachTarget, mustBeAllowed, type TargetFlags, targetOptions, targetsOf, titleOf } from '../install/targets.js'
import { examples, type Invocation, runs } from '../invocation.js'

export function define(command: Command): void {
  examples(command, ['agsec uninstall claude-code', 'agsec uninstall --all', 'agsec uninstall cursor --project .'])
  targetOptions(command, 'every agent that has the hook')
  runs<TargetFlags>(command, uninstall)
}

function uninstall(call: Invocation<TargetFlags>): ExitCode {
  const targets = targetsOf(call.operands, call.options, 'known')
  targets.forEach(mustBeAllowed)
  call.confirm({ what: "take agsec's hook out of agents' settings", word: 'uninstall' })
  const done = locked(call.home, () => forEachTarget(targets, call.err, target => uninstallOne(call, target)))
  return done ? EXIT.fine : EXIT.trouble
}

function uninstallOne({ home, out, options }: Invocation<TargetFlags>, target: Target): void {
  const changed = uninstallHook(target, home)
  for (const { path } of changed) out(`took the hook out of ${path}\n`)
  if (changed.length > 0) out(`${titleOf(target)} no longer asks agsec\n`)
  else if (options.all !== true) out(`${titleOf(target)} has no hook of agsec in its ${target.scope} settings\n`)
}
