/** Prints the matrix of what has been run, when all of it has. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { matrix, timesTable } from './matrix.js'
import { withGenerated } from './page.js'
import { keptResults, resultsSince } from './results.js'

const PAGE = join(import.meta.dirname, '../../docs/platforms.md')

let started = 0

export function setup(): void {
  started = Date.now()
}

export function teardown(): void {
  const results = process.env['UPDATE'] === '1' ? keptResults() : resultsSince(started)
  if (process.env['UPDATE'] === '1') writeFileSync(PAGE, withGenerated(readFileSync(PAGE, 'utf8'), results))
  if (results.length > 0) process.stdout.write(`\n${matrix(results)}\n${timesTable(results)}`)
}
