/**
 * The tokens of a scripting language, as far as the scanner needs them: names, texts, and signs. What is not told apart (keywords,
 * operators of several characters) does not matter to it. Interpolation becomes concatenation: `"a${x}"` is read as `("a" + (x))`.
 */
import { HOLE } from './flat.js'

/** `pattern`: a regular expression. `group`: a bracket around a text with interpolation; `shell`: around one that the shell runs. */
export type TokenKind = 'name' | 'text' | 'number' | 'sign' | 'pattern' | 'group' | 'shell'

export interface Token {
  readonly kind: TokenKind
  readonly text: string
  /** It is the first of its line, and the line can end a statement. */
  readonly line: boolean
}

/** Some tokens, by index. */
export interface Range {
  readonly start: number
  readonly end: number
}

export interface Syntax {
  /** What begins a comment that ends with its line. */
  readonly comments: readonly string[]
  readonly blocks: readonly (readonly [begin: string, end: string])[]
  /**
   * Pairs of a quote and what holds between two of them: `r` only the quote and the backslash can be quoted, `c` the escapes of C,
   * `i` those and interpolation, `x` as `i`, and the shell runs it.
   */
  readonly quotes: string
  /** What begins an expression in a text: `${`, `#{`; a single character also begins a variable. */
  readonly interpolation: readonly string[]
  /** Characters that begin a name besides letters and `_`. */
  readonly sigils: string
  readonly regex?: boolean
  /** A closing brace ends a statement: a slash after it begins a regular expression. */
  readonly blocksOnly?: boolean
  /** Line ends inside brackets end nothing. */
  readonly layout?: boolean
  /** The quoting operators of Perl (`q`) or Ruby (`%`). */
  readonly operators?: 'perl' | 'ruby'
  /** Here-documents, long brackets and the like: what the reader does not know and takes for the end of all knowledge. */
  readonly strange?: readonly string[]
}

export interface Tokens {
  readonly list: readonly Token[]
  /** The index of the bracket that belongs to the bracket at an index. */
  readonly pairs: ReadonlyMap<number, number>
  /** Something was not understood: the tokens may be wrong. */
  readonly broken: boolean
}

const MAX_DEPTH = 32
const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}', '<': '>' }
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', a: '\x07', b: '\b', f: '\f', v: '\v', e: '\x1b', '\n': '' }
/** After these names a slash begins a regular expression. */
const BEFORE_PATTERN = ' return split if unless and or not while until grep map join push typeof in case when print puts say x ne eq '

/** @param depth how deep the code stands in other code */
export function readTokens(code: string, syntax: Syntax, depth = 0): Tokens {
  const reader = new TokenReader(code, syntax, depth)
  reader.read('')
  return reader
}

export function isNameStart(c: string): boolean {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c === '_' || (c > '\x7f' && c !== HOLE)
}

export function isDigit(c: string): boolean {
  return c >= '0' && c <= '9'
}

class TokenReader implements Tokens {
  readonly list: Token[] = []
  readonly pairs = new Map<number, number>()
  broken = false
  private readonly open: number[] = []
  private at = 0
  private line = true

  constructor(
    private readonly code: string,
    private readonly syntax: Syntax,
    private depth: number,
  ) {}

  /** Reads up to a bracket that closes what was open before; the end of the code where it is empty. */
  read(close: string): void {
    const floor = this.open.length
    if (++this.depth > MAX_DEPTH) this.broken = true
    while (this.at < this.code.length && this.depth <= MAX_DEPTH) {
      const next = this.code.charAt(this.at)
      if (next === close && this.open.length <= floor) break
      this.token(next)
    }
    if (this.at >= this.code.length && close !== '') this.broken = true
    this.open.length = Math.min(this.open.length, floor)
    this.at += close.length
    this.depth--
  }

  private token(next: string): void {
    if (next === '\n' && !(this.syntax.layout && this.open.length > 0)) this.line = true
    if (this.skipped()) return
    if (next <= ' ') this.at++
    else if (this.quoted(next) || this.word(next) || this.pattern(next)) return
    else if (next === '\\' && this.code.charAt(this.at + 1) === '\n') this.at += 2
    else this.sign(next)
  }

  private is(text: string): boolean {
    return this.code.startsWith(text, this.at)
  }

  private skipped(): boolean {
    if (this.syntax.strange?.some(each => this.is(each))) this.broken = true
    const block = this.syntax.blocks.find(([begin]) => this.is(begin))
    if (block === undefined && !this.syntax.comments.some(each => this.is(each))) return false
    const end = this.code.indexOf(block === undefined ? '\n' : block[1], this.at + (block?.[0].length ?? 0))
    this.at = end === -1 ? this.code.length : end + (block?.[1].length ?? 0)
    return true
  }

  private add(kind: TokenKind, text: string): void {
    this.list.push({ kind, text, line: this.line })
    this.line = false
  }

  private sign(next: string): void {
    if (next === HOLE) this.broken = true
    if (next === '(' || next === '[' || next === '{') this.open.push(this.list.length)
    else if (next === ')' || next === ']' || next === '}') this.closed()
    this.add('sign', next)
    this.at++
  }

  private closed(): void {
    const open = this.open.pop()
    if (open === undefined) return
    this.pairs.set(open, this.list.length)
    this.pairs.set(this.list.length, open)
  }

  private bracket(sign: '(' | ')', kind: TokenKind = 'sign'): void {
    if (sign === '(') this.open.push(this.list.length)
    else this.closed()
    this.add(kind, sign)
  }

  /** The last token is the end of an operand: what follows is an operator. */
  private afterOperand(back = 1): boolean {
    const last = this.list[this.list.length - back]
    if (last === undefined) return false
    if (last.kind === 'sign' || last.kind === 'group')
      return last.text === ')' || last.text === ']' || (last.text === '}' && this.syntax.blocksOnly !== true)
    return !(last.kind === 'name' && BEFORE_PATTERN.includes(` ${last.text} `))
  }

  private word(next: string): boolean {
    const { sigils, operators } = this.syntax
    const start = this.at
    if (isDigit(next)) return this.number()
    if (!isNameStart(next) && !sigils.includes(next)) return false
    if (sigils.includes(next)) this.sigil()
    while (this.inName()) this.at += this.is('::') ? 2 : 1
    const name = this.code.slice(start, this.at)
    if (this.prefixed(name)) return true
    if (operators === 'perl' && this.perlQuote(name)) return true
    this.add(this.at - start === 1 && '%&*'.includes(next) ? 'sign' : 'name', name)
    return true
  }

  private inName(): boolean {
    const next = this.code.charAt(this.at)
    return isNameStart(next) || isDigit(next) || (this.syntax.operators === 'perl' && this.is('::'))
  }

  /** `$x`, `$'`, `@$x`, `$#x`, `%h`. */
  private sigil(): void {
    const first = this.code.charAt(this.at++)
    if (first === '$' && this.is('#$')) this.at++
    while (this.is('$')) this.at++
    const next = this.code.charAt(this.at)
    if (first === '$' && next !== '' && !isNameStart(next) && !isDigit(next) && !'{( \n\t'.includes(next)) this.at++
    if (next === '^') this.at++
  }

  private number(): boolean {
    const start = this.at
    while (
      isDigit(this.code.charAt(this.at)) ||
      isNameStart(this.code.charAt(this.at)) ||
      (this.is('.') && isDigit(this.code.charAt(this.at + 1)))
    )
      this.at++
    this.add('number', this.code.slice(start, this.at))
    return true
  }

  /** Python's `rb"…"`. */
  private prefixed(name: string): boolean {
    const quote = this.code.charAt(this.at)
    if (!this.syntax.layout || name.length > 2 || (quote !== '"' && quote !== "'")) return false
    const letters = name.toLowerCase()
    if (![...letters].every(each => 'rbuft'.includes(each))) return false
    this.string(quote, letters.includes('r') ? (letters.includes('f') ? 'R' : 'r') : letters.includes('f') ? 'i' : 'c')
    return true
  }

  private quoted(next: string): boolean {
    const { quotes, operators } = this.syntax
    const at = quotes.indexOf(next)
    if (at !== -1 && at % 2 === 0) this.string(next, quotes.charAt(at + 1))
    else if (operators === 'ruby' && (next === '%' || next === '?')) return this.rubyQuote(next)
    else if (operators !== undefined && next === '<' && !this.afterOperand()) return this.angle()
    else return false
    return true
  }

  private string(quote: string, mode: string): void {
    const triple = this.syntax.layout && this.is(quote + quote + quote) ? quote + quote + quote : quote
    this.at += triple.length
    this.text(triple, mode)
  }

  /** The text up to its end, as tokens. */
  private text(end: string, mode: string, open = ''): void {
    const inner = mode === 'i' || mode === 'x' || mode === 'R'
    if (inner) this.bracket('(', mode === 'x' ? 'shell' : 'group')
    let piece = ''
    let nested = 0
    for (;;) {
      const next = this.code.charAt(this.at)
      if (next === '') {
        this.broken = true
        break
      }
      if (nested === 0 && this.is(end)) break
      if (open !== '' && next === open) nested++
      else if (open !== '' && next === end) nested--
      if (next === '\\' && mode !== 'R') piece += this.escape(end, mode)
      else if (inner && this.interpolates()) {
        this.piece(piece)
        piece = ''
      } else {
        if (next === HOLE) this.broken = true
        piece += next
        this.at++
      }
    }
    this.at += end.length
    this.add('text', piece)
    if (inner) this.bracket(')', 'group')
  }

  private piece(text: string): void {
    this.add('text', text)
    this.add('sign', '+')
    this.bracket('(')
    this.expression()
    this.bracket(')')
    this.add('sign', '+')
  }

  private interpolates(): boolean {
    for (const opener of this.syntax.interpolation) {
      if (!this.is(opener)) continue
      const after = this.code.charAt(this.at + 1)
      if (opener === '{' && after === '{') return false
      if (opener.length > 1 || opener === '{' || isNameStart(after) || after === '{' || after === '$') return true
    }
    return false
  }

  /** The expression at an opener: in brackets, or a variable and its subscripts. */
  private expression(): void {
    const opener = this.syntax.interpolation.find(each => this.is(each)) ?? ''
    this.at += opener.length
    if (opener === '{$') this.at--
    if (opener.length > 1 || opener === '{') return this.read('}')
    if (this.is('{')) {
      this.at++
      this.add('name', opener + '{')
      return this.read('}')
    }
    this.at--
    this.word(this.code.charAt(this.at))
    for (let next = this.subscript(); next !== ''; next = this.subscript()) {
      this.sign(next)
      this.read(CLOSING[next] ?? '')
      this.sign2(CLOSING[next] ?? '')
    }
  }

  private sign2(close: string): void {
    this.closed()
    this.add('sign', close)
  }

  private subscript(): string {
    if (this.is('->[') || this.is('->{')) this.at += 2
    return this.is('[') || this.is('{') ? this.code.charAt(this.at) : ''
  }

  /** What a backslash and what follows it stand for. */
  private escape(end: string, mode: string): string {
    const next = this.code.charAt(this.at + 1)
    if (mode === 'r') {
      this.at += 2
      return next === end || (next === '\\' && !this.syntax.layout) ? next : `\\${next}`
    }
    const code = this.code.slice(this.at + 2, this.at + 12)
    const digits = next === 'x' ? /^\{?[0-9a-f]{1,2}\}?/i : next === 'u' ? /^\{?[0-9a-f]{1,6}\}?/i : /^$/
    const found = digits.exec(next === 'x' || next === 'u' ? code : '')?.[0]
    const octal = /^[0-7]{1,3}/.exec(next + code)?.[0]
    this.at += 2 + (found?.length ?? (octal === undefined ? 0 : octal.length - 1))
    if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8))
    if (found !== undefined && found !== '') return String.fromCodePoint(Math.min(0x10ffff, Number.parseInt(found.replace('{', ''), 16)))
    return next === 'N' || next === 'U' ? HOLE : (ESCAPES[next] ?? next)
  }

  private pattern(next: string): boolean {
    if (next !== '/' || !this.syntax.regex) return false
    const end = this.code.indexOf('\n', this.at)
    const rest = this.code.slice(this.at + 1, end === -1 ? undefined : end)
    if (this.afterOperand()) {
      // a quote up to the next slash: as a pattern this would read quite differently
      const slash = rest.indexOf('/')
      if (slash !== -1 && /["'`]/.test(rest.slice(0, slash))) this.broken = true
      return false
    }
    // `x++ / y`
    if (this.lastTexts() === '++' || this.lastTexts() === '--') this.broken = true
    this.at++
    this.delimited('/')
    this.flags()
    return true
  }

  private lastTexts(): string {
    return this.list
      .slice(-2)
      .map(token => token.text)
      .join('')
  }

  /** A pattern up to its delimiter. */
  private delimited(close: string, open = ''): string {
    const start = this.at
    let brackets = false
    let nested = 0
    for (; this.at < this.code.length; this.at++) {
      const next = this.code.charAt(this.at)
      if (next === '\\') this.at++
      else if (brackets && this.syntax.operators === undefined) brackets = next !== ']'
      else if (nested === 0 && next === close) break
      else if (next === open) nested++
      else if (next === close) nested--
      else if (next === '[') brackets = true
    }
    if (this.at >= this.code.length) this.broken = true
    const text = this.code.slice(start, this.at++)
    if (text.includes(HOLE) || text.includes('(?{') || text.includes('(??{') || text.includes('@{') || text.includes('#{'))
      this.broken = true
    this.add('pattern', text)
    return text
  }

  private flags(): string {
    const start = this.at
    while (isNameStart(this.code.charAt(this.at))) this.at++
    return this.code.slice(start, this.at)
  }

  /** `q()`, `qq{}`, `qw//`, `qx``, `m//`, `s///`, `tr///`, `y///`. */
  private perlQuote(name: string): boolean {
    if (!' q qq qw qx m qr s tr y '.includes(` ${name} `) || this.isWord(name)) return false
    while (this.code.charAt(this.at) === ' ') this.at++
    const open = this.code.charAt(this.at++)
    const close = CLOSING[open] ?? open
    const nested = close === open ? '' : open
    if (name === 'q' || name === 'qw') this.words(close, nested, name === 'qw')
    else if (name === 'qq' || name === 'qx') this.text(close, name === 'qx' ? 'x' : 'i', nested)
    else this.substitution(name, open, close, nested)
    return true
  }

  /** The name is a word here, as before `=>` and in `{s}`. */
  private isWord(name: string): boolean {
    const last = this.list[this.list.length - 1]?.text
    const rest = this.code.slice(this.at, this.at + 8).trimStart()
    if (last === 'sub' || rest.startsWith('=>') || (last === '{' && rest.startsWith('}'))) return true
    const before = this.list[this.list.length - 2]?.text
    return (last === '>' && before === '-') || (name === 's' && last === '-' && !this.afterOperand(2))
  }

  private words(close: string, nested: string, split: boolean): void {
    const at = this.list.length
    this.text(close, 'r', nested)
    if (!split) return
    const text = this.list.pop()?.text ?? ''
    if (this.list.length !== at) this.broken = true
    this.bracket('(')
    for (const word of text.split(/\s+/)) {
      if (word === '') continue
      this.add('text', word)
      this.add('sign', ',')
    }
    this.bracket(')')
  }

  private substitution(name: string, open: string, close: string, nested: string): void {
    this.delimited(close, nested)
    if (name === 'm' || name === 'qr') return void this.flags()
    let end = close
    if (nested !== '') {
      while (this.code.charAt(this.at) <= ' ' && this.at < this.code.length) this.at++
      end = CLOSING[this.code.charAt(this.at)] ?? this.code.charAt(this.at)
      this.at++
    }
    const start = this.at
    this.delimited(end, end === open || nested === '' ? '' : open)
    const flags = this.flags()
    if (name !== 's' || !flags.includes('e')) return
    if (flags.indexOf('e') !== flags.lastIndexOf('e')) this.broken = true
    const inner = readTokens(this.code.slice(start, this.at - flags.length - 1), this.syntax, this.depth + 1)
    this.embed(inner)
  }

  /** The tokens of code inside a pattern, in brackets. */
  private embed(inner: Tokens): void {
    if (inner.broken) this.broken = true
    this.bracket('(')
    const offset = this.list.length
    this.list.push(...inner.list)
    for (const [from, to] of inner.pairs) this.pairs.set(from + offset, to + offset)
    this.bracket(')')
  }

  /** `%w[]`, `%x()`, `%q()`, `?c`. */
  private rubyQuote(next: string): boolean {
    if (this.afterOperand() && !(next === '%' && this.code.charAt(this.at - 1) === ' ' && this.code.charAt(this.at + 1) !== ' '))
      return false
    const letter = this.code.charAt(this.at + 1)
    if (next === '?') {
      if (letter <= ' ' || isNameStart(this.code.charAt(this.at + 2))) return false
      this.at += 2
      this.add('text', letter)
      return true
    }
    const named = isNameStart(letter)
    const open = this.code.charAt(this.at + (named ? 2 : 1))
    if (open <= ' ' || open === '=' || isNameStart(open)) return false
    this.at += named ? 3 : 2
    const close = CLOSING[open] ?? open
    const nested = close === open ? '' : open
    if ('wWiI'.includes(letter) && named) this.words(close, nested, true)
    else this.text(close, letter === 'x' ? 'x' : letter === 'q' || letter === 's' ? 'r' : 'i', nested)
    return true
  }

  /** `<F>`, `<*.c>`; here-documents are read as what is not known. */
  private angle(): boolean {
    if (this.is('<<')) {
      this.broken ||= /^<<[~-]?["'`\w]/.test(this.code.slice(this.at, this.at + 4))
      return false
    }
    const end = this.code.indexOf('>', this.at)
    const text = this.code.slice(this.at + 1, end)
    if (end === -1 || /[\s;()]/.test(text)) return false
    this.at = end + 1
    this.add('number', text)
    return true
  }
}
