import { UsageError } from '../usage-error.js'

const UNITS_MS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }
/** Longer than this is a policy, not an approval. */
const LONGEST_MS = 7 * 86_400_000

/** `90s`, `30m`, `1h`, `2d` in milliseconds. @throws UsageError */
export function durationMs(text: string): number {
  const [, count = '', unit = ''] = /^(\d{1,6})([smhd])$/.exec(text) ?? []
  const ms = Number(count) * (UNITS_MS[unit] ?? 0)
  if (ms === 0) throw new UsageError(`\`--for\` takes a time like \`30m\` or \`1h\`, found \`${text}\``)
  if (ms > LONGEST_MS) throw new UsageError('an approval lasts 7 days at most', 'write what is always allowed into the policy')
  return ms
}
