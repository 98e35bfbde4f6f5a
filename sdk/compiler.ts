/** The compiler as guards load it, when they are given policies or rules: built as one file that nothing else of the SDK reaches. */
import { compile } from '../compiler/compile.js'
import type { Diagnostic } from '../compiler/diagnostic.js'
import { loadSources } from '../compiler/load.js'
import { sourceLine } from '../compiler/source.js'
import { openDecider } from '../runtime/decide/open.js'
import { type EmbeddedPolicy, embedded } from '../runtime/host/embedded.js'
import { RULES_SOURCE, type RuleLike, rulesText } from './rules.js'

/**
 * Compiles files, folders and rules to one policy.
 * @throws where one of them has an error, with all that the compiler says of errors
 */
export function compilePolicy(paths: readonly string[], rules: readonly RuleLike[]): EmbeddedPolicy {
  const loaded = loadSources(paths)
  const inCode = rules.length === 0 ? [] : [{ path: RULES_SOURCE, text: rulesText(rules) }]
  const { table, diagnostics } = compile([...loaded.sources, ...inCode], { emit: false })
  const errors = [...loaded.diagnostics, ...diagnostics].filter(({ severity }) => severity === 'error')
  if (table === undefined || errors.length > 0) throw new Error(`the policy does not compile: ${errors.map(shown).join('; ')}`)
  return embedded(openDecider(table))
}

function shown({ span, message }: Diagnostic): string {
  return `${sourceLine(span)}: ${message}`
}
