/** `agsec fmt`: one form for every expression, the same meaning, and not another byte changed. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { formatPolicy } from '../../../cli/format/format-policy.js'
import { sameMeaning } from '../../../cli/format/same-meaning.js'
import { compile } from '../../../compiler/compile.js'
import { choices, expressionText } from '../../arbitrary/expressions.js'
import { conditionTree } from '../../arbitrary/policies.js'
import { inStyle, styles } from '../../support/yaml-styles.js'

const RUNS = Number(process.env['AGSEC_FUZZ_RUNS'] ?? 100)

function irOf(text: string) {
  const { ir, diagnostics } = compile([{ path: 'p.yaml', text }], { emit: false, protection: [] })
  if (ir === undefined) throw new Error(`${text}\n${diagnostics.map(({ message }) => message).join('\n')}`)
  return ir
}

/** The one expression of a policy formatted, as YAML writes it. */
function formatted(value: string): string {
  const head = 'statements:\n  - effect: deny\n    when: '
  const text = formatPolicy(`${head}${value}\n`)
  expect(text.startsWith(head)).toBe(true)
  return text.slice(head.length, -1)
}

describe('an expression', () => {
  it.each([
    ['a==1', 'a == 1'],
    ['((a == 1)) and ((b == 2 and (c == 3)))', 'a == 1 and b == 2 and c == 3'],
    ['(a == 1 and b == 2) or (c == 3)', 'a == 1 and b == 2 or c == 3'],
    ['(a == 1 or b == 2) and c == 3', '(a == 1 or b == 2) and c == 3'],
    ['not (a == 1)', 'not a == 1'],
    ['not (a == 1 or (b == 2))', 'not (a == 1 or b == 2)'],
    ['not (not (a exists))', 'not not a exists'],
    ["a == 'x'", 'a == "x"'],
    ["a == 'x\"y'", "a == 'x\"y'"],
    ['a == "x\'y"', 'a == "x\'y"'],
    ['a == "\\u0041\\/\\n"', 'a == "A/\\n"'],
    ['a matches "\\\\d"', 'a matches r"\\d"'],
    ['a matches r"\\d" and b == r"x"', 'a matches r"\\d" and b == "x"'],
    ['a not_in [1,"x",] or b   not   in [ ]', 'a not in [1, "x"] or b not in []'],
    ['params."x y"."z" exists', 'params."x y".z exists'],
    ['a matches   es r"x"', 'a matches es "x"'],
    ['a > -1.50e3 and b eq true', 'a > -1.50e3 and b eq true'],
    ['a == "x: y"', '\'a == "x: y"\''],
    ['a == "\\"\'\\u200b\\u{1f600}"', 'a == "\\"\'\\u200b😀"'],
  ])('%s becomes %s', (text, expected) => {
    for (const style of styles.filter(each => each !== 'plain')) expect(formatted(inStyle(style, [text], '      '))).toBe(expected)
  })

  it('that is long takes a block', () => {
    const long = (name: string) => `params.${name.repeat(20)} == "${name.repeat(20)}"`
    expect(formatted(`(${long('a')} or ${long('b')}) and not (${long('c')} and (${long('d')} or ${long('e')})) or ${long('f')}`)).toBe(
      `|
      (
          ${long('a')}
          or ${long('b')}
        )
        and not (
          ${long('c')}
          and (
            ${long('d')}
            or ${long('e')}
          )
        )
      or ${long('f')}`,
    )
  })

  it('that is long for its list puts as many on a line as fit', () => {
    const items = Array.from({ length: 40 }, (_, at) => `"item${at}"`)
    const lines = formatted(`a in [${items.join(',')}]`).split('\n')
    expect(lines[0]).toBe('|')
    expect(lines[1]).toBe('      a in [')
    expect(lines.at(-1)).toBe('      ]')
    expect(lines.every(line => line.length <= 100)).toBe(true)
    expect(lines.length).toBeLessThan(10)
  })
})

describe('a file', () => {
  it('keeps comments, anchors, line ends and everything else', () => {
    const before = `\ufeff# head: when: a==1
statements:
  - sid: A   # when: x
    effect: deny
    when: >-  # why
      a==1

    # keep
    reason: 'when: b==2'
  - {sid: B, effect: deny, "when":"b==2 and c=='x'" } # flow
  -   when: &x   'c==3'   # trailing
      effect: deny
  - effect: deny
    when: *x
  - effect: deny
    when:
      d==4   and
      e==5   # below

  - { effect: deny, when: f==6 }
  - ? when
    : g==7
    ? effect
    : deny
  - "when":   # here
      'h==8'
    effect: deny`
    const after = `\ufeff# head: when: a==1
statements:
  - sid: A   # when: x
    effect: deny
    when: a == 1  # why

    # keep
    reason: 'when: b==2'
  - {sid: B, effect: deny, "when":"b == 2 and c == \\"x\\"" } # flow
  -   when: &x   c == 3   # trailing
      effect: deny
  - effect: deny
    when: *x
  - effect: deny
    when: d == 4 and e == 5   # below

  - { effect: deny, when: f == 6 }
  - ? when
    : g == 7
    ? effect
    : deny
  - "when":   # here
      h == 8
    effect: deny`
    expect(formatPolicy(before)).toBe(after)
    expect(formatPolicy(before.replaceAll('\n', '\r\n'))).toBe(after.replaceAll('\n', '\r\n'))
  })

  it('moves the comment behind a value that takes a block', () => {
    const [a, b] = [`a == "${'x'.repeat(60)}"`, `b == "${'y'.repeat(60)}"`]
    const before = `statements:\n  - effect: deny\n    when: ${a} and ${b}   # why\n    sid: A`
    const after = `statements:\n  - effect: deny\n    when: |   # why\n      ${a}\n      and ${b}\n    sid: A`
    expect(formatPolicy(before)).toBe(after)
    expect(formatPolicy(after)).toBe(after)
    expect(formatPolicy(before.replaceAll('\n', '\r\n'))).toBe(after.replaceAll('\n', '\r\n'))
  })

  it('without expressions stays as it is', () => {
    for (const text of ['', '# x\n', 'statements:\n', 'statements: []\n', 'a: [', 'default: deny\n']) expect(formatPolicy(text)).toBe(text)
  })

  it('of any expressions in any style means the same, and is in form from then on', () => {
    const value = fc.record({ tree: conditionTree, choose: choices, style: fc.constantFrom(...styles), place: fc.nat({ max: 3 }) })
    let compared = 0
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 3 }), fc.boolean(), (values, crlf) => {
        const lines = values.map(({ tree, choose, style, place }) => {
          const written = inStyle(style, expressionText(tree, choose()).split('\n'), '        ')
          if (place === 0) return `  - { effect: deny, when: ${JSON.stringify(expressionText(tree, choose()))}, reason: "#" } # c\n`
          const comment = place === 1 && style !== 'folded' && style !== 'literal' ? ' # c' : ''
          return `  - effect: deny\n    when:${place === 2 ? '\n        ' : ' '}${written}${comment}\n\n    # c\n    reason: "x: #"\n`
        })
        const text = `# c\nstatements:\n${lines.join('')}`.replaceAll('\n', crlf ? '\r\n' : '\n')
        // Not every expression is a plain text of YAML.
        if (compile([{ path: 'p.yaml', text }], { emit: false, protection: [] }).ir === undefined) return fc.pre(false)
        const after = formatPolicy(text)
        expect(sameMeaning(irOf(text), irOf(after))).toBe(true)
        expect(formatPolicy(after)).toBe(after)
        expect(withoutWhen(after)).toEqual(withoutWhen(text))
        expect(after.split('# c').length).toBe(text.split('# c').length)
        expect((after.match(/\r?\n/g) ?? []).every(end => end === (crlf ? '\r\n' : '\n'))).toBe(true)
        compared++
      }),
      { numRuns: RUNS },
    )
    expect(compared).toBe(RUNS)
  })
})

function withoutWhen(text: string): unknown {
  return parse(text, (key, value) => (key === 'when' ? undefined : value))
}
