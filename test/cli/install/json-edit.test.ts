import fc from 'fast-check'
import { parse } from 'jsonc-parser'
import { describe, expect, it } from 'vitest'
import { commandsIn, type JsonEntry, withJsonEntry, withoutJsonEntry } from '../../../cli/install/json-edit.js'

const ours = (text: string) => text.startsWith('agsec ')
const hook = { type: 'command', command: 'agsec hook' }
const entry: JsonEntry = { slots: [{ path: ['hooks', 'PreToolUse'], element: { matcher: '*', hooks: [hook] } }], defaults: {} }
const put = (text: string | undefined) => withJsonEntry('/s.json', text, entry, ours)
const take = (text: string) => withoutJsonEntry('/s.json', text, ours)

const theirs = '{"matcher":"Bash","hooks":[{"type":"command","command":"x"}]}'

const TEXTS = [
  '{}',
  '{}\n',
  '{ }\n',
  '{"model":"x"}',
  '{ "model": "x" }\n',
  '{\n  "model": "x"\n}\n',
  '{\n\t"model": "x",\n}\n',
  '{\r\n    "model": "x"\r\n}\r\n',
  '\ufeff{\n  "model": "x"\n}\n',
  '{\n  // what runs\n  "model": "x", // the big one\n  /* and */ "b": [1, 2, 3,],\n}\n',
  '{\n  "model": "x" // the last\n}',
  '{\n  // nothing yet\n}\n',
  '{ /* nothing yet */ }\n',
  `{"hooks":{"PreToolUse":[${theirs}]}}`,
  `{\n  "hooks": {\n    "PreToolUse": [\n      ${theirs}\n    ]\n  }\n}\n`,
  `{\n  "hooks": {\n    "PreToolUse": [\n      ${theirs},\n    ],\n  },\n}\n`,
  `{\n  "hooks": {\n    "PreToolUse": [${theirs}, ${theirs}],\n    "Stop": []\n  },\n  "z": 1\n}\n`,
  `{ "hooks": { "Stop": [ { "hooks": [] } ] }, "future": {"deep": [null, 1.50, "\\u00e9"]} }`,
]

describe('our entry', () => {
  it.each(TEXTS)('goes into %j, and out of it without a trace', text => {
    const installed = put(text)
    expect(commandsIn('/s.json', installed, ours)).toEqual(['agsec hook'])
    const was = parse(text.replace('\ufeff', ''), [], { allowTrailingComma: true })
    const is = parse(installed.replace('\ufeff', ''), [], { allowTrailingComma: true })
    expect(is).toEqual({ ...was, hooks: { ...was.hooks, PreToolUse: [...(was.hooks?.PreToolUse ?? []), entry.slots[0]?.element] } })
    expect(put(installed)).toBe(installed)
    expect(take(installed)).toBe(text.replace('{ }', '{}'))
  })

  it('keeps every line of the file as it was', () => {
    const text = '{\n  // mine\n  "model":   "x",\n\n  "list": [1,2,3],   // odd\n  "hooks": {\n    "Stop": []\n  }\n}\n'
    const lines = put(text).split('\n')
    for (const line of text.split('\n')) expect(lines.map(each => each.replace(/,$/, ''))).toContain(line.replace(/,$/, ''))
  })

  it('is found between the hooks of others, and taken out alone', () => {
    const text = put(`{\n  "hooks": {\n    "PreToolUse": [\n      ${theirs}\n    ]\n  }\n}\n`)
    const later = text.replace('\n    ]\n  }\n}', `,\n      ${theirs}\n    ]\n  }\n}`)
    expect(parse(later).hooks.PreToolUse).toHaveLength(3)
    expect(put(later)).toBe(later)
    const without = parse(take(later)).hooks.PreToolUse
    expect(without).toEqual([JSON.parse(theirs), JSON.parse(theirs)])
  })

  it('is taken out of a group that holds another hook too', () => {
    const group = { matcher: '*', hooks: [{ type: 'command', command: 'x' }, hook] }
    const text = JSON.stringify({ hooks: { PreToolUse: [group] } }, null, 2)
    expect(parse(take(text)).hooks.PreToolUse).toEqual([{ matcher: '*', hooks: [{ type: 'command', command: 'x' }] }])
  })

  it('takes the place of an older one', () => {
    const older = put('{"a":1}').replace('"type":"command"', '"type":"command","timeout":1')
    expect(parse(put(older))).toEqual(parse(put('{"a":1}')))
  })

  it('is a whole file where there is none', () => {
    for (const text of [undefined, '', ' \n', '\ufeff']) expect(parse(put(text))).toEqual(parse(put('{}')))
  })

  it('comes and goes in any JSON, which stays the same value', () => {
    const name = fc.constantFrom('a', 'b', 'hooks2', 'model')
    const json = fc.dictionary(name, fc.jsonValue())
    const gap = fc.constantFrom(undefined, 1, 2, '\t')
    fc.assert(
      fc.property(json, gap, (value, space) => {
        const text = JSON.stringify(value, null, space)
        const back = take(put(text))
        expect(JSON.parse(back)).toEqual(JSON.parse(text))
        expect(back).toBe(text)
      }),
    )
  })
})

describe('what the platform wants besides', () => {
  const more: JsonEntry = { ...entry, defaults: { version: 1, hooksConfig: { enabled: true } } }
  const putMore = (text: string | undefined) => parse(withJsonEntry('/s.json', text, more, ours))

  it.each([
    [undefined, { version: 1, hooksConfig: { enabled: true } }],
    ['{}', { version: 1, hooksConfig: { enabled: true } }],
    ['{"version":2,"hooksConfig":{"disabled":[]}}', { version: 2, hooksConfig: { disabled: [], enabled: true } }],
    ['{"hooksConfig":{"enabled":false}}', { version: 1, hooksConfig: { enabled: false } }],
    ['{"hooksConfig":7}', { version: 1, hooksConfig: 7 }],
  ])('%j', (text, expected) => {
    expect(putMore(text)).toMatchObject(expected)
    const once = withJsonEntry('/s.json', text, more, ours)
    expect(withJsonEntry('/s.json', once, more, ours)).toBe(once)
  })
})

describe('a file that cannot hold it', () => {
  it.each([
    ['{\n  "model": "x",\n  oops\n}', '/s.json:3:3: invalid symbol'],
    ['{\n  "a": 1\n', '/s.json:3:1: close brace expected'],
    ['{"a":1} 2', '/s.json:1:9: end of file expected'],
    ['[]', '/s.json:1:1: expected a JSON object'],
    ['"x"', '/s.json:1:1: expected a JSON object'],
    ['{"hooks":[]}', '/s.json:1:10: `hooks` is not the map'],
    ['{"hooks":{"PreToolUse":{"a":1}}}', '/s.json:1:24: `hooks.PreToolUse` is not the list of maps'],
    ['{"hooks":{"PreToolUse":["x"]}}', '/s.json:1:25: `hooks.PreToolUse` is not the list of maps'],
    ['{"hooks":{},\n"hooks":{}}', '/s.json:2:1: `hooks` stands there twice'],
  ])('%j', (text, message) => {
    expect(() => put(text)).toThrow(message)
  })
})
