/**
 * Literals that matching strings cannot do without, so that one pass over a string can rule most patterns out.
 *
 * For every part of a pattern: the strings it can match where they are few (`exact`), and sets of each of which every match contains at
 * least one string (`required`). Assertions only make matches fewer, so they count as the empty string; what one says of the character
 * before or after it, and what is known of the neighbouring parts, gives the strings their edges.
 */
import type { Pattern } from './ast.js'
import { type CharSet, codePointLimit } from './char-set.js'
import { type PatternSource, parsePattern } from './compile-pattern.js'
import {
  beginsWithWord,
  EDGE_AFTER,
  EDGE_BEFORE,
  endsWithWord,
  isOutsideWords,
  joinLiterals,
  readLiteral,
  withFewerEdges,
} from './literal.js'
import { orError } from './pattern-error.js'

interface Literals {
  readonly exact?: readonly string[]
  readonly required: readonly LiteralSet[]
  /** Where there is no `exact`: whether no ASCII word character can follow where a match begins, or stand before where one ends. */
  readonly edges?: Edges
}

interface Edges {
  readonly first: boolean
  readonly last: boolean
}

/** Distinct, ascending, none of them empty; some with edges. */
export type LiteralSet = readonly string[]

/** How many strings one set may have: those of an enumeration, and those that come from multiplying choices out. */
const mostStrings = 256
const mostProducts = 8
const mostSets = 8

/** Every string that matches contains at least one literal of each of these sets. */
export function requiredLiterals(source: PatternSource): readonly LiteralSet[] {
  if (source.kind === 'order') return []
  const pattern = orError(() => parsePattern(source))
  return 'code' in pattern ? [] : withoutImplied(settle(literalsOf(pattern))).slice(0, mostSets)
}

/** Without the sets that another one makes needless; of two that make each other needless the first stays. */
function withoutImplied(sets: readonly LiteralSet[]): readonly LiteralSet[] {
  return sets.filter((set, at) => !sets.some((other, place) => place !== at && implies(other, set) && (place < at || !implies(set, other))))
}

/** Whatever holds a literal of the stronger set then holds one of the weaker. */
function implies(stronger: LiteralSet, weaker: LiteralSet): boolean {
  return stronger.every(literal => weaker.some(part => literal.includes(part)))
}

function literalsOf(pattern: Pattern): Literals {
  switch (pattern.kind) {
    case 'empty':
      return nothing
    case 'ahead':
      return !pattern.negated && edgesOf(literalsOf(pattern.of)).first ? { exact: [EDGE_AFTER], required: [] } : nothing
    case 'behind':
      return !pattern.negated && edgesOf(literalsOf(pattern.of)).last ? { exact: [EDGE_BEFORE], required: [] } : nothing
    case 'before':
      return isOutsideWords(pattern.set) ? { exact: [EDGE_BEFORE], required: [] } : nothing
    case 'after':
      return isOutsideWords(pattern.set) ? { exact: [EDGE_AFTER], required: [] } : nothing
    case 'set':
      return literalsOfSet(pattern.set)
    case 'sequence':
      return inSequence(pattern.of.map(literalsOf))
    case 'choice':
      return inChoice(pattern.of.map(literalsOf))
    case 'group':
    case 'atomic':
      return literalsOf(pattern.of)
    case 'reference':
      return anything
    case 'conditional':
      return inChoice([literalsOf(pattern.yes), literalsOf(pattern.no)])
    case 'repeat':
      return repeated(literalsOf(pattern.of), pattern.min, pattern.max)
    default:
      return pattern satisfies never
  }
}

const nothing: Literals = { exact: [''], required: [] }
const anything: Literals = { required: [] }

/** A letter has four cases at most. */
const mostMembers = 4

function literalsOfSet(set: CharSet): Literals {
  const exact: string[] = []
  for (let at = 0; at < set.length; at += 2) {
    for (let codePoint = set[at] ?? 0; codePoint < (set[at + 1] ?? codePointLimit); codePoint++) {
      const char = String.fromCodePoint(codePoint)
      if (exact.length === mostMembers || char === EDGE_BEFORE || char === EDGE_AFTER) return oneOf(set)
      exact.push(char)
    }
  }
  return { exact, required: [] }
}

function oneOf(set: CharSet): Literals {
  const outside = isOutsideWords(set)
  return { required: [], edges: { first: outside, last: outside } }
}

function edgesOf({ exact, edges }: Literals): Edges {
  if (exact === undefined) return edges ?? { first: false, last: false }
  const read = exact.map(readLiteral)
  return {
    first: read.every(({ text, after }) => (text === '' ? after : !beginsWithWord(text))),
    last: read.every(({ text, before }) => (text === '' ? before : !endsWithWord(text))),
  }
}

/** As far as the first part and the last one tell. */
function edgesOfAll(parts: readonly Literals[]): Edges {
  const [first, last] = [parts[0] ?? nothing, parts[parts.length - 1] ?? nothing]
  return { first: edgesOf(first).first, last: edgesOf(last).last }
}

/** Neighbouring exact parts are joined for as long as that stays small; what every part requires, the sequence requires. */
function inSequence(parts: readonly Literals[]): Literals {
  let run: Literals = nothing
  let whole = true
  const required: LiteralSet[] = []
  for (const part of parts) {
    const joined = product(run.exact, part.exact)
    if (joined === undefined) {
      whole = false
      const { last } = edgesOf(part.exact === undefined ? part : run)
      required.push(...settle(edgesOf(part).first ? { ...run, exact: product(run.exact, [EDGE_AFTER]) ?? [] } : run))
      run = { exact: product(last ? [EDGE_BEFORE] : [''], part.exact ?? ['']) ?? [], required: [] }
    } else run = { exact: joined, required: [] }
    required.push(...part.required)
  }
  return whole ? { ...run, required } : { required: distinctSets([...required, ...settle(run)]), edges: edgesOfAll(parts) }
}

function product(a: readonly string[] | undefined, b: readonly string[] | undefined): readonly string[] | undefined {
  if (a === undefined || b === undefined) return undefined
  const limit = hasOneText(a) || hasOneText(b) ? mostStrings : mostProducts
  // An assertion may hold for two reasons, one of which the text beside it rules out.
  if (a.length * b.length > 2 * limit) return undefined
  const joined = a.flatMap(head => b.flatMap(tail => joinLiterals(head, tail) ?? []))
  return joined.length > limit ? undefined : joined
}

function hasOneText([first = '', ...others]: readonly string[]): boolean {
  return others.every(other => readLiteral(other).text === readLiteral(first).text)
}

/** Each alternative gives its best set. */
function inChoice(alternatives: readonly Literals[]): Literals {
  const exact = joinAll(alternatives.map(each => each.exact))
  if (exact !== undefined) return { exact, required: [] }
  const required = joinAll(alternatives.map(each => settle(each).reduce<LiteralSet | undefined>(better, undefined)))
  const edges = alternatives.map(edgesOf)
  return {
    required: required === undefined ? [] : [sorted(required)],
    edges: { first: edges.every(({ first }) => first), last: edges.every(({ last }) => last) },
  }
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
  if (min === 0) return max === 1 && of.exact !== undefined ? inChoice([of, nothing]) : max === 0 ? nothing : anything
  const copies = Array.from({ length: Math.min(min, mostProducts) }, () => of)
  // What the copies beyond may add is not known, so the run is not exact any more.
  return min === max && min <= mostProducts ? inSequence(copies) : { ...inSequence([...copies, anything]), edges: edgesOf(of) }
}

/** What is exact is required. A set with the empty string rules nothing out; an empty one would say that nothing matches. */
function settle({ exact, required }: Literals): readonly LiteralSet[] {
  const useful = exact !== undefined && exact.length > 0 && exact.every(literal => readLiteral(literal).text !== '')
  return useful ? distinctSets([...required, sorted(exact)]) : required
}

/** Without those of which the set holds the text with fewer edges. */
function sorted(literals: readonly string[]): LiteralSet {
  const all = new Set(literals)
  return [...all].filter(literal => !withFewerEdges(literal).some(other => all.has(other))).sort()
}

function distinctSets(sets: readonly LiteralSet[]): readonly LiteralSet[] {
  return [...new Map(sets.map(set => [set.join('\0'), set])).values()]
}

/** The set that is met less often, as far as its looks tell. */
function better(a: LiteralSet | undefined, b: LiteralSet): LiteralSet {
  if (a === undefined) return b
  const [lengthA, lengthB] = [shortest(a), shortest(b)]
  if (lengthA !== lengthB && Math.min(lengthA, lengthB) < longEnough) return lengthA > lengthB ? a : b
  if (a.length !== b.length) return b.length < a.length ? b : a
  return lengthB > lengthA ? b : a
}

/** Beyond this length fewer literals are worth more than longer ones. */
const longEnough = 3

function shortest(literals: readonly string[]): number {
  return Math.min(...literals.map(literal => readLiteral(literal).text.length))
}
