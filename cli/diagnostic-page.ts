import { explainCode } from '../compiler/diagnostics/explain.js'
import { catalogue } from '../compiler/diagnostics/catalogue.js'
import { suggest } from '../compiler/diagnostics/suggest.js'
import { UsageError } from './usage-error.js'

/** The page of a diagnostic code. */
export function diagnosticPage(code: string): string {
  const page = explainCode(code)
  if (page !== undefined) return page
  const help = suggest(code, [...catalogue.keys()]) ?? 'the code stands in brackets after `error` or `warning`'
  throw new UsageError(`no diagnostic has the code \`${code}\``, help)
}
