/**
 * Qwen Code, event `PreToolUse`: Gemini's tools in Claude's dialect.
 *
 *   stdin    { session_id, cwd, hook_event_name: "PreToolUse", permission_mode, tool_name, tool_input, tool_use_id, tool_call_id, agent_id? }
 *   allow    nothing
 *   deny     Claude's JSON on stdout, the reason on stderr, exit status 2; status 2 without a word lets the call run
 *   review   the same with "ask" and exit status 0; a block where nobody can answer
 *   failure  the call runs; the installed command blocks instead
 *
 * Source: runs of 0.24.4.
 */
import type { Adapter } from './contract.js'
import { platform } from './platform.js'
import { nestedJson } from './replies.js'

export function qwenCode(): Adapter {
  return platform({
    name: 'qwen-code',
    events: 'PreToolUse',
    tools:
      'bash.execute run_shell_command|file.read read_file|@globs read_many_files|file.write write_file|file.edit edit|file.glob glob|file.grep grep_search|' +
      'file.list list_directory|web.fetch web_fetch|web.search web_search|agent.spawn agent task|file.write:~/.qwen/QWEN.md save_memory|' +
      'plan.update todo_write exit_plan_mode|skill.invoke skill|user.ask ask_user_question',
    mcp: ['mcp__', '__'],
    cwd: 'dir_path directory',
    asks: () => true,
    reply: nestedJson,
    exits: { allow: 0, ask: 0, deny: 2 },
    repeats: true,
  })
}
