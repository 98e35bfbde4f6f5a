import { describe, expect, it } from 'vitest'
import { compile } from '../../../compiler/compile.js'
import type { PassName } from '../../../compiler/passes/pass.js'
import { statsOf } from '../../../compiler/stats.js'
import { printTable } from '../../../compiler/table/print-table.js'
import { Watch } from '../../../compiler/watch.js'

const POLICY = `
default: review
statements:
  - { sid: Rm, effect: deny, actions: ["bash.*", file.read], conditions: { params.command: { op: regex, value: '\\brm\\s' } } }
  - { sid: Git, effect: allow, actions: [bash.execute], when: 'params.n in [1, "two"] and params.command starts_with "git" and params.n exists' }
  - { sid: Env, effect: review, actions: [file.read], when: 'params.path path "/.env" or n > 3', on_unknown: deny }
  - { sid: Never, effect: deny, actions: [file.read], when: params.n exists and params.n not_exists }
`

function compiled(passes?: readonly PassName[]) {
  const watch = new Watch()
  const options = { protection: [], watch, ...(passes === undefined ? {} : { passes }) }
  const compilation = compile([{ path: 'p.yaml', text: POLICY }], options)
  const { ir, table } = compilation
  if (ir === undefined || table === undefined) throw new Error('it does not compile')
  return { stats: statsOf({ ir, table }, watch), text: printTable(table) }
}

/** What stands before the sizes. */
function head(text: string): string {
  return text
    .replace(/\n\d+ bytes\n[^]*/, '')
    .replace(/, \d+ bytes$/gm, '')
    .replace(/sha256:\w+/, 'sha256:…')
}

describe('a printed table', () => {
  it('tells what the bytes say', () => {
    expect(head(compiled().text)).toBe(`default review
sources sha256:…
131 symbols: 128 of ASCII, 3 sets of the others

action "bash.execute": s0 s1; always none; others by value of params.n, literals in params.command
action "file.read": s0 s2 s3; always s2; others by literals in params.command
action like p1: s0; always none; others by literals in params.command

s0 deny Rm (p.yaml:4)
  on p1, file.read
  if t0
  found by params.command holding |"rm"|
  possible review, unknown review

s1 allow Git (p.yaml:5)
  on bash.execute
  if (t1 and t2 and t3)
  as (t1 and t2)
  found by params.n being "two" or 1

s2 review Env (p.yaml:6)
  on file.read
  if (t4 or t5)
  as (t5 or t4)
  possible review, unknown deny

s3 deny Never (p.yaml:7)
  on file.read
  if (t3 and t6)
  as false
  possible review, unknown review

t0 = params.command pattern [p0]
t1 = params.n one_of [1,"two"]
t2 = params.command pattern [p2]
t3 = params.n exists
t4 = params.path path [root p3/p4]
t5 = n order ">" 3
t6 = not params.n exists

p0 = 5 states, 5 classes
p1 = 7 states, 6 classes
p2 = 5 states, 4 classes
p3 = 7 states, 6 classes
p4 = 7 states, 6 classes
`)
  })

  it('has no index that no pass made', () => {
    const { text } = compiled([])
    expect(text).toContain('no index of actions: every statement is asked whether it covers an action')
    expect(text).not.toMatch(/found by|^ {2}as /m)
    expect(text).toMatch(/ {2}gramEnds: 0 bytes, 0 entries\n/)
  })

  it('is the same text every time', () => {
    expect(compiled().text).toBe(compiled().text)
  })
})

describe('the figures of a compilation', () => {
  it('tell what each pass did and what no index finds', () => {
    const { stats } = compiled()
    const lowered = { statements: 4, neverApply: 0, tests: 8, patterns: 5, states: 31, nodes: 12, actions: 0, byValue: 0, byLiterals: 0 }
    expect(stats).toMatchObject({
      lowered,
      passes: [
        { name: 'dedupe', after: { ...lowered, tests: 7 } },
        { name: 'fold', after: { neverApply: 1, nodes: 8 } },
        { name: 'order', after: { nodes: 8 } },
        { name: 'index-actions', after: { actions: 3, byValue: 0 } },
        { name: 'index-values', after: { byValue: 1, byLiterals: 0 } },
        { name: 'index-literals', after: { byValue: 1, byLiterals: 1 } },
      ],
      unindexed: [
        {
          sid: 'Env',
          source: 'p.yaml:6',
          why: ['an order is not looked up', 'a path is compared in its normal form', 'one of several alternatives is enough'],
        },
      ],
      patterns: [
        { kind: 'path', count: 2, states: 14 },
        { kind: 'glob', count: 1, states: 7 },
        { kind: 'prefix', count: 1, states: 5 },
        { kind: 'regex', count: 1, states: 5 },
      ],
    })
    expect(stats?.phases.map(({ name }) => name)).toEqual([
      'parse',
      'validate',
      'protection',
      'lower',
      'dedupe',
      'fold',
      'order',
      'index-actions',
      'index-values',
      'index-literals',
      'encode',
      'emit',
      'verify',
    ])
  })

  it('leave out the passes that did not run', () => {
    expect(compiled(['fold']).stats?.passes.map(({ name }) => name)).toEqual(['fold'])
  })
})
