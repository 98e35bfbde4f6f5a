/** Where a bracket closes, as bash looks for it before it knows what stands between: by quotes and brackets alone. */
import { BACKSLASH, BACKTICK, BRACE, CLOSE, CLOSE_BRACE, DOLLAR, DOUBLE_QUOTE, OPEN, QUOTE } from './characters.js'
import type { Scanner } from './scanner.js'

/**
 * The offset of the `)` or `}` for the bracket at that offset; -1 where there is none, which is the end of all reading. What it
 * learns of the brackets on its way is kept, so that asking for each of many nested ones takes linear time.
 */
export function closeOf(s: Scanner, open: number): number {
  s.closes ??= new Map()
  const { closes } = s
  const known = closes.get(open)
  if (known !== undefined) return known
  const stack = [open]
  for (let at = open + 1; at < s.end && stack.length > 0; ) at = stepOver(s, at, stack, closes)
  return closes.get(open) ?? -1
}

/** @returns where to go on */
function stepOver(s: Scanner, at: number, stack: number[], closes: Map<number, number>): number {
  const code = s.text.charCodeAt(at)
  const top = stack[stack.length - 1] ?? 0 // never empty here
  const frame = s.text.charCodeAt(top)
  if (code === BACKSLASH) return at + 2
  if (code === closing(frame)) {
    stack.pop()
    closes.set(top, at)
  } else if (code === DOLLAR && at + 1 < s.end) {
    const next = s.text.charCodeAt(at + 1)
    if (next === QUOTE && frame !== DOUBLE_QUOTE) return skipTo(s, at + 2, QUOTE, true)
    if (next === BRACE || next === OPEN) stack.push(at + 1)
    return next === BRACE || next === OPEN ? at + 2 : at + 1
  } else if (code === BACKTICK) return skipTo(s, at + 1, BACKTICK, true)
  else if (code === DOUBLE_QUOTE) stack.push(at)
  else if (code === QUOTE && frame !== DOUBLE_QUOTE) return skipTo(s, at + 1, QUOTE, false)
  else if (code === OPEN && frame === OPEN) stack.push(at)
  return at + 1
}

function closing(frame: number): number {
  return frame === OPEN ? CLOSE : frame === BRACE ? CLOSE_BRACE : DOUBLE_QUOTE
}

function skipTo(s: Scanner, from: number, quote: number, escapes: boolean): number {
  let at = from
  while (at < s.end && s.text.charCodeAt(at) !== quote) at += escapes && s.text.charCodeAt(at) === BACKSLASH ? 2 : 1
  return at + 1
}
