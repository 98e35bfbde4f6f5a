/** What the fuzzer has found stays found; and its page tells of every target. */
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { targets } from './targets.js'

const fuzz = new URL('../../fuzz/', import.meta.url)

/** The files that `npm run fuzz` has written. */
function kept(): readonly string[] {
  return readdirSync(new URL('regressions/', fuzz)).filter(name => name.endsWith('.json'))
}

describe('what was found once', () => {
  it('is found no more', () => {
    for (const name of kept()) {
      const found = JSON.parse(readFileSync(new URL(`regressions/${name}`, fuzz), 'utf8')) as { target: string; case: unknown } // as it was written
      const target = targets.find(one => one.name === found.target)
      expect(target, `${name} is of no target`).toBeDefined()
      expect(() => target?.replay(found.case), name).not.toThrow()
    }
  })
})

describe('the page of the fuzzer', () => {
  it('has a row for every target and for nothing else', () => {
    const page = readFileSync(new URL('README.md', fuzz), 'utf8')
    const rows = page.split('\n').filter(line => line.startsWith('| `'))
    expect(rows).toEqual(targets.map(({ name, component, says }) => `| \`${name}\` | ${component.replace(/[^\s,]+/g, '`$&`')} | ${says} |`))
  })
})
