import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compilePattern } from '../../../compiler/patterns/compile-pattern.js'
import { splitPathPattern } from '../../../compiler/patterns/path-pattern.js'
import { matcher, runs } from './support/matching.js'

function rest(pattern: string): string {
  const split = splitPathPattern(pattern)
  if ('code' in split) throw new Error(`${pattern}: ${split.message}`)
  return split.rest
}

function matches(pattern: string, path: string, ignoreCase = false): boolean {
  return matcher({ kind: 'path', source: rest(pattern), ignoreCase })(path)
}

describe('the base of a path pattern', () => {
  it.each([
    ['/etc/passwd', 'root', '/etc/passwd'],
    ['.env', 'root', '/**/.env'],
    ['src/*.ts', 'root', '/**/src/*.ts'],
    ['**/x', 'root', '/**/x'],
    ['**', 'root', '/**'],
    ['\\~x', 'root', '/**/\\~x'],
    ['a~', 'root', '/**/a~'],
    ['~', 'home', ''],
    ['~/', 'home', '/'],
    ['~/.ssh/**', 'home', '/.ssh/**'],
    ['${home}/x', 'home', '/x'],
    ['${cwd}', 'cwd', ''],
    ['${project_root}/**', 'project_root', '/**'],
  ])('%s hangs on %s, followed by %j', (pattern, base, expected) => {
    expect(splitPathPattern(pattern)).toEqual({ base, rest: expected })
  })

  it.each([
    ['', 0, 0, 'path-syntax', 'cannot be empty'],
    ['a/${home}', 2, 7, 'path-misplaced-variable', 'only possible at the start'],
    ['${cwd}/${home}/x', 7, 7, 'path-misplaced-variable', '`${home}`'],
    ['/a/~/b', 3, 1, 'path-misplaced-variable', 'only at the start'],
    ['${hoem}/x', 0, 7, 'path-unknown-variable', '`${hoem}`'],
    ['${home', 0, 2, 'path-syntax', 'not closed'],
    ['${home}x/y', 7, 1, 'path-syntax', 'must be followed by `/`'],
    ['~bob/x', 0, 4, 'path-syntax', "another user's home"],
    ['*.{js,ts}', 2, 1, 'path-brace', 'unexpected `{`'],
    ['a}', 1, 1, 'path-brace', 'unexpected `}`'],
    ['~/a/../b', 4, 2, 'path-dot-segment', '`..`'],
    ['./a', 0, 1, 'path-dot-segment', '`.`'],
    ['/a/[bc', 3, 1, 'path-syntax', 'not closed within its segment'],
    ['/a[b/c]', 2, 1, 'path-syntax', 'not closed within its segment'],
    ['/a\\', 2, 1, 'path-syntax', 'must be followed by'],
    ['src/**.ts', 4, 2, 'path-double-star', '`**.ts`'],
  ])('%j is an error at %i, %i long', (pattern, offset, length, code, words) => {
    expect(splitPathPattern(pattern)).toMatchObject({ code, offset, length, message: expect.stringContaining(words) })
  })

  it('suggests the variable that was meant', () => {
    expect(splitPathPattern('${projectroot}/x')).toMatchObject({ help: 'did you mean `${project_root}`?' })
  })
})

describe('path patterns', () => {
  it.each([
    ['.env', '/.env', true],
    ['.env', '/a/b/.env', true],
    ['.env', '/a/b.env', false],
    ['.env', '/.env/x', false],
    ['/a/**', '/a', false],
    ['/a/**', '/a/b/c', true],
    ['/a/', '/a/b', true],
    ['/a/', '/a', false],
    ['/', '/', false],
    ['/', '/x/y', true],
    ['/a/**/b', '/a/b', true],
    ['/a/**/b', '/a/x/y/b', true],
    ['/a/**/b', '/ab', false],
    ['**/x/**', '/x', false],
    ['/*', '/', false],
    ['/a/*', '/a/b', true],
    ['/a/*', '/a/b/c', false],
    ['/a/*', '/a/.hidden', true],
    ['/a?c', '/a/c', false],
    ['/a[^b]c', '/a/c', false],
    ['/a[!b]c', '/axc', true],
    ['/a[b-d]c', '/acc', true],
    ['/[]x]', '/]', true],
    ['/[a\\-c]', '/b', false],
    ['/[a\\]]', '/]', true],
    ['/\\*', '/*', true],
    ['/\\*', '/a', false],
    ['/a//b', '/a/b', true],
    ['/a$b', '/a$b', true],
  ])('%s on %s: %j', (pattern, path, expected) => {
    expect(matches(pattern, path)).toBe(expected)
  })

  it('ignores case, by simple folding, only where asked to', () => {
    expect(matches('/Straße/[A-C]X', '/STRAẞE/bx', true)).toBe(true)
    expect(matches('/[!A]', '/a', true)).toBe(false)
    expect(matches('/K', '/\u212a', true)).toBe(true)
    expect(matches('/A', '/a')).toBe(false)
  })

  it('match what a recursive matcher matches', () => {
    const segment = fc.oneof(
      { weight: 1, arbitrary: fc.constant('**') },
      {
        weight: 3,
        arbitrary: fc.array(fc.constantFrom('a', 'b', '?', '*', '[ab]', '[!a]', '\\*'), { minLength: 1, maxLength: 3 }).map(join),
      },
    )
    const property = fc.property(fc.array(segment, { minLength: 1, maxLength: 4 }), paths(), (segments, path) => {
      // Runs of stars within a segment are errors, tested above.
      fc.pre(segments.every(each => each === '**' || !each.includes('**')))
      const expected = naivePath(segments, path)
      expect(matches(`/${segments.join('/')}`, `/${path.join('/')}`)).toBe(expected)
    })
    fc.assert(property, { numRuns: runs(3_000) })
  })
})

function join(parts: readonly string[]): string {
  return parts.join('')
}

function paths(): fc.Arbitrary<string[]> {
  return fc.array(fc.array(fc.constantFrom('a', 'b', '*', 'é'), { minLength: 1, maxLength: 3 }).map(join), { maxLength: 5 })
}

function naivePath(segments: readonly string[], path: readonly string[]): boolean {
  const [first, ...others] = segments
  if (first === undefined) return path.length === 0
  if (first === '**' && others.length === 0) return path.length > 0
  if (first === '**') return naivePath(others, path) || (path.length > 0 && naivePath(segments, path.slice(1)))
  const [name, ...deeper] = path
  return name !== undefined && naiveName(first, name) && naivePath(others, deeper)
}

function naiveName(pattern: string, name: string): boolean {
  if (pattern === '') return name === ''
  if (pattern.startsWith('*')) return naiveName(pattern.slice(1), name) || (name !== '' && naiveName(pattern, name.slice(1)))
  if (name === '') return false
  for (const [piece, fits] of Object.entries({ '?': true, '[ab]': 'ab'.includes(name.charAt(0)), '[!a]': name[0] !== 'a' })) {
    if (pattern.startsWith(piece)) return fits && naiveName(pattern.slice(piece.length), name.slice(1))
  }
  const literal = pattern.startsWith('\\') ? pattern.slice(1) : pattern
  return literal[0] === name[0] && naiveName(literal.slice(1), name.slice(1))
}

describe('within', () => {
  it.each([
    ['/a/b', '/a/b', true],
    ['/a/b', '/a/b/c/d', true],
    ['/a/b', '/a/bc', false],
    ['/a/b', '/a', false],
    ['', '/', true],
    ['', '/x', true],
    ['', '', true],
    ['', 'x', false],
    ['/a*', '/ab', false],
    ['/A', '/a/x', false],
  ])('%j holds %j: %j', (source, path, expected) => {
    expect(matcher({ kind: 'within', source, ignoreCase: false })(path)).toBe(expected)
  })

  it('ignores case where asked to', () => {
    expect(matcher({ kind: 'within', source: '/Users/Ä', ignoreCase: true })('/USERS/ä/X')).toBe(true)
  })
})

it('a rest is compiled as it was split', () => {
  const property = fc.property(fc.array(fc.constantFrom(...'ab*?[]!^-\\~${}/.'), { maxLength: 8 }).map(join), source => {
    const split = splitPathPattern(source)
    if ('code' in split) return
    expect(compilePattern({ kind: 'path', source: split.rest, ignoreCase: true })).toMatchObject({ ok: true })
  })
  fc.assert(property, { numRuns: runs(3_000) })
})
