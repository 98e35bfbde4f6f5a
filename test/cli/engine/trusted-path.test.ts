import { dirname } from 'node:path'
import { describe, expect, it } from 'vitest'
import { whyReplaceable } from '../../../cli/engine/trusted-path.js'

const SYSTEM = { uid: 0, gid: 0, mode: 0o755 }
const PATH = '/usr/bin/qjs'

/** Everything is the system's but one place. */
const except = (place: string, facts: Partial<typeof SYSTEM>) =>
  whyReplaceable(PATH, { uid: 1000, stat: path => (path === place ? { ...SYSTEM, ...facts } : SYSTEM) })

describe('an engine that an agent cannot replace', () => {
  it('is the system’s, with every folder above it', () => {
    const asked: string[] = []
    const stat = (path: string) => {
      asked.push(path)
      return SYSTEM
    }
    expect(whyReplaceable(PATH, { uid: 1000, stat })).toBeUndefined()
    expect(asked).toEqual([PATH, '/usr/bin', '/usr', '/'])
    expect(dirname(asked[3] ?? '')).toBe('/')
  })

  it.each([PATH, '/usr/bin', '/usr', '/'])('is one no longer where %s is somebody’s', place => {
    expect(except(place, { uid: 1000 })).toBe(`\`${place}\` belongs to user 1000, not to the system`)
    expect(except(place, { uid: 1001 })).toContain('belongs to user 1001')
    expect(except(place, { mode: 0o757 })).toBe(`\`${place}\` can be written by everybody`)
    expect(except(place, { mode: 0o1777 })).toContain('everybody')
    expect(except(place, { mode: 0o775, gid: 50 })).toBe(`\`${place}\` can be written by group 50`)
    expect(except(place, { mode: 0o775 })).toBeUndefined()
  })

  it('cannot be told where there are no owners', () => {
    expect(whyReplaceable(PATH, { uid: undefined, stat: () => SYSTEM })).toContain('does not tell')
  })
})
