/** Checksums of the table: of a whole range of words, and of a block whose chunks are compared when something of them is first read. */

/** A checksum over words: finds damage, not intent. Numbers stay small integers, which an interpreter adds up without allocating. */
export function checksum(words: Int32Array, from = 0, to = words.length, start = 1): number {
  let sum = start
  let i = from
  // Four words a round, all in bounds: an interpreter spends a third of its time on the rounds.
  for (const end = to - 3; i < end; i += 4) {
    sum = ((sum << 5) | (sum >>> 27)) ^ (words[i] as number)
    sum = ((sum << 5) | (sum >>> 27)) ^ (words[i + 1] as number)
    sum = ((sum << 5) | (sum >>> 27)) ^ (words[i + 2] as number)
    sum = ((sum << 5) | (sum >>> 27)) ^ (words[i + 3] as number)
  }
  for (; i < to; i++) sum = ((sum << 5) | (sum >>> 27)) ^ (words[i] as number)
  return sum | 0
}

/** A power of two. */
export const BLOCK_CHUNK_WORDS = 64
const CHUNK_BYTE_BITS = 8

/** How many sums stand behind a block of that many words. */
export function blockSumCount(words: number): number {
  return Math.ceil(words / BLOCK_CHUNK_WORDS)
}

/** The sums of a block, as they stand behind it. */
export function blockSums(words: Int32Array): Int32Array {
  const sums = new Int32Array(blockSumCount(words.length))
  return sums.map((_, chunk) => chunkSum(words, chunk))
}

function chunkSum(words: Int32Array, chunk: number): number {
  const from = chunk * BLOCK_CHUNK_WORDS
  return checksum(words, from, Math.min(from + BLOCK_CHUNK_WORDS, words.length))
}

/** After so many runs over a short text all of a block is compared, and runs need not look any more. */
const MOST_RUNS = 8

/** A machine of the table. A call runs it over a short text and reads little of it, which is all that is compared then. */
export class Block {
  readonly words: Uint32Array
  /** Whether all of it was compared. */
  isSound = false
  private readonly signed: Int32Array
  private readonly sums: Int32Array
  /** Per chunk: 1 once it was compared. */
  private readonly compared: Uint8Array
  private runs = 0

  /**
   * @param all its words, and the sums behind them
   * @param sum the checksum of the sums
   * @throws where that is another
   */
  constructor(all: Uint32Array, count: number, sum: number) {
    const signed = new Int32Array(all.buffer, all.byteOffset, all.length)
    this.words = all.subarray(0, count)
    this.signed = signed.subarray(0, count)
    this.sums = signed.subarray(count)
    this.compared = new Uint8Array(this.sums.length)
    if (checksum(this.sums) !== (sum | 0)) throw new Error('the decision table is damaged')
  }

  /** Compares all that was not. @throws where something is damaged */
  compare(): void {
    for (let chunk = 0; chunk < this.sums.length; chunk++) this.compareChunk(chunk)
    this.isSound = true
  }

  /** Compares what a byte of the block stands in. @throws where it is damaged */
  compareAt(byte: number): void {
    this.compareChunk(byte >> CHUNK_BYTE_BITS)
  }

  /** Whether a run over a text of this length shall compare what it reads, and not have compared all. */
  countsRun(length: number): boolean {
    return ++this.runs < MOST_RUNS && length < this.words.length
  }

  private compareChunk(chunk: number): void {
    if (this.compared[chunk] === 1) return
    if (chunkSum(this.signed, chunk) !== this.sums[chunk]) throw new Error('the decision table is damaged')
    this.compared[chunk] = 1
  }
}
