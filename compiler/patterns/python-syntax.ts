/**
 * Regular expressions of Python's `re` (3.11 to 3.13, text patterns): the dialect that published policies are written in.
 *
 * Only whether a match exists matters, so that capturing, laziness and the order of alternatives mean nothing in a regular pattern.
 */
import { choice, empty, endOfText, type Fold, type Group, type Pattern, repeat, sequence, setOf, startOfText } from './ast.js'
import { allChars, complement, singleChar } from './char-set.js'
import { isIdentifier } from './identifier.js'
import { after, before, look, noWordBoundary, wordBoundary } from './look.js'
import { rejectAtomic, rejectBackreference, rejectConditional, rejectPossessive } from './not-regular.js'
import { isDigit, PatternScanner } from './pattern-scanner.js'
import { pythonVariants, readPythonClass } from './python-class.js'
import { classEscape, readCharEscape, wordSet } from './python-escapes.js'
import { noFlags, type PythonFlags, readFlags } from './python-flags.js'
import { takeQuantifier } from './quantifier.js'
import { widthOf } from './width.js'

/** @param irregular whether to read what no automaton can stand for, and the groups that it speaks of, instead of rejecting it */
export function parsePython(source: string, irregular = false): Pattern {
  return new PythonReader(source, irregular).read()
}

/** How deep groups may nest: far beyond what people write, far below what would exhaust the stack. */
const depthLimit = 200

const newline = singleChar(0x0a)
/** `$`: also before a newline that ends the text. */
const endOrLastNewline = choice([endOfText, look('ahead', false, sequence([setOf(newline), endOfText]))])

/** A part of a sequence, and whether a quantifier may follow it. */
interface Item {
  readonly pattern: Pattern
  readonly kind: 'repeatable' | 'anchor' | 'repeated'
}

class PythonReader {
  readonly #scanner: PatternScanner
  readonly #groupNumbers = new Map<string, number>()
  /** The groups that have been read to their ends, by number. */
  readonly #groups = new Map<number, Group>()
  #groupCount = 0
  /** The groups opened before the outermost look-behind that is being read. */
  #groupsBeforeBehind: number | undefined
  /** The largest group that a conditional asks for, which may come later. */
  #asked: { readonly group: number; readonly start: number; readonly end: number } | undefined
  #depth = 0
  /** Only the very start of a pattern may set flags for all of it. */
  #global: PythonFlags = noFlags

  constructor(
    source: string,
    readonly irregular: boolean,
  ) {
    this.#scanner = new PatternScanner(source)
  }

  read(): Pattern {
    this.#readGlobalFlags()
    const pattern = this.#readChoice(this.#global)
    if (!this.#scanner.done) this.#rejectUnbalanced()
    if (this.#asked !== undefined && this.#asked.group > this.#groupCount) this.#rejectNoGroup(String(this.#asked.group), this.#asked)
    return pattern
  }

  #rejectNoGroup(name: string, { start, end }: { readonly start: number; readonly end: number }): never {
    this.#scanner.rewind(end)
    this.#scanner.reject(`there is no group ${name}`, start)
  }

  #rejectUnbalanced(): never {
    const start = this.#scanner.at
    this.#scanner.take()
    this.#scanner.reject('this `)` closes no group', start, 'write `\\)` for the character itself')
  }

  #readGlobalFlags(): void {
    for (;;) {
      this.#skipIgnored(this.#global)
      const start = this.#scanner.at
      if (!this.#scanner.match('(?') || !/[imsxau]/.test(this.#scanner.peek())) return this.#scanner.rewind(start)
      const group = readFlags(this.#scanner, this.#global, start)
      if (group.kind === 'scoped') return this.#scanner.rewind(start)
      this.#global = group.flags
    }
  }

  #readChoice(flags: PythonFlags): Pattern {
    const alternatives = [this.#readSequence(flags)]
    while (this.#scanner.match('|')) alternatives.push(this.#readSequence(flags))
    return choice(alternatives)
  }

  #readSequence(flags: PythonFlags): Pattern {
    const items: Item[] = []
    for (this.#skipIgnored(flags); !this.#scanner.done && !'|)'.includes(this.#scanner.peek()); this.#skipIgnored(flags)) {
      const start = this.#scanner.at
      const quantifier = takeQuantifier(this.#scanner, true)
      if (quantifier === undefined) items.push(this.#readItem(flags))
      else items.push(this.#repeated(items.pop(), quantifier.min, quantifier.max, start))
    }
    return sequence(items.map(item => item.pattern))
  }

  /** Comments, and white space where the flag `x` lets it be written for legibility. */
  #skipIgnored(flags: PythonFlags): void {
    for (;;) {
      const start = this.#scanner.at
      if (flags.verbose) this.#scanner.takeWhile(char => ' \t\n\r\v\f'.includes(char))
      if (flags.verbose && this.#scanner.match('#')) this.#takeComment('\n')
      if (this.#scanner.match('(?#') && !this.#takeComment(')')) {
        this.#scanner.reject('this comment is not closed', start, 'a comment `(?#…` ends with a `)` that has no `\\` before it')
      }
      if (this.#scanner.at === start) return
    }
  }

  /** An escaped character does not end a comment. Tells whether the end was found. */
  #takeComment(end: string): boolean {
    while (!this.#scanner.done) {
      const start = this.#scanner.at
      const char = this.#scanner.take()
      if (char === end) return true
      if (char === '\\' && this.#scanner.take() === '') this.#scanner.reject('a pattern cannot end with `\\`', start)
    }
    return false
  }

  #repeated(item: Item | undefined, min: number, max: number, start: number): Item {
    const text = this.#scanner.text.slice(start, this.#scanner.at)
    if (item === undefined || item.kind === 'anchor') {
      this.#scanner.reject(`there is nothing to repeat before \`${text}\``, start, `write \`\\${text}\` for the text itself`)
    }
    if (item.kind === 'repeated')
      this.#scanner.reject(`\`${text}\` follows a quantifier`, start, 'put the repeated part into a group `(?:…)`')
    const how = this.#takeHow(start)
    if (min >= 0xffffffff || (max >= 0xffffffff && max !== Number.POSITIVE_INFINITY)) {
      this.#scanner.reject(`the count in \`${text}\` is too large`, start)
    }
    return { pattern: repeat(item.pattern, min, max, how), kind: 'repeated' }
  }

  /** What follows a quantifier. */
  #takeHow(start: number): 'lazy' | 'possessive' | undefined {
    if (this.#scanner.match('?')) return this.irregular ? 'lazy' : undefined
    if (!this.#scanner.match('+')) return undefined
    return this.irregular ? 'possessive' : rejectPossessive(this.#scanner, start)
  }

  #readItem(flags: PythonFlags): Item {
    const start = this.#scanner.at
    const char = this.#scanner.take()
    switch (char) {
      case '.':
        return repeatable(setOf(flags.dotAll ? allChars : complement(newline)))
      case '^':
        return anchor(before(flags.multiline ? newline : [], true))
      case '$':
        return anchor(flags.multiline ? after(newline, true) : endOrLastNewline)
      case '[':
        return repeatable(setOf(readPythonClass(this.#scanner, flags, start)))
      case '(':
        return repeatable(this.#readGroup(flags, start))
      case '\\':
        return this.#readEscape(flags, start)
      default:
        return repeatable(this.#char(char.codePointAt(0) ?? 0, flags))
    }
  }

  #char(codePoint: number, flags: PythonFlags): Pattern {
    return setOf(pythonVariants(singleChar(codePoint), flags))
  }

  #readEscape(flags: PythonFlags, start: number): Item {
    const letter = this.#scanner.peek()
    const anchored = this.#anchorOf(letter, flags)
    const set = classEscape(letter, flags)
    if (anchored !== undefined || set !== undefined) this.#scanner.take()
    if (anchored !== undefined) return anchor(anchored)
    if (set !== undefined) return repeatable(setOf(set))
    const reference = isDigit(letter) && letter !== '0' ? this.#readReference(flags, start) : undefined
    if (reference !== undefined) return repeatable(reference)
    return repeatable(this.#char(readCharEscape(this.#scanner, start, false), flags))
  }

  #anchorOf(letter: string, flags: PythonFlags): Pattern | undefined {
    switch (letter) {
      case 'A':
        return startOfText
      case 'Z':
        return endOfText
      case 'b':
        return wordBoundary(wordSet(flags))
      case 'B':
        return noWordBoundary(wordSet(flags), false)
      default:
        return undefined
    }
  }

  /** Three octal digits are a character; any other number refers to a group. */
  #readReference(flags: PythonFlags, start: number): Pattern | undefined {
    const digits = this.#scanner.takeWhile(isDigit, 3)
    if (/^[0-7]{3}$/.test(digits)) {
      this.#scanner.rewind(start + 1)
      return undefined
    }
    const reference = digits.slice(0, 2)
    this.#scanner.rewind(start + 1 + reference.length)
    if (Number(reference) > this.#groupCount) this.#scanner.reject(`there is no group ${reference}`, start)
    return this.#reference(Number(reference), flags, start)
  }

  #reference(number: number, flags: PythonFlags, start: number): Pattern {
    if (!this.irregular) rejectBackreference(this.#scanner, start)
    const group = this.#groups.get(number)
    if (group === undefined) this.#scanner.reject('a group cannot refer to itself', start)
    this.#rejectWithinBehind(number, start)
    return { kind: 'reference', group: number, fold: foldOf(flags), width: widthOf(group.of) }
  }

  #rejectWithinBehind(number: number, start: number): void {
    if (number <= (this.#groupsBeforeBehind ?? number)) return
    this.#scanner.reject('a look-behind cannot refer to a group of its own in this dialect', start)
  }

  #readGroup(flags: PythonFlags, start: number): Pattern {
    if (!this.#scanner.match('?')) return this.#readCaptured(flags, start)
    if (this.#scanner.match(':')) return this.#readBody(flags, start)
    if (this.#scanner.match('P')) return this.#readNamed(flags, start)
    if (this.#scanner.match('=')) return look('ahead', false, this.#readBody(flags, start))
    if (this.#scanner.match('!')) return look('ahead', true, this.#readBody(flags, start))
    if (this.#scanner.match('<=')) return this.#readBehind(false, flags, start)
    if (this.#scanner.match('<!')) return this.#readBehind(true, flags, start)
    if (this.#scanner.match('>')) return this.#readAtomic(flags, start)
    if (this.#scanner.match('(')) return this.#readConditional(flags, start)
    return this.#readFlagged(flags, start)
  }

  #readCaptured(flags: PythonFlags, start: number): Pattern {
    const number = ++this.#groupCount
    const of = this.#readBody(flags, start)
    if (!this.irregular) return of
    const group: Group = { kind: 'group', number, of }
    this.#groups.set(number, group)
    return group
  }

  #readAtomic(flags: PythonFlags, start: number): Pattern {
    if (!this.irregular) rejectAtomic(this.#scanner, start)
    return { kind: 'atomic', of: this.#readBody(flags, start) }
  }

  #readConditional(flags: PythonFlags, start: number): Pattern {
    if (!this.irregular) rejectConditional(this.#scanner, start)
    const name = this.#scanner.takeUntil(')')
    if (name === undefined) this.#scanner.reject('this `(` is not closed', start, 'a conditional group is `(?(1)…|…)`')
    const group = this.#groupNumbers.get(name) ?? (/^[0-9]+$/.test(name) ? Number(name) : 0)
    if (group === 0) this.#scanner.reject(`there is no group \`${name}\``, start)
    this.#rejectWithinBehind(group, start)
    if (group > (this.#asked?.group ?? 0)) this.#asked = { group, start, end: this.#scanner.at }
    const body = this.#readCases(flags, start)
    return { kind: 'conditional', group, ...body }
  }

  #readCases(flags: PythonFlags, start: number): { readonly yes: Pattern; readonly no: Pattern } {
    const yes = this.#readSequence(flags)
    const no = this.#scanner.match('|') ? this.#readSequence(flags) : empty
    if (this.#scanner.peek() === '|')
      this.#scanner.reject('a conditional group has two cases at most', start, 'group them: `(?(1)(?:…|…)|…)`')
    this.#closeGroup(start)
    return { yes, no }
  }

  /** What stands in a group, and the `)` that closes it. */
  #readBody(flags: PythonFlags, start: number): Pattern {
    if (++this.#depth > depthLimit) {
      this.#scanner.reject(`groups are nested more than ${depthLimit} deep`, start, undefined, 'pattern-too-large')
    }
    const body = this.#readChoice(flags)
    this.#closeGroup(start)
    this.#depth--
    return body
  }

  #closeGroup(start: number): void {
    if (this.#scanner.match(')')) return
    this.#scanner.rewind(start + 1)
    this.#scanner.reject('this `(` is not closed', start, 'write `\\(` for the character itself')
  }

  #readNamed(flags: PythonFlags, start: number): Pattern {
    if (this.#scanner.match('=')) return this.#readNamedReference(flags, start)
    if (!this.#scanner.match('<')) this.#rejectExtension(start)
    const name = this.#scanner.takeUntil('>')
    if (name === undefined) this.#scanner.reject('the name of this group is not closed', start, 'a named group is `(?P<name>…)`')
    this.#checkName(name, start)
    return this.#readCaptured(flags, start)
  }

  #readNamedReference(flags: PythonFlags, start: number): Pattern {
    const name = this.#scanner.takeUntil(')') ?? ''
    if (!this.irregular) rejectBackreference(this.#scanner, start)
    const number = this.#groupNumbers.get(name)
    if (number === undefined) this.#scanner.reject(`there is no group \`${name}\``, start)
    return this.#reference(number, flags, start)
  }

  /** The name of the next group. */
  #checkName(name: string, start: number): void {
    if (!isIdentifier(name, '_')) this.#scanner.reject(`\`${name}\` is no name for a group`, start, 'a name is of letters, digits and `_`')
    if (this.#groupNumbers.has(name)) this.#scanner.reject(`there are two groups named \`${name}\``, start)
    this.#groupNumbers.set(name, this.#groupCount + 1)
  }

  #readBehind(negated: boolean, flags: PythonFlags, start: number): Pattern {
    const outer = this.#groupsBeforeBehind
    this.#groupsBeforeBehind ??= this.#groupCount
    const body = this.#readBody(flags, start)
    this.#groupsBeforeBehind = outer
    const { min, max } = widthOf(body)
    if (min !== max) {
      const help = 'write one look-behind per length, as `(?:(?<=a)|(?<=bc))`, or ask for `dialect: es`, which has no such limit'
      this.#scanner.reject('a look-behind must have one fixed length in this dialect', start, help)
    }
    return look('behind', negated, body)
  }

  #readFlagged(flags: PythonFlags, start: number): Pattern {
    if (!/[a-zA-Z-]/.test(this.#scanner.peek())) this.#rejectExtension(start)
    const group = readFlags(this.#scanner, flags, start)
    if (group.kind === 'scoped') return this.#readBody(group.flags, start)
    const text = this.#scanner.text.slice(start, this.#scanner.at)
    const help = `move \`${text}\` to the start, or write \`${text.replace(')', ':…)')}\` around the part it is for`
    this.#scanner.reject(`\`${text}\` sets flags for the whole pattern, so it must stand at its start`, start, help)
  }

  #rejectExtension(start: number): never {
    this.#scanner.take()
    const text = this.#scanner.text.slice(start, this.#scanner.at)
    const isNamed = text === '(?<'
    this.#scanner.reject(`unknown group \`${text}\``, start, isNamed ? 'a named group is `(?P<name>…)` in this dialect' : undefined)
  }
}

function foldOf({ ignoreCase, ascii }: PythonFlags): Fold {
  if (!ignoreCase) return 'none'
  return ascii ? 'ascii' : 'full'
}

function repeatable(pattern: Pattern): Item {
  return { pattern, kind: 'repeatable' }
}

function anchor(pattern: Pattern): Item {
  return { pattern, kind: 'anchor' }
}
