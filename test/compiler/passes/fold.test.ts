import { describe, expect, it } from 'vitest'
import { formulaText } from '../../../compiler/ir/formula-text.js'
import type { PassName } from '../../../compiler/passes/pass.js'
import { evaluated, optimised } from './support/evaluated.js'

const fold = (condition: string) => evaluated(condition, ['dedupe', 'fold'])

/** `x` may be unknown, `n` and the presence of a field never are. */
const [X, Y, Z, N] = ['x == "a"', 'y > "b"', 'z path "c"', 'n == 5'] as const
const [x, y, z, n] = [X, Y, Z, N].map(fold)

describe('fold', () => {
  it.each([
    ['nesting', `${X} and (${Y} and (${Z} and ${N}))`, `(${x} and ${y} and ${z} and ${n})`],
    ['nesting of or', `(${X} or ${Y}) or (${Z} or ${N})`, `(${x} or ${y} or ${z} or ${n})`],
    ['duplicates', `${X} and ${Y} and ${X}`, `(${x} and ${y})`],
    ['duplicates in another order', `(${X} and ${Y}) or (${Y} and ${X})`, `(${x} and ${y})`],
    ['single children', `${X} and ${X}`, x],
    ['double negation', `not not ${X}`, x],
    ['negation four times', `not not not not ${X}`, x],
    ['absorption by and', `${X} and (${X} or ${Y})`, x],
    ['absorption by or', `${X} or (${X} and ${Y})`, x],
    ['absorption of a wider choice', `(${X} or ${Y}) and (${Z} or ${Y} or ${X})`, `(${x} or ${y})`],
    ['absorption of a narrower case', `(${X} and ${Y}) or (${X} and ${Y} and ${Z})`, `(${x} and ${y})`],
    ['presence that a test implies', `x exists and ${X}`, x],
    ['presence that is enough', `x exists or ${X}`, 'x exists'],
    ['presence that a negated test implies', 'x exists and x != "a"', 'not x equals "a"'],
    ['a field that is there or not', 'x exists or x not_exists', 'true'],
    ['a field that is there and not', 'x exists and x not_exists', 'false'],
    ['a number that is one and is not', `${N} and not ${N}`, 'false'],
    ['what follows from false', `${X} and (${N} and not ${N})`, 'false'],
    ['what follows from true', `${X} or (${N} or not ${N})`, 'true'],
    ['what is neither true nor false for sure', `not (${X} or (${N} or not ${N}))`, 'false'],
    ['a value that nothing has', 'x == null', 'false'],
    ['a value that nothing has, beside others', `x == null or ${Y}`, y],
  ])('folds %s', (_, condition, expected) => {
    expect(fold(condition)).toBe(expected)
  })

  it.each([
    ['the excluded middle of a text, which may be known in part', `${X} or not ${X}`],
    ['the contradiction of a text, which may be known in part', `${X} and not ${X}`],
    ['the excluded middle of an order, which is unknown of a wrong type', `${Y} or not ${Y}`],
    ['the excluded middle of a formula of which one part may be unknown', `(${X} and ${N}) or not (${X} and ${N})`],
    ['two texts that one field cannot both be', 'x == "a" and x == "b"'],
    ['a negated test beside its positive form, both false where the field is missing', 'n == 5 or n != 5'],
    ['presence of another field', `y exists and ${X}`],
    ['presence beside a negation, which holds of what is missing', `x exists and not ${X}`],
    ['presence of a field around the one that is tested', 'x exists and x.deep == "a"'],
    ['inequality with nothing, which asks for presence', 'x != null'],
    ['a text beside the number that reads alike', 'x == "5" and x == 5'],
  ])('keeps %s', (_, condition) => {
    expect(fold(condition)).toBe(evaluated(condition, ['dedupe']))
  })

  it('keeps the condition as written', () => {
    const condition = `not not (${X} and (${X} or ${Y}))`
    const before = evaluatedAndWritten(condition, ['dedupe'])
    expect(evaluatedAndWritten(condition, ['dedupe', 'fold'])).toEqual({ ...before, evaluated: x })
  })
})

function evaluatedAndWritten(condition: string, passes: readonly PassName[]) {
  const [statement] = optimised([condition], passes).statements
  return { written: statement && formulaText(statement.written), evaluated: evaluated(condition, passes) }
}
