import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { compile } from '../../compiler/compile.js'
import { loadSources } from '../../compiler/load.js'
import { wholeCall } from '../../runtime/decide/check-request.js'
import type { Decider } from '../../runtime/decide/decider.js'
import { openDecider } from '../../runtime/decide/open.js'
import type { ValueMap } from '../../runtime/decide/request.js'

const FIXTURES = new URL('../fixtures/published-format/', import.meta.url)
const DIFFERENCES = readFileSync(new URL('../../docs/published-differences.md', import.meta.url), 'utf8')

interface Case {
  readonly name: string
  readonly action: string
  readonly params: ValueMap
  readonly context?: ValueMap
  readonly published: string
  readonly ours?: string
  readonly differs?: string
}

interface Rejected {
  readonly name: string
  readonly text: string
  readonly code: string
  readonly differs: string
}

// The fixtures are written for these types, beside this file.
const suites = readFixture('cases.yaml') as readonly { readonly folder: string; readonly cases: readonly Case[] }[]
const rejected = readFixture('rejected.yaml') as readonly Rejected[]

function readFixture(name: string): unknown {
  return parse(readFileSync(new URL(name, FIXTURES), 'utf8'))
}

function deciderOf(folder: string): Decider {
  const { sources, diagnostics } = loadSources([fileURLToPath(new URL(folder, FIXTURES))])
  const compiled = compile(sources, { emit: false, protection: [] })
  const errors = [...diagnostics, ...compiled.diagnostics].filter(({ severity }) => severity === 'error')
  if (compiled.table === undefined) throw new Error(errors.map(({ message }) => message).join('\n'))
  return openDecider(compiled.table)
}

describe('files in the published format', () => {
  describe.each(suites)('of the folder $folder', ({ folder, cases }) => {
    const decider = deciderOf(folder)
    it.each(cases)('decide as published, or as documented: $name', ({ action, params, context = {}, published, ours, differs }) => {
      const { decision } = decider.decide(wholeCall({ action, params, context }))
      expect(decision).toBe(ours ?? published)
      expect(ours === undefined).toBe(differs === undefined)
      expect(ours).not.toBe(published)
    })
  })

  it.each(rejected)('are refused rather than misread: $name', ({ text, code }) => {
    const { diagnostics, table } = compile([{ path: 'old.yaml', text }], { emit: false, protection: [] })
    expect(diagnostics.filter(({ severity }) => severity === 'error').map(each => each.code)).toEqual([code])
    expect(table).toBeUndefined()
  })

  it('differ in nothing that is not documented, and every documented difference that can be shown is shown', () => {
    const shown = new Set([
      ...suites.flatMap(({ cases }) => cases.flatMap(each => each.differs ?? [])),
      ...rejected.map(each => each.differs),
    ])
    const documented = new Set([...DIFFERENCES.matchAll(/^\| `([a-z0-9-]+)` \|/gm)].map(([, id]) => id ?? ''))
    expect([...shown].filter(id => !documented.has(id))).toEqual([])
    expect([...documented].filter(id => !shown.has(id)).sort()).toEqual(['action-names', 'fail-closed', 'names-and-texts', 'review-asks'])
  })
})
