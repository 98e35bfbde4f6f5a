/**
 * Filters that pick lines of a text: `grep`, `sed -n 2p`, `awk '/x/ { print $1 }'`. Patterns are matched by state sets, and those that
 * are none of single characters are left alone.
 */

export type Picked = readonly string[] | undefined

interface Item {
  readonly accepts: (unit: string) => boolean
  readonly optional: boolean
  readonly repeated: boolean
}

interface Way {
  readonly items: readonly Item[]
  readonly fromStart: boolean
  readonly toEnd: boolean
}

/** How `grep` reads a pattern. */
export interface PatternStyle {
  readonly extended?: boolean
  readonly fixed?: boolean
  readonly ignoreCase?: boolean
  /** The whole line must match. */
  readonly whole?: boolean
}

/** More characters of a line times those of a pattern are not compared. */
const MOST_WORK = 1 << 14

/** Whether a line matches (POSIX 9.3, 9.4 without groups and counts); undefined where the pattern holds anything else. */
export function lineMatcher(pattern: string, style: PatternStyle): ((line: string) => boolean) | undefined {
  const ways = style.fixed === true ? pattern.split('\n').map(plainWay) : waysOf(pattern, style.extended === true)
  if (ways === undefined || pattern.length > LONGEST_PATTERN) return undefined
  const folded = style.ignoreCase === true
  return line =>
    ways.some(way =>
      matchesWay(
        style.whole === true ? { ...way, fromStart: true, toEnd: true } : way,
        folded ? [line.toLowerCase(), line.toUpperCase()] : [line],
      ),
    )
}

function plainWay(text: string): Way {
  return { items: Array.from(text, plainItem), fromStart: false, toEnd: false }
}

function plainItem(character: string): Item {
  return { accepts: unit => unit === character, optional: false, repeated: false }
}

/** @param spellings the line in each case that counts, of the same length */
function matchesWay({ items, fromStart, toEnd }: Way, spellings: readonly string[]): boolean {
  const [line = ''] = spellings
  if (line.length * items.length > MOST_WORK) return true
  let states = new Set<number>()
  for (let at = 0; ; at++) {
    if (at === 0 || !fromStart) enter(states, 0, items)
    if (states.has(items.length) && (!toEnd || at === line.length)) return true
    if (at >= line.length) return false
    const next = new Set<number>()
    for (const state of states) {
      const item = items[state]
      if (item === undefined || !spellings.some(text => item.accepts(text.charAt(at)))) continue
      enter(next, state + 1, items)
      if (item.repeated) enter(next, state, items)
    }
    states = next
  }
}

function enter(states: Set<number>, from: number, items: readonly Item[]): void {
  let state = from
  states.add(state)
  while (items[state]?.optional === true) states.add(++state)
}

function waysOf(pattern: string, extended: boolean): readonly Way[] | undefined {
  const ways: Way[] = []
  let items: Item[] = []
  let fromStart = false
  for (let at = 0; at <= pattern.length; ) {
    const end = endOfWay(pattern, at, extended)
    if (end > 0 || at === pattern.length) {
      ways.push({ items, fromStart, toEnd: false })
      items = []
      fromStart = false
      at += Math.max(end, 1)
    } else if (pattern.charAt(at) === '^' && items.length === 0 && !fromStart) {
      fromStart = true
      at++
    } else if (pattern.charAt(at) === '$' && (at + 1 === pattern.length || endOfWay(pattern, at + 1, extended) > 0)) {
      ways.push({ items, fromStart, toEnd: true })
      items = []
      fromStart = false
      at += 1 + Math.max(1, endOfWay(pattern, at + 1, extended))
    } else {
      const read = readItem(pattern, at, extended)
      if (read === undefined) return undefined
      items.push(read.item)
      at = read.end
    }
  }
  return ways
}

/** The length of what separates two patterns; 0 where there is none. */
function endOfWay(pattern: string, at: number, extended: boolean): number {
  if (pattern.charAt(at) === '\n') return 1
  return pattern.startsWith(extended ? '|' : '\\|', at) ? (extended ? 1 : 2) : 0
}

function readItem(pattern: string, from: number, extended: boolean): { readonly item: Item; readonly end: number } | undefined {
  const character = pattern.charAt(from)
  const set = character === '[' ? readSet(pattern, from + 1) : readCharacter(pattern, from, extended)
  if (set === undefined || (extended ? /^\{/ : /^\\\{/).test(pattern.slice(set.end, set.end + 2))) return undefined
  const sign = !extended && pattern.charAt(set.end) === '\\' ? pattern.slice(set.end, set.end + 2) : pattern.charAt(set.end)
  const isSign = sign === '*' || (extended ? sign === '+' || sign === '?' : sign === '\\+' || sign === '\\?')
  const item: Item = { accepts: set.accepts, optional: isSign && !sign.endsWith('+'), repeated: isSign && !sign.endsWith('?') }
  return { item, end: isSign ? set.end + sign.length : set.end }
}

interface Characters {
  readonly accepts: (unit: string) => boolean
  readonly end: number
}

/** A character that stands for itself, or for any. */
function readCharacter(pattern: string, from: number, extended: boolean): Characters | undefined {
  const character = pattern.charAt(from)
  const escaped = pattern.charAt(from + 1)
  if (character === '.') return { accepts: () => true, end: from + 1 }
  if (
    character === '\\'
      ? escaped === '' || (extended ? /[\w<>`']/ : /[\w<>`'(){}+?|]/).test(escaped)
      : extended && '(){}*+?'.includes(character)
  )
    return undefined
  const literal = character === '\\' ? escaped : character
  return { accepts: unit => unit === literal, end: from + (character === '\\' ? 2 : 1) }
}

/** A bracket expression without classes. */
function readSet(pattern: string, from: number): Characters | undefined {
  const negated = pattern.charAt(from) === '^'
  const start = negated ? from + 1 : from
  const end = pattern.indexOf(']', start + 1)
  const text = pattern.slice(start, end)
  if (end === -1 || text.includes('[')) return undefined
  const accepts = (unit: string) => {
    for (let at = 0; at < text.length; at++) {
      const isRange = text.charAt(at + 1) === '-' && at + 2 < text.length
      if (isRange ? unit >= text.charAt(at) && unit <= text.charAt(at + 2) : unit === text.charAt(at)) return true
      if (isRange) at += 2
    }
    return false
  }
  return { accepts: negated ? unit => !accepts(unit) : accepts, end: end + 1 }
}

/** Longer patterns are left alone, and longer texts. */
const LONGEST_PATTERN = 64
const LONGEST_TEXT = 32_768

/** The lines that are chosen; undefined where they are too many to look at each. */
export function picked(lines: readonly string[], isChosen: (line: string, at: number) => boolean): Picked {
  const length = lines.reduce((sum, each) => sum + each.length + 1, 0)
  return length > LONGEST_TEXT ? undefined : lines.filter(isChosen)
}

const SED_LINES = /^(?:(\d+)|(\$)|\/((?:[^/\\]|\\.)*)\/)(p|d|!d)$/

/** `sed -n 2p`, `sed /x/d`, `sed -n '/x/p'`. @param silent `-n` */
export function pickedBySed(script: string, silent: boolean, lines: readonly string[]): Picked {
  const [, line, last, pattern, command] = SED_LINES.exec(script.trim()) ?? []
  if (command === undefined || silent !== (command === 'p')) return undefined
  const test = pattern === undefined ? undefined : lineMatcher(pattern.split('\\/').join('/'), {})
  if (pattern !== undefined && test === undefined) return undefined
  const isChosen = (text: string, at: number) =>
    test === undefined ? (last === undefined ? at + 1 === Number(line) : at === lines.length - 1) : test(text)
  return picked(lines, (text, at) => isChosen(text, at) === (command !== 'd'))
}

const AWK = /^(?:(!?)\s*\/((?:[^/\\]|\\.)*)\/|(NR)\s*(==|>)\s*(\d+))?\s*(?:\{\s*print((?:\s*(?:\$(?:\d+|NF)|"[^"\\]*"))*)\s*;?\s*\})?$/

/** `awk '/x/'`, `awk 'NR==2 { print $1 }'`, `awk '{ print "./" $NF }'`, with blanks between fields. */
export function pickedByAwk(program: string, lines: readonly string[]): Picked {
  const found = AWK.exec(program.trim())
  if (found === null || program.trim() === '') return undefined
  const [, not, pattern, number, sign, count, words = ''] = found
  const texts = words.match(/"[^"]*"|\$\w+/g) ?? ['$0']
  const test = pattern === undefined ? undefined : lineMatcher(pattern.split('\\/').join('/'), { extended: true })
  if (pattern !== undefined && test === undefined) return undefined
  const isChosen = (text: string, at: number) =>
    number !== undefined
      ? sign === '>'
        ? at + 1 > Number(count)
        : at + 1 === Number(count)
      : test === undefined || test(text) === (not === '')
  return picked(lines, isChosen)?.map(line =>
    texts.map(text => (text.startsWith('$') ? fieldOf(line, text.slice(1)) : text.slice(1, -1))).join(''),
  )
}

function fieldOf(line: string, field: string): string {
  if (field === '0') return line
  const fields = line.split(/[ \t]+/).filter(each => each !== '')
  return fields[field === 'NF' ? fields.length - 1 : Number(field) - 1] ?? ''
}
