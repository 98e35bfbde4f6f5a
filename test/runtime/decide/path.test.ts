import fc from 'fast-check'
import { posix } from 'node:path'
import { describe, expect, it } from 'vitest'
import { AbstractString, type Part, showString } from '../../../runtime/decide/abstract-string.js'
import { contextFolder, normalizePath } from '../../../runtime/decide/path.js'

const home = { home: '/home/u', cwd: '/home/u/app' }
const any = { hole: 'any' } as const
const below = { hole: 'below' } as const
const segment = { hole: 'segment' } as const
const char = { hole: 'char' } as const

function shown(parts: readonly Part[], context: Record<string, string> = home): string {
  return showString(normalizePath(AbstractString.of(parts), context))
}

describe('whole paths', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['/', '/'],
    ['//', '/'],
    ['/a/./b//c/', '/a/b/c'],
    ['/a/../../b', '/b'],
    ['/..', '/'],
    ['x', '/home/u/app/x'],
    ['', '/home/u/app'],
    ['.', '/home/u/app'],
    ['../x', '/home/u/x'],
    ['~', '/home/u'],
    ['~/.ssh/id', '/home/u/.ssh/id'],
    ['/~', '/~'],
    ['/a/.../b', '/a/.../b'],
    ['/a/..b', '/a/..b'],
    ['/a\\b', '/a\\b'],
  ]
  it.each(cases)('%j is %j', (written, normal) => {
    expect(normalizePath(written, home)).toBe(normal)
  })

  it('agrees with an independent implementation on any absolute path', () => {
    const piece = fc.constantFrom('/', '.', '..', 'a', '.b', '...', '~', '\\', 'é')
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), pieces => {
        const path = `/${pieces.join('')}`
        const expected = posix.normalize(path)
        expect(normalizePath(path, {})).toBe(expected.length > 1 && expected.endsWith('/') ? expected.slice(0, -1) : expected)
      }),
      { numRuns: 3000 },
    )
  })

  it.each([
    ['C:\\Users\\x', '/c:/Users/x'],
    ['c:x', '/c:/x'],
    ['\\\\server\\share', '/server/share'],
    ['a\\..\\b', '/c:/work/b'],
  ])('on Windows %j is %j', (written, normal) => {
    expect(normalizePath(written, { platform: 'win32', cwd: 'C:\\work' })).toBe(normal)
  })
})

describe('folders that are not known', () => {
  it('keeps what a missing folder cannot hide', () => {
    expect(showString(normalizePath('x/.env', {}))).toBe('⟨path⟩/x/.env')
    expect(showString(normalizePath('~/.env', {}))).toBe('⟨path⟩/.env')
    expect(showString(normalizePath('~', {}))).toBe('⟨path⟩')
    expect(showString(normalizePath('~root/.env', home))).toBe('⟨path⟩/.env')
    expect(showString(normalizePath('../.env', {}))).toBe('⟨any⟩/.env')
  })
  it('takes only an absolute folder for one', () => {
    expect(contextFolder({ home: 'rel' }, 'home')).toBeUndefined()
    expect(contextFolder({}, 'home')).toBeUndefined()
    expect(contextFolder({ home: '/a/../b/' }, 'home')).toBe('/b')
  })
})

describe('paths known in part', () => {
  const cases: readonly (readonly [readonly Part[], string])[] = [
    [['/a/', segment, '/x'], '/a/⟨char⟩⟨name⟩/x'],
    [['/a/', segment, '/../x'], '/a/x'],
    [['src/', segment, '.ts'], '/home/u/app/src/⟨name⟩.ts'],
    [[segment, '/x'], '/home/u/app/⟨char⟩⟨name⟩/x'],
    [['/a/.', char], '/a/.⟨char⟩'],
    [['/a/', any, '/x'], '⟨any⟩/x'],
    [['/a/', any, '.env'], '⟨any⟩.env'],
    [['/a/', any, '..'], '⟨any⟩'],
    [['/a/', any, '/..'], '⟨any⟩'],
    [['/a/', any, 'x/../y'], '⟨any⟩/y'],
    [['/a/', any, '/../../y'], '⟨any⟩/y'],
    [[any], '⟨any⟩'],
    [['~', any], '⟨any⟩'],
    [['/a', below], '/a⟨path⟩'],
    [['/a', below, '/.env'], '/a⟨path⟩/.env'],
    [['/a', below, '/x/..'], '/a⟨path⟩'],
    [['/a', below, '/..'], '⟨any⟩'],
    [['/a', below, 'x'], '⟨any⟩x'],
    [['/a', below, segment], '⟨any⟩⟨name⟩'],
    [['/a/', segment, '/', any, 'b', any, 'c'], '⟨any⟩c'],
  ]
  it.each(cases)('%j', (parts, expected) => {
    expect(shown(parts)).toBe(expected)
  })

  it('are the same whether or not they have to be walked', () => {
    const part = fc.constantFrom<Part>('/', 'a', '.', '..', '\\', 'b.', any, below, segment, char, { hole: 'visible' })
    fc.assert(
      fc.property(fc.array(part, { maxLength: 7 }), parts => {
        expect(shown(['/', ...parts])).toBe(shown(['/./', ...parts]))
      }),
      { numRuns: 5000 },
    )
  })

  it('covers every completion that it stands for', () => {
    const filling = { any: ['', 'x', '/', '..', '/../..', '/y/'], below: ['', '/k', '/k/l'], segment: ['n', 'nn'], char: ['c'] } as const
    const hole = fc.constantFrom(any, below, segment, char)
    const text = fc.constantFrom('/', 'a', '/..', '/.', 'b/', '..', '/x')
    fc.assert(
      fc.property(
        fc.array(fc.oneof(text, hole), { minLength: 1, maxLength: 6 }),
        fc.array(fc.nat(), { minLength: 6, maxLength: 6 }),
        (parts, picks) => {
          const written = ['/', ...parts].map((part, i) => (typeof part === 'string' ? part : pick(filling[part.hole], picks[i % 6] ?? 0)))
          // A `below` hole stands for whole segments: what would make it part of a name is no completion of it.
          fc.pre(!parts.some((part, i) => typeof part !== 'string' && part.hole === 'below' && !startsSegment(parts[i + 1])))
          const whole = normalizePath(written.join(''), {})
          const partly = normalizePath(AbstractString.of(['/', ...parts]), {})
          // What lies below an unknown folder reads as empty text where that folder is the root.
          expect(couldBeText(partly, showString(whole)) || (whole === '/' && couldBeText(partly, ''))).toBe(true)
        },
      ),
      { numRuns: 5000 },
    )
  })
})

function startsSegment(part: Part | undefined): boolean {
  return part === undefined || (typeof part === 'string' && part.startsWith('/'))
}

function pick<T>(values: readonly T[], index: number): T {
  return values[index % values.length] as T // never empty
}

/** A slow, independent check by backtracking. */
function couldBeText(value: string | AbstractString, text: string): boolean {
  if (typeof value === 'string') return value === text
  return fits(value.parts, text)
}

function fits(parts: readonly Part[], text: string): boolean {
  const [first, ...rest] = parts
  if (first === undefined) return text === ''
  if (typeof first === 'string') return text.startsWith(first) && fits(rest, text.slice(first.length))
  const language = { any: /^[^]*$/, below: /^(\/[^/]+)*$/, segment: /^[^/]*$/, char: /^[^/]$/, visible: /^[^/.][^/]*$/ }[first.hole]
  for (let end = 0; end <= text.length; end++) if (language.test(text.slice(0, end)) && fits(rest, text.slice(end))) return true
  return false
}
