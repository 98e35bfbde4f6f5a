import { describe, expect, it } from 'vitest'
import { and, FALSE, fromCompletions, type Kleene, not, or, TRUE, UNKNOWN } from '../../../runtime/decide/kleene.js'

describe('three values', () => {
  it.each<[Kleene, Kleene, Kleene, Kleene]>([
    [FALSE, FALSE, FALSE, FALSE],
    [FALSE, UNKNOWN, FALSE, UNKNOWN],
    [FALSE, TRUE, FALSE, TRUE],
    [UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN],
    [UNKNOWN, TRUE, UNKNOWN, TRUE],
    [TRUE, TRUE, TRUE, TRUE],
  ])('%i and %i: both %i, one %i', (a, b, both, one) => {
    expect([and(a, b), and(b, a), or(a, b), or(b, a)]).toEqual([both, both, one, one])
  })

  it('are turned round', () => {
    expect([not(TRUE), not(UNKNOWN), not(FALSE)]).toEqual([FALSE, UNKNOWN, TRUE])
  })

  it('tell what completions do', () => {
    expect(fromCompletions(true, false)).toBe(TRUE)
    expect(fromCompletions(true, true)).toBe(UNKNOWN)
    expect(fromCompletions(false, true)).toBe(FALSE)
  })
})
