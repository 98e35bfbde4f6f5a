/** The operators `path` and `within`. */
import { AbstractString } from '../../runtime/decide/abstract-string.js'
import type { ValueMap } from '../../runtime/decide/request.js'
import { matchCompletions } from './match-completions.js'
import { matchesText } from './match-text.js'
import { contextFolder, normalPath } from './normal-path.js'
import { globRest, type PathPattern, splitPathPattern, type Variants, withinRest } from './path-pattern.js'
import { literal, type Pattern, sequence } from './pattern.js'
import { anyOf, type Truth, truth } from './truth.js'
import { foldedSet } from './unicode.js'

type Path = string | AbstractString
type Rest = (pattern: PathPattern, variants: Variants) => Pattern

export function pathTest(subject: Path, patterns: readonly string[], context: ValueMap): Truth {
  return testEach(subject, patterns, globRest, context)
}

export function withinTest(subject: Path, folders: readonly string[], context: ValueMap): Truth {
  return testEach(subject, folders, withinRest, context)
}

function testEach(subject: Path, patterns: readonly string[], rest: Rest, context: ValueMap): Truth {
  const path = normalPath(subject, context)
  return anyOf(patterns.map(pattern => testOne(path, splitPathPattern(pattern), rest, context)))
}

function testOne(path: Path, pattern: PathPattern, rest: Rest, context: ValueMap): Truth {
  const variants: Variants = ignoresCase(context) ? foldedSet : set => set
  const glob = rest(pattern, variants)
  const base = pattern.base === 'root' ? '/' : contextFolder(context, pattern.base)
  if (base === undefined) return belowUnknownBase(path, glob)
  return matches(sequence(literal(base === '/' ? '' : base, variants), glob), path)
}

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
