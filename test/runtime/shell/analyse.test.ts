import { describe, expect, it } from 'vitest'
import { analyse } from '../../../runtime/shell/analyse.js'

const analysed = (command: string) => analyse({ command, cwd: '/p', home: '/h', projectRoot: '/p', user: 'u' })

describe('a command that is too long to be read', () => {
  const { execs, unknowns } = analysed(`${'echo x; '.repeat(140_000)} rm -rf y`)

  it('can do anything, and the names in it are told', () => {
    expect(unknowns.map(({ scope }) => scope)).toContain('any')
    expect(execs.map(({ program }) => program)).toContain('rm')
  })
})

it('the same copy made again and again is one copy', () => {
  const timeOf = (count: number) => {
    const start = performance.now()
    analysed('cp a b; '.repeat(count))
    return performance.now() - start
  }
  timeOf(200)
  expect(timeOf(8000)).toBeLessThan(40 * timeOf(1000) + 100)
})
