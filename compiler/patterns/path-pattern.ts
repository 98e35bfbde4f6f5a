/** Path patterns: the directory that a pattern hangs on, known only when a request is decided, and the glob that follows it. */
import { nearest } from './did-you-mean.js'
import { parsePathRest } from './path-syntax.js'
import { orError, type PatternError, reject } from './pattern-error.js'

export type PathBase = 'root' | 'home' | 'cwd' | 'project_root'

export interface PathPattern {
  readonly base: PathBase
  /** What is matched against what follows the base's own text in a normalised path: `''`, or `/` and more. */
  readonly rest: string
}

const variables: readonly PathBase[] = ['home', 'cwd', 'project_root']

/** The rests of patterns that hang on one base, which one automaton can tell together. */
export type RestsOfBase = readonly [base: PathBase, rests: readonly string[]]

/** How many rests are told together where all of a list are too many: of more the automaton is often many times as large as theirs. */
const FEW = 4

/** Ways to tell the patterns of a list, fewest automata first: those of one base together, a few of them together, each by itself. */
export function waysByBase(patterns: readonly PathPattern[]): readonly (readonly RestsOfBase[])[] {
  const all = together(patterns)
  return [all, inGroups(all, FEW), patterns.map(({ base, rest }) => [base, [rest]] as const)]
}

/** Bases in the order of their first pattern. */
function together(patterns: readonly PathPattern[]): readonly RestsOfBase[] {
  const rests = new Map<PathBase, string[]>()
  for (const { base, rest } of patterns) rests.set(base, [...(rests.get(base) ?? []), rest])
  return [...rests]
}

function inGroups(all: readonly RestsOfBase[], most: number): readonly RestsOfBase[] {
  return all.flatMap(([base, rests]) =>
    Array.from({ length: Math.ceil(rests.length / most) }, (_, i) => [base, rests.slice(i * most, (i + 1) * most)] as const),
  )
}

/** Splits a path pattern and checks all of it: the rest compiles but for its size. */
export function splitPathPattern(source: string): PathPattern | PatternError {
  return orError(() => {
    const { base, baseLength } = readBase(source)
    const text = source.slice(baseLength)
    parsePathRest(text, false, baseLength)
    return { base, rest: base === 'root' ? anchored(text) : text }
  })
}

/** A folder as base and rest: what would be a wildcard in a path pattern is an ordinary character here. */
export function splitFolder(folder: string): PathPattern | PatternError {
  if (!/^(\/|~|\$\{)/.test(folder)) {
    const help = `write where it lies, as in \`\${project_root}/${folder}\`, or use \`path\` with \`**/${folder}/**\``
    return { code: 'path-syntax', message: `\`${folder}\` is no absolute folder`, offset: 0, length: folder.length, help }
  }
  const split = splitPathPattern(escapedWildcards(folder.length > 1 && folder.endsWith('/') ? folder.slice(0, -1) : folder))
  return 'code' in split ? split : { base: split.base, rest: split.rest === '/' ? '' : split.rest.replace(/\\(.)/gsu, '$1') }
}

function escapedWildcards(text: string): string {
  const variable = /^\$\{[a-z_]*\}/.exec(text)?.[0] ?? ''
  return variable + text.slice(variable.length).replace(/[*?[\]{}\\]/g, '\\$&')
}

/** Without a leading slash a pattern matches at any depth. */
function anchored(text: string): string {
  if (text.startsWith('/')) return text
  return text === '**' || text.startsWith('**/') ? `/${text}` : `/**/${text}`
}

function readBase(source: string): { readonly base: PathBase; readonly baseLength: number } {
  if (source === '') reject('path-syntax', 'a path pattern cannot be empty', 0, 0, 'write `/**` for every path')
  if (source.startsWith('${')) return readVariable(source)
  if (source.startsWith('~')) return readHome(source)
  return { base: 'root', baseLength: 0 }
}

function readVariable(source: string): { readonly base: PathBase; readonly baseLength: number } {
  const end = source.indexOf('}')
  if (end === -1) reject('path-syntax', 'this `${` is not closed', 0, 2, 'write `${home}`, `${cwd}` or `${project_root}`')
  const name = source.slice(2, end)
  const base = variables.find(variable => variable === name)
  if (base === undefined) rejectUnknownVariable(name, end + 1)
  rejectUnlessSegment(source, end + 1)
  return { base, baseLength: end + 1 }
}

function rejectUnknownVariable(name: string, length: number): never {
  const near = nearest(name, variables)
  const help = near === undefined ? 'a path pattern knows `${home}`, `${cwd}` and `${project_root}`' : `did you mean \`\${${near}}\`?`
  reject('path-unknown-variable', `unknown variable \`\${${name}}\` in a path pattern`, 0, length, help)
}

function rejectUnlessSegment(source: string, end: number): void {
  const after = source[end]
  if (after === undefined || after === '/') return
  const base = source.slice(0, end)
  reject('path-syntax', `\`${base}\` must be followed by \`/\`, found \`${after}\``, end, 1, `write \`${base}/${source.slice(end)}\``)
}

function readHome(source: string): { readonly base: PathBase; readonly baseLength: number } {
  const end = source.indexOf('/') === -1 ? source.length : source.indexOf('/')
  const name = source.slice(0, end)
  if (name === '~') return { base: 'home', baseLength: 1 }
  const help = `write the directory itself, or \`\\${name}\` for a file of that name`
  reject('path-syntax', `\`${name}\` names another user's home, which is not known`, 0, name.length, help)
}
