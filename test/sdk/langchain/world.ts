/** Tools that say what they were run with. */
import { coerce, core, looseObject } from './packages.js'

/** What ran, and with what, in short; emptied by `forget`. */
export const ran: string[] = []

export function forget(): void {
  ran.length = 0
}

export function noted(name: string, input: unknown): string {
  ran.push(`${name} ${JSON.stringify(input)}`)
  return `${name} done`
}

export function toolNamed(name: string) {
  return core.tool(input => noted(name, input), { name, description: name, schema: looseObject({}) })
}

/** What it runs with is not what the model wrote: the amount may be missing, or in a list. */
export function payingTool() {
  const schema = looseObject({ amount: coerce.number().default(500) })
  return core.tool(input => noted('send_money', input), { name: 'send_money', description: 'pays', schema })
}

export const WRITTEN_OTHERWISE = [{}, { amount: ['500'] }, { amount: '5e2' }]

export const TOOLS = ['read_note', 'drop_table', 'send_money', 'bash'].map(toolNamed)
