/** A simple command as one line: what quotes and escapes stood for, quoted again only where it would be read otherwise. */
import { AbstractString, type Part } from '../decide/abstract-string.js'
import type { Exec, Text } from './analysis.js'
import { ANY, join, joinWords } from './text.js'

/** Assignments, the program's name without its folder, its arguments, and redirections. */
export function canonicalLine({ program, argv, open, assignments, redirections }: Exec): Text {
  const before = assignments.map(([name, value]) => join(`${name}=`, quoted(value)))
  const words = [quotedProgram(program), ...argv.slice(1).map(quoted)]
  return joinWords([...before, ...words, ...(open && !endsOpen(argv) ? [ANY] : []), ...redirections])
}

function endsOpen(argv: readonly Text[]): boolean {
  const last = argv[argv.length - 1]
  return typeof last === 'object' && last.isUnrestricted
}

/** A first word with `=` in it would be an assignment. */
function quotedProgram(program: Text): Text {
  return typeof program === 'string' && program.includes('=') ? inQuotes(program) : quoted(program)
}

/** A word as the shell would have to read it. */
function quoted(word: Text): Text {
  if (typeof word === 'string') return quotedText(word, true)
  return join(...word.parts.map((part, i) => quotedPart(part, i === 0)))
}

function quotedPart(part: Part, isFirst: boolean): Text {
  return typeof part === 'string' ? quotedText(part, isFirst) : AbstractString.of([part])
}

function quotedText(text: string, isFirst: boolean): string {
  return text !== '' && isPlain(text, isFirst) ? text : inQuotes(text)
}

function inQuotes(text: string): string {
  return `'${text.split("'").join("'\\''")}'`
}

const SPECIAL = ' \t\n\r"\'\\$`&|;<>()*?'

function isPlain(text: string, isFirst: boolean): boolean {
  if (isFirst && (text.startsWith('~') || text.startsWith('#'))) return false
  // Only what closes a bracket, or makes alternatives of a brace, gives it a meaning.
  const lastBracket = text.lastIndexOf(']')
  const lastAlternative = Math.max(text.lastIndexOf(','), text.lastIndexOf('..'))
  for (let i = 0; i < text.length; i++) {
    const char = text.charAt(i)
    if (SPECIAL.includes(char) || char < ' ') return false
    if ((char === '[' && i < lastBracket) || (char === '{' && i < lastAlternative)) return false
  }
  return true
}
