/**
 * A string that is known only in part: known text and holes, as the shell analysis finds `src/*.ts`, `$HOME/x` or
 * `pre-${1}`. An operator on it is true if it holds for every completion, false if it holds for none, else unknown.
 */

/**
 * What a hole may hold:
 * - `any`: any text at all, the empty text and `/` included, and so possibly `..`;
 * - `below`: zero or more of `/` followed by a name, none of them `.` or `..`: what lies beneath a directory, the directory included;
 * - `segment`: any text without `/` that does not make its path segment `.` or `..` or empty (what `*` expands to within a name);
 * - `char`: exactly one character that is not `/`;
 * - `visible`: one or more characters, none of them `/`, the first no `.` (what `*` expands to at the start of a name).
 */
export type HoleKind = 'any' | 'below' | 'segment' | 'char' | 'visible'
export interface Hole {
  readonly hole: HoleKind
  /** It holds no `@`, so that behind the colon of a host it is the port at most. */
  readonly at?: false
}
export type Part = string | Hole

/**
 * A class, so that nothing that JSON can spell is ever taken for one: tool arguments are the agent's own words.
 * INVARIANT: at least one part is a hole, no text part is empty, no two text parts are neighbours, no two `any` holes are neighbours.
 */
export class AbstractString {
  readonly parts: readonly Part[]
  private constructor(parts: readonly Part[]) {
    this.parts = parts
  }

  /** Joins the parts into their normal form: a plain string where nothing is unknown. */
  static of(parts: readonly Part[]): string | AbstractString {
    const normal: Part[] = []
    for (const part of parts) appendPart(normal, part)
    if (normal.length === 0) return ''
    const [first] = normal
    return normal.length === 1 && typeof first === 'string' ? first : new AbstractString(normal)
  }

  /** True where nothing at all is known: the whole string is one unrestricted hole. */
  get isUnrestricted(): boolean {
    const [first] = this.parts
    return this.parts.length === 1 && typeof first === 'object' && first.hole === 'any'
  }
}

function appendPart(normal: Part[], part: Part): void {
  const last = normal[normal.length - 1]
  if (typeof part === 'string') {
    if (part === '') return
    if (typeof last === 'string') normal[normal.length - 1] = last + part
    else normal.push(part)
  } else if (part.hole === 'any' && typeof last === 'object' && last.hole === 'any') {
    // What somebody knows of one of them does not hold for both together.
    normal[normal.length - 1] = ANYTHING
  } else {
    normal.push(part)
  }
}

const ANYTHING: Hole = { hole: 'any' }

const SHOWN: Readonly<Record<HoleKind, string>> = { any: '⟨any⟩', below: '⟨path⟩', segment: '⟨name⟩', char: '⟨char⟩', visible: '⟨name⟩' }

/** The string for people, each hole as a word in angle brackets: `src/⟨name⟩.ts`. */
export function showString(value: string | AbstractString): string {
  if (typeof value === 'string') return value
  return value.parts.map(part => (typeof part === 'string' ? part : SHOWN[part.hole])).join('')
}
