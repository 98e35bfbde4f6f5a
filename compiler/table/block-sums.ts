/** The sums that stand behind a block of the table. */
import { blockSums, checksum } from '../../runtime/decide/block.js'
import { joinBytes } from './writer.js'

/** The block, and its sums behind it. */
export function withSums(block: Uint8Array): Uint8Array {
  return joinBytes([block, new Uint8Array(sumsOf(block).buffer)], 4).bytes
}

/** What is kept of the sums elsewhere. */
export function sumOf(block: Uint8Array): number {
  return checksum(sumsOf(block)) >>> 0
}

function sumsOf(block: Uint8Array): Int32Array {
  return blockSums(new Int32Array(block.buffer, block.byteOffset, block.length / 4))
}
