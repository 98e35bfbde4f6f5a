/** What is read back from a table is what the IR says. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compile } from '../../../compiler/compile.js'
import type { Guard, Ir } from '../../../compiler/ir/ir.js'
import { type DecodedTable, decodeTable } from '../../../compiler/table/decode.js'
import { valueHash } from '../../../runtime/decide/value-index.js'
import { policyFiles } from '../../arbitrary/policies.js'

function compiled(files: readonly string[]): { readonly ir: Ir; readonly table: Uint8Array } {
  const sources = files.map((text, i) => ({ path: `${i}.yaml`, text }))
  const { ir, table, diagnostics } = compile(sources, { selfProtection: false, emit: false })
  if (ir === undefined || table === undefined) throw new Error(diagnostics.map(one => one.message).join('\n'))
  return { ir, table }
}

function expectStatements({ statements }: DecodedTable, ir: Ir): void {
  expect(statements).toEqual(
    ir.statements.map(({ actions, guard, ...statement }) => ({
      ...statement,
      actions: actions.map(action => (action.kind === 'name' ? action : { kind: 'glob', pattern: action.pattern })),
      ...(guard === undefined ? {} : { guard: { kind: guard.kind, field: { id: expect.any(Number), name: guard.field } } }),
    })),
  )
}

/** Every literal and every value of a guard leads to its statement, and nothing else leads anywhere. */
function expectGuards({ grams, values, statements }: DecodedTable, ir: Ir): void {
  const guards = ir.statements.map(statement => statement.guard)
  guards.forEach((guard, statement) => {
    const field = statements[statement]?.guard?.field.id ?? -1
    for (const literal of literalsOf(guard))
      expect(grams.some(({ gram, statements: found }) => literal.includes(gram) && found.includes(statement))).toBe(true)
    for (const value of valuesOf(guard))
      expect(values.find(({ hash }) => hash === valueHash(field, value))?.statements).toContain(statement)
  })
  for (const { gram, statements: found } of grams)
    for (const statement of found) expect(literalsOf(guards[statement]).some(literal => literal.includes(gram))).toBe(true)
  expect(values.flatMap(({ statements: found }) => found).filter(statement => guards[statement]?.kind !== 'values')).toEqual([])
}

function literalsOf(guard: Guard | undefined) {
  return guard?.kind === 'literals' ? guard.literals : []
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
