import type { Command } from 'commander'
import { parseAsked } from '../asked.js'
import { callOf, type MachineFacts } from '../calls.js'
import { type Deciding, openDeciding } from '../deciding.js'
import { EXIT, type ExitCode, exitOfDecision } from '../exit-codes.js'
import { examples, type Invocation, runs } from '../invocation.js'
import { machineFacts } from '../machine-facts.js'
import { type Answer, answerStream, writePaced } from '../ndjson.js'
import { resultText } from '../render/result-text.js'
import { addRequestOptions, readAsked, type RequestOptions } from '../request-options.js'

interface CheckOptions extends RequestOptions {
  readonly json?: boolean
  readonly exitCode?: boolean
  readonly ndjson?: boolean
}

export function define(command: Command): void {
  examples(command, [
    "agsec check --command 'git push --force'",
    'agsec check --action file.read --param file_path=.env --context cwd=$PWD',
    `echo '{"action": "web.fetch", "params": {"url": "https://example.com"}}' | agsec check --json`,
    'agsec check --ndjson --policy policies < requests.ndjson',
  ])
  addRequestOptions(command)
  command
    .option('--ndjson', 'one request per line on stdin, one answer per line on stdout')
    .option('--exit-code', 'exit 0 for allow, 3 for review, 4 for deny')
    .option('--json', 'the answer as JSON')
  runs<CheckOptions>(command, check)
}

async function check(call: Invocation<CheckOptions>): Promise<ExitCode> {
  if (call.options.ndjson === true) return checkStream(call)
  const asked = await readAsked(call.options)
  const deciding = openDeciding(call)
  if (deciding === undefined) return EXIT.findings
  const result = deciding.decide(callOf(asked, machineFacts(call.home)))
  call.out(call.options.json === true ? `${JSON.stringify(result)}\n` : resultText(result, call.colour))
  return call.options.exitCode === true ? exitOfDecision(result.decision) : EXIT.fine
}

async function checkStream(call: Invocation<CheckOptions>): Promise<ExitCode> {
  const deciding = openDeciding(call)
  if (deciding === undefined) return EXIT.findings
  await answerStream(process.stdin, answerer(deciding, machineFacts(call.home)), writePaced)
  return EXIT.fine
}

function answerer(deciding: Deciding, facts: MachineFacts): Answer {
  return json => deciding.decide(callOf(parseAsked(json), facts))
}
