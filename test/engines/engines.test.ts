/** Every engine that can run a hook keeps the contract that `test/contract` holds Node to. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { countsChangedPolicies } from '../contract/claude-code/changed-policy.js'
import { failsClosed } from '../contract/claude-code/fail-closed.js'
import { ENGINES } from '../../bench/engine-programs.js'

const folder = mkdtempSync(join(tmpdir(), 'agsec-engines-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe.each(ENGINES)('$name', engine => {
  describe('the hook', () => failsClosed(engine))
  describe('a policy that has changed', () => countsChangedPolicies(engine))
})

describe('the compiler', () => {
  it('writes the same bytes on every Node that it runs on', () => {
    const cli = join(import.meta.dirname, '../../dist/cli/main.js')
    const texts = ENGINES.filter(({ kind }) => kind === 'node').map(({ name, program }) => {
      const output = join(folder, `compiled-by-${name}.cjs`)
      execFileSync(program(), [cli, 'compile', join(import.meta.dirname, '../../policies'), '-o', output], { stdio: 'ignore' })
      return readFileSync(output, 'utf8')
    })
    expect(texts.length).toBe(4)
    expect(new Set(texts).size).toBe(1)
  })
})
