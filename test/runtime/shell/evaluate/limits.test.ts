import { expect, test } from 'vitest'
import { ANY } from '../../../../runtime/shell/text.js'
import { analyseIn, unknowns } from './show-analysis.js'

const inC = (code: string) => `cat > a.c <<'E'\n${code}\nE\ncc a.c && ./a.out; rm x`

/** Each is more work than is done for it; all but the last word of each is noise before `rm`. */
const TOO_MUCH: readonly (readonly [name: string, command: string])[] = [
  ['commands', `${'true;'.repeat(30_000)}rm x`],
  ['variables that double', `x=ab;${'x=$x$x;'.repeat(40)}rm x`],
  ['outputs that double', `x=ab;${'x=$(echo $x$x);'.repeat(40)}rm x`],
  [
    'functions that call each other twice',
    `${Array.from({ length: 30 }, (_, i) => `f${i}() { f${i + 1}; f${i + 1}; }`).join(';')}; f30() { rm x; }; f0`,
  ],
  ['evaluations in each other', `${'eval '.repeat(40)}rm x`],
  ['wrappers in each other', `${'sudo '.repeat(40)}rm x`],
  ['a script that runs itself', "echo './s; ./s; rm x' > s; ./s"],
  ['branches with many variables', `${Array.from({ length: 2000 }, (_, i) => `if a${i}; then v${i}=x; fi`).join('\n')}\nrm x`],
  [
    'aliases that double',
    `shopt -s expand_aliases\n${Array.from({ length: 40 }, (_, i) => `alias a${i}='a${i + 1}; a${i + 1}'`).join('\n')}\na0; rm x`,
  ],
  ['array elements', `${'x+=(a b c);'.repeat(10_000)}rm x`],
  ['tests in one condition', `[[ ${'a && '.repeat(30_000)}a ]]; rm x`],
  ['words', `a ${'b '.repeat(100_000)}; rm x`],
  ['unset variables', `${'$x '.repeat(20_000)}; rm x`],
  ['unset variables that are read again', `${'$x '.repeat(5000)}; rm x`],
  ['variables in one word', `a ${'$x'.repeat(30_000)}; rm x`],
  ['redirections', `${'>a '.repeat(30_000)}; rm x`],
  ['assignments', `${'a=b '.repeat(30_000)}; rm x`],
  ['backticks', `${'`a` '.repeat(20_000)}; rm x`],
  ['words of a substitution that cannot be read', `echo \${ ${'a b '.repeat(20_000)}; }; rm x`],
  ['braces of C', inC(`${'{'.repeat(50_000)}${'}'.repeat(50_000)}`)],
  ['a text of C that does not end', inC(`"${'\\"'.repeat(50_000)}`)],
  ['lines of Rust', `cat > a.rs <<'E'\n${'\n'.repeat(100_000)}\nE\nrustc a.rs && ./a; rm x`],
  ['lines of a Dockerfile', `cat > Dockerfile <<'E'\n${'\n'.repeat(100_000)}\nE\ndocker build .; rm x`],
  ['blanks of a compose file', `cat > compose.yml <<'E'\n${' '.repeat(100_000)}\nE\ndocker compose up; rm x`],
  ['a program with a long name', `${'-'.repeat(100_000)}; rm x`],
  [
    'folders of PATH',
    `${Array.from({ length: 300 }, (_, i) => `echo x > b/n${i}; `).join('')}PATH=${'a:'.repeat(3000)}; ${'make; '.repeat(100)}rm x`,
  ],
  ['a text of R that does not end', `Rscript -e '"${'\\"'.repeat(50_000)}'; rm x`],
  ['cases', `case $x in ${Array.from({ length: 5000 }, (_, i) => `${i}) v=$v;;`).join(' ')} esac; rm x`],
]

/** Of the processor, in microseconds: several times what the slowest of them takes. */
const IN_TIME = 3_000_000

test.each(TOO_MUCH)('%s end in time, and rm is still found', (_, command) => {
  const start = process.cpuUsage()
  const { execs } = analyseIn(command)
  expect(process.cpuUsage(start).user).toBeLessThan(IN_TIME)
  expect(execs.some(({ program }) => program === 'rm')).toBe(true)
})

test('what is not evaluated is said not to be known', () => {
  expect(unknowns(`${'eval '.repeat(40)}x`)).toContain('any: too complex')
  expect(unknowns(':() { : | : & }; :')).toContain('any: too complex')
  expect(unknowns('f() { f "$1$1"; }; f x')).toContain('any: too complex')
})

test.each(['${x', '"', '$((', '<<E', '((', 'case x in', '{', '\0', '\ud800', '`', 'f() {', 'a=('])('never throws: %j', command => {
  expect(() => analyseIn(command)).not.toThrow()
  expect(() => analyseIn(`a; ${command}`)).not.toThrow()
})

test('blanks are blank, tab and newline only', () => {
  expect(analyseIn('rm\u00a0x').execs.map(({ program }) => program)).toEqual(['rm\u00a0x'])
  expect(analyseIn('rm x\r').execs.map(({ argv }) => argv)).toEqual([['rm', 'x\r']])
})

test('a pattern that is longer than any path may be anything', () => {
  expect(analyseIn(`cat ${'*?'.repeat(100_000)}`).files).toHaveLength(1)
})

test('a path that is longer than any may be anything', () => {
  const [file] = analyseIn(`cat ${'a/'.repeat(100_000)}`).files
  expect(file).toMatchObject({ operation: 'read', path: ANY })
  expect(analyseIn(`cat ${'a/'.repeat(2000)}b`).files[0]?.path).toMatch(/a\/b$/)
})
