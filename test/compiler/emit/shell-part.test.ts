import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { compile } from '../../../compiler/compile.js'
import { tempFolder } from '../../cli/temp-folder.js'

const POLICY = `default: allow
statements: [{ sid: Secret, effect: deny, actions: file.read, conditions: { file_path: { op: path, value: .env } } }]`

function hook(bundle: string, command: string): { readonly status: number | null; readonly stderr: string } {
  const folder = join(bundle, '..')
  const input = JSON.stringify({ cwd: '/p', tool_name: 'Bash', tool_input: { command } })
  const args = [bundle, 'hook', 'claude-code', '--agsec-home', folder, '--home', folder]
  return spawnSync(process.execPath, args, { input, env: {}, encoding: 'utf8' })
}

describe("the shell's part of a bundle", () => {
  const { bundle } = compile([{ path: 'p.yaml', text: POLICY }])
  const text = bundle?.text ?? ''
  const start = text.lastIndexOf('\n/*shell:')
  const end = text.indexOf('*/', start)

  it('decides a command by its effects, and says which part it was', () => {
    const path = join(tempFolder(), 'p.cjs')
    writeFileSync(path, text)
    expect(hook(path, 'ls && echo hi').status).toBe(10)
    expect(hook(path, "ls; sudo cat '.e''nv'")).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("in `sudo cat '.e''nv'` (file.read /p/.env), via `sudo`"),
    })
    const [, denied = '{}'] = readFileSync(join(path, '../audit/current.jsonl'), 'utf8').split('\n')
    expect(JSON.parse(denied)).toMatchObject({ sid: 'Secret', origin: { effect: 'file.read /p/.env', via: ['sudo'] } })
  })

  it('blocks where the file is no longer the one that runs', () => {
    const path = join(tempFolder(), 'p.cjs')
    writeFileSync(path, text.slice(0, start) + text.slice(end + 2))
    expect(hook(path, 'ls')).toMatchObject({ status: 2, stderr: expect.stringContaining('the bundle was replaced') })
  })

  it('is a comment, so that calls of other tools do not pay for it', () => {
    expect(end - start).toBeGreaterThan(text.length / 2)
    expect(text.length - (end - start)).toBeLessThan(160 * 1024)
  })
})
