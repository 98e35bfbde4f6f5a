/** The bench still runs: every part of it, at its smallest, with the peers that need nothing from npm or are there already. */
import { execFileSync, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { GOALS } from '../../bench/goals.js'

const BENCH = join(import.meta.dirname, '../../dist/bench/main.js')

interface Output {
  readonly about: string
  readonly tables: readonly { readonly title: string; readonly rows: readonly (readonly string[])[] }[]
  readonly figures: Readonly<Record<string, number>>
}

function bench(...args: readonly string[]): string {
  return execFileSync(process.execPath, [BENCH, '--smallest', '--no-npm', ...args], { encoding: 'utf8' })
}

/** A figure's name without the size that it is of: the smallest run has but one. */
function sizeless(figure: string): string {
  return figure.replace(/\.\d+$/, '')
}

/** Times are above nothing; the difference of two, from one round each, can come out on either side. */
function isMeasured(figure: string, value: number): boolean {
  return figure === 'shell.cold' ? Number.isFinite(value) : value > 0
}

/** What only a run with everything installed gives. */
const NEEDS_NPM = /^engines\.|\.CASL|\.cedar-wasm|\.cc-safety-net|\.opa-wasm/

describe('the bench at its smallest', () => {
  let output: Output

  beforeAll(() => {
    output = JSON.parse(bench('--json'))
  }, 120_000)

  it('gives a figure for every goal', () => {
    const given = new Set(Object.keys(output.figures).map(sizeless))
    const wanted = GOALS.map(({ figure }) => sizeless(figure)).filter(figure => !NEEDS_NPM.test(figure))
    expect(wanted.filter(figure => !given.has(figure))).toEqual([])
    expect(Object.entries(output.figures).filter(([name, value]) => !NEEDS_NPM.test(name) && !isMeasured(name, value))).toEqual([])
  })

  it('measures the naive interpreter and the plain loop beside us, cold and warm', () => {
    for (const name of ['naive YAML interpreter', 'plain loop, cached RegExp']) {
      expect(output.figures).toMatchObject({ [`peers.cold.${name}.10`]: expect.any(Number), [`peers.warm.${name}.10`]: expect.any(Number) })
    }
  })

  it('says what was run', () => {
    expect(output.about).toContain(`Node ${process.versions.node}`)
    expect(output.tables.at(-1)?.title).toBe('Goals')
    expect(output.tables.at(-1)?.rows).toHaveLength(GOALS.length)
  })
})

describe('the command line of the bench', () => {
  it('prints Markdown for the page', () => {
    expect(bench('--markdown', '--only', 'warm')).toMatch(/^### The emitted bundle, warm.*\n\n\| policy \|.*\n\|---\|---:/m)
  })

  it('says which part it does not know', () => {
    const { status, stderr } = spawnSync(process.execPath, [BENCH, '--only', 'matcher'], { encoding: 'utf8' })
    expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringContaining('`matchers`') })
  })
})
