import { describe, expect, it } from 'vitest'
import { isStackOverflow } from '../../../runtime/shell/stack.js'

function endless(depth: number): number {
  return endless(depth + 1) + 1
}

function thrownBy(run: () => void): unknown {
  try {
    run()
  } catch (error) {
    return error
  }
  return undefined
}

describe('the end of the stack', () => {
  it('is told from mistakes of the program', () => {
    expect(isStackOverflow(thrownBy(() => endless(0)))).toBe(true)
    expect(isStackOverflow(thrownBy(() => JSON.parse('{')))).toBe(false)
  })

  it('has a name of its own on QuickJS', () => {
    expect(isStackOverflow(Object.assign(new Error('stack overflow'), { name: 'InternalError' }))).toBe(true)
  })
})
