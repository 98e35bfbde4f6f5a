/**
 * GitHub Copilot CLI, and the cloud agent, events `preToolUse` and `PreToolUse`: the spelling of the event in its file chooses the dialect.
 *
 *   stdin    preToolUse: { sessionId, cwd, toolName, toolArgs, agentId?, agentType?, parentAgentId? }, the arguments once as text that holds JSON;
 *            PreToolUse: { hook_event_name, session_id, cwd, tool_name, tool_input } with Claude's tool names and Copilot's arguments.
 *            Tools of MCP servers are `<server>-<tool>` and nothing marks them
 *   allow    nothing: the platform's own permissions still apply
 *   deny     "permissionDecision" and its reason both flat and in "hookSpecificOutput", one for each dialect; the reason on stderr; exit status 2
 *   review   the same with "ask": the platform's own prompt; a deny in `-p` and in the cloud, where the platform makes it one
 *   failure  every status but 0 blocks; a time-out and a word that is no JSON let the call run
 *
 * Source: docs.github.com (hooks reference) and runs of 1.0.102; the cloud agent from documents only.
 */
import type { ValueMap } from '../decide/request.js'
import { own } from '../decide/value.js'
import type { Adapter } from './contract.js'
import { named, platform, type ToolUse } from './platform.js'
import { nestedJson } from './replies.js'

export function copilotCli(): Adapter {
  return platform({
    name: 'copilot-cli',
    // The other dialect names no event.
    events: 'PreToolUse',
    tools:
      'bash.execute bash Bash|powershell.execute powershell PowerShell|bash.input write_bash write_powershell|process.kill stop_bash stop_powershell|' +
      'tool.discover read_bash read_powershell list_bash list_powershell|file.read view Read|file.write create Write|@edit edit Edit str_replace|' +
      '@patch apply_patch|file.grep grep Grep rg|file.glob glob Glob|web.fetch web_fetch WebFetch|web.search web_search WebSearch|agent.spawn task Task Agent|' +
      'skill.invoke skill Skill|plan.update report_intent update_todo|user.ask ask_user AskUserQuestion',
    mcp: ['', '-'],
    // Source: docs.github.com (adding MCP servers to Copilot CLI); the first was run.
    servers: { key: 'mcpServers', paths: '~/.copilot/mcp-config.json .mcp.json .github/mcp.json', builtIn: 'github-mcp-server' },
    use,
    asks: () => true,
    reply: (decision, message, notice) =>
      nestedJson(decision, message, notice, {
        permissionDecision: decision === 'review' ? 'ask' : decision,
        permissionDecisionReason: message,
      }),
    exits: { allow: 0, ask: 0, deny: 2 },
    repeats: true,
  })
}

function use(input: ValueMap): ToolUse | undefined {
  const tool = own(input, 'toolName')
  return typeof tool === 'string' ? { tool, input: own(input, 'toolArgs') ?? null } : named(input)
}
