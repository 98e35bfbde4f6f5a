import { describe, expect, it } from 'vitest'
import { StatementBuffer } from '../../../runtime/decide/statement-list.js'

function listOf(buffer: StatementBuffer): readonly number[] {
  const { list, length } = buffer
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
  ])('of %j comes in order, filled again and again', statements => {
    buffer.clear()
    for (const statement of statements) buffer.add(statement)
    expect(listOf(buffer)).toEqual([...statements].sort((a, b) => a - b))
  })
})
