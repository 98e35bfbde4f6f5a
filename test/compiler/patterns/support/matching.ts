/** Automata as the tests use them: the slow and obvious walk. */
import type { Automaton } from '../../../../compiler/patterns/automaton.js'
import { compilePattern, type PatternSource } from '../../../../compiler/patterns/compile-pattern.js'

export function compiled(source: PatternSource): Automaton {
  const result = compilePattern(source)
  if (!result.ok) throw new Error(`${JSON.stringify(source)}: ${result.error.message}`)
  return result.automaton
}

export function matcher(source: PatternSource): (text: string) => boolean {
  const automaton = compiled(source)
  return text => accepts(automaton, text)
}

export function accepts(automaton: Automaton, text: string): boolean {
  let state = 0
  for (const char of text) state = automaton.transitions[state * automaton.classes.length + classOf(automaton, char)] ?? 0
  return automaton.accepting[state] === 1
}

function classOf(automaton: Automaton, char: string): number {
  const codePoint = char.codePointAt(0) ?? 0
  return automaton.classes.findIndex(ranges => ranges.some(({ from, to }) => from <= codePoint && codePoint <= to))
}

/** All strings over the alphabet of at most that many characters, with whether the automaton matches each. */
export function* verdicts(automaton: Automaton, alphabet: readonly string[], longest: number): Iterable<readonly [string, boolean]> {
  const classes = alphabet.map(char => classOf(automaton, char))
  let level: (readonly [string, number])[] = [['', 0]]
  for (let length = 0; ; length++) {
    for (const [text, state] of level) yield [text, automaton.accepting[state] === 1]
    if (length === longest) return
    level = level.flatMap(([text, state]) =>
      alphabet.map((char, at) => [text + char, automaton.transitions[state * automaton.classes.length + (classes[at] ?? 0)] ?? 0] as const),
    )
  }
}

/** How often properties are tried: a few seconds' worth, or as often as `AGSEC_FUZZ_RUNS` says. */
export function runs(ordinarily: number): number {
  const wanted = Number(process.env['AGSEC_FUZZ_RUNS'] ?? '')
  return wanted > 0 ? wanted : ordinarily
}
