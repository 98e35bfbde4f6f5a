/** How an exec is reported before anything is known of its program. */
import { AbstractString } from '../../decide/abstract-string.js'
import type { Span, Text } from '../analysis.js'
import { modelOf } from '../programs/programs.js'
import { ANY, partsOf, prefixOf, splitOnce } from '../text.js'
import type { Draft } from './findings.js'
import type { Shell } from './shell.js'
import { type Words, bounded } from './state.js'

/** The place of a command: what is reported with it beside its words. */
export interface Site {
  readonly node: Span
  readonly assignments: readonly (readonly [string, Text])[]
  readonly redirections: readonly Text[]
}

/** @returns the index of the exec */
export function report(shell: Shell, program: Text, name: Text, words: Words, site: Site): number {
  return shell.findings.exec(draftOf(shell, program, name, words, site))
}

export function draftOf(shell: Shell, program: Text, name: Text, words: Words, site: Site): Draft {
  const { flags, operands } = describe(words.texts)
  const draft = {
    program: name,
    argv: words.texts,
    open: words.open,
    flags,
    operands,
    via: shell.frame.via,
    cwd: bounded(shell.state.cwd, 1)[0] ?? ANY,
    assignments: site.assignments,
    redirections: site.redirections,
    transparent: false,
    span: shell.span(site.node),
  }
  return program === name ? draft : { ...draft, programPath: program }
}

/** Options and operands of a program of which nothing is known: `-abc` may be three options or one. */
function describe([, ...args]: readonly Text[]): { readonly flags: readonly string[]; readonly operands: readonly Text[] } {
  const flags: string[] = []
  const operands: Text[] = []
  const end = args.indexOf('--')
  args.forEach((arg, at) => {
    const prefix = prefixOf(arg)
    if (arg === '--' && at === end) return
    if (!prefix.startsWith('-') || arg === '-' || (end !== -1 && at > end)) operands.push(arg)
    else if (prefix.startsWith('--')) flags.push(splitOnce(arg, '=')?.[0] ?? prefix)
    else {
      for (const letter of prefix.slice(1)) flags.push(`-${letter}`)
      if (prefix.length > 2) flags.push(prefix)
    }
  })
  return { flags, operands }
}

const MAX_NAMES = 64
const MAX_WORDS = 65_536

/** Where nothing more can be evaluated: every word that is the name of a known program may be run. */
export function reportNames(shell: Shell, source: string, node: Span): void {
  // It may be told of the same source where it ends and of the whole.
  if (shell.named?.source !== source)
    shell.named = { source, names: [...wordsOf(source)].filter(name => modelOf(name) !== undefined).slice(0, MAX_NAMES) }
  for (const name of shell.named.names) {
    const index = report(shell, name, name, { texts: [name], open: true }, { node, assignments: [], redirections: [] })
    const draft = shell.findings.execs[index]
    if (draft !== undefined) draft.dynamic = 'too complex'
  }
}

/** The words of letters, digits and `_.+-`, the first of them at most. One by one: a match for each is half the time of such a source. */
function wordsOf(source: string): ReadonlySet<string> {
  const words = new Set<string>()
  /** What was found last of a beginning and a length: of most sources the words are few. */
  const last: string[] = []
  for (let start = 0, end = 0; start < source.length && words.size < MAX_WORDS; start = end + 1) {
    for (end = start; isOfWord(source.charCodeAt(end)); ) end++
    const slot = (source.charCodeAt(start) + end - start) & 63
    const known = last[slot] ?? ''
    if (end === start || (end - start === known.length && source.startsWith(known, start))) continue
    words.add((last[slot] = source.slice(start, end)))
  }
  return words
}

/** Of no unit, as behind the end, is it one. */
function isOfWord(unit: number): boolean {
  if (unit >= 97) return unit <= 122
  return (unit >= 65 && unit <= 90) || (unit >= 48 && unit <= 57) || unit === 95 || unit === 43 || unit === 45 || unit === 46
}

/** What stands after the last slash. */
export function baseName(path: Text): Text {
  if (typeof path === 'string') return path.slice(path.lastIndexOf('/', path.length - 2) + 1)
  const parts = partsOf(path)
  for (let at = parts.length - 1; at >= 0; at--) {
    const part = parts[at]
    if (typeof part === 'string' && part.includes('/'))
      return AbstractString.of([part.slice(part.lastIndexOf('/') + 1), ...parts.slice(at + 1)])
    if (typeof part === 'object' && (part.hole === 'any' || part.hole === 'below')) return path
  }
  return path
}
