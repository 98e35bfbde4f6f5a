import { lstatSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { agsec } from './run-cli.js'
import { tempFolder } from './temp-folder.js'

const policy = (when: string) => `statements:\n  - effect: deny\n    when: ${when}\n`

it('formats what can be read, reports what cannot, and says so', () => {
  const folder = tempFolder()
  const file = (name: string) => join(folder, name)
  writeFileSync(file('a.yaml'), policy('a==1'), { mode: 0o640 })
  writeFileSync(file('b.yaml'), policy('b == 2'))
  writeFileSync(file('c.yaml'), policy('c = 3'))
  writeFileSync(file('d.yaml'), policy('d matches "a(b" and e==1'))

  const check = agsec(['fmt', '--check', folder])
  expect(check).toMatchObject({ status: 1, stdout: `${file('a.yaml')}\n1 file to format, 1 unchanged, 2 with errors\n` })
  expect(readFileSync(file('a.yaml'), 'utf8')).toBe(policy('a==1'))

  const write = agsec(['fmt', folder])
  expect(write).toMatchObject({ status: 1, stdout: `${file('a.yaml')}\n1 file formatted, 1 unchanged, 2 with errors\n` })
  expect(write.stderr).toContain('c.yaml:3:13: error[unknown-operator]')
  expect(write.stderr).toContain('d.yaml:3:23: error[regex-syntax]')
  expect(readFileSync(file('a.yaml'), 'utf8')).toBe(policy('a == 1'))
  expect(statSync(file('a.yaml')).mode & 0o777).toBe(0o640)
  expect(readFileSync(file('d.yaml'), 'utf8')).toBe(policy('d matches "a(b" and e==1'))

  expect(agsec(['fmt', '--check', file('a.yaml'), file('b.yaml')])).toMatchObject({ status: 0, stdout: '0 files to format, 2 unchanged\n' })
})

it('leaves a link a link, and names what is not there', () => {
  const folder = tempFolder()
  writeFileSync(join(folder, 'real'), policy('a==1'))
  symlinkSync('real', join(folder, 'link.yaml'))
  expect(agsec(['fmt', folder]).status).toBe(0)
  expect(lstatSync(join(folder, 'link.yaml')).isSymbolicLink()).toBe(true)
  expect(readFileSync(join(folder, 'real'), 'utf8')).toBe(policy('a == 1'))
  expect(agsec(['fmt', join(folder, 'missing.yaml')])).toMatchObject({ status: 1, stdout: '0 files formatted, 0 unchanged\n' })
})
