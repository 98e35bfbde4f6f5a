import { describe, expect, it } from 'vitest'
import { optimise } from '../../../compiler/passes/optimise.js'
import { encodeTable } from '../../../compiler/table/encode.js'
import { wholeCall } from '../../../runtime/decide/check-request.js'
import { openDecider } from '../../../runtime/decide/open.js'
import { lowerForTest } from '../../support/lower-for-test.js'

const ir = optimise(
  lowerForTest(`
default: review
statements:
  - { sid: A, effect: deny, actions: ["bash.*", file.read], conditions: { params.command: { op: regex, value: '\\brm\\s' } }, reason: "é😀", guidance: "g" }
  - { sid: B, effect: allow, actions: [bash.execute], conditions: { params.command: { op: starts_with, value: git }, params.n: { op: in, value: [1, two] } } }
  - { sid: C, effect: review, actions: [file.read], conditions: { params.path: { op: path, value: "**/.env" }, params.n: { op: ">", value: 3 } }, match: any }
  - { sid: D, effect: deny, actions: [demo.large], conditions: { params.t: { op: regex, value: '(?!q)x.{16}y|\bz$' } } }
  - { sid: E, effect: deny, actions: [demo.large], backtracking: allowed, conditions: { params.t: { op: regex, value: '(?i)(.)\\1$' } } }
`),
)
const table = encodeTable(ir, 'digest')

const requests = [
  { action: 'bash.execute', params: { command: 'rm -rf é' }, context: {} },
  { action: 'bash.execute', params: { command: 'git x', n: 1 }, context: {} },
  { action: 'bash.other', params: { command: 'git x', n: 'two' }, context: {} },
  { action: 'file.read', params: { path: '/a/.env', n: 4 }, context: {} },
  { action: 'demo.large', params: { t: 'ax0123456789abcdefy' }, context: {} },
  { action: 'demo.large', params: { t: 'x0123456789abcdeyz' }, context: {} },
  { action: 'demo.large', params: { t: 'aΣσ' }, context: {} },
  { action: 'other', params: {}, context: {} },
]

/** Everything that a table says. */
function said(bytes: Uint8Array): string {
  const decider = openDecider(bytes)
  const calls = requests.map(request => wholeCall(request))
  return JSON.stringify([
    decider.info,
    calls.map(call => [decider.decide(call), decider.decide(call, { noIndex: true }), decider.explain(call)]),
  ])
}

const truth = said(table)

describe('a table', () => {
  it('is the same bytes for the same policy', () => {
    expect(encodeTable(ir, 'digest')).toEqual(table)
  })

  it('opens wherever its bytes lie', () => {
    for (const shift of [0, 1, 2, 3]) {
      const buffer = new Uint8Array(table.length + shift)
      buffer.set(table, shift)
      expect(said(buffer.subarray(shift))).toBe(truth)
    }
  })

  it('says nothing or the truth when any one byte of it is another', () => {
    let refused = 0
    for (let at = 0; at < table.length; at++) {
      const damaged = table.slice()
      damaged[at] = (damaged[at] ?? 0) ^ 0x10
      let answer = 'refused'
      try {
        answer = said(damaged)
      } catch {
        refused++
      }
      expect(['refused', truth], `byte ${at}`).toContain(answer)
    }
    expect(refused).toBeGreaterThan(0.9 * table.length)
  })

  it('is refused when any part of its end is missing', () => {
    for (let length = 0; length < table.length; length += 7) expect(() => openDecider(table.slice(0, length))).toThrow()
  })
})
