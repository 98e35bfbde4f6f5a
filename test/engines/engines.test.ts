/** Every engine that can run a hook keeps the contract that `test/contract` holds Node to. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { firstFailure, runOnKernel } from '../../cli/conformance/run-suite.js'
import { packagedSuite } from '../../cli/conformance/suite.js'
import { ENGINE_STARTS } from '../../cli/engine/engine-kind.js'
import { identifyEngine } from '../../cli/engine/identify.js'
import { loadKernel } from '../../compiler/emit/kernel.js'
import { failsClosed } from '../contract/claude-code/fail-closed.js'
import { engineCommand } from '../contract/claude-code/installed-hook.js'
import { ENGINES } from '../../bench/engine-programs.js'

const OWN_NODE = `node-${process.versions.node.split('.')[0]}`
const folder = mkdtempSync(join(tmpdir(), 'agsec-engines-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe.each(ENGINES)('$name', engine => {
  it('is known by what it says of itself', () => {
    expect(identifyEngine(engine.program())).toEqual({ kind: engine.kind, version: expect.stringMatching(/^(ng )?\d/) })
  })

  it('passes the conformance suite', () => {
    const { target } = ENGINE_STARTS[engine.kind]
    const outcomes = runOnKernel(packagedSuite(), { engine: engineCommand(engine), target, kernel: loadKernel(target).text })
    expect(firstFailure(outcomes)).toBeUndefined()
    expect(outcomes.reduce((sum, { passed }) => sum + passed, 0)).toBeGreaterThan(300)
  })

  // The Node that runs the tests is held to it by the tests of the contract.
  describe.skipIf(engine.name === OWN_NODE)('the hook', () => failsClosed(engine))
})

describe('the compiler', () => {
  it('writes the same bytes on every Node that it runs on', () => {
    const cli = join(import.meta.dirname, '../../dist/bin/agsec.js')
    const texts = ENGINES.filter(({ kind }) => kind === 'node').map(({ name, program }) => {
      const output = join(folder, `compiled-by-${name}.cjs`)
      execFileSync(program(), [cli, 'compile', join(import.meta.dirname, '../../policies'), '-o', output], { stdio: 'ignore' })
      return readFileSync(output, 'utf8')
    })
    expect(texts.length).toBe(4)
    expect(new Set(texts).size).toBe(1)
  })
})
