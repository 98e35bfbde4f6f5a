/** Runs the program and turns whatever goes wrong into one clear line. */
import { DamagedPackage } from '../compiler/package-root.js'
import { EXIT } from './exit-codes.js'
import type { Asker } from './guard/person.js'
import { optimiseLate } from './optimise-late.js'
import { runProgram } from './program.js'
import { UsageError } from './usage-error.js'

/** @param asker who asks, where the system is not to tell */
export async function runMain(argv: readonly string[], asker?: Asker): Promise<void> {
  optimiseLate()
  // A reader that has seen enough (`agsec audit | head`) is no failure.
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? process.exitCode : EXIT.trouble))
  }
  try {
    await runProgram(argv, asker)
  } catch (error) {
    process.stderr.write(explain(error))
    process.exitCode = EXIT.trouble
  }
}

function explain(error: unknown): string {
  if (error instanceof UsageError) return `agsec: ${error.message}\n${error.help === undefined ? '' : `  help: ${error.help}\n`}`
  if (error instanceof DamagedPackage) return `agsec: ${error.message}\n  help: install agsec again\n`
  const message = error instanceof Error ? error.message : String(error)
  return `agsec: internal error: ${message}\n  this is a bug in agsec, not in your policy\n`
}
