import { describe, expect, it } from 'vitest'
import { PASS_NAMES, optimise } from '../../../compiler/passes/optimise.js'
import { lowerForTest } from '../../support/lower-for-test.js'
import { optimised } from './support/evaluated.js'

const guardOf = (condition: string, passes: readonly ('fold' | 'index-values' | 'index-literals')[]) =>
  optimised([condition], passes).statements[0]?.guard
const byValue = (condition: string) => guardOf(condition, ['index-values'])
const byLiterals = (condition: string) => guardOf(condition, ['index-literals'])

describe('index-values', () => {
  it.each([
    ['==', 'x == "a"', 'x', ['a']],
    ['numbers and booleans', 'x in [5, true, "5"]', 'x', [5, true, '5']],
    ['the fewest values of an and', 'x in ["a", "b"] and y == 5', 'y', [5]],
    ['all values of an or over one field', 'x == "a" or (x in [1, "a"] and y exists)', 'x', ['a', 1]],
  ])('looks up %s', (_, condition, field, values) => {
    expect(byValue(condition)).toEqual({ kind: 'values', field, values })
  })

  it.each([
    ['a negation', 'x != "a"'],
    ['what stands under not', 'not x == "a"'],
    ['alternatives over two fields', 'x == "a" or y == "a"'],
    ['alternatives of which one needs no value', 'x == "a" or x > 5'],
    ['lists and maps', 'x == ["a"] or x == {"a": 1}'],
    ['a list of values with one that is none', 'x in ["a", ["b"]]'],
    ['presence', 'x exists'],
  ])('does not look up %s', (_, condition) => {
    expect(byValue(condition)).toBeUndefined()
  })
})

describe('index-literals', () => {
  it.each([
    ['a pattern, with the edges of a short word', 'x matches r"\\brm\\s"', 'x', ['\ue000rm\ue001']],
    ['a longer word, whose edges tell little', 'x matches r"\\bsudo\\b"', 'x', ['sudo']],
    ['what others hold', 'x matches r"(ba|z)?sh|dash -c"', 'x', ['sh']],
    ['the strongest of an and', 'x matches "ab" and y matches "abcd"', 'y', ['abcd']],
    ['all of an or over one field', 'x contains "ab" or x starts_with "cd"', 'x', ['ab', 'cd']],
    ['equality with a text', 'x == "abc"', 'x', ['abc']],
  ])('looks for %s', (_, condition, field, literals) => {
    expect(byLiterals(condition)).toEqual({ kind: 'literals', field, sets: [literals] })
  })

  it.each([
    ['a negation', 'x not_contains "ab"'],
    ['what stands under not', 'not x contains "ab"'],
    ['a pattern that matches the empty text', 'x matches "a*"'],
    ['literals beyond ASCII', 'x contains "é"'],
    ['paths and hosts, which are brought to a normal form', 'x path "/etc/passwd" and y host "github.com"'],
    ['numbers, which no text need hold', 'x == 5'],
    ['alternatives over two fields', 'x contains "ab" or y contains "ab"'],
  ])('does not look for %s', (_, condition) => {
    expect(byLiterals(condition)).toBeUndefined()
  })

  it('asks one field for everything that an and needs of it', () => {
    expect(byLiterals('x contains "ab" and x contains "cdef" and y contains "gh"')).toEqual({
      kind: 'literals',
      field: 'x',
      sets: [['cdef'], ['ab']],
    })
  })

  it('leaves a statement to its value, unless too many statements share it', () => {
    const condition = (at: number) => `agent == "claude-code" and x contains "word${at}"`
    const kinds = (count: number) =>
      optimised(
        Array.from({ length: count }, (_, at) => condition(at)),
        ['index-values', 'index-literals'],
      ).statements.map(({ guard }) => guard && `${guard.kind} ${guard.field}`)
    expect(new Set(kinds(8))).toEqual(new Set(['values agent']))
    expect(new Set(kinds(9))).toEqual(new Set(['literals x']))
  })

  it('does not trade a value for a literal of the same field', () => {
    const conditions = Array.from({ length: 20 }, (_, at) => `agent == "claude-code" and not x contains "word${at}"`)
    const { statements } = optimised(conditions, ['index-values', 'index-literals'])
    expect(new Set(statements.map(({ guard }) => guard?.kind))).toEqual(new Set(['values']))
  })
})

describe('index-actions', () => {
  const ir = lowerForTest(`
statements:
  - { effect: deny, actions: [a.b, "a.*"] }
  - { effect: deny, actions: ["a.*"], when: x exists and x not_exists }
  - { effect: deny, actions: [c, "[ab].b"] }
`)

  it('lists every statement that covers an action, by glob too, once and in order', () => {
    expect(optimise(ir, ['index-actions']).actionIndex).toEqual({
      names: [
        { name: 'a.b', statements: [0, 1, 2], live: [0, 1, 2] },
        { name: 'c', statements: [2], live: [2] },
      ],
      globs: [
        { glob: 'a.*', pattern: expect.any(Number), statements: [0, 1], live: [0, 1] },
        { glob: '[ab].b', pattern: expect.any(Number), statements: [2], live: [2] },
      ],
    })
  })

  it('decides no statement whose condition is false whatever is asked', () => {
    const { actionIndex, statements } = optimise(ir, PASS_NAMES)
    expect(actionIndex?.names.map(({ live }) => live)).toEqual([[0, 2], [2]])
    expect(statements).toHaveLength(3)
  })
})
