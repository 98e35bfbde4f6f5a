/** What the model says. */
import type { ScriptedCall, Turn } from '../support/turn.js'

export function calls(...scripted: readonly ScriptedCall[]): Turn {
  return { choices: [{ calls: scripted }] }
}

export function call(name: string, args: unknown, id?: string): ScriptedCall {
  return { name, arguments: JSON.stringify(args), ...(id === undefined ? {} : { id }) }
}

export const READ = call('read_note', { id: 7 })
export const DROP = call('drop_table', { table: 'users' })
export const PAY = call('send_money', { amount: 5 })
export const PAY_MUCH = call('send_money', { amount: 500 })
export const DONE: Turn = { choices: [{ text: 'done' }] }

export const NO_DROP = /tables stay.*ask a person to do it/s
