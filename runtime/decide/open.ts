import { openActionIndex } from './action-index.js'
import { decideCall } from './decide.js'
import type { Decider } from './decider.js'
import { Constants } from './evaluation.js'
import { explainCall } from './explain.js'
import { SECTION, Table } from './table.js'
import { KERNEL_VERSION } from './version.js'

/**
 * Makes a decision table ready to decide.
 * @throws where the bytes are no table of this version, or are truncated or damaged
 */
export function openDecider(bytes: Uint8Array): Decider {
  const table = new Table(bytes)
  const policy = { table, index: openActionIndex(table), constants: new Constants(table) }
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
