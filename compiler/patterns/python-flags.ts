/** The inline flags of Python's `re`: `(?i)` at the start of a pattern, `(?i:…)` and `(?-i:…)` around a part of it. */
import type { PatternScanner } from './pattern-scanner.js'

export interface PythonFlags {
  readonly ignoreCase: boolean
  readonly multiline: boolean
  readonly dotAll: boolean
  readonly verbose: boolean
  /** `\w`, `\d`, `\s`, `\b` and case know ASCII only. */
  readonly ascii: boolean
}

export const noFlags: PythonFlags = { ignoreCase: false, multiline: false, dotAll: false, verbose: false, ascii: false }

/** Read after `(?`. A `global` one stands alone, `(?i)`; another one opens a group. */
export interface FlagGroup {
  readonly kind: 'global' | 'scoped'
  readonly flags: PythonFlags
}

const names: Readonly<Record<string, keyof PythonFlags>> = {
  i: 'ignoreCase',
  m: 'multiline',
  s: 'dotAll',
  x: 'verbose',
  a: 'ascii',
  u: 'ascii',
}

const knownFlags = 'the flags are `i`, `m`, `s`, `x`, `a` and `u`'

/** Reads flags up to and including the `)` or `:` that ends them. */
export function readFlags(scanner: PatternScanner, outer: PythonFlags, groupStart: number): FlagGroup {
  const on = takeLetters(scanner)
  if (on.includes('a') && on.includes('u')) scanner.reject('the flags `a` and `u` exclude each other', groupStart)
  const switchedOn = setFlags(outer, on, true)
  if (on !== '' && scanner.match(')')) return { kind: 'global', flags: switchedOn }
  const off = scanner.match('-') ? takeOffLetters(scanner, on) : ''
  if (!scanner.match(':')) rejectFlag(scanner)
  return { kind: 'scoped', flags: setFlags(switchedOn, off, false) }
}

function takeLetters(scanner: PatternScanner): string {
  return scanner.takeWhile(char => Object.hasOwn(names, char))
}

function takeOffLetters(scanner: PatternScanner, on: string): string {
  const start = scanner.at
  const off = takeLetters(scanner)
  if (off === '') rejectFlag(scanner)
  if (/[au]/.test(off)) scanner.reject('the flags `a` and `u` cannot be switched off', start, 'write `(?u:…)` or `(?a:…)`')
  const both = [...off].find(letter => on.includes(letter))
  if (both !== undefined) scanner.reject(`the flag \`${both}\` is switched on and off`, start)
  return off
}

function setFlags(flags: PythonFlags, letters: string, value: boolean): PythonFlags {
  const changed: Record<string, boolean> = {}
  for (const letter of letters) changed[names[letter] ?? letter] = letter === 'u' ? !value : value
  return { ...flags, ...changed }
}

function rejectFlag(scanner: PatternScanner): never {
  const start = scanner.at
  const found = scanner.take()
  if (found === '') scanner.reject('expected `:` or `)` after the flags, found the end of the pattern', start, knownFlags)
  const help = found === 'L' ? '`L` is for byte patterns; leave it out' : knownFlags
  scanner.reject(`unknown flag \`${found}\``, start, help)
}
