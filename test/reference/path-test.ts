/** The operators `path` and `within`. */
import { AbstractString } from '../../runtime/decide/abstract-string.js'
import type { ValueMap } from '../../runtime/decide/request.js'
import { matchCompletions } from './match-completions.js'
import { matchesText } from './match-text.js'
import { contextFolder, normalPath } from './normal-path.js'
import { type Base, globRest, splitPathPattern, type Variants, withinRest } from './path-pattern.js'
import { choice, literal, type Pattern, sequence } from './pattern.js'
import { remembering } from './remembering.js'
import { anyOf, type Truth, truth } from './truth.js'
import { foldedSet } from './unicode.js'

type Path = string | AbstractString
type Operator = 'path' | 'within'
type Letters = 'as written' | 'in either case'

export function pathTest(subject: Path, patterns: readonly string[], context: ValueMap): Truth {
  return testEach(subject, patterns, 'path', context)
}

export function withinTest(subject: Path, folders: readonly string[], context: ValueMap): Truth {
  return testEach(subject, folders, 'within', context)
}

function testEach(subject: Path, patterns: readonly string[], operator: Operator, context: ValueMap): Truth {
  const path = normalPath(subject, context)
  const bases = [...new Set(patterns.map(pattern => splitPathPattern(pattern).base))]
  const together = bases.map(base => patterns.filter(pattern => splitPathPattern(pattern).base === base))
  return anyOf(together.map((ofBase, i) => testTogether(path, ofBase, bases[i] ?? 'root', operator, context)))
}

/** Patterns of one base are one pattern: every completion may have another one of them that it matches. */
function testTogether(path: Path, patterns: readonly string[], base: Base, operator: Operator, context: ValueMap): Truth {
  const letters = ignoresCase(context) ? 'in either case' : 'as written'
  const folder = base === 'root' ? '/' : contextFolder(context, base)
  if (folder === undefined) return belowUnknownBase(path, restOf(operator, letters, ...patterns))
  return matches(wholeOf(folder === '/' ? '' : folder, operator, letters, ...patterns), path)
}

const VARIANTS: Readonly<Record<Letters, Variants>> = { 'as written': set => set, 'in either case': foldedSet }

/** What follows the base. */
const restOf = remembering((operator: Operator, letters: Letters, ...patterns: readonly string[]): Pattern => {
  const rest = operator === 'path' ? globRest : withinRest
  return choice(...patterns.map(pattern => rest(splitPathPattern(pattern), VARIANTS[letters])))
})

const wholeOf = remembering((folder: string, operator: Operator, letters: Letters, ...patterns: readonly string[]) =>
  sequence(literal(folder, VARIANTS[letters]), restOf(operator, letters, ...patterns)),
)

function ignoresCase(context: ValueMap): boolean {
  return context['platform'] === 'darwin' || context['platform'] === 'win32'
}

/** The root itself is the empty text before what is beneath it. */
function matches(pattern: Pattern, path: Path): Truth {
  if (path instanceof AbstractString) return matchCompletions(pattern, path)
  return truth(matchesText(pattern, path === '/' ? '' : path))
}

/** Any folder that the path lies in could be the base. */
function belowUnknownBase(path: Path, glob: Pattern): Truth {
  if (path instanceof AbstractString) return 'unknown'
  const rests = [...path].flatMap((char, at) => (char === '/' ? [[...path].slice(at).join('')] : []))
  return ['', ...rests].some(rest => matchesText(glob, rest)) ? 'unknown' : 'false'
}
