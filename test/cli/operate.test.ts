import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { agsec } from './run-cli.js'
import { SAMPLE, samplePolicies } from './sample-policy.js'
import { tempFolder } from './temp-folder.js'

const input = (command: string) => JSON.stringify({ tool_name: 'Bash', tool_input: { command }, cwd: '/p', tool_use_id: command })

/** A home with the sample policy compiled, and the command line on it. */
function compiledHome() {
  const home = join(tempFolder(), '.agsec')
  samplePolicies(home, 'policies')
  const run = (args: readonly string[], stdin = '') => agsec([...args, '--agsec-home', home], stdin)
  expect(run(['compile']).status).toBe(0)
  return { home, run }
}

describe('a home from the first call to the audit log', () => {
  it('records what the hook decides and shows it', () => {
    const { run } = compiledHome()
    expect(run(['hook', 'claude-code'], input('ls'))).toEqual({ status: 0, stdout: '', stderr: '' })
    const denied = run(['hook', 'claude-code'], input('rm -rf x'))
    expect(denied).toMatchObject({ status: 2, stderr: expect.stringContaining('Agents should not delete files') })
    expect(JSON.parse(denied.stdout)).toMatchObject({ hookSpecificOutput: { permissionDecision: 'deny' } })
    run(['observe'])
    expect(run(['hook', 'claude-code'], input('rm y'))).toMatchObject({ status: 0, stderr: '' })

    const records = run(['audit', '--json'])
      .stdout.trimEnd()
      .split('\n')
      .map(line => JSON.parse(line))
    expect(records.map(record => [record.params.command, record.decision, record.outcome])).toEqual([
      ['ls', 'allow', 'allowed'],
      ['rm -rf x', 'deny', 'denied'],
      ['rm y', 'deny', 'allowed'],
    ])
    expect(run(['audit', '--decision', 'deny', '--limit', '1']).stdout).toMatch(
      /^\S+ {2}deny {2}allowed {2}bash\.execute {2}BlockRm {2}rm y\n$/,
    )
    expect(JSON.parse(run(['audit', '--stats', '--json']).stdout)).toMatchObject({
      total: 3,
      byDecision: [
        { name: 'deny', count: 2 },
        { name: 'allow', count: 1 },
      ],
      byOutcome: [
        { name: 'allowed', count: 2 },
        { name: 'denied', count: 1 },
      ],
    })
    const status = JSON.parse(run(['status', '--json']).stdout)
    expect(status).toMatchObject({
      mode: { mode: 'observe' },
      bundle: { state: 'current' },
      audit: { calls: 3, lastBlock: { tool_use_id: 'rm -rf x' } },
      problems: [],
    })
  })

  it('starts Node as install was told', () => {
    const { run } = compiledHome()
    const project = tempFolder()
    const installed = (...flags: readonly string[]) => {
      expect(run(['install', 'claude-code', '--project', project, ...flags]).status).toBe(0)
      return readFileSync(join(project, '.claude', 'settings.json'), 'utf8')
    }
    expect(installed('--no-fast-start')).not.toContain('--no-rehash-snapshot')
    for (const flags of [[], ['--fast-start']]) expect(installed(...flags)).toContain('h --no-rehash-snapshot --')
    expect(run(['install', 'claude-code', '--fast-start', '--engine-path', process.execPath]).status).toBe(2)
  })

  it('says how many lines of the log it skipped', () => {
    const { home, run } = compiledHome()
    run(['hook', 'claude-code'], input('ls'))
    const log = join(home, 'audit', 'current.jsonl')
    writeFileSync(log, `${readFileSync(log, 'utf8')}{"v":1,"ti`)
    expect(run(['audit'])).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^[^\n]+\n$/),
      stderr: 'skipped 1 line that is no audit record\n',
    })
    expect(run(['audit', '--limit', 'x']).status).toBe(2)
    expect(run(['audit', '--decision', 'denied']).status).toBe(2)
  })
  it('blocks and says so where the bundle is gone or damaged', () => {
    const { home, run } = compiledHome()
    const bundle = join(home, 'policy.bundle.cjs')
    for (const text of ['', 'module.exports = {}\n', readFileSync(bundle, 'utf8').slice(0, 5000)]) {
      writeFileSync(bundle, text)
      expect(run(['hook', 'claude-code'], input('ls')).status).toBe(2)
      expect(run(['status'])).toMatchObject({ status: 1, stdout: expect.stringContaining('problem: the bundle is damaged') })
    }
  })
})

describe('agsec status', () => {
  it('tells what is missing, stale or not understood, and exits 1', () => {
    const empty = tempFolder()
    const none = agsec(['status', '--agsec-home', join(empty, 'none')])
    expect(none).toMatchObject({ status: 1, stderr: '' })
    expect(none.stdout).toContain('help: run `agsec init`')
    expect(existsSync(join(empty, 'none'))).toBe(false)

    const { home, run } = compiledHome()
    writeFileSync(join(home, 'mode'), 'of')
    writeFileSync(join(home, 'policies', '01_sample.yaml'), SAMPLE.replace('rm', 'rmdir'))
    const { problems, bundle, mode } = JSON.parse(run(['status', '--json']).stdout)
    expect({ state: bundle.state, mode }).toEqual({ state: 'stale', mode: { mode: 'enforce', unreadable: 'of' } })
    expect(problems).toHaveLength(2)
    writeFileSync(join(home, 'policies', '01_sample.yaml'), 'statements: [')
    expect(run(['status']).stdout).toContain('the policies do not compile; the last good bundle stays in force')
  })
})
