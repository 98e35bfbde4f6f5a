/** Expressions as conditions of a policy: dialects, warnings, and what is not said twice. */
import { describe, expect, it } from 'vitest'
import type { Condition } from '../../../compiler/ast.js'
import { parsePolicy } from '../../../compiler/parse/parse-policy.js'

function parsed(when: string, file = '') {
  const text = `${file}statements:\n  - effect: deny\n    when: |\n      ${when}\n`
  return parsePolicy([{ path: 'p.yaml', text }])
}

/** The dialect of each test, in order. */
function dialects(condition: Condition | undefined): readonly (string | undefined)[] {
  switch (condition?.kind) {
    case 'all':
    case 'any':
      return condition.of.flatMap(dialects)
    case 'not':
      return dialects(condition.of)
    case 'test':
      return [condition.dialect]
    case undefined:
      return []
  }
}

describe('the dialect of a pattern', () => {
  it.each([
    ['', 'python'],
    ['dialect: es\n', 'es'],
  ])('is its own, or that of the file (%j)', (file, ofFile) => {
    const { policy } = parsed('a matches es "x" or a regex python r"x" or not a not_regex "x" or a == "x"', file)
    expect(dialects(policy?.statements[0]?.condition)).toEqual(['es', 'python', ofFile, undefined])
  })

  it('is one of two, and of patterns alone', () => {
    const codes = (when: string) => parsed(when).diagnostics.map(({ code, message }) => `${code}: ${message}`)
    expect(codes('a matches ess "x"')).toEqual(['unknown-value: unknown value `ess` of `dialect`, expected `python` or `es`'])
    expect(codes('a glob es "x"')[0]).toBe('when-operand: expected a value, found the word `es`')
  })
})

describe('an expression with errors', () => {
  it.each([
    ['a starts_with 010', ['when-syntax']],
    ['a in "x', ['when-syntax']],
    ['param.x == “y”', ['when-syntax']],
    ['a starts_with 5 and b == 010', ['wrong-type', 'when-syntax']],
  ])('says of %s one thing for each mistake', (when, codes) => {
    expect(parsed(when).diagnostics.map(({ code }) => code)).toEqual(codes)
  })
})
