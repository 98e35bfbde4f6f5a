import { expect, test } from 'vitest'
import type { Files } from '../../../../runtime/shell/analysis.js'
import { analyseIn, execs } from './show-analysis.js'

const FOLDERS: Readonly<Record<string, readonly string[]>> = {
  '/proj': ['a.ts', 'b.ts', 'id_rsa', '.env', 'src', '.git', 'many'],
  '/proj/src': ['m.ts', 'n.js'],
  '/proj/.git': ['config', 'HEAD'],
  '/proj/many': Array.from({ length: 65 }, (_, at) => `f${at}`),
}

const isFile = (path: string) => Object.entries(FOLDERS).some(([folder, names]) => names.some(name => `${folder}/${name}` === path))

const files: Files = {
  readText: () => undefined,
  list: path => FOLDERS[path],
  kind: path => (path in FOLDERS ? 'folder' : isFile(path) ? 'file' : 'none'),
}

const SETTLED: readonly (readonly [command: string, ...found: readonly string[]])[] = [
  ['p id_r*', 'p id_rsa'],
  ['p .e*v', 'p .env'],
  ['p [i]* ??_rsa', 'p id_rsa id_rsa'],
  ['p *', 'p a.ts b.ts id_rsa many src'],
  ['p */*.ts .g*/c*', 'p src/m.ts .git/config'],
  ['p /proj/s*/m* ./*.ts ../proj/s*/', 'p /proj/src/m.ts ./a.ts ./b.ts ../proj/src/'],
  ['p /proc/self/cwd/id_r* /proc/$$/cwd/id_r*', 'p /proc/self/cwd/id_rsa /proc/⟨name⟩/cwd/id_r⟨name⟩'],
  ['p /proc/self/root/proj/i[a-z]_r*', 'p /proc/self/root/proj/id_rsa'],
  ['p */../id*', 'p many/../id_rsa src/../id_rsa'],
  ['p no*such', 'p no*such'],
  ['p none/*', 'p none/*'],
  ['x="i*"; p $x "$x"', 'p id_rsa i*'],
  ['shopt -s dotglob; p *env', 'p .env'],
  ['shopt -s nullglob; p *.zz', 'p *.zz', 'p'],
  ['set -f; p *', 'p *'],
  ['cd src && p *', 'p m.ts n.js'],
  ['p id_r*; touch id_rx; make', 'p id_rsa'],
  ['python3 -c "import os; os.system(\'p id_r*\')"', 'p id_rsa'],
  ["npx -c 'p id_r*'", 'p id_rsa'],
  ["make -f m '--eval=x:;@p id_r*'", 'p id_rsa'],
  ["env 'GIT_PAGER=p id_r*' git -p help -a", 'p id_rsa'],
  ["printf %s 'p id_r*' > /tmp/s; chmod +x /tmp/s; /tmp/s", 'p id_rsa'],
  ["bash -c 'p id_r*' _ -f", 'p id_rsa'],
  ["bash +o noglob -c 'p id_r*'", 'p id_rsa'],
  ["bash -fc 'p id_r*'", 'p id_r*'],
  ["bash -o noglob -c 'p id_r*'", 'p id_r*'],
  ['cd src; p *.ts', 'p m.ts', 'p a.ts b.ts'],
  ['for f in *.ts; do p "$f"; done', 'p a.ts', 'p b.ts'],
]

test.each(SETTLED)('%s', (command, ...found) => {
  const echoes = command.replace(/\bp\b/g, 'echo')
  expect(execs(echoes, files).filter(line => line.startsWith('echo'))).toEqual(found.map(line => line.replace(/^p/, 'echo')))
})

test.each([
  'touch id_rx | cat id_r*',
  'while :; do cat id_r*; touch id_rx; done',
  './build && cat id_r*',
  'make; cat id_r*',
  "make; npx -c 'cat id_r*'",
  "npx -c 'cat x'; cat id_r*",
  "while :; do npx -c 'cat id_r*'; done",
  '$x; cat id_r*',
  'python3 x.py; cat id_r*',
  'rm id_r*; touch id_r1; cat id_r*',
  'mv src/m.ts "$x"; cat id_r*',
  'cd /tmp/x; cd "$OLDPWD"; cd /proj || cd /tmp; cat id_r*',
])('where a folder may be another one by then, a pattern may find anything beside what it finds now: %s', command => {
  expect(execs(command, files)).toContain('cat id_r⟨name⟩ id_rsa')
})

test.each(['cd "$x" && cat id_r*', 'GLOBIGNORE=x; cat id_r*', "ssh host 'cat id_r*'", 'make; for f in id_r*; do cat $f; done'])(
  'where another folder may be meant, a pattern may find anything: %s',
  command => {
    expect(execs(command, files)).toContain('cat id_r⟨name⟩')
  },
)

test('a folder that cannot be listed leaves what others hold', () => {
  const hidden: Files = {
    ...files,
    kind: path => (path.startsWith('/home') ? 'unknown' : files.kind(path)),
    list: path => (path === '/home/me' ? ['a'] : files.list(path)),
  }
  expect(execs('[ -e x ] && cd ~; cat src/m.*', hidden)).toContain('cat src/m.⟨name⟩ src/m.ts')
})

test('a loop over few names has a turn for each', () => {
  expect(execs('make; for f in id_r*; do cat $f; done', files)).toContain('cat id_rsa')
  expect(execs('make; for f in many/f6*; do cat $f; done', files)).toContain('cat many/f6⟨name⟩')
})

test('what is written where a folder may be another by then is the last word', () => {
  expect(analyseIn('make; cp x id_r*', files).files).toContainEqual(expect.objectContaining({ operation: 'write', path: '/proj/id_rsa' }))
})

test('a redirection is to each of the names', () => {
  const paths = (command: string) => analyseIn(command, files).files.map(({ path }) => path)
  expect(paths('make; cat < id_r*')).toContain('/proj/id_rsa')
  expect(paths('make; cat < ?.ts')).toEqual(expect.arrayContaining(['/proj/a.ts', '/proj/b.ts']))
})

test.each(['cat *.ts > src/all', 'cat *.ts > b.ts', 'sed -i s/a/b/ *.ts', 'touch zzz; cat *.ts', 'cat *.ts | sort > out'])(
  'what finds nothing more by what is written: %s',
  command => {
    expect(analyseIn(command, files).files).toContainEqual(expect.objectContaining({ path: '/proj/a.ts' }))
  },
)

test('many names are one that is not known', () => {
  expect(execs('echo many/*', files)).toEqual(['echo many/⟨name⟩'])
  expect(execs('echo *', { ...files, list: () => undefined })).toEqual(['echo ⟨name⟩'])
  expect(execs('echo **/*.ts; shopt -s globstar', files)).toEqual(['echo src/m.ts', 'shopt -s globstar'])
  expect(execs('shopt -s globstar; echo **/*.ts', files)).toContain('echo ⟨name⟩⟨path⟩/⟨name⟩.ts')
})

test('there is nothing to read where nothing is found', () => {
  const read = (command: string) =>
    analyseIn(command, files).files.filter(({ operation, missing }) => operation === 'read' && missing !== true)
  expect(read('cat *.pem')).toEqual([])
  expect(read("cat *.pem; cat '*.pem'; cat 'b*.pem'").map(({ path }) => path)).toEqual(['/proj/b*.pem'])
})

test('a folder that the command makes holds what the command writes there', () => {
  const made = 'mkdir /tmp/q; printf c > /tmp/q/a; printf d > /tmp/q/b;'
  expect(execs(`${made} $(cat /tmp/q/?) x`, files)).toContain('cd x')
  expect(execs('mkdir /tmp/q; echo rm x > /tmp/q/a; run-parts /tmp/q', files)).toContain('rm x')
  expect(execs(`${made} make; cat /tmp/q/?`, files)).toContain('cat /tmp/q/⟨name⟩ /tmp/q/a /tmp/q/b')
})
