/** Expressions a little broken: each parses or has an error in its text, at once, and nothing throws. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parsePolicy } from '../../../compiler/parse/parse-policy.js'
import { choices, expressionText } from '../../arbitrary/expressions.js'
import { conditionTree } from '../../arbitrary/policies.js'
import { inStyle, styles } from '../../support/yaml-styles.js'

const RUNS = Number(process.env['AGSEC_FUZZ_RUNS'] ?? 1000)
/** For one expression of a few lines; a hundred times what it takes. */
const SLOW_MS = 1000

const WORDS = [
  'and',
  'or',
  'not',
  'in',
  'exists',
  'x',
  '==',
  '!',
  '&&',
  '=',
  '(',
  ')',
  '[',
  ']',
  '{',
  '}',
  ',',
  ':',
  '"',
  "'",
  'r"',
  '\\',
  '${',
  '#',
  '.',
  '5',
  '-',
  '\n',
  '\0',
  '😀',
  '\ud800',
  '“',
  'es',
  'null',
  'params.',
  '"a"',
  ';',
  '|',
  '~',
]
const TOKEN = /\s+|[\w.]+|"[^"\n]*"|'[^'\n]*'|./gu

type Change = (parts: string[], at: number, word: string) => void
const changes: Readonly<Record<string, Change>> = {
  delete: (parts, at) => void parts.splice(at, 1),
  insert: (parts, at, word) => void parts.splice(at, 0, word),
  replace: (parts, at, word) => void parts.splice(at, 1, word),
  swap: (parts, at) => void parts.splice(at, 2, parts[at + 1] ?? '', parts[at] ?? ''),
  repeat: (parts, at) => void parts.splice(at, 0, ...parts.slice(at, at + 3)),
  cut: (parts, at) => void parts.splice(at),
}

const edit = fc.record({
  byCharacter: fc.boolean(),
  change: fc.constantFrom(...Object.values(changes)),
  at: fc.nat(),
  word: fc.constantFrom(...WORDS),
})

const broken = fc.tuple(conditionTree, choices, fc.array(edit, { minLength: 1, maxLength: 3 })).map(([tree, choose, edits]) =>
  edits.reduce(
    (text, { byCharacter, change, at, word }) => {
      const parts = byCharacter ? [...text] : (text.match(TOKEN) ?? [])
      change(parts, parts.length === 0 ? 0 : at % parts.length, word)
      return parts.join('')
    },
    expressionText(tree, choose()),
  ),
)

describe('a broken expression', () => {
  it('parses, or has an error in its text', () => {
    const outcomes = { parsed: 0, failed: 0 }
    fc.assert(
      fc.property(broken, text => {
        const [head, value] = ['statements: [{ effect: deny, when: ', JSON.stringify(text)]
        const started = performance.now()
        const { policy, diagnostics } = parsePolicy([{ path: 'p.yaml', text: `${head}${value} }]` }])
        expect(performance.now() - started).toBeLessThan(SLOW_MS)
        const errors = diagnostics.filter(({ severity }) => severity === 'error')
        expect(errors.length > 0).toBe(policy === undefined)
        for (const { span } of diagnostics) {
          expect(span.start).toBeGreaterThanOrEqual(head.length)
          expect(span.end).toBeGreaterThanOrEqual(span.start)
          expect(span.end).toBeLessThanOrEqual(head.length + value.length)
        }
        outcomes[policy === undefined ? 'failed' : 'parsed']++
      }),
      { numRuns: RUNS },
    )
    expect(outcomes.failed).toBeGreaterThan(RUNS / 2)
    expect(outcomes.parsed).toBeGreaterThan(RUNS / 50)
  })

  it('never throws and stays in its file, whatever the style of the text', () => {
    fc.assert(
      fc.property(broken, fc.constantFrom(...styles), (expression, style) => {
        const text = `statements:\n  - effect: deny\n    when: ${inStyle(style, expression.split('\n'), '      ')}\n`
        const { policy, diagnostics } = parsePolicy([{ path: 'p.yaml', text }])
        if (policy === undefined) expect(diagnostics.length).toBeGreaterThan(0)
        for (const { span } of diagnostics) {
          expect(span.end).toBeGreaterThanOrEqual(span.start)
          expect(span.end).toBeLessThanOrEqual(text.length)
        }
      }),
      { numRuns: RUNS },
    )
  })
})

describe('a hostile expression', () => {
  it.each<[string, (length: number) => string]>([
    ['closing brackets', n => ')'.repeat(n)],
    ['fields alone', n => 'a and '.repeat(n / 6)],
    ['empty texts', n => '""'.repeat(n / 2)],
    ['open quotes', n => "a == '".repeat(n / 6)],
    ['raw quotes', n => 'r"'.repeat(n / 2)],
    ['variables that never end', n => '${'.repeat(n / 2)],
    ['quotes of another alphabet', n => '“'.repeat(n)],
    ['bad escapes', n => `a == "${'\\q'.repeat(n / 2 - 4)}"`],
    ['a long field', n => `a${'."x"'.repeat(n / 4 - 3)} exists`],
    ['a long list of words', n => `a in [${'x '.repeat(n / 2 - 5)}]`],
    ['a map of one key', n => `a == {${'"k":1,'.repeat(n / 6 - 2)}}`],
    ['commas', n => ', '.repeat(n / 2)],
    ['signs', n => '= '.repeat(n / 2)],
    ['comments', n => '# \n'.repeat(n / 3)],
    ['comparisons without a word between', n => 'a == 1 '.repeat(n / 7)],
    ['tests', n => `${'a == 1 and '.repeat(n / 11 - 1)}a == 1`],
  ])('of %s takes time in proportion to its length', (_, hostile) => {
    const least = (length: number) => Math.min(...Array.from({ length: 4 }, () => cpuTimeMs(hostile(length))))
    least(1000)
    // Eight times as long: a quadratic reader would take sixty-four times as long.
    expect(least(32_000)).toBeLessThan(32 * Math.max(least(4000), 6))
  })
})

/** Other processes of the machine do not count. */
function cpuTimeMs(expression: string): number {
  const text = JSON.stringify({ statements: [{ effect: 'deny', when: expression }] })
  const before = process.cpuUsage()
  parsePolicy([{ path: 'p.yaml', text }])
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}
