/** Which words of a command a request comes from, for people. */
import { AbstractString, type Part, showString } from '../decide/abstract-string.js'
import type { Origin, Request } from '../decide/request.js'
import type { Analysis, Span, Via } from './analysis.js'

/** What is shown of the first line of a long command. */
const LONGEST = 200

export function originAt(command: string, { start, end }: Span, via: Via): Origin {
  return { text: shortened(command.slice(start, end)), via }
}

/** Of an effect, the words of the program that has it. @param by the index of that program; -1 for the shell itself */
export function originOf(command: string, { execs }: Analysis, by: number, span: Span, request: Request): Origin {
  const exec = execs[by]
  const { text, via } = originAt(command, exec?.span ?? span, exec?.via ?? [])
  return { text, via, effect: shortened(`${request.action}${subjectOf(request)}`) }
}

/** The first text of an effect's parameters. */
function subjectOf({ params }: Request): string {
  for (const value of Object.values(params)) {
    if (typeof value === 'string') return ` ${value}`
    if (value instanceof AbstractString) return ` ${showString(AbstractString.of(value.parts.filter(isTold)))}`
  }
  return ''
}

/** What lies at any depth is told by that alone: `dist/⟨path⟩`, not `dist/⟨char⟩⟨name⟩⟨path⟩`. */
function isTold(part: Part, at: number, parts: readonly Part[]): boolean {
  const deeper = parts.slice(at + 1).find(each => typeof each === 'string' || each.hole === 'below')
  return typeof part === 'string' || typeof deeper !== 'object'
}

function shortened(text: string): string {
  const newline = text.indexOf('\n')
  const line = newline === -1 ? text : text.slice(0, newline)
  return line.length <= LONGEST && newline === -1 ? line : `${line.slice(0, LONGEST)}…`
}
