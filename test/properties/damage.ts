/** A table whose bytes were changed says nothing or the truth. */
import { ok } from 'node:assert/strict'
import fc from 'fast-check'
import { openDecider } from '../../runtime/decide/open.js'
import type { Call } from '../../runtime/decide/request.js'
import { compiled, policyAndCalls } from './deciding.js'
import { target } from './target.js'

/** One change of the bytes, at a place given as a part of the whole. */
const change = fc.record({
  at: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  how: fc.constantFrom('flip', 'zero', 'cut'),
  bit: fc.nat({ max: 7 }),
})

export const damagedTable = target({
  name: 'damaged-table',
  component: 'runtime/decide/table.ts',
  says: 'a table of which bytes were changed or lost is refused, or decides as if it were whole',
  runs: 100,
  cases: fc.record({ policy: policyAndCalls(4), changes: fc.array(change, { minLength: 1, maxLength: 3 }) }),
  check: ({ policy: { files, calls }, changes }) => {
    const { table } = compiled(files)
    const truth = said(table, calls)
    const damaged = changes.reduce((bytes, { at, how, bit }) => changed(bytes, Math.floor(at * bytes.length), how, bit), table)
    let answer: string
    try {
      answer = said(damaged, calls)
    } catch {
      return
    }
    ok(answer === truth, `${JSON.stringify(changes)}: ${answer}`)
  },
})

function changed(bytes: Uint8Array, at: number, how: string, bit: number): Uint8Array {
  if (how === 'cut') return bytes.slice(0, at)
  return bytes.map((byte, i) => (i !== at ? byte : how === 'zero' ? 0 : byte ^ (1 << bit)))
}

function said(bytes: Uint8Array, calls: readonly Call[]): string {
  const decider = openDecider(bytes)
  return JSON.stringify([
    decider.info,
    calls.map(call => [decider.decide(call), decider.decide(call, { noIndex: true }), decider.explain(call)]),
  ])
}
