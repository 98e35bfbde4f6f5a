import { describe, expect, it } from 'vitest'
import { runMatrix } from '../support/matrix.js'
import { RELEASES } from '../support/releases.js'

describe.each(RELEASES['vercel-ai'])('$name', release => {
  it('is guarded in every way that the matrix tries', async () => {
    const { passed, failed, output } = await runMatrix('test/sdk/vercel-ai/matrix.ts', release)
    expect(failed, output).toBe(0)
    expect(passed, output).toBeGreaterThan(20)
  })
})
