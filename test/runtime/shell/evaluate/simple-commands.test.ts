import { expect, test } from 'vitest'
import { execs, shellFiles } from './show-analysis.js'

test('finds the commands of lists, pipelines, substitutions and functions', () => {
  expect(execs('a 1 && b | c; d &')).toEqual(['a 1', 'b', 'c', 'd'])
  expect(execs('a "$(b)"')).toEqual(['b', 'a ⟨any⟩'])
  expect(execs('f() { a "$@"; }; f 1 2')).toEqual(['a 1 2'])
})

test('reports redirections as effects of the shell', () => {
  expect(shellFiles('a < in > out 2>> log')).toEqual(['read /proj/in', 'write /proj/out', 'write /proj/log'])
  expect(shellFiles('cd sub && a > out')).toEqual(['write /proj/sub/out'])
})
