/** Regular expressions of both dialects, read into patterns. Validation has rejected what is no regex before. */
import { allChars, type CharSet, charSet, charsOf, codePoints, complement, union } from './char-set.js'
import { chars, choice, type Pattern, repeat, sequence } from './pattern.js'
import { ecmaScript, escapedClass, type Flags, python, type RegexDialect } from './regex-dialects.js'
import { charsLike } from './unicode.js'

export function parseRegex(source: string, dialect: 'python' | 'es'): Pattern {
  const reader = new RegexReader(source, dialect === 'python' ? python : ecmaScript)
  return reader.readAll()
}

const NO_FLAGS: Flags = { ignoreCase: false, multiline: false, dotAll: false, ascii: false, verbose: false }
const FLAG_NAMES: Readonly<Record<string, keyof Flags>> = { i: 'ignoreCase', m: 'multiline', s: 'dotAll', a: 'ascii', x: 'verbose' }
const CONTROLS: Readonly<Record<string, number>> = { n: 0x0a, t: 0x09, r: 0x0d, f: 0x0c, v: 0x0b }
const nothing = charsOf('')

class RegexReader {
  private readonly input: readonly string[]
  private at = 0
  private groupCount = 0
  private readonly groupNames = new Map<string, number>()

  constructor(
    source: string,
    private readonly dialect: RegexDialect,
  ) {
    this.input = [...source]
  }

  readAll(): Pattern {
    const pattern = this.readChoice(this.globalFlags())
    if (this.at < this.input.length) this.fail('an unexpected `)`')
    return pattern
  }

  private fail(what: string): never {
    throw new Error(`the reference interpreter cannot read ${what} in \`${this.input.join('')}\` at ${this.at}`)
  }

  /** Takes the text if it comes next. */
  private take(text: string): boolean {
    if (!this.input.slice(this.at).join('').startsWith(text)) return false
    this.at += [...text].length
    return true
  }

  /** Takes what the expression matches, which starts with `^`. */
  private takeLike(expression: RegExp): RegExpMatchArray | undefined {
    const found = this.input.slice(this.at).join('').match(expression) ?? undefined
    if (found !== undefined) this.at += [...found[0]].length
    return found
  }

  private next(): string {
    const char = this.input[this.at++]
    return char ?? this.fail('an unexpected end')
  }

  private globalFlags(): Flags {
    const groups = this.dialect === python ? this.takeLike(/^(\(\?[aimsux]+\))+/)?.[0] : undefined
    return withFlags(NO_FLAGS, groups ?? '', true)
  }

  private readChoice(flags: Flags): Pattern {
    const alternatives = [this.readSequence(flags)]
    while (this.take('|')) alternatives.push(this.readSequence(flags))
    return choice(...alternatives)
  }

  private readSequence(flags: Flags): Pattern {
    const parts: Pattern[] = []
    this.skipIgnored(flags)
    while (this.at < this.input.length && this.input[this.at] !== '|' && this.input[this.at] !== ')') {
      parts.push(this.readQuantified(flags))
      this.skipIgnored(flags)
    }
    return sequence(...parts)
  }

  /** Comments, and in verbose patterns blanks. */
  private skipIgnored({ verbose }: Flags): void {
    const ignored = verbose ? /^(\(\?#[^)]*\)|[ \t\n\r\f\v]|#[^\n]*)+/ : /^(\(\?#[^)]*\))+/
    if (this.dialect === python) this.takeLike(ignored)
  }

  private readQuantified(flags: Flags): Pattern {
    const atom = this.readAtom(flags)
    this.skipIgnored(flags)
    const counts = this.readCounts()
    if (counts === undefined) return atom
    const how = this.take('?') ? 'lazy' : this.take('+') ? 'possessive' : undefined
    return { ...repeat(atom, counts[0], counts[1]), ...(how === undefined ? {} : { how }) }
  }

  private readCounts(): readonly [number, number] | undefined {
    if (this.take('*')) return [0, Number.POSITIVE_INFINITY]
    if (this.take('+')) return [1, Number.POSITIVE_INFINITY]
    if (this.take('?')) return [0, 1]
    const exact = this.takeLike(/^\{(\d+)\}/)
    if (exact !== undefined) return [Number(exact[1]), Number(exact[1])]
    const open = this.takeLike(this.dialect === python ? /^\{(\d*),(\d*)\}/ : /^\{(\d+),(\d*)\}/)
    if (open === undefined) return undefined
    return [Number(open[1]), open[2] === '' ? Number.POSITIVE_INFINITY : Number(open[2])]
  }

  private readAtom(flags: Flags): Pattern {
    const char = this.next()
    switch (char) {
      case '(':
        return this.readGroup(flags)
      case '[':
        return this.readClass(flags)
      case '.':
        return chars(flags.dotAll ? allChars : complement(this.dialect.lineBreaks))
      case '^':
        return this.edge('start', flags.multiline, false)
      case '$':
        return this.edge('end', flags.multiline, this.dialect.endBeforeNewline)
      case '\\':
        return this.readEscape(flags)
      default:
        return this.charPattern(charsOf(char), flags)
    }
  }

  private charPattern(set: CharSet, flags: Flags): Pattern {
    return chars(this.dialect.folded(set, flags))
  }

  private edge(side: 'start' | 'end', multiline: boolean, beforeFinalNewline: boolean): Pattern {
    return { kind: 'edge', side, breaks: multiline ? this.dialect.lineBreaks : nothing, beforeFinalNewline }
  }

  private readGroup(flags: Flags): Pattern {
    const look = this.takeLike(/^\?(<?)([=!])/)
    if (look !== undefined) return { kind: 'look', behind: look[1] === '<', negated: look[2] === '!', of: this.readGroupBody(flags) }
    const own = this.takeLike(/^\?([aimsux]*)(?:-([imsx]+))?:/)
    if (own !== undefined) return this.readGroupBody(withFlags(withFlags(flags, own[1] ?? '', true), own[2] ?? '', false))
    if (this.take('?P=')) return this.namedReference(/^(\w+)\)/, flags)
    if (this.take('?>')) return { kind: 'atomic', of: this.readGroupBody(flags) }
    if (this.take('?(')) return this.readConditional(flags)
    const name = this.takeLike(/^\?P?<(\w+)>/)?.[1]
    if (this.take('?')) this.fail('this kind of group')
    const number = ++this.groupCount
    if (name !== undefined) this.groupNames.set(name, number)
    return { kind: 'group', number, of: this.readGroupBody(flags) }
  }

  private readConditional(flags: Flags): Pattern {
    const name = this.takeLike(/^(\w+)\)/)?.[1] ?? this.fail('a condition')
    const group = this.groupNames.get(name) ?? Number(name)
    const yes = this.readSequence(flags)
    const no = this.take('|') ? this.readSequence(flags) : sequence()
    if (!this.take(')')) this.fail('a conditional group that is not closed')
    return { kind: 'conditional', group, yes, no }
  }

  /** The group comes before the reference. */
  private namedReference(rest: RegExp, flags: Flags): Pattern {
    const name = this.takeLike(rest)?.[1] ?? ''
    return this.reference(this.groupNames.get(name) ?? this.fail(`the group \`${name}\``), flags)
  }

  private reference(group: number, flags: Flags): Pattern {
    return { kind: 'reference', group, same: (a, b) => this.dialect.sameChar(a, b, flags) }
  }

  private readGroupBody(flags: Flags): Pattern {
    const body = this.readChoice(flags)
    if (!this.take(')')) this.fail('a group that is not closed')
    return body
  }

  private readEscape(flags: Flags): Pattern {
    const letter = this.next()
    if (this.dialect === python && letter === 'A') return this.edge('start', false, false)
    if (this.dialect === python && letter === 'Z') return this.edge('end', false, false)
    if (letter === 'b' || letter === 'B') {
      const word = this.dialect.classOf('w', flags)
      return { kind: 'boundary', negated: letter === 'B', word, inEmptyText: this.dialect.boundaryInEmptyText }
    }
    if (this.dialect === ecmaScript && letter === 'k') return this.namedReference(/^<(\w+)>/, flags)
    if (/[1-9]/.test(letter) && !this.isOctal(letter)) {
      const more = this.takeLike(this.dialect === python ? /^\d/ : /^\d+/)?.[0] ?? ''
      return this.reference(Number(letter + more), flags)
    }
    return this.charPattern(this.readEscapedSet(letter, flags), flags)
  }

  /** What an escape stands for, both within and outside a class. */
  private readEscapedSet(letter: string, flags: Flags): CharSet {
    const set = escapedClass(this.dialect, letter, flags)
    if (set !== undefined) return set
    if (this.dialect === ecmaScript && (letter === 'p' || letter === 'P'))
      return charsLike(`\\${letter}${this.takeLike(/^\{[\w=]+\}/)?.[0]}`)
    const point = CONTROLS[letter] ?? this.readCodePoint(letter)
    return charSet([[point, point]])
  }

  private readCodePoint(letter: string): number {
    if (this.dialect === python && letter === 'a') return 7
    if (this.dialect === ecmaScript && letter === 'c') return codePoints(this.next().toUpperCase()).map(point => point - 64)[0] ?? 0
    const digits = { x: /^[\da-fA-F]{2}/, u: /^[\da-fA-F]{4}/, U: /^[\da-fA-F]{8}/ }[letter]
    if (digits !== undefined) return this.readHex(digits)
    if (/[0-7]/.test(letter)) return this.readOctal(letter)
    if (/[A-Za-z]/.test(letter)) this.fail(`the escape \`\\${letter}\``)
    return codePoints(letter)[0] ?? 0
  }

  private readHex(digits: RegExp): number {
    const braced = this.dialect === ecmaScript ? this.takeLike(/^\{([\da-fA-F]+)\}/)?.[1] : undefined
    // Two escapes that spell the halves of a pair are one character, in ECMAScript only.
    const pair = this.dialect === ecmaScript ? this.takeLike(/^([dD][89abAB][\da-fA-F]{2})\\u([dD][c-fC-F][\da-fA-F]{2})/) : undefined
    if (pair !== undefined) return 0x10000 + ((hex(pair[1]) & 0x3ff) << 10) + (hex(pair[2]) & 0x3ff)
    return hex(braced ?? this.takeLike(digits)?.[0] ?? this.fail('an escape'))
  }

  private isOctal(letter: string): boolean {
    return this.dialect === python && /^[0-7]{3}/.test(letter + this.input.slice(this.at).join(''))
  }

  private readOctal(letter: string): number {
    const more = this.dialect === python ? this.takeLike(/^[0-7]{1,2}/)?.[0] : ''
    return Number.parseInt(letter + (more ?? ''), 8)
  }

  /** In Python a `]` in the first place is a member. */
  private readClass(flags: Flags): Pattern {
    const negated = this.take('^')
    const members: CharSet[] = []
    if (this.dialect === python && this.input[this.at] === ']') members.push(this.readMember(flags))
    while (!this.take(']')) members.push(this.readMember(flags))
    const set = this.dialect.folded(union(...members), flags)
    return chars(negated ? complement(set) : set)
  }

  private readMember(flags: Flags): CharSet {
    const from = this.readMemberEnd(flags)
    if (this.input[this.at] !== '-' || this.input[this.at + 1] === ']') return from
    this.at++
    const to = this.readMemberEnd(flags)
    if (from.length === 1 && to.length === 1) return charSet([[from[0]?.[0] ?? 0, to[0]?.[0] ?? 0]])
    return this.fail('a range of classes')
  }

  private readMemberEnd(flags: Flags): CharSet {
    const char = this.next()
    if (char !== '\\') return charsOf(char)
    return this.take('b') ? charsOf('\b') : this.readEscapedSet(this.next(), flags)
  }
}

function withFlags(flags: Flags, letters: string, value: boolean): Flags {
  const named = [...letters].flatMap(letter => FLAG_NAMES[letter] ?? [])
  const unicode = value && letters.includes('u') ? { ascii: false } : {}
  return { ...flags, ...Object.fromEntries(named.map(name => [name, value])), ...unicode }
}

function hex(digits: string | undefined): number {
  return Number.parseInt(digits ?? '', 16)
}
