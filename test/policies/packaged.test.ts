import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { findTestFiles } from '../../cli/policy-tests/find-test-files.js'
import { inlineTests } from '../../cli/policy-tests/policy-test.js'
import { readTestFiles } from '../../cli/policy-tests/read-test-file.js'
import { neverDecisive, runTests } from '../../cli/policy-tests/run-tests.js'
import type { Policy, Statement } from '../../compiler/ast.js'
import { compile } from '../../compiler/compile.js'
import { loadSources } from '../../compiler/load.js'
import { AbstractString } from '../../runtime/decide/abstract-string.js'
import { openDecider } from '../../runtime/decide/open.js'

/** About links that cannot be resolved, which no example can spell. */
const WITHOUT_EXAMPLE = ['ReviewHiddenFile']
const FOLDER = fileURLToPath(new URL('../../policies', import.meta.url))
const loaded = loadSources([FOLDER])
const compiled = compile(loaded.sources, { emit: false })
const files = readTestFiles(findTestFiles([FOLDER]))

function packagedPolicy(): Policy {
  if (compiled.policy === undefined) throw new Error('the packaged policies do not compile')
  return compiled.policy
}

function outcomes(noIndex: boolean) {
  if (compiled.table === undefined) throw new Error('the packaged policies do not compile')
  const decider = openDecider(compiled.table)
  return runTests([...inlineTests(packagedPolicy()), ...files.tests], call => decider.decide(call, { noIndex }))
}

describe('the packaged policies', () => {
  it('compile without a diagnostic, as do the files of their tests', () => {
    expect(
      [...loaded.diagnostics, ...compiled.diagnostics, ...files.diagnostics].map(({ code, message }) => `${code}: ${message}`),
    ).toEqual([])
  })

  it('have every file, and tests beside each', () => {
    expect(loaded.sources.map(({ path }) => path)).toEqual([
      '01_base.yaml',
      '02_bash.yaml',
      '03_files.yaml',
      '04_web.yaml',
      '05_git.yaml',
      '06_delete.yaml',
    ])
    for (const { path } of loaded.sources) {
      const beside = path.replace(/\.yaml$/, '.test.yaml')
      expect(files.tests.filter(test => test.place.startsWith(`${beside}:`)).length, beside).toBeGreaterThan(0)
    }
  })

  it.each([false, true])('give the decision that every example asks for (without the index: %s)', noIndex => {
    const all = outcomes(noIndex)
    expect(all.length).toBeGreaterThan(300)
    expect(all.filter(({ failure }) => failure !== undefined).map(({ test, failure }) => `${test.place} ${test.name}: ${failure}`)).toEqual(
      [],
    )
  })

  it('have no statement that decides none of the examples', () => {
    expect(neverDecisive(packagedPolicy(), outcomes(false)).map(({ sid }) => sid)).toEqual(WITHOUT_EXAMPLE)
  })

  it('deny by default, and say why and what to do instead wherever they stop something', () => {
    expect(packagedPolicy().default).toBe('deny')
    const stopping = packagedPolicy().statements.filter(({ effect }) => effect !== 'allow')
    expect(stopping.length).toBeGreaterThan(30)
    expect(stopping.filter(lacksWords).map(({ sid }) => sid)).toEqual([])
  })

  it('show an example of its own effect with every statement', () => {
    expect(
      packagedPolicy()
        .statements.filter(lacksOwnExample)
        .map(({ sid }) => sid),
    ).toEqual(WITHOUT_EXAMPLE)
  })

  it('review a file of which nobody can tell what it is', () => {
    if (compiled.table === undefined) throw new Error('the packaged policies do not compile')
    const context = { home: '/home/u', cwd: '/p' }
    const request = { action: 'file.read', params: { file_path: '/p/link' }, context }
    const real = { ...request, params: { file_path: AbstractString.of([{ hole: 'any' }]) } }
    const { decision, sid } = openDecider(compiled.table).decide([{ role: 'whole', request, real }])
    expect([decision, sid]).toEqual(['review', 'ReviewHiddenFile'])
  })

  // Not among their own examples, since a pack denies it.
  it('review what a command schedules', () => {
    if (compiled.table === undefined) throw new Error('the packaged policies do not compile')
    const request = { action: 'schedule.change', params: { program: 'crontab' }, context: {} }
    const { decision, sid } = openDecider(compiled.table).decide([{ role: 'effect', request, real: request }])
    expect([decision, sid]).toEqual(['review', 'ReviewSchedule'])
  })

  it('name their schema on the first line', () => {
    const [modeline] = new Set(loaded.sources.map(({ text }) => text.split('\n')[0]))
    expect(modeline).toBe('# yaml-language-server: $schema=https://agsec.dev/schema/policy.schema.json')
  })
})

function lacksWords({ reason, guidance }: Statement): boolean {
  return reason === undefined || guidance === undefined || reason === '' || guidance === ''
}

function lacksOwnExample({ effect, tests }: Statement): boolean {
  return { allow: tests.allows, deny: tests.denies, review: tests.reviews }[effect].length === 0
}
