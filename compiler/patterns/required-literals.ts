/**
 * Literals that matching strings cannot do without, so that one pass over a string can rule most patterns out.
 *
 * For every part of a pattern: the strings it can match where they are few (`exact`), and a set of which every match contains at least
 * one (`required`). Assertions only make matches fewer, so they count as the empty string.
 */
import type { Pattern } from './ast.js'
import { type CharSet, codePointLimit } from './char-set.js'
import { type PatternSource, parsePattern } from './compile-pattern.js'
import { orError } from './pattern-error.js'

interface Literals {
  readonly exact?: readonly string[]
  readonly required?: readonly string[]
}

/** How many strings one set may have: those of an enumeration, and those that come from multiplying choices out. */
const mostStrings = 256
const mostProducts = 8

/** Every string that matches contains one of these; undefined where no such set was found. None of them is empty. */
export function requiredLiterals(source: PatternSource): readonly string[] | undefined {
  if (source.kind === 'order') return undefined
  const pattern = orError(() => parsePattern(source))
  if ('code' in pattern) return undefined
  const { required } = settle(literalsOf(pattern))
  return required === undefined ? undefined : [...new Set(required)].sort()
}

function literalsOf(pattern: Pattern): Literals {
  switch (pattern.kind) {
    case 'empty':
    case 'before':
    case 'after':
    case 'ahead':
    case 'behind':
      return { exact: [''] }
    case 'set':
      return literalsOfSet(pattern.set)
    case 'sequence':
      return inSequence(pattern.of.map(literalsOf))
    case 'choice':
      return inChoice(pattern.of.map(literalsOf))
    case 'repeat':
      return repeated(literalsOf(pattern.of), pattern.min, pattern.max)
    default:
      return pattern satisfies never
  }
}

/** A letter has four cases at most. */
const mostMembers = 4

function literalsOfSet(set: CharSet): Literals {
  const exact: string[] = []
  for (let at = 0; at < set.length; at += 2) {
    for (let codePoint = set[at] ?? 0; codePoint < (set[at + 1] ?? codePointLimit); codePoint++) {
      if (exact.length === mostMembers) return {}
      exact.push(String.fromCodePoint(codePoint))
    }
  }
  return { exact }
}

/** Neighbouring exact parts are joined for as long as that stays small; then the best set found so far is kept. */
function inSequence(parts: readonly Literals[]): Literals {
  let run: Literals = { exact: [''] }
  let best: readonly string[] | undefined
  let whole = true
  for (const part of parts) {
    const joined = product(run.exact, part.exact)
    if (joined !== undefined) {
      run = { exact: joined }
      continue
    }
    whole = false
    best = better(better(best, settle(run).required), settle(part).required)
    run = part.exact === undefined ? { exact: [''] } : { exact: part.exact }
  }
  if (whole) return run
  const required = better(best, settle(run).required)
  return required === undefined ? {} : { required }
}

function product(a: readonly string[] | undefined, b: readonly string[] | undefined): readonly string[] | undefined {
  if (a === undefined || b === undefined) return undefined
  const limit = a.length === 1 || b.length === 1 ? mostStrings : mostProducts
  return a.length * b.length > limit ? undefined : a.flatMap(head => b.map(tail => head + tail))
}

function inChoice(alternatives: readonly Literals[]): Literals {
  const exact = joinAll(alternatives.map(each => each.exact))
  if (exact !== undefined) return { exact }
  const required = joinAll(alternatives.map(each => settle(each).required))
  return required === undefined ? {} : { required }
}

function joinAll(sets: readonly (readonly string[] | undefined)[]): readonly string[] | undefined {
  const joined: string[] = []
  for (const set of sets) {
    if (set === undefined) return undefined
    joined.push(...set)
  }
  const distinct = [...new Set(joined)]
  return distinct.length > mostStrings ? undefined : distinct
}

function repeated(of: Literals, min: number, max: number): Literals {
  if (min === 0) return max === 1 && of.exact !== undefined ? inChoice([of, { exact: [''] }]) : max === 0 ? { exact: [''] } : {}
  const copies = Array.from({ length: Math.min(min, mostProducts) }, () => of)
  // What the copies beyond may add is not known, so the run is not exact any more.
  return inSequence(min === max && min <= mostProducts ? copies : [...copies, {}])
}

/** What is exact is required. A set with the empty string rules nothing out; an empty one would say that nothing matches. */
function settle(literals: Literals): Literals {
  const required = better(literals.required, literals.exact)
  return required === undefined ? {} : { required }
}

function better(a: readonly string[] | undefined, b: readonly string[] | undefined): readonly string[] | undefined {
  if (!isUseful(b)) return isUseful(a) ? a : undefined
  if (!isUseful(a)) return b
  const [lengthA, lengthB] = [shortest(a), shortest(b)]
  if (lengthA !== lengthB && Math.min(lengthA, lengthB) < longEnough) return lengthA > lengthB ? a : b
  if (a.length !== b.length) return b.length < a.length ? b : a
  return lengthB > lengthA ? b : a
}

/** Beyond this length fewer literals are worth more than longer ones. */
const longEnough = 3

function isUseful(literals: readonly string[] | undefined): literals is readonly string[] {
  return literals !== undefined && literals.length > 0 && !literals.includes('')
}

function shortest(literals: readonly string[]): number {
  return Math.min(...literals.map(literal => literal.length))
}
