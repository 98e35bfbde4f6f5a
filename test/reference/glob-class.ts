/** What stands between the brackets of globs and path patterns. */
import { type CharSet, charSet, complement } from './char-set.js'

export interface ClassMember {
  readonly point: number
  /** An escaped hyphen is only itself. */
  readonly escaped: boolean
}

/** Read from the left: `a-c` is a range, one the wrong way round holds nothing; any other hyphen is itself. */
export function classSet(members: readonly ClassMember[], negated: boolean, variants: (set: CharSet) => CharSet): CharSet {
  const ranges: [number, number][] = []
  for (let at = 0; at < members.length; at++) {
    const from = members[at]?.point ?? 0
    const hyphen = members[at + 1]
    const to = hyphen?.point === HYPHEN && !hyphen.escaped ? members[at + 2]?.point : undefined
    ranges.push([from, to ?? from])
    if (to !== undefined) at += 2
  }
  const set = variants(charSet(ranges))
  return negated ? complement(set) : set
}

const HYPHEN = 0x2d
