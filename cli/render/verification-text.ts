import type { Verification } from '../../compiler/verify/verify-table.js'
import { counted } from './counted.js'

/** What was proved, in one line: `67 statements, 38 guards and 345 patterns (29470 pairs of states)`. */
export function verificationText({ statements, guards, patterns }: Verification): string {
  const { proved, pairs, unproved } = patterns
  const what = `${counted(statements, 'statement')}, ${counted(guards, 'guard')} and ${counted(proved, 'pattern')} (${counted(pairs, 'pair')} of states)`
  return unproved.length === 0 ? what : `${what}; not proved: ${unproved.map(source => `\`${source}\``).join(', ')}`
}
