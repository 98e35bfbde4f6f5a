import { describe, expect, it } from 'vitest'
import { AbstractString, showString } from '../../../runtime/decide/abstract-string.js'
import type { Exec } from '../../../runtime/shell/analysis.js'
import { canonicalLine } from '../../../runtime/shell/canonical-line.js'
import { ANY } from '../../../runtime/shell/text.js'
import { anExec } from './an-exec.js'

function lineOf(argv: Exec['argv'], more: Partial<Exec> = {}): string {
  return showString(canonicalLine(anExec(argv, more)))
}

describe('the canonical line', () => {
  it.each([
    [['git', 'status'], 'git status'],
    [['rm', '-rf', 'a b'], "rm -rf 'a b'"],
    [['echo', ''], "echo ''"],
    [['echo', "it's"], "echo 'it'\\''s'"],
    [['echo', '$HOME', '`x`', 'a;b', 'a&b', 'a|b', '(a)', '<a>'], "echo '$HOME' '`x`' 'a;b' 'a&b' 'a|b' '(a)' '<a>'"],
    [['ls', '*.ts', 'a?', '[ab]', '[', ']', 'a]b['], "ls '*.ts' 'a?' '[ab]' [ ] a]b["],
    [['find', '.', '-exec', 'rm', '{}', ';'], "find . -exec rm {} ';'"],
    [['echo', '{a,b}', '{1..3}', '{a}', 'a,{b'], "echo '{a,b}' '{1..3}' {a} a,{b"],
    [['echo', '~', 'a~', '#', 'a#', '--x=~'], "echo '~' a~ '#' a# --x=~"],
    [['a=b', 'c=d'], "'a=b' c=d"],
    [['echo', 'é', 'a\u00a0b', 'a\nb', '\u0001'], "echo é a\u00a0b 'a\nb' '\u0001'"],
  ])('of %j is %j', (argv, line) => {
    expect(lineOf(argv)).toBe(line)
  })

  it('has the name of the program without its folder', () => {
    expect(lineOf(['/bin/rm', 'x'], { program: 'rm', programPath: '/bin/rm' })).toBe('rm x')
  })

  it('keeps assignments and redirections', () => {
    const more: Partial<Exec> = {
      assignments: [
        ['A', 'b c'],
        ['B', ANY],
      ],
      redirections: ['>out', AbstractString.of(['<', { hole: 'segment' }])],
    }
    expect(lineOf(['make'], more)).toBe("A='b c' B=⟨any⟩ make >out <⟨name⟩")
  })

  it('keeps what is not known', () => {
    expect(lineOf(['cat', AbstractString.of(['a b/', { hole: 'segment' }, '.ts']), ANY])).toBe("cat 'a b/'⟨name⟩.ts ⟨any⟩")
    expect(lineOf(['rm', AbstractString.of([{ hole: 'char' }, '~'])])).toBe('rm ⟨char⟩~')
  })

  it('says that arguments may follow', () => {
    expect(lineOf(['rm', '-f'], { open: true })).toBe('rm -f ⟨any⟩')
    expect(lineOf(['rm', ANY], { open: true })).toBe('rm ⟨any⟩')
  })

  it('takes time linear in its words', () => {
    for (const char of ['{', '[', ']', '}', "'", '~', ',']) expect(lineOf(['x', char.repeat(1 << 20)]).length).toBeGreaterThan(1 << 20)
  })
})
