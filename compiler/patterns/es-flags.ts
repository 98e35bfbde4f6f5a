/** The modifiers of ECMAScript: `(?ims-ims:…)`. */
import type { PatternScanner } from './pattern-scanner.js'

export interface EsFlags {
  readonly ignoreCase: boolean
  readonly multiline: boolean
  readonly dotAll: boolean
}

export const noEsFlags: EsFlags = { ignoreCase: false, multiline: false, dotAll: false }

const names: Readonly<Record<string, keyof EsFlags>> = { i: 'ignoreCase', m: 'multiline', s: 'dotAll' }

/** Reads what stands between `(?` and the `:`, which it takes. */
export function readModifiers(scanner: PatternScanner, outer: EsFlags, groupStart: number): EsFlags {
  const on = takeLetters(scanner)
  const hyphen = scanner.match('-')
  const off = hyphen ? takeLetters(scanner) : ''
  if (!scanner.match(':') || (on === '' && off === '')) rejectGroup(scanner, groupStart)
  const letters = [...on, ...off]
  const twice = letters.find((letter, at) => letters.indexOf(letter) !== at)
  if (twice !== undefined) scanner.reject(`the modifier \`${twice}\` is written twice`, groupStart)
  return withFlags(withFlags(outer, on, true), off, false)
}

function takeLetters(scanner: PatternScanner): string {
  return scanner.takeWhile(char => Object.hasOwn(names, char))
}

function withFlags(flags: EsFlags, letters: string, value: boolean): EsFlags {
  const changed = [...letters].map(letter => [names[letter] ?? letter, value] as const)
  return { ...flags, ...Object.fromEntries(changed) }
}

function rejectGroup(scanner: PatternScanner, start: number): never {
  scanner.take()
  const text = scanner.text.slice(start, scanner.at)
  scanner.reject(`unknown group \`${text}\``, start, helpFor(text))
}

function helpFor(text: string): string | undefined {
  if (text.startsWith('(?P')) return 'a named group is `(?<name>…)` in this dialect'
  if (text.endsWith(')')) return `write \`${text.slice(0, -1)}:…)\` around the part that the modifiers are for`
  return text.startsWith('(?#') ? 'this dialect has no comments' : undefined
}
