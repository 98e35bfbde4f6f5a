import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { fileFindings, switchFindings } from '../../../cli/doctor/switches.js'
import type { Whereabouts } from '../../../cli/install/locations.js'
import type { AgentScope } from '../../../compiler/protection/agent-files.js'
import type { PlatformName } from '../../../runtime/agents/contract.js'
import { tempFolder } from '../temp-folder.js'

/** A machine with files. @param files text by path: `~/…`, `/…` for the machine's own, anything else in the project */
function machine(files: Readonly<Record<string, string>>, variables: Whereabouts['variables'] = {}): Whereabouts {
  const root = tempFolder()
  const where = { system: 'linux', home: join(root, 'home'), project: join(root, 'project'), root: join(root, 'root'), variables } as const
  for (const folder of [where.home, where.project, where.root]) mkdirSync(folder)
  for (const [path, text] of Object.entries(files)) {
    const place = path.startsWith('~/') ? join(where.home, path.slice(2)) : join(path.startsWith('/') ? where.root : where.project, path)
    mkdirSync(dirname(place), { recursive: true })
    writeFileSync(place, text)
  }
  return where
}

describe('what switches a hook off', () => {
  const cases: readonly [PlatformName, AgentScope, string, string, string][] = [
    ['claude-code', 'user', '.claude/settings.json', '{"disableAllHooks": true}', 'disableAllHooks'],
    ['claude-code', 'user', '.claude/settings.local.json', '{"disableAllHooks": true}', 'disableAllHooks'],
    ['claude-code', 'project', '~/.claude/settings.json', '{"disableAllHooks": true, // a comment\n}', 'disableAllHooks'],
    ['claude-code', 'managed', '/etc/claude-code/managed-settings.json', '{"disableAllHooks": true}', 'disableAllHooks'],
    ['claude-code', 'user', '/etc/claude-code/managed-settings.d/10-corp.json', '{"allowManagedHooksOnly": true}', 'allowManagedHooksOnly'],
    ['codex', 'user', '~/.codex/config.toml', '[features]\nhooks = false\n', 'features.hooks'],
    ['codex', 'user', '.codex/config.toml', 'features.hooks = false\n', 'features.hooks'],
    ['codex', 'user', '/etc/codex/requirements.toml', 'allow_managed_hooks_only = true\n', 'allow_managed_hooks_only'],
    ['copilot-cli', 'user', '.github/copilot/settings.json', '{"disableAllHooks": true}', 'disableAllHooks'],
    ['copilot-vscode', 'user', '.vscode/settings.json', '{"chat.hooks.enabled": false}', 'chat.hooks.enabled'],
    ['gemini-cli', 'user', '~/.gemini/settings.json', '{"hooksConfig": {"enabled": false}}', 'hooksConfig.enabled'],
    ['gemini-cli', 'user', '.gemini/settings.json', '{"hooksConfig": {"disabled": ["agsec"]}}', 'hooksConfig.disabled'],
    ['qwen-code', 'user', '.qwen/settings.json', '{"disableAllHooks": true}', 'disableAllHooks'],
  ]

  it.each(cases)('%s, %s: %s', (platform, scope, path, text, key) => {
    const found = switchFindings(platform, scope, machine({ [path]: text }))
    expect(found.map(({ level }) => level)).toEqual(['problem'])
    expect(found[0]?.message).toContain(`\`${key}\``)
  })

  it.each([
    ['what is another setting', 'claude-code', 'user', '.claude/settings.json', '{"disableAllHooks": false, "hooks": {}}'],
    ['what a managed hook does not heed', 'claude-code', 'managed', '.claude/settings.json', '{"disableAllHooks": true}'],
    ['another hook', 'gemini-cli', 'user', '~/.gemini/settings.json', '{"hooksConfig": {"disabled": ["other"]}}'],
    ['what the administrator overrules', 'gemini-cli', 'managed', '.gemini/settings.json', '{"hooksConfig": {"enabled": false}}'],
    ['what only holds for others', 'codex', 'managed', '/etc/codex/requirements.toml', 'allow_managed_hooks_only = true\n'],
  ] as const)('nothing for %s', (_, platform, scope, path, text) => {
    expect(switchFindings(platform, scope, machine({ [path]: text }))).toEqual([])
  })

  it.each([
    ['gemini-cli', 'managed', 'GEMINI_CLI_SYSTEM_SETTINGS_PATH'],
    ['opencode', 'user', 'OPENCODE_PURE'],
  ] as const)('%s, %s: the variable %s', (platform, scope, name) => {
    expect(switchFindings(platform, scope, machine({}, { [name]: '1' }))[0]?.message).toContain(name)
    expect(switchFindings(platform, scope, machine({}, { [name]: '' }))).toEqual([])
  })
})

describe('files that the agent cannot read', () => {
  it.each([
    ['claude-code', '~/.claude/settings.json', '{"hooks": ', 'line 1, column 11'],
    ['claude-code', '~/.claude/settings.json', '[]', 'no map of settings'],
    ['codex', '/etc/codex/requirements.toml', 'a = = 1', 'Invalid TOML'],
    ['copilot-cli', '/etc/github-copilot/policy.d/50-agsec.json', '{', 'line 1, column 2'],
  ] as const)('%s: %s', (platform, path, text, why) => {
    const found = fileFindings(platform, machine({ [path]: text })).filter(({ message }) => message.includes('cannot be read'))
    expect(found.map(({ level }) => level)).toEqual(['problem'])
    expect(found[0]?.message).toContain(why)
  })

  it('nothing is said of an empty file, comments and trailing commas', () => {
    expect(fileFindings('claude-code', machine({ '~/.claude/settings.json': '' }))).toEqual([])
    expect(fileFindings('claude-code', machine({ '~/.claude/settings.json': '{ /* why */ "hooks": {}, }' }))).toEqual([])
  })

  it.each([
    ['copilot-cli', '/etc/github-copilot/policy.d/50-agsec.json'],
    ['gemini-cli', '/etc/gemini-cli/settings.json'],
  ] as const)('%s: %s that others can write is passed over', (platform, path) => {
    const where = machine({ [path]: '{}' })
    chmodSync(join(where.root ?? '', path), 0o666)
    expect(fileFindings(platform, where)[0]?.message).toContain('is passed over')
  })

  it('others read theirs whoever can write it', () => {
    expect(fileFindings('claude-code', machine({ '/etc/claude-code/managed-settings.json': '{}' }))).toEqual([])
  })
})
