/** Policies compiled but not verified yet, and what a verification finds in tables. */
import { compile } from '../../../../compiler/compile.js'
import type { EmittedBundle } from '../../../../compiler/emit/bundle.js'
import type { Claim } from '../../../../compiler/verify/claims.js'
import { verifyTable } from '../../../../compiler/verify/verify-table.js'

export interface CompiledForTest {
  readonly table: Uint8Array
  readonly claim: Claim
  readonly bundle: EmittedBundle
}

export function compiledForTest(text: string): CompiledForTest {
  const { table, policy, bundle, sourceDigest, diagnostics } = compile([{ path: 'test.yaml', text }], {
    selfProtection: false,
    verify: false,
  })
  if (table === undefined || policy === undefined || bundle === undefined)
    throw new Error(diagnostics.map(({ message }) => message).join('\n'))
  return { table, bundle, claim: { policy, protection: [], sourceDigest } }
}

/** What a verification says of the table, one line each. */
export function foundIn(table: Uint8Array, claim: Claim): readonly string[] {
  return verifyTable(table, claim, 'table').diagnostics.map(({ message }) => message)
}
