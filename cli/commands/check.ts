import type { Command } from 'commander'
import { callOf } from '../calls.js'
import { CheckAnswerer } from '../check-stream.js'
import { followDeciding, openDeciding } from '../deciding.js'
import { EXIT, type ExitCode, exitOfDecision } from '../exit-codes.js'
import { examples, type Invocation, runs } from '../invocation.js'
import { machineFacts } from '../machine-facts.js'
import { answerStream } from '../ndjson.js'
import { resultText } from '../render/result-text.js'
import { addRequestOptions, readAsked } from '../request-options.js'
import { readStandardInput, writeStandardOutput } from '../standard-streams.js'
import { followMode, refuseStreamFlags, type StreamFlags, streamOptions } from '../stream-options.js'

interface CheckOptions extends StreamFlags {
  readonly json?: boolean
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
    .option('--files', 'with --ndjson: look at files as the hook does: links, scripts about to run')
    .option('--outcome', 'with --ndjson: answers say what is to be done under the mode: allowed, asked or denied')
    .option('--audit', 'with --ndjson: the same, and every decision is put into the audit log, as hooks do it')
    .option('--exit-code', 'exit 0 for allow, 3 for review, 4 for deny')
    .option('--json', 'the answer as JSON')
  runs<CheckOptions>(command, check)
}

async function check(call: Invocation<CheckOptions>): Promise<ExitCode> {
  if (call.options.ndjson === true) return checkStream(call)
  refuseStreamFlags(call.options)
  const asked = await readAsked(call.options)
  const deciding = await openDeciding(call)
  if (deciding === undefined) return EXIT.findings
  const result = deciding.decide(callOf(asked, machineFacts(call.home)))
  call.out(call.options.json === true ? `${JSON.stringify(result)}\n` : resultText(result, call.colour))
  return call.options.exitCode === true ? exitOfDecision(result.decision) : EXIT.fine
}

async function checkStream(call: Invocation<CheckOptions>): Promise<ExitCode> {
  const options = streamOptions(call)
  const policy = await followDeciding(call)
  if (policy === undefined) return EXIT.findings
  const around = { policy, facts: machineFacts(call.home), mode: followMode(call.home) }
  await answerStream(readStandardInput(), new CheckAnswerer(around, options), writeStandardOutput)
  return EXIT.fine
}
