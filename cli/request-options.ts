/** The options that `check` and `explain` share. */
import type { Command } from 'commander'
import { type Asked, parseAsked, platformOf, RequestError } from './asked.js'
import type { PolicyFlags } from './deciding.js'
import { askedByFlags, type RequestFlags } from './request-flags.js'
import { readStdin } from './stdin.js'
import { UsageError } from './usage-error.js'

export interface RequestOptions extends RequestFlags, PolicyFlags {
  readonly platform?: string
}

export function addRequestOptions(command: Command): void {
  command
    .option('--action <name>', 'what is to be done: bash.execute, file.read, mcp.slack.post …')
    .option('--command <line>', 'a shell command (the action is then bash.execute)')
    .option('--param <key=value...>', 'one argument of the action, as text')
    .option('--params <json>', 'all arguments, as a JSON map')
    .option('--context <key=value...>', 'who and where: agent, cwd, project_root, home, user …')
    .option('--platform <name>', 'stdin is what this agent writes to its hook (default: claude-code)')
    .option('--policy <path...>', 'decide by these sources instead of the compiled bundle')
    .option('--bundle <file>', 'decide by this bundle')
    .option('--project <dir>', 'decide by the policy of this project as well, as it is now')
    .option('--no-index', 'look at every statement instead of the indexed ones: slower, same answer')
}

/** The request of the flags, else the one on stdin. */
export async function readAsked(options: RequestOptions): Promise<Asked> {
  const flagged = askedByFlags(options)
  if (flagged !== undefined) return flagged
  if (process.stdin.isTTY)
    throw new UsageError('no request', "give one: `--command 'git push'`, `--action file.read --param file_path=.env`, or JSON on stdin")
  return askedByText(await readStdin(), options.platform)
}

function askedByText(text: string, platform: string | undefined): Asked {
  try {
    const json: unknown = JSON.parse(text)
    if (platform === undefined) return parseAsked(json)
    return { kind: 'platform', platform: platformOf(platform), input: json }
  } catch (error) {
    if (error instanceof RequestError) throw new UsageError(error.message)
    throw new UsageError('stdin is not valid JSON', 'expected `{"action": "bash.execute", "params": {"command": "ls"}}`')
  }
}
