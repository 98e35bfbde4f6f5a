#!/usr/bin/env node
/** The entry of the `agsec` command: runs the program and turns whatever goes wrong into one clear line. */
import { EXIT } from './exit-codes.js'
import { runProgram } from './program.js'
import { UsageError } from './usage-error.js'

// A reader that has seen enough (`agsec audit | head`) is no failure.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? process.exitCode : EXIT.trouble))
}

try {
  await runProgram(process.argv.slice(2))
} catch (error) {
  process.stderr.write(explain(error))
  process.exitCode = EXIT.trouble
}

function explain(error: unknown): string {
  if (error instanceof UsageError) return `agsec: ${error.message}\n${error.help === undefined ? '' : `  help: ${error.help}\n`}`
  const message = error instanceof Error ? error.message : String(error)
  return `agsec: internal error: ${message}\n  this is a bug in agsec, not in your policy\n`
}
