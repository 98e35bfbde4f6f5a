import { cpSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { packagedPolicies } from '../../cli/package-files.js'
import { findTestFiles } from '../../cli/policy-tests/find-test-files.js'
import { inlineTests } from '../../cli/policy-tests/policy-test.js'
import { readTestFiles } from '../../cli/policy-tests/read-test-file.js'
import { neverDecisive, runTests, type TestOutcome } from '../../cli/policy-tests/run-tests.js'
import type { Policy } from '../../compiler/ast.js'
import { compile } from '../../compiler/compile.js'
import { loadSources } from '../../compiler/load.js'
import { openDecider } from '../../runtime/decide/open.js'
import { tempFolder } from '../cli/temp-folder.js'

const ROOT = packagedPolicies()
const packs = readdirSync(join(ROOT, 'packs')).filter(name => name.endsWith('.yaml'))

interface Tried {
  readonly policy: Policy
  readonly codes: readonly string[]
  readonly outcomes: readonly TestOutcome[]
}

function tried(folder: string): Tried {
  const loaded = loadSources([folder])
  const { policy, table, diagnostics } = compile(loaded.sources, { emit: false, verify: false })
  if (policy === undefined || table === undefined) throw new Error(`${folder} does not compile`)
  const decider = openDecider(table)
  const outcomes = runTests([...inlineTests(policy), ...readTestFiles(findTestFiles([folder])).tests], call => decider.decide(call))
  return { policy, codes: [...loaded.diagnostics, ...diagnostics].map(({ code, message }) => `${code}: ${message}`), outcomes }
}

function failures(outcomes: readonly TestOutcome[]): readonly string[] {
  return outcomes.flatMap(({ test, failure }) => (failure === undefined ? [] : [`${test.place} ${test.name}: ${failure}`]))
}

/** The default policies with what is laid over them or beside them. */
function laid(...folders: readonly string[]): string {
  const folder = tempFolder()
  for (const from of [ROOT, ...folders])
    cpSync(from, folder, { recursive: true, filter: path => !path.includes('/presets/') === !from.includes('/presets/') || path === from })
  return folder
}

describe('packs', () => {
  it('hold beside the default policies and beside the preset `balanced`, all at once', () => {
    for (const folders of [[join(ROOT, 'packs')], [join(ROOT, 'presets', 'balanced'), join(ROOT, 'packs')]]) {
      const { codes, outcomes } = tried(laid(...folders))
      expect(codes).toEqual([])
      expect(failures(outcomes)).toEqual([])
    }
  })

  it('ask about code of tools, of which the default policies are silent', () => {
    const folder = laid()
    const cases = ['eval "$(pyenv init -)"', '. "$NVM_DIR/nvm.sh"'].map(command => ({ name: command, command, expect: 'allow' }))
    writeFileSync(join(folder, 'tools.test.yaml'), JSON.stringify({ cases }))
    expect(failures(tried(folder).outcomes)).toEqual([])
  })

  it('have an example that each of their statements decides', () => {
    const { policy, outcomes } = tried(laid(join(ROOT, 'packs')))
    const own = neverDecisive(policy, outcomes).filter(({ source }) => packs.some(name => source.startsWith(name)))
    expect(own.map(({ sid }) => sid)).toEqual([])
  })
})

describe('the preset `strict`', () => {
  it('is met by its own examples', () => {
    const { outcomes } = tried(laid(join(ROOT, 'presets', 'strict')))
    expect(failures(outcomes).filter(failure => failure.startsWith('07_strict'))).toEqual([])
  })

  it('answers no example of the default policies less strictly', () => {
    const { outcomes } = tried(laid(join(ROOT, 'presets', 'strict')))
    const strictness = { allow: 0, review: 1, deny: 2 }
    const looser = outcomes.filter(({ test, result }) => result !== undefined && strictness[result.decision] < strictness[test.expect])
    expect(looser.map(({ test }) => test.place)).toEqual([])
  })
})
