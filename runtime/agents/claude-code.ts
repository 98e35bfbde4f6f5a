/**
 * Claude Code, event `PreToolUse`.
 *
 *   stdin    { session_id, cwd, permission_mode, hook_event_name: "PreToolUse", tool_name, tool_input, tool_use_id, agent_id?, agent_type?, mcp_server? }
 *   allow    nothing on stdout: the platform's own permissions still apply, nothing is approved silently
 *   deny     {"hookSpecificOutput":{"hookEventName":"PreToolUse","permissionDecision":"deny","permissionDecisionReason":…}} on stdout, the reason on
 *            stderr, exit status 2: any one of the three blocks if the others are lost
 *   review   the same with "ask": the platform's own prompt; without anybody to ask it is a block
 *   notice   "systemMessage" is shown to the user, whatever the decision
 *   failure  exit status 1, a time-out, no JSON: the tool runs, unless the handler says `onFailure: "block"`; the installed command
 *            therefore maps every status but STATUS.allow and STATUS.ask to 2
 *
 * Cursor, Copilot CLI, VS Code and Qwen Code read its settings files too, and call the hook that they find there: their input is read as theirs.
 * Source: the platform's hooks reference (code.claude.com/docs/en/hooks) and runs of 2.1.330.
 */
import { platform } from './platform.js'
import { nestedJson } from './replies.js'

export const claudeCode = platform({
  name: 'claude-code',
  events: 'PreToolUse',
  tools:
    'bash.execute Bash Monitor|powershell.execute PowerShell|file.read Read|file.write Write|file.edit Edit MultiEdit|notebook.edit NotebookEdit|' +
    'file.glob Glob|file.grep Grep|web.fetch WebFetch|web.search WebSearch|agent.spawn Agent Task|agent.message SendMessage|skill.invoke Skill|' +
    'schedule.create CronCreate Workflow|process.kill KillShell TaskStop|@resource ReadMcpResourceTool|' +
    // What does nothing outside the agent, as the published program named it.
    'internal.* AskUserQuestion BashOutput CronDelete CronList EnterPlanMode ExitPlanMode ListAgents LSP TaskCreate TaskGet TaskList TaskOutput ' +
    'TaskUpdate TodoRead TodoWrite ToolSearch',
  mcp: ['mcp__', '__'],
  exact: 'notebook_path',
  asks: () => true,
  reply: nestedJson,
  exits: { allow: 0, ask: 0, deny: 2 },
})
