/** The examples of docs/cli.md, run in order as a reader would. `UPDATE=1` writes what they print into the page. */
import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { CLI } from './run-cli.js'
import { tempFolder } from './temp-folder.js'

const PAGE = fileURLToPath(new URL('../../docs/cli.md', import.meta.url))
const PACKAGE = fileURLToPath(new URL('../../', import.meta.url))
const BLOCK = /```console\n([^]*?)```\n/g

/** A shell in an empty home, with `agsec` on its path. */
function shell(): (command: string) => string {
  const home = realpathSync(tempFolder())
  const bin = join(home, 'bin')
  const project = join(home, 'project')
  for (const folder of [bin, project]) mkdirSync(folder)
  writeFileSync(join(bin, 'agsec'), `#!/bin/sh\nexec '${process.execPath}' '${CLI.join("' '")}' "$@"\n`)
  chmodSync(join(bin, 'agsec'), 0o755)
  const env = { HOME: home, PATH: `${bin}:${process.env['PATH'] ?? ''}`, LANG: 'C.UTF-8' }
  return command => {
    const { stdout } = spawnSync('sh', ['-c', `{ ${command}\n} 2>&1`], { cwd: project, env, encoding: 'utf8' })
    return stdout.replaceAll(home, '/home/you').replaceAll(PACKAGE, '/usr/lib/node_modules/agsec/')
  }
}

/** Times, sizes and temporary folders are not what the page is about. */
function steady(text: string): string {
  return text
    .replace(/agsec-demo-\w+/g, 'agsec-demo-x')
    .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, '2026-01-05T09:30:00.000Z')
    .replace(/\d+ KB/g, '100 KB')
    .replace(/\d+ guards and \d+ patterns \(\d+ pairs of states\)/g, '40 guards and 350 patterns (30000 pairs of states)')
}

it('shows what the command line prints', { timeout: 300_000 }, () => {
  const run = shell()
  const page = readFileSync(PAGE, 'utf8')
  const fresh = page.replace(BLOCK, (_, block: string) => {
    const commands = block.split('\n').filter(line => line.startsWith('$ '))
    const lines = commands.map(line => `${line}\n${steady(run(line.slice(2)))}`.trimEnd())
    return `\`\`\`console\n${lines.join('\n')}\n\`\`\`\n`
  })
  if (process.env['UPDATE'] === '1') writeFileSync(PAGE, fresh)
  expect(fresh).toBe(readFileSync(PAGE, 'utf8'))
  expect(page).toContain('```console\n$ agsec ')
})
