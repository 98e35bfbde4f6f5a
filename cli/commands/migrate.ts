import { readFileSync } from 'node:fs'
import type { Command } from 'commander'
import { MigrationError, migrateRules } from '../../compiler/migrate/migrate-rules.js'
import { EXIT, type ExitCode } from '../exit-codes.js'
import { examples, type Invocation, runs } from '../invocation.js'
import { replaceFile } from '../replace-file.js'
import { fileProblem, UsageError } from '../usage-error.js'

interface MigrateFlags {
  readonly output?: string
}

export function define(command: Command): void {
  examples(command, ['agsec migrate old.yaml', 'agsec migrate old.yaml -o policies/10_old.yaml'])
  command.argument('<file>', 'a policy file with `rules:`').option('-o, --output <file>', 'where the statements go (default: stdout)')
  runs<MigrateFlags>(command, migrate)
}

/** Prints or writes the statements; what a person should look at goes to stderr. */
function migrate(call: Invocation<MigrateFlags>): ExitCode {
  const [file = ''] = call.operands
  const { text, notes } = migrated(file)
  if (call.options.output === undefined) call.out(text)
  else replaceFile(call.options.output, text)
  for (const note of notes) call.err(`${file}: ${note}\n`)
  return EXIT.fine
}

function migrated(file: string) {
  try {
    return migrateRules(readFileSync(file, 'utf8'))
  } catch (error) {
    if (error instanceof MigrationError) throw new UsageError(`${file}: ${error.message}`)
    throw new UsageError(`cannot read \`${file}\`: ${fileProblem(error)}`)
  }
}
