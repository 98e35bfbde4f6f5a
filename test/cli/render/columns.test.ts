import { describe, expect, it } from 'vitest'
import { columns, oneLine } from '../../../cli/render/columns.js'
import { palette } from '../../../cli/render/palette.js'

describe('columns', () => {
  it('aligns by code points and leaves colours out of the count', () => {
    const { deny } = palette(true)
    expect(
      columns([
        ['a', 'x'],
        [deny('bbb'), 'y'],
        ['😀é', 'z'],
      ]),
    ).toBe(`a    x\n${deny('bbb')}  y\n😀é   z\n`)
  })
  it('has no spaces at the ends of lines', () => {
    expect(
      columns([
        ['a', ''],
        ['bb', 'c'],
      ]),
    ).toBe('a\nbb  c\n')
    expect(columns([])).toBe('')
  })
})

describe('oneLine', () => {
  it('shows what would steer a terminal or hide', () => {
    expect(oneLine('a\u001b[2Jb\r\nc\u202ed\u200be\ud800f')).toBe('a\\x1b[2Jb\\x0d⏎c\\u{202e}d\\u{200b}e\\u{d800}f')
    expect(oneLine('\u009b31m')).toBe('\\x9b31m')
  })
  it('cuts by code points', () => {
    expect(oneLine('😀😀😀', 3)).toBe('😀😀😀')
    expect(oneLine('😀😀😀😀', 3)).toBe('😀😀…')
  })
})
