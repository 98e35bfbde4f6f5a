import { describe, expect, it } from 'vitest'
import { StatementBuffer } from '../../../runtime/decide/statement-list.js'

function listOf(buffer: StatementBuffer): readonly number[] {
  const { list, length } = buffer.sorted()
  return Array.from({ length }, (_, i) => list[i] ?? -1)
}

describe('a list of statements', () => {
  const buffer = new StatementBuffer()

  it.each([
    [[]],
    [[7]],
    [[3, 5, 9]],
    [[9, 5, 3]],
    [[0, 4, 2]],
    [[2, 0, 1]],
    [[1, 1, 0]],
    [Array.from({ length: 200 }, (_, i) => i)],
    [Array.from({ length: 200 }, (_, i) => (i * 77) % 200)],
    [[1, 0]],
    [[4, 6]],
    [Array.from({ length: 16 }, (_, i) => (i * 7) % 16)],
    [Array.from({ length: 17 }, (_, i) => (i * 7) % 17)],
  ])('of %j comes in order, filled again and again', statements => {
    buffer.clear()
    for (const statement of statements) buffer.push(statement)
    expect(listOf(buffer)).toEqual([...statements].sort((a, b) => a - b))
  })

  it('that came in order is left as it is', () => {
    buffer.clear()
    const statements = Array.from({ length: 40 }, (_, i) => i >> 1)
    for (const statement of statements) buffer.push(statement)
    const before = buffer.list
    before.subarray = () => expect.fail('sorted again')
    expect(listOf(buffer)).toEqual(statements)
  })
})
