import { describe, expect, it } from 'vitest'
import { codeOfText, partCode, partsAt } from '../../../runtime/host/parts.js'

describe('parts of the kernel', () => {
  it('are the code that stands at their place', () => {
    partsAt((offset, length) => '-return x + 1-'.slice(offset, offset + length))
    expect(partCode(1, 12, 'x')(2)).toBe(3)
  })

  it('are not run where a part is cut off', () => {
    partsAt(() => 'return x')
    expect(() => partCode(0, 12, 'x')).toThrow('a part of the bundle is missing')
  })

  it('are made by whoever was named, each under a name of its own', () => {
    const names: string[] = []
    partsAt(
      () => 'return x',
      (name, ...code) => {
        names.push(name)
        return codeOfText(name, ...code)
      },
    )
    partCode(0, 8, 'x')
    partCode(8, 8, 'x')
    expect(new Set(names).size).toBe(2)
  })
})
