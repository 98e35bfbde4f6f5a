/** The page of platforms says what the last recorded runs gave. `UPDATE=1` writes it anew. */
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { EXPLAINED } from '../../agents/explained.js'
import { withGenerated } from '../../agents/page.js'
import { keptResults } from '../../agents/results.js'

const PAGE = fileURLToPath(new URL('../../../docs/platforms.md', import.meta.url))

it('shows the results of the runs', () => {
  const page = readFileSync(PAGE, 'utf8')
  const fresh = withGenerated(page, keptResults())
  if (process.env['UPDATE'] === '1') writeFileSync(PAGE, fresh)
  expect(fresh).toBe(readFileSync(PAGE, 'utf8'))
})

it('explains every call that ran in spite of the hook, and nothing else', () => {
  const ran = keptResults().flatMap(({ platform, scopes }) =>
    Object.entries(scopes).flatMap(([scope, cells]) =>
      Object.entries(cells).flatMap(([cell, outcome]) => (isGood(cell, outcome) ? [] : [`${platform}, ${scope}: ${cell}`])),
    ),
  )
  const explained = EXPLAINED.flatMap(({ platforms, scopes, cells }) =>
    platforms.flatMap(platform => scopes.flatMap(scope => cells.map(cell => `${platform}, ${scope}: ${cell}`))),
  )
  expect(explained.sort()).toEqual(ran.sort())
})

function isGood(cell: string, outcome: string): boolean {
  if (cell === 'allow' || cell === 'review at a terminal, answered yes') return outcome === 'ran'
  return outcome === 'blocked' || outcome === 'told' || outcome === 'not started'
}
