/** Which characters a reference that ignores letter case takes for one another. */
import { type Pattern, partsOf } from './ast.js'
import { type CharSet, hasChar, union } from './char-set.js'
import { caseFoldPairs } from './unicode/case-folding.js'
import { category } from './unicode/properties.js'

type Pair = readonly [from: number, to: number]

/**
 * Pairs of a character and the one that it is compared as, as far as they can matter to a pattern. ECMAScript goes by simple case folding.
 * Python goes by lower case, so that two small letters with one capital, such as σ and ς, are not the same.
 */
export function foldPairs(pattern: Pattern, dialect: 'python' | 'es'): readonly Pair[] {
  if (!hasFold(pattern)) return []
  const read = charsOf(pattern)
  const pairs = dialect === 'es' ? caseFoldPairs() : pythonLowerPairs()
  const targets = new Set(pairs.filter(pair => pair.some(point => hasChar(read, point))).map(([, to]) => to))
  return pairs.filter(([, to]) => targets.has(to))
}

/** Every letter whose lower case is another one. */
export function pythonLowerPairs(): readonly Pair[] {
  const small = category('Ll') ?? []
  const lowered = caseFoldPairs().flatMap(([from, to]): readonly Pair[] => {
    // Cherokee folds to its capitals, which came first.
    if (hasChar(small, from)) return hasChar(small, to) ? [] : [[to, from] as const]
    return from === COMBINING_IOTA ? [] : [[from, to]]
  })
  const pairs: readonly Pair[] = [...lowered, [CAPITAL_I_WITH_DOT, SMALL_I]]
  return [...pairs].sort(([a], [b]) => a - b)
}

/** Folds to a letter, and is none. */
const COMBINING_IOTA = 0x345
/** Has no simple folding. Its lower case is an i with a dot, of which Python takes the first character. */
const CAPITAL_I_WITH_DOT = 0x130
const SMALL_I = 0x69

function hasFold(pattern: Pattern): boolean {
  return partsOf(pattern).some(part => part.kind === 'reference' && part.fold === 'full')
}

/** Every character that some part reads. */
function charsOf(pattern: Pattern): CharSet {
  return partsOf(pattern).reduce<CharSet>((chars, part) => (part.kind === 'set' ? union(chars, part.set) : chars), [])
}
