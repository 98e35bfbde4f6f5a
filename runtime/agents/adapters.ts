/** The adapters of all platforms. */
import { claudeCode } from './claude-code.js'
import type { Adapter } from './contract.js'

export const ADAPTERS: readonly Adapter[] = [claudeCode]

export function adapterOf(name: string | undefined): Adapter | undefined {
  return ADAPTERS.find(adapter => adapter.name === name)
}
