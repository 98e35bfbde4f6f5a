import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { packagedPolicies } from '../../cli/package-files.js'
import { agsec } from './run-cli.js'
import { tempFolder } from './temp-folder.js'

const packaged = () => readdirSync(packagedPolicies()).filter(name => name.endsWith('.yaml'))

describe('agsec init', () => {
  it('copies the default policies, compiles them and says what next', () => {
    const home = tempFolder()
    const { status, stdout } = agsec(['init', '--observe', '--agsec-home', home])
    expect(status).toBe(0)
    expect(stdout).toContain('agsec install claude-code')
    expect(readdirSync(join(home, 'policies')).sort()).toEqual(packaged().sort())
    expect(readFileSync(join(home, 'mode'), 'utf8')).toBe('observe\n')
    expect(JSON.parse(agsec(['status', '--json', '--agsec-home', home]).stdout)).toMatchObject({
      bundle: { state: 'current' },
      problems: [],
    })
  })
  it('never writes over a file, and compiles what is there', () => {
    const home = tempFolder()
    agsec(['init', '--agsec-home', home])
    const [first = ''] = packaged()
    const mine = 'default: review\n'
    writeFileSync(join(home, 'policies', first), `${mine}statements: [{ sid: Mine, effect: deny, actions: x }]\n`)
    const again = agsec(['init', '--agsec-home', home])
    expect(again).toMatchObject({ status: 0, stdout: expect.stringContaining('kept ') })
    expect(again.stdout).not.toContain('wrote')
    expect(readFileSync(join(home, 'policies', first), 'utf8')).toContain(mine)
  })
  it('puts the policies elsewhere without touching its home', () => {
    const home = join(tempFolder(), 'home')
    const folder = tempFolder()
    expect(agsec(['init', '--dir', 'mine', '--agsec-home', home], '', folder).status).toBe(0)
    expect(readdirSync(join(folder, 'mine')).sort()).toEqual(packaged().sort())
    expect(existsSync(home)).toBe(false)
  })
  it('lays a preset over the defaults, and packs beside them', () => {
    const home = tempFolder()
    expect(agsec(['init', '--preset', 'balanced', '--pack', 'docker', 'ci', '--agsec-home', home]).status).toBe(0)
    expect(readdirSync(join(home, 'policies')).sort()).toEqual([...packaged(), 'ci.yaml', 'docker.yaml'].sort())
    const preset = join(packagedPolicies(), 'presets', 'balanced', '06_delete.yaml')
    expect(readFileSync(join(home, 'policies', '06_delete.yaml'), 'utf8')).toBe(readFileSync(preset, 'utf8'))
    expect(agsec(['test', '--agsec-home', home])).toMatchObject({ status: 0, stdout: expect.stringContaining(' 0 failed') })
  })
  it('says which presets and packs there are', () => {
    const home = tempFolder()
    const refused = (...words: string[]) => agsec(['init', ...words, '--agsec-home', home]).stderr
    expect(refused('--preset', 'loose')).toBe('agsec: there is no preset `loose`, expected one of balanced, strict\n')
    expect(refused('--pack', 'docker', 'x')).toContain('there is no pack `x`, expected one of agents, ci, cloud, databases, docker')
  })
  it('says why it cannot write', () => {
    const home = tempFolder()
    writeFileSync(join(home, 'policies'), '')
    expect(agsec(['init', '--agsec-home', home])).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/^agsec: cannot write the policies into/),
    })
  })
})

describe('agsec test', () => {
  it('passes on the default policies', () => {
    const { status, stdout } = agsec(['test', packagedPolicies()])
    expect({ status, stdout }).toEqual({ status: 0, stdout: expect.stringMatching(/^\d+ tests: \d+ passed, 0 failed\n$/) })
  })
  it('says that there are none', () => {
    const folder = tempFolder()
    writeFileSync(join(folder, 'p.yaml'), 'statements: [{ sid: A, effect: deny, actions: x }]\n')
    expect(agsec(['test', folder])).toMatchObject({ status: 0, stdout: expect.stringMatching(/^no tests: /) })
    expect(JSON.parse(agsec(['test', folder, '--json', '--coverage']).stdout)).toEqual({
      tests: [],
      neverDecisive: [{ sid: 'A', source: 'p.yaml:1' }],
    })
  })
  it('names each failure by its place, what was expected and who decided', () => {
    const folder = tempFolder()
    writeFileSync(
      join(folder, 'p.yaml'),
      'statements:\n  - sid: A\n    effect: deny\n    actions: bash.execute\n    conditions: { params.command: { op: contains, value: rm } }\n    tests: { denies: [ls] }\n',
    )
    writeFileSync(
      join(folder, 'p.test.yaml'),
      'cases:\n  - { name: first, command: rm x, expect: deny, sid: B }\n  - { name: second, command: rm x, expect: deny, sid: A }\n',
    )
    const run = agsec(['test', folder])
    expect(run.status).toBe(1)
    expect(run.stdout).toBe(`FAIL  p.yaml:6  A denies \`ls\`
      expected \`A\` to apply, found deny by the default
FAIL  p.test.yaml:2  first
      expected deny by \`B\`, found it by \`A\` (p.yaml:2)
3 tests: 1 passed, 2 failed
`)
    writeFileSync(join(folder, 'p.test.yaml'), 'cases: [{ command: x, expct: deny }]\n')
    expect(agsec(['test', folder])).toMatchObject({
      status: 1,
      stdout: '',
      stderr: expect.stringContaining('p.test.yaml:1:23: error[bad-test]'),
    })
  })
})
