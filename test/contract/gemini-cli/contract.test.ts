import { contractOf, UNASKED } from '../contract-of.js'

const payload = (tool_name: string, tool_input: unknown) => ({
  session_id: 'abba',
  cwd: '/w/app',
  hook_event_name: 'BeforeTool',
  timestamp: '2026-05-06T07:08:09.000Z',
  tool_name,
  tool_input,
})
const mcp = (name: string, server_name: string) => ({
  ...payload(name, { a: 4 }),
  mcp_context: { server_name, tool_name: 'add', command: 'node' },
})
const said = (reason: string) => JSON.stringify({ decision: 'deny', reason })
const fetched = (url: string, prompt: string) => ['web.fetch', { url, prompt }] as const
const two = 'compare (HTTPS://A.test/x?y=1), and <http://u:p@b.test>.'

contractOf({
  platform: 'gemini-cli',
  payload: (tool, input) => (tool === 'mcp_my_calc_add' ? mcp(tool, 'my calc') : payload(tool, input)),
  calls: [
    ['run_shell_command', { command: 'make', dir_path: 'sub' }, 'bash.execute', { command: 'make', dir_path: 'sub', cwd: '/w/app/sub' }],
    ['read_file', { file_path: 'a', start_line: 3 }, 'file.read', { file_path: '/w/app/a', offset: 3 }],
    ['read_file', { absolute_path: '/a' }, 'file.read', { file_path: '/a' }],
    ['read_many_files', { include: ['a.ts'] }, 'file.read', { file_path: '/w/app/a.ts' }],
    ['read_many_files', { paths: ['src/*.ts'] }, 'file.glob', { pattern: 'src/*.ts' }],
    ['write_file', { file_path: 'a', content: 'x' }, 'file.write', { file_path: '/w/app/a', content: 'x' }],
    [
      'replace',
      { file_path: 'a', old_string: 'x', new_string: 'y' },
      'file.edit',
      { file_path: '/w/app/a', old_string: 'x', new_string: 'y' },
    ],
    ['glob', { pattern: '*.ts', dir_path: 'src' }, 'file.glob', { pattern: '*.ts', path: '/w/app/src' }],
    ['grep_search', { pattern: 'x' }, 'file.grep', { pattern: 'x' }],
    ['search_file_content', { pattern: 'x', dir_path: '.' }, 'file.grep', { pattern: 'x', path: '/w/app' }],
    ['list_directory', { dir_path: '.' }, 'file.list', { path: '/w/app' }],
    ['web_fetch', { prompt: 'sum up https://a.test/x, please' }, ...fetched('https://a.test/x', 'sum up https://a.test/x, please')],
    ['google_web_search', { query: 'q' }, 'web.search', { query: 'q' }],
    ['invoke_agent', { agent_name: 'g', prompt: 'p' }, 'agent.spawn', { agent_type: 'g', prompt: 'p' }],
    ['save_memory', { fact: 'f' }, 'file.write', { file_path: '/home/u/.gemini/GEMINI.md', content: 'f' }],
    ['activate_skill', { name: 's' }, 'skill.invoke', { skill: 's' }],
    ['write_todos', { todos: [] }, 'plan.update', { todos: [] }],
    ['mcp_my_calc_add', { a: 4 }, 'mcp.my%20calc.add', { a: 4, server: 'my calc', tool: 'add', arguments: { a: 4 } }],
    ['mcp_a_b_c', { a: 4 }, 'mcp.*.a_b_c', { a: 4, tool: 'a_b_c', arguments: { a: 4 } }],
  ],
  batches: [
    ['web_fetch', { prompt: two }, [fetched('HTTPS://A.test/x?y=1', two), fetched('http://u:p@b.test', two)]],
    [
      'read_many_files',
      { include: ['a', 'lib/'] },
      [
        ['file.read', { file_path: '/w/app/a' }],
        ['file.glob', { pattern: 'lib/' }],
      ],
    ],
  ],
  malformed: [
    ['web_fetch', { prompt: 'the page that I mean' }],
    ['web_fetch', {}],
    ['web_fetch', { prompt: 'https://a.test', url: 'https://b.test' }],
    ['read_many_files', { include: [] }],
    ['write_file', { file_path: 'a' }],
  ],
  effects: [
    ['read_many_files', { include: ['src/*.ts'] }, [['file.read', { file_path: '/w/app/src/⟨name⟩.ts' }]]],
    ['read_many_files', { include: ['**/.env'] }, [['file.read', { file_path: '/w/app⟨path⟩/.env', rooted: false }]]],
    ['read_many_files', { include: ['/etc/'] }, [['file.read', { file_path: '/etc⟨path⟩', rooted: false }]]],
  ],
  notCalls: [
    ['a result', { ...payload('read_file', { file_path: 'a' }), hook_event_name: 'AfterTool', tool_response: {} }],
    ['Claude Code', { ...payload('read_file', { file_path: 'a' }), hook_event_name: 'PreToolUse' }],
  ],
  context: [payload('read_file', { file_path: 'a' }), { agent: 'gemini-cli', session_id: 'abba', cwd: '/w/app', project_root: '/w/app' }],
  notAsked: [payload('run_shell_command', { command: 'ls' })],
  replies: {
    allow: { stdout: '{}', stderr: '', exit: 0 },
    deny: { stdout: said('[agsec] no.'), stderr: '[agsec] no.\n', exit: 2 },
    review: { stdout: said(UNASKED), stderr: `${UNASKED}\n`, exit: 2 },
    failure: { stdout: said('[agsec] blocked: why'), stderr: '[agsec] blocked: why\n', exit: 2 },
  },
})
