import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { agsec, CLI } from './run-cli.js'
import { tempFolder } from './temp-folder.js'

describe('the command line', () => {
  it('shows examples first, then the commands', () => {
    const { status, stdout, stderr } = agsec(['--help'])
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout).toMatch(/^Examples:\n {2}\$ agsec init/)
    expect(agsec(['help', 'halt']).stdout).toMatch(/^Examples:\n {2}\$ agsec halt\n/)
  })
  it('suggests what was meant, on stderr with exit status 2', () => {
    expect(agsec(['chekc'])).toEqual({ status: 2, stdout: '', stderr: "agsec: unknown command 'chekc'\n(Did you mean check?)\n" })
    expect(agsec(['audit', '--stat']).stderr).toContain('(Did you mean --stats?)')
  })
  it('prints its help and fails where it is given nothing to do', () => {
    const { status, stdout } = agsec([])
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
  })
  it.each(['', 'here'])('keeps nothing in the folder that it is run in where `HOME` is `%s`', home => {
    const cwd = tempFolder()
    const { status, stderr } = spawnSync(process.execPath, [...CLI, 'init'], { cwd, env: { HOME: home }, encoding: 'utf8' })
    expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringContaining(`\`HOME\` is \`${home}\`, which is no home folder`) })
    expect(readdirSync(cwd)).toEqual([])
  })
  it('takes a folder for its home before and after the command', () => {
    const home = tempFolder()
    expect(agsec(['--agsec-home', home, 'observe']).status).toBe(0)
    expect(agsec(['halt', '--agsec-home', home]).stdout).toMatch(/^mode: observe → halt/)
    expect(agsec(['observe', '--agsec-home', home])).toMatchObject({ status: 2, stdout: '' })
    expect(agsec(['resume', '--agsec-home', home]).stdout).toMatch(/^mode: halt → observe/)
  })
})
