/** Leaving passes of the optimiser out, to find out which of them a fault comes from. */
import type { Command } from 'commander'
import { suggest } from '../compiler/diagnostics/suggest.js'
import { PASS_NAMES } from '../compiler/passes/optimise.js'
import type { PassName } from '../compiler/passes/pass.js'
import { UsageError } from './usage-error.js'

export function addPassOption(command: Command): void {
  const collect = (name: string, before: readonly string[]) => [...before, name]
  command.option('--without <pass>', 'leave a pass of the optimiser out, for finding faults; may be repeated', collect, [])
}

/** Every pass but those named. */
export function passesBut(without: readonly string[] = []): readonly PassName[] {
  const names: readonly string[] = PASS_NAMES
  const unknown = without.find(name => !names.includes(name))
  if (unknown !== undefined) throw new UsageError(`there is no pass \`${unknown}\``, suggest(unknown, names))
  return PASS_NAMES.filter(name => !without.includes(name))
}
