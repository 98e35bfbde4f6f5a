/** No two statements of a policy have the same name. */
import type { Diagnostic } from '../diagnostic.js'
import { error } from '../diagnostics/problem.js'
import { quoted } from '../diagnostics/quoted.js'
import { itemsOf, type Located, textAt, valueAt } from '../parse/located.js'
import type { Span } from '../source.js'

/** Files with other mistakes are looked at too, so that all is told at once. */
export function checkSids(roots: readonly Located[], generatedSid: (root: Located, index: number) => string): readonly Diagnostic[] {
  const first = new Map<string, Span>()
  const diagnostics: Diagnostic[] = []
  for (const { sid, span } of roots.flatMap(root => sidsOf(root, generatedSid))) {
    const earlier = first.get(sid)
    if (earlier === undefined) first.set(sid, span)
    else diagnostics.push(duplicate(sid, span, earlier))
  }
  return diagnostics
}

interface NamedPlace {
  readonly sid: string
  readonly span: Span
}

function sidsOf(root: Located, generatedSid: (root: Located, index: number) => string): readonly NamedPlace[] {
  return itemsOf(valueAt(root, 'statements')).map((statement, index) => {
    const sid = valueAt(statement, 'sid')
    return { sid: textAt(statement, 'sid') ?? generatedSid(root, index), span: (sid ?? statement).span }
  })
}

function duplicate(sid: string, span: Span, earlier: Span): Diagnostic {
  const related = [{ span: earlier, message: 'first used here' }]
  const help = 'results and the audit log name statements by their `sid`: give each its own'
  return error({ code: 'duplicate-sid', span, message: `two statements are named ${quoted(sid)}`, help, related })
}
