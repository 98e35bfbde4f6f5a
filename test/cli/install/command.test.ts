/** `install` and `uninstall` as programs, in a home of their own. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { CLI } from '../run-cli.js'
import { tempFolder } from '../temp-folder.js'

it('does several agents at once, names the one that failed, and takes all out again', { timeout: 300_000 }, () => {
  const home = tempFolder()
  const agsec = (...args: readonly string[]) => {
    const options = { env: { HOME: home, PATH: '/nonexistent' }, cwd: home, encoding: 'utf8' } as const
    return spawnSync(process.execPath, [...CLI, ...args], options)
  }

  expect(agsec('install', 'codex').stderr).toContain('run `agsec init` first')
  expect(agsec('init').status).toBe(0)
  expect(agsec('install', '--all').stderr).toContain('no agent was found')

  const claude = join(home, '.claude/settings.json')
  for (const folder of ['.claude', '.codex', '.qwen']) mkdirSync(join(home, folder))
  writeFileSync(claude, '{ "model": "x"; }')
  const some = agsec('install', '--all')
  expect(some.status).toBe(2)
  expect(some.stderr).toContain(`agsec: Claude Code: ${claude}:1:15: invalid symbol`)
  expect(some.stdout).toContain('wrote  ')
  expect(some.stdout).toContain('open Codex and trust the hook in `/hooks`')
  expect(readFileSync(claude, 'utf8')).toBe('{ "model": "x"; }')
  expect(existsSync(join(home, '.codex/hooks.json')) && existsSync(join(home, '.qwen/settings.json'))).toBe(true)
  expect(existsSync(join(home, '.agsec/audit'))).toBe(false)

  writeFileSync(claude, '{ "model": "x" }')
  expect(agsec('uninstall', '--all').status).toBe(0)
  expect(existsSync(join(home, '.codex/hooks.json')) || existsSync(join(home, '.qwen/settings.json'))).toBe(false)
})
