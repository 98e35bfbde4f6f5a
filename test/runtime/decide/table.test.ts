import { describe, expect, it } from 'vitest'
import type { Ir } from '../../../compiler/ir/ir.js'
import { lowerForTest } from '../../support/lower-for-test.js'
import { encodeTable } from '../../../compiler/table/encode.js'
import { openDecider } from '../../../runtime/decide/open.js'

const ir: Ir = lowerForTest(`
statements:
  - { sid: A, effect: deny, actions: ["bash.*", file.read], conditions: { params.command: { op: regex, value: '\\brm\\s' } }, reason: "é😀" }
  - { sid: B, effect: allow, actions: [bash.execute], conditions: { params.command: { op: starts_with, value: git } } }
`)
const table = encodeTable(ir, 'digest')

describe('a table', () => {
  it('is the same bytes for the same policy', () => {
    expect(encodeTable(ir, 'digest')).toEqual(table)
  })

  it('opens wherever its bytes lie', () => {
    for (const shift of [0, 1, 2, 3]) {
      const buffer = new Uint8Array(table.length + shift)
      buffer.set(table, shift)
      expect(openDecider(buffer.subarray(shift)).info.statementCount).toBe(2)
    }
  })

  it('is refused when any one byte of it is another', () => {
    for (let at = 0; at < table.length; at++) {
      const damaged = table.slice()
      damaged[at] = (damaged[at] ?? 0) ^ 0x10
      expect(() => openDecider(damaged), `byte ${at}`).toThrow()
    }
  })

  it('is refused when any part of its end is missing', () => {
    for (let length = 0; length < table.length; length += 7) expect(() => openDecider(table.slice(0, length))).toThrow()
  })
})
