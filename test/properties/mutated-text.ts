/** Whatever a file holds, the compiler answers with diagnostics or with a policy that decides. */
import { ok } from 'node:assert/strict'
import fc from 'fast-check'
import { compile } from '../../compiler/compile.js'
import { renderDiagnostics } from '../../compiler/diagnostics/render.js'
import { openDecider } from '../../runtime/decide/open.js'
import { call } from '../arbitrary/calls.js'
import { policyFiles } from '../arbitrary/policies.js'
import { target } from './target.js'

const BLOCKS = `version: "1.1"
default: review
on_possible: deny
statements:
  - sid: One   # a comment
    effect: deny
    actions: [a.b, "c*"]
    conditions:
      params.x: { op: regex, value: '\\brm\\s+(?i:-rf)' }
      y: [1, 2.5, true, null]
    match: any
    when: params.n > 1000 and not (x in ["a", 'b'] or params.l has_any [r"\\d", "*"])
    reason: >-
      folded
      text
    tests:
      denies: [{ action: a.b, params: { x: "rm -rf" } }]
  - effect: allow
    actions: &all "*"
    description: |
      as it is
  - { effect: review, actions: *all, conditions: { params.p: { op: path, value: ["~/.ssh/**", "**/[!a]?.env"] }, u: { op: host, value: "*.x.org" } } }
`

/** Signs that mean something in YAML, in patterns, or to whoever reads them. */
const SIGNS = [
  ...'{}[]:,-#&*!|>\'"%@`?~\\.()+^$/<=\n\t \r0a',
  ': ',
  '- ',
  '\n  ',
  '\ud800',
  '\u0000',
  '\ufeff',
  '---\n',
  '!!binary ',
  '<<: ',
  '(?=',
  '[^',
  '{9999}',
  '${home}',
  'not_',
  'effect: ',
  '1e999',
  '__proto__',
]

interface Edit {
  readonly at: number
  readonly removed: number
  readonly inserted: string
}
const place = fc.double({ min: 0, max: 1, noNaN: true })
const edit: fc.Arbitrary<Edit> = fc.record({
  at: place,
  removed: fc.oneof(fc.constant(0), fc.nat({ max: 12 })),
  inserted: fc.oneof(fc.constant(''), fc.constantFrom(...SIGNS)),
})

function edited(text: string, { at, removed, inserted }: Edit): string {
  const from = Math.floor(at * text.length)
  return text.slice(0, from) + inserted + text.slice(from + removed)
}

const text = fc.oneof({ weight: 2, arbitrary: fc.constant(BLOCKS) }, { weight: 1, arbitrary: policyFiles.map(files => files[0] ?? '') })

export const mutatedText = target({
  name: 'mutated-text',
  component: 'compiler/parse/, compiler/validate/, compiler/lower/',
  says: 'a text changed at random is a policy that decides, or diagnostics that can be shown; nothing is thrown',
  runs: 300,
  cases: fc.record({
    text: fc.tuple(text, fc.array(edit, { minLength: 1, maxLength: 4 })).map(([whole, edits]) => edits.reduce(edited, whole)),
    call,
  }),
  check: ({ text, call }) => {
    const { table, diagnostics } = compile([{ path: 'a.yaml', text }], { protection: [], emit: false, verify: false })
    renderDiagnostics(diagnostics, { colour: false })
    ok((table === undefined) === diagnostics.some(({ severity }) => severity === 'error'))
    if (table !== undefined) openDecider(table).decide(call)
  },
})
