import { describe, expect, it } from 'vitest'
import { encodeTable } from '../../../compiler/table/encode.js'
import { named, Statements } from '../../../runtime/decide/statement.js'
import { inMemory, Table } from '../../../runtime/decide/table.js'
import { lowerForTest } from '../../support/lower-for-test.js'

const statements = [{ effect: 'review', actions: 'a' }]
const read = new Statements(new Table(inMemory(encodeTable(lowerForTest(JSON.stringify({ statements })), ''))))

describe('a statement', () => {
  it('says who it is and where, though the policy does not', () => {
    const { sid, source, reason } = read.get(0)
    expect(sid).not.toBe('')
    expect(source).toMatch(/:\d+$/)
    expect(reason).toBe(`Review required by '${sid}'`)
  })

  it('is unpacked once', () => {
    expect(read.get(0)).toBe(read.get(0))
  })

  it('with an effect that there is not is damage', () => {
    expect(named(['allow', 'deny'], 1)).toBe('deny')
    expect(() => named(['allow', 'deny'], 2)).toThrow('the decision table is damaged')
  })
})
