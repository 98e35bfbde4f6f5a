import { spawnSync } from 'node:child_process'
import { readFileSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { writeBundle } from '../../../cli/bundle-files.js'
import { compile } from '../../../compiler/compile.js'
import { tempFolder } from '../../cli/temp-folder.js'

const POLICY = `default: allow
statements: [{ sid: Secret, effect: deny, actions: file.read, conditions: { file_path: { op: path, value: .env } } }]`

function hook(bundle: string, call: object): { readonly status: number | null; readonly stderr: string } {
  const folder = join(bundle, '..')
  const args = [bundle, 'hook', 'claude-code', '--agsec-home', folder, '--home', folder]
  return spawnSync(process.execPath, args, { input: JSON.stringify({ cwd: '/p', ...call }), env: {}, encoding: 'utf8' })
}

const bash = (command: string) => ({ tool_name: 'Bash', tool_input: { command } })

describe("the shell's part of a bundle", () => {
  const { bundle } = compile([{ path: 'p.yaml', text: POLICY }])
  if (bundle === undefined) throw new Error('the policy does not compile')

  function written(): string {
    const path = join(tempFolder(), 'p.cjs')
    if (bundle !== undefined) writeBundle(path, bundle)
    return path
  }

  it('decides a command by its effects, and says which part it was', () => {
    const path = written()
    expect(hook(path, bash('ls && echo hi')).status).toBe(10)
    expect(hook(path, bash("ls; sudo cat '.e''nv'"))).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("in `sudo cat '.e''nv'` (file.read /p/.env), via `sudo`"),
    })
    const [, denied = '{}'] = readFileSync(join(path, '../audit/current.jsonl'), 'utf8').split('\n')
    expect(JSON.parse(denied)).toMatchObject({ sid: 'Secret', origin: { effect: 'file.read /p/.env', via: ['sudo'] } })
  })

  it('blocks where it is missing', () => {
    const path = written()
    truncateSync(join(path, '..', bundle.data.name), bundle.data.bytes.length - 1000)
    expect(hook(path, bash('ls'))).toMatchObject({ status: 2, stderr: expect.stringContaining('run `agsec compile`') })
  })

  it('is no part of the script, so that calls of other tools do not pay for it', () => {
    expect(bundle.text.length).toBeLessThan(70 * 1024)
    expect(bundle.text).not.toContain('in-place')
    expect(Buffer.from(bundle.data.bytes).includes('in-place')).toBe(true)
  })
})
