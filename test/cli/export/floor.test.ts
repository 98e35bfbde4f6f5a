import { parse } from 'smol-toml'
import { describe, expect, it } from 'vitest'
import { callOf } from '../../../cli/calls.js'
import { type Floor, floorOf } from '../../../cli/export/floor.js'
import { EXPORTED, exportFor } from '../../../cli/export/formats.js'
import { compile } from '../../../compiler/compile.js'
import { openDecider } from '../../../runtime/decide/open.js'

const POLICY = `
version: "1.1"
statements:
  - sid: NoForce
    effect: deny
    actions: git.push
    conditions: { params.force: true }
    reason: "no force"
    tests: { denies: [{ action: bash.execute, params: { command: "git push --force origin x" } }, { action: bash.execute, params: { command: "cd a && git push -f" } }] }
  - sid: NoMake
    effect: deny
    actions: bash.execute
    conditions: { params.program: make, params.operands: { op: has, value: deploy } }
    tests: { denies: ["make deploy prod"], allows: ["make test"] }
  - sid: NoFormat
    effect: deny
    actions: bash.execute
    conditions: { params.program: mkfs }
    tests: { denies: ["mkfs /dev/sda"] }
  - sid: NoSecrets
    effect: deny
    actions: [file.read, file.write]
    conditions:
      all:
        - params.file_path: { op: path, value: ["**/.[eE][nN][vV]", "**/.env[-.]*", "~/.ssh/**", "/etc/shadow", "rel/**"] }
        - not: { params.file_path: { op: path, value: "**/.env.example" } }
    tests: { denies: [".env"], allows: [".env.example"] }
  - sid: NoPaste
    effect: deny
    actions: web.fetch
    conditions: { params.url: { op: host, value: ["paste.example", "*.evil.example"] } }
  - { sid: NoPay, effect: deny, actions: mcp.bank.pay }
  - { sid: NoBig, effect: deny, actions: mcp.bank.move, conditions: { params.amount: { op: ">", value: 5 } } }
  - { sid: AllowAll, effect: allow, actions: "*" }
`

let made: Floor | undefined

/** Made once: it asks the policy a great deal. */
function floor(): Floor {
  made ??= makeFloor()
  return made
}

function makeFloor(): Floor {
  const { table, policy, diagnostics } = compile([{ path: 'p.yaml', text: POLICY }], { emit: false })
  if (table === undefined || policy === undefined) throw new Error(JSON.stringify(diagnostics))
  const decider = openDecider(table)
  const facts = { home: '/home/u', platform: 'linux', realPath: (path: string) => path }
  return floorOf({
    policy,
    home: '/home/u',
    decide: call => decider.decide(call),
    decideCommand: command =>
      decider.decide(callOf({ kind: 'request', request: { action: 'bash.execute', params: { command }, context: {} } }, facts)),
  })
}

const what = (rules: readonly { readonly what: unknown }[]) => rules.map(rule => rule.what)

describe('the floor', () => {
  it('holds the shortest beginnings that are denied whatever follows', () => {
    expect(what(floor().commands)).toEqual(expect.arrayContaining([['git', 'push', '--force'], ['make', 'deploy'], ['mkfs']]))
    expect(what(floor().commands)).not.toContainEqual(['make'])
  })

  it('holds patterns that cover nothing the examples allow, and no relative ones', () => {
    expect(what(floor().reads)).toEqual(expect.arrayContaining(['**/.env', '**/.env-*', '~/.ssh/**', '/etc/shadow']))
    expect(what(floor().reads)).not.toContain('**/.env.*')
    expect(what(floor().reads)).not.toContain('rel/**')
    expect(what(floor().writes)).toContain('**/.env')
  })

  it('holds hosts and tools by name', () => {
    expect(what(floor().hosts)).toEqual(['paste.example', '*.evil.example'])
    expect(what(floor().mcpTools)).toEqual(['bank.pay'])
  })

  it('names the statements that are more than that', () => {
    expect(floor().unsaid).toContain('NoBig')
    expect(floor().unsaid).not.toContain('NoPay')
  })
})

describe('the rules of', () => {
  const text = (platform: string, scope: 'user' | 'managed' = 'user') => exportFor(platform, floor(), scope)?.text ?? ''

  it('Claude Code', () => {
    const { deny } = JSON.parse(text('claude-code')).permissions
    expect(deny).toEqual(
      expect.arrayContaining([
        'Bash(make deploy)',
        'Bash(make deploy *)',
        'Read(//**/.env)',
        'Read(~/.ssh/**)',
        'Edit(//etc/shadow)',
        'WebFetch(domain:paste.example)',
        'mcp__bank__pay',
      ]),
    )
  })

  it('Codex', () => {
    expect(text('codex')).toContain(
      'prefix_rule(pattern = ["git", "push", "--force"], decision = "forbidden", justification = "no force (agsec)")',
    )
    expect(parse(text('codex', 'managed'))).toMatchObject({
      rules: {
        prefix_rules: expect.arrayContaining([{ pattern: [{ token: 'mkfs' }], decision: 'forbidden', justification: 'NoFormat (agsec)' }]),
      },
    })
    expect(exportFor('codex', floor(), 'user')?.unsayable).toContain('hosts (2)')
  })

  it('OpenCode', () => {
    const { permission } = JSON.parse(text('opencode'))
    expect(permission.bash['make deploy *']).toBe('deny')
    expect(permission.read).toMatchObject({ '.env': 'deny', '*/.env': 'deny', '~/.ssh/*': 'deny' })
    expect(permission['bank_pay']).toBe('deny')
  })

  it('Copilot', () => {
    expect(JSON.parse(text('copilot-cli')).permissions.deny).toEqual(expect.arrayContaining(['Shell(mkfs *)', 'Domain(*.evil.example)']))
  })

  it('Cursor, whose rules name programs alone', () => {
    const { deny } = JSON.parse(text('cursor')).permissions
    expect(deny).toContain('Shell(mkfs)')
    expect(deny.filter((rule: string) => rule.startsWith('Shell(make'))).toEqual([])
  })

  it('Zed', () => {
    const { tools } = JSON.parse(text('zed')).agent.tool_permissions
    const terminal: readonly { readonly pattern: string }[] = tools.terminal.always_deny
    const denies = (command: string) => terminal.some(({ pattern }) => new RegExp(pattern).test(command))
    expect([denies('make deploy'), denies('make  deploy x'), denies('make test'), denies('mkfs'), denies('mkfsx')]).toEqual([
      true,
      true,
      false,
      true,
      false,
    ])
    const writes: readonly { readonly pattern: string }[] = tools.edit_file.always_deny
    expect(writes.some(({ pattern }) => new RegExp(pattern).test('/a/.env'))).toBe(true)
    expect(writes.some(({ pattern }) => new RegExp(pattern).test('/a/x.env'))).toBe(false)
  })

  it('nobody else', () => {
    expect(exportFor('goose', floor(), 'user')).toBeUndefined()
    for (const platform of EXPORTED) expect(text(platform)).not.toBe('')
  })
})
