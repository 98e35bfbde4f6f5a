import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { compile } from '../../../compiler/compile.js'
import { loadSources } from '../../../compiler/load.js'
import { compilePattern, type PatternSource } from '../../../compiler/patterns/compile-pattern.js'
import { readPackageFile } from '../../../compiler/package-root.js'
import { parsePrebuilt, PREBUILT_FILE, prebuiltAutomaton, prebuiltPattern } from '../../../compiler/patterns/prebuilt.js'

describe('automata that come with the package', () => {
  const { ir } = compile(loadSources([join(import.meta.dirname, '../../../policies')]).sources, { emit: false, verify: false })
  const sources = (ir?.patterns ?? []).filter(({ kind }) => kind === 'automaton').map(({ source }) => source)

  it('are those of all built-in statements and of the default policies', () => {
    expect(sources.length).toBeGreaterThan(150)
    expect(sources.filter(source => prebuiltAutomaton(source) === undefined)).toEqual([])
  })

  it('are what their patterns compile to', () => {
    for (const source of sources.filter((_, i) => i % 3 === 0)) {
      expect(compilePattern(source)).toMatchObject({ ok: true, automaton: prebuiltAutomaton(source) })
    }
  })

  it('are known for lists of paths that are too many for one', () => {
    const rejected = [...parsePrebuilt(readPackageFile(PREBUILT_FILE))].flatMap(([source, compiled]) =>
      compiled.includes('"code":') ? [JSON.parse(source) as PatternSource] : [],
    )
    expect(rejected.length).toBeGreaterThan(0)
    for (const source of rejected.slice(0, 2)) {
      expect(prebuiltAutomaton(source)).toBeUndefined()
      expect(compilePattern(source)).toEqual({ ok: false, error: prebuiltPattern(source) })
    }
  })

  it('are of no other pattern', () => {
    expect(prebuiltAutomaton({ kind: 'regex', source: 'a', dialect: 'es' })).toBeUndefined()
  })

  it('are refused where a byte of theirs is another', () => {
    const text = readPackageFile(PREBUILT_FILE)
    expect(parsePrebuilt(text).size).toBeGreaterThan(150)
    for (const at of [0, 70, text.length >> 1, text.length - 1]) {
      const other = text[at] === '1' ? '2' : '1'
      expect(() => parsePrebuilt(text.slice(0, at) + other + text.slice(at + 1))).toThrow('of the package is damaged')
    }
    expect(() => parsePrebuilt(text.slice(0, -100))).toThrow('is damaged')
  })
})
