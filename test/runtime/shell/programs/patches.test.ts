import { describe, expect, test } from 'vitest'
import { FILES } from '../../../../runtime/shell/programs/files.js'
import { GIT } from '../../../../runtime/shell/programs/git.js'
import type { Lookup } from '../../../../runtime/shell/programs/roles.js'
import { type Given, told } from '../../../support/recording-world.js'

const PATCH = ['diff --git a/src/a.ts b/src/a.ts', '--- a/src/a.ts', '+++ b/src/a.ts\t2026-01-01', '@@ -1 +1 @@', '-a', '+b', ''].join('\n')
const RENAME = ['diff --git a/x b/y', 'rename from x', 'rename to y', '--- /dev/null', '+++ b/z', ''].join('\n')

function written(lookup: Lookup, line: string, given: Given): readonly string[] {
  const [name = ''] = line.split(' ')
  return told(lookup(name), line, given).lines.filter(each => each.startsWith('write ') && !each.endsWith('**'))
}

describe('the files that a patch names', () => {
  test.each<readonly [string, Lookup, string, Given, readonly string[]]>([
    ['git', GIT, 'git apply', { stdin: PATCH }, ['write src/a.ts']],
    ['git', GIT, 'git apply -p2', { stdin: PATCH }, ['write a.ts']],
    ['git', GIT, 'git apply', { stdin: RENAME }, ['write x', 'write y', 'write z']],
    ['git', GIT, 'git apply --check', { stdin: PATCH }, []],
    ['git', GIT, 'git apply p', { texts: { p: PATCH } }, ['write src/a.ts']],
    ['patch', FILES, 'patch -p1', { stdin: PATCH }, ['write src/a.ts']],
    ['patch', FILES, 'patch', { stdin: PATCH }, ['write a/src/a.ts', 'write b/src/a.ts']],
    ['patch', FILES, 'patch -p1 -i p', { texts: { p: PATCH } }, ['write src/a.ts']],
    ['git', GIT, 'git apply', {}, []],
  ])('of %s, %#', (_, lookup, line, given, expected) => {
    expect(written(lookup, line, given)).toEqual(expected)
  })

  test.each([
    [PATCH, 'patch -p1', false],
    [PATCH, 'patch -Ep1', true],
    [PATCH.replace('b/src/a.ts\t', '/dev/null\t'), 'patch -p1', true],
    [PATCH.replace('2026', '1970'), 'patch -p1', true],
    [RENAME, 'patch -p1', true],
  ])('are deleted where it says so, %#', (stdin, line, deletes) => {
    expect(told(FILES('patch'), line, { stdin }).lines.some(each => each.startsWith('delete '))).toBe(deletes)
  })
})
