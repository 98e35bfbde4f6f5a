import { describe, expect, it } from 'vitest'
import { codeOfText, partCode, partsAt } from '../../../runtime/host/parts.js'

describe('parts of the kernel', () => {
  it('are the code that stands at their place', () => {
    partsAt((offset, length) => '-(x=>x+1)-'.slice(offset, offset + length))
    expect(partCode(1, 8)(2)).toBe(3)
  })

  it('are not run where a part is cut off', () => {
    partsAt(() => '(x=>x)')
    expect(() => partCode(0, 12)).toThrow('a part of the bundle is missing')
  })

  it('are made by whoever was named, each under a name of its own', () => {
    const names: string[] = []
    partsAt(
      () => '(x=>x)',
      (name, text) => {
        names.push(name)
        return codeOfText(name, text)
      },
    )
    partCode(0, 6)
    partCode(6, 6)
    expect(new Set(names).size).toBe(2)
  })
})
