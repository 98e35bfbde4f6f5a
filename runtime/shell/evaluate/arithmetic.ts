/** Arithmetic (manual 6.5) on what is known; and the code that hides in subscripts of values that are used as numbers. */
import type { Word } from '../syntax/ast.js'
import type { Text } from '../analysis.js'
import { NUMBER } from '../noted-holes.js'
import { textOf } from './pieces.js'
import type { Shell } from './shell.js'
import { isArray, scalarOf } from './state.js'

export interface Number {
  readonly text: Text
  /** Undefined where it is not known. */
  readonly value: number | undefined
}

const UNKNOWN: Number = { text: NUMBER, value: undefined }

/** The value of an expression as it stands in the tree. */
export function evaluateArithmetic(shell: Shell, expression: Word): Number {
  const alternatives = shell.expand(expression, true).map(textOf)
  const numbers = alternatives.map(text => evaluateNumber(shell, text))
  const [first = UNKNOWN] = numbers
  return numbers.length === 1 ? first : UNKNOWN
}

/** The value of a text, of which every part that is known may be code. */
export function evaluateNumber(shell: Shell, text: Text): Number {
  if (typeof text !== 'string') {
    for (const part of text.parts) if (typeof part === 'string') runSubscripts(shell, part, 0)
    return UNKNOWN
  }
  const value = new Expression(shell, text, 0).value()
  return value === undefined ? UNKNOWN : { text: String(value), value }
}

/** bash expands the subscripts of variables in an expression, those in the values of variables too. */
function runSubscripts(shell: Shell, text: string, depth: number): void {
  if (text.includes('$(') || text.includes('`') || text.includes('${')) shell.expandSource(text)
  for (const name of text.match(/[A-Za-z_]\w*/g) ?? []) {
    if (depth > 8 || !shell.state.has(name)) continue
    for (const value of shell.variable(name)) {
      const known = isArray(value) ? undefined : value
      if (typeof known === 'string' && /[[$`A-Za-z_]/.test(known) && known !== name) runSubscripts(shell, known, depth + 1)
    }
  }
}

const BINARY: readonly (readonly string[])[] = [
  ['||'],
  ['&&'],
  ['|'],
  ['^'],
  ['&'],
  ['==', '!='],
  ['<=', '>=', '<', '>'],
  ['<<', '>>'],
  ['+', '-'],
  ['*', '/', '%'],
  ['**'],
]
const TOKEN =
  /\s*(\d+#[\w@]+|0[xX][\da-fA-F]+|\d+|[A-Za-z_]\w*|\*\*|<<=|>>=|[-+*/%&^|<>=!]=|&&|\|\||<<|>>|\+\+|--|[-+*/%&^|<>=!~?:,()[\]])/y

/** A reader of the operators, by precedence; anything else makes the value unknown. */
class Expression {
  private readonly tokens: string[] = []
  private at = 0
  private unknown = false
  private depth = 0

  constructor(
    private readonly shell: Shell,
    text: string,
    private readonly level: number,
  ) {
    TOKEN.lastIndex = 0
    let end = 0
    if (text.length < 4096)
      for (let token = TOKEN.exec(text); token !== null; token = TOKEN.exec(text)) {
        this.push(token[1] ?? '', text.charAt(TOKEN.lastIndex))
        end = TOKEN.lastIndex
      }
    if (text.slice(end).trim() !== '') this.unknown = true
    if (this.tokens.includes('[')) this.loseElements()
    if (this.unknown || this.tokens.includes('[')) runSubscripts(shell, text, level)
    else if (level === 0) for (const token of this.tokens) if (shell.state.has(token)) runSubscripts(shell, token, 0)
  }

  /** Two signs next to each other are an operator only beside a name. */
  private push(token: string, next: string): void {
    const before = this.tokens[this.tokens.length - 1] ?? ''
    if ((token === '--' || token === '++') && !/^[A-Za-z_\]]/.test(before) && !/[A-Za-z_]/.test(next))
      this.tokens.push(token.charAt(0), token.charAt(0))
    else this.tokens.push(token)
  }

  /** What an assignment to an element leaves is not known. */
  private loseElements(): void {
    this.tokens.forEach((token, at) => {
      if (this.tokens[at + 1] === '[' && this.tokens.some(each => each.endsWith('=') || each === '++' || each === '--'))
        this.shell.assign(token, [{ items: new Map(), open: true, associative: false }])
    })
  }

  value(): number | undefined {
    if (this.tokens.length === 0) return this.unknown ? undefined : 0
    const result = this.comma()
    return this.unknown || this.at < this.tokens.length || !Number.isSafeInteger(result) ? undefined : result
  }

  private take(...tokens: readonly string[]): string | undefined {
    const token = this.tokens[this.at]
    if (token === undefined || !tokens.includes(token)) return undefined
    this.at++
    return token
  }

  private comma(): number {
    let value = this.assignment()
    while (this.take(',') !== undefined) value = this.assignment()
    return value
  }

  private assignment(): number {
    const name = this.tokens[this.at] ?? ''
    const operator = this.tokens[this.at + 1] ?? ''
    if (!/^[A-Za-z_]/.test(name) || !/^([-+*/%&^|]|<<|>>)?=$/.test(operator) || operator === '==') return this.conditional()
    this.at += 2
    const right = this.assignment()
    const value = operator === '=' ? right : apply(operator.slice(0, -1), this.variable(name), right)
    this.assign(name, value)
    return value
  }

  private assign(name: string, value: number): void {
    this.shell.assign(name, [this.unknown || !Number.isSafeInteger(value) ? NUMBER : String(value)])
  }

  private conditional(): number {
    const condition = this.binary(0)
    if (this.take('?') === undefined) return condition
    const yes = this.comma()
    if (this.take(':') === undefined) this.unknown = true
    const no = this.conditional()
    return condition === 0 ? no : yes
  }

  private binary(level: number): number {
    const operators = BINARY[level]
    if (operators === undefined) return this.unary()
    let left = this.binary(level + 1)
    for (let operator = this.take(...operators); operator !== undefined; operator = this.take(...operators)) {
      const right = this.binary(operator === '**' ? level : level + 1)
      left = apply(operator, left, right)
    }
    return left
  }

  private unary(): number {
    if (++this.depth > 64) this.unknown = true
    const operator = this.depth > 64 ? undefined : this.take('-', '+', '!', '~', '++', '--')
    const value = operator === undefined ? this.primary() : this.signed(operator)
    this.depth--
    return value
  }

  private signed(operator: string): number {
    if (operator === '++' || operator === '--') return this.step(this.tokens[this.at++] ?? '', operator)
    const value = this.unary()
    return operator === '-' ? -value : operator === '!' ? Number(value === 0) : operator === '~' ? ~value : value
  }

  private step(name: string, operator: string): number {
    const value = this.variable(name) + (operator === '++' ? 1 : -1)
    this.assign(name, value)
    return value
  }

  private primary(): number {
    const token = this.tokens[this.at++] ?? ''
    if (token === '(') {
      const value = this.depth > 32 ? 0 : this.comma()
      if (this.take(')') === undefined) this.unknown = true
      return value
    }
    if (/^[A-Za-z_]/.test(token)) return this.named(token)
    return this.literal(token)
  }

  private named(name: string): number {
    const value = this.variable(name)
    const operator = this.take('++', '--')
    if (operator !== undefined) this.step(name, operator)
    return value
  }

  private literal(token: string): number {
    const hash = token.indexOf('#')
    const octal = token.length > 1 && token.startsWith('0') && !token.startsWith('0x') && !token.startsWith('0X')
    const value =
      hash > 0
        ? inBase(token.slice(hash + 1), Number(token.slice(0, hash)))
        : octal
          ? inBase(token, 8)
          : Number(token === '' ? Number.NaN : token)
    if (Number.isNaN(value)) this.unknown = true
    return value
  }

  private variable(name: string): number {
    const values = this.shell.variable(name)
    const text = values.length === 1 ? scalarOf(values[0]) : undefined
    if (values.length === 1 && values[0] === undefined) return 0
    const value = typeof text === 'string' && this.level < 8 ? new Expression(this.shell, text, this.level + 1).value() : undefined
    if (value === undefined) this.unknown = true
    return value ?? 0
  }
}

const DIGITS = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ@_'

/** Up to base 36 letters of both cases are the same digits. */
function inBase(digits: string, base: number): number {
  let value = 0
  for (const digit of base <= 36 ? digits.toLowerCase() : digits) {
    const at = DIGITS.indexOf(digit)
    if (at < 0 || at >= base) return Number.NaN
    value = value * base + at
  }
  return value
}

function apply(operator: string, left: number, right: number): number {
  switch (operator) {
    case '+':
      return left + right
    case '-':
      return left - right
    case '*':
      return left * right
    case '/':
      return right === 0 ? Number.NaN : Math.trunc(left / right)
    case '%':
      return right === 0 ? Number.NaN : left % right
    case '**':
      return left ** right
    case '<<':
      return left * 2 ** right
    case '>>':
      return Math.floor(left / 2 ** right)
    case '&':
      return bits(left, right, left & right)
    case '|':
      return bits(left, right, left | right)
    case '^':
      return bits(left, right, left ^ right)
    case '==':
      return Number(left === right)
    case '!=':
      return Number(left !== right)
    case '<':
      return Number(left < right)
    case '>':
      return Number(left > right)
    case '<=':
      return Number(left <= right)
    case '>=':
      return Number(left >= right)
    case '&&':
      return Number(left !== 0 && right !== 0)
    default:
      return Number(left !== 0 || right !== 0)
  }
}

/** JavaScript has these operators for 32 bits only. */
function bits(left: number, right: number, result: number): number {
  return Math.max(Math.abs(left), Math.abs(right)) < 2 ** 31 ? result : Number.NaN
}
