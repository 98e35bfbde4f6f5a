import { describe, expect, it } from 'vitest'
import { compile } from '../../../compiler/compile.js'
import { patternKey } from '../../../compiler/lower/interning.js'
import { compileMachine } from '../../../compiler/patterns/machine.js'
import { prebuiltMachine } from '../../../compiler/patterns/prebuilt.js'

describe('machines that come with the package', () => {
  const { ir } = compile([{ path: 'none.yaml', text: 'default: deny\n' }], { emit: false, verify: false })
  const sources = (ir?.patterns ?? []).filter(({ kind }) => kind === 'automaton').map(({ source }) => source)

  it('are those of all built-in statements', () => {
    expect(sources.length).toBeGreaterThan(50)
    expect(sources.filter(source => prebuiltMachine(patternKey(source, false)) === undefined)).toEqual([])
  })

  it('are what their patterns compile to', () => {
    for (const source of sources.filter((_, i) => i % 3 === 0)) {
      expect(prebuiltMachine(patternKey(source, false))).toEqual(compileMachine(source))
    }
  })

  it('are of no other pattern', () => {
    expect(prebuiltMachine(patternKey({ kind: 'regex', source: 'a', dialect: 'es' }, false))).toBeUndefined()
  })
})
