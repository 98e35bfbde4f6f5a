import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeBase64 } from '../../../runtime/host/base64.js'

describe('base 64', () => {
  it('gives back every bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), bytes => {
        expect(Buffer.from(decodeBase64(Buffer.from(bytes).toString('base64')))).toEqual(Buffer.from(bytes))
      }),
    )
  })

  it.each(['A', 'AB', 'ABC', 'A===', '====', 'AB=C', 'A*CD', 'AéCD', 'ABCD\n', 'AB-_'])('is not %j', text => {
    expect(() => decodeBase64(text)).toThrow('damaged')
  })
})
