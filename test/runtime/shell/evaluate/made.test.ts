/** What a command makes and deletes again: nothing is lost with it, if nothing was there before. */
import { expect, test } from 'vitest'
import type { Files } from '../../../../runtime/shell/analysis.js'
import { analyseIn } from './show-analysis.js'

const files: Files = {
  readText: () => undefined,
  list: () => undefined,
  kind: path => (path === '/proj/old' ? 'file' : path === '/proj/src' || path === '/proj' ? 'folder' : 'none'),
}

function deleted(command: string): readonly (boolean | undefined)[] {
  return analyseIn(command, files).files.flatMap(({ operation, made }) => (operation === 'delete' ? [made] : []))
}

test.each([
  'd=$(mktemp -d); rm -rf "$d"',
  'd=$(mktemp -d -t app.XXXX); rm -rf "$d"',
  'd=$(mktemp -d "${TMPDIR:-/tmp}/app.XXXX"); rm -rf "$d"',
  'd=/tmp/x-$$; mkdir -p "$d/a"; rm -rf "$d/a"',
  'd=x-$$; mkdir "$d"; cp src/a "$d"; rm -rf "x-$$"',
  'readonly d="$(mktemp -d)"; rm -rf "$d"',
  'f=$(mktemp); jq . old > "$f" && mv "$f" old; rm -f "$f"',
  'd=$(mktemp -d); cp -r src "$d"; mv "$d/src/a" src/b; rm -rf "$d"',
  'd=$(mktemp -d); trap \'rm -r "$d/x"\' EXIT',
  'f=$(mktemp ./x.XXXX); rm $f',
  'echo x > new; rm new',
  'curl -so new http://localhost/ && sh -c "rm new"',
  'mkdir tmp && touch tmp/a && rm -r tmp',
  'cp -r src copy; rm -r copy/a',
  "python3 -c \"import os; open('new', 'w'); os.remove('new')\"",
  "node -e \"fs.mkdirSync('new'); fs.rmSync('new')\"",
  'python3 - <<E\nimport tempfile, shutil\nd = tempfile.mkdtemp()\nshutil.rmtree(d)\nE',
])('%s', command => {
  expect(deleted(command)).toEqual([true])
})

test.each([
  'echo x > old; rm old',
  'rm new; echo x > new',
  'rm new',
  'd=$(mktemp -d); rm -rf "$d/../src"',
  'rm -rf x-$$',
  'mkdir x-$$; rm -rf x-$$/../src',
  'mkdir x-$$; mv src x-$$; rm -rf x-$$',
  'mkdir x-$RANDOM; rm -rf x-$RANDOM',
  'mkdir x-$$; rm -rf x-$$*',
  'd=$(mktemp -d "${TMPDIR:-/tmp}/x.XX" || echo src); rm -rf "$d"',
  'mkdir t; mv src t; rm -r t',
  "python3 -c \"import os; os.rename('src', 't')\"; touch t/a; rm -r t",
  'mkdir t; mount --bind src t; rm -r t',
  'rm -rf /tmp/tmp.*',
  'touch "$x"; rm new',
  'rsync -a --delete empty/ new/',
  'd=$(mktemp -d); mv src "$d"; rm -rf "$d"',
  'd=$(mktemp -d); mv src "$x"; rm -rf "$d"',
  'd=$(mktemp -d); mmv \'src/*\' "$d/#1"; rm -rf "$d"',
  'mkdir t; cd t; mv ../src .; cd ..; rm -r t',
  'readonly x=src; x=new; rm "$x"',
  'd=$(mktemp -d); mv l "$d/x"; rm -r "$d/x/a"',
  'shred -u new',
  "python3 -c \"import os; os.remove('new'); open('new', 'w')\"",
  "python3 -c \"import os; open('new', 'w'); os.rename('src', 'new'); os.remove('new')\"",
])('%s deletes what may have been there', command => {
  expect(deleted(command)).not.toContain(true)
})

test('what is moved there later counts in the next turn of a loop', () => {
  expect(deleted('d=$(mktemp -d); while :; do rm -rf "$d/x"; mv src "$d/x"; done')).not.toContain(true)
})

test('what a link leads to is not made by the link', () => {
  expect(deleted('ln -s src l; rm -r l/x')).toContain(undefined)
  expect(deleted("node -e \"fs.symlinkSync('src', 'l'); fs.writeFileSync('l/b', ''); fs.rmSync('l/a')\"")).toContain(undefined)
})

test('without the file system nothing is known to be new', () => {
  const found = analyseIn('echo x > new; rm new').files.find(({ operation }) => operation === 'delete')
  expect(found?.made).toBeUndefined()
})

function emptied(command: string): boolean {
  return analyseIn(command, files).execs.some(({ program }) => program === '')
}

test.each([
  '> old',
  'x=1 > old',
  '> new > old',
  '> "$x"',
  'mv old new; > new',
  'ln old new; > new',
  'cp -al src new; > new/a',
  'while :; do > new; mv old new; done',
  'rename s/old/new/ old; > new',
  'mount --bind src new; > new/a',
  "python3 -c \"import os; os.symlink('src', 'new')\"; > new/a",
  'rsync -a --link-dest=src src/ new; > new/a',
])('%s may empty a file', command => {
  expect(emptied(command)).toBe(true)
})

test.each(['> new', 'cd src; > new', '> new; cat x >> new', '< old', 'make > a.log; > new', '> new; mv old other', 'x > new; > other'])(
  '%s empties none',
  command => {
    expect(emptied(command)).toBe(false)
  },
)
