import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { mustBeProtected } from '../../../cli/install/protected-home.js'
import { tempFolder } from '../temp-folder.js'

function made(...names: readonly string[]): string {
  const folder = join(tempFolder(), ...names)
  mkdirSync(folder, { recursive: true })
  return folder
}

it('a folder of the name that agents are kept from is taken, wherever it lies', () => {
  expect(() => mustBeProtected(made('srv', '.agsec'))).not.toThrow()
})

it.each(['policy', 'agsec', '.agsec2', '.AGSEC'])('a folder called %s is refused', name => {
  expect(() => mustBeProtected(made(name))).toThrow(/^agents would not be kept from agsec's files in /)
})

it.skipIf(process.platform === 'win32')('a link of that name to a folder of another is refused', () => {
  const folder = tempFolder()
  const target = made('policy')
  symlinkSync(target, join(folder, '.agsec'))
  expect(() => mustBeProtected(join(folder, '.agsec'))).toThrow(target)
})
