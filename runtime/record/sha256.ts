/** SHA-256 (FIPS 180-4) for engines without one. The constants are what the standard takes them from: roots of the first primes. */

/** @returns 64 hexadecimal digits */
export function sha256(bytes: Uint8Array): string {
  const { start, rounds } = constants()
  const state = Int32Array.from(start)
  const padded = withLength(bytes)
  const words = new Int32Array(64)
  for (let at = 0; at < padded.length; at += 64) mix(state, words, rounds, padded, at)
  let text = ''
  for (const word of state) text += `0000000${(word >>> 0).toString(16)}`.slice(-8)
  return text
}

interface Constants {
  readonly start: readonly number[]
  readonly rounds: Int32Array
}

let known: Constants | undefined

/** The first 32 bits of the fractions of square roots (of 8 primes) and cube roots (of 64). */
function constants(): Constants {
  if (known !== undefined) return known
  const primes: number[] = []
  for (let n = 2; primes.length < 64; n++) if (primes.every(prime => n % prime !== 0)) primes.push(n)
  known = {
    start: primes.slice(0, 8).map(prime => fraction(Math.sqrt(prime))),
    rounds: Int32Array.from(primes, prime => fraction(Math.cbrt(prime))),
  }
  return known
}

function fraction(root: number): number {
  return ((root - Math.floor(root)) * 0x100000000) | 0
}

/** A one bit, zeros, and the length in bits: a multiple of 64 bytes. */
function withLength(bytes: Uint8Array): Uint8Array {
  const padded = new Uint8Array((((bytes.length + 8) >> 6) + 1) << 6)
  padded.set(bytes)
  padded[bytes.length] = 0x80
  const bits = bytes.length * 8
  for (let i = 0; i < 8; i++) padded[padded.length - 1 - i] = Math.floor(bits / 2 ** (8 * i)) % 256
  return padded
}

// Every index below is within its array: 64 bytes a block, 64 words, 64 rounds, 8 words of state.
function mix(state: Int32Array, words: Int32Array, rounds: Int32Array, bytes: Uint8Array, at: number): void {
  const byte = (i: number) => bytes[at + i] as number
  const word = (i: number) => words[i] as number
  for (let i = 0; i < 16; i++) words[i] = (byte(4 * i) << 24) | (byte(4 * i + 1) << 16) | (byte(4 * i + 2) << 8) | byte(4 * i + 3)
  for (let i = 16; i < 64; i++) words[i] = (small(word(i - 2), 17, 19, 10) + word(i - 7) + small(word(i - 15), 7, 18, 3) + word(i - 16)) | 0
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state
  for (let i = 0; i < 64; i++) {
    const first = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + (rounds[i] as number) + word(i)) | 0
    const second = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0
    ;[h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + second) | 0]
  }
  ;[a, b, c, d, e, f, g, h].forEach((value, i) => {
    state[i] = ((state[i] as number) + value) | 0
  })
}

function turn(word: number, by: number): number {
  return (word >>> by) | (word << (32 - by))
}

function small(word: number, first: number, second: number, shift: number): number {
  return turn(word, first) ^ turn(word, second) ^ (word >>> shift)
}
