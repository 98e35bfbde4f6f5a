/** Regular expressions of ECMAScript with the flag `u`: `dialect: es`. */
import { choice, type Fold, type Pattern, repeat, sequence, setOf, type Width } from './ast.js'
import { allChars, charRanges, complement, singleChar } from './char-set.js'
import { readEsClass } from './es-class.js'
import { esVariants, esWord, readEsCharEscape, takeSetEscape } from './es-escapes.js'
import { type EsFlags, noEsFlags, readModifiers } from './es-flags.js'
import { isIdentifier } from './identifier.js'
import { after, before, look, noWordBoundary, wordBoundary } from './look.js'
import { rejectBackreference } from './not-regular.js'
import { isDigit, PatternScanner } from './pattern-scanner.js'
import { takeQuantifier } from './quantifier.js'

/** @param irregular whether to read references, and the groups that they speak of, instead of rejecting them */
export function parseEs(source: string, irregular = false): Pattern {
  return new EsReader(source, irregular).read()
}

/** How deep groups may nest: far beyond what people write, far below what would exhaust the stack. */
const depthLimit = 200

const lineEnds = charRanges([
  [0x0a, 0x0a],
  [0x0d, 0x0d],
  [0x2028, 0x2029],
])

/** An assertion takes no quantifier under the flag `u`. */
interface Term {
  readonly pattern: Pattern
  readonly repeatable: boolean
}

/** A reference whose group is found once all of the pattern is read. */
interface EsReference {
  readonly kind: 'reference'
  group: number
  readonly fold: Fold
  readonly width: Width
  readonly name: string | number
  readonly start: number
  readonly end: number
}

class EsReader {
  readonly #scanner: PatternScanner
  readonly #groupNumbers = new Map<string, number>()
  readonly #references: EsReference[] = []
  #groupCount = 0
  #depth = 0

  constructor(
    source: string,
    readonly irregular: boolean,
  ) {
    this.#scanner = new PatternScanner(source)
  }

  read(): Pattern {
    const pattern = this.#readChoice(noEsFlags)
    if (!this.#scanner.done) this.#rejectCharacter(this.#scanner.at, this.#scanner.take())
    for (const reference of this.#references) this.#resolve(reference)
    return pattern
  }

  /** A reference may come before its group. */
  #resolve(reference: EsReference): void {
    const { name, start, end } = reference
    reference.group = typeof name === 'number' ? name : (this.#groupNumbers.get(name) ?? 0)
    if (reference.group > 0 && reference.group <= this.#groupCount) return
    this.#scanner.rewind(end)
    this.#scanner.reject(`there is no group \`${name}\``, start)
  }

  #rejectCharacter(start: number, char: string): never {
    const what = char === ')' ? 'this `)` closes no group' : `unexpected \`${char}\``
    const itself = `write \`\\${char}\` for the character itself`
    const most = /^\{,(\d+)\}/.exec(this.#scanner.text.slice(start))?.[1]
    this.#scanner.reject(
      what,
      start,
      most === undefined ? itself : `a count begins with its least in this dialect: \`{0,${most}}\`; ${itself}`,
    )
  }

  #readChoice(flags: EsFlags): Pattern {
    const alternatives = [this.#readSequence(flags)]
    while (this.#scanner.match('|')) alternatives.push(this.#readSequence(flags))
    return choice(alternatives)
  }

  #readSequence(flags: EsFlags): Pattern {
    const terms: Pattern[] = []
    while (!this.#scanner.done && !'|)'.includes(this.#scanner.peek())) {
      const start = this.#scanner.at
      terms.push(this.#quantified(this.#readTerm(flags, start), start))
    }
    return sequence(terms)
  }

  #quantified(term: Term, termStart: number): Pattern {
    const start = this.#scanner.at
    const quantifier = takeQuantifier(this.#scanner, false)
    if (quantifier === undefined) return term.pattern
    if (!term.repeatable) {
      const text = this.#scanner.text.slice(termStart, start)
      this.#scanner.reject(`the assertion \`${text}\` cannot be repeated`, start, `write \`(?:${text})\` around it`)
    }
    const lazy = this.#scanner.match('?')
    if (!lazy && this.#scanner.match('+')) {
      this.#scanner.reject('this dialect has no possessive quantifiers', start, 'drop the `+` after the quantifier')
    }
    return repeat(term.pattern, quantifier.min, quantifier.max, lazy && this.irregular ? 'lazy' : undefined)
  }

  #readTerm(flags: EsFlags, start: number): Term {
    const char = this.#scanner.take()
    switch (char) {
      case '.':
        return atom(setOf(flags.dotAll ? allChars : complement(lineEnds)))
      case '^':
        return assertion(before(flags.multiline ? lineEnds : [], true))
      case '$':
        return assertion(after(flags.multiline ? lineEnds : [], true))
      case '[':
        return atom(setOf(readEsClass(this.#scanner, flags, start)))
      case '(':
        return this.#readGroup(flags, start)
      case '\\':
        return this.#readEscape(flags, start)
      case '*':
      case '+':
      case '?':
      case '{':
      case '}':
      case ']':
        return this.#rejectCharacter(start, char)
      default:
        return atom(this.#char(char.codePointAt(0) ?? 0, flags))
    }
  }

  #char(codePoint: number, flags: EsFlags): Pattern {
    return setOf(esVariants(singleChar(codePoint), flags))
  }

  #readEscape(flags: EsFlags, start: number): Term {
    if (this.#scanner.match('b')) return assertion(wordBoundary(esWord(flags)))
    if (this.#scanner.match('B')) return assertion(noWordBoundary(esWord(flags), true))
    const reference = this.#readReference(flags, start)
    if (reference !== undefined) return atom(reference)
    const set = takeSetEscape(this.#scanner, flags, start)
    if (set !== undefined) return atom(setOf(esVariants(set, flags)))
    return atom(this.#char(readEsCharEscape(this.#scanner, start, false), flags))
  }

  #readReference({ ignoreCase }: EsFlags, start: number): Pattern | undefined {
    const named = this.#scanner.match('k')
    if (!named && !/[1-9]/.test(this.#scanner.peek())) return undefined
    const name = named ? this.#scanner.takeUntil('>') : this.#scanner.takeWhile(isDigit)
    if (!this.irregular) rejectBackreference(this.#scanner, start)
    if (named && !name?.startsWith('<')) this.#scanner.reject('a reference to a group by its name is `\\k<name>`', start)
    const reference: EsReference = {
      kind: 'reference',
      group: 0,
      fold: ignoreCase ? 'full' : 'none',
      width: { min: 0, max: Number.POSITIVE_INFINITY },
      name: named ? (name ?? '').slice(1) : Number(name),
      start,
      end: this.#scanner.at,
    }
    this.#references.push(reference)
    return reference
  }

  #readGroup(flags: EsFlags, start: number): Term {
    if (!this.#scanner.match('?')) return atom(this.#readCaptured(flags, start))
    if (this.#scanner.match(':')) return atom(this.#readBody(flags, start))
    if (this.#scanner.match('=')) return assertion(look('ahead', false, this.#readBody(flags, start)))
    if (this.#scanner.match('!')) return assertion(look('ahead', true, this.#readBody(flags, start)))
    if (this.#scanner.match('<=')) return assertion(look('behind', false, this.#readBody(flags, start)))
    if (this.#scanner.match('<!')) return assertion(look('behind', true, this.#readBody(flags, start)))
    if (this.#scanner.match('>')) this.#scanner.reject('this dialect has no atomic groups', start, 'write a plain group `(?:…)`')
    if (!this.#scanner.match('<')) return atom(this.#readBody(readModifiers(this.#scanner, flags, start), start))
    this.#readName(start)
    return atom(this.#readCaptured(flags, start))
  }

  #readCaptured(flags: EsFlags, start: number): Pattern {
    const number = ++this.#groupCount
    const of = this.#readBody(flags, start)
    return this.irregular ? { kind: 'group', number, of } : of
  }

  #readName(start: number): void {
    const name = this.#scanner.takeUntil('>')
    if (name === undefined) this.#scanner.reject('the name of this group is not closed', start, 'a named group is `(?<name>…)`')
    if (!isIdentifier(name, '$_'))
      this.#scanner.reject(`\`${name}\` is no name for a group`, start, 'a name is of letters, digits, `$` and `_`')
    if (this.#groupNumbers.has(name)) this.#scanner.reject(`there are two groups named \`${name}\``, start)
    this.#groupNumbers.set(name, this.#groupCount + 1)
  }

  /** What stands in a group, and the `)` that closes it. */
  #readBody(flags: EsFlags, start: number): Pattern {
    if (++this.#depth > depthLimit) {
      this.#scanner.reject(`groups are nested more than ${depthLimit} deep`, start, undefined, 'pattern-too-large')
    }
    const body = this.#readChoice(flags)
    if (!this.#scanner.match(')')) {
      this.#scanner.rewind(start + 1)
      this.#scanner.reject('this `(` is not closed', start, 'write `\\(` for the character itself')
    }
    this.#depth--
    return body
  }
}

function atom(pattern: Pattern): Term {
  return { pattern, repeatable: true }
}

function assertion(pattern: Pattern): Term {
  return { pattern, repeatable: false }
}
