import { describe, expect, it } from 'vitest'
import { optimise } from '../../../compiler/passes/optimise.js'
import { encodeTable } from '../../../compiler/table/encode.js'
import { wholeCall } from '../../../runtime/decide/check-request.js'
import { decodeSections } from '../../../compiler/table/decode-sections.js'
import { BLOCK_CHUNK_WORDS } from '../../../runtime/decide/block.js'
import { openDecider } from '../../../runtime/decide/open.js'
import { inMemory, SECTION, Table } from '../../../runtime/decide/table.js'
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

/** Its automata have many states. */
const LONG = 'abcdefghijklmnopqrstuvwxyz0123456789'
const WORDS = ['abcdefgh', 'ijklmnop', 'qrstuvwx', '01234567', 'hgfedcba', 'zyxwvuts']

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

/** Reads every word of the head, every text and every block. */
function readAll(bytes: Uint8Array): void {
  const read = new Table(inMemory(bytes))
  const inHead = decodeSections(bytes).filter(({ name }) => name !== 'text' && name !== 'bytes')
  for (const { name, size } of inHead) read.view(SECTION[name], 0, size / 4)
  for (let text = 0; text < read.count(SECTION.strings); text++) read.text(text)
  for (let pattern = 0; pattern < read.count(SECTION.automata); pattern++) {
    const kind = read.machineKind(pattern)
    if (kind === 'automaton') read.automaton(pattern)
    else if (kind === 'circuit') read.circuit(pattern)
    else read.program(pattern)
  }
  for (let finder = 0; finder < read.count(SECTION.finders); finder++) read.literalAutomaton(finder).block.compare()
}

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
    for (let at = 0; at < table.length; at++) {
      const damaged = table.slice()
      damaged[at] = (damaged[at] ?? 0) ^ 0x10
      let answer = 'refused'
      try {
        answer = said(damaged)
      } catch {
        // Refused.
      }
      expect(['refused', truth], `byte ${at}`).toContain(answer)
    }
  })

  it.each([
    ['a pattern', LONG, `{ op: regex, value: '^(x|${LONG})$' }`],
    ['a search for literals', 'zyxwvuts', ...WORDS.map(word => `{ op: contains, value: '${word}' }`)],
  ])('says nothing or the truth when a byte of %s of many chunks is another', (_, t, ...conditions) => {
    const statements = conditions.map(condition => `{ effect: deny, actions: [demo], conditions: { params.t: ${condition} } }`)
    const long = encodeTable(optimise(lowerForTest(`{ default: allow, statements: [${statements.join()}] }`)), 'digest')
    const call = wholeCall({ action: 'demo', params: { t }, context: {} })
    const decision = (bytes: Uint8Array) => openDecider(bytes).decide(call).decision
    const { offset = 0, size = 0 } = decodeSections(long).find(({ name }) => name === 'bytes') ?? {}
    expect(size).toBeGreaterThan(8 * BLOCK_CHUNK_WORDS)
    const answers = new Map<string, number>()
    for (let at = offset; at < offset + size; at++) {
      const damaged = long.slice()
      damaged[at] = (damaged[at] ?? 0) ^ 1
      let answer = 'refused'
      try {
        answer = decision(damaged)
      } catch (error) {
        expect(String(error)).toContain('decision table')
      }
      answers.set(answer, (answers.get(answer) ?? 0) + 1)
    }
    expect([...answers.keys()].sort()).toEqual(['deny', 'refused'])
  })

  it('is refused by whoever reads all of it when any one byte of it is another', () => {
    expect(() => readAll(table)).not.toThrow()
    for (let at = 0; at < table.length; at++) {
      const damaged = table.slice()
      damaged[at] = (damaged[at] ?? 0) ^ 0x10
      expect(() => readAll(damaged), `byte ${at}`).toThrow('decision table')
    }
  })

  it('is refused when any part of its end is missing', () => {
    for (let length = 0; length < table.length; length += 7) expect(() => openDecider(table.slice(0, length))).toThrow()
  })
})
