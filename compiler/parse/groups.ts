/** Groups of conditions: `any`, `all` and `not` where a field could stand. */
import { type Entry, entriesOf, itemsOf, type Located } from './located.js'

const GROUPS = ['any', 'all', 'not'] as const
export type GroupKey = (typeof GROUPS)[number]

export function groupKey({ key }: Entry): GroupKey | undefined {
  return GROUPS.find(group => group === key)
}

/** The maps of conditions that a group holds: one for `not`, one for each item of the others. */
export function groupMembers({ key, value }: Entry): readonly Located[] {
  return key === 'not' ? [value] : itemsOf(value)
}

/** The conditions on fields of a map of conditions, those of its groups included. */
export function fieldEntries(conditions: Located | undefined): readonly Entry[] {
  return entriesOf(conditions).flatMap(entry => (groupKey(entry) === undefined ? [entry] : groupMembers(entry).flatMap(fieldEntries)))
}
