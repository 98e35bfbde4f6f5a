/** What the command line does without a person at a terminal, and what it does not. */
import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Asker } from '../../../cli/guard/person.js'
import { runProgram } from '../../../cli/program.js'
import { CLI_UNATTENDED } from '../run-cli.js'
import { tempFolder } from '../temp-folder.js'

const POLICY = 'default: deny\nstatements:\n  - { sid: Reading, effect: allow, actions: [file.read] }\n'
const NOBODY: Asker = { ancestors: () => [], variables: [], atTerminal: false, ask: () => '' }
const PERSON: Asker = { ...NOBODY, atTerminal: true, ask: question => /Type `(.*)` to go on/.exec(question)?.[1] ?? '' }

beforeEach(() => {
  for (const stream of [process.stdout, process.stderr]) vi.spyOn(stream, 'write').mockReturnValue(true)
})
afterEach(() => {
  vi.restoreAllMocks()
  process.exitCode = 0
})

/** A home with a policy that is in force, compiled without a person. */
async function newHome(): Promise<string> {
  const home = join(tempFolder(), '.agsec')
  mkdirSync(join(home, 'policies'), { recursive: true })
  writeFileSync(join(home, 'policies', '01_base.yaml'), POLICY)
  await runProgram(['--agsec-home', home, 'compile'], NOBODY)
  expect(existsSync(join(home, 'policy.bundle.cjs'))).toBe(true)
  return home
}

function modeOf(home: string): string {
  return existsSync(join(home, 'mode')) ? readFileSync(join(home, 'mode'), 'utf8').trim() : 'none'
}

const REFUSED = /^cannot .*: standard input is no terminal$/

describe('without a person at a terminal', { timeout: 120_000 }, () => {
  it('a first set-up goes on, in observe mode too', async () => {
    const home = tempFolder()
    await runProgram(['--agsec-home', home, 'observe'], NOBODY)
    expect(modeOf(home)).toBe('observe')
  })
  it('what tightens goes on, and what changes nothing', async () => {
    const home = await newHome()
    for (const command of ['compile', 'enforce', 'halt']) await runProgram(['--agsec-home', home, command], NOBODY)
    expect(modeOf(home)).toBe('halt')
  })
  it('observe and resume are refused, and change nothing', async () => {
    const home = await newHome()
    await expect(runProgram(['--agsec-home', home, 'observe'], NOBODY)).rejects.toThrow(REFUSED)
    expect(modeOf(home)).toBe('none')
    await runProgram(['--agsec-home', home, 'halt'], NOBODY)
    await expect(runProgram(['--agsec-home', home, 'resume'], NOBODY)).rejects.toThrow(REFUSED)
    expect(modeOf(home)).toBe('halt')
    await runProgram(['--agsec-home', home, 'resume'], PERSON)
    expect(modeOf(home)).toBe('enforce')
    await runProgram(['--agsec-home', home, 'observe'], PERSON)
    expect(modeOf(home)).toBe('observe')
  })
  it('a changed policy is not put in force, nor a statement taken out or allowed, nor a hook taken out', async () => {
    const home = await newHome()
    const bundle = readFileSync(join(home, 'policy.bundle.cjs'), 'utf8')
    const file = join(home, 'policies', '01_base.yaml')
    writeFileSync(file, POLICY.replace('deny', 'allow'))
    const changed = readFileSync(file, 'utf8')
    for (const args of [
      ['compile'],
      ['compile', '-o', join(home, 'policy.bundle.cjs')],
      ['policy', 'remove', 'Reading'],
      ['policy', 'remove', 'Reading', '--dir', join(home, 'policies')],
      ['policy', 'add', '--sid', 'All', '--effect', 'allow', '--actions', '*'],
      ['policy', 'add', '--sid', 'All', '--effect', 'Allow', '--actions', '*'],
      ['uninstall', 'claude-code', '--project', home],
    ])
      await expect(runProgram(['--agsec-home', home, ...args], NOBODY), args.join(' ')).rejects.toThrow(REFUSED)
    expect(readFileSync(join(home, 'policy.bundle.cjs'), 'utf8')).toBe(bundle)
    expect(readFileSync(file, 'utf8')).toBe(changed)
    await runProgram(['--agsec-home', home, 'compile'], PERSON)
    expect(readFileSync(join(home, 'policy.bundle.cjs'), 'utf8')).not.toBe(bundle)
  })
  it('a statement that denies can be added, and a policy elsewhere be changed', async () => {
    const home = await newHome()
    const other = tempFolder()
    writeFileSync(join(other, 'a.yaml'), POLICY)
    await runProgram(['--agsec-home', home, 'policy', 'add', '--sid', 'No', '--effect', 'deny', '--actions', 'x.*'], NOBODY)
    await runProgram(['--agsec-home', home, 'policy', 'remove', 'Reading', '--dir', other], NOBODY)
    expect(readFileSync(join(other, 'a.yaml'), 'utf8')).not.toContain('Reading')
  })
  it('a hook is put in, and in again, but not under the policies of another home', async () => {
    const [home, other, project] = [await newHome(), await newHome(), tempFolder()]
    const install = (folder: string, asker: Asker) =>
      runProgram(['--agsec-home', folder, 'install', 'claude-code', '--project', project], asker)
    await install(home, NOBODY)
    const settings = () => readFileSync(join(project, '.claude/settings.json'), 'utf8')
    const installed = settings()
    expect(installed).toContain(home)
    await install(home, NOBODY)
    await expect(install(other, NOBODY)).rejects.toThrow(
      /^cannot put Claude Code.* under the policies of .*: standard input is no terminal$/,
    )
    expect(settings()).toBe(installed)
    await install(other, PERSON)
    expect(settings()).toContain(other)
  })
  it.skipIf(process.platform === 'win32')('an agent further up is named by the program of the package', () => {
    const home = tempFolder()
    writeFileSync(join(home, 'mode'), 'enforce\n')
    const agent = join(home, 'claude')
    copyFileSync('/bin/sh', agent)
    const command = [process.execPath, ...CLI_UNATTENDED, '--agsec-home', home, 'observe'].map(each => `'${each}'`).join(' ')
    const { stderr } = spawnSync(agent, ['-c', `sh -c "${command}; true"; true`], { encoding: 'utf8' })
    expect(stderr).toMatch(/^agsec: cannot let every tool call run and only record it: an agent started it \(`claude`, process \d+\)\n/)
    expect(modeOf(home)).toBe('enforce')
  })
})
