import { describe, expect, it } from 'vitest'
import type { Word } from '../../../../runtime/shell/syntax/ast.js'
import { expandBraces } from '../../../../runtime/shell/syntax/braces.js'
import { parseScript } from '../../../../runtime/shell/syntax/parse.js'
import { outlineWord } from '../../../support/shell-outline.js'

function wordOf(text: string): Word {
  const command = parseScript(text).units[0]?.items[0]?.command
  const word = command?.kind === 'simple' ? command.words[0] : undefined
  if (word === undefined) throw new Error(`no word: ${text}`)
  return word
}

function expanded(text: string): string | undefined {
  return expandBraces(wordOf(text))?.map(outlineWord).join(' ')
}

describe('brace expansion', () => {
  it.each([
    ['{a,b}', 'a b'],
    ['x{a,b}y{c,d}', 'xayc xayd xbyc xbyd'],
    ['{{a,b},{c,d}e}', 'a b ce de'],
    ['a{b,c{d,e}f}g', 'abg acdfg acefg'],
    ['file.{js,{c,h}pp}', 'file.js file.cpp file.hpp'],
    ['x{,a}', 'x xa'],
    ['{a,}b', 'ab b'],
    ['{1..5}', '1 2 3 4 5'],
    ['{5..1..2}', '5 3 1'],
    ['{1..10..-4}', '1 5 9'],
    ['{08..10}', '08 09 10'],
    ['{-01..1}', '-01 000 001'],
    ['{a..e..2}', 'a c e'],
    ['{y..{a,b}}', '{y..a} {y..b}'],
    ['{{1..3},x}', '1 2 3 x'],
    ['{$x,"b c"}d', '${x}d ‹b c›d'],
    ['"{a,b}"{c,d}', '‹{a,b}›c ‹{a,b}›d'],
  ])('%s becomes %s', (text, words) => {
    expect(expanded(text)).toBe(words)
  })

  it.each(['a', '{}', '{a}', '{a,b', 'a,b}', '{a..b..}', '{1..a}', '{1..$x}', '{a..', 'x{a..bb}'])('leaves %s as it is', text => {
    expect(expanded(text)).toBe(outlineWord(wordOf(text)))
  })

  it.each([
    ['\\{a,b}', '‹{›a,b}'],
    ['{a\\,b}', '{a‹,›b}'],
    ['{a{b,c}', '{ab {ac'],
    ['{a,b}}', 'a} b}'],
    ['}{a,b', '}{a,b'],
    ['{a,{b,c}', '{a,b {a,c'],
    ['a{b}c{d,e}', 'a{b}cd a{b}ce'],
  ])('reads the signs of %s as text where they are no brace', (text, words) => {
    expect(expanded(text)).toBe(words)
  })

  it('makes no word of an empty alternative', () => {
    expect(expandBraces(wordOf('{,}'))).toEqual([])
  })

  it.each([
    '{1..2000}',
    '{1..40}{1..40}',
    '{1..99999999999}',
    '{a,'.repeat(3000) + '}'.repeat(3000),
    '{a,b}'.repeat(200_000),
    '{'.repeat(200_000),
  ])('says where there are too many', text => {
    expect(expandBraces(wordOf(text))).toBeUndefined()
  })
})
