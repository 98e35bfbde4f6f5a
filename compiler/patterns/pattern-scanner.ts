import { reject } from './pattern-error.js'

/** Reads a pattern's text from the left, one code point or one known text at a time. Offsets are those of UTF-16. */
export class PatternScanner {
  #at = 0

  constructor(readonly text: string) {}

  get at(): number {
    return this.#at
  }

  get done(): boolean {
    return this.#at >= this.text.length
  }

  /** The next character, `''` at the end. */
  peek(): string {
    const codePoint = this.text.codePointAt(this.#at)
    return codePoint === undefined ? '' : String.fromCodePoint(codePoint)
  }

  take(): string {
    const char = this.peek()
    this.#at += char.length
    return char
  }

  match(expected: string): boolean {
    const found = this.text.startsWith(expected, this.#at)
    if (found) this.#at += expected.length
    return found
  }

  /** The longest run, of at most `limit` characters, of which each satisfies `holds`. */
  takeWhile(holds: (char: string) => boolean, limit = Number.POSITIVE_INFINITY): string {
    const start = this.#at
    while (!this.done && this.#at - start < limit && holds(this.peek())) this.take()
    return this.text.slice(start, this.#at)
  }

  /** Everything up to `end`, which is taken too; undefined, and nothing taken, where it never comes. */
  takeUntil(end: string): string | undefined {
    const found = this.text.indexOf(end, this.#at)
    if (found === -1) return undefined
    const taken = this.text.slice(this.#at, found)
    this.#at = found + end.length
    return taken
  }

  rewind(at: number): void {
    this.#at = at
  }

  /** Rejects the text from `start` up to here, one character at least where there is one. */
  reject(message: string, start: number, help?: string, code = 'regex-syntax'): never {
    const length = Math.max(this.#at - start, Math.min(1, this.text.length - start))
    reject(code, message, start, length, help)
  }
}

export function isDigit(char: string): boolean {
  return char >= '0' && char <= '9' && char.length === 1
}

export function isHexDigit(char: string): boolean {
  return isDigit(char) || (char.length === 1 && ((char >= 'a' && char <= 'f') || (char >= 'A' && char <= 'F')))
}

export function isAsciiLetter(char: string): boolean {
  return char.length === 1 && ((char >= 'a' && char <= 'z') || (char >= 'A' && char <= 'Z'))
}
