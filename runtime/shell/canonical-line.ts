/** A simple command as one line: what quotes and escapes stood for, quoted again only where it would be read otherwise. */
import { AbstractString, type Part } from '../decide/abstract-string.js'
import type { Exec, Text } from './analysis.js'
import { ANY, partsOf } from './text.js'

/** Assignments, the program's name without its folder, its arguments, and redirections. */
export function canonicalLine({ program, argv, open, assignments, redirections }: Exec): Text {
  const line = new Line()
  for (const [name, value] of assignments) line.word(value, `${name}=`)
  // A first word with `=` in it would be an assignment.
  if (typeof program === 'string' && program.includes('=')) line.raw(inQuotes(program))
  else if (argv.length > 0) line.word(program)
  for (let i = 1; i < argv.length; i++) line.word(argv[i] as Text) // in bounds
  if (open && !endsOpen(argv)) line.raw(ANY)
  for (const redirection of redirections) line.raw(redirection)
  return line.text()
}

function endsOpen(argv: readonly Text[]): boolean {
  const last = argv[argv.length - 1]
  return typeof last === 'object' && last.isUnrestricted
}

/** Words with blanks between them. */
class Line {
  /** What comes before the text that is still a plain string. */
  private readonly parts: Part[] = []
  private plain = ''
  private isEmpty = true

  raw(text: Text): void {
    this.begin('')
    if (typeof text === 'string') this.plain += text
    else this.append(text.parts)
  }

  word(word: Text, before = ''): void {
    this.begin(before)
    if (typeof word === 'string') this.plain += quoted(word, true)
    else this.append(word.parts.map((part, i) => (typeof part === 'string' ? quoted(part, i === 0) : part)))
  }

  text(): Text {
    return this.parts.length === 0 ? this.plain : AbstractString.of([...this.parts, ...partsOf(this.plain)])
  }

  private begin(before: string): void {
    this.plain += this.isEmpty ? before : ` ${before}`
    this.isEmpty = false
  }

  private append(parts: readonly Part[]): void {
    this.parts.push(this.plain, ...parts)
    this.plain = ''
  }
}

/** A text as the shell would have to read it. */
function quoted(text: string, isFirst: boolean): string {
  return isPlain(text, isFirst) ? text : inQuotes(text)
}

export function inQuotes(text: string): string {
  return `'${text.split("'").join("'\\''")}'`
}

/** By ASCII code: 1 for what must be quoted, 2 for brackets, 3 for braces, 4 for what counts at the start of a word. */
const CLASSES = classes()

function classes(): Uint8Array {
  const table = new Uint8Array(128).fill(1, 0, 33)
  for (const char of '"\'\\$`&|;<>()*?') table[char.charCodeAt(0)] = 1
  table[0x5b] = 2
  table[0x7b] = 3
  table[0x7e] = 4
  table[0x23] = 4
  return table
}

function isPlain(text: string, isFirst: boolean): boolean {
  for (let i = 0; i < text.length; i++) {
    const kind = CLASSES[text.charCodeAt(i)] ?? 0
    if (kind === 0 || (kind === 4 && !(i === 0 && isFirst))) continue
    if (kind === 1 || kind === 4) return false
    return hasNoGroups(text, i)
  }
  return text !== ''
}

/** The same from a first bracket or brace on: only what closes a bracket, or makes alternatives of a brace, gives it a meaning. */
function hasNoGroups(text: string, from: number): boolean {
  const lastBracket = text.lastIndexOf(']')
  const lastAlternative = Math.max(text.lastIndexOf(','), text.lastIndexOf('..'))
  for (let i = from; i < text.length; i++) {
    const kind = CLASSES[text.charCodeAt(i)]
    if (kind === 1 || (kind === 2 && i < lastBracket) || (kind === 3 && i < lastAlternative)) return false
  }
  return true
}
