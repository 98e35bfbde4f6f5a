import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { addStatement, type NewStatement } from '../../../cli/policy-edit/add-statement.js'
import { parseConditionFlag } from '../../../cli/policy-edit/condition-flag.js'
import { removeStatement } from '../../../cli/policy-edit/remove-statement.js'

const remove = (text: string, sid: string) => removeStatement('p.yaml', text, statement => statement.sid === sid)
const statement: NewStatement = { sid: 'New', effect: 'deny', actions: ['bash.execute'], conditions: [] }
const add = (text: string, extra: Partial<NewStatement> = {}) => addStatement('p.yaml', text, { ...statement, ...extra })

const COMMENTED = `# yaml-language-server: $schema=x
version:   '1.0'   # odd spacing
statements:
  # about A
  - sid: A # the first
    reason: |
      two
      lines

  # about B

  - sid:    "B"
    tests: {denies: [ a,b ]} # odd

    # inside B's end
# tail
default: deny
`

describe('removing a statement', () => {
  it('keeps every other byte, comments above it included', () => {
    expect(remove(COMMENTED, 'A')).toBe(COMMENTED.replace(/ {2}- sid: A[^]*?lines\n\n/, '\n'))
    expect(remove(COMMENTED, 'B')).toBe(COMMENTED.replace(/ {2}- sid: {4}"B"\n.*\n\n/, ''))
  })
  it('leaves an empty list where it was the only one, and that list can be added to', () => {
    const text = 'statements:\n  - sid: A\n    effect: deny\n# tail\n'
    expect(remove(text, 'A')).toBe('statements:\n  []\n# tail\n')
    expect(parse(add(remove(text, 'A') ?? ''))).toEqual({ statements: [{ sid: 'New', effect: 'deny', actions: ['bash.execute'] }] })
  })
  it('keeps CRLF and a byte order mark', () => {
    const text = '\ufeffstatements:\r\n- sid: A\r\n  effect: deny\r\n- sid: B\r\n  effect: deny\r\n'
    expect(remove(text, 'A')).toBe('\ufeffstatements:\r\n- sid: B\r\n  effect: deny\r\n')
    expect(remove(text, 'B')).toBe('\ufeffstatements:\r\n- sid: A\r\n  effect: deny\r\n')
  })
  it('removes from a list in brackets, first, middle and last', () => {
    const text = 'statements: [{sid: A}, {sid: B},  {sid: C},]  # c\n'
    expect(remove(text, 'A')).toBe('statements: [{sid: B},  {sid: C},]  # c\n')
    expect(remove(text, 'B')).toBe('statements: [{sid: A}, {sid: C},]  # c\n')
    expect(remove(text, 'C')).toBe('statements: [{sid: A}, {sid: B},]  # c\n')
  })
  it('refuses rather than lose a comment between brackets', () => {
    expect(() => remove('statements: [{sid: A}, # why\n {sid: B}]\n', 'B')).toThrow('a comment stands between')
  })
  it('takes the blank line along that set the statement apart', () => {
    const text = 'statements:\n  - sid: A\n\n  - sid: B\n\n  - sid: C\n# tail\n'
    expect(remove(text, 'A')).toBe('statements:\n\n  - sid: B\n\n  - sid: C\n# tail\n')
    expect(remove(text, 'B')).toBe('statements:\n  - sid: A\n\n  - sid: C\n# tail\n')
    expect(remove(text, 'C')).toBe('statements:\n  - sid: A\n\n  - sid: B\n# tail\n')
  })
  it('says nothing was found', () => {
    expect(remove(COMMENTED, 'C')).toBeUndefined()
    expect(remove('version: "1.0"\n', 'C')).toBeUndefined()
    expect(remove('', 'C')).toBeUndefined()
  })
  it('refuses what is no policy', () => {
    expect(() => remove('- a\n', 'A')).toThrow('expected a map')
    expect(() => remove('a: [\n', 'A')).toThrow('not valid YAML')
  })
})

describe('adding a statement', () => {
  it('keeps every byte of a block list and follows its indentation and spacing', () => {
    const added = add(COMMENTED, { reason: 'no: "really"' })
    const at = COMMENTED.indexOf("\n    # inside B's end")
    expect(added.startsWith(COMMENTED.slice(0, at))).toBe(true)
    expect(added.endsWith(COMMENTED.slice(at))).toBe(true)
    expect(added.slice(at, added.length - COMMENTED.length + at)).toBe(
      '\n  - sid: New\n    effect: deny\n    actions: [ bash.execute ]\n    reason: \'no: "really"\'\n',
    )
  })
  it('works without a final newline and with CRLF', () => {
    expect(add('statements:\r\n- sid: A')).toBe(
      'statements:\r\n- sid: A\r\n- sid: New\r\n  effect: deny\r\n  actions: [ bash.execute ]\r\n',
    )
  })
  it('works in brackets, in an empty list and without a list', () => {
    expect(parse(add('statements: [{sid: A}, ] # c\n'))).toMatchObject({ statements: [{ sid: 'A' }, { sid: 'New' }] })
    for (const empty of ['statements:\n', 'statements: [] # none\n', 'statements: # none\n', 'default: deny', '']) {
      expect(parse(add(empty)).statements, empty).toHaveLength(1)
    }
    expect(add('statements: [] # none\nx: 1\n')).toContain('# none\n  - sid: New')
  })
  it('writes conditions, twice the same key too', () => {
    const conditions = ['params.a:>:1', 'params.a:<:9', 'params.b:exists'].map(parseConditionFlag)
    expect(parse(add('', { conditions })).statements[0].conditions).toEqual({
      all: [{ 'params.a': { op: '>', value: 1 } }, { 'params.a': { op: '<', value: 9 } }, { 'params.b': { op: 'exists' } }],
    })
  })
  it('is undone by removing it, whatever its text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.array(fc.string({ unit: 'binary' })), fc.boolean(), (reason, values, crlf) => {
        const before = crlf ? COMMENTED.replaceAll('\n', '\r\n') : COMMENTED
        const conditions = values.map(value => ({ field: 'params.x', operator: '==', value }))
        const after = add(before, { reason, conditions })
        expect(parse(after).statements.find((each: { sid: string }) => each.sid === 'New').reason).toBe(reason)
        expect(remove(after, 'New')).toBe(before)
      }),
    )
  })
})

describe('a condition flag', () => {
  it('reads values as the operator wants them', () => {
    expect(parseConditionFlag('params.command:regex:^a:b$')).toEqual({ field: 'params.command', operator: 'regex', value: '^a:b$' })
    expect(parseConditionFlag('params.n:contains:42').value).toBe('42')
    expect(parseConditionFlag('params.n:==:42').value).toBe(42)
    expect(parseConditionFlag('params.n:in:[a, 1, true]').value).toEqual(['a', 1, true])
    expect(parseConditionFlag('params.file_path:path:[a, b]').value).toEqual(['a', 'b'])
    expect(parseConditionFlag('params.file_path:path:[ab].env').value).toBe('[ab].env')
  })
  it('says what it expected', () => {
    for (const bad of ['', 'a', 'a:', ':==:x', 'a:==']) expect(() => parseConditionFlag(bad), bad).toThrow()
    expect(parseConditionFlag('a:exists')).toEqual({ field: 'a', operator: 'exists' })
  })
})
