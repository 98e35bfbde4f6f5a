import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { foundClient, isOlder, versionFinding } from '../../../cli/doctor/client-version.js'
import { tempFolder } from '../temp-folder.js'

function program(name: string, script: string): string {
  const folder = tempFolder()
  writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`)
  chmodSync(join(folder, name), 0o755)
  return folder
}

describe('the version of a client', () => {
  it('is what its program says', () => {
    const folder = program('claude', 'echo "2.1.330 (Claude Code)"')
    expect(foundClient('claude-code', folder)).toEqual({ program: join(folder, 'claude'), version: '2.1.330' })
  })

  it('is not known where the program says nothing, or there is none', () => {
    const folder = program('claude', 'exit 1')
    expect(foundClient('claude-code', folder)).toEqual({ program: join(folder, 'claude') })
    expect(foundClient('codex', folder)).toBeUndefined()
  })

  it.each([
    ['2.1.330', 'ok'],
    ['3.0.0', 'ok'],
    ['2.1.300', 'note'],
    ['2.1.290', 'problem'],
  ] as const)('Claude Code %s is of the kind %s', (version, level) => {
    expect(versionFinding('claude-code', { program: '/usr/bin/claude', version }).level).toBe(level)
  })

  it('an agent that was never run is known from documents', () => {
    expect(versionFinding('cursor', { program: '/usr/bin/cursor', version: '1.0.0' }).message).toContain('from documents')
  })

  it('is compared by its numbers', () => {
    expect([isOlder('1.9.0', '1.10.0'), isOlder('1.10.0', '1.9.0'), isOlder('1.0.0', '1.0.0'), isOlder('1.0.0', '2.0.0')]).toEqual([
      true,
      false,
      false,
      true,
    ])
  })
})
