import { createHash } from 'node:crypto'
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { sha256 } from '../../../runtime/record/sha256.js'

const expected = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

it('gives what the standard says', () => {
  expect(sha256(new Uint8Array())).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
  expect(sha256(Buffer.from('abc'))).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
})
it('agrees with the engine around every block boundary, and on a large text', () => {
  for (const length of [...Array(200).keys(), 1_000_003]) {
    const bytes = Uint8Array.from({ length }, (_, i) => (i * 31 + length) % 256)
    expect(sha256(bytes), `${length} bytes`).toBe(expected(bytes))
  }
})
it('agrees with the engine on any bytes', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), bytes => sha256(bytes) === expected(bytes)))
})
