/** Products that read each other's files: whose input it is, whose answer it gets, and that nothing is allowed by misreading. */
import { describe, expect, it } from 'vitest'
import { adapterOf, platformNames, readInput } from '../../runtime/agents/adapters.js'
import type { PlatformName } from '../../runtime/agents/contract.js'
import { FACTS } from './contract-of.js'
import { SHELL_INPUTS } from './shell-inputs.js'

/** By the platform that a hook was installed for, the ones whose input it reads as theirs. */
const READ: Readonly<Partial<Record<PlatformName, readonly PlatformName[]>>> = {
  'claude-code': ['cursor', 'copilot-cli', 'copilot-vscode', 'qwen-code'],
  'copilot-cli': ['copilot-vscode'],
  'copilot-vscode': ['copilot-cli'],
}

/** Claude's dialect, with nothing in it that says whose it is: what is not understood is reviewed. */
const ALIKE: readonly PlatformName[] = ['claude-code', 'codex', 'qwen-code', 'droid']
const UNSIGNED: readonly PlatformName[] = ['claude-code', 'droid']

const pairs = platformNames().flatMap(installed => platformNames().map(platform => [installed, platform] as const))

describe('an input', () => {
  it.each(pairs)('at the hook of %s that is from %s', (installed, platform) => {
    const adapter = adapterOf(installed)
    const parsed = adapter && readInput(adapter, SHELL_INPUTS[platform]('ls'), FACTS)
    if (installed === platform || READ[installed]?.includes(platform) === true) {
      expect(parsed).toMatchObject({ toolCall: { adapter: { name: platform } } })
      if (parsed?.kind === 'call')
        expect(parsed.toolCall.call[0]?.request).toMatchObject({ action: 'bash.execute', params: { command: 'ls' } })
    } else if (ALIKE.includes(installed) && UNSIGNED.includes(platform)) {
      expect(parsed).toMatchObject({ kind: 'call' })
      if (parsed?.kind === 'call') expect(['bash.execute', 'tool.other']).toContain(parsed.toolCall.call[0]?.request.action)
    } else {
      expect(parsed).toMatchObject({ kind: 'invalid' })
    }
  })
})
