/** `*`, `+`, `?` and `{n,m}`: what the dialects have in common. */
import { isDigit, type PatternScanner } from './pattern-scanner.js'

export interface Quantifier {
  readonly min: number
  readonly max: number
}

/** Takes a quantifier, without what may follow it to make it lazy; undefined, and nothing taken, where there is none. */
export function takeQuantifier(scanner: PatternScanner, lowMayBeLeftOut: boolean): Quantifier | undefined {
  if (scanner.match('*')) return { min: 0, max: Number.POSITIVE_INFINITY }
  if (scanner.match('+')) return { min: 1, max: Number.POSITIVE_INFINITY }
  if (scanner.match('?')) return { min: 0, max: 1 }
  return takeCounts(scanner, lowMayBeLeftOut)
}

function takeCounts(scanner: PatternScanner, lowMayBeLeftOut: boolean): Quantifier | undefined {
  const start = scanner.at
  const counts = scanner.match('{') ? readCounts(scanner) : undefined
  if (counts === undefined || (counts.low === '' && !(lowMayBeLeftOut && counts.comma))) {
    scanner.rewind(start)
    return undefined
  }
  const min = Number(counts.low)
  const max = counts.high === '' ? Number.POSITIVE_INFINITY : Number(counts.high)
  if (max < min) scanner.reject(`the least count is greater than the greatest in \`${scanner.text.slice(start, scanner.at)}\``, start)
  return { min, max }
}

function readCounts(scanner: PatternScanner): { readonly low: string; readonly comma: boolean; readonly high: string } | undefined {
  const low = scanner.takeWhile(isDigit)
  const comma = scanner.match(',')
  const high = comma ? scanner.takeWhile(isDigit) : low
  return scanner.match('}') ? { low, comma, high } : undefined
}
