import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compiled, matcher, runs, verdicts } from './support/matching.js'

/** By backtracking over the text, and with its own reading of brackets: nothing in common with the compiler. */
function naiveGlob(pattern: readonly string[], text: readonly string[]): boolean {
  const [first, ...rest] = pattern
  if (first === undefined) return text.length === 0
  if (first === '*') return naiveGlob(rest, text) || (text.length > 0 && naiveGlob(pattern, text.slice(1)))
  const [char, ...others] = text
  if (char === undefined) return false
  if (first === '?') return naiveGlob(rest, others)
  const close = first === '[' ? rest.indexOf(']', rest[0] === '!' ? 2 : 1) : -1
  if (close === -1) return first === char && naiveGlob(rest, others)
  return inBracket(rest.slice(0, close), char) && naiveGlob(rest.slice(close + 1), others)
}

function inBracket(content: readonly string[], char: string): boolean {
  if (content[0] === '!') return !isMember(content.slice(1), char)
  return isMember(content, char)
}

function isMember(content: readonly string[], char: string): boolean {
  const [low, hyphen, high] = content
  if (low === undefined) return false
  if (hyphen === '-' && high !== undefined) return isWithin(low, char, high) || isMember(content.slice(3), char)
  return low === char || isMember(content.slice(1), char)
}

function isWithin(low: string, char: string, high: string): boolean {
  const [a = 0, b = 0, c = 0] = [low, char, high].map(each => each.codePointAt(0))
  return a <= b && b <= c
}

const alphabet = ['a', 'b', '.', '/', '-', '!', ']', '[', '😀']

describe('globs', () => {
  it('match what a backtracking matcher matches', () => {
    const chars = fc.array(fc.constantFrom('*', '?', '[', ']', '!', '-', '^', 'a', 'b', 'c', '.', '/', '😀'), { maxLength: 8 })
    const property = fc.property(chars, pattern => {
      for (const [text, matched] of verdicts(compiled({ kind: 'glob', source: pattern.join('') }), alphabet, 3)) {
        expect([text, matched]).toEqual([text, naiveGlob(pattern, [...text])])
      }
    })
    fc.assert(property, { numRuns: runs(300) })
  })

  it.each([
    ['mcp.*', 'mcp.slack.post', true],
    ['file.*', 'file', false],
    ['file.rea?', 'file.read', true],
    ['FILE.*', 'file.read', false],
    ['[!a]*', 'bash', true],
    ['[^a]', '^', true],
    ['[]a]', ']', true],
    ['[a', '[a', true],
    ['[c-a]', 'b', false],
    ['[!c-a]', 'b', true],
    ['?', '😀', true],
    ['*', '\n', true],
    ['', '', true],
    ['', 'a', false],
    ['a\\*', 'a\\b', true],
  ])('%j on %j: %j', (source, text, expected) => {
    expect(matcher({ kind: 'glob', source })(text)).toBe(expected)
  })
})
