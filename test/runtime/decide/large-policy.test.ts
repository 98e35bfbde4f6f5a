/** The indexes where they have much to do: many statements, many literals, many values, many actions. */
import { describe, expect, it } from 'vitest'
import { lower } from '../../../compiler/lower/lower.js'
import { parsePolicy } from '../../../compiler/parse/parse-policy.js'
import { optimise } from '../../../compiler/passes/optimise.js'
import { encodeTable } from '../../../compiler/table/encode.js'
import { AbstractString } from '../../../runtime/decide/abstract-string.js'
import { wholeCall } from '../../../runtime/decide/check-request.js'
import type { Decider } from '../../../runtime/decide/decider.js'
import { openDecider } from '../../../runtime/decide/open.js'
import type { Value } from '../../../runtime/decide/request.js'

function statementsOf(statements: readonly object[]) {
  const { policy, diagnostics } = parsePolicy([{ path: 'large.yaml', text: JSON.stringify({ statements }) }])
  if (policy === undefined) throw new Error(diagnostics[0]?.message)
  return policy
}

function deciderOf(statements: readonly object[]): Decider {
  return openDecider(encodeTable(optimise(lower(statementsOf(statements), []).ir), ''))
}

/** The sids that match, of which the index must miss none and add none. */
function matched(decider: Decider, x: Value | undefined, action = 'a.b'): readonly string[] {
  const call = wholeCall({ action, params: x === undefined ? {} : { x }, context: {} })
  const result = decider.decide(call)
  expect(decider.decide(call, { noIndex: true })).toEqual(result)
  return result.matched.map(({ sid }) => sid)
}

const COUNT = 700
/** No two share a piece of four letters by plan; `~` is the last character that a literal of the index may hold. */
const words = Array.from({ length: COUNT }, (_, i) => `${i.toString(36)}~w${(i * 7919).toString(36)}-${(i * 104_729).toString(36)}`)
const numbered = (condition: (word: string, i: number) => object) =>
  words.map((word, i) => ({ sid: `${i}`, effect: 'deny', actions: 'a.b', conditions: condition(word, i) }))

describe('many statements that each need a literal', () => {
  const decider = deciderOf(numbered(word => ({ x: { op: 'contains', value: word } })))

  it('are found by it, wherever it stands', () => {
    words.forEach((word, i) => {
      if (i % 7 !== 0) return
      expect(matched(decider, `é\x7f${word}`)).toContain(`${i}`)
      expect(matched(decider, `${word} end`)).toContain(`${i}`)
    })
  })

  it('come in the order of the file, however the text names them', () => {
    const sids = matched(decider, [...words].reverse().slice(0, 120).join(' '))
    expect(sids.length).toBeGreaterThanOrEqual(120)
    expect(sids).toEqual([...sids].sort((a, b) => Number(a) - Number(b)))
    expect(matched(decider, words.slice(0, 200).join(' ')).length).toBeGreaterThanOrEqual(200)
  })

  it('are not found by less than it', () => {
    for (const word of words.slice(0, 50)) expect(matched(decider, word.slice(1)).length).toBeLessThan(COUNT / 10)
    for (const text of ['', 'w', '~w', 'é', '\x7f']) expect(matched(decider, text)).toEqual([])
  })

  it('are all asked about a text that is not known, and none about one that is missing', () => {
    expect(matched(decider, AbstractString.of([{ hole: 'any' }]))).toHaveLength(COUNT)
    expect(matched(decider, ['list'])).toHaveLength(0)
    expect(matched(decider, undefined)).toHaveLength(0)
    expect(matched(decider, words[3], 'a.c')).toHaveLength(0)
  })
})

describe('statements that need short literals', () => {
  const texts = ['a', 'b~', 'cde', 'fghi', 'jklmn', ...words]
  const decider = deciderOf(
    texts.map((text, i) => ({ sid: `${i}`, effect: 'review', actions: ['a.b', 'd'], conditions: { x: { op: 'contains', value: text } } })),
  )

  it.each(['a', 'b~', 'cde', 'fghi', 'jklmn', 'xa', 'x b~', 'xcdex', 'éfghi', 'jklm', 'b', '\x7f~', 'aab~cdefghijklmn'])('%s', text => {
    const expected = texts.flatMap((literal, i) => (text.includes(literal) ? [`${i}`] : []))
    expect(matched(decider, text)).toEqual(expected)
    expect(matched(decider, text, 'd')).toEqual(expected)
  })
})

describe('statements that need one of each of several sets of literals', () => {
  const decider = deciderOf(
    words.map((word, i) => ({
      sid: `${i}`,
      effect: 'deny',
      actions: 'a.b',
      conditions: {
        x: { op: 'regex', value: `${word.replace('~', '\\~')}.*(left|right${i % 3})` },
        'params.x': { op: 'contains', value: `third${i % 5}` },
      },
    })),
  )

  it('are found where all of them stand', () => {
    for (const i of [0, 1, 2, 50, 333]) {
      const word = words[i] ?? ''
      expect(matched(decider, `${word} left third${i % 5}`)).toContain(`${i}`)
      expect(matched(decider, `${word} right${i % 3} third${i % 5}`)).toContain(`${i}`)
      expect(matched(decider, `${word} left third${(i + 1) % 5}`)).toEqual([])
      expect(matched(decider, `${word} up third${i % 5}`)).toEqual([])
      expect(matched(decider, `left third${i % 5}`)).toEqual([])
    }
  })
})

describe('many statements that each need a value', () => {
  const values = words.map((word, i) => (i % 3 === 0 ? i : i % 3 === 1 ? word : `${i}`))
  const decider = deciderOf([
    ...values.map((value, i) => ({ sid: `${i}`, effect: 'deny', actions: 'a.b', conditions: { x: value } })),
    { sid: 'yes', effect: 'deny', actions: 'a.b', conditions: { x: { op: 'in', value: [true, 'yes'] } } },
  ])

  it('are found by it', () => {
    values.forEach((value, i) => {
      if (i % 5 === 0) expect(matched(decider, value)).toEqual([`${i}`])
    })
    expect(matched(decider, true)).toEqual(['yes'])
    expect(matched(decider, 'yes')).toEqual(['yes'])
  })

  it('are not found by what only reads like it', () => {
    for (const value of ['3', 5, 'true', false, '', null, [0], {}, `${words[1]}x`, 'x'.repeat(500)] satisfies Value[])
      expect(matched(decider, value)).toEqual([])
  })

  it('are all asked about a text that is known in part', () => {
    expect(matched(decider, AbstractString.of([{ hole: 'any' }])).length).toBeGreaterThan(COUNT / 2)
    expect(matched(decider, AbstractString.of([words[1] ?? '', { hole: 'any' }]))).toContain('1')
  })
})

describe('many actions', () => {
  const decider = deciderOf([
    ...Array.from({ length: 90 }, (_, i) => ({ sid: `n${i}`, effect: 'deny', actions: [`tool.t${i}`] })),
    { sid: 'even', effect: 'review', actions: ['*0', '*2', '*4', '*6', '*8'] },
    {
      sid: 'needs',
      effect: 'review',
      actions: ['other.*', 'tool.t7'],
      conditions: { x: { op: 'contains', value: 'rm' }, y: { op: 'not_exists' } },
    },
    { sid: 'value', effect: 'review', actions: ['other.*'], conditions: { x: 'rm' } },
  ])

  it('are each answered as at first, whatever was asked before', () => {
    for (let round = 0; round < 2; round++) {
      for (let i = 0; i < 600; i++) {
        const even = i % 2 === 0 ? ['even'] : []
        expect(matched(decider, undefined, `tool.t${i}`)).toEqual([...(i < 90 ? [`n${i}`] : []), ...even])
        expect(matched(decider, i % 3 === 0 ? 'rm' : 'r', `other.${i}`)).toEqual([...even, ...(i % 3 === 0 ? ['needs', 'value'] : [])])
      }
    }
    expect(matched(decider, 'rm', 'tool.t7')).toEqual(['n7', 'needs'])
    expect(matched(decider, 'rm', 'tool.T7')).toEqual([])
  })
})

describe('the protection of agsec itself', () => {
  const protection = statementsOf([{ sid: 'guard', effect: 'deny', actions: 'a.b', conditions: { x: 'agsec' } }]).statements
  const policy = statementsOf([{ sid: 'mine', effect: 'deny', actions: '*' }])
  const decider = openDecider(encodeTable(optimise(lower(policy, protection).ir), ''))
  const decide = (x: string, protectionOnly: boolean) =>
    decider.decide(wholeCall({ action: 'a.b', params: { x }, context: {} }), { protectionOnly })

  it('is all that counts where asked for alone', () => {
    expect(decide('agsec', true)).toMatchObject({ decision: 'deny', sid: 'guard' })
    expect(decide('agsec', true).matched).toHaveLength(1)
    expect(decide('else', true)).toEqual({
      decision: 'allow',
      sid: null,
      reason: 'No statement applies to `a.b`; the default is allow',
      certainty: 'definite',
      matched: [],
    })
    expect(decide('agsec', false).matched.map(({ sid }) => sid)).toEqual(['guard', 'mine'])
    expect(decide('else', false)).toMatchObject({ decision: 'deny', sid: 'mine' })
  })
})
