/** The bench still runs: every part of it, at its smallest, with the peers that need nothing from npm or are there already. */
import { execFileSync, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const BENCH = join(import.meta.dirname, '../../dist/bench/main.js')

interface Output {
  readonly tables: readonly { readonly title: string; readonly rows: readonly (readonly string[])[] }[]
  readonly figures: Readonly<Record<string, number>>
}

function bench(...parts: readonly string[]): Output {
  const only = parts.flatMap(part => ['--only', part])
  return JSON.parse(execFileSync(process.execPath, [BENCH, '--smallest', '--no-install', '--json', ...only], { encoding: 'utf8' }))
}

describe('the bench', () => {
  it('decides alike in every peer before it measures, cold and warm', () => {
    const { figures } = bench('peers', 'cold', 'warm')
    for (const name of [
      'peers.cold.naive YAML interpreter.10',
      'peers.warm.naive YAML interpreter.10',
      'cold.plain.10',
      'cold.installed.10',
      'warm.other.10',
    ]) {
      expect(figures[name], name).toBeGreaterThan(0)
    }
  })

  it('says which part it does not know', () => {
    const { status, stderr } = spawnSync(process.execPath, [BENCH, '--only', 'matcher'], { encoding: 'utf8' })
    expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringContaining('`matchers`') })
  })
})
