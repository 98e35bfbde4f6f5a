/** What is read back from a table is what the IR says. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compile } from '../../../compiler/compile.js'
import type { Guard, Ir } from '../../../compiler/ir/ir.js'
import { readLiteral } from '../../../compiler/patterns/literal.js'
import { type DecodedTable, decodeTable } from '../../../compiler/table/decode.js'
import type { DecodedFinder } from '../../../compiler/table/decode-finder.js'
import { valueHash } from '../../../runtime/decide/value-index.js'
import { policyFiles } from '../../arbitrary/policies.js'

function compiled(files: readonly string[]): { readonly ir: Ir; readonly table: Uint8Array } {
  const sources = files.map((text, i) => ({ path: `${i}.yaml`, text }))
  const { ir, table, diagnostics } = compile(sources, { protection: [], emit: false })
  if (ir === undefined || table === undefined) throw new Error(diagnostics.map(one => one.message).join('\n'))
  return { ir, table }
}

function expectStatements({ statements }: DecodedTable, ir: Ir): void {
  expect(statements).toEqual(
    ir.statements.map(({ actions, guard, ...statement }) => ({
      ...statement,
      actions: actions.map(action => (action.kind === 'name' ? action : { kind: 'glob', pattern: action.pattern })),
      ...(guard === undefined
        ? {}
        : { guard: { kind: guard.kind, field: { id: expect.any(Number), name: guard.field }, furtherSets: expect.any(Array) } }),
    })),
  )
}

/** Every literal and every value of a guard leads to its statement, and nothing else leads anywhere. */
function expectGuards({ finders, literals, values, statements }: DecodedTable, ir: Ir): void {
  const guards = ir.statements.map(statement => statement.guard)
  guards.forEach((guard, statement) => {
    const decoded = statements[statement]?.guard
    const finder = finders.find(({ field }) => field === guard?.field)
    const [first = [], ...further] = guard?.kind === 'literals' ? guard.sets : []
    for (const literal of first) expect(foundIn(literal, finder).flatMap(number => literals[number] ?? [])).toContain(statement)
    expect(decoded?.furtherSets.length ?? 0).toBe(further.length)
    further.forEach((set, at) => {
      const numbers = decoded?.furtherSets[at] ?? []
      expect(numbers).toHaveLength(set.length)
      set.forEach((literal, place) => expect(foundIn(literal, finder)).toContain(numbers[place]))
    })
    for (const value of valuesOf(guard))
      expect(values.find(({ hash }) => hash === valueHash(decoded?.field.id ?? -1, String(value)))?.statements).toContain(statement)
  })
  for (const found of literals) for (const statement of found) expect(guards[statement]?.kind).toBe('literals')
  expect(values.flatMap(({ statements: found }) => found).filter(statement => guards[statement]?.kind !== 'values')).toEqual([])
}

/** The numbers of the literals that a text holds, as the table finds them. */
function foundIn(literal: string, finder: DecodedFinder | undefined): readonly number[] {
  const { text } = readLiteral(literal)
  if (finder === undefined) return []
  if (finder.kind === 'grams') return finder.grams.flatMap(({ gram, literals }) => (text.includes(gram) ? literals : []))
  const { ends } = finder
  const { cells, firstEnd } = finder.automaton
  const found: number[] = []
  let state = 0
  for (const char of text) {
    state = cells[(cells[char.charCodeAt(0)] ?? 0) + state] ?? 0
    found.push(...(ends[state - firstEnd] ?? []).map(({ literal }) => literal))
  }
  return found
}

function valuesOf(guard: Guard | undefined) {
  return guard?.kind === 'values' ? guard.values : []
}

function expectActions({ actions, globs }: DecodedTable, ir: Ir): void {
  const statementsOf = (uses: readonly { readonly name: string; readonly statements: readonly number[] }[]) =>
    new Map(uses.map(({ name, statements }) => [name, statements]))
  expect(statementsOf(actions ?? [])).toEqual(statementsOf(ir.actionIndex?.names ?? []))
  expect(globs.map(({ pattern, statements }) => ({ pattern, statements }))).toEqual(
    ir.actionIndex?.globs.map(({ pattern, statements }) => ({ pattern, statements })),
  )
}

describe('a table read back', () => {
  it('says what the IR says', () => {
    fc.assert(
      fc.property(policyFiles, files => {
        const { ir, table } = compiled(files)
        const decoded = decodeTable(table)
        expect(decoded).toMatchObject({ defaultEffect: ir.defaultEffect, effectsFull: ir.effectsFull, patternCount: ir.patterns.length })
        expect(decoded.tests).toEqual(ir.tests)
        expectStatements(decoded, ir)
        expectGuards(decoded, ir)
        expectActions(decoded, ir)
      }),
      { numRuns: 100 },
    )
  })

  it('accounts for every byte', () => {
    const { table } = compiled([
      '{ "statements": [{ "effect": "deny", "conditions": { "params.x": "a", "params.y": { "op": "regex", "value": "ab|cd" } } }] }',
    ])
    const { sections } = decodeTable(table)
    const [first] = sections
    expect((first?.offset ?? 0) + sections.reduce((sum, section) => sum + section.size, 0)).toBe(table.length)
    sections.forEach((section, i) => expect(section.offset + section.size).toBe(sections[i + 1]?.offset ?? table.length))
  })
})
