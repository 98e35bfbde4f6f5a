/** Tables that are right: the proof has nothing to say against them. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compile } from '../../../compiler/compile.js'
import { policyFiles } from '../../arbitrary/policies.js'
import { runs } from '../patterns/support/matching.js'

function errorsOf(files: readonly string[]): readonly string[] {
  const { diagnostics } = compile(
    files.map((text, i) => ({ path: `${i}.yaml`, text })),
    { protection: [] },
  )
  return diagnostics.filter(({ severity }) => severity === 'error').map(({ message }) => message)
}

describe('the table of a policy', () => {
  it('is proved, whatever the policy says', () => {
    const property = fc.property(policyFiles, files => {
      expect(errorsOf(files)).toEqual([])
    })
    fc.assert(property, { numRuns: runs(40) })
  })

  it('is proved for a thousand statements', () => {
    const statement = (at: number) =>
      `  - { sid: S${at}, effect: deny, actions: bash.execute, conditions: { params.command: { op: regex, value: '\\btool-${at % 10}\\s+(--force|-f|--tag=[a-z]{2,6}${at})\\b.*x${at % 37}' } } }\n`
    const text = `default: allow\nstatements:\n${Array.from({ length: 1000 }, (_, at) => statement(at)).join('')}`
    const { diagnostics, verification } = compile([{ path: 'many.yaml', text }], { protection: [] })
    expect(diagnostics).toEqual([])
    expect(verification).toMatchObject({ statements: 1000, guards: 1000, patterns: { proved: 1000, unproved: [] } })
  })

  it('is proved where a list of paths is too many for one automaton, and has one for each few', () => {
    const paths = Array.from({ length: 12 }, (_, at) => `**/a${at}*/**/b${at}*`)
    const text = `statements: [{ sid: S, effect: deny, conditions: { params.file_path: { op: path, value: ${JSON.stringify(paths)} } } }]\n`
    const { diagnostics, verification } = compile([{ path: 'paths.yaml', text }], { protection: [] })
    expect(diagnostics).toEqual([])
    // Of three times four paths, with letter case and without, and that of the actions.
    expect(verification).toMatchObject({ patterns: { proved: 7, unproved: [] } })
  })
})
