import { decideCall } from './decide.js'
import type { Decider } from './decider.js'
import { explainCall } from './explain.js'
import { openTable } from './open-table.js'
import { inMemory, SECTION, type TableFile } from './table.js'
import { KERNEL_VERSION } from './version.js'

/**
 * Makes a decision table ready to decide.
 * @throws where the bytes are no table of this version, or are truncated or damaged
 */
export function openDecider(source: Uint8Array | TableFile): Decider {
  const policy = openTable(source instanceof Uint8Array ? inMemory(source) : source)
  const { table } = policy
  return {
    info: {
      kernelVersion: KERNEL_VERSION,
      sourceDigest: table.text(table.setting('sourceDigest')),
      statementCount: table.count(SECTION.statements),
    },
    decide: (call, options = {}) => decideCall(policy, call, options),
    explain: call => explainCall(policy, call),
  }
}
