/**
 * Splits groups of cells by a set: those that lie on both sides of it get a second number.
 * @param groupOf the group of each cell, renumbered in place in the order in which they are met
 * @param inside 1 for the cells in the set
 * @returns how many groups there are then
 */
export function splitGroups(groupOf: Uint16Array, groupCount: number, inside: Uint8Array): number {
  const numbers = new Int32Array(2 * groupCount).fill(-1)
  let count = 0
  for (let cell = 0; cell < groupOf.length; cell++) {
    const side = 2 * (groupOf[cell] ?? 0) + (inside[cell] ?? 0)
    if (numbers[side] === -1) numbers[side] = count++
    groupOf[cell] = numbers[side] ?? 0
  }
  return count
}
