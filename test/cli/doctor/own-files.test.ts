import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { ownFileFindings } from '../../../cli/doctor/own-files.js'
import { tempFolder } from '../temp-folder.js'

function file(name: string, text: string, mode = 0o644): string {
  const path = join(tempFolder(), name)
  writeFileSync(path, text)
  chmodSync(path, mode)
  return path
}

it('a plugin that parses loads, and is not run', () => {
  const plugin = file('agsec.js', 'import { exit } from "node:process"\nexport const Agsec = async () => ({})\nexit(9)\n')
  expect(ownFileFindings('opencode', plugin).map(({ level }) => level)).toEqual(['ok'])
})

it('a plugin that does not parse is passed over by the agent', () => {
  const [found] = ownFileFindings('opencode', file('agsec.js', 'export const Agsec = async ( => {}\n'))
  expect(found?.level).toBe('problem')
  expect(found?.message).toContain('SyntaxError')
})

it.skipIf(process.getuid === undefined)('a script has to be executable for the extension', () => {
  expect(ownFileFindings('cline', file('PreToolUse', '#!/bin/sh\n'))[0]?.level).toBe('problem')
  expect(ownFileFindings('cline', file('PreToolUse', '#!/bin/sh\n', 0o755))).toEqual([])
})

it('nothing is said of a settings file', () => {
  expect(ownFileFindings('claude-code', file('settings.json', '{}'))).toEqual([])
})
