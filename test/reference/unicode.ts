/** What Unicode says of characters, asked of the engine that runs the tests. */
import { type CharSet, charSet, charsOf, has, LAST_CODE_POINT, union } from './char-set.js'

const known = new Map<string, CharSet>()

/** The characters that one engine regex matches. `property`: the inside of a class, such as `\p{L}_`. */
export function charsLike(property: string): CharSet {
  const found = known.get(property) ?? scan(new RegExp(`[${property}]`, 'u'))
  known.set(property, found)
  return found
}

function scan(pattern: RegExp): CharSet {
  const ranges: [number, number][] = []
  for (let point = 0; point <= LAST_CODE_POINT; point++) {
    if (pattern.test(String.fromCodePoint(point))) ranges.push([point, point])
  }
  return charSet(ranges)
}

/** The set with every letter that simple case folding takes for one of its members. */
export function foldedSet(set: CharSet): CharSet {
  return closed(set, caseClasses())
}

/** The same with the letters I of Turkish, which Python takes for cases of `i`. */
export function pythonFoldedSet(set: CharSet): CharSet {
  return closed(set, [...caseClasses(), charsOf('Iiİı')])
}

export function asciiFoldedSet(set: CharSet): CharSet {
  return closed(set, ASCII_CASES)
}

const ASCII_CASES = [...'abcdefghijklmnopqrstuvwxyz'].map(letter => charsOf(letter + letter.toUpperCase()))

function closed(set: CharSet, classes: readonly CharSet[]): CharSet {
  return union(set, ...classes.filter(cls => cls.some(([from, to]) => anyIn(set, from, to))))
}

function anyIn(set: CharSet, from: number, to: number): boolean {
  for (let point = from; point <= to; point++) if (has(set, point)) return true
  return false
}

let classes: readonly CharSet[] | undefined

function caseClasses(): readonly CharSet[] {
  classes ??= findCaseClasses()
  return classes
}

/** The letters are paired by their simple mappings; the engine's own folding says which pairs are cases of one letter. */
function findCaseClasses(): readonly CharSet[] {
  const classOf = new Map<string, Set<string>>()
  for (const [from, to] of charsLike('\\p{L}\\p{M}\\p{N}\\p{S}')) {
    for (let point = from; point <= to; point++) pairCases(String.fromCodePoint(point), classOf)
  }
  return [...new Set(classOf.values())].map(members => charsOf([...members].join('')))
}

function pairCases(char: string, classOf: Map<string, Set<string>>): void {
  for (const other of [char.toLowerCase(), char.toUpperCase()]) {
    if (other === char || [...other].length !== 1 || !sameLetter(char, other)) continue
    const merged = new Set([...(classOf.get(char) ?? [char]), ...(classOf.get(other) ?? [other])])
    for (const member of merged) classOf.set(member, merged)
  }
}

/** Whether the engine takes the one for the other where it ignores case. */
export function sameLetter(a: string, b: string): boolean {
  return new RegExp(`^\\u{${(a.codePointAt(0) ?? 0).toString(16)}}$`, 'iu').test(b)
}
