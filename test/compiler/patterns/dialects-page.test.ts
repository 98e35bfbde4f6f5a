/** The rows of docs/regular-expressions.md: what the page says of a pattern in both dialects is what it does. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { compilePattern } from '../../../compiler/patterns/compile-pattern.js'
import { accepts } from './support/matching.js'

const page = readFileSync(new URL('../../../docs/regular-expressions.md', import.meta.url), 'utf8')
const ROW = /^\| ([^|]+) \| `(.*?)` \| `(.*?)` \| (found|not found|error) \| (found|not found|error) \|$/gm
const rows = [...page.matchAll(ROW)].map(([, what = '', pattern = '', text = '', python, es]) => ({ what, pattern, text, python, es }))

/** Texts are written with the escapes of JSON. */
function answer(pattern: string, text: string, dialect: 'python' | 'es'): string {
  const result = compilePattern({ kind: 'regex', source: pattern, dialect })
  if (!result.ok) return 'error'
  return accepts(result.automaton, JSON.parse(`"${text}"`)) ? 'found' : 'not found'
}

describe('the dialects side by side', () => {
  it('has rows, all of which are read', () => {
    const table = page.slice(page.indexOf('| what |'), page.indexOf('\n\nLetters'))
    expect(rows.length).toBe(table.split('\n').length - 2)
    expect(rows.length).toBeGreaterThan(30)
  })

  it.each(rows)('$what: `$pattern` in `$text`', ({ pattern, text, python, es }) => {
    expect(python).not.toBe(es)
    expect([answer(pattern, text, 'python'), answer(pattern, text, 'es')]).toEqual([python, es])
  })
})
