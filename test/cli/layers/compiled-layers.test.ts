import { chmodSync, mkdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { type Home, homeAt } from '../../../cli/home.js'
import { unknownAgents } from '../../../cli/layers/agent-folders.js'
import { compileHome, compileStamped, compileUserLayer } from '../../../cli/layers/compiled-layers.js'
import { managedPolicies } from '../../../cli/layers/managed-folder.js'
import { statusText } from '../../../cli/render/status-text.js'
import { statusReport } from '../../../cli/status-report.js'
import { openDecider } from '../../../runtime/decide/open.js'
import { nodeHost } from '../../../runtime/host/node.js'
import { filesChanged, sourcesChanged } from '../../../runtime/host/source-stamp.js'
import { writeStamp } from '../../../cli/stamp.js'
import { palette } from '../../../cli/render/palette.js'
import { tempFolder } from '../temp-folder.js'

let home: Home

beforeEach(() => {
  const folder = tempFolder()
  home = homeAt(join(folder, '.agsec'), { policies: join(folder, 'etc/agsec/policies'), owner: process.getuid?.() ?? 0 })
})

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}
const statement = (sid: string, effect: string, action: string) => `  - { sid: ${sid}, effect: ${effect}, actions: ${action} }\n`
const managed = (text: string) => write(join(home.managed.policies, 'm.yaml'), text)
const user = (text: string) => write(join(home.policies, 'u.yaml'), text)
const agent = (name: string, text: string) => write(join(home.agents, name, 'policies/a.yaml'), text)

function decide(action: string, calling = 'codex') {
  const { table, diagnostics } = compileHome(home)
  if (table === undefined) throw new Error(diagnostics.map(({ message }) => message).join('\n'))
  return openDecider(table).decide([{ role: 'whole', request: { action, params: {}, context: { agent: calling } } }])
}

const messages = () => compileHome(home).diagnostics.map(({ code, span }) => `${code} ${span.source.path}`)

describe('the layers of a home', () => {
  it('of a user alone are one table', () => {
    user(`statements:\n${statement('U', 'allow', 'a')}`)
    expect(compileHome(home).table).toEqual(compileUserLayer([home.policies]).table)
  })

  it('decide together, each told by where it is', () => {
    managed(`statements:\n${statement('M', 'deny', 'a')}`)
    user(`default: allow\nstatements:\n${statement('U', 'review', 'b')}`)
    agent('codex', `statements:\n${statement('C', 'deny', 'c')}`)
    expect(decide('a')).toMatchObject({ decision: 'deny', matched: [{ source: 'managed:m.yaml:2' }] })
    expect(decide('b')).toMatchObject({ decision: 'review', matched: [{ source: 'u.yaml:3' }] })
    expect(decide('c')).toMatchObject({ decision: 'deny', matched: [{ source: 'agent:codex:a.yaml:2' }] })
    expect(decide('c', 'claude-code').decision).toBe('allow')
  })

  it('do not need one of the user', () => {
    managed(`default: review\nstatements:\n${statement('M', 'allow', 'a')}`)
    expect([decide('a').decision, decide('b').decision]).toEqual(['allow', 'review'])
  })

  it('keep agsec from an agent, whichever is first', () => {
    managed('default: allow')
    const { table } = compileHome(home)
    const request = { action: 'file.write', params: { file_path: '~/.agsec/mode' }, context: { home: '/home/u' } }
    expect(table && openDecider(table).decide([{ role: 'whole', request }]).sid).toBe('agsec.ProtectOwnFiles')
  })

  it('compile with files in place of the folder of the user', () => {
    managed(`statements:\n${statement('M', 'deny', 'a')}`)
    const other = join(tempFolder(), 'p.yaml')
    write(other, 'default: allow')
    const { table, sourceFiles } = compileHome(home, {}, [other])
    const decider = table && openDecider(table)
    const asked = (action: string) => decider?.decide([{ role: 'whole', request: { action, params: {}, context: {} } }]).decision
    expect([asked('a'), asked('b')]).toEqual(['deny', 'allow'])
    expect(compileStamped(home, sourceFiles).table).toEqual(table)
  })

  it('say where a mistake is', () => {
    managed('statments: []')
    user('statements: [')
    expect(messages()).toEqual(expect.arrayContaining(['unknown-key managed:m.yaml', expect.stringContaining(' u.yaml')]))
    expect(compileHome(home).table).toBeUndefined()
  })

  it('are shown by `status`', () => {
    managed(`default: review\nstatements:\n${statement('M', 'deny', 'a')}`)
    user('default: allow')
    agent('codex', `statements:\n${statement('C', 'deny', 'c')}`)
    const { layers } = statusReport(home)
    expect(layers.map(({ name, statements, default: written }) => [name, statements, written])).toEqual([
      ['managed', 1, 'review'],
      ['user', 0, 'allow'],
      ['agent:codex', 1, undefined],
    ])
    expect(statusText(statusReport(home), palette(false))).toContain(
      `agent:codex layer  ${join(home.agents, 'codex/policies')} (1 file, 1 statement, no default)`,
    )
  })
})

describe('a managed folder that others can write', () => {
  beforeEach(() => managed('default: allow'))

  it.each([
    ['a file', () => chmodSync(join(home.managed.policies, 'm.yaml'), 0o666)],
    ['the folder', () => chmodSync(home.managed.policies, 0o777)],
    ['the folder above', () => chmodSync(join(home.managed.policies, '..'), 0o770)],
    [
      'what a link leads to',
      () => {
        const outside = join(tempFolder(), 'x.yaml')
        write(outside, 'default: allow')
        chmodSync(outside, 0o666)
        symlinkSync(outside, join(home.managed.policies, 'x.yaml'))
      },
    ],
    [
      'another owner',
      () => {
        home = { ...home, managed: { ...home.managed, owner: (process.getuid?.() ?? 0) + 1 } }
      },
    ],
  ])('does not compile: %s', (_, change) => {
    expect(compileHome(home).table).toBeDefined()
    change()
    expect(messages().join()).toContain('managed-not-protected')
    expect(compileHome(home).table).toBeUndefined()
  })
})

describe('the folder of an agent', () => {
  const warnings = () => compileHome(home).diagnostics.map(({ code, message, help, span }) => [code, span.source.path, message, help])
  beforeEach(() => user('default: allow'))

  it.each([
    ['claude', 'claude-code'],
    ['Claude Code', 'claude-code'],
    ['cursr', 'cursor'],
    ['copilot', 'copilot-cli'],
  ])('warns where its name is nearly an agent’s: %s', (name, meant) => {
    agent(name, 'default: allow')
    const message = `no agent is called \`${name}\`: what lies in this folder decides nothing`
    expect(warnings()).toEqual([['unread-agent-folder', join(home.agents, name), message, `did you mean \`${meant}\`?`]])
    expect(compileHome(home).table).toBeDefined()
  })
  it('may have the name of an application', () => {
    agent('billing-bot', 'default: allow')
    agent('codex', 'default: allow')
    expect(warnings()).toEqual([])
    expect(unknownAgents(home)).toEqual(['billing-bot'])
  })
  it('is not read but for its policies', () => {
    const path = join(home.agents, 'codex/a.yaml')
    write(path, 'default: deny')
    expect(warnings()).toEqual([
      ['unread-agent-folder', path, 'this file is not read', `policies of an agent belong into \`${join(home.agents, 'codex/policies')}\``],
    ])
  })
})

describe('the stamp', () => {
  const stamped = () => {
    const bundle = join(home.folder, 'b.cjs')
    const { sourceDigest, sourceFiles } = compileHome(home)
    writeStamp(bundle, sourceDigest, sourceFiles)
    return () => sourcesChanged({ ...nodeHost, script: bundle }, join(home.agents, 'codex/policies'))
  }

  beforeEach(() => user('default: allow'))

  it.each<[string, boolean, () => void]>([
    ['nothing', false, () => {}],
    ['a managed policy that is new', true, () => managed('default: deny')],
    ['a policy of the calling agent that is new', true, () => agent('codex', 'default: deny')],
    ['a policy of another agent that is new', false, () => agent('cursor', 'default: deny')],
    ["the user's that are gone", true, () => rmSync(home.policies, { recursive: true })],
    ['a file that was touched', true, () => utimesSync(join(home.policies, 'u.yaml'), 1, 1)],
  ])('sees %s: %s', (_, changed, change) => {
    const isChanged = stamped()
    expect(isChanged()).toBe(false)
    change()
    expect(isChanged()).toBe(changed)
  })

  it('sees what changes in every layer', () => {
    managed('default: allow')
    agent('codex', 'default: allow')
    for (const file of [join(home.managed.policies, 'm.yaml'), join(home.agents, 'codex/policies/a.yaml')]) {
      const isChanged = stamped()
      write(file, 'default: deny')
      expect(isChanged(), file).toBe(true)
    }
  })

  it('of files alone asks for nothing else', () => {
    const { sourceFiles } = compileUserLayer([home.policies])
    managed('default: deny')
    expect(filesChanged(nodeHost, sourceFiles)).toBe(false)
  })
})

it.each([
  ['linux', '/etc/agsec/policies'],
  ['darwin', '/Library/Application Support/agsec/policies'],
  ['win32', 'D:\\Data\\agsec\\policies'],
])('on %s the administrator writes to %s', (platform, folder) => {
  expect(managedPolicies(platform, 'D:\\Data')).toBe(folder)
})
