import { expect, test } from 'vitest'
import { modelOf } from '../../../../runtime/shell/programs/programs.js'
import { told, type Given } from '../../../support/recording-world.js'

const starts = (args: readonly string[], given: Given = {}) =>
  told(modelOf(args[0] ?? ''), args[0] ?? '', { args: args.slice(1), ...given }).lines.filter(line =>
    /^(run|shell|script|unknown)/.test(line),
  )

test.each([
  [['xargs', '-rt0', 'rm'], 'a\0b', ['run [rm a b] via xargs']],
  [['xargs', '-n', '1', 'rm'], 'a b\n', ['run [rm a] via xargs', 'run [rm b] via xargs']],
  [['xargs', '-I%', 'mv', '%', 'old-%'], 'a b\nc\n', ['run [mv a b old-a b] via xargs', 'run [mv c old-c] via xargs']],
  [['xargs', '-d,', 'rm'], 'a,b', ['run [rm a b] via xargs']],
  [['xargs', '-d,', 'rm'], 'a,,b', ['run [rm a  b] via xargs']],
  [['xargs'], 'a', ['run [echo a] via xargs']],
  [['parallel'], 'id\nls', ['shell id via parallel', 'shell ls via parallel']],
])('%j reads %j', (args, stdin, expected) => {
  expect(starts(args, { stdin, piped: true })).toEqual(expected)
})

test.each([
  [
    ['parallel', '-j2', 'rm', '{}', ':::', 'a', 'b'],
    ['run [rm a] via parallel', 'run [rm b] via parallel'],
  ],
  [['parallel', 'rm {} && id', ':::', 'a'], ['shell rm a && id via parallel']],
  [['parallel', 'rm {} && id', ':::', 'a;b'], ['shell rm "${__}" && id via parallel']],
  [['parallel', "tr 'a' {} | cut -d' ' -f1", ':::', 'a;b'], ["shell tr 'a' \"${__}\" | cut -d' ' -f1 via parallel"]],
  [['parallel', "awk '{print {}}' x", ':::', 'a;b'], ["shell awk '{print ⟨any⟩}' x via parallel"]],
  [['parallel', 'echo "it\'s {}"; id', ':::', 'a;b'], ['shell echo "it\'s "${__}""; id via parallel']],
  [
    ['parallel', 'cat', '{.}', '{/}', '{//}', '{/.}', '{1/}', ':::', 'a/.env.x', '.b'],
    ['run [cat a/.env .env.x a .env .env.x] via parallel', 'run [cat  .b .  .b] via parallel'],
  ],
  [['parallel', 'rm {.} && id', ':::', 'x.y'], ['shell rm x && id via parallel']],
  [['parallel', '--pipe', 'id'], ['shell id via parallel']],
  [['xargs', '-I{}', 'sh', '-c', 'echo {}'], ['run [sh -c echo ⟨any⟩] via xargs']],
  [['find', '.', '-name', '*.o', '-exec', 'rm', '{}', ';'], ['run [rm .⟨path⟩/⟨name⟩.o] via find -exec']],
  [
    ['find', 'a', 'b', '-exec', 'rm', '{}', '+', '-ok', 'id', ';'],
    ['run [rm a⟨path⟩ b⟨path⟩] via find -exec', 'run [id] via find -ok'],
  ],
  [
    ['find', '.', '(', '-name', '.env', '-o', '-path', './c/*.key', ')', '-exec', 'cat', '{}', ';'],
    ['run [cat .⟨path⟩] via find -exec', 'run [cat .⟨path⟩/.env] via find -exec', 'run [cat .⟨path⟩/⟨name⟩.key] via find -exec'],
  ],
  [['find', '.', '-regex', '.*/\\.env', '-exec', 'cat', '{}', '+'], ['run [cat .⟨path⟩ .⟨path⟩/.env] via find -exec']],
  [
    ['find', '.', '-not', '-name', '.env', '!', '(', '-name', 'x', ')', '-o', '-name', 'y', '-prune', '-exec', 'cat', '{}', ';'],
    ['run [cat .⟨path⟩] via find -exec'],
  ],
  [['fd', '-d1', 'x', '-x', 'rm'], ['run [rm ⟨any⟩] via fd -x']],
])('%j', (args, expected) => {
  expect(starts(args, { piped: true })).toEqual(expected)
})
