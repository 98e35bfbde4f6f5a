import { describe, expect, it } from 'vitest'
import { loadChevrotain } from '../../../compiler/when/chevrotain.js'
import type { Expression, Literal } from '../../../compiler/when/expression.js'
import { parseExpression } from '../../../compiler/when/parse-expression.js'
import { createParser } from '../../../compiler/when/parser.js'
import { createTokens } from '../../../compiler/when/tokens.js'

/** The tree with every pair of parentheses written. */
function tree(expression: Expression | undefined): string {
  switch (expression?.kind) {
    case 'and':
    case 'or':
      return `(${expression.of.map(tree).join(` ${expression.kind} `)})`
    case 'not':
      return `(not ${tree(expression.of)})`
    case 'comparison': {
      const { field, operator, dialect, value } = expression
      return [field.name, operator.text, dialect?.text, value === undefined ? undefined : JSON.stringify(plain(value))]
        .filter(part => part !== undefined)
        .join(' ')
    }
    case 'missing':
    case undefined:
      return '?'
  }
}

function plain(literal: Literal): unknown {
  switch (literal.kind) {
    case 'list':
      return literal.items.map(plain)
    case 'map':
      return Object.fromEntries(literal.entries.map(({ key, value }) => [key.value, plain(value)]))
    case 'text':
    case 'number':
    case 'plain':
      return literal.value
  }
}

const parsed = (text: string) => {
  const { expression, problems } = parseExpression(text)
  expect(problems).toEqual([])
  return tree(expression)
}
/** What is marked, and what is said of it. */
const problems = (text: string) =>
  parseExpression(text).problems.map(({ start, end, message, help }) => `${text.slice(start, end)} | ${message} | ${help ?? ''}`)

describe('the grammar', () => {
  it('has no ambiguity', () => {
    const chevrotain = loadChevrotain()
    expect(() => createParser(chevrotain, createTokens(chevrotain), true)).not.toThrow()
  })

  it.each([
    ['a == 1 or b == 2 and c == 3', '(a == 1 or (b == 2 and c == 3))'],
    ['(a == 1 or b == 2) and c == 3', '((a == 1 or b == 2) and c == 3)'],
    ['not a == 1 and b == 2', '((not a == 1) and b == 2)'],
    ['not (a == 1 and b == 2)', '(not (a == 1 and b == 2))'],
    ['not not a exists', '(not (not a exists))'],
    ['a==1 and(b==2)or(((c exists)))', '((a == 1 and b == 2) or c exists)'],
    ['a == 1\n  and\tb == 2\r\n', '(a == 1 and b == 2)'],
  ])('binds %s', (text, expected) => {
    expect(parsed(text)).toBe(expected)
  })

  it.each([
    ['x > -5', 'x > -5'],
    ['x>-1.5e3', 'x > -1500'],
    ['x <= 0.25', 'x <= 0.25'],
    ['x in ["a", \'b\', 1, true, null,]', 'x in ["a","b",1,true,null]'],
    ['x == []', 'x == []'],
    ['x == {}', 'x == {}'],
    ['x == {"a": [1, {"b": false}], \'c\': "d",}', 'x == {"a":[1,{"b":false}],"c":"d"}'],
    ['x == "q\\"\\\'\\\\\\/\\n\\r\\t\\u00e9\\u{1f600}"', `x == ${JSON.stringify('q"\'\\/\n\r\té😀')}`],
    ['x matches r"\\d+\\"', 'x matches "\\\\d+\\\\"'],
    ["x regex es r'\"$'", 'x regex es "\\"$"'],
    ['x not in [1]', 'x not_in [1]'],
    ['x not_in [1]', 'x not_in [1]'],
    ['x exists and y not_exists', '(x exists and y not_exists)'],
    ['x == "and # or"', 'x == "and # or"'],
  ])('reads %s', (text, expected) => {
    expect(parsed(text)).toBe(expected)
  })

  it.each([
    ['path path "/etc"', 'path path "/etc"'],
    ['in in [1]', 'in in [1]'],
    ['exists exists', 'exists exists'],
    ['host == "x" and contains contains "y"', '(host == "x" and contains contains "y")'],
    ['matches matches es "x" and regex exists', '(matches matches es "x" and regex exists)'],
    ['params.and == 1 or params.not.true exists', '(params.and == 1 or params.not.true exists)'],
    ['android == 1 and nothing == 2 and trueish exists', '(android == 1 and nothing == 2 and trueish exists)'],
    ['params.items.0.price > 1', 'params.items.0.price > 1'],
    ['params."odd key".0 exists', 'params.odd key.0 exists'],
    ["params.'it\\'s' exists", "params.it's exists"],
    ['params.user-agent == "x"', 'params.user-agent == "x"'],
    ['параметр.ключ == 1', 'параметр.ключ == 1'],
    ['_a.$b exists', '_a.$b exists'],
    ['__proto__ exists', '__proto__ exists'],
  ])('knows the field of %s', (text, expected) => {
    expect(parsed(text)).toBe(expected)
  })
})

describe('a mistake', () => {
  it.each([
    ['', ' | the expression is empty | '],
    ['  ', '   | the expression is empty | '],
    ['a', 'a | the field `a` alone is no condition | write `a == true`, or `a exists` to ask whether it is there'],
    ['true', 'true | a value alone is no condition | a condition is a field, an operator and a value, as in `params.amount > 100`'],
    [
      'a == b',
      'b | expected a value, found the word `b` | text stands in quotes: `"b"`; a field can be compared with a value only, not with another field',
    ],
    ['"x" == a', '"x" == | the field stands before its operator, the value behind it | write the field first, as in `params.amount > 100`'],
    ['5 > 3', '5 > | expected a field, found a value | write the field first, as in `params.amount > 100`'],
    ['== 5', '== | there is no field before `==` | '],
    [
      'in [5]',
      'in | there is no field before `in` | an operator stands behind its field, as in `params.amount > 100` or `params.note exists`',
    ],
    ['a == 1 and', 'and | expected a condition after `and` | '],
    ['or a == 1', 'or | expected a condition before `or` | '],
    ['a == 1 and or b == 2', 'or | expected a condition before `or` | '],
    ['not', 'not | expected a condition after `not` | '],
    ['()', '( | there is no condition in these parentheses | '],
    ['a == 1 b == 2', 'b | expected `and` or `or` before `b` | '],
    ['a exists b exists', 'b | expected `and` or `or` before `b` | '],
    ['a == 1 && b == 2', '&& | `&&` does not join conditions | write `and`'],
    ['a == 1 || b == 2', '|| | `||` does not join conditions | write `or`'],
    ['a == 1 AND b == 2', 'AND | `AND` does not join conditions | write `and`'],
    ['a == 1, b == 2', ', | `,` does not join conditions | join conditions with `and` or `or`'],
    ['!a exists', '! | `!` is no word of expressions | write `not`'],
    ['Not a exists', 'Not | `Not` is no word of expressions | write `not`'],
    ['a == True', 'True | `True` is no value | write `true`'],
    ['1 < a < 5', '1 < | the field stands before its operator, the value behind it | write the field first, as in `params.amount > 100`'],
    [
      'a > 1 < 5',
      '< | a second operator `<` follows the comparison | join two comparisons with `and`, as in `params.amount > 1 and params.amount < 5`',
    ],
    ['(a == 1', '( | this `(` is never closed | '],
    ['a == 1)', ') | nothing opens this `)` | '],
    ['a in [1)', ') | `)` does not close `[` | '],
    ['(a in [1) and b exists', '[ | this `[` is never closed | '],
    ['a 5', '5 | expected an operator between `a` and this value | '],
    [
      'a in (1, 2)',
      '(1, 2) | expected a value, found parentheses | a list stands in brackets, as in `["a", "b"]`; other values stand alone',
    ],
    ['a in [1 2]', '2 | expected `,` or `]`, found another value | '],
    ['a in [1,,2]', ', | expected a value, found `,` | '],
    ['a in [x]', 'x | expected a value, found `x` | text stands in quotes: `"x"`'],
    ['a == {x: 1}', 'x | expected a key in quotes, found `x` | text stands in quotes: `"x"`'],
    ['a == {"x" 1}', '1 | expected `:` and a value, found another value | '],
    ['a == {"x"}', '"x" | expected a value for this key | '],
    ['a == {"x": 1, "x": 2}', '"x" | the key `x` is written twice | '],
    ['a == "x', '"x | the quote `"` is never closed on its line | a line break in a text is written `\\n`'],
    ['a == "\\q"', '\\q | unknown escape `\\q` in quotes | write `\\\\` for a backslash, or a raw text: `r"…"`'],
    ['a == 010', '010 | `010` is no number | write `"010"` for the text; numbers are written as `5`, `-1.5` or `1e6`'],
    ['a == 10MB', '10MB | `10MB` is no number | write `"10MB"` for the text; numbers are written as `5`, `-1.5` or `1e6`'],
    ['a == “x”', '“x” | `“` is no quote of expressions | write `"` or `\'`'],
    ['a == ${x}', '${x} | `${x}` stands outside of quotes | write `"${x}"`'],
    [
      'a == 1 # note',
      '# note | a comment cannot stand in an expression | write it above the key `when`: in a folded block it would take the rest of the expression with it',
    ],
    ['a == 1 @', '@ | `@` has no meaning here | text stands in quotes'],
    ['params..x == 1', '.. | a name is missing between or after its dots | write names with one dot between them, as `params.command`'],
    ['params. == 1', '. | a name is missing between or after its dots | write names with one dot between them, as `params.command`'],
    ['params."a.b" == 1', '"a.b" | a name with a dot in it cannot be addressed | '],
  ])('%s is told once, at its place', (text, expected) => {
    expect(problems(text)).toEqual([expected])
  })

  it('hides no other', () => {
    expect(problems('a and (b == c or d in [x, "y" "z"] && !e == "\\q") or').map(each => each.split(' | ')[0])).toEqual([
      'a',
      'c',
      'x',
      '&&',
      '!',
      '\\q',
      'or',
    ])
  })
})

describe('too much', () => {
  it.each([
    ['a megabyte of brackets', '('.repeat(1_000_000)],
    ['many brackets', '('.repeat(30_000)],
    ['many brackets of both kinds', '[('.repeat(15_000)],
    ['a hundred thousand `and`', `${'a == 1 and '.repeat(100_000)}a == 1`],
    ['many `not`', `${'not '.repeat(8_000)}a exists`],
    ['many `not` and brackets', `${'not ('.repeat(60)}a exists${')'.repeat(60)}`],
  ])('%s is an error of its own', (_, text) => {
    const { problems } = parseExpression(text)
    expect(problems.map(({ code }) => code)).toEqual(['when-limit'])
  })

  it('is not reached by what people write', () => {
    expect(parsed(`${'not ('.repeat(32)}a exists${')'.repeat(32)}`)).toContain('exists')
    expect(parsed(`${'a == 1 and '.repeat(2000)}a == 1`)).toContain('and')
    expect(parsed(`a in [${'"abcdef", '.repeat(3000)}]`)).toContain('abcdef')
  })
})
