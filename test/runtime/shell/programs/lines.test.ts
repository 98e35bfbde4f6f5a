import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { lineMatcher, pickedByAwk, pickedBySed } from '../../../../runtime/shell/programs/lines.js'
import type { Files } from '../../../../runtime/shell/analysis.js'
import { analyseIn, execs } from '../evaluate/show-analysis.js'

const LINES = ['.env', 'a.env', 'env', 'README.md', 'x+y', 'x|y', 'main.ts', 'b.py', 'aab', 'a b c', 'A.ENV', 'x{2}', '(a)', 'a\\b', '']

/** Extended patterns of one kind and of the other, as `grep` and `grep -E` read them. */
const PATTERNS: readonly string[] =
  '^\\.env$|env|^a|md$|x+y|x\\|y|x\\+y|a*b|a\\+b|^.env|[a-c]\\.py|[^.]env|^[^.]|\\.\\(ts\\|py\\)$|\\.ts$\\|\\.py$|^$|a b|x{2}|(a)|ab?|a\\?b|.*|^.*$|$|^|a^b|[]x]|a..b'.split(
    /(?<!\\)\|(?!y)/,
  )

const grep = (options: readonly string[], pattern: string) =>
  spawnSync('grep', [...options, '-e', pattern], { input: LINES.join('\n') + '\n', encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } })
    .stdout.split('\n')
    .slice(0, -1)

test.each(PATTERNS)('lines are picked as grep picks them: %s', pattern => {
  for (const [options, style] of [
    [[], {}],
    [['-E'], { extended: true }],
    [['-F'], { fixed: true }],
    [['-i'], { ignoreCase: true }],
    [['-x'], { whole: true }],
  ] as const) {
    const picks = lineMatcher(pattern, style)
    if (picks !== undefined) expect(LINES.filter(picks), options.join()).toEqual(grep(options, pattern))
  }
})

test.each(['(a|b)', 'a{2}', '\\w', '[[:alpha:]]', '+', '*a'])('what is more than characters and repetitions is left alone: %s', pattern => {
  expect(lineMatcher(pattern, { extended: true })).toBeUndefined()
})

test('repetitions in each other take no longer than the line and the pattern', () => {
  const picks = lineMatcher('a*a*a*a*a*a*a*a*b', {})
  const start = performance.now()
  expect(picks?.('a'.repeat(900))).toBe(false)
  expect(performance.now() - start).toBeLessThan(200)
})

test('of a long text no lines are picked', () => {
  const start = performance.now()
  expect(execs(`printf '${'a\\n'.repeat(60_000)}' | grep '${'a*'.repeat(30)}b' | xargs p`)).toContain('p …')
  expect(lineMatcher('a'.repeat(65), {})).toBeUndefined()
  expect(performance.now() - start).toBeLessThan(2000)
})

test.each([
  ['2p', true, ['b']],
  ['/a/p', true, ['a x', 'c a']],
  ['$p', true, ['c a']],
  ['1d', false, ['b', 'c a']],
  ['/a/!d', false, ['a x', 'c a']],
  ['2,3d', false, undefined],
  ['s/a/b/', false, undefined],
])('sed %s', (script, silent, expected) => {
  expect(pickedBySed(script, silent, ['a x', 'b', 'c a'])).toEqual(expected)
})

test.each([
  ['/a/', ['a x', 'c a']],
  ['!/a/', ['b']],
  ['NR==2', ['b']],
  ['NR>1 { print $1 }', ['b', 'c']],
  ['{print $NF}', ['x', 'b', 'a']],
  ['/a/ { print $2; }', ['x', 'a']],
  ['{ system($0) }', undefined],
])('awk %s', (program, expected) => {
  expect(pickedByAwk(program, ['a x', 'b', 'c a'])).toEqual(expected)
})

const FOLDERS: Readonly<Record<string, readonly string[]>> = {
  '/proj': ['.env', '.git', 'a.ts', 'b.ts', 'src'],
  '/proj/src': ['m.ts'],
  '/proj/many': Array.from({ length: 30 }, (_, at) => `f${at}`),
}
const files: Files = {
  readText: () => undefined,
  list: path => FOLDERS[path],
  kind: path => (path in FOLDERS ? 'folder' : path.startsWith('/proj/') ? 'file' : 'none'),
}
const read = (command: string) => analyseIn(command, files).files.flatMap(({ operation, path }) => (operation === 'read' ? [path] : []))

test.each([
  "ls -a | grep '^\\.env$' | xargs cat",
  'ls -A | while read f; do cat "$f"; done',
  'ls -A | xargs -I{} cat {}',
  "cat $(ls -A | grep '^\\.e')",
  'f=$(ls -A | head -1); cat "$f"',
  'for f in $(ls -A); do cat $f; done',
  'mapfile -t a < <(ls -A); cat "${a[@]}"',
  'find . -maxdepth 1 -type f | xargs cat',
  'find . -maxdepth 1 -type f -exec cat {} +',
  'git ls-files -o -c | xargs cat',
  'find . -maxdepth 1 -name .env | xargs cat',
  "find . -maxdepth 1 -type f ! -name '*.ts' | xargs cat",
  "cat $(find . -maxdepth 1 -name '.e*' -type f)",
  'a=(cat $(ls -A | sed -n 1p)); "${a[@]}"',
  'touch x; ls -A | sed -n 1p | xargs cat',
  "ls -A | tr '\\n' '\\0' | xargs -0 cat",
  'ls -A | parallel cat',
  'cd /tmp; cd /proj || exit; cat $(ls -A | head -1)',
  'test -e x && cd src; ls -A | xargs cat',
  'cat $(find $(find . -maxdepth 1 -name .env))',
  'set -- $(ls -A); cat "$@"',
  'set -- $(ls -A); while [ $# -gt 0 ]; do cat "$1"; shift; done',
  'set -- $(ls -A); for f; do cat $f; done',
  'echo $(ls -A) | xargs cat',
  'read -ra a < <(echo $(ls -A)); cat "${a[@]}"',
  "ls -A | paste -sd' ' | xargs cat",
  'ls -A | nl | cut -f2 | xargs cat',
  "ls -A | cat -n | awk '{print $2}' | xargs cat",
  'ls -A | column | xargs cat',
  "ls -A | sed 's/^/.\\//' | xargs cat",
  "ls -A | sed 's|$| |' | xargs cat",
  "ls -lA | awk '{print $NF}' | xargs cat",
  'ls -At | head -2 | xargs cat',
  "find . -maxdepth 1 -printf '%p\\n' | xargs cat",
  "find . -maxdepth 1 -type f -printf '%-9f\\0' | xargs -0 cat",
  'ls -A | awk \'{ print "./" $0 }\' | xargs cat',
  "ls -oA | awk '{ print $8 }' | xargs cat",
  "vdir -A | awk '{ print $9 }' | xargs cat",
  'ls -A | shuf | xargs cat',
  "find . -maxdepth 1 -iname '*.ENV' | xargs cat",
  'while read -r f; do cat "$f"; done <<< "$(ls -A)"',
  'read -ra a <<< $(ls -A); cat "${a[@]}"',
  'tree -a -i -f | xargs cat',
  'tree -a | xargs cat',
  'du -a | cut -f2 | xargs cat',
  'stat -c %n .* | xargs cat',
  'cat $(compgen -f)',
  "compgen -G '.e*' | xargs cat",
  'ls -A | dd status=none | xargs cat',
  'ls -A | iconv -t utf8 | xargs cat',
  'cat /proc/self/cwd/.e*v',
  'test -e x && cd src; cat "$(pwd)/../.env"',
  'cd src; cat "$(realpath ../.env)"',
])('names of a folder become arguments: %s', command => {
  expect(read(command)).toContain('/proj/.env')
})

test.each([
  'ls | xargs cat',
  "compgen -G '*.ts' | xargs cat",
  'ls -A | dd count=1 | xargs cat',
  "ls -A | grep '\\.ts$' | xargs cat",
  'ls -A | grep -v "^\\." | xargs cat',
  'ls -t | head -1 | xargs cat',
  "ls -l | awk '{print $NF}' | xargs cat",
  "ls -A | sed 's/e/x/' | xargs cat",
  "ls -A | sed 's/v$/x/g' | xargs cat",
  "find . -maxdepth 1 ! -iname '*.ENV' | xargs cat",
  "find . -maxdepth 1 -name '*.ts' -printf '%p\\n' | xargs cat",
  "find . -maxdepth 1 -printf '%h\\n' | xargs cat",
  'du | cut -f2 | xargs cat',
  'tree | xargs cat',
  'git ls-files | xargs cat',
  'git ls-files -o --exclude-standard | xargs cat',
  'find src -maxdepth 1 -type f | xargs cat',
  'find . -maxdepth 1 -type d | xargs cat',
  "find . -name '*.py' | xargs cat",
  "find . -maxdepth 1 -name '*.ts' | xargs cat",
  "find . -maxdepth 1 -type f -not -name '.*' | xargs cat",
  "ssh host 'ls -A | xargs cat'",
])('and no others: %s', command => {
  expect(read(command)).not.toContain('/proj/.env')
})

test('folders that ls marks are no names', () => {
  expect(read('ls -p | grep -v / | xargs cat')).not.toContain('/proj/src')
  expect(read('ls -p | xargs cat')).toContain('/proj/src')
})

test.each([
  'python3 -c \'import glob\nfor f in glob.glob(".e*"): print(open(f).read())\'',
  "python3 -c 'import os; [print(open(f).read()) for f in os.listdir()]'",
  'python3 -c \'import os\nfor f in os.listdir("."):\n  if os.path.isfile(f): print(open(f).read())\'',
  'python3 -c \'import os\nfor f in os.listdir("/proj"):\n  if f.endswith(".env"): print(open(f).read())\'',
  'python3 -c \'import pathlib\nfor f in pathlib.Path(".").glob(".e*"): print(f.read_text())\'',
  'node -e \'fs.readdirSync(".").map(f => console.log(fs.readFileSync(f, "utf8")))\'',
  'ruby -e \'Dir.children(".").each { |f| puts File.read(f) }\'',
  'perl -e \'opendir D, "."; for (readdir D) { open F, "<", $_; print <F> }\'',
  "ls -A | python3 -c 'import sys\nfor l in sys.stdin: print(open(l.strip()).read())'",
  'php -r \'foreach (glob(".e*") as $f) readfile($f);\'',
  "echo .env | python3 -c 'print(open(input()).read())'",
  'F=.env python3 -c \'import os; print(open(os.environ["F"]).read())\'',
  "export F=.env; node -p 'fs.readFileSync(process.env.F)'",
])('code opens what it lists: %s', command => {
  expect(read(command)).toContain('/proj/.env')
})

test.each([
  'python3 -c \'import glob\nfor f in glob.glob("*"): print(open(f).read())\'',
  'python3 -c \'import glob\nfor f in glob.glob("**/*.ts", recursive=True): print(open(f).read())\'',
  'python3 -c \'import os\nfor f in os.listdir("."):\n  if f.endswith(".ts"): print(open(f).read())\'',
  'python3 -c \'import pathlib\nfor f in pathlib.Path(".").rglob("*.ts"): print(f.read_text())\'',
  'node -e \'fs.readdirSync("src").map(f => console.log(fs.readFileSync(f, "utf8")))\'',
  'node -e \'console.log(fs.readdirSync("."))\'',
  'ls -A | node -e \'console.log(fs.readFileSync("a.ts"))\'',
])('and nothing else: %s', command => {
  expect(read(command)).not.toContain('/proj/.env')
})

test('many names are read one by one', () => {
  expect(read('ls many | while read f; do cat "many/$f"; done')).toContain('/proj/many/f29')
  expect(read('for f in $(ls many); do cat many/$f; done')).toContain('/proj/many/f29')
  expect(read('mapfile -t a < <(ls many); for f in "${a[@]}"; do cat "many/$f"; done')).toContain('/proj/many/f29')
  expect(read("printf '%s\\n' a b c d e f g h i .env | while read -r f; do cat $f; done")).toContain('/proj/.env')
})

test('of names that are not known, a pattern spells those that it picks', () => {
  expect(execs("find . -type f | grep '\\.env$' | xargs cat")).toContain('cat ⟨any⟩/⟨name⟩.env ⟨any⟩ …')
  expect(execs("find / | grep '/id_rsa$' | xargs cat")).toContain('cat ⟨any⟩/id_rsa ⟨any⟩ …')
  expect(execs('find . | grep env | xargs cat')).toContain('cat ⟨any⟩ …')
  expect(execs("find . | grep -v '\\.env$' | xargs cat")).toContain('cat ⟨any⟩ …')
})

test('what a folder holds now decides nothing', () => {
  expect(execs('[ -z "$(ls src)" ] && rm x', files)).toContain('rm x')
  expect(execs('[ -n "$(ls -A src)" ] || rm x', files)).toContain('rm x')
  expect(analyseIn('ls | sh', files).unknowns).toContainEqual(expect.objectContaining({ scope: 'any' }))
})

test('of lines known in part, fewer may be taken', () => {
  expect(execs("find . -name '*.x' | head -1 | xargs cat")).toContain('cat .⟨path⟩/⟨name⟩.x ⟨any⟩ …')
  expect(execs("find . -name '*.x' | uniq -c | xargs cat")).not.toContain('cat .⟨path⟩/⟨name⟩.x ⟨any⟩ …')
})
