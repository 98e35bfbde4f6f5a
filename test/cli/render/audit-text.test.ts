import { describe, expect, it } from 'vitest'
import { subjectOf } from '../../../cli/render/audit-text.js'

describe('what a call is about', () => {
  it.each([
    [{ command: 'ls', file_path: '/a' }, 'ls'],
    [{ file_path: '/a', offset: 1 }, '/a'],
    [{ todos: [] }, '{"todos":[]}'],
    [undefined, undefined],
    [
      { tool: 'apply_patch', actions: [{ action: 'file.edit', params: { file_path: '/a' } }, { params: { command: 'ls' } }, 'left out'] },
      '/a, ls, left out',
    ],
  ])('%j is %j', (params, subject) => {
    expect(subjectOf(params)).toBe(subject)
  })
})
