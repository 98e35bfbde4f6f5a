/** Prints the matrix of what has been run, when all of it has. */
import { matrix, timesTable } from './matrix.js'
import { keptResults, resultsSince } from './results.js'

let started = 0

export function setup(): void {
  started = Date.now()
}

export function teardown(): void {
  const results = process.env['UPDATE'] === '1' ? keptResults() : resultsSince(started)
  if (results.length > 0) process.stdout.write(`\n${matrix(results)}\n${timesTable(results)}`)
}
