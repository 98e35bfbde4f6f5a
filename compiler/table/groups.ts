/** A list of the table, entry by entry. */
export function groupsOf(size: number, words: readonly number[]): readonly (readonly number[])[] {
  return Array.from({ length: Math.ceil(words.length / size) }, (_, i) => words.slice(size * i, size * (i + 1)))
}
