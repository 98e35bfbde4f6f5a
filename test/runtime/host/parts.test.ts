import { describe, expect, it } from 'vitest'
import { partsAt, partText } from '../../../runtime/host/parts.js'

describe('the parts of a kernel', () => {
  it('are read by their places', () => {
    partsAt((offset, length) => 'abcdef'.slice(offset, offset + length))
    expect(partText(2, 3)).toBe('cde')
  })
  it('that are cut off are an error, not half a part', () => {
    partsAt(() => 'ab')
    expect(() => partText(0, 3)).toThrow('agsec compile')
  })
})
