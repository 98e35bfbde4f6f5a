/** Path patterns: a base folder, known only when a request is decided, and the glob of what follows it. */
import { type CharSet, charsOf, codePoints, without } from './char-set.js'
import { type ClassMember, classSet } from './glob-class.js'
import { chars, literal, notSlash, type Pattern, repeat, sequence } from './pattern.js'

export type Base = 'root' | 'home' | 'cwd' | 'project_root'

export interface PathPattern {
  readonly base: Base
  /** The rest follows not the base itself but any folder beneath it, or the base. */
  readonly atAnyDepth: boolean
  /** Empty, or `/` and segments. */
  readonly rest: string
}

/** How a character of a pattern may read in a path: as itself, or in either case. */
export type Variants = (set: CharSet) => CharSet

export function splitPathPattern(source: string): PathPattern {
  const named = /^(?:~|\$\{(home|cwd|project_root)\})(?=\/|$)/.exec(source)
  // Safe: the expression matches no other name.
  if (named !== null) return { base: (named[1] ?? 'home') as Base, atAnyDepth: false, rest: source.slice(named[0].length) }
  const isAbsolute = source.startsWith('/')
  return { base: 'root', atAnyDepth: !isAbsolute, rest: isAbsolute ? source : `/${source}` }
}

const anyName = repeat(chars(notSlash), 1, Number.POSITIVE_INFINITY)
const anySegment = sequence(chars(charsOf('/')), anyName)

const anyFolder = repeat(anySegment, 0, Number.POSITIVE_INFINITY)

/** The glob of what follows a base. */
export function globRest({ atAnyDepth, rest }: PathPattern, variants: Variants): Pattern {
  const segments = namesOf(rest)
  if (rest.endsWith('/')) segments.push('**')
  const glob = segments.map((segment, at) => segmentPattern(segment, at === segments.length - 1, variants))
  return sequence(...(atAnyDepth ? [anyFolder] : []), ...glob)
}

/** A folder that follows a base, read without wildcards, and everything beneath it. */
export function withinRest({ atAnyDepth, rest }: PathPattern, variants: Variants): Pattern {
  const folder = namesOf(rest).map(name => literal(`/${name}`, variants))
  return sequence(...(atAnyDepth ? [anyFolder] : []), ...folder, anyFolder)
}

function namesOf(rest: string): string[] {
  return rest.split('/').filter(name => name !== '')
}

/** `**` stands for any segments; in the last place for at least one: everything beneath. */
function segmentPattern(segment: string, isLast: boolean, variants: Variants): Pattern {
  if (segment === '**') return isLast ? sequence(anySegment, anyFolder) : anyFolder
  if (segment === '*') return anySegment
  return sequence(chars(charsOf('/')), sequence(...pieces(segment, variants)))
}

function pieces(segment: string, variants: Variants): readonly Pattern[] {
  const input = [...segment]
  const found: Pattern[] = []
  while (input.length > 0) found.push(piece(input, variants))
  return found
}

/** Takes one piece off the input. */
function piece(input: string[], variants: Variants): Pattern {
  const char = input.shift() ?? ''
  if (char === '*') return repeat(chars(notSlash), 0, Number.POSITIVE_INFINITY)
  if (char === '?') return chars(notSlash)
  if (char === '[') return bracket(input, variants)
  return literal(char === '\\' ? (input.shift() ?? '') : char, variants)
}

function bracket(input: string[], variants: Variants): Pattern {
  const negated = input[0] === '!' || input[0] === '^'
  if (negated) input.shift()
  const members: ClassMember[] = []
  while (input.length > 0 && (input[0] !== ']' || members.length === 0)) members.push(member(input))
  input.shift()
  return chars(without(classSet(members, negated, variants), charsOf('/')))
}

function member(input: string[]): ClassMember {
  const escaped = input[0] === '\\'
  if (escaped) input.shift()
  return { point: codePoints(input.shift() ?? '')[0] ?? 0, escaped }
}
