/** Programs of which only part of the name is known, and code of which only names of files and numbers are not. */
import { expect, test } from 'vitest'
import { showString } from '../../../../runtime/decide/abstract-string.js'
import type { Files } from '../../../../runtime/shell/analysis.js'
import { analyseIn, execs, unknowns } from './show-analysis.js'

const NOTHING: Files = { readText: () => undefined, list: () => undefined, kind: () => 'none' }

test.each([
  '"$BASH_VERSION"',
  '"${FUNCNAME[0]}"',
  "$env:PATH -split ';'",
  '"$(dirname "$(readlink -f $BASH_SOURCE)")"',
  'find . -type f | vim -',
  "awk '/^$/ {print} /' x",
  'for d in x/*/; do f=$(find "$d" -name a | head -1); v=$(jq . "$f"); z="$f-$v.zip"; L="$L $z"; done',
  '`cal 2021`',
  '`date +%F +%T`',
  '"${image%%:*}:11-slim"',
  '"$LLVM_READOBJ" --coff-imports x',
  '${PKG_CONFIG} --libs re2',
  '$GOLANGCI_LINT run',
  'command -1 x',
  'sed ’s/a/b/’ x',
  'ghci -XGADTs',
])('no program that anybody knows, or the one that is meant: %s', command => {
  expect(analyseIn(command, NOTHING).unknowns).toEqual([])
})

test.each([
  '"$x:"',
  '${image%%:*}:11-slim',
  '"$x-11"',
  '$env:',
  'env=$(foo); $env:PATH',
  'for env in $(foo); do $env:PATH; done',
  'f:g() { rm x; }; "$x:g"',
  'f() { "${FUNCNAME[0]}"; "${FUNCNAME[1]}" x; }; f',
  "sed $'s/a/b/e' x",
])('it may be any: %s', command => {
  expect(analyseIn(command, NOTHING).unknowns).not.toEqual([])
})

test('a text that Python repeats is known', () => {
  expect(execs(`$(python3 -c "print('r' + 'm' * 1)") x`)).toContain('rm x')
  expect(execs(`echo $(python3 -c "print('ab' * 3)")`)).toContain('echo ababab')
})

test('the option that `command` has is read', () => {
  expect(execs('command -p rm x')).toContain('rm x')
  expect(execs('command -1 rm x')).not.toContain('rm x')
})

const NAMED = ['any: code that names of files are part of']

test.each([
  "find . -name '*.c' | xargs -I{} sh -c 'echo {}'",
  "find . -print0 | xargs -0 -n1 -I{} sh -c 'dirname {}; basename {}'",
  "ls src | grep foo | sort | head -3 | xargs -I{} sh -c 'wc -l {}'",
  "grep -rl foo . | xargs -I{} sh -c 'head {}'",
  "rg -il foo -g '*.ts' src | xargs -I{} sh -c 'head {}'",
  "rg --files | xargs -I{} sh -c 'head {}'",
  "find . -name '*.png' | xargs -I{} sh -c 'convert {} {}.jpg'",
  "ls | xargs -I{} sh -c 'mkdir -p out/{}; cp {} out/{}'",
  'git checkout x; find . -exec sh -c "echo {}" \\;',
])('nothing but names of files is not known: %s', command => {
  expect(unknowns(command)).toEqual(NAMED)
})

test.each([
  "find . -printf '%f;rm x' | xargs -I{} sh -c 'echo {}'",
  "find . -maxdepth 1 -printf '%f;rm x' | xargs -I{} sh -c 'echo {}'",
  "find . | sed 's/$/;rm x/' | xargs -I{} sh -c 'echo {}'",
  "cat list | xargs -I{} sh -c 'echo {}'",
  "rg -o 'x.*' | xargs -I{} sh -c 'echo {}'",
  "rg -l foo --hyperlink-format='$(rm x)' | xargs -I{} sh -c 'echo {}'",
  "rg -l foo $x | xargs -I{} sh -c 'echo {}'",
  "touch 'a;rm x'; ls | xargs -I{} sh -c 'echo {}'",
  "mkdir 'a;rm x'; find . -exec sh -c 'echo {}' \\;",
  'touch "$x"; ls | xargs -I{} sh -c "echo {}"',
  "find . | xargs -I{} sh -c '{}'",
  "tar xf x.tar; find . -exec sh -c 'echo {}' \\;",
  "echo x > 'a;rm x'; find . -exec sh -c 'echo {}' \\;",
  "mv a 'a;rm x'; find . -exec sh -c 'echo {}' \\;",
  "rename 's/a/;rm x/' a; find . -exec sh -c 'echo {}' \\;",
  'ls | sh',
  '$(ls)',
])('what is run is not known: %s', command => {
  expect(unknowns(command).filter(each => !NAMED.includes(each))).not.toEqual([])
})

test('what Python 2 prints may be nothing, since few have it', () => {
  expect(execs("rm $(python3 -c 'print(1)')")).toContain('rm 1')
  expect(execs("rm $(python2 -c 'print(1)')")).not.toContain('rm 1')
})

const reads = (command: string) =>
  analyseIn(command, NOTHING).files.flatMap(({ operation, path, recursive }) =>
    operation === 'read' ? [`${showString(path)}${recursive ? ' **' : ''}`] : [],
  )

test.each([
  ['for f in $(foo); do cat ~/.ssh/$f; done', '/home/me/.ssh **'],
  ['node -e \'require("fs").readFileSync("/home/me/.aws/" + x())\'', '/home/me/.aws **'],
  ['cat .env"$(foo)"', '/proj/.env'],
  ['cat ~/.ss?/$(foo)', '/home/me/.ss⟨char⟩ **'],
  ['cd "$(foo)"; cat "a/$(bar)"', '⟨path⟩/a **'],
  ['cat "$(foo)/.ssh/$(bar)"', '⟨any⟩/.ssh **'],
  ['python3 -c \'open(".en" + "v" + x())\'', '/proj/.env'],
])('what begins within a folder, or as a file, may well be of it: %s', (command, expected) => {
  expect(reads(command)).toContain(expected)
})

test.each(['cat "$(foo)/x"', 'cd "$(foo)"; cat "./$(bar)"', 'cat "$(foo)"'])('nothing is known of where it is: %s', command => {
  expect(reads(command).filter(each => !each.startsWith('⟨any⟩'))).toEqual([])
})

test('what Python’s glob finds has no dot that its pattern has not', () => {
  const found = (code: string) => reads(`python3 -c '${code}'`).filter(each => !each.startsWith('⟨any⟩'))
  expect(found('import glob; [open(p) for p in glob.glob("a/*/b.json")]')).toEqual(['/proj/a/⟨name⟩/b.json'])
  expect(found('from pathlib import Path\n[open(p) for p in Path("a").glob("*/package.json")]')).toEqual(['/proj/⟨name⟩/package.json'])
  expect(found('from pathlib import Path\n[open(p) for p in Path("a").glob("*/config.json")]')).toEqual(['/proj/⟨char⟩⟨name⟩/config.json'])
  expect(found('import glob; [open(p) for p in glob.glob("a/*/b.json", include_hidden=True)]')).not.toEqual(['/proj/a/⟨name⟩/b.json'])
})
