import { describe, expect, it } from 'vitest'
import { parsePolicy } from '../../../compiler/parse/parse-policy.js'

function codes(conditions: string, more = ''): readonly string[] {
  const text = `statements:\n  - { effect: deny, actions: x, ${conditions} }\n${more}`
  return parsePolicy([{ path: 'a.yaml', text }]).diagnostics.map(({ code }) => code)
}

describe('a warning of negated operators that a missing field slips past', () => {
  it.each([
    'conditions: { params.url: { op: not_host, value: a.example } }',
    'conditions: { params.a: { op: "!=", value: 1 } }',
    'conditions: { params.a: { op: not_in, value: [1] }, params.b: 1 }',
    // Either is enough here, so that the other one asks nothing of a request without the field.
    'match: any, conditions: { params.a: { op: not_path, value: /x }, a: { op: path, value: /y } }',
    'conditions: { context.a: { op: not_path, value: /x }, a: { op: path, value: /y } }',
    'conditions: { params.a: { op: not_has_any, value: [-f] } }',
    'conditions: { params.a: { op: not_cidr, value: 10.0.0.0/8 } }',
    'not_agents: claude-code',
    'conditions: { any: [{ params.a: { op: "!=", value: 1 } }, { params.b: 1 }] }',
    'conditions: { all: [{ all: [{ params.a: { op: "!=", value: 1 } }] }, { params.b: 1 }] }',
    'conditions: { not: { any: [{ not: { params.a: { op: "!=", value: 1 } } }] } }',
    // What is asked in one branch does not hold in the other.
    'conditions: { any: [{ params.a: { op: "!=", value: 1 } }, { params.a: 2 }] }',
    'conditions: { params.a: { op: "!=", value: 1 }, not: { params.a: 2 } }',
    'when: params.a != 1',
  ])('comes for %s', conditions => {
    expect(codes(conditions)).toEqual(['negative-misses-absent'])
  })

  it.each([
    'conditions: { params.a: { op: not_path, value: /x }, a: { op: path, value: /y } }',
    'conditions: { params.a: { op: path, value: /y }, a: { op: not_path, value: /x } }',
    'conditions: { params.a: { op: not_exists } }',
    'conditions: { not: { params.a: { op: "!=", value: 1 } } }',
    'conditions: { params.a: { op: path, value: /y }, any: [{ a: { op: not_path, value: /x } }, { params.b: 1 }] }',
    'conditions: { all: [{ params.a: { op: "!=", value: 1 } }, { all: [{ a: { op: ">", value: 0 } }] }] }',
    'agents: [a, b], not_agents: a',
    'not_agents: a, conditions: { any: [{ params.b: 1 }, { context.agent: { op: not_exists } }] }',
  ])('does not come for %s', conditions => {
    expect(codes(conditions)).toEqual([])
  })

  it('does not come where another statement asks for the field itself', () => {
    const other = '  - { effect: deny, actions: x, conditions: { params.a: { op: not_exists } } }\n'
    expect(codes('conditions: { params.a: { op: "!=", value: 1 } }', other)).toEqual([])
  })

  it('does not come for an allow statement', () => {
    const allow = '  - { effect: allow, actions: x, conditions: { params.a: { op: "!=", value: 1 } } }\n'
    expect(codes('conditions: { params.b: 1 }', allow)).toEqual([])
  })
})
