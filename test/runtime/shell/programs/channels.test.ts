import { expect, test } from 'vitest'
import { runEnvironment } from '../../../../runtime/shell/programs/environment.js'
import type { Model } from '../../../../runtime/shell/programs/model.js'
import { modelOf } from '../../../../runtime/shell/programs/programs.js'
import { told, type Given } from '../../../support/recording-world.js'

const starts = (args: readonly string[], given: Given = {}) =>
  told(modelOf(args[0] ?? ''), args[0] ?? '', { args: args.slice(1), ...given }).lines.filter(line =>
    /^(run|shell|script|unknown)/.test(line),
  )

test.each([
  [['tar', 'xf', 'a', '--to-command=id'], 'shell id via tar --to-command'],
  [['tar', 'cf', 'a', '-I', 'A=1 tee b'], 'shell A=1 tee b via tar -I'],
  [['tar', 'cf', 'a', '--checkpoint-act', 'exec=id'], 'shell id via tar --checkpoint-action'],
  [['rsync', '-avze', 'ssh -p 2', 'a', 'b'], 'shell ssh -p 2 via rsync -e'],
  [['ssh', '-oProxyCommand=id', 'host'], 'shell id via ssh -o ProxyCommand'],
  [['vim', '+silent !id', 'f'], 'shell id via vim -+'],
  [['gdb', '-batch', '-ex', '!id'], 'shell id via gdb -ex'],
  [['gdb', '-batch', '-ex', 'pipe info line | id'], 'shell  id via gdb -ex'],
  [['vim', '-c', 'silent! noautocmd r !id', '-c', 'q'], 'shell id via vim -c'],
  [['hg', '--config', 'alias.x=!id', 'x'], 'shell id via hg --config'],
  [['hg', '--config', 'hooks.pre-status=id', 'st'], 'shell id via hg --config'],
  [['make', 'SHELL=id x'], 'shell id x via make'],
  [['make', 'CC=id; true'], 'shell id; true via make'],
  [['erl', '-noshell', '-eval', 'os:cmd("id").'], 'unknown any: code of erl -eval'],
  [['swipl', '-g', 'shell(id)'], 'unknown any: code of swipl -g'],
  [['sbcl', '--eval', '(x)'], 'unknown any: code of sbcl -e'],
  [['mongosh', '--nodb', '--eval', 'run("id")'], 'unknown any: code of mongosh --eval'],
  [['mongosh', '--eval', 'a["x"]("id")'], 'unknown any: code of mongosh --eval'],
  [['mongo', '--eval', 'require("fs").rmSync("x")'], 'unknown any: code of mongo --eval'],
  [['ghc', '-e', 'x'], 'unknown any: code of ghc -e'],
  [['ipython', '-c', '!id'], 'unknown any: code of ipython -c'],
  [['psql', '-c', '\\! id'], 'shell  id via psql -c'],
  [['psql', '-o', '|id'], 'shell id via psql -o'],
  [['chromium', '--gpu-launcher=id'], 'shell id via chromium --gpu-launcher'],
  [['erl', '-noshell', '-eval', 'x'], 'unknown any: code of erl -eval'],
  [['mix', 'run', '-e', 'x'], 'unknown any: code of mix -e'],
  [['crystal', 'eval', 'x'], 'unknown any: code of crystal'],
  [['nix', 'eval', '--expr', 'x'], 'unknown any: code of nix --expr'],
  [['c99', '-wrapper', 'rm,x', 'f.c'], 'run [rm x] via c99 -wrapper'],
  [['jrunscript', '-e', 'x'], 'unknown any: code of jrunscript -e'],
  [['script', '-t', 'f'], 'run [bash -i] via script'],
  [['parallel', '-S', '2/u@a,:,b', 'x', ':::', 'y'], 'run [ssh u@a] via parallel'],
  [['socat', '-', 'EXEC:id,pty'], 'shell id via socat -*'],
  [['fzf', '--bind', 'enter:execute(id)'], 'shell id via fzf --bind'],
  [['bash', '-oc', 'pipefail', 'id', 'x'], 'shell id via bash -c'],
  [['bash', '--norc', '-exuo', 'pipefail', 'f'], 'script f via bash'],
  [['busybox', 'rm', 'x'], 'run [rm x] via busybox'],
])('%j', (args, expected) => {
  expect(starts(args)).toContain(expected)
})

test.each([
  [['erl', '-name', 'x']],
  [['mix', 'test', '--seed', '0']],
  [['ghc', '-prof', '-c', 'x.hs']],
  [['crystal', 'build', 'x.cr']],
  [['gh', 'alias', 'set', 'pv', 'pr view']],
  [['service', 'nginx', 'status']],
  [['psql', '-o', 'out']],
  [['vim', '-c', 'wq!', 'f']],
  [['psql', '-c', 'select 1 where a != b']],
  [['bash', '-n', 'script']],
  [['sudo', '-l']],
  [['command', '-v', 'rm']],
])('%j runs nothing', args => {
  expect(starts(args)).toEqual([])
})

test('a shell runs what it reads', () => {
  expect(starts(['sh', '-s', 'a'], { stdin: 'id', piped: true })).toEqual(['shell id via sh'])
  expect(starts(['sh'], { piped: true })).toEqual(['unknown any: commands that sh reads from its input'])
})

test('a shell at a terminal, however it is told so', () => {
  const acts = (args: readonly string[], given: Given = {}) =>
    told(modelOf(args[0] ?? ''), args[0] ?? '', { args: args.slice(1), ...given }).lines.filter(line => line.startsWith('shell.'))
  expect(acts(['bash'])).toEqual(['shell.interactive program=bash'])
  expect(acts(['sh', '-p'])).toEqual(['shell.interactive program=sh privileged=true'])
  expect(acts(['sh', '-i'], { piped: true })).toEqual(['shell.interactive program=sh'])
  expect(acts(['sh'], { piped: true })).toEqual([])
})

test('variables in front of a program', () => {
  const environment = new Map([
    ['GIT_SSH_COMMAND', 'id'],
    ['EDITOR', 'vi'],
    ['NODE_OPTIONS', '--max-old-space-size=4096'],
    ['LD_PRELOAD', './x.so'],
  ])
  const model: Model = (call, world) => {
    runEnvironment(call, world)
    return undefined
  }
  expect(told(model, 'git fetch', { environment }).lines).toEqual([
    'shell id via GIT_SSH_COMMAND',
    'shell vi via EDITOR',
    'unknown any: code that LD_PRELOAD names',
  ])
  const runs = (program: string, name: string, value: string) => told(model, program, { environment: new Map([[name, value]]) }).lines
  expect(runs('less', 'LESS', '-R +!id')).toEqual(['shell id via less -+'])
  expect(runs('zip', 'ZIPOPT', '-T -TT id')).toEqual(['shell id via zip -TT'])
  expect(runs('make', 'CC', 'id;')).toEqual(['shell id; via CC'])
  expect(runs('make', 'SHELL', '/bin/bash')).toEqual([])
  expect(runs('mvn', 'MAVEN_OPTS', '-javaagent:x.jar')).toEqual(['unknown any: code that MAVEN_OPTS names'])
  const loads = (value: string, more: readonly (readonly [string, string])[] = []) =>
    told(model, 'node x', { environment: new Map([['NODE_OPTIONS', value], ...more]) }).lines.length
  const packages = ['-r a/b', '--require=@a/b --import c', '-r a.b']
  expect(packages.map(value => loads(value))).toEqual([0, 0, 0])
  expect(['--require ./a', '-r /a', '-r a --import data:b', '-r a/../../b', '--import=@a/../b'].map(value => loads(value))).toEqual([
    1, 1, 1, 1, 1,
  ])
  // Where they are looked for is not known then.
  expect(packages.map(value => loads(value, [['NODE_PATH', '/tmp']]))).toEqual([1, 1, 1])
})

test.each(['printjson(rs.initiate())', 'db.users.find({ a: [1, 2] }).limit(3)', 'db.stats().ok'])('what asks the database: %s', code => {
  expect(starts(['mongosh', '-u', 'me', '-p', 'x', '--eval', code])).toEqual([])
})
