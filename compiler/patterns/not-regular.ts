/** Constructs that no automaton can stand for: what to tell the author, in both dialects. */
import type { PatternScanner } from './pattern-scanner.js'

export function rejectBackreference(scanner: PatternScanner, start: number): never {
  reject(scanner, start, 'a backreference', 'write each possibility out, as `"[^"]*"|\'[^\']*\'` for `(["\']).*?\\1`')
}

export function rejectAtomic(scanner: PatternScanner, start: number): never {
  reject(scanner, start, 'an atomic group', 'write a plain group `(?:…)`: matching takes linear time anyway')
}

export function rejectPossessive(scanner: PatternScanner, start: number): never {
  reject(scanner, start, 'a possessive quantifier', 'drop the `+` after the quantifier: matching takes linear time anyway')
}

export function rejectConditional(scanner: PatternScanner, start: number): never {
  reject(scanner, start, 'a conditional group', 'write the two cases as alternatives `…|…`')
}

function reject(scanner: PatternScanner, start: number, what: string, help: string): never {
  const text = scanner.text.slice(start, scanner.at)
  const message = `${what} (\`${text}\`) is not regular, so it has no automaton`
  scanner.reject(message, start, `${help}; or set \`backtracking: allowed\` on the statement`, 'regex-not-regular')
}
