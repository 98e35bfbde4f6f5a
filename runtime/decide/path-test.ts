/** The operators `path` and `within`: a path of the request against path patterns of the policy, each below a base folder. */
import type { AbstractString } from './abstract-string.js'
import { completions, sameChar } from './completions.js'
import { FALSE, type Kleene, or, TRUE, UNKNOWN } from './kleene.js'
import { contextFolder, ignoresCase } from './path.js'
import type { ValueMap } from './request.js'
import { acceptsAfterSomeFolder, acceptsText } from './run-automaton.js'
import { symbolsOf } from './symbols.js'
import { PATH_BASES, type Table } from './table.js'

/** The folders of a request's context that patterns stand below, each worked out once: a request has many tests of paths. */
export class Bases {
  folded = false
  private context: ValueMap = {}
  private readonly known: (string | undefined)[] = []
  private readonly isKnown: boolean[] = []

  /** Turns to the next request, whose context may be the same object with other values. */
  begin(context: ValueMap): void {
    this.context = context
    this.folded = ignoresCase(context)
    this.isKnown.fill(false)
  }

  /** The folder as what stands before the rest of a path: the root is nothing. @param base its index in PATH_BASES */
  prefix(base: number): string | undefined {
    if (this.isKnown[base] === true) return this.known[base]
    const folder = contextFolder(this.context, PATH_BASES[base] ?? '')
    this.isKnown[base] = true
    return (this.known[base] = folder === '/' ? '' : folder)
  }
}

/**
 * @param path in its normal form
 * @param alternatives triples of base, automaton and automaton ignoring case: any of them is enough
 * @returns unknown where the base is not known and the rest could match
 */
export function pathTest(table: Table, path: string | AbstractString, alternatives: readonly number[], bases: Bases): Kleene {
  const { folded } = bases
  let result: Kleene = FALSE
  for (let i = 0; i < alternatives.length && result !== TRUE; i += 3) {
    const base = alternatives[i] as number // in bounds
    const automaton = alternatives[i + (folded ? 2 : 1)] as number
    if (base === 0) result = or(result, belowBase(table, path, '', automaton, folded))
    else result = or(result, belowBase(table, path === '/' ? '' : path, bases.prefix(base), automaton, folded))
  }
  return result
}

function belowBase(table: Table, path: string | AbstractString, prefix: string | undefined, automaton: number, folded: boolean): Kleene {
  const same = folded ? sameLetter : sameChar
  if (typeof path !== 'string') return prefix === undefined ? UNKNOWN : completions(table, table.automaton(automaton), path, prefix, same)
  if (prefix === undefined) return acceptsAfterSomeFolder(table.automaton(automaton), symbolsOf(path, table)) ? UNKNOWN : FALSE
  const rest = afterPrefix(path, prefix, same)
  return rest !== undefined && acceptsText(table, automaton, rest) ? TRUE : FALSE
}

function sameLetter(a: string, b: string): boolean {
  return a === b || a.toLowerCase() === b.toLowerCase()
}

function afterPrefix(path: string, prefix: string, same: (a: string, b: string) => boolean): string | undefined {
  if (path.startsWith(prefix)) return path.slice(prefix.length)
  if (same === sameChar) return undefined
  const chars = [...path]
  const expected = [...prefix]
  if (chars.length < expected.length || !expected.every((char, i) => same(chars[i] as string, char))) return undefined // lengths compared
  return chars.slice(expected.length).join('')
}
