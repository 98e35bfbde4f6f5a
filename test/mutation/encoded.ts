/** The compiler uses some of the runtime's functions; a change of one of those shows in the bytes of a table. */
import { describe, expect, it } from 'vitest'
import { compiled } from '../properties/deciding.js'
import { readRecorded } from './recording.js'

describe('as recorded', () => {
  it.each(readRecorded().encoded.map((policy, i) => [i, policy] as const))('encodes policy %i', (_, { files, table }) => {
    expect(Buffer.from(compiled(files).table).toString('base64') === table).toBe(true)
  })
})
