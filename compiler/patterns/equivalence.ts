/** Whether two automata match the same strings, proved by walking both at once over everything that can be read. */
import type { Automaton } from './automaton.js'
import { codePointLimit } from './char-set.js'

/** True, or a shortest string that one matches and the other does not, of readable characters as far as they will do. */
export function equivalent(a: Automaton, b: Automaton): true | { readonly witness: string } {
  const letters = commonLetters(a, b)
  const seen = new Set(['0,0,other'])
  const open: Pair[] = [{ a: 0, b: 0, read: '', last: 'other' }]
  for (const pair of open) {
    if (a.accepting[pair.a] !== b.accepting[pair.b]) return { witness: pair.read }
    for (const letter of letters) {
      if (pair.last === 'high' && letter.kind === 'low') continue
      const next = advance(a, b, pair, letter)
      const key = `${next.a},${next.b},${next.last}`
      if (!seen.has(key)) open.push(next)
      seen.add(key)
    }
  }
  return true
}

interface Pair {
  readonly a: number
  readonly b: number
  readonly read: string
  readonly last: Letter['kind']
}

/** One code point for each pair of classes. No string has a low surrogate as a code point of its own after a high one. */
interface Letter {
  readonly codePoint: number
  readonly kind: 'high' | 'low' | 'other'
  readonly inA: number
  readonly inB: number
}

function advance(a: Automaton, b: Automaton, pair: Pair, letter: Letter): Pair {
  return {
    a: a.transitions[pair.a * a.classes.length + letter.inA] ?? 0,
    b: b.transitions[pair.b * b.classes.length + letter.inB] ?? 0,
    read: pair.read + String.fromCodePoint(letter.codePoint),
    last: letter.kind,
  }
}

/** Readable ones first, so that the walk meets readable strings first. */
const preferred = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./ '

function commonLetters(a: Automaton, b: Automaton): readonly Letter[] {
  const best = new Map<string, Letter>()
  for (const letter of lettersAt(a, b, candidates(a, b))) {
    const key = `${letter.kind},${letter.inA},${letter.inB}`
    if (!best.has(key)) best.set(key, letter)
  }
  return [...best.values()]
}

/** Every class pair has a range that begins where a range of one of them does. */
function candidates(a: Automaton, b: Automaton): readonly number[] {
  const starts = new Set([0xd800, 0xdc00, 0xe000])
  for (const ranges of [...a.classes, ...b.classes]) for (const range of ranges) starts.add(range.from)
  const ascending = [...starts].filter(start => start < codePointLimit).sort((x, y) => x - y)
  return [...preferred].map(char => char.charCodeAt(0)).concat(ascending)
}

function lettersAt(a: Automaton, b: Automaton, codePoints: readonly number[]): readonly Letter[] {
  const inA = classFinder(a)
  const inB = classFinder(b)
  return codePoints.map(codePoint => ({ codePoint, kind: surrogateKind(codePoint), inA: inA(codePoint), inB: inB(codePoint) }))
}

function surrogateKind(codePoint: number): Letter['kind'] {
  if (codePoint < 0xd800 || codePoint > 0xdfff) return 'other'
  return codePoint < 0xdc00 ? 'high' : 'low'
}

/** Looks the class of a code point up among the ranges of all classes in order. */
function classFinder(automaton: Automaton): (codePoint: number) => number {
  const ranges = automaton.classes.flatMap((each, charClass) => each.map(({ from }) => ({ from, charClass })))
  ranges.sort((x, y) => x.from - y.from)
  return codePoint => {
    let low = 0
    let high = ranges.length
    while (high - low > 1) {
      const middle = (low + high) >> 1
      if ((ranges[middle]?.from ?? codePointLimit) <= codePoint) low = middle
      else high = middle
    }
    return ranges[low]?.charClass ?? 0
  }
}
