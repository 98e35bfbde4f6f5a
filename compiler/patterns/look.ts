/** Assertions on what surrounds a position, in the cheapest form that means the same. */
import { choice, type Look, type Neighbour, type Pattern, sequence } from './ast.js'
import { allChars, type CharSet, complement, union } from './char-set.js'

/** A look-around; one that only asks for one neighbour becomes that. */
export function look(kind: Look['kind'], negated: boolean, of: Pattern): Pattern {
  const neighbour = asNeighbour(of, kind === 'ahead' ? 'after' : 'before')
  if (neighbour === undefined) return { kind, negated, of }
  return negated ? opposite(neighbour) : neighbour
}

function asNeighbour(pattern: Pattern, kind: Neighbour['kind']): Neighbour | undefined {
  switch (pattern.kind) {
    case 'empty':
      return { kind, set: allChars, edge: true }
    case 'set':
      return { kind, set: pattern.set, edge: false }
    case 'before':
    case 'after':
      return pattern.kind === kind ? pattern : undefined
    case 'choice':
      return pattern.of.map(each => asNeighbour(each, kind)).reduce(either)
    case 'sequence':
    case 'repeat':
    case 'ahead':
    case 'behind':
    case 'group':
    case 'reference':
    case 'atomic':
    case 'conditional':
      return undefined
    default:
      return pattern satisfies never
  }
}

function either(a: Neighbour | undefined, b: Neighbour | undefined): Neighbour | undefined {
  if (a === undefined || b === undefined) return undefined
  return { kind: a.kind, set: union(a.set, b.set), edge: a.edge || b.edge }
}

function opposite(neighbour: Neighbour): Neighbour {
  return { kind: neighbour.kind, set: complement(neighbour.set), edge: !neighbour.edge }
}

/** Between a word character and another character or an edge of the text. */
export function wordBoundary(word: CharSet): Pattern {
  const other = otherThan(word)
  return choice([sequence([before(word, false), after(other, true)]), sequence([before(other, true), after(word, false)])])
}

/** Where there is no word boundary. `inEmptyText`: dialects differ on whether the empty text has such a place. */
export function noWordBoundary(word: CharSet, inEmptyText: boolean): Pattern {
  const other = otherThan(word)
  return choice([
    sequence([before(word, false), after(word, false)]),
    sequence([before(other, inEmptyText), after(other, true)]),
    sequence([before([], true), after(other, false)]),
  ])
}

const complements = new WeakMap<CharSet, CharSet>()

/** The same set each time: it has a thousand ranges, and every pattern asks for it. */
function otherThan(word: CharSet): CharSet {
  const known = complements.get(word) ?? complement(word)
  complements.set(word, known)
  return known
}

export function before(set: CharSet, edge: boolean): Neighbour {
  return { kind: 'before', set, edge }
}

export function after(set: CharSet, edge: boolean): Neighbour {
  return { kind: 'after', set, edge }
}
