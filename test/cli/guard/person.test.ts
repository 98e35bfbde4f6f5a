import { describe, expect, it } from 'vitest'
import type { Ancestor } from '../../../cli/guard/ancestors.js'
import { type Asker, requirePerson, whyNoPerson } from '../../../cli/guard/person.js'

const SHELL = running('zsh -l')

function running(command: string, variables: readonly string[] = [], title?: string): Ancestor {
  return { pid: 7, argv: command.split(' '), variables, ...(title === undefined ? {} : { title }) }
}

function asker(ancestors: readonly Ancestor[], more: Partial<Asker> = {}): Asker {
  return { ancestors: () => ancestors, variables: ['PATH', 'HOME', 'TERM'], atTerminal: true, ask: () => 'observe', ...more }
}

describe('who is no person', () => {
  it.each([
    ['claude', 'claude'],
    ['/home/u/.local/bin/claude --resume', 'claude'],
    ['node /usr/lib/node_modules/@anthropic-ai/claude-code/cli.js', '@anthropic-ai/claude'],
    ['node --no-warnings /usr/bin/gemini -p x', 'gemini'],
    ['/usr/bin/codex exec x', 'codex'],
    ['C:\\Users\\u\\AppData\\codex.exe', 'codex'],
    ['bun /opt/opencode-ai/bin/run', 'opencode-ai'],
    ['/Applications/Cursor.app/Contents/MacOS/Cursor', 'cursor'],
    ['/Applications/Cursor.app/Contents/Frameworks/Helper', 'Cursor.app/'],
    ['python3 /usr/local/bin/aider', 'aider'],
    ['/usr/share/windsurf/windsurf --type=renderer', 'windsurf'],
  ])('the agent %s', (command, agent) => {
    const why = whyNoPerson(asker([SHELL, running('script -qc x /dev/null'), SHELL, running(command)]))
    expect(why).toBe(`an agent started it (\`${agent}\`, process 7)`)
  })
  it('an agent that calls itself one', () => {
    expect(whyNoPerson(asker([SHELL, running('node x.js', [], 'claude')]))).toContain('`claude`')
  })
  it.each(['CLAUDECODE', 'CODEX_SANDBOX_NETWORK_DISABLED', 'CURSOR_AGENT', 'GEMINI_CLI', 'OPENCODE', 'AI_AGENT'])(
    'whoever has the variable %s, or comes from a process that has it',
    name => {
      const why = `an agent started it, as \`${name}\` in the environment tells`
      expect(whyNoPerson(asker([SHELL], { variables: ['PATH', name] }))).toBe(why)
      expect(whyNoPerson(asker([SHELL, running('tmux new -d', [name])]))).toBe(why)
    },
  )
  it.each(['script -qc x /dev/null', 'expect -f x', 'unbuffer agsec observe', 'python3 -c x', 'perl -e x', 'socat - EXEC:x,pty'])(
    'a program that types: %s',
    command => {
      expect(whyNoPerson(asker([SHELL, running(command), running('systemd')]))).toMatch(/^a program types for somebody/)
    },
  )
  it('whoever has no terminal', () => {
    expect(whyNoPerson(asker([SHELL], { atTerminal: false }))).toBe('standard input is no terminal')
  })
  it('whoever the system does not tell of', () => {
    expect(whyNoPerson({ ...asker([]), ancestors: () => undefined })).toBe('the system does not tell which program started this one')
  })
})

describe('who may be a person', () => {
  it.each([
    'sshd: u@pts/1',
    '/usr/libexec/gnome-terminal-server',
    'tmux: server',
    'login -- root',
    '/Applications/iTerm.app/Contents/MacOS/iTerm2',
    'node /usr/bin/npm exec agsec observe',
    'python3 /usr/bin/terminator',
    '/usr/bin/code --type=ptyHost',
    'vim notes.md',
    'ssh codex.example.org',
    'node server.js claude',
    'git commit -m gemini',
  ])('under %s', command => {
    expect(whyNoPerson(asker([SHELL, running(command), running('/sbin/init')]))).toBeUndefined()
  })
})

describe('a person', () => {
  const loosening = { what: 'let every tool call run', word: 'observe' }

  it('goes on by typing the word', () => {
    const asked: string[] = []
    const ask = (question: string) => {
      asked.push(question)
      return ' observe\n'
    }
    requirePerson(asker([SHELL], { ask }), loosening)
    expect(asked).toEqual(['This would let every tool call run. Type `observe` to go on: '])
  })
  it.each(['', 'y', 'yes', 'Observe'])('goes no further by typing %j', typed => {
    expect(() => requirePerson(asker([SHELL], { ask: () => typed }), loosening)).toThrow('nothing was changed')
  })
  it('is not asked where it is none', () => {
    const ask = () => expect.unreachable()
    expect(() => requirePerson(asker([running('claude')], { ask }), loosening)).toThrow(
      /^cannot let every tool call run: an agent started it/,
    )
  })
})
