/** agsec's protection of itself: statements that stand before every policy, in every mode. */
import type { Statement } from '../ast.js'
import { readPackageFile } from '../package-root.js'
import { parsePolicy } from '../parse/parse-policy.js'

const FILE = 'compiler/protection/self-protection.yaml'

let loaded: readonly Statement[] | undefined

/** Read once in a process. */
export function loadProtection(): readonly Statement[] {
  return (loaded ??= readProtection())
}

function readProtection(): readonly Statement[] {
  const { policy, diagnostics } = parsePolicy([{ path: 'agsec:self-protection.yaml', text: readPackageFile(FILE) }])
  if (policy === undefined) throw new Error(`the built-in ${FILE} does not compile: ${diagnostics[0]?.message ?? ''}`)
  return policy.statements
}
