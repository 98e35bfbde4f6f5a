import { describe, expect, it } from 'vitest'
import { agsec } from '../run-cli.js'
import { samplePolicies } from '../sample-policy.js'
import { tempFolder } from '../temp-folder.js'

const HOLED = `statements:
  - sid: BlockRm
    effect: deny
    actions: [bash.execute]
    conditions:
      params.command: { op: regex, value: '^rm\\s' }
    tests: { denies: ["rm -rf src"] }
  - { effect: allow, actions: [bash.execute] }
`

/** Two shells, of which one is for whoever is at the terminal. */
const PROMPT = `statements:
  - sid: NoShell
    effect: deny
    actions: [shell.interactive, file.delete]
    tests:
      denies:
        - { action: bash.execute, params: { command: "awk 'BEGIN { system(\\"/bin/sh\\") }'" } }
        - { action: bash.execute, params: { command: "rm x" } }
  - { effect: allow, actions: [bash.execute] }
`

const TIGHT = `statements:
  - { sid: NoShell, effect: deny, actions: [bash.execute], tests: { denies: ["rm -rf src"] } }
`

function fuzz(policy: string, ...flags: readonly string[]): ReturnType<typeof agsec> {
  const folder = samplePolicies(tempFolder(), 'policies', { '01_sample.yaml': policy })
  return agsec(['fuzz', folder, '--seed', '7', ...flags])
}

interface Found {
  readonly rewrites: number
  readonly survivors: readonly {
    readonly command: string
    readonly techniques: readonly string[]
    readonly seed: { readonly sid: string }
  }[]
}

describe('agsec fuzz', () => {
  it('finds ways around a policy that reads text', () => {
    const { status, stdout } = fuzz(HOLED, '--rewrites', '3000')
    expect(status).toBe(1)
    expect(stdout).toContain('expect: deny }')
    expect(stdout).toMatch(/3,000 rewrites of 1 command in .*, seed 7\n/)
  })

  it('finds nothing where nothing is allowed', () => {
    const { status, stdout } = fuzz(TIGHT, '--rewrites', '500')
    expect(stdout).toContain('nothing got through')
    expect(status).toBe(0)
  })

  it('begins with no shell that waits for somebody: with another input that is another command', () => {
    expect(fuzz(PROMPT, '--rewrites', '50').stdout).toContain('50 rewrites of 1 command in')
  })

  it('finds the same by the same seed, each by techniques of its own', () => {
    const [first, second] = [0, 1].map(() => JSON.parse(fuzz(HOLED, '--rewrites', '1500', '--json').stdout) as Found) // its own output
    expect(first?.survivors).toEqual(second?.survivors)
    const sets = first?.survivors.map(({ techniques }) => techniques.join()) ?? []
    expect(new Set(sets).size).toBe(sets.length)
    expect(first?.survivors[0]?.seed.sid).toBe('BlockRm')
  })

  it('gives cases that a test file may hold', () => {
    const { stdout } = fuzz(HOLED, '--rewrites', '400')
    const cases = stdout.slice(stdout.indexOf('\n# paste'))
    const folder = samplePolicies(tempFolder(), 'policies', { '01_sample.yaml': HOLED, '01_sample.test.yaml': `cases:${cases}` })
    const tested = agsec(['test', folder])
    expect(tested.stderr).toBe('')
    expect(tested.stdout).toContain('expected deny, found allow')
  })

  it('says what is wrong with what it is asked', () => {
    expect(fuzz(HOLED, '--minutes', 'x').stderr).toContain('`--minutes` takes a number')
    expect(fuzz('statements: [{ effect: allow, actions: [bash.execute] }]\n').stderr).toContain('hold no command that it denies or reviews')
  })
})
