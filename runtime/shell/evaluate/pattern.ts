/** Shell patterns on known text (manual 3.5.8.1), matched by state sets: no backtracking. */
import type { Text } from '../analysis.js'
import { partsOf } from '../text.js'
import type { Pieces } from './pieces.js'

/** A single character stands for itself; `star` and `one` are longer names. */
type Token = string | { readonly negated: boolean; readonly members: string }

export type Pattern = readonly Token[]

/** Undefined where the pattern is not wholly known. */
export function compilePattern(pieces: Pieces): Pattern | undefined {
  const tokens: Token[] = []
  const text = pieces.map(({ how, part }) => (typeof part !== 'string' ? undefined : how === 'quoted' ? escapePattern(part) : part))
  if (text.includes(undefined)) return undefined
  const characters = Array.from(text.join(''))
  for (let at = 0; at < characters.length; ) at = readToken(characters, at, tokens)
  return tokens
}

function escapePattern(text: string): string {
  return Array.from(text, character => `\\${character}`).join('')
}

function readToken(characters: readonly string[], at: number, tokens: Token[]): number {
  const character = characters[at] ?? ''
  if (character === '\\') {
    tokens.push(characters[at + 1] ?? '\\')
    return at + 2
  }
  if (character === '[') {
    const end = readClass(characters, at, tokens)
    if (end !== undefined) return end
  }
  tokens.push(character === '*' ? 'star' : character === '?' ? 'one' : character)
  return at + 1
}

const NAMED: Readonly<Record<string, string>> = {
  alpha: 'a-zA-Z',
  digit: '0-9',
  alnum: 'a-zA-Z0-9',
  upper: 'A-Z',
  lower: 'a-z',
  space: ' \t-\r',
  blank: ' \t',
  xdigit: '0-9a-fA-F',
  word: 'a-zA-Z0-9__',
  punct: '!-/:-@[-`{-~',
  cntrl: '\0-\x1f\x7f-\x7f',
  print: ' -~',
  graph: '!-~',
}

function readClass(characters: readonly string[], start: number, tokens: Token[]): number | undefined {
  let at = start + 1
  const negated = characters[at] === '!' || characters[at] === '^'
  if (negated) at++
  let members = ''
  for (const first = at; at < characters.length; at++) {
    const character = characters[at] ?? ''
    if (character === ']' && at > first) {
      tokens.push({ negated, members })
      return at + 1
    }
    const name =
      character === '[' && characters[at + 1] === ':'
        ? characters
            .slice(at + 2, at + 9)
            .join('')
            .split(':]')[0]
        : undefined
    const named = name === undefined ? undefined : NAMED[name]
    if (named !== undefined) {
      members += named
      at += (name?.length ?? 0) + 3
    } else members += character === '\\' ? (characters[++at] ?? '') : character
  }
  return undefined
}

function inClass(members: string, character: string): boolean {
  for (let at = 0; at < members.length; at++) {
    const isRange = members.charAt(at + 1) === '-' && at + 2 < members.length
    if (isRange ? members.charAt(at) <= character && character <= members.charAt(at + 2) : members.charAt(at) === character) return true
    if (isRange) at += 2
  }
  return false
}

function accepts(token: Token, character: string): boolean {
  if (typeof token === 'object') return inClass(token.members, character) !== token.negated
  return token === 'one' || token === 'star' || token === character
}

/** Where matches that begin at `from` end: the first such place or the last; -1 where nothing matches. */
export function matchEnd(pattern: Pattern, characters: readonly string[], from: number, longest: boolean): number {
  let states = closure(pattern, new Set([0]))
  let found = states.has(pattern.length) ? from : -1
  for (let at = from; at < characters.length && states.size > 0; at++) {
    if (!longest && found !== -1) break
    const next = new Set<number>()
    for (const state of states) {
      const token = pattern[state]
      if (token !== undefined && accepts(token, characters[at] ?? '')) next.add(token === 'star' ? state : state + 1)
    }
    states = closure(pattern, next)
    if (states.has(pattern.length)) found = at + 1
  }
  return found
}

function closure(pattern: Pattern, states: Set<number>): Set<number> {
  for (const state of states) if (pattern[state] === 'star') states.add(state + 1)
  return states
}

/** Whether the whole text matches; undefined where that cannot be known. */
export function matches(pattern: Pattern | undefined, text: Text): boolean | undefined {
  if (pattern?.every(token => token === 'star') && pattern.length > 0) return true
  if (pattern === undefined || typeof text !== 'string' || text.length * pattern.length > 100_000) return couldMatch(pattern, text)
  const characters = Array.from(text)
  return matchEnd(pattern, characters, 0, true) === characters.length
}

/** False where a known start of the text already differs from the pattern's. */
function couldMatch(pattern: Pattern | undefined, text: Text): false | undefined {
  const [first] = partsOf(text)
  const [token] = pattern ?? []
  if (typeof first !== 'string' || typeof token !== 'string' || token.length > 1) return undefined
  return first.startsWith(token) ? undefined : false
}
