/** Every string pattern of the language → its minimal automaton. */
import { anything, choice, empty, endOfText, literal, type Pattern, optional, sequence, setOf } from './ast.js'
import type { Automaton } from './automaton.js'
import { Budget } from './budget.js'
import { type CharSet, singleChar } from './char-set.js'
import { type Dfa, determinize } from './determinize.js'
import { parseGlob } from './glob-syntax.js'
import { look } from './look.js'
import { minimize } from './minimize.js'
import { buildNfa } from './nfa.js'
import { type OrderRelation, orderDfa } from './order-automaton.js'
import { parsePathRests } from './path-syntax.js'
import { orError, type PatternError } from './pattern-error.js'
import { parsePython } from './python-syntax.js'
import { parseEs } from './es-syntax.js'
import { caseVariants } from './unicode/case-folding.js'

export type PatternSource =
  /** Found anywhere in the string. */
  | { readonly kind: 'regex'; readonly source: string; readonly dialect: 'python' | 'es' }
  /** The whole string, but none that one of the globs `except` matches; the following are whole strings too, but for `contains`, `prefix` and `suffix`. */
  | { readonly kind: 'glob'; readonly source: string; readonly except?: readonly string[] }
  /** What follows the base of a path pattern, or of one of several (`also`), matched against what follows the base's text in a normalised path. */
  | { readonly kind: 'path'; readonly source: string; readonly also?: readonly string[]; readonly ignoreCase: boolean }
  | { readonly kind: 'contains' | 'prefix' | 'suffix'; readonly source: string }
  /** The strings that stand in that relation to `source`, by code point. */
  | { readonly kind: 'order'; readonly relation: OrderRelation; readonly source: string }
  /** The directory `source` (normalised; `''` for the root), or one of several, and everything beneath it. */
  | { readonly kind: 'within'; readonly source: string; readonly also?: readonly string[]; readonly ignoreCase: boolean }

export type CompiledPattern = { readonly ok: true; readonly automaton: Automaton } | { readonly ok: false; readonly error: PatternError }

/** A pure function of its argument: the same automaton, or the same error, on every engine. */
export function compilePattern(source: PatternSource): CompiledPattern {
  const result = orError(() => {
    const budget = new Budget(source.source.length)
    return minimize(dfaOf(source, budget), budget)
  })
  return 'transitions' in result ? { ok: true, automaton: result } : { ok: false, error: result }
}

function dfaOf(source: PatternSource, budget: Budget): Dfa {
  if (source.kind === 'order') return orderDfa(source.relation, source.source, budget)
  return determinize(buildNfa(parsePattern(source), howToMatch(source), budget), budget)
}

export function howToMatch(source: PatternSource): 'found' | 'whole' {
  return source.kind === 'regex' || source.kind === 'contains' ? 'found' : 'whole'
}

/** The pattern of every kind but `order`, whose automaton is made without one. */
export function parsePattern(source: Exclude<PatternSource, { readonly kind: 'order' }>): Pattern {
  switch (source.kind) {
    case 'regex':
      return source.dialect === 'python' ? parsePython(source.source) : parseEs(source.source)
    case 'glob':
      return sequence([noneOf(source.except ?? []), parseGlob(source.source)])
    case 'path':
      return parsePathRests([source.source, ...(source.also ?? [])], source.ignoreCase)
    case 'contains':
      return literal(source.source)
    case 'prefix':
      return sequence([literal(source.source), anything])
    case 'suffix':
      return sequence([anything, literal(source.source)])
    case 'within':
      return sequence([
        choice([source.source, ...(source.also ?? [])].map(folder => literal(folder, widening(source.ignoreCase)))),
        beneath,
      ])
    default:
      return source satisfies never
  }
}

function noneOf(globs: readonly string[]): Pattern {
  return globs.length === 0 ? empty : look('ahead', true, sequence([choice(globs.map(parseGlob)), endOfText]))
}

const beneath = optional(sequence([setOf(singleChar(0x2f)), anything]))

function widening(ignoreCase: boolean): (codePoint: number) => CharSet {
  return ignoreCase ? caseVariants : singleChar
}
