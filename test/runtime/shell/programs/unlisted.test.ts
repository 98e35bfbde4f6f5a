import { expect, test } from 'vitest'
import { isPathLike } from '../../../../runtime/shell/programs/unlisted.js'
import { analyse } from '../../../../runtime/shell/analyse.js'

test.each(['.env', '~/x', 'a/b', '/a', './a'])('%s is like a path', word => {
  expect(isPathLike(word)).toBe(true)
})

test.each(['', '.', 'word', 'https://a.example/x', 'a b/c', 'k=v/w'])('%j is not like a path', word => {
  expect(isPathLike(word)).toBe(false)
})

test.each(['some-tool .env', 'some-tool --file=.env', 'some-tool -x data=.env', 'some-tool @.env'])('%s may read the file', command => {
  const { files } = analyse({ command, cwd: '/w', home: '/h', projectRoot: '/w', user: 'u' })
  expect(files.map(({ operation, path }) => [operation, path])).toContainEqual(['read', '/w/.env'])
})

test('the value of an option that a table does not list may be a file', () => {
  const { files } = analyse({ command: 'sort --unheard-of=./x', cwd: '/w', home: '/h', projectRoot: '/w', user: 'u' })
  expect(files.map(({ path }) => path)).toContain('/w/x')
})

test.each([
  ['./w a rm -rf x', true],
  ['tool parts rm --name x', false],
  ['tool rm --recurs --forc x', true],
])('%s may run rm: %s', (command, expected) => {
  const { execs } = analyse({ command, cwd: '/w', home: '/h', projectRoot: '/w', user: 'u' })
  expect(execs.some(({ program }) => program === 'rm')).toBe(expected)
})
