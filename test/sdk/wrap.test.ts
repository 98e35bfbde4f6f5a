import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { PolicyViolationError } from '../../sdk/errors.js'
import { createGuard } from '../../sdk/index.js'
import { allow, deny, param, review } from '../../sdk/rules.js'

const rules = [allow('*'), deny('payment').when(param('amount').gt(100)), review('email.send')]
const guard = createGuard({ rules })

describe('a guarded function', () => {
  it('stays synchronous, and keeps what it is called on', () => {
    const account = { balance: 7, pay: guard.wrap(payFrom, { action: 'payment', params: ['amount', 'to'] }) }
    function payFrom(this: { balance: number }, amount: number, to: string): string {
      return `${amount} of ${this.balance} to ${to}`
    }
    expect(account.pay(5, 'a')).toBe('5 of 7 to a')
    expect(() => account.pay(500, 'a')).toThrow(PolicyViolationError)
  })

  it('does not run when it is refused', () => {
    let runs = 0
    const pay = guard.guard('payment', ({ amount }: { amount: number }) => (runs += amount))
    expect(() => pay({ amount: 500 })).toThrow(/rules#2/)
    expect(runs).toBe(0)
    expect(pay({ amount: 1 })).toBe(1)
  })

  it('rejects where it is async', async () => {
    const pay = guard.guard('payment', async ({ amount }: { amount: number }) => amount)
    await expect(pay({ amount: 5 })).resolves.toBe(5)
    const refused = pay({ amount: 500 })
    await expect(refused).rejects.toMatchObject({ code: 'POLICY_VIOLATION', decision: { action: 'payment', params: { amount: 500 } } })
  })

  it('waits for a person where it can', async () => {
    const asking = createGuard({ rules, onReview: async ({ params }) => params['to'] === 'boss' })
    const send = asking.guard('email.send', async ({ to }: { to: string }) => `sent to ${to}`)
    await expect(send({ to: 'boss' })).resolves.toBe('sent to boss')
    await expect(send({ to: 'all' })).rejects.toThrow("This needs a person's approval, and it was not approved.")
    const promised = asking.wrap(({ to }: { to: string }) => delay(1, to), { action: 'email.send', async: true })
    await expect(promised({ to: 'boss' })).resolves.toBe('boss')
    const sync = asking.guard('email.send', ({ to }: { to: string }) => to)
    expect(() => sync({ to: 'boss' })).toThrow("This needs a person's approval.")
  })

  it('is given what was decided, whatever becomes of the original', async () => {
    const message = { to: 'boss', cc: ['a'] }
    const asking = createGuard({
      rules,
      async onReview() {
        message.to = 'everybody'
        message.cc.push('b')
        return true
      },
    })
    const send = asking.guard('email.send', async (given: typeof message) => given)
    await expect(send(message)).resolves.toEqual({ to: 'boss', cc: ['a'] })
  })

  it('takes its parameters from a function, too', () => {
    class Amount {
      constructor(readonly value: number) {}
    }
    const pay = guard.wrap((amount: Amount) => amount.value, { action: 'payment', params: ({ value }) => ({ amount: value }) })
    expect(pay(new Amount(5))).toBe(5)
    expect(() => pay(new Amount(500))).toThrow(PolicyViolationError)
    const failing = guard.wrap(() => 1, {
      action: 'other',
      params() {
        throw new Error('no parameters')
      },
    })
    expect(() => failing()).toThrow(new RegExp('no parameters'))
    expect(() => failing()).toThrow(PolicyViolationError)
  })

  it('has no more arguments than were looked at', () => {
    const pay = guard.wrap((...amounts: number[]) => amounts.length, { action: 'payment', params: ['amount'] })
    expect(pay(1)).toBe(1)
    expect(pay()).toBe(0)
    expect(() => pay(1, 500)).toThrow('the arguments are no map')
    const both = guard.guard('payment', (a: object, b: object) => [a, b])
    expect(() => both({}, {})).toThrow('the arguments are no map')
  })
})
