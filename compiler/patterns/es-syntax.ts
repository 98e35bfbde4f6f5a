/** Regular expressions of ECMAScript with the flag `u`: `dialect: es`. */
import { choice, type Pattern, repeat, sequence, setOf } from './ast.js'
import { allChars, charRanges, complement, singleChar } from './char-set.js'
import { readEsClass } from './es-class.js'
import { esVariants, esWord, readEsCharEscape, takeSetEscape } from './es-escapes.js'
import { type EsFlags, noEsFlags, readModifiers } from './es-flags.js'
import { isIdentifier } from './identifier.js'
import { after, before, look, noWordBoundary, wordBoundary } from './look.js'
import { rejectAtomic, rejectBackreference, rejectPossessive } from './not-regular.js'
import { isDigit, PatternScanner } from './pattern-scanner.js'
import { takeQuantifier } from './quantifier.js'

export function parseEs(source: string): Pattern {
  return new EsReader(source).read()
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

class EsReader {
  readonly #scanner: PatternScanner
  readonly #groupNames = new Set<string>()
  #depth = 0

  constructor(source: string) {
    this.#scanner = new PatternScanner(source)
  }

  read(): Pattern {
    const pattern = this.#readChoice(noEsFlags)
    if (!this.#scanner.done) this.#rejectCharacter(this.#scanner.at, this.#scanner.take())
    return pattern
  }

  #rejectCharacter(start: number, char: string): never {
    const what = char === ')' ? 'this `)` closes no group' : `unexpected \`${char}\``
    this.#scanner.reject(what, start, `write \`\\${char}\` for the character itself`)
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
    if (!this.#scanner.match('?') && this.#scanner.match('+')) rejectPossessive(this.#scanner, start)
    return repeat(term.pattern, quantifier.min, quantifier.max)
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
    this.#rejectReference(start)
    const set = takeSetEscape(this.#scanner, flags, start)
    if (set !== undefined) return atom(setOf(esVariants(set, flags)))
    return atom(this.#char(readEsCharEscape(this.#scanner, start, false), flags))
  }

  #rejectReference(start: number): void {
    const named = this.#scanner.match('k')
    if (named) this.#scanner.takeUntil('>')
    if (named || /[1-9]/.test(this.#scanner.peek())) {
      this.#scanner.takeWhile(isDigit)
      rejectBackreference(this.#scanner, start)
    }
  }

  #readGroup(flags: EsFlags, start: number): Term {
    if (!this.#scanner.match('?') || this.#scanner.match(':')) return atom(this.#readBody(flags, start))
    if (this.#scanner.match('=')) return assertion(look('ahead', false, this.#readBody(flags, start)))
    if (this.#scanner.match('!')) return assertion(look('ahead', true, this.#readBody(flags, start)))
    if (this.#scanner.match('<=')) return assertion(look('behind', false, this.#readBody(flags, start)))
    if (this.#scanner.match('<!')) return assertion(look('behind', true, this.#readBody(flags, start)))
    if (this.#scanner.match('>')) rejectAtomic(this.#scanner, start)
    if (!this.#scanner.match('<')) return atom(this.#readBody(readModifiers(this.#scanner, flags, start), start))
    this.#readName(start)
    return atom(this.#readBody(flags, start))
  }

  #readName(start: number): void {
    const name = this.#scanner.takeUntil('>')
    if (name === undefined) this.#scanner.reject('the name of this group is not closed', start, 'a named group is `(?<name>…)`')
    if (!isIdentifier(name, '$_'))
      this.#scanner.reject(`\`${name}\` is no name for a group`, start, 'a name is of letters, digits, `$` and `_`')
    if (this.#groupNames.has(name)) this.#scanner.reject(`there are two groups named \`${name}\``, start)
    this.#groupNames.add(name)
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
