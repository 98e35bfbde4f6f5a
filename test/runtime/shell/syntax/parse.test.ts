import { describe, expect, it } from 'vitest'
import { parseScript } from '../../../../runtime/shell/syntax/parse.js'

function words(text: string): readonly string[] {
  const [command] = parseScript(text).units.flatMap(unit => unit.items.map(item => item.command))
  return command?.kind === 'simple'
    ? command.words.map(word => word.parts.map(part => (part.kind === 'text' ? part.text : '·')).join(''))
    : []
}

describe('simple commands', () => {
  it('splits words at blanks outside quotes', () => {
    expect(words(`git commit -m 'a b' "c $d" e\\ f`)).toEqual(['git', 'commit', '-m', 'a b', 'c ·', 'e f'])
  })

  it('keeps the lines before a syntax error', () => {
    const script = parseScript('touch a\ntouch b; )')
    expect(script.units).toHaveLength(1)
    expect(script.error?.kind).toBe('error')
  })
})
