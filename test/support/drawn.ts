/** A text of so many characters of the alphabet, always the same for the same seed. */
export function drawn(seed: number, alphabet: readonly string[], length: number): string {
  let state = Math.imul(seed + 1, 0x9e3779b1)
  const chars = Array.from({ length }, () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return alphabet[((mixed ^ (mixed >>> 14)) >>> 0) % alphabet.length] ?? ''
  })
  return chars.join('')
}
