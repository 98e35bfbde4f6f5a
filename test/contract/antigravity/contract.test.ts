import { contractOf, UNASKED } from '../contract-of.js'

const payload = (name: string, args: unknown) => ({
  toolCall: { name, args },
  stepIdx: 4,
  conversationId: 'a9a9',
  workspacePaths: ['/w/app'],
  modelName: 'm',
})
const said = (reason: string) => JSON.stringify({ decision: 'deny', reason })

contractOf({
  platform: 'antigravity',
  payload,
  calls: [
    ['run_command', { CommandLine: 'make', Cwd: 'sub' }, 'bash.execute', { command: 'make', Cwd: 'sub', cwd: '/w/app/sub' }],
    ['view_file', { AbsolutePath: '/w/a', StartLine: '2' }, 'file.read', { file_path: '/w/a', offset: 2 }],
    ['write_to_file', { TargetFile: '/w/a', CodeContent: 'x' }, 'file.write', { file_path: '/w/a', content: 'x' }],
    ['replace_file_content', { TargetFile: '/w/a' }, 'file.edit', { file_path: '/w/a' }],
    ['list_dir', { DirectoryPath: '/w' }, 'file.list', { path: '/w' }],
    ['grep_search', { SearchPath: '/w', Query: 'x' }, 'file.grep', { path: '/w', pattern: 'x' }],
    ['read_url_content', { Url: 'https://a.test' }, 'web.fetch', { url: 'https://a.test' }],
    ['search_web', { query: 'q' }, 'web.search', { query: 'q' }],
    ['send_command_input', { CommandId: '1', Input: 'y' }, 'bash.input', { session_id: '1', text: 'y' }],
  ],
  malformed: [
    ['run_command', { Command: 'make' }],
    ['view_file', {}],
  ],
  notCalls: [
    ['no call', { stepIdx: 1, toolCall: 'run_command' }],
    ['Claude Code', { hook_event_name: 'PreToolUse', permission_mode: 'default', tool_name: 'Bash', tool_input: { command: 'ls' } }],
  ],
  context: [
    payload('view_file', { AbsolutePath: '/w/a' }),
    { agent: 'antigravity', session_id: 'a9a9', cwd: '/w/app', project_root: '/w/app' },
  ],
  notAsked: [payload('run_command', { CommandLine: 'make' })],
  replies: {
    allow: { stdout: '{"decision":"allow"}', stderr: '', exit: 0 },
    deny: { stdout: said('[agsec] no.'), stderr: '', exit: 0 },
    review: { stdout: said(UNASKED), stderr: '', exit: 0 },
    failure: { stdout: said('[agsec] blocked: why'), stderr: '', exit: 0 },
  },
})
