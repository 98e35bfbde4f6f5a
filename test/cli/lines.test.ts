import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Line, LineSplitter } from '../../cli/lines.js'

const bytes = (text: string) => new TextEncoder().encode(text)

function split(chunks: readonly Uint8Array[], maxBytes?: number): readonly Line[] {
  const splitter = new LineSplitter(maxBytes)
  return [...chunks.flatMap(chunk => splitter.push(chunk)), ...splitter.end()]
}

describe('LineSplitter', () => {
  it('gives the same lines however the bytes are cut', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' })), fc.array(fc.nat({ max: 40 })), fc.boolean(), (lines, cuts, finalNewline) => {
        const text = lines.map(line => line.replaceAll('\n', '')).join('\n') + (finalNewline ? '\n' : '')
        const all = bytes(text)
        const chunks: Uint8Array[] = []
        let at = 0
        for (const cut of cuts) chunks.push(all.subarray(at, (at += cut)))
        chunks.push(all.subarray(at))
        const expected = text.split('\n')
        if (expected.at(-1) === '') expected.pop()
        expect(split(chunks)).toEqual(expected.map(line => ({ kind: 'text', text: line })))
      }),
    )
  })
  it('does not depend on a chunk after it was pushed', () => {
    const splitter = new LineSplitter()
    const chunk = bytes('abc')
    splitter.push(chunk)
    chunk.fill(0x78)
    expect(splitter.end()).toEqual([{ kind: 'text', text: 'abc' }])
  })
  it('gives up on a line past the limit and goes on with the next', () => {
    expect(split([bytes('aaaa'), bytes('aaaa\nbb\n'), bytes('ccccccccc')], 5)).toEqual([
      { kind: 'too-long' },
      { kind: 'text', text: 'bb' },
      { kind: 'too-long' },
    ])
    expect(split([bytes('12345\n')], 5)).toEqual([{ kind: 'text', text: '12345' }])
  })
  it('names what is not UTF-8, and reads on', () => {
    expect(split([Uint8Array.of(0x61, 0xff, 0x0a), bytes('ok\n')])).toEqual([{ kind: 'not-utf8' }, { kind: 'text', text: 'ok' }])
  })
  it('takes a character cut in two', () => {
    const text = bytes('😀é')
    expect(split([...text].map(byte => Uint8Array.of(byte)))).toEqual([{ kind: 'text', text: '😀é' }])
  })
})
