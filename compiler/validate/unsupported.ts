/** What the language has names for but this version does not do: an error, so that nothing a policy says is ignored. */
import type { Diagnostic } from '../diagnostic.js'
import { error } from '../diagnostics/problem.js'
import { quoted } from '../diagnostics/quoted.js'
import type { Span } from '../source.js'

/** By the definition of the schema that the key would stand in. */
export const unsupportedKeys: { readonly [definition: string]: readonly string[] } = {
  statement: ['backtracking'],
}

export function notYetSupported(span: Span, name: string): Diagnostic {
  const help = 'write plain conditions, or several statements; a later version will know it'
  return error({ code: 'not-yet-supported', span, message: `${quoted(name)} is not supported by this version`, help })
}
