import { describe, expect, it } from 'vitest'
import { compile } from '../../../compiler/compile.js'
import { MigrationError, migrateRules } from '../../../compiler/migrate/migrate-rules.js'
import { wholeCall } from '../../../runtime/decide/check-request.js'
import { openDecider } from '../../../runtime/decide/open.js'

const legacy = `# ours
rules:
  # no deletions
  - action: bash.execute
    status: block
    priority: 10
    reason: no deletions
    conditions:
      params.command: { op: contains, value: "rm " }
  - { action: file.read, status: review, conditions: { params.file_path: { op: ends_with, value: .env } } }
  - { action: file.read, status: allow }
`

function decisionOf(text: string, action: string, params: Readonly<Record<string, string>>): string {
  const { table, diagnostics } = compile([{ path: 'x.yaml', text }], { protection: [], emit: false })
  if (table === undefined) throw new Error(diagnostics.map(one => one.message).join('\n'))
  return openDecider(table).decide(wholeCall({ action, params, context: {} })).decision
}

describe('rules', () => {
  const { text } = migrateRules(legacy)

  it.each([
    ['bash.execute', { command: 'rm x' }, 'deny'],
    ['bash.execute', { command: 'ls' }, 'allow'],
    ['file.read', { file_path: '/a/.env' }, 'review'],
    ['file.read', { file_path: '/a' }, 'allow'],
    ['other', {}, 'allow'],
  ])('decide as before: %s %j', (action, params, decision) => {
    expect(decisionOf(text, action, params)).toBe(decision)
  })

  it('keep their comments and reasons', () => {
    expect(text).toContain('# ours')
    expect(text).toContain('# no deletions')
    expect(text).toContain('reason: no deletions')
  })

  it('mark what an earlier allow overruled, and stay strict', () => {
    const { text: marked, notes } = migrateRules(`rules:
  - { action: bash.execute, status: block, conditions: { params.command: { op: contains, value: rm } } }
  - { action: bash.execute, status: allow, priority: 5, conditions: { params.command: { op: contains, value: tmp } } }
`)
    expect(marked).toContain('# check: Rule2 came first and won; now this deny wins where both match')
    expect(notes.join()).toContain('Rule1: Rule2')
    expect(decisionOf(marked, 'bash.execute', { command: 'rm tmp' })).toBe('deny')
  })

  it('leave out what could never match', () => {
    const { text: shorter, notes } = migrateRules('rules: [{ action: "*", status: allow }, { action: x, status: block }]')
    expect(shorter).not.toContain('deny')
    expect(notes.join()).toContain('Rule2 was left out')
  })

  it.each([
    ['statements: []', 'no list'],
    ['rules: [1]', 'no map'],
    ['rules: [{ status: block }]', 'action'],
    ['rules: [{ action: x, status: deny }]', 'status'],
    ['rules: [{ action: x, status: block, priority: high }]', 'priority'],
    ['rules: [', 'Flow sequence'],
  ])('that are none are refused: %j', (text_, message) => {
    expect(() => migrateRules(text_)).toThrow(MigrationError)
    expect(() => migrateRules(text_)).toThrow(message)
  })
})
