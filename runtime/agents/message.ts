/** What the model and the person beside it are told of a decision. */
import { decidingMatch, originText } from '../decide/deciding-match.js'
import type { Result } from '../decide/result.js'

/** Why, by which statement, about which part of the call, and what to do instead. */
export function messageOf(result: Result): string {
  const { reason, sid, guidance, certainty } = result
  const deciding = decidingMatch(result)
  const by = sid === null ? '' : ` (${sid}${deciding === undefined ? '' : `, ${deciding.source}`})`
  const origin = originText(deciding?.origin)
  const where = origin === '' ? by : `${by}${origin}.`
  const possible = certainty === 'possible' && deciding !== undefined ? ` It possibly applies: ${deciding.detail}.` : ''
  return `[agsec] ${withStop(reason)}${where}${possible}${guidance === undefined ? '' : ` ${guidance}`}`
}

function withStop(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`
}

/** The message of a review on a platform that cannot ask: it becomes a deny that says how a person lets the call through. @param id what to approve */
export function withoutAsk(message: string, id?: string): string {
  const how =
    id === undefined
      ? 'ask the user to allow it in the policy or to do it themselves'
      : `ask the user to run \`agsec approve ${id}\` in a terminal of their own, then make the very same call again`
  return `${message} This needs a person's approval, which cannot be asked for here: ${how}.`
}
