/** One character for all that a pattern cannot tell apart. */
import { type CharSet, has } from './char-set.js'
import type { Pattern } from './pattern.js'

/** @param others further sets whose members must be told apart from the rest */
export function alphabetOf(pattern: Pattern, others: readonly CharSet[]): readonly number[] {
  const sets = [...new Set([...setsOf(pattern), ...others])]
  const byMembership = new Map<string, number>()
  // Membership can only change where some range starts or has ended.
  const changes = new Set([0, ...sets.flatMap(set => set.flatMap(([from, to]) => [from, to + 1]))])
  for (const point of changes) {
    const membership = sets.map(set => has(set, point)).join()
    if (point <= 0x10ffff && !byMembership.has(membership)) byMembership.set(membership, point)
  }
  return [...byMembership.values()]
}

function setsOf(pattern: Pattern): readonly CharSet[] {
  switch (pattern.kind) {
    case 'chars':
      return [pattern.set]
    case 'edge':
      return [pattern.breaks]
    case 'boundary':
      return [pattern.word]
    case 'repeat':
    case 'look':
    case 'group':
    case 'atomic':
      return setsOf(pattern.of)
    case 'reference':
      return []
    case 'conditional':
      return [pattern.yes, pattern.no].flatMap(setsOf)
    case 'sequence':
    case 'choice':
      return pattern.of.flatMap(setsOf)
    default:
      return pattern satisfies never
  }
}
