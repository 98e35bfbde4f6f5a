/** Making diagnostics: every one has a code of the catalogue. */
import type { Diagnostic } from '../diagnostic.js'
import type { Source, Span } from '../source.js'
import type { Code } from './catalogue.js'

export interface Problem {
  readonly code: Code
  readonly span: Span
  readonly message: string
  readonly help?: string | undefined
  readonly related?: Diagnostic['related']
}

export function error(problem: Problem): Diagnostic {
  return diagnostic('error', problem)
}

export function warning(problem: Problem): Diagnostic {
  return diagnostic('warning', problem)
}

function diagnostic(severity: Diagnostic['severity'], { code, span, message, help, related }: Problem): Diagnostic {
  return {
    code,
    severity,
    message,
    span,
    ...(help === undefined ? {} : { help }),
    ...(related === undefined ? {} : { related }),
  }
}

/** The very start of a source: for what concerns the whole file. */
export function startOf(source: Source): Span {
  return { source, start: 0, end: 0 }
}
