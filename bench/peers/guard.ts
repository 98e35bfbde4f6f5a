/**
 * A guard with rules of its own, which it finds by analysing the shell command: no translation, and so no decisions to compare but that
 * of an ordinary command. Its hook runs as its installer sets it up.
 */
import { join } from 'node:path'
import type { Contender } from '../cold.js'
import { installed } from './installed.js'

export const GUARD = { name: 'cc-safety-net', version: '2.4.5' } as const

/** The contender, or why there is none. */
export function guardContender(withNpm: boolean): Contender | string {
  const place = installed(GUARD, withNpm)
  if (place.kind === 'missing') return `${GUARD.name}: ${place.why}`
  const script = join(place.folder, GUARD.name, 'dist/bin/cc-safety-net.js')
  return { name: GUARD.name, command: process.execPath, args: [script, 'hook', '--claude-code'], allows: 0 }
}
