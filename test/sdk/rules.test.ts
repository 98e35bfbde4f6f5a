import { describe, expect, it } from 'vitest'
import { createGuard } from '../../sdk/index.js'
import { allOf, allow, anyOf, context, deny, not, param, review, type RuleLike, rulesText } from '../../sdk/rules.js'

function decision(rules: readonly RuleLike[], action: string, params: object = {}, about = {}) {
  const guard = createGuard({ rules })
  expect(guard.problem).toBeUndefined()
  return guard.check(action, params, about).decision
}

describe('rules in code', () => {
  it('deny what none of them allows', () => {
    expect(decision([allow('file.read')], 'file.read', { file_path: '/a' })).toBe('allow')
    expect(decision([allow('file.read')], 'file.write', { file_path: '/a', content: '' })).toBe('deny')
  })

  it('are about a tool by its name, and about a function that is guarded under it', () => {
    const rules = [allow('*'), deny('payment', 'del*')]
    expect(decision(rules, 'payment')).toBe('deny')
    expect(decision(rules, 'delete')).toBe('deny')
    expect(decision(rules, 'payments')).toBe('allow')
    const guard = createGuard({
      rules: [allow('*'), deny('delete_file', 'my_shell', 'email.send', 'payment')],
      mapping: { my_shell: 'bash.execute' },
    })
    const kind = (name: string, input: object) => guard.authorizeSync({ framework: 'test', name, input }).kind
    // Whatever action the tool has.
    expect(kind('delete_file', { path: '/a' })).toBe('refused')
    expect(kind('remove_file', { path: '/a' })).toBe('allowed')
    expect(kind('my_shell', { command: 'ls' })).toBe('refused')
    expect(kind('bash', { command: 'ls' })).toBe('allowed')
    expect(kind('email.send', {})).toBe('refused')
    expect(kind('payment', {})).toBe('refused')
  })

  it('allow a tool by its name, with all that it does', () => {
    const guard = createGuard({ rules: [allow('bash', 'file.read').named('Some')] })
    const kind = (name: string, input: object) => guard.authorizeSync({ framework: 'test', name, input }).kind
    expect(kind('bash', { command: 'ls | sort' })).toBe('allowed')
    expect(kind('shell', { command: 'ls | sort' })).toBe('refused')
    expect(kind('open_file', { path: '/a' })).toBe('allowed')
    expect(kind('constructor', {})).toBe('refused')
  })

  it('are not mistaken about a tool by what the call says of itself', () => {
    const guard = createGuard({ rules: [allow('safe')] })
    expect(guard.check('other', {}, { tool: 'safe' }).decision).toBe('deny')
    expect(guard.authorizeSync({ framework: 'test', name: 'other', input: {}, context: { tool: 'safe' } }).kind).toBe('refused')
  })

  it('count all conditions, those on one field too', () => {
    const between = [allow('*'), deny('payment').when(param('amount').gt(10), param('amount').lt(20))]
    const inSteps = [allow('*'), deny('payment').when(param('amount').gt(10)).when(param('amount').lt(20))]
    for (const rules of [between, inSteps]) {
      expect(decision(rules, 'payment', { amount: 5 })).toBe('allow')
      expect(decision(rules, 'payment', { amount: 15 })).toBe('deny')
      expect(decision(rules, 'payment', { amount: 25 })).toBe('allow')
    }
  })

  it.each([
    [param('a').is('x'), { a: 'x' }, { a: 'y' }],
    [param('a').isNot('x'), { a: 'y' }, { a: 'x' }],
    [param('a').gte(2), { a: 2 }, { a: 1 }],
    [param('a').lte(2), { a: 2 }, { a: 3 }],
    [param('a').oneOf('x', 'y'), { a: 'y' }, { a: 'z' }],
    [param('a').noneOf('x', 'y'), { a: 'z' }, { a: 'y' }],
    [param('a').contains('bc'), { a: 'abcd' }, { a: 'acbd' }],
    [param('a').startsWith('ab'), { a: 'abc' }, { a: 'cab' }],
    [param('a').endsWith('bc'), { a: 'abc' }, { a: 'bca' }],
    [param('a').matches('^a+$'), { a: 'aa' }, { a: 'ab' }],
    [param('a').matches(/^a+$/i), { a: 'aA' }, { a: 'ab' }],
    [param('a').matches(/^\d\/\d$/), { a: '1/2' }, { a: '12' }],
    [param('a').host('*.example.com'), { a: 'https://x.example.com/' }, { a: 'https://example.org' }],
    [param('a').path('**/.env'), { a: '/x/.env' }, { a: '/x/env' }],
    [param('a').within('/srv'), { a: '/srv/x' }, { a: '/srvx' }],
    [param('a').exists(), { a: 1 }, {}],
    [param('a').op('not_exists'), {}, { a: 1 }],
    [param('a.0.b').is(1), { a: [{ b: 1 }] }, { a: [{ b: 2 }] }],
    [not(param('a').is('x')), { a: 'y' }, { a: 'x' }],
    [anyOf(param('a').is('x'), param('b').is('x')), { b: 'x' }, { a: 'y' }],
    [allOf(param('a').is('x'), param('b').is('x')), { a: 'x', b: 'x' }, { a: 'x' }],
  ])('%j', (condition, yes, no) => {
    const guard = createGuard({ rules: [allow('*'), review('some.action').when(condition)] })
    expect(guard.problem).toBeUndefined()
    expect(guard.check('some.action', yes).decision).toBe('review')
    expect(guard.check('some.action', no).decision).toBe('allow')
  })

  it('ask about the context', () => {
    const rules = [allow('*').when(context('user_role').is('admin'))]
    expect(decision(rules, 'some.action', {}, { user_role: 'admin' })).toBe('allow')
    expect(decision(rules, 'some.action', {}, { user_role: 'guest' })).toBe('deny')
  })

  it('say what they are called, why, and what to do instead', () => {
    const rule = deny('payment').named('NoPayments').because('nobody pays here').instead('send an invoice')
    const result = createGuard({ rules: [rule] }).check('payment')
    expect(result).toMatchObject({ sid: 'NoPayments', reason: 'nobody pays here', guidance: 'send an invoice' })
    expect(result.matched[0]?.source).toBe('rules:1')
  })

  it('are data as well, as a policy file has them', () => {
    const rules: RuleLike[] = [
      { effect: 'allow', actions: 'file.*' },
      { sid: 'Env', effect: 'deny', actions: ['file.read'], conditions: { 'params.file_path': { op: 'path', value: '**/.env' } } },
      { effect: 'review', when: 'params.size > 10' },
    ]
    expect(decision(rules, 'file.read', { file_path: '/x/.env' })).toBe('deny')
    expect(decision(rules, 'file.read', { file_path: '/x/a', size: 11 })).toBe('review')
    expect(decision(rules, 'file.read', { file_path: '/x/a', size: 10 })).toBe('allow')
  })

  it('leave the one that a step is made from as it is', () => {
    const rule = deny('payment')
    rule.when(param('amount').gt(1)).because('x')
    expect(rule.statements()).toEqual(deny('payment').statements())
  })

  it('that the compiler does not take close the guard, with line and reason', () => {
    const guard = createGuard({ rules: [allow('*'), deny('x').when(param('a').op('like', 'b'))] })
    expect(guard.problem).toMatch(/^the policy cannot be loaded: the policy does not compile: rules:2: unknown operator `like`/)
    const cyclic: { [key: string]: unknown } = {}
    cyclic['self'] = cyclic
    expect(createGuard({ rules: [deny('x').when(cyclic)] }).problem).toContain('circular')
  })

  it('stand one to a line', () => {
    expect(rulesText([allow('a.b'), deny('c.d')]).split('\n')[1]).toContain('c.d')
  })
})
