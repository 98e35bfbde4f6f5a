/** Ways to an effect that names a setting, a variable or an archive instead of the option or the file itself. */
import { expect, test } from 'vitest'
import { showString } from '../../../../runtime/decide/abstract-string.js'
import { analyseIn, execs, unknowns } from '../evaluate/show-analysis.js'

const files = (command: string) => analyseIn(command).files.map(({ operation, path }) => `${operation} ${showString(path)}`)
const actions = (command: string) =>
  analyseIn(command).actions.map(({ action, params }) => `${action} ${JSON.stringify(params['force'] ?? params['url'])}`)

test.each([
  ["node -e \"require('fs').appendFileSync(process.env.HOME+'/.bashrc',1)\"", 'write /home/me/.bashrc'],
  ["node -e \"require('fs').readFileSync(require('os').homedir()+'/.netrc')\"", 'read /home/me/.netrc'],
  [
    'node -e \'const os=require("os"),p=require("path"); require("fs").readFileSync(p.join(os.homedir(),".netrc"))\'',
    'read /home/me/.netrc',
  ],
  [
    'node -e \'const {homedir: h}=require("os"),{join}=require("path"); require("fs").readFileSync(join(h(),".netrc"))\'',
    'read /home/me/.netrc',
  ],
  ['node -e \'import {join as j} from "path"; import fs from "fs"; fs.rmSync(j("a", "b"))\'', 'delete /proj/a/b'],
  ['node -e \'const B=Buffer.from; require("fs").readFileSync(B("LmVudg==","base64"))\'', 'read /proj/.env'],
  ["python3 -c \"import os; open(os.environ['HOME']+'/.netrc')\"", 'read /home/me/.netrc'],
  ["python3 -c \"import os; open(os.path.join(os.getenv('HOME'),'.netrc'))\"", 'read /home/me/.netrc'],
  ['python3 -c "from pathlib import Path; (Path.home()/\'.netrc\').read_text()"', 'read /home/me/.netrc'],
  ["python3 -c \"import pathlib; pathlib.Path('a').joinpath('.env').read_text()\"", 'read /proj/a/.env'],
  ['ruby -e \'puts File.read(Dir.home+"/.netrc")\'', 'read /home/me/.netrc'],
  ['php -r \'readfile(getenv("HOME")."/.netrc");\'', 'read /home/me/.netrc'],
  ['lua -e \'io.open(os.getenv("HOME").."/.netrc")\'', 'read /home/me/.netrc'],
])('the home of the user in code: %s', (command, expected) => {
  expect(files(command)).toContain(expected)
})

const REMOVES = 'require("fs").rmSync("x")'

test.each([
  `echo '${REMOVES}' > a.ts; tsx a.ts`,
  `echo '${REMOVES}' > a.ts; npx tsx ./a`,
  `echo '${REMOVES}' > a.ts; echo 'import "./a"' > b.ts; bun b.ts`,
  `echo '${REMOVES}' > a.mts; echo 'import "./a.mjs"' > b.mts; tsx b.mts`,
  `mkdir a; echo '${REMOVES}' > a/index.js; node a`,
  `mkdir a; echo '${REMOVES}' > a/index.js; node -e 'require("./a")'`,
  `echo '${REMOVES}' > a.test.ts; npx vitest run a.test.ts`,
  `echo '${REMOVES}' > evil.js; echo 'module.exports = { setupFiles: ["./evil.js"] }' > jest.config.js; npx jest`,
  `echo 'import os; os.remove("x")' > test_a.py; pytest test_a.py::test_b`,
])('code that the command has written is read: %s', command => {
  expect(files(command)).toContain('delete /proj/x')
})

test.each([
  ['tsx a.ts', 0],
  ['tsx watch a.ts', 1],
  ['ts-node -P x.json a.ts', 1],
  ['tsx b.ts a.ts', 1],
  ['vitest run a.ts', 0],
  ['eslint a.ts', 0],
  ['echo 1 > eslint.config.js; eslint .', 0],
  ['cat b > jest.config.js; jest', 1],
  ['echo "c.run(1)" > tasks.py; invoke x', 1],
  ['echo "t(pytester)" > test_a.py; pytest test_a.py', 1],
  [`echo 1 > evil.txt; echo 'f("./evil.txt")' > jest.config.js; jest`, 1],
  ['PYTHONPATH=src python3 -c "import json"', 0],
  ['PYTHONPATH=src:. python3 -c "import json"', 1],
  ['PYTHONPATH=$D:src python3 -c "import json"', 1],
  ['cd packages/*/; npm test', 0],
  ['cd "$D"; echo "{}" > $E/package.json; npm test', 1],
])('what is run by %s', (command, count) => {
  expect(unknowns(`echo 'console.log(1)' > a.ts; ${command}`)).toHaveLength(count)
})

test.each(['git log -3 --oneline --all -- .env', 'git log --format=%h --stat .env', 'git diff --name-only main -- .env'])(
  '%s shows no contents',
  command => {
    expect(files(command)).toEqual([])
  },
)

test.each([
  ['tar xOf a.tar .env', 'read /proj/.env'],
  ['unzip -p a.zip .env', 'read /proj/.env'],
  ['git show :0:.env', 'read /proj/.env'],
  ['yq .env', 'read /proj/.env'],
  ['man ./.env', 'read /proj/.env'],
  ['enscript -o - .env', 'read /proj/.env'],
  ['python3 -m fileinput .env', 'read /proj/.env'],
  ['gh secret set -f .env', 'read /proj/.env'],
  ['vercel env push .env', 'read /proj/.env'],
  ['az storage blob upload -f .env', 'read /proj/.env'],
  ['vault kv put a @.env', 'read /proj/.env'],
  ['node --env-file=.env -p process.env', 'read /proj/.env'],
  ["node -r dotenv/config -e 'console.log(process.env)'", 'read /proj/.env'],
  ['deno run -A npm:rimraf src', 'delete /proj/src'],
])('what is shown or deleted: %s', (command, expected) => {
  expect(files(command)).toContain(expected)
})

test.each(['node --env-file=.env -p process.env.PORT', 'node --env-file=.env server.js', 'tar xf a.tar .env', 'tar tf a.tar .env'])(
  'and what is not: %s',
  command => {
    expect(files(command)).not.toContain('read /proj/.env')
  },
)

test.each([
  ['git -c remote.origin.push=+refs/heads/a push', 'git.push true'],
  ['git -c remote.origin.mirror=true push', 'git.push true'],
  ["git config remote.origin.push '+refs/heads/*'", 'git.push true'],
  ['git send-pack --force origin a', 'git.push true'],
  ['git send-pack origin +a', 'git.push true'],
  ['hub push -f', 'git.push true'],
  ['git -c clean.requireForce=false clean -d', 'git.clean true'],
  ['git checkout-index -fa', 'git.checkout true'],
  ["lftp -c 'open -u me,x a.example; put b'", 'net.connect "ftp://a.example"'],
  ['w3m a.example', 'web.fetch "http://a.example"'],
  ['lynx -dump a.example/x', 'web.fetch "http://a.example/x"'],
])('settings and programs that do the same: %s', (command, expected) => {
  expect(actions(command)).toContain(expected)
})

test.each([
  'git -c remote.origin.push=HEAD push',
  'git -c clean.requireForce=true clean -d',
  'git checkout-index -a --prefix=/tmp/x/',
  'w3m index.html',
  'git -c remote.origin.push=+a fetch',
])('and those that do not: %s', command => {
  expect(actions(command).filter(each => / (?:true|"http)/.test(each))).toEqual([])
})

test.each([
  ["fd -H '^\\.env$' -x cat", 'read /proj⟨path⟩/.env'],
  ["fd -H '^\\.env$' | xargs cat", 'read /proj⟨path⟩/.env'],
  ["fd -uu -g '.env*' src -X cat", 'read /proj/src⟨path⟩/.env⟨name⟩'],
  ['just --command cat -n .env', 'read /proj/.env'],
  ['trickle -s cat .env', 'read /proj/.env'],
  ['svn diff --diff-cmd rm', 'delete ⟨any⟩'],
])('other programs that name files or run others: %s', (command, expected) => {
  expect(files(command)).toContain(expected)
})

const rights = (command: string) =>
  analyseIn(command).actions.flatMap(({ action, params }) => (action === 'permission.change' ? [params['mode']] : []))

test.each([
  ['python3 -c "import os; os.chmod(\'a\', 0o777)"', '777'],
  ["node -e \"require('fs').chmodSync('a', 0o777)\"", '777'],
  ['node -e \'require("fs").chmodSync("a", 511)\'', '777'],
  ['perl -e \'chmod 0777, "a"\'', '777'],
  ['ruby -e \'File.chmod(0777, "a")\'', '777'],
  ['php -r \'chmod("a", 0777);\'', '777'],
  ['install -m 777 a b', '777'],
  ['mkdir -m a+rwx d', 'a+rwx'],
])('rights that are given: %s', (command, mode) => {
  expect(rights(command)).toContain(mode)
})

test('a program that find starts reads what find reads', () => {
  expect(analyseIn('find . -exec sh ";"').actions).toContainEqual(expect.objectContaining({ action: 'shell.interactive' }))
  expect(execs("echo 'rm x' | find . -exec sh ';'")).toContain('rm x')
  expect(execs("echo 'rm x' | find . -ok sh ';'")).not.toContain('rm x')
})

test.each([
  ['sysctl kernel.x=0', 1],
  ['sysctl -w kernel.x=0', 1],
  ['sysctl kernel.x', 0],
])('settings of the kernel: %s', (command, count) => {
  expect(analyseIn(command).actions.filter(({ action }) => action === 'system.configure')).toHaveLength(count)
})

test('a package of npm is run by its name', () => {
  expect(execs('deno run --allow-all npm:cowsay@1.5 hi')).toContain('npx cowsay@1.5 hi')
})

test('a comment in a command that make runs ends before the bracket', () => {
  expect(files("make -f - <<< 'c := $(shell cat .env # no)\nx:;@:'")).toContain('read /proj/.env')
})
