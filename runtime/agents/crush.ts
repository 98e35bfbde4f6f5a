/**
 * Crush, event `PreToolUse`.
 *
 *   stdin    { event: "PreToolUse", session_id, cwd, tool_name, tool_input }
 *   allow    nothing: the platform's own prompt still comes
 *   deny     the reason on stderr and exit status 2
 *   review   a deny: silence would leave it to the platform's prompt, which nobody sees in its mode that allows everything
 *   failure  the call runs; the installed command blocks instead
 *
 * Source: docs/hooks and internal/hooks of charmbracelet/crush; arguments from documents. Not run.
 */
import type { Adapter } from './contract.js'
import { platform } from './platform.js'
import { onStderr } from './replies.js'

export function crush(): Adapter {
  return platform({
    name: 'crush',
    events: 'PreToolUse',
    tools:
      'bash.execute bash|file.read view|file.write write|file.edit edit multiedit|file.list ls|file.glob glob|file.grep grep|web.fetch fetch agentic_fetch|' +
      '@download download|agent.spawn agent|tool.discover diagnostics references job_output|process.kill job_kill|plan.update todos',
    mcp: ['mcp_', '_'],
    servers: { key: 'mcp', paths: '~/.config/crush/crush.json crush.json .crush.json' },
    cwd: 'working_dir',
    reply: onStderr,
    exits: { allow: 0, ask: 2, deny: 2 },
  })
}
