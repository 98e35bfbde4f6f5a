import { describe, expect, it } from 'vitest'
import { sumOf, withSums } from '../../../compiler/table/block-sums.js'
import { Block, BLOCK_CHUNK_WORDS } from '../../../runtime/decide/block.js'

const CHUNKS = 3
const WORDS = (CHUNKS - 1) * BLOCK_CHUNK_WORDS + 5
const words = Uint32Array.from({ length: WORDS }, (_, i) => Math.imul(i + 1, 0x9e3779b1) >>> 0)
const bytes = new Uint8Array(words.buffer)
const sum = sumOf(bytes)

/** @param damaged a word that is another one than when the sums were made */
function block(damaged?: number): Block {
  const all = new Uint32Array(withSums(bytes).buffer)
  if (damaged !== undefined) all[damaged] = (all[damaged] ?? 0) ^ 1
  return new Block(all, WORDS, sum)
}

const byteIn = (chunk: number) => 4 * BLOCK_CHUNK_WORDS * chunk

describe('a block', () => {
  it('is sound once all of it was compared', () => {
    const whole = block()
    expect([...whole.words]).toEqual([...words])
    expect(whole.isSound).toBe(false)
    whole.compare()
    expect(whole.isSound).toBe(true)
  })

  it.each([0, BLOCK_CHUNK_WORDS, WORDS - 1])('is refused where word %i is another, by whoever reads its chunk', damaged => {
    const chunk = Math.floor(damaged / BLOCK_CHUNK_WORDS)
    for (let each = 0; each < CHUNKS; each++) {
      const read = () => block(damaged).compareAt(byteIn(each) + 3)
      if (each === chunk) expect(read).toThrow('the decision table is damaged')
      else expect(read).not.toThrow()
    }
    expect(() => block(damaged).compare()).toThrow('the decision table is damaged')
  })

  it('is refused at once where one of its sums is another', () => {
    for (let each = 0; each < CHUNKS; each++) expect(() => block(WORDS + each)).toThrow('the decision table is damaged')
  })

  it('is compared as a whole after a few runs, and before a long one', () => {
    const often = block()
    const counted = Array.from({ length: 20 }, () => often.countsRun(10))
    expect(counted.indexOf(false)).toBeGreaterThan(3)
    expect(counted.lastIndexOf(true)).toBeLessThan(counted.indexOf(false))
    expect(block().countsRun(WORDS)).toBe(false)
  })
})
