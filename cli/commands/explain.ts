import type { Command } from 'commander'
import { callOf } from '../calls.js'
import { openDeciding } from '../deciding.js'
import { EXIT, type ExitCode } from '../exit-codes.js'
import { examples, type Invocation, runs } from '../invocation.js'
import { machineFacts } from '../machine-facts.js'
import { explainText } from '../render/explain-text.js'
import { addRequestOptions, readAsked, type RequestOptions } from '../request-options.js'

interface ExplainOptions extends RequestOptions {
  readonly json?: boolean
}

export function define(command: Command): void {
  examples(command, [
    "agsec explain --command 'git push origin main'",
    'agsec explain --action file.read --param file_path=.env --policy policies',
    'agsec explain --platform claude-code < hook-input.json',
  ])
  addRequestOptions(command)
  command.option('--json', 'result and statements as JSON')
  runs<ExplainOptions>(command, explain)
}

async function explain(call: Invocation<ExplainOptions>): Promise<ExitCode> {
  const asked = await readAsked(call.options)
  const deciding = await openDeciding(call)
  if (deciding === undefined) return EXIT.findings
  const requests = callOf(asked, machineFacts(call.home))
  const result = deciding.decide(requests)
  const statements = deciding.explain(requests)
  call.out(call.options.json === true ? `${JSON.stringify({ result, statements })}\n` : explainText(result, statements, call.colour))
  return EXIT.fine
}
