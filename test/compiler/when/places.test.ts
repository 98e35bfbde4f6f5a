/** What is said of an expression is said at its character, whichever way YAML writes the text. */
import { describe, expect, it } from 'vitest'
import { compile } from '../../../compiler/compile.js'
import type { Diagnostic } from '../../../compiler/diagnostic.js'
import { positionOf } from '../../../compiler/source.js'
import { inStyle, type Style, styles } from '../../support/yaml-styles.js'

const HEAD = 'statements:\n  - sid: A\n    effect: deny\n    when: '

function diagnosticsOf(text: string): readonly Diagnostic[] {
  return compile([{ path: 'p.yaml', text }], { emit: false, protection: [] }).diagnostics
}

/** `code line:column marked` */
function found(text: string): readonly string[] {
  return diagnosticsOf(text).map(({ code, span: { source, start, end } }) => {
    const { line, column } = positionOf(source, start)
    return `${code} ${line}:${column} ${source.text.slice(start, end)}`
  })
}

/** Where a part of the expression stands in the file: its last occurrence, each as it is written in this style. */
function expected(text: string, marks: readonly (readonly [code: string, mark: string])[]): readonly string[] {
  return marks.map(([code, mark]) => {
    const before = text.slice(0, text.lastIndexOf(mark)).split('\n')
    return `${code} ${before.length}:${(before.at(-1)?.length ?? 0) + 1} ${mark}`
  })
}

describe.each<Style>(styles)('in a %s text', style => {
  it('three mistakes are three errors', () => {
    const lines = ['params.a == one and', "params.b startswith 'x'", 'and params.c > 5 && params.d exists']
    const text = HEAD + inStyle(style, lines, '      ')
    expect(found(text)).toEqual(
      expected(text, [
        ['when-operand', 'one'],
        ['unknown-operator', 'startswith'],
        ['when-syntax', '&&'],
      ]),
    )
  })

  it('three mistakes in three tests are three errors', () => {
    const lines = ['params.a starts_with 5 and', 'params.b startswith 2 and', 'params.c in "x"', "or params.d.e matches r'a(b'"]
    const text = HEAD + inStyle(style, lines, '        ')
    expect(found(text)).toEqual(
      expected(text, [
        ['wrong-type', '5'],
        ['unknown-operator', 'startswith'],
        ['wrong-type', style === 'double' ? '\\"x\\"' : '"x"'],
      ]),
    )
  })

  it('an error in a pattern points into the pattern, behind escapes of both languages', () => {
    const lines = ['params.a == 1 and', 'params.b matches "\\u0061\\\\d\'(x" or params.c exists']
    const text = HEAD + inStyle(style, lines, '      ')
    const [{ span } = { span: undefined }] = diagnosticsOf(text)
    expect(span?.source.text.slice(span.start - 1, span.end)).toMatch(/^'\(/)
  })

  it('a regular expression that is raw is marked inside', () => {
    const text = HEAD + inStyle(style, ['params.a', 'matches', 'r"ab*+c" and', 'params.b exists'], '      ')
    expect(found(text)).toEqual(expected(text, [['regex-not-regular', '*+']]))
  })

  it('warnings of conditions are those of expressions', () => {
    const lines = ['param.a == 1', 'and params.b == null and params.c exists "x"', 'or context.d != 12345678901234567890']
    const text = HEAD + inStyle(style, lines, '      ')
    expect(found(text).map(each => each.replace(/ \d+:\d+/, ''))).toEqual([
      'suspicious-field param.a',
      'null-comparison null',
      style === 'double' ? 'ignored-value \\"x\\"' : 'ignored-value "x"',
      expect.stringMatching(/^negative-misses-absent context\.d/),
      'inexact-number 12345678901234567890',
    ])
  })
})

describe('also', () => {
  it('in a statement that has other mistakes, and beside other files', () => {
    const text = 'statements:\n  - effect: dney\n    efect: x\n    when: a and b\n  - effect: deny\n    when: c = 1\n'
    expect(found(text)).toEqual([
      'unknown-effect 2:13 dney',
      'unknown-key 3:5 efect',
      'when-operand 4:11 a',
      'when-operand 4:17 b',
      'unknown-operator 6:13 =',
    ])
  })

  it('through an alias, where the text stands', () => {
    const text = 'statements:\n  - { effect: deny, when: &w "a == b" }\n  - { effect: deny, when: *w }\n'
    expect(found(text)).toEqual(['when-operand 2:36 b', 'when-operand 2:36 b'])
  })

  it('a comment of YAML that cuts an expression off is named', () => {
    const [cut] = diagnosticsOf(`${HEAD}a == 1 and b contains "x #y"\n`)
    expect(cut?.help).toContain('YAML takes ` #`')
    const [open] = diagnosticsOf(`${HEAD}a == 1 and b contains "x\n`)
    expect(open?.help).not.toContain('YAML takes')
  })

  it.each([
    ['5', 'wrong-type'],
    ['true', 'wrong-type'],
    ['[a]', 'wrong-type'],
    ['{ a: 1 }', 'wrong-type'],
    ['', 'wrong-type'],
    ['""', 'empty-value'],
    ['" "', 'when-syntax'],
    ['|\n      # note', 'when-syntax'],
  ])('%j is no expression', (value, code) => {
    expect(diagnosticsOf(`${HEAD}${value}\n`).map(each => each.code)).toEqual([code])
  })
})
