/** Guards that the matrices share. */
import {
  allow,
  type AuditRecord,
  type Decision,
  deny,
  type Guard,
  type GuardOptions,
  createGuard,
  param,
  review,
} from '../../../sdk/index.js'

/** `read_note` is allowed; `send_money` of 100 and more needs a person; `drop_table`, deleting and what deletes in a shell are denied. */
export const RULES = [
  allow('tool.read_note'),
  allow('tool.send_money').when(param('amount').lt(100)),
  review('tool.send_money').when(param('amount').gte(100)).because('a large sum'),
  deny('tool.drop_table').because('tables stay').instead('ask a person to do it'),
  allow('bash.execute', 'file.write', 'file.edit'),
  deny('bash.execute')
    .when(param('command').matches(/\brm\b/))
    .because('files stay'),
  deny('file.delete').because('files stay'),
]

const GUARD = createGuard({ rules: RULES })

/** Without options it is always the same one. */
export function guardWith(options?: Partial<GuardOptions>): Guard {
  return options === undefined ? GUARD : createGuard({ rules: RULES, ...options })
}

/** A person who answers, and what they were asked since the last time that they were wanted. */
export interface Person {
  readonly guard: Guard
  readonly asked: readonly Decision[]
}

const PEOPLE = new Map<boolean, { readonly guard: Guard; readonly asked: Decision[] }>()

/** A guard with somebody who approves or refuses every review: the same each time, since a policy takes its time to compile. */
export function person(answer: boolean): Person {
  const known = PEOPLE.get(answer) ?? personWho(answer)
  PEOPLE.set(answer, known)
  known.asked.length = 0
  return known
}

function personWho(answer: boolean) {
  const asked: Decision[] = []
  const onReview = async (decision: Decision) => {
    asked.push(decision)
    return answer
  }
  return { guard: guardWith({ onReview }), asked }
}

/** A guard that writes down every call that it decides, in short: `openai drop_table denied call_0_0`. */
export function recording(options: Partial<GuardOptions> = {}): { readonly guard: Guard; readonly records: readonly string[] } {
  const records: string[] = []
  const audit = ({ framework, tool, outcome, tool_use_id }: AuditRecord) => records.push(`${framework} ${tool} ${outcome} ${tool_use_id}`)
  return { guard: guardWith({ ...options, audit }), records }
}

/** A guard without a policy that can be loaded. */
export const CLOSED = createGuard({ policies: '/nonexistent' })
