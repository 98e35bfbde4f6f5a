/**
 * Paths as policies compare them: absolute, without `.`, `..`, `//` or trailing `/`; the root is `/`. A path known in
 * part stays known as far as no hole can reach: `/a/⟨name⟩/x` keeps its root, `/a/⟨any⟩/x` does not, since the hole may hold `..`.
 */
import { AbstractString, type Hole, type Part } from './abstract-string.js'
import type { Value, ValueMap } from './request.js'
import { own } from './value.js'

const BELOW: Hole = { hole: 'below' }
const ANY: Hole = { hole: 'any' }
const CHAR: Hole = { hole: 'char' }

/** Normalises a path as written, relative to `cwd`, `home` and `platform` of the context. */
export function normalizePath(written: string | AbstractString, context: ValueMap): string | AbstractString {
  if (typeof written === 'string') {
    if (isNormal(written)) return written
    const joined = belowCwd(written, context)
    if (joined !== undefined && isNormal(joined)) return joined
  } else if (isNormalInPart(written.parts)) return written
  const windows = own(context, 'platform') === 'win32'
  const parts = slashed(written, windows)
  return collapse(beginsUnsure(parts, windows) ? [ANY, ...fromSlash(parts)] : absolute(parts, context))
}

/** What a relative path most often is: something beneath the working directory. */
function belowCwd(written: string, context: ValueMap): string | undefined {
  const first = written.charCodeAt(0)
  if (first === SLASH || first === TILDE || own(context, 'platform') === 'win32') return undefined
  const cwd = own(context, 'cwd')
  return typeof cwd === 'string' ? `${cwd}/${written}` : undefined
}

/** A folder of the context (`home`, `cwd`, `project_root`) as a normal path; undefined where it is not wholly known. */
export function contextFolder(context: ValueMap, name: string): string | undefined {
  const value = own(context, name)
  if (typeof value === 'string' && isNormal(value)) return value
  const folder = collapse(folderParts(context, name))
  return typeof folder === 'string' ? folder : undefined
}

/** Whether the paths of the request's platform differ by more than letter case. */
export function ignoresCase(context: ValueMap): boolean {
  const platform = own(context, 'platform')
  return platform === 'darwin' || platform === 'win32'
}

const SLASH = 47
const DOT = 46
const TILDE = 126
const BACKSLASH = 92

/** Whether the text is absolute and has no segment that is empty, `.` or `..`; the common case, decided without building anything. */
function isNormal(text: string): boolean {
  if (text.charCodeAt(0) !== SLASH) return false
  let segmentStart = 1
  for (let at = 1; at <= text.length; at++) {
    if (at < text.length && text.charCodeAt(at) !== SLASH) {
      if (text.charCodeAt(at) === BACKSLASH) return false
      continue
    }
    const length = at - segmentStart
    const dots = length <= 2 && text.charCodeAt(segmentStart) === DOT && (length === 1 || text.charCodeAt(at - 1) === DOT)
    if (length === 0 || dots) return text.length === 1
    segmentStart = at + 1
  }
  return true
}

/** The same of a path known in part whose holes are within names, or whole segments beneath one. */
function isNormalInPart(parts: readonly Part[]): boolean {
  /** Units and holes of the segment so far; -1 where a slash must follow. */
  let size = -1
  let isDots = true
  let isHoles = true
  const isName = () => size > 2 || (size > 0 && !isDots)
  for (const part of parts) {
    if (typeof part !== 'string') {
      if (size === -1 || part.hole === 'any') return false
      if (part.hole === 'below') {
        if (isHoles || !isName()) return false
        size = -1
      } else {
        size++
        isDots = false
        if (part.hole !== 'segment') isHoles = false
      }
      continue
    }
    for (let at = 0; at < part.length; at++) {
      const unit = part.charCodeAt(at)
      if (unit === SLASH) {
        if (size !== -1 && (isHoles || !isName())) return false
        size = 0
        isDots = isHoles = true
      } else if (size === -1 || unit === BACKSLASH) return false
      else {
        size++
        isHoles = false
        if (unit !== DOT) isDots = false
      }
    }
  }
  return size === -1 || (!isHoles && isName())
}

function slashed(written: string | AbstractString, windows: boolean): readonly Part[] {
  const parts = typeof written === 'string' ? [written] : written.parts
  if (!windows) return parts
  const forward = parts.map(part => (typeof part === 'string' ? part.split('\\').join('/') : part))
  const first = forward[0]
  return typeof first === 'string' ? [fromDrive(first), ...forward.slice(1)] : forward
}

/** `C:/x` and `C:x` as `/c:/x`: a drive is a folder of the root. */
function fromDrive(text: string): string {
  const letter = text.charCodeAt(0) | 32
  if (text.charCodeAt(1) !== 58 || letter < 97 || letter > 122) return text
  return `/${String.fromCharCode(letter)}:/${text.slice(2)}`
}

/** Whether the first segment may be a home folder or a drive, or not: as a hole before a `~` is empty or not. */
function beginsUnsure([first, second]: readonly Part[], windows: boolean): boolean {
  if (typeof first === 'string') return second !== undefined && first.startsWith('~') && !first.includes('/')
  if ((first?.hole !== 'any' && first?.hole !== 'below') || typeof second !== 'string') return false
  return second.startsWith('~') || (windows && (second.startsWith(':') || fromDrive(second) !== second))
}

/** What follows the first segment. */
function fromSlash(parts: readonly Part[]): readonly Part[] {
  for (const [i, part] of parts.entries()) {
    const slash = typeof part === 'string' ? part.indexOf('/') : -1
    if (typeof part === 'string' && slash !== -1) return [part.slice(slash), ...parts.slice(i + 1)]
  }
  return []
}

/** The parts with what `~` and the working directory stand for put in front, so that they begin at the root or at a hole. */
function absolute(parts: readonly Part[], context: ValueMap): readonly Part[] {
  const first = parts[0] ?? ''
  if (typeof first !== 'string')
    return first.hole === 'any' || first.hole === 'below' ? parts : [...folderParts(context, 'cwd'), '/', ...parts]
  if (first.startsWith('/')) return parts
  if (first.startsWith('~')) return fromTilde(first, parts.slice(1), context)
  return [...folderParts(context, 'cwd'), '/', ...parts]
}

function fromTilde(first: string, rest: readonly Part[], context: ValueMap): readonly Part[] {
  const slash = first.indexOf('/')
  const name = slash === -1 ? first : first.slice(0, slash)
  const folder = name === '~' ? folderParts(context, 'home') : [BELOW]
  return slash === -1 ? folder : [...folder, first.slice(slash), ...rest]
}

/** A folder of the context as absolute parts; an unknown absolute folder where it is missing or relative. */
function folderParts(context: ValueMap, name: string): readonly Part[] {
  const value: Value | undefined = own(context, name)
  if (typeof value !== 'string' && !(value instanceof AbstractString)) return [BELOW]
  const parts = slashed(value, own(context, 'platform') === 'win32')
  const first = parts[0]
  return typeof first === 'string' && first.startsWith('/') ? parts : [BELOW]
}

/** One entry of the path walked so far: the parts of a segment, or a `below` hole, which is any number of segments. */
type Entry = readonly Part[] | 'below'

function isNameHole(part: Part): boolean {
  return typeof part !== 'string' && part.hole === 'segment'
}

/** The walk over the parts of an absolute path, segment by segment. */
class Walk {
  private stack: Entry[] = []
  /** Nothing is known of what stands before the stack: a hole may have held `..`. */
  private rootUnknown = false
  /** The segment being read continues the unknown root without a `/` between. */
  private attached = false
  /** `stack[0]` was read while attached. */
  private firstAttached = false
  private segment: Part[] = []

  text(text: string): void {
    const pieces = text.split('/')
    for (let i = 0; i < pieces.length; i++) {
      if (i > 0) this.close()
      const piece = pieces[i]
      if (piece) this.segment.push(piece)
    }
  }

  hole(hole: Hole): void {
    this.segment.push(hole)
  }

  /** A hole that may hold `..`: whatever came before is lost. */
  lose(): void {
    this.stack = []
    this.segment = []
    this.rootUnknown = true
    this.attached = true
    this.firstAttached = false
  }

  below(): void {
    this.close()
    if (this.stack[this.stack.length - 1] !== 'below') this.stack.push('below')
  }

  close(): void {
    const segment = this.segment
    const attached = this.attached
    this.segment = []
    this.attached = false
    const only = segment.length === 1 ? segment[0] : undefined
    if (segment.length === 0 || only === '.') return
    if (only === '..') {
      if (!attached) this.pop()
      return
    }
    // A name of which nothing is known still has a character.
    this.stack.push(!attached && segment.every(isNameHole) ? [CHAR, ...segment] : segment)
    if (attached) this.firstAttached = true
  }

  private pop(): void {
    const top = this.stack.pop()
    if (this.stack.length === 0) this.firstAttached = false
    if (top === 'below') {
      this.stack = []
      this.rootUnknown = true
      this.firstAttached = false
    }
  }

  result(): string | AbstractString {
    const parts: Part[] = this.rootUnknown ? [ANY] : []
    this.stack.forEach((entry, index) => {
      if (entry === 'below') parts.push(BELOW)
      else if (index === 0 && this.firstAttached) parts.push(...entry)
      else parts.push('/', ...entry)
    })
    return parts.length === 0 ? '/' : AbstractString.of(parts)
  }
}

function collapse(parts: readonly Part[]): string | AbstractString {
  const joined = parts.every(part => typeof part === 'string') ? parts.join('') : ''
  if (isNormal(joined)) return joined
  const walk = new Walk()
  parts.forEach((part, index) => {
    if (typeof part === 'string') walk.text(part)
    else if (part.hole === 'any') walk.lose()
    else if (part.hole === 'below') endsSegment(parts[index + 1]) ? walk.below() : walk.lose()
    else walk.hole(part)
  })
  walk.close()
  return walk.result()
}

/** Whether a `below` hole followed by this still stands for whole segments. */
function endsSegment(next: Part | undefined): boolean {
  if (next === undefined) return true
  return typeof next === 'string' ? next.startsWith('/') : next.hole === 'below' || next.hole === 'any'
}
