import type { Command } from 'commander'
import { diagnosticsToJson } from '../../compiler/diagnostics/render.js'
import { hasErrors, report } from '../compile-paths.js'
import { diagnosticPage } from '../diagnostic-page.js'
import { EXIT, type ExitCode } from '../exit-codes.js'
import { examples, type Invocation, runs } from '../invocation.js'
import { compileHome, compileUserLayer, filesOf, statementsOf } from '../layers/compiled-layers.js'
import { counted } from '../render/counted.js'

interface ValidateOptions {
  readonly json?: boolean
  readonly explain?: string
}

export function define(command: Command): void {
  examples(command, ['agsec validate', 'agsec validate policies/ extra.yaml', 'agsec validate --explain unknown-key'])
  command
    .argument('[paths...]', 'files and folders of policies (default: ~/.agsec/policies)')
    .option('--explain <code>', 'print what a diagnostic code means')
    .option('--json', 'the diagnostics as JSON on stdout')
  runs<ValidateOptions>(command, validate)
}

function validate(call: Invocation<ValidateOptions>): ExitCode {
  if (call.options.explain !== undefined) {
    call.out(diagnosticPage(call.options.explain))
    return EXIT.fine
  }
  const compiled = call.operands.length === 0 ? compileHome(call.home) : compileUserLayer(call.operands)
  if (call.options.json === true) call.out(`${JSON.stringify(diagnosticsToJson(compiled.diagnostics))}\n`)
  else report(call, compiled.diagnostics)
  if (hasErrors(compiled.diagnostics)) return EXIT.findings
  if (call.options.json !== true)
    call.out(`${counted(filesOf(compiled), 'file')}, ${counted(statementsOf(compiled), 'statement')}: no errors\n`)
  return EXIT.fine
}
