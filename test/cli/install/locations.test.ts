import { posix, win32 } from 'node:path'
import { describe, expect, it } from 'vitest'
import { AGENT_FILES } from '../../../compiler/protection/agent-files.js'
import { entriesOf, locationsOf, type Whereabouts } from '../../../cli/install/locations.js'

const linux: Whereabouts = { system: 'linux', home: '/home/u', project: '/proj' }
const darwin: Whereabouts = { system: 'darwin', home: '/Users/u', project: '/proj' }
const windows: Whereabouts = { system: 'win32', home: 'C:\\Users\\u', project: 'D:\\proj' }

const paths = (platform: string, scope: 'user' | 'project' | 'managed', where: Whereabouts) =>
  entriesOf(platform, scope, where).map(({ path }) => path)

describe('where the hook belongs', () => {
  it.each([
    ['claude-code', 'user', linux, ['/home/u/.claude/settings.json']],
    ['claude-code', 'project', windows, ['D:\\proj\\.claude\\settings.json']],
    ['claude-code', 'managed', linux, ['/etc/claude-code/managed-settings.d/50-agsec.json']],
    ['claude-code', 'managed', darwin, ['/Library/Application Support/ClaudeCode/managed-settings.d/50-agsec.json']],
    ['claude-code', 'managed', windows, ['C:\\Program Files\\ClaudeCode\\managed-settings.d\\50-agsec.json']],
    ['codex', 'user', darwin, ['/Users/u/.codex/hooks.json']],
    ['codex', 'managed', linux, ['/etc/codex/requirements.toml']],
    ['codex', 'managed', windows, ['C:\\ProgramData\\OpenAI\\Codex\\requirements.toml']],
    ['codex', 'managed', darwin, []],
    ['copilot-cli', 'managed', darwin, ['/etc/github-copilot/policy.d/50-agsec.json']],
    ['copilot-vscode', 'managed', linux, []],
    ['cursor', 'managed', darwin, ['/Library/Application Support/Cursor/hooks.json']],
    ['windsurf', 'project', linux, ['/proj/.windsurf/hooks.json', '/proj/.devin/hooks.json']],
    ['cline', 'user', windows, ['C:\\Users\\u\\Documents\\Cline\\Hooks\\PreToolUse.ps1']],
    ['crush', 'user', windows, ['C:\\Users\\u\\AppData\\Local\\crush\\crush.json']],
    ['opencode', 'user', linux, ['/home/u/.config/opencode/plugins/agsec.js']],
    ['amp', 'managed', linux, []],
    ['nobody', 'user', linux, []],
  ] as const)('%s, %s', (platform, scope, where, expected) => {
    expect(paths(platform, scope, where)).toEqual(expected)
  })

  it.each([
    ['claude-code', 'CLAUDE_CONFIG_DIR', '/cfg', '/cfg/settings.json'],
    ['codex', 'CODEX_HOME', '/cfg', '/cfg/hooks.json'],
    ['copilot-cli', 'COPILOT_HOME', '/cfg', '/cfg/hooks/agsec.json'],
    ['codex', 'CODEX_HOME', '', '/home/u/.codex/hooks.json'],
  ])('%s follows %s=%j', (platform, variable, value, expected) => {
    expect(paths(platform, 'user', { ...linux, variables: { [variable]: value } })).toEqual([expected])
  })

  it('names no file of a project where there is none', () => {
    const { project: _, ...nowhere } = linux
    for (const { name } of AGENT_FILES) expect(paths(name, 'project', nowhere)).toEqual([])
  })
})

describe('the table', () => {
  it.each(AGENT_FILES.map(({ name }) => name))('%s has absolute paths, on every system, and no file twice', name => {
    for (const where of [linux, darwin, windows]) {
      const all = locationsOf(name, where).map(({ path }) => path)
      const rules = where.system === 'win32' ? win32 : posix
      expect(all.filter(path => !rules.isAbsolute(path) || path.includes('~'))).toEqual([])
      expect(new Set(all).size).toBe(all.length)
    }
  })

  it.each(AGENT_FILES.map(({ name }) => name))('%s has one entry for the user and one for the project', name => {
    for (const scope of ['user', 'project'] as const) {
      expect(locationsOf(name, linux).filter(({ role, scope: of }) => role === 'entry' && of === scope)).toHaveLength(1)
    }
  })
})
