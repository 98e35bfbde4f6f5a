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
  /** What ends a line besides the line feed. */
  readonly lineEnds?: string
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
  /** It has regular expressions between slashes; a slash after one of these names begins one. */
  readonly patternAfter?: string
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
/** What begins documentation in Perl. */
const POD = '\n='
const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}', '<': '>' }
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', a: '\x07', b: '\b', f: '\f', v: '\v', e: '\x1b', '\n': '' }

/** @param depth how deep the code stands in other code */
export function readTokens(code: string, syntax: Syntax, depth = 0): Tokens {
  const reader = new TokenReader(code, syntax, depth)
  reader.read('')
  return reader
}

export function isNameStart(c: string): boolean {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c === '_' || (c > '\x7f' && c !== HOLE && c.trim() !== '')
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
  /** The name that is read is one of punctuation, and whole. */
  private ended = false

  private readonly code: string

  constructor(
    code: string,
    private readonly syntax: Syntax,
    private depth: number,
  ) {
    // what begins at the start of a line begins at the start of the code too
    this.code = `\n${code}`
  }

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
    if (this.isLineEnd(next) && !(this.syntax.layout && this.open.length > 0)) this.line = true
    if (this.skipped()) return
    if (next <= ' ' || next.trim() === '') this.at++
    else if (this.quoted(next) || this.word(next) || this.pattern(next)) return
    else if (next === '\\' && this.code.charAt(this.at + 1) === '\n') this.at += 2
    else this.sign(next)
  }

  private is(text: string): boolean {
    return this.code.startsWith(text, this.at)
  }

  private skipped(): boolean {
    if (this.syntax.strange?.some(each => (each.startsWith('\n') ? this.line && this.is(each.slice(1)) : this.is(each)))) this.broken = true
    const block = this.syntax.blocks.find(([begin]) => this.is(begin))
    if (block?.[0] === POD && !this.betweenStatements()) {
      this.broken = true
      return false
    }
    if (block === undefined && !this.syntax.comments.some(each => this.is(each))) return false
    if (block !== undefined) {
      const end = this.code.indexOf(block[1], this.at + block[0].length)
      this.line ||= this.code.slice(this.at, end).includes('\n')
      this.at = end === -1 ? this.code.length : end + block[1].length
    } else while (this.at < this.code.length && !this.isLineEnd(this.code.charAt(this.at))) this.at++
    return true
  }

  /** Perl's documentation in code begins only there; a brace may end something else. */
  private betweenStatements(): boolean {
    const last = this.list[this.list.length - 1]
    return isNameStart(this.code.charAt(this.at + 2)) && (last === undefined || last.text === ';')
  }

  private isLineEnd(next: string): boolean {
    return next === '\n' || this.syntax.lineEnds?.includes(next) === true
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
    return !(last.kind === 'name' && this.syntax.patternAfter?.includes(` ${last.text} `) === true)
  }

  private word(next: string): boolean {
    const { sigils, operators } = this.syntax
    const start = this.at
    if (isDigit(next)) return this.number()
    if (!isNameStart(next) && !sigils.includes(next)) return false
    this.ended = false
    if (sigils.includes(next)) this.sigil()
    while (!this.ended && this.inName()) this.at += this.is('::') ? 2 : 1
    const name = this.code.slice(start, this.at)
    // Python takes other spellings of a letter for the letter
    if (this.syntax.layout && [...name].some(c => c > '\x7f')) this.broken = true
    if (this.prefixed(name)) return true
    if (operators === 'perl' && this.perlQuote(name)) return true
    this.add(this.at - start === 1 && next === '%' ? 'sign' : 'name', name)
    return true
  }

  private inName(): boolean {
    const next = this.code.charAt(this.at)
    return isNameStart(next) || isDigit(next) || (this.syntax.operators === 'perl' && this.is('::'))
  }

  /** `$x`, `$'`, `@$x`, `$#x`, `%h`. */
  private sigil(): void {
    const first = this.code.charAt(this.at++)
    if (first === '$' && (this.is('#$') || this.is('#-') || this.is('#+'))) this.at++
    while (this.is('$')) this.at++
    const next = this.code.charAt(this.at)
    if (first !== '$' || next === '' || isNameStart(next) || isDigit(next) || '{( \n\t'.includes(next) || this.is('::')) return
    this.at += next === '^' ? 2 : 1
    this.ended = true
  }

  private number(): boolean {
    const rest = this.code.slice(this.at, this.at + 64)
    const [text = ''] = /^0[xX][0-9a-fA-F_]+|^0[oO][0-7_]+|^[0-9][0-9_]*(\.[0-9]+)?([eE][+-]?[0-9]+)?/.exec(rest) ?? []
    this.add('number', text)
    this.at += text.length
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
    this.add('group', '+')
    this.bracket('(')
    this.expression()
    this.bracket(')')
    this.add('group', '+')
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
    const digits = next === 'x' ? /^\{?[0-9a-f]{1,2}\}?/i : next === 'u' ? /^(?:\{[0-9a-f]{1,6}\}|[0-9a-f]{4})/i : /^$/
    const found = digits.exec(next === 'x' || next === 'u' ? code : '')?.[0]
    const octal = /^[0-7]{1,3}/.exec(next + code)?.[0]
    this.at += 2 + (found?.length ?? (octal === undefined ? 0 : octal.length - 1))
    if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8))
    if (found !== undefined && found !== '') return String.fromCodePoint(Math.min(0x10ffff, Number.parseInt(found.replace('{', ''), 16)))
    return next === 'N' || next === 'U' ? HOLE : (ESCAPES[next] ?? next)
  }

  private pattern(next: string): boolean {
    if (next !== '/' || this.syntax.patternAfter === undefined || !this.patternBegins()) return false
    this.at++
    this.delimited('/')
    this.flags()
    return true
  }

  /** A slash begins a pattern here and divides nothing. Where that is not sure and it could end, all is not sure. */
  private patternBegins(): boolean {
    const last = this.list[this.list.length - 1]
    const { blocksOnly, operators, patternAfter = '' } = this.syntax
    if (last === undefined) return true
    // these may be names too
    if (' await yield of '.includes(` ${last.text} `)) this.broken = true
    if (last.kind === 'name' && patternAfter.includes(` ${last.text} `)) return true
    const unsure = last.kind === 'name' ? operators !== undefined && isNameStart(last.text) : last.kind === 'sign' && last.text === '}'
    if (last.kind !== 'sign' || unsure) {
      if (unsure && blocksOnly === true) return true
      if (unsure && this.code.indexOf('/', this.at + 1) !== -1) this.broken = true
      return false
    }
    if (last.text === ')') return this.afterCondition()
    // `x++ / y`
    if ('+-'.includes(last.text) && this.list[this.list.length - 2]?.text === last.text) this.broken = true
    return last.text !== ']'
  }

  /** The bracket that ends here is that of `if (…)`. */
  private afterCondition(): boolean {
    const open = this.pairs.get(this.list.length - 1) ?? 0
    return ' if while for with '.includes(` ${this.list[open - 1]?.text ?? ''} `)
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

  /** The letters after a pattern. Other letters are a word: the pattern was none. */
  private flags(known = 'dgimsxovunalypc'): string {
    const start = this.at
    while (isNameStart(this.code.charAt(this.at))) if (!known.includes(this.code.charAt(this.at++))) this.broken = true
    return this.code.slice(start, this.at)
  }

  /** `q()`, `qq{}`, `qw//`, `qx``, `m//`, `s///`, `tr///`, `y///`. */
  private perlQuote(name: string): boolean {
    if (!' q qq qw qx m qr s tr y '.includes(` ${name} `) || this.isWord(name)) return false
    while (this.code.charAt(this.at) === ' ') this.at++
    const open = this.code.charAt(this.at++)
    if (isNameStart(open)) this.broken = true
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
    return (last === '>' && before === '-') || (last === ':' && before === ':') || (name === 's' && last === '-' && !this.afterOperand(2))
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
    const flags = this.flags('msixpodualngcer')
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
    // What is read is no text of the code's.
    this.add('pattern', text)
    return true
  }
}
