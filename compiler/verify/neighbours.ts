/** Guards on the neighbours of a place, as masks: what a proof of thousands of states can afford to ask at every edge. */
import type { Letters } from './letters.js'
import { type Classes, splitLetters } from './machine.js'
import type { Condition, Positions } from './positions.js'

/** Groups of classes that no neighbour condition tells apart; one more group stands for the edge of the text. */
export interface Neighbours {
  readonly groupOf: Int32Array
  readonly edgeGroup: number
  /** A bit for each group, and one for the edge. */
  readonly allGroups: number
  /** By guard: a bit for each group that the character before (after) the place may be of, for all that its other conditions ask. */
  readonly before: Int32Array
  readonly after: Int32Array
}

/** Groups are bits of a word, the sign left out. */
const MOST_GROUPS = 30

/** Undefined where the pattern tells too many groups apart. */
export function neighboursOf(positions: Positions, letters: Letters, classes: Classes): Neighbours | undefined {
  const { conditions, sets, guards } = positions
  const members = (set: number) => letters.members(sets[set] ?? [])
  const groups = splitLetters(
    letters,
    conditions.flatMap(condition => ('set' in condition ? [members(condition.set)] : [])),
  )
  if (groups.count >= MOST_GROUPS) return undefined
  const allGroups = 2 ** (groups.count + 1) - 1
  const masks = conditions.map(condition => ('set' in condition ? groupMask(groups, members(condition.set), condition.edge) : allGroups))
  const guardMasks = (kind: Condition['kind']) =>
    Int32Array.from(guards, guard =>
      guard.reduce((mask, id) => (conditions[id]?.kind === kind ? mask & (masks[id] ?? 0) : mask), allGroups),
    )
  return {
    groupOf: Int32Array.from(classes.samples, letter => groups.of[letter] ?? 0),
    edgeGroup: groups.count,
    allGroups,
    before: guardMasks('before'),
    after: guardMasks('after'),
  }
}

function groupMask(groups: Classes, members: Uint8Array, edge: boolean): number {
  const mask = groups.samples.reduce((bits, letter, group) => (members[letter] === 1 ? bits | (1 << group) : bits), 0)
  return edge ? mask | (1 << groups.count) : mask
}
