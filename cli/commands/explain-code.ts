import type { Command } from 'commander'
import { diagnosticPage } from '../diagnostic-page.js'
import { EXIT } from '../exit-codes.js'
import { examples, runs } from '../invocation.js'

export function define(command: Command): void {
  examples(command, ['agsec explain-code unknown-key'])
  command.argument('<code>', 'the code in brackets after a diagnostic')
  runs(command, call => {
    call.out(diagnosticPage(call.operands[0] ?? ''))
    return EXIT.fine
  })
}
