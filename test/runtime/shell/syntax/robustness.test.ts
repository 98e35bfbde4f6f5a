/** Bad input: a parser of what anybody writes must end, in a time that grows with the text alone. */
import { describe, expect, it } from 'vitest'
import { parseScript } from '../../../../runtime/shell/syntax/parse.js'

const LENGTH = 1 << 18

/** Repeated over and over they nest, never close, or must be looked at again and again by a parser that looks ahead. */
const REPEATED = [
  ...['(', '((', '$(', '$((', '$( (', '<(', '>(', '@(', '!(', 'a=(', 'declare a=(', 'a[', 'a[b ', '${', '${a:-', '"${a:-', '${a[', '$['],
  ...['"', "'", '\\', '`', '\\`', '`\\`', '"`', '"`\\"', '"$(', '"$((', "$'", '$"', '{', '{ ', '[[', '[[ ', '[[ ( ', '[[ ! ', '[[ a && '],
  ...[
    '<<a\n',
    '<<a ',
    '<<-a\n\t',
    '<<`',
    '<<$(',
    '<<<',
    '<<E\n\\\n',
    '$(cat <<E\n',
    '$(cat <<E)\n',
    'cat <<a\n$(\na\n',
    "cat <<a\n${x:-'\na\n",
  ],
  ...[
    'if ',
    'while ',
    'case x in ',
    'case x in a) ',
    'for a in b; do ',
    'for ((;;)) do ',
    'f()',
    'f() { ',
    'function f ',
    'coproc ',
    '! ',
    'time ',
  ],
  ...[
    '|',
    '&',
    '&&',
    ';',
    '; ',
    ';;',
    'a|',
    'a &&',
    'a |& ',
    'a\n',
    '\n',
    '#',
    '\\\n',
    ' ',
    '}',
    '} ',
    '((a) ',
    '$((a) ',
    '"$((" ',
    "((#'\n",
  ],
  ...[
    'a=b ',
    '1>',
    '{a}>',
    '> ',
    '$',
    '\u00a0',
    '\r',
    '\ud800',
    'a\0',
    '"${x:-\'',
    '${x/',
    '${!',
    '${#',
    '${ ',
    '${| ',
    '((a))',
    '{ a; }',
    '`a`',
  ],
]

describe('text without end', () => {
  it.each(REPEATED)('of %j is read in linear time', piece => {
    const started = performance.now()
    const script = parseScript(piece.repeat(LENGTH / piece.length))
    const elapsedMs = performance.now() - started
    expect(script.end).toBeLessThanOrEqual(LENGTH)
    // A machine under load needs many times what it needs alone, some 20 ms; a quadratic reader needs minutes.
    expect(elapsedMs).toBeLessThan(10_000)
  })

  it.each(REPEATED)('of %j is read in whole however often it repeats', piece => {
    for (let times = 1; times < 300; times += times < 4 ? 1 : 73) {
      const text = piece.repeat(times)
      for (const end of ['', 'a', ')', ' )', '}', '"', "'", '`', '\n', ' a; }'])
        expect(parseScript(text + end).error?.start ?? 0).toBeLessThanOrEqual(text.length + end.length)
    }
  })
})

describe('the deepest nesting', () => {
  it.each([
    ['( ', ' )'],
    ['{ ', ';}'],
    ['$(', ')'],
    ['"$(', ')"'],
    ['${a:-', '}'],
    ['[[ ( ', ' ) ]]'],
    ['if a; then ', '; fi'],
    ['f() { ', ';}'],
    ['@(', ')'],
  ])('%s counts as too deep from some depth on', (open, close) => {
    const nested = (depth: number) => parseScript(`x\n${open.repeat(depth)}a${close.repeat(depth)}`)
    if (!open.startsWith('[[')) expect(nested(15).error).toBeUndefined()
    const deep = nested(2000)
    expect(deep.units).toHaveLength(1)
    expect(deep.error).toBeDefined()
    if (!open.startsWith('[[')) expect(deep.marks.map(mark => mark.kind)).toContain('depth')
  })
})

describe('characters that only look like blanks', () => {
  it.each(['\r', '\u00a0', '\u2028', '\u0085', '\u3000', '\v', '\f', '\ufeff'])('%j is part of a word', char => {
    const command = parseScript(`a${char}b ${char}`).units[0]?.items[0]?.command
    expect(command?.kind === 'simple' && command.words.map(word => word.parts)).toMatchObject([[{ text: `a${char}b` }], [{ text: char }]])
  })

  it('rejects a text with NUL, which no program can get', () => {
    expect(parseScript('a\nb\0c')).toMatchObject({ units: [], error: { kind: 'error', start: 3 } })
  })
})

describe('what other shells and options read differently', () => {
  it.each([
    ['echo !(a)', 'extglob'],
    ['!(a)', 'extglob'],
    ['case x in @(a|b)) c;; esac', 'extglob'],
    ['=curl x', 'zsh'],
    ['a =curl', 'zsh'],
    ['echo ${(f)x}', 'zsh'],
    ['echo ${${a}}', 'zsh'],
    ['echo $=x', 'zsh'],
    ['echo >! f', 'zsh'],
    ['noglob rm x', 'zsh'],
    ['cat <<A\n$(\nA', 'error'],
    ['`)`', 'error'],
  ])('%s is marked', (text, kind) => {
    const script = parseScript(text)
    expect(script.error).toBeUndefined()
    expect(script.marks.map(mark => mark.kind)).toEqual([kind])
  })

  it.each(['[[ a == !(b) ]]', 'test a = b', 'a=b c==d', '[ a == b ]', 'echo >f !', 'echo ${a:-${b}} "${x[1]}"'])('%s is not', text => {
    expect(parseScript(text)).toMatchObject({ marks: [] })
  })
})

describe('places', () => {
  it('are those of the whole text, also in what nests', () => {
    const text = 'a "$(b `c d`)" <<E\n$(f)\nE\n'
    const places: string[] = []
    const collect = (node: unknown): void => {
      if (typeof node !== 'object' || node === null) return
      if ('kind' in node && node.kind === 'simple' && 'start' in node && 'end' in node)
        places.push(text.slice(Number(node.start), Number(node.end)))
      Object.values(node).forEach(collect)
    }
    collect(parseScript(text).units)
    expect(places).toEqual(['a "$(b `c d`)" <<E', 'b `c d`', '`c d`', 'f'])
  })
})
