/** The match that a decision rests on, and where in the call it is, for people. */
import type { Origin } from './request.js'
import type { Match, Result } from './result.js'

/** One that tells which part of the call it is about rather than the call as a whole; undefined where the default decided. */
export function decidingMatch({ decision, sid, certainty, matched }: Result): Match | undefined {
  const deciding = matched.filter(match => match.sid === sid && match.outcome === decision && match.certainty === certainty)
  return deciding.find(match => match.origin !== undefined) ?? deciding[0]
}

/** ` in `cat .env` (file.read /p/.env), via sudo`; empty where there is no origin. */
export function originText(origin: Origin | undefined): string {
  if (origin === undefined) return ''
  const effect = origin.effect === undefined ? '' : ` (${origin.effect})`
  const via = origin.via.length === 0 ? '' : `, via ${origin.via.map(each => `\`${each}\``).join(' › ')}`
  return ` in \`${origin.text}\`${effect}${via}`
}
