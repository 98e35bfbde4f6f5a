/** Operators over texts known in part, against trying what the holes may stand for. */
import { ok } from 'node:assert/strict'
import fc from 'fast-check'
import { AbstractString, type Part } from '../../runtime/decide/abstract-string.js'
import { openDecider } from '../../runtime/decide/open.js'
import { condition } from '../arbitrary/policies.js'
import { fillingsOf } from '../support/fillings.js'
import { compiled } from './deciding.js'
import { target } from './target.js'

const FILLINGS = fillingsOf(['a', '/', 'm', '\n', '.'])

const piece = fc.constantFrom<Part>('a', '/', 'm', 'r', '.', '.env', 'git', '/etc', 'https://github.com/', '~')
const hole = fc.constantFrom('any', 'below', 'segment', 'char', 'visible').map((kind): Part => ({ hole: kind }))

export const abstractStrings = target({
  name: 'abstract-strings',
  component: 'runtime/decide/run-automaton.ts, runtime/decide/equality.ts, runtime/decide/path.ts',
  says: 'an operator that is true or false over a text known in part is so over every completion',
  runs: 150,
  cases: fc.record({ condition, before: piece, middle: hole, after: fc.oneof(piece, fc.constant<Part>('')) }),
  check: ({ condition, before, middle, after }) => {
    if (typeof middle === 'string') return
    const { table } = compiled([JSON.stringify({ statements: [{ effect: 'deny', conditions: { 'params.x': condition } }] })])
    const decider = openDecider(table)
    const context = { home: '/home/u', cwd: '/home/u/app', project_root: '/home/u/app' }
    const truth = (x: string | AbstractString) =>
      decider.explain([{ role: 'whole', request: { action: 'a', params: { x }, context } }])[0]?.condition
    const partly = truth(AbstractString.of([before, middle, after]))
    if (partly === 'unknown') return
    for (const text of FILLINGS[middle.hole]) {
      if (isBareDots(`${String(before)}${text}${String(after)}`) && middle.hole !== 'any') continue
      ok(truth(`${String(before)}${text}${String(after)}`) === partly, JSON.stringify({ condition, before, middle, after, text, partly }))
    }
  },
})

/** Holes other than `any` stand for no name that is none. */
function isBareDots(path: string): boolean {
  return path.split('/').some((segment, at) => segment === '.' || segment === '..' || (segment === '' && at > 0))
}
