/** What the indexes lead to, and no more: a decision would be right with more of it, but not fast. */
import { describe, expect, it } from 'vitest'
import type { Ir } from '../../../compiler/ir/ir.js'
import { optimise } from '../../../compiler/passes/optimise.js'
import type { PassName } from '../../../compiler/passes/pass.js'
import { encodeTable } from '../../../compiler/table/encode.js'
import { AbstractString } from '../../../runtime/decide/abstract-string.js'
import { openActionIndex } from '../../../runtime/decide/action-index.js'
import { BLOCK_CHUNK_WORDS } from '../../../runtime/decide/block.js'
import { wholeCall } from '../../../runtime/decide/check-request.js'
import { openDecider } from '../../../runtime/decide/open.js'
import { openTable } from '../../../runtime/decide/open-table.js'
import type { Request, Value, ValueMap } from '../../../runtime/decide/request.js'
import { inMemory, SECTION, Table } from '../../../runtime/decide/table.js'
import { lowerForTest } from '../../support/lower-for-test.js'

const POLICY = `
statements:
  - { sid: always, effect: deny, actions: a }
  - { sid: word, effect: deny, actions: [a, "c.*"], conditions: { x: { op: contains, value: word } } }
  - { sid: other, effect: deny, actions: [a, "c.*"], conditions: { x: { op: contains, value: other } } }
  - { sid: value, effect: deny, actions: [a, "c.*"], conditions: { x: value } }
  - { sid: number, effect: deny, actions: [a, "*.d"], conditions: { x: { op: in, value: [5, true, "v"] } } }
  - { sid: y, effect: deny, actions: "*", conditions: { y: value } }
  - { sid: elsewhere, effect: deny, actions: b, conditions: { x: value } }
`
const SIDS = ['always', 'word', 'other', 'value', 'number', 'y', 'elsewhere']

function openedWith(passes?: readonly PassName[]) {
  const policy = openTable(inMemory(encodeTable(optimise(lowerForTest(POLICY), passes), '')))
  return (action: string, params: ValueMap, real?: ValueMap): readonly (string | undefined)[] => {
    const written = policy.written.begin({ action, params, context: {} })
    const { list, length } = policy.candidates.of(action, written, real && policy.real.begin({ action, params: real, context: {} }))
    return Array.from({ length }, (_, i) => SIDS[list[i] ?? -1])
  }
}

const anything = AbstractString.of([{ hole: 'any' }])

describe.each<[string, readonly PassName[] | undefined]>([
  ['all indexes', undefined],
  ['no index of actions', ['index-values', 'index-literals']],
])('with %s, the candidates', (_, passes) => {
  const candidates = openedWith(passes)

  it.each<[Value | undefined, readonly string[]]>([
    [undefined, ['always']],
    [null, ['always']],
    ['a word and more', ['always', 'word']],
    ['the other word', ['always', 'word', 'other']],
    ['value', ['always', 'value']],
    ['v', ['always', 'number']],
    [5, ['always', 'number']],
    [true, ['always', 'number']],
    [6, ['always']],
    ['', ['always']],
    [['value'], ['always', 'word', 'other']],
    [{ value: 5 }, ['always', 'word', 'other']],
    [anything, ['always', 'word', 'other', 'value', 'number']],
  ])('of %j', (x, expected) => {
    expect(candidates('a', x === undefined ? {} : { x })).toEqual(expected)
    expect(candidates('a', { y: 'value', ...(x === undefined ? {} : { x }) })).toEqual([...expected, 'y'])
  })

  it('are those of either path', () => {
    expect(candidates('a', { x: 'word' }, { x: 'other' })).toEqual(['always', 'word', 'other'])
    expect(candidates('a', { x: 'value' }, { x: 5 })).toEqual(['always', 'value', 'number'])
  })

  it('are those of the action, named or matched by globs', () => {
    expect(candidates('b', { x: 'value', y: 'value' })).toEqual(['y', 'elsewhere'])
    expect(candidates('c.x', { x: 'value word' })).toEqual(['word'])
    expect(candidates('c.x', { x: 'v' })).toEqual([])
    expect(candidates('c.d', { x: 'v', y: 'value' })).toEqual(['number', 'y'])
    expect(candidates('nothing', { x: 'value' })).toEqual([])
    expect(candidates('a', { x: 'value' })).toEqual(['always', 'value'])
  })
})

describe('the candidates that need one of each of several sets of literals', () => {
  const regex = (value: string) => ({ effect: 'deny', actions: 'a', conditions: { x: { op: 'regex', value } } })
  /** With these, an automaton of literals would be too large, and grams find them. */
  const many = Array.from({ length: 900 }, (_, i) =>
    regex(`${(i * 7919).toString(36)}-${(i * 104_729).toString(36)}-${i.toString(36)}-end`),
  )

  it.each([
    ['an automaton', []],
    ['grams', many],
  ])('with %s, are those that a text can meet', (_, others) => {
    const statements = [regex('left.*right'), regex('(one|two).*(three|four).*five'), regex('alone'), ...others]
    const policy = openTable(inMemory(encodeTable(optimise(lowerForTest(JSON.stringify({ statements }))), '')))
    const of = (x: string) => {
      const { list, length } = policy.candidates.of('a', policy.written.begin({ action: 'a', params: { x }, context: {} }), undefined)
      return Array.from({ length }, (_, i) => list[i] ?? -1)
    }
    expect(of('left')).toEqual([])
    expect(of('right')).toEqual([])
    expect(of('right left')).toEqual([0])
    expect(of('one five')).toEqual([])
    expect(of('three five')).toEqual([])
    expect(of('five two four')).toEqual([1])
    expect(of('two three')).toEqual([])
    expect(of('alone left right')).toEqual([0, 2])
    expect(of('five four two alone right left')).toEqual([0, 1, 2])
    expect(of('')).toEqual([])
    expect(of('ligne \u00e9t\u00e9, \u4e2d')).toEqual([])
  })

  it('are not those of a short word that is part of another', () => {
    const statements = [regex('\\brm\\b'), regex('\\bsu.*-x'), regex('sh\\b')]
    const policy = openTable(inMemory(encodeTable(optimise(lowerForTest(JSON.stringify({ statements }))), '')))
    const of = (x: string) => {
      const { list, length } = policy.candidates.of('a', policy.written.begin({ action: 'a', params: { x }, context: {} }), undefined)
      return Array.from({ length }, (_, i) => list[i] ?? -1)
    }
    for (const x of ['rm', ' rm ', '-rm-', 'form rm', 'rm\n', 'érm', 'rmé', '😀rm😀', 'rm'.repeat(99) + '.rm'])
      expect(of(x), x).toEqual([0])
    for (const x of ['form', 'rmdir', 'rm_', '7rm', 'RM', 'r m', 'issu', 'sh1', 'rmrm']) expect(of(x), x).toEqual([])
    for (const beside of 'azAZ09_') for (const x of [`${beside}rm`, `rm${beside}`]) expect(of(x), x).toEqual([])
    for (const beside of '`{@[/:^') for (const x of [`${beside}rm`, `rm${beside}`]) expect(of(x), x).toEqual([0])
    expect(of('form su-x push')).toEqual([1, 2])
    expect(of('sudo -x')).toEqual([1])
  })

  it('are asked of no search that is damaged where it is read', () => {
    const words = ['abcdefgh', 'ijklmnop', 'qrstuvwx', '01234567'].map(value => regex(value))
    const table = encodeTable(optimise(lowerForTest(JSON.stringify({ statements: words }))), '')
    const opened = new Table(inMemory(table))
    // The first chunk of a search holds its columns, which are compared when it is opened; the next one what every text reads first.
    const second = 4 * (opened.start(SECTION.bytes) + BLOCK_CHUNK_WORDS) + opened.word(SECTION.finders, 2)
    table[second] = (table[second] ?? 0) ^ 1
    const policy = openTable(inMemory(table))
    const request = { action: 'a', params: { x: 'abcdefgh' }, context: {} }
    expect(() => policy.candidates.of('a', policy.written.begin(request), undefined)).toThrow('the decision table is damaged')
  })

  it('are those of each field, where several have grams', () => {
    const on = (field: string, value: string) => ({ effect: 'deny', actions: 'a', conditions: { [field]: { op: 'regex', value } } })
    const others = many.flatMap(({ conditions: { x } }) => [on('x', x.value), on('y', x.value)])
    const statements = [on('x', 'alone'), on('y', 'alone'), on('y', 'other'), ...others]
    const policy = openTable(inMemory(encodeTable(optimise(lowerForTest(JSON.stringify({ statements }))), '')))
    const of = (params: Request['params']) => {
      const { list, length } = policy.candidates.of('a', policy.written.begin({ action: 'a', params, context: {} }), undefined)
      return Array.from({ length }, (_, i) => list[i] ?? -1)
    }
    expect(of({ x: 'all alone', y: 'no other' })).toEqual([0, 2])
    expect(of({ x: 'no other', y: 'all alone' })).toEqual([1])
    expect(of({ x: 'left', y: 'right' })).toEqual([])
    const last = others.length + 2
    expect(of({ x: '', y: others[others.length - 1]?.conditions['y']?.value ?? '' })).toEqual([last])
  })
})

describe('the statements of an action', () => {
  const index = openActionIndex(new Table(inMemory(encodeTable(optimise(lowerForTest(POLICY)), ''))))

  it('are looked up once, as long as few others were asked about', () => {
    const first = index.lookup('c.first')
    expect(index.lookup('c.first')).toBe(first)
    for (let i = 0; i < 255; i++) index.lookup(`c.${i}`)
    expect(index.lookup('c.first')).toBe(first)
    index.lookup('c.one-more')
    expect(index.lookup('c.first')).not.toBe(first)
  })

  it('are in the order of the file, by whatever globs they were found', () => {
    expect(index.lookup('c.d').all()).toEqual([1, 2, 3, 4, 5])
    const crossed = ['*.d', 'c.*', '*.d', 'c.*'].map(actions => ({ effect: 'deny', actions }))
    const table = new Table(inMemory(encodeTable(optimise(lowerForTest(JSON.stringify({ statements: crossed }))), '')))
    expect(openActionIndex(table).lookup('c.d').all()).toEqual([0, 1, 2, 3])
    expect(openActionIndex(table).lookup('c.d').unguarded).toEqual([0, 1, 2, 3])
  })

  it('are asked whether they cover it but once', () => {
    const policy = openTable(inMemory(encodeTable(optimise(lowerForTest(POLICY)), '')))
    const find = () =>
      policy.candidates.of('c.x', policy.written.begin({ action: 'c.x', params: { x: 'word value' }, context: {} }), undefined)
    find()
    expect(policy.index.lookup('c.x').covered[1]).toBe(2)
    policy.index.lookup('c.x').covered[1] = 1
    expect(find().length).toBe(0)
  })
})

describe('without its indexes', () => {
  it('a decision looks at every statement', () => {
    const ir = optimise(lowerForTest('statements: [{ sid: A, effect: deny, actions: "*" }]'))
    // An index that leaves out what it must not.
    const wrong: Ir = {
      ...ir,
      statements: ir.statements.map(statement => ({ ...statement, guard: { kind: 'values', field: 'x', values: ['never'] } })),
    }
    const decider = openDecider(encodeTable(wrong, ''))
    const call = wholeCall({ action: 'a', params: { x: 'v' }, context: {} })
    expect(decider.decide(call).matched).toHaveLength(0)
    expect(decider.decide(call, { noIndex: true }).matched).toHaveLength(1)
    expect(decider.decide(call, { noIndex: false }).matched).toHaveLength(0)
  })

  it('the first action asked about may be the empty one', () => {
    const decider = openDecider(encodeTable(optimise(lowerForTest('statements: [{ sid: A, effect: allow, actions: "*" }]')), ''))
    expect(decider.decide(wholeCall({ action: '', params: {}, context: {} }))).toMatchObject({ decision: 'allow' })
  })
})
