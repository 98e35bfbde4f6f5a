import { contractOf, UNASKED } from '../contract-of.js'

const payload = (tool: string, args: unknown) => ({ tool, sessionID: 'ses_3', callID: 'call_8', args, directory: '/w/app' })
const told = (tool: string, args: unknown) => ({ ...payload(tool, args), servers: ['my', 'my_calc'] })

contractOf({
  platform: 'opencode',
  payload: (tool, args) => (tool === 'my_calc_add' ? told(tool, args) : payload(tool, args)),
  calls: [
    [
      'bash',
      { command: 'make', workdir: 'sub', timeout: 9 },
      'bash.execute',
      { command: 'make', workdir: 'sub', cwd: '/w/app/sub', timeout_ms: 9 },
    ],
    ['read', { filePath: 'a' }, 'file.read', { file_path: '/w/app/a' }],
    ['write', { filePath: 'a', content: 'x' }, 'file.write', { file_path: '/w/app/a', content: 'x' }],
    [
      'edit',
      { filePath: 'a', oldString: 'x', newString: 'y', replaceAll: true },
      'file.edit',
      { file_path: '/w/app/a', old_string: 'x', new_string: 'y', replace_all: true },
    ],
    ['apply_patch', { patchText: '*** Begin Patch\n*** Delete File: a\n*** End Patch' }, 'file.delete', { file_path: '/w/app/a' }],
    ['glob', { pattern: '*.ts' }, 'file.glob', { pattern: '*.ts' }],
    ['grep', { pattern: 'x', path: 'src', include: '*.ts' }, 'file.grep', { pattern: 'x', path: '/w/app/src', glob: '*.ts' }],
    ['webfetch', { url: 'https://a.test', format: 'text' }, 'web.fetch', { url: 'https://a.test', format: 'text' }],
    ['task', { subagent_type: 'g', prompt: 'p' }, 'agent.spawn', { agent_type: 'g', prompt: 'p' }],
    ['skill', { name: 's' }, 'skill.invoke', { skill: 's' }],
    ['todowrite', { todos: [] }, 'plan.update', { todos: [] }],
    ['invalid', { tool: 'x', error: 'e' }, 'tool.other', { tool: 'invalid', arguments: { tool: 'x', error: 'e' } }],
    ['calc_add', { a: 4 }, 'mcp.calc.add', { a: 4, server: 'calc', tool: 'add', arguments: { a: 4 } }],
    ['my_calc_add', { a: 4 }, 'mcp.my_calc.add', { a: 4, server: 'my_calc', tool: 'add', arguments: { a: 4 } }],
    ['our_calc_add', { a: 4 }, 'mcp.*.our_calc_add', { a: 4, tool: 'our_calc_add', arguments: { a: 4 } }],
  ],
  malformed: [
    ['bash', {}],
    ['read', { filePath: 'a', path: 'b' }],
  ],
  notCalls: [
    ['no tool', { sessionID: 's', callID: 'c', args: {} }],
    ['Amp', { tool: 'Bash', input: { cmd: 'ls' }, toolUseID: 't' }],
  ],
  context: [
    payload('read', { filePath: 'a' }),
    { agent: 'opencode', session_id: 'ses_3', cwd: '/w/app', project_root: '/w/app', tool_use_id: 'call_8' },
  ],
  notAsked: [payload('read', { filePath: 'a' })],
  replies: {
    allow: { stdout: '', stderr: '', exit: 10 },
    deny: { stdout: '', stderr: '[agsec] no.\n', exit: 2 },
    review: { stdout: '', stderr: `${UNASKED}\n`, exit: 2 },
    failure: { stdout: '', stderr: '[agsec] blocked: why\n', exit: 2 },
  },
})
