import { spawn } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { parse as parseJson } from 'jsonc-parser'
import { parse as parseToml } from 'smol-toml'
import { beforeEach, describe, expect, it } from 'vitest'
import { homeAt, type Home } from '../../../cli/home.js'
import type { Floor } from '../../../cli/export/floor.js'
import { takesFloor } from '../../../cli/install/floor-files.js'
import type { HookTexts } from '../../../cli/install/entry.js'
import { hookFiles, installedAt, installHook, type Target, uninstallHook } from '../../../cli/install/installer.js'
import { installedHooks } from '../../../cli/install/installed-hooks.js'
import { locked } from '../../../cli/install/lock.js'
import type { Whereabouts } from '../../../cli/install/locations.js'
import { PLATFORM_NAMES } from '../../../cli/install/detect.js'
import { editSettings } from '../../../cli/install/settings-text.js'
import { AGENT_FILES, type AgentScope } from '../../../compiler/protection/agent-files.js'
import type { PlatformName } from '../../../runtime/agents/contract.js'
import { tempFolder } from '../temp-folder.js'

const COMMAND = `/usr/bin/env -i /bin/sh -c ': agsec-hook; echo "it'\\''s" \\ € %s'`
const NEWER = COMMAND.replace('€', '£')

let folder: string
let where: Whereabouts
let home: Home

beforeEach(() => {
  folder = realpathSync(tempFolder())
  const project = join(folder, 'project')
  const user = join(folder, 'u')
  for (const each of [project, user]) mkdirSync(each)
  where = { system: 'linux', home: user, project, root: join(folder, 'root') }
  home = homeAt(join(user, '.agsec'))
})

const target = (platform: PlatformName, scope: AgentScope = 'user'): Target => ({ platform, scope, where })
const texts = (scope: AgentScope, command = COMMAND): HookTexts => ({ system: 'linux', scope, command, allow: 0 })
const install = (to: Target, command = COMMAND) => installHook(to, home, texts(to.scope, command))
const uninstall = (from: Target) => uninstallHook(from, home)

function fileOf(to: Target): string {
  const [path] = hookFiles(to)
  if (path === undefined) throw new Error(`${to.platform} has no file for ${to.scope}`)
  return path
}

function given(to: Target, text: string): string {
  const path = fileOf(to)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
  return path
}

const CASES = AGENT_FILES.flatMap(({ name, files }) =>
  (['user', 'project', 'managed'] as const)
    .filter(scope => files.some(file => file.scope === scope && file.role === 'entry'))
    .map(scope => [name as PlatformName, scope] as const),
)

describe('every platform and scope', () => {
  it('is one of the known ones', () => {
    expect(PLATFORM_NAMES).toHaveLength(16)
    expect(CASES.length).toBeGreaterThan(40)
  })

  it.each(CASES)('%s, %s: installs once, is found, is replaced, and leaves nothing', (platform, scope) => {
    const to = target(platform, scope)
    expect(installedAt(to)).toEqual([])
    expect(install(to).every(({ changed }) => changed)).toBe(true)
    expect(installedAt(to).map(({ command }) => command)).toEqual([COMMAND])
    expect(install(to).some(({ changed }) => changed)).toBe(false)
    install(to, NEWER)
    expect(installedAt(to).map(({ command }) => command)).toEqual([NEWER])
    expect(uninstall(to).length).toBeGreaterThan(0)
    expect(installedAt(to)).toEqual([])
    expect(existsSync(fileOf(to))).toBe(false)
    expect(uninstall(to)).toEqual([])
  })

  it.each(CASES)('%s, %s: is listed', (platform, scope) => {
    install(target(platform, scope))
    const found = installedHooks(where).filter(each => each.platform === platform)
    expect(found).toEqual([{ platform, scope, settings: expect.any(String), command: COMMAND }])
  })

  const JSON_CASES = CASES.filter(
    ([platform, scope]) => !['cline', 'amp', 'opencode'].includes(platform) && !(platform === 'codex' && scope === 'managed'),
  )

  it.each(JSON_CASES)('%s, %s: keeps every byte of a file with comments, and gives them back', (platform, scope) => {
    const to = target(platform, scope)
    const text = '\ufeff{\r\n\t// mine\r\n\t"future": { "a": [1, 2,], },\r\n\t"model": "x", // odd\r\n}\r\n'
    const path = given(to, text)
    install(to)
    const now = readFileSync(path, 'utf8')
    expect(now).toContain('\t// mine\r\n\t"future": { "a": [1, 2,], },\r\n\t"model": "x", ')
    expect(parseJson(now.slice(1), [], { allowTrailingComma: true })).toMatchObject({ model: 'x', future: { a: [1, 2] } })
    uninstall(to)
    expect(readFileSync(path, 'utf8')).toBe(text)
  })

  it.each(JSON_CASES)('%s, %s: says where a file is broken, and leaves it', (platform, scope) => {
    const to = target(platform, scope)
    const path = given(to, '{\n  "a": 1,\n  oops\n}')
    expect(() => install(to)).toThrow(`${path}:3:3:`)
    expect(readFileSync(path, 'utf8')).toBe('{\n  "a": 1,\n  oops\n}')
    expect(readdirSync(dirname(path))).toHaveLength(1)
  })
})

describe('the entries', () => {
  const written = (platform: PlatformName, scope: AgentScope = 'user') => {
    const to = target(platform, scope)
    install(to)
    return readFileSync(fileOf(to), 'utf8')
  }
  const hook = (more: object) => ({ type: 'command', command: COMMAND, ...more })

  it.each([
    [
      'claude-code',
      { hooks: { PreToolUse: [{ matcher: '*', hooks: [hook({ timeout: 20, onFailure: 'block', statusMessage: 'agsec' })] }] } },
    ],
    ['codex', { hooks: { PreToolUse: [{ matcher: '*', hooks: [hook({ timeout: 20 })] }] } }],
    ['copilot-cli', { version: 1, hooks: { preToolUse: [{ type: 'command', bash: COMMAND, timeoutSec: 20 }] } }],
    ['copilot-vscode', { hooks: { PreToolUse: [hook({ timeout: 20 })] } }],
    ['gemini-cli', { hooks: { BeforeTool: [{ matcher: '*', hooks: [hook({ name: 'agsec', timeout: 20_000 })] }] } }],
    ['qwen-code', { hooks: { PreToolUse: [{ matcher: '*', hooks: [hook({ name: 'agsec', timeout: 20_000 })] }] } }],
    ['crush', { hooks: { PreToolUse: [{ name: 'agsec', command: COMMAND, timeout: 20 }] } }],
    ['goose', { hooks: { PreToolUse: [{ hooks: [hook({ timeout: 20, on_failure: 'block' })] }] } }],
    ['droid', { hooks: { PreToolUse: [{ matcher: '*', hooks: [hook({ timeout: 20 })] }] } }],
    ['antigravity', { agsec: { PreToolUse: [{ matcher: '*', hooks: [hook({ timeout: 20 })] }] } }],
    [
      'kiro',
      {
        version: 'v1',
        hooks: [{ name: 'agsec', trigger: 'PreToolUse', action: { type: 'command', command: COMMAND }, timeout: 20, enabled: true }],
      },
    ],
  ] as const)('%s', (platform, settings) => {
    expect(JSON.parse(written(platform))).toEqual(settings)
  })

  it('gemini and qwen: what a project cannot name, and the administrator holds on', () => {
    const to = target('gemini-cli', 'managed')
    installHook(to, home, { ...texts('managed'), token: '0123abcd' })
    const gemini = JSON.parse(readFileSync(fileOf(to), 'utf8'))
    expect(gemini.hooks.BeforeTool[0].hooks[0].name).toBe('agsec 0123abcd')
    expect(gemini.hooksConfig).toEqual({ enabled: true })
    expect(JSON.parse(written('qwen-code', 'managed')).disableAllHooks).toBe(false)
    expect(JSON.parse(written('qwen-code')).disableAllHooks).toBeUndefined()
  })

  it('cursor: every event that can block, failing closed', () => {
    const { version, hooks } = JSON.parse(written('cursor'))
    expect(version).toBe(1)
    expect(Object.keys(hooks)).toEqual(['beforeShellExecution', 'beforeMCPExecution', 'beforeReadFile', 'subagentStart', 'preToolUse'])
    for (const [entry] of Object.values<[object]>(hooks)) expect(entry).toMatchObject({ command: COMMAND, failClosed: true, timeout: 20 })
    const matcher = new RegExp(hooks.preToolUse[0].matcher)
    expect(['Write', 'Delete', 'Task', 'Grep', 'ReadLints', 'New'].every(tool => matcher.test(tool))).toBe(true)
    expect(['Shell', 'Read', 'MCP:x'].some(tool => matcher.test(tool))).toBe(false)
  })

  it('windsurf: every event that can block', () => {
    expect(Object.keys(JSON.parse(written('windsurf')).hooks)).toEqual([
      'pre_run_command',
      'pre_read_code',
      'pre_write_code',
      'pre_mcp_tool_use',
    ])
  })

  it('codex, managed: nothing can switch it off', () => {
    expect(parseToml(written('codex', 'managed'))).toMatchObject({
      allow_managed_hooks_only: true,
      features: { hooks: true },
      hooks: { PreToolUse: [{ matcher: '*', hooks: [{ type: 'command', command: COMMAND, timeout: 20 }] }] },
    })
  })

  it('cline: a file that everybody who may run hooks can run', () => {
    const text = written('cline')
    expect(text).toMatch(/^#!\/bin\/sh\n/)
    expect(text).toContain(`\nexec ${COMMAND}\n`)
    expect(statSync(fileOf(target('cline'))).mode & 0o777).toBe(0o700)
    written('cline', 'project')
    expect(statSync(fileOf(target('cline', 'project'))).mode & 0o777).toBe(0o755)
  })

  it('opencode, managed: the plugin, and the list that names it', () => {
    const list = JSON.parse(written('opencode', 'managed'))
    expect(list).toEqual({ plugin: [join(folder, 'root/etc/opencode/agsec.js')] })
    expect(readFileSync(list.plugin[0], 'utf8')).toContain(JSON.stringify(COMMAND))
  })

  it('managed files and their folders can be read by everybody', () => {
    const umask = process.umask(0o077)
    try {
      written('claude-code', 'managed')
    } finally {
      process.umask(umask)
    }
    const path = fileOf(target('claude-code', 'managed'))
    expect(statSync(path).mode & 0o777).toBe(0o644)
    expect(statSync(dirname(path)).mode & 0o777).toBe(0o755)
  })
})

describe('with a floor', () => {
  const rule = <T>(what: T) => ({ what, sid: 'No', reason: 'no "x"' })
  const floor: Floor = {
    commands: [rule(['mkfs'])],
    reads: [rule('**/.env')],
    writes: [rule('/etc/**')],
    hosts: [rule('evil.example')],
    mcpTools: [rule('bank.pay')],
    unsaid: [],
  }
  const add = (to: Target) => installHook(to, home, { ...texts(to.scope), floor })

  it('Codex: in the file of the administrator, or in rules of the user', () => {
    const managed = target('codex', 'managed')
    add(managed)
    expect(parseToml(readFileSync(fileOf(managed), 'utf8'))).toMatchObject({
      hooks: { PreToolUse: [{ matcher: '*' }] },
      rules: { prefix_rules: [{ pattern: [{ token: 'mkfs' }], decision: 'forbidden' }] },
    })
    expect(uninstall(managed)).toHaveLength(1)
    const [, rules] = add(target('codex'))
    expect(rules?.path).toBe(join(where.home, '.codex/rules/agsec.rules'))
    expect(readFileSync(rules?.path ?? '', 'utf8')).toContain('prefix_rule(pattern = ["mkfs"]')
    expect(uninstall(target('codex'))).toHaveLength(2)
  })

  it('Claude Code: in a file of its own', () => {
    const to = target('claude-code', 'managed')
    const path = join(folder, 'root/etc/claude-code/managed-settings.d/60-agsec-floor.json')
    expect(add(to).map(each => each.path)).toContain(path)
    expect(JSON.parse(readFileSync(path, 'utf8')).permissions.deny).toContain('Read(//**/.env)')
    uninstall(to)
    expect(existsSync(path)).toBe(false)
  })

  it('OpenCode: beside its settings, if nobody else has that file', () => {
    const path = join(where.home, '.config/opencode/opencode.jsonc')
    expect(add(target('opencode')).map(each => each.path)).toContain(path)
    expect(parseJson(readFileSync(path, 'utf8')).permission.bash).toEqual({ mkfs: 'deny', 'mkfs *': 'deny' })
    uninstall(target('opencode'))
    writeFileSync(path, '{}')
    expect(() => add(target('opencode'))).toThrow('is there already, and not from agsec')
    uninstall(target('opencode'))
    expect(readFileSync(path, 'utf8')).toBe('{}')
  })

  it('nobody else has a place for it', () => {
    const places = CASES.filter(([platform, scope]) => takesFloor(platform, scope)).map(each => each.join())
    expect(places).toEqual(['claude-code,managed', 'codex,user', 'codex,managed', 'opencode,user', 'opencode,managed'])
  })
})

describe('a file of another kind', () => {
  it('goose: the folder of the plugin goes with it', () => {
    install(target('goose'))
    uninstall(target('goose'))
    expect(readdirSync(join(where.home, '.agents/plugins'))).toEqual([])
  })

  it.each(['cline', 'opencode', 'amp'] as const)('%s: another’s file under the same name is left alone', platform => {
    const path = given(target(platform), 'theirs\n')
    expect(() => install(target(platform))).toThrow('is there already, and not from agsec')
    expect(uninstall(target(platform))).toEqual([])
    expect(readFileSync(path, 'utf8')).toBe('theirs\n')
  })

  it('droid: settings that hold hooks are continued, since a new file would hide them', () => {
    const settings = join(where.home, '.factory/settings.json')
    mkdirSync(dirname(settings))
    writeFileSync(settings, '{"hooks":{"Stop":[]}}')
    expect(install(target('droid'))).toEqual([{ path: settings, changed: true }])
    uninstall(target('droid'))
    expect(readFileSync(settings, 'utf8')).toBe('{"hooks":{"Stop":[]}}')
  })

  it('windsurf: what hides its file, or is read beside it, gets the hook too', () => {
    const devin = join(where.project ?? '', '.devin/hooks.json')
    mkdirSync(dirname(devin))
    writeFileSync(devin, '{}')
    expect(install(target('windsurf', 'project')).map(({ path }) => path)).toEqual([
      join(where.project ?? '', '.windsurf/hooks.json'),
      devin,
    ])
  })
})

describe('what was there', () => {
  const to = () => target('claude-code')

  it.each(['{"model":"x"}', '{\n    "model" : "x" ,\n    "hooks": {}\n}\n', '', ' \n', '{"hooks":{"PreToolUse":[]}}'])(
    'comes back byte for byte: %j',
    text => {
      const path = given(to(), text)
      install(to())
      install(to(), NEWER)
      uninstall(to())
      expect(readFileSync(path, 'utf8')).toBe(text)
      expect(readdirSync(dirname(path))).toEqual(['settings.json'])
    },
  )

  it('stays where it was changed since', () => {
    const path = given(to(), '{\n  "model": "x"\n}\n')
    install(to())
    writeFileSync(path, readFileSync(path, 'utf8').replace('"x"', '"y"'))
    uninstall(to())
    expect(readFileSync(path, 'utf8')).toBe('{\n  "model": "y"\n}\n')
  })

  it('comes back although the record was lost', () => {
    const text = '{\n  "model": "x" // mine\n}\n'
    const path = given(to(), text)
    install(to())
    writeFileSync(join(home.folder, 'installed', readdirSync(join(home.folder, 'installed'))[0] ?? ''), 'broken')
    uninstall(to())
    expect(readFileSync(path, 'utf8')).toBe(text)
  })

  it('keeps its permissions', () => {
    const path = given(to(), '{}')
    chmodSync(path, 0o640)
    install(to())
    expect(statSync(path).mode & 0o777).toBe(0o640)
  })
})

describe('bad input', () => {
  const to = () => target('claude-code')

  it('a file that is read-only', () => {
    const path = given(to(), '{}')
    chmodSync(path, 0o444)
    expect(() => install(to())).toThrow('is read-only')
  })

  it('a file that is huge', () => {
    const path = given(to(), '{}')
    truncateSync(path, 9 * 1024 * 1024)
    expect(() => install(to())).toThrow('is longer than 8 MiB')
  })

  it('a file that is no text', () => {
    writeFileSync(given(to(), ''), Buffer.from([0x7b, 0xff, 0xfe, 0x7d]))
    expect(() => install(to())).toThrow('is not UTF-8')
  })

  it('a folder in its place', () => {
    mkdirSync(fileOf(to()), { recursive: true })
    expect(() => install(to())).toThrow('is no file')
  })

  it('hooks in the form of another platform', () => {
    given(to(), '{"hooks":[{"event":"PreToolUse"}]}')
    expect(() => install(to())).toThrow('`hooks` is not the map that the agent reads')
  })

  it('a link is written where it leads', () => {
    const real = join(folder, 'dotfiles.json')
    writeFileSync(real, '{"model":"x"}')
    const path = fileOf(to())
    mkdirSync(dirname(path))
    symlinkSync(real, path)
    install(to())
    expect(lstatSync(path).isSymbolicLink()).toBe(true)
    expect(JSON.parse(readFileSync(real, 'utf8')).hooks.PreToolUse).toHaveLength(1)
    uninstall(to())
    expect(readFileSync(real, 'utf8')).toBe('{"model":"x"}')
  })

  it('a link to nothing', () => {
    const path = fileOf(to())
    mkdirSync(dirname(path))
    symlinkSync(join(folder, 'nothing'), path)
    expect(() => install(to())).toThrow('is a link to nothing')
  })

  it.each(['the file', 'the folder'])('%s of a project that leads out of it', which => {
    const project = target('claude-code', 'project')
    const path = fileOf(project)
    const outside = join(folder, 'outside')
    mkdirSync(outside)
    writeFileSync(join(outside, 'settings.json'), '{}')
    if (which === 'the folder') symlinkSync(outside, dirname(path))
    else {
      mkdirSync(dirname(path))
      symlinkSync(join(outside, 'settings.json'), path)
    }
    expect(() => install(project)).toThrow('leads out of the project')
    expect(readFileSync(join(outside, 'settings.json'), 'utf8')).toBe('{}')
  })

  it('a home that is not there, and cannot be made', () => {
    writeFileSync(join(folder, 'flat'), '')
    const lost = { ...to(), where: { ...where, home: join(folder, 'flat', 'home') } }
    expect(() => install(lost)).toThrow('cannot make the folder')
  })

  it('an agsec home that cannot be written', () => {
    writeFileSync(join(folder, 'file'), '')
    expect(() => locked(homeAt(join(folder, 'file', 'home')), () => 0)).toThrow('cannot write')
  })

  it.each(['with blank', "it's", '"quoted"', 'new\nline', 'ünï cödé 😀', '$(touch owned)', '-n'])('a project called %j', name => {
    const project = join(folder, name)
    mkdirSync(project)
    const there: Target = { platform: 'cursor', scope: 'project', where: { ...where, project } }
    install(there)
    expect(JSON.parse(readFileSync(join(project, '.cursor/hooks.json'), 'utf8')).version).toBe(1)
    expect(uninstall(there)).toHaveLength(1)
  })
})

describe('others who write at the same time', () => {
  const path = () => join(folder, 'settings.json')
  const edit = (change: (text: string | undefined) => string) => editSettings({ path: path(), mode: 0o600 }, change)

  it('are not run over: their change is read, and the edit made again', () => {
    writeFileSync(path(), 'a')
    let calls = 0
    edit(text => {
      if (calls++ === 0) writeFileSync(path(), 'b')
      return `${text}+`
    })
    expect(readFileSync(path(), 'utf8')).toBe('b+')
  })

  it('end in an error where they never stop', () => {
    writeFileSync(path(), 'a')
    let calls = 0
    const never = () =>
      edit(text => {
        writeFileSync(path(), `b${calls++}`)
        return `${text}+`
      })
    expect(never).toThrow('is being written by another program')
    expect(readFileSync(path(), 'utf8')).toBe(`b${calls - 1}`)
    expect(readdirSync(folder).filter(name => name.endsWith('.tmp'))).toEqual([])
  })

  it('may come to be and to go in between', () => {
    let calls = 0
    edit(text => {
      if (calls++ === 0) writeFileSync(path(), 'new')
      return `${text ?? 'none'}+`
    })
    expect(readFileSync(path(), 'utf8')).toBe('new+')
  })
})

it('two installations at once both arrive', { timeout: 120_000 }, async () => {
  const script = join(import.meta.dirname, 'install-many.ts')
  const tsx = ['--import', import.meta.resolve('tsx')]
  const path = join(folder, 'list.json')
  writeFileSync(path, '{"list":[]}')
  const runs = ['a', 'b'].map(
    name =>
      new Promise(resolve => {
        spawn(process.execPath, [...tsx, script, home.folder, path, name], { stdio: 'inherit' }).on('close', resolve)
      }),
  )
  expect(await Promise.all(runs)).toEqual([0, 0])
  expect(JSON.parse(readFileSync(path, 'utf8')).list).toHaveLength(40)
  expect(existsSync(join(home.folder, 'install.lock'))).toBe(false)
})
