import type { Ir } from '../../compiler/ir/ir.js'
import { lower } from '../../compiler/lower/lower.js'
import { parsePolicy } from '../../compiler/parse/parse-policy.js'

/** The IR of a policy text that must be without mistakes. */
export function lowerForTest(text: string): Ir {
  const { policy, diagnostics } = parsePolicy([{ path: 'test.yaml', text }])
  if (policy === undefined) throw new Error(diagnostics.map(diagnostic => diagnostic.message).join('\n'))
  const lowered = lower(policy, [])
  if (lowered.diagnostics.some(({ severity }) => severity === 'error'))
    throw new Error(lowered.diagnostics.map(diagnostic => diagnostic.message).join('\n'))
  return lowered.ir
}
