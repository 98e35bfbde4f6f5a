/**
 * Patterns on which backtracking is slow, each with the text that makes it so and an ordinary one of the same length that it reads to the
 * end as well: where the one takes us longer than the other, our matching depends on more than the length.
 */
import { filled } from './texts.js'

export interface HardPattern {
  readonly pattern: string
  readonly adversarial: (length: number) => string
  readonly benign: (length: number) => string
}

const words = (length: number) => filled('', () => 'the quick brown fox jumps over the lazy dog ', length)
const repeated =
  (piece: string, end = '') =>
  (length: number) =>
    filled('', () => piece, length - end.length) + end
/** Ordinary words, but for a beginning and an end that make the pattern look at the text at all. */
const wordsWith =
  (start: string, end = '') =>
  (length: number) =>
    start + words(length - start.length - end.length) + end

export const FORCE_PUSH = 'git.*push.*--force'

export const HARD_PATTERNS: readonly HardPattern[] = [
  { pattern: FORCE_PUSH, adversarial: repeated('git push '), benign: wordsWith('git push ', ' --forc') },
  { pattern: '\\b(curl|wget)\\b.*\\|\\s*(ba|z)?sh\\b', adversarial: repeated('curl '), benign: wordsWith('curl ', ' | s') },
  { pattern: '\\bfind\\b.*\\bxargs\\b.*\\brm\\b', adversarial: repeated('find xargs '), benign: wordsWith('find ', ' xargs r') },
  { pattern: '\\s+$', adversarial: repeated(' ', 'x'), benign: words },
  { pattern: '(a+)+$', adversarial: repeated('a', '!'), benign: words },
  { pattern: '^(.*a){20}$', adversarial: repeated('a', 'b'), benign: words },
  { pattern: '^(\\w+\\s?)*$', adversarial: repeated('a', '!'), benign: words },
  { pattern: '(x+x+)+y', adversarial: repeated('x'), benign: wordsWith('', ' xy') },
]
