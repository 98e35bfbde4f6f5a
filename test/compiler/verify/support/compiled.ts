/** Policies compiled but not verified yet, and what a verification finds in tables. */
import { compile } from '../../../../compiler/compile.js'
import type { EmittedBundle } from '../../../../compiler/emit/bundle.js'
import type { Ir } from '../../../../compiler/ir/ir.js'
import type { Claim } from '../../../../compiler/verify/claims.js'
import { verifyTable } from '../../../../compiler/verify/verify-table.js'

export interface CompiledForTest {
  readonly table: Uint8Array
  readonly claim: Claim
  readonly bundle: EmittedBundle
  readonly ir: Ir
}

export function compiledForTest(text: string): CompiledForTest {
  const { table, policy, bundle, ir, sourceDigest, diagnostics } = compile([{ path: 'test.yaml', text }], {
    protection: [],
    verify: false,
  })
  if (table === undefined || policy === undefined || bundle === undefined || ir === undefined)
    throw new Error(diagnostics.map(({ message }) => message).join('\n'))
  return { table, bundle, ir, claim: { policy, protection: [], sourceDigest } }
}

/** What a verification says of the table, one line each. */
export function foundIn(table: Uint8Array, claim: Claim): readonly string[] {
  return verifyTable(table, claim, 'table').diagnostics.map(({ message }) => message)
}
