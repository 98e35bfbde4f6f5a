import { chmodSync, lstatSync, readFileSync, renameSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { agsec } from './run-cli.js'
import { SAMPLE, samplePolicies } from './sample-policy.js'
import { tempFolder } from './temp-folder.js'

const ADD = ['--effect', 'deny', '--actions', 'bash.execute', 'mcp.*', '--condition', 'params.command:regex:^make deploy']

describe('agsec policy', () => {
  it('lists statements with their places', () => {
    const folder = samplePolicies(tempFolder(), 'p')
    expect(agsec(['policy', 'list', '--dir', folder]).stdout).toBe(
      [
        'allow  AllowBash  bash.execute file.read  01_sample.yaml:7',
        'deny   BlockRm    bash.execute            01_sample.yaml:11',
        'deny   BlockEnv   file.*                  01_sample.yaml:22',
        'deny  by default, where no statement applies',
        '',
      ].join('\n'),
    )
    const { statements } = JSON.parse(agsec(['policy', 'list', '--json', '--dir', folder]).stdout)
    expect(statements[1]).toEqual({
      sid: 'BlockRm',
      effect: 'deny',
      actions: ['bash.execute'],
      reason: 'Agents should not delete files',
      source: '01_sample.yaml:11',
    })
  })
  it('adds a statement in force after it and takes it away again, every other byte as it was', () => {
    const folder = samplePolicies(tempFolder(), 'p')
    const file = join(folder, '01_sample.yaml')
    chmodSync(file, 0o640)
    const added = agsec(['policy', 'add', '--dir', folder, '--file', '01_sample.yaml', '--sid', 'NoDeploys', ...ADD])
    expect(added).toMatchObject({ status: 0, stderr: '' })
    const text = readFileSync(file, 'utf8')
    const at = SAMPLE.indexOf('# the end')
    expect(text.slice(0, at)).toBe(SAMPLE.slice(0, at))
    expect(text.slice(at)).toMatch(/^\n {2}- sid: NoDeploys\n[^]*# the end\n$/)
    expect(statSync(file).mode & 0o777).toBe(0o640)
    const asked = ['check', '--json', '--policy', folder, '--command', 'make deploy']
    expect(JSON.parse(agsec(asked).stdout)).toMatchObject({ decision: 'deny', sid: 'NoDeploys' })
    expect(agsec(['policy', 'remove', 'NoDeploys', '--dir', folder])).toMatchObject({ status: 0, stderr: '' })
    expect(readFileSync(file, 'utf8')).toBe(SAMPLE)
  })
  it('makes a file of its own by default', () => {
    const folder = samplePolicies(tempFolder(), 'p')
    agsec(['policy', 'add', '--dir', folder, '--sid', 'NoDeploys', ...ADD])
    expect(readFileSync(join(folder, '99_custom.yaml'), 'utf8')).toBe(`version: "1.0"
statements:
  - sid: NoDeploys
    effect: deny
    actions: [ bash.execute, mcp.* ]
    conditions:
      params.command: { op: regex, value: ^make deploy }
`)
  })
  it('takes networks and elements of lists as what their operators want', () => {
    const folder = samplePolicies(tempFolder(), 'p')
    const conditions = [
      'params.url:cidr:[10.0.0.0/8, "::1"]',
      'params.ip:not_cidr:fd00::/8',
      'params.flags:has_any:[-f, 5]',
      'params.x:has:42',
    ]
    const added = agsec([
      'policy',
      'add',
      '--dir',
      folder,
      '--sid',
      'N',
      '--effect',
      'deny',
      '--actions',
      'a',
      '--condition',
      ...conditions,
    ])
    expect(added.status).toBe(0)
    const text = readFileSync(join(folder, '99_custom.yaml'), 'utf8')
    for (const value of ['value: [ 10.0.0.0/8, ::1 ]', 'value: fd00::/8', 'value: [ -f, 5 ]', 'value: "42"']) expect(text).toContain(value)
  })
  it('makes the folder too', () => {
    const folder = join(tempFolder(), 'new')
    expect(agsec(['policy', 'add', '--dir', folder, '--sid', 'NoDeploys', ...ADD])).toMatchObject({ status: 0, stderr: '' })
    expect(agsec(['policy', 'list', '--dir', folder]).stdout).toContain('NoDeploys')
  })
  it('follows a link instead of replacing it', () => {
    const home = tempFolder()
    const folder = samplePolicies(home, 'p')
    const file = join(folder, '01_sample.yaml')
    renameSync(file, join(home, 'dotfiles.yaml'))
    symlinkSync(join(home, 'dotfiles.yaml'), file)
    agsec(['policy', 'remove', 'BlockRm', '--dir', folder])
    expect(lstatSync(file).isSymbolicLink()).toBe(true)
    expect(readFileSync(join(home, 'dotfiles.yaml'), 'utf8')).not.toContain('BlockRm')
  })
  it('says what it does not find, and suggests nothing to lose', () => {
    const folder = samplePolicies(tempFolder(), 'p')
    expect(agsec(['policy', 'remove', 'Nope', '--dir', folder])).toMatchObject({
      status: 2,
      stdout: '',
      stderr: expect.stringContaining('no statement `Nope`'),
    })
    expect(agsec(['policy', 'add', '--dir', folder, '--sid', 'x', '--effect', 'deny'])).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('--actions'),
    })
    const elsewhere = ['policy', 'add', '--dir', folder, '--sid', 'x', ...ADD, '--file']
    for (const file of ['../x.yaml', 'x.txt', 'x.test.yaml']) expect(agsec([...elsewhere, file]).status, file).toBe(2)
    expect(readFileSync(join(folder, '01_sample.yaml'), 'utf8')).toBe(SAMPLE)
  })
  it('writes nothing that would not compile', () => {
    const folder = samplePolicies(tempFolder(), 'p')
    for (const bad of [
      ['--sid', 'BlockRm', ...ADD],
      ['--sid', 'x', '--effect', 'dney', '--actions', 'a'],
      ['--sid', 'x', '--effect', 'deny', '--actions', 'a', '--condition', 'params.x:regex:('],
      ['--sid', 'x', '--effect', 'deny', '--actions', 'a', '--condition', 'params.x:nope:1'],
    ]) {
      const run = agsec(['policy', 'add', '--dir', folder, '--file', '01_sample.yaml', ...bad])
      expect(run, bad.join(' ')).toMatchObject({ status: 1, stdout: '', stderr: expect.stringContaining('nothing was written') })
    }
    expect(readFileSync(join(folder, '01_sample.yaml'), 'utf8')).toBe(SAMPLE)
  })
  it('mends a folder by removing the statement that does not compile', () => {
    const folder = samplePolicies(tempFolder(), 'p')
    const file = join(folder, '02_bad.yaml')
    const good = 'statements:\n  - sid: Good\n    effect: deny\n'
    writeFileSync(file, `${good}  - sid: Bad\n    effect: deny\n    conditions:\n      params.x: { op: regex, value: "(" }\n`)
    expect(agsec(['validate', folder]).status).toBe(1)
    expect(agsec(['policy', 'remove', 'Bad', '--dir', folder])).toMatchObject({ status: 0 })
    expect(readFileSync(file, 'utf8')).toBe(good)
  })
})
