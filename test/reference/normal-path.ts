/** Paths in their one normal form: absolute, without `.`, `..` and empty segments, as far as they are known. */
import { AbstractString, type Hole, type Part } from '../../runtime/decide/abstract-string.js'
import type { Value, ValueMap } from '../../runtime/decide/request.js'
import { property } from './field.js'

type Path = string | AbstractString

const ANY: Hole = { hole: 'any' }
const BELOW: Hole = { hole: 'below' }
const CHAR: Hole = { hole: 'char' }

export function normalPath(path: Path, context: ValueMap): Path {
  const parts = expandTilde(withoutUnsureRoot(withSlashes(partsOf(path), context), context), context)
  return resolve(isAbsolute(parts) ? parts : [...folderParts(context, 'cwd'), '/', ...parts])
}

/** A folder of the context in its normal form, undefined unless it is known in full. */
export function contextFolder(context: ValueMap, name: string): string | undefined {
  const folder = AbstractString.of(folderParts(context, name))
  return typeof folder === 'string' ? folder : undefined
}

/** A folder that is not known as an absolute one may be any folder. */
function folderParts(context: ValueMap, name: string): readonly Part[] {
  const value: Value | undefined = property(context, name)
  if (typeof value !== 'string' && !(value instanceof AbstractString)) return [BELOW]
  const parts = withSlashes(partsOf(value), context)
  const [first] = parts
  return typeof first === 'string' && first.startsWith('/') ? partsOf(resolve(parts)) : [BELOW]
}

function partsOf(path: Path): readonly Part[] {
  return typeof path === 'string' ? [path] : path.parts
}

/** On Windows a backslash separates as well, and a drive is the first folder. */
function withSlashes(parts: readonly Part[], context: ValueMap): readonly Part[] {
  if (property(context, 'platform') !== 'win32') return parts
  return parts.map((part, at) => (typeof part === 'string' ? withDrive(part.replaceAll('\\', '/'), at === 0) : part))
}

function withDrive(text: string, isFirst: boolean): string {
  const drive = isFirst ? /^([A-Za-z]):\/?/.exec(text) : null
  return drive === null ? text : `/${drive[1]?.toLowerCase()}:/${text.slice(drive[0].length)}`
}

/** A first segment that may turn out to name a home folder or a drive says nothing. */
function withoutUnsureRoot(parts: readonly Part[], context: ValueMap): readonly Part[] {
  const [first, second] = parts
  const roots = property(context, 'platform') === 'win32' ? /^(~|[A-Za-z]?:)/ : /^~/
  const afterHole = (isHole(first, 'any') || isHole(first, 'below')) && typeof second === 'string' && roots.test(second)
  const beforeHole = typeof first === 'string' && /^~[^/]*$/.test(first) && second !== undefined
  if (!afterHole && !beforeHole) return parts
  const pieces = parts.flatMap(piecesOf)
  return [ANY, ...(pieces.includes('/') ? pieces.slice(pieces.indexOf('/')) : [])]
}

function expandTilde(parts: readonly Part[], context: ValueMap): readonly Part[] {
  const [first, ...others] = parts
  if (typeof first !== 'string' || !first.startsWith('~')) return parts
  const end = first.indexOf('/')
  const name = end === -1 ? first : first.slice(0, end)
  const folder = name === '~' ? folderParts(context, 'home') : [BELOW]
  return [...folder, ...(end === -1 ? [] : [first.slice(end)]), ...others]
}

function isAbsolute([first]: readonly Part[]): boolean {
  return typeof first === 'object' ? first.hole === 'any' || first.hole === 'below' : first?.startsWith('/') === true
}

/** One folder deeper: a segment, or the unknown number of them that a `below` hole stands for. */
type Step = { readonly kind: 'segment'; readonly parts: readonly Part[] } | { readonly kind: 'below' }

/** Where a path is: some steps below the root, or below a place of which only the end of its name is known. */
interface Place {
  readonly root: 'known' | readonly Part[]
  readonly steps: readonly Step[]
}

const UNKNOWN_PLACE: Place = { root: [ANY], steps: [] }

function resolve(parts: readonly Part[]): Path {
  const place = stepsOf(plainBelows(parts)).reduce(walk, { root: 'known', steps: [] })
  return AbstractString.of(writtenPlace(place))
}

/** A `below` hole that does not stand for whole segments may be anything. */
function plainBelows(parts: readonly Part[]): readonly Part[] {
  const joined = parts.filter((part, at) => !(isHole(part, 'below') && isHole(parts[at + 1], 'below')))
  return joined.map((part, at) => (isHole(part, 'below') && continuesName(joined[at + 1]) ? ANY : part))
}

function continuesName(part: Part | undefined): boolean {
  if (typeof part === 'string') return !part.startsWith('/')
  return isHole(part, 'segment') || isHole(part, 'char') || isHole(part, 'visible')
}

function isHole(part: Part | undefined, hole: Hole['hole']): boolean {
  return typeof part === 'object' && part.hole === hole
}

function stepsOf(parts: readonly Part[]): readonly Step[] {
  const steps: Step[] = []
  let segment: Part[] = []
  const end = () => {
    if (segment.length > 0) steps.push({ kind: 'segment', parts: segment })
    segment = []
  }
  for (const part of parts.flatMap(piecesOf)) {
    if (part === '/' || isHole(part, 'below')) end()
    else segment.push(part)
    if (isHole(part, 'below')) steps.push({ kind: 'below' })
  }
  end()
  return steps
}

/** Names and slashes apart, and no empty text. */
function piecesOf(part: Part): readonly Part[] {
  return typeof part === 'string' ? part.split(/(\/)/).filter(piece => piece !== '') : [part]
}

function walk(place: Place, step: Step): Place {
  if (step.kind === 'below') return { ...place, steps: [...place.steps, step] }
  const name = AbstractString.of(step.parts)
  if (name === '.') return place
  if (name === '..') return up(place)
  const lastAny = step.parts.map(part => isHole(part, 'any')).lastIndexOf(true)
  if (lastAny === -1) return { ...place, steps: [...place.steps, step] }
  const tail = step.parts.slice(lastAny + 1)
  const tailName = AbstractString.of(tail)
  return tailName === '.' || tailName === '..' ? UNKNOWN_PLACE : { root: [ANY, ...tail], steps: [] }
}

function up(place: Place): Place {
  const last = place.steps.at(-1)
  if (last?.kind === 'below') return UNKNOWN_PLACE
  if (last === undefined) return place.root === 'known' ? place : UNKNOWN_PLACE
  return { ...place, steps: place.steps.slice(0, -1) }
}

function writtenPlace({ root, steps }: Place): readonly Part[] {
  const written = steps.flatMap(step => (step.kind === 'below' ? [BELOW] : ['/', ...nonEmpty(step.parts)]))
  if (root !== 'known') return [...root, ...written]
  return written.length === 0 ? ['/'] : written
}

/** No name is empty, even if nothing of it is known. */
function nonEmpty(parts: readonly Part[]): readonly Part[] {
  return parts.every(part => isHole(part, 'segment')) ? [CHAR, ...parts] : parts
}
