import { describe, expect, it } from 'vitest'
import { AbstractString, type Part } from '../../../runtime/decide/abstract-string.js'
import { realRequest } from '../../../runtime/decide/real-request.js'
import type { Value } from '../../../runtime/decide/request.js'

const below = { hole: 'below' } as const
const visible = { hole: 'visible' } as const
const any = { hole: 'any' } as const

function realOf(
  file_path: Value,
  resolve: (path: string) => string | undefined = path => path.replace(/^\/link/, '/real'),
): Value | undefined {
  return realRequest({ action: 'file.read', params: { file_path }, context: { cwd: '/link', home: '/home/u' } }, resolve)?.params[
    'file_path'
  ]
}

describe('the real path of a request', () => {
  it.each<[Value, Value | undefined]>([
    ['/a', undefined],
    ['/link/a', '/real/a'],
    ['a', '/real/a'],
    ['/b/../link', '/real'],
    [5, undefined],
  ])('of %j is %j', (written, real) => {
    expect(realOf(written)).toBe(real)
  })

  it.each<[readonly Part[], readonly Part[] | undefined]>([
    [['/a/', visible], undefined],
    [
      ['/link/', visible, '.ts'],
      ['/real/', visible, '.ts'],
    ],
    [
      ['/link/a', visible],
      ['/real/a', visible],
    ],
    [
      ['/link', below],
      ['/real', below],
    ],
    [[visible], ['/real/', visible]],
    [['/link', visible], undefined],
    [[any, '/link'], undefined],
    [[below], undefined],
  ])('of one known in part, %j, is that of the folder that is known', (parts, real) => {
    expect(realOf(AbstractString.of(parts))).toEqual(real && AbstractString.of(real))
  })

  it('is not known where it cannot be told', () => {
    const nothing = AbstractString.of([any])
    expect(realOf('/a', () => undefined)).toEqual(nothing)
    expect(realOf(AbstractString.of(['/a/', visible]), () => undefined)).toEqual(nothing)
  })

  it('may be the root', () => {
    expect(realOf('/a', () => '/')).toBe('/')
    expect(realOf(AbstractString.of(['/a/', visible]), () => '/')).toEqual(AbstractString.of(['/', visible]))
  })
})
