import { contractOf, UNASKED } from '../contract-of.js'

const common = {
  clineVersion: '',
  taskId: 'conv_1',
  sessionContext: { rootSessionId: 'root_1' },
  workspaceRoots: ['/w/app'],
  workspaceInfo: { rootPath: '/w/app' },
  agent_id: 'agent_1',
  parent_agent_id: null,
}
const payload = (name: string, input: unknown) => ({
  ...common,
  hookName: 'tool_call',
  iteration: 2,
  tool_call: { id: 'call_5', name, input },
  preToolUse: { toolName: name, parameters: {} },
})
/** The extension: nothing but text. */
const extension = (toolName: string, parameters: unknown) => ({
  clineVersion: '3.x',
  hookName: 'PreToolUse',
  taskId: '17',
  workspaceRoots: ['/w/app'],
  preToolUse: { toolName, parameters },
})
const said = (errorMessage: string) => JSON.stringify({ cancel: true, errorMessage })
const ran = (command: string) => ['bash.execute', { command }] as const
const read = (name: string) => ['file.read', { file_path: `/w/app/${name}` }] as const
const replies = {
  allow: { stdout: '{"cancel":false}', stderr: '', exit: 0 },
  deny: { stdout: said('[agsec] no.'), stderr: '', exit: 0 },
  review: { stdout: said(UNASKED), stderr: '', exit: 0 },
  failure: { stdout: said('[agsec] blocked: why'), stderr: '', exit: 0 },
}

contractOf({
  platform: 'cline',
  payload,
  calls: [
    ['run_commands', { commands: ['make'] }, ...ran('make')],
    ['run_commands', { commands: 'make' }, ...ran('make')],
    ['run_commands', { command: 'make' }, ...ran('make')],
    ['run_commands', { cmd: 'make' }, ...ran('make')],
    ['run_commands', 'make', ...ran('make')],
    ['run_commands', ['make'], ...ran('make')],
    // Text is a command, whatever else it could be read as.
    ['run_commands', '{"command":"ls","x":"$(id)"}', ...ran('{"command":"ls","x":"$(id)"}')],
    ['run_commands', { command: 'echo', args: ["it's", 'a b', 'c'] }, ...ran(`echo 'it'\\''s' 'a b' c`)],
    ['run_commands', { commands: { command: 'rm', args: ['$x'] } }, ...ran("rm '$x'")],
    ['read_files', { files: [{ path: 'a' }] }, ...read('a')],
    ['read_files', { file_path: 'a' }, ...read('a')],
    ['read_files', { filePath: 'a' }, ...read('a')],
    ['read_files', { paths: ['a'] }, ...read('a')],
    ['read_files', { file_paths: 'a' }, ...read('a')],
    ['read_files', 'a', ...read('a')],
    ['editor', { path: 'a', old_text: 'x', new_text: 'y' }, 'file.edit', { file_path: '/w/app/a', old_string: 'x', new_string: 'y' }],
    ['editor', { path: 'a', new_text: 'y' }, 'file.write', { file_path: '/w/app/a', content: 'y' }],
    ['editor', { path: 'a', new_text: 'y', insert_line: 3 }, 'file.edit', { file_path: '/w/app/a', new_string: 'y', insert_line: 3 }],
    ['write_to_file', { path: 'a', content: 'y' }, 'file.write', { file_path: '/w/app/a', content: 'y' }],
    ['replace_in_file', { path: 'a', diff: 'd' }, 'file.edit', { file_path: '/w/app/a', diff: 'd' }],
    ['apply_patch', '*** Begin Patch\n*** Delete File: a\n*** End Patch', 'file.delete', { file_path: '/w/app/a' }],
    ['search_codebase', { queries: ['x'] }, 'file.grep', { pattern: 'x' }],
    ['search_codebase', 'x', 'file.grep', { pattern: 'x' }],
    ['list_files', { path: 'src' }, 'file.list', { path: '/w/app/src' }],
    ['fetch_web_content', { requests: [{ url: 'https://a.test', prompt: 'p' }] }, 'web.fetch', { url: 'https://a.test', prompt: 'p' }],
    ['spawn_agent', { systemPrompt: 's', task: 'p' }, 'agent.spawn', { systemPrompt: 's', prompt: 'p' }],
    [
      'use_mcp_tool',
      { server_name: 'calc', tool_name: 'add', arguments: '{"a":4}' },
      'mcp.calc.add',
      { a: 4, server: 'calc', tool: 'add', arguments: { a: 4 } },
    ],
    ['skills', { skill: 'x' }, 'skill.invoke', { skill: 'x' }],
  ],
  batches: [
    ['run_commands', { commands: ['ls', { command: 'make', args: ['-j', '2'] }] }, [ran('ls'), ran('make -j 2')]],
    ['run_commands', ['ls', 'make'], [ran('ls'), ran('make')]],
    ['run_commands', { command: 'ls', commands: ['make'] }, [ran('ls'), ran('make')]],
    ['read_files', { files: ['a', { filePath: 'b' }] }, [read('a'), read('b')]],
  ],
  malformed: [
    ['run_commands', {}],
    ['run_commands', { commands: [] }],
    ['run_commands', { commands: [['ls']] }],
    ['run_commands', { commands: ['ls', 1] }],
    ['run_commands', { commands: Array.from({ length: 257 }, () => 'ls') }],
    ['run_commands', { command: 'ls', cmd: 'rm' }],
    ['run_commands', { command: 'ls', args: '-l' }],
    ['run_commands', { command: 'ls', args: [1] }],
    ['read_files', { files: [{ name: 'a' }] }],
    ['use_mcp_tool', { tool_name: 'add' }],
  ],
  notCalls: [
    ['a result', { ...payload('run_commands', 'ls'), hookName: 'tool_result' }],
    ['a start', { ...common, hookName: 'agent_start' }],
    ['Copilot', { sessionId: 's', toolName: 'bash', toolArgs: { command: 'ls' } }],
  ],
  context: [
    { ...payload('run_commands', 'ls'), parent_agent_id: 'agent_0' },
    {
      agent: 'cline',
      session_id: 'root_1',
      cwd: '/w/app',
      project_root: '/w/app',
      tool_use_id: 'call_5',
      agent_id: 'agent_1',
      parent_agent_id: 'agent_0',
    },
  ],
  notAsked: [payload('run_commands', 'ls')],
  replies,
})

contractOf({
  platform: 'cline',
  payload: extension,
  calls: [
    ['execute_command', { command: 'make' }, ...ran('make')],
    ['run_commands', { commands: '["make"]' }, ...ran('make')],
    ['run_commands', { commands: 'make $(nproc)' }, ...ran('make $(nproc)')],
    ['read_file', { path: 'a' }, ...read('a')],
    ['write_to_file', { path: 'a', content: '["x"]' }, 'file.write', { file_path: '/w/app/a', content: '["x"]' }],
  ],
  batches: [['run_commands', { commands: '["ls","make"]' }, [ran('ls'), ran('make')]]],
  // A list, or a command that runs `id`.
  malformed: [['run_commands', { commands: '["ls","$(id)"]' }]],
  notCalls: [['a result', { ...extension('x', {}), hookName: 'PostToolUse' }]],
  context: [extension('execute_command', { command: 'ls' }), { agent: 'cline', session_id: '17', cwd: '/w/app', project_root: '/w/app' }],
  replies,
})
