/**
 * `fold`: smaller formulas of the same three values. Kleene's logic is a distributive lattice with De Morgan's negation, so
 * nesting, duplicates, double negation and absorption may go; what it lacks is the excluded middle: `a or not a` is unknown where `a` is,
 * and only goes where `a` never is. Equal tests are known by their number, which `dedupe` has given them.
 */
import type { Formula, Ir, IrTest } from '../ir/ir.js'
import { ALWAYS, isAlways, isNever, mapEvaluated, NEVER, testsOf } from './formulas.js'
import type { Pass } from './pass.js'

export const fold: Pass = {
  name: 'fold',
  summary: 'constants, duplicates, double negations and what follows from the rest go',
  run: ir => {
    const folding = new Folding(ir)
    return mapEvaluated(ir, formula => folding.fold(formula))
  },
}

/** Beyond this many children each is no longer compared with each. */
const MOST_COMPARED = 64

type Junction = Extract<Formula, { readonly kind: 'and' | 'or' }>

class Folding {
  private readonly keys = new Map<Formula, string>()
  private readonly testKeys: readonly string[]

  constructor(private readonly ir: Ir) {
    this.testKeys = ir.tests.map(testKey)
  }

  fold(formula: Formula): Formula {
    switch (formula.kind) {
      case 'test':
        return isFalseOfAll(this.ir.tests[formula.test]) ? NEVER : formula
      case 'not':
        return negated(this.fold(formula.of))
      case 'and':
      case 'or':
        return this.junction(formula)
      default:
        return formula satisfies never
    }
  }

  private junction({ kind, of }: Junction): Formula {
    const [neutral, decisive] = kind === 'and' ? [isAlways, isNever] : [isNever, isAlways]
    const parts = this.distinct(of.map(part => this.fold(part)).flatMap(part => (part.kind === kind ? part.of : [part])))
    if (parts.some(decisive) || this.excludesMiddle(parts)) return kind === 'and' ? NEVER : ALWAYS
    const kept = this.absorbed(
      parts.filter(part => !neutral(part)),
      kind,
    )
    const [only] = kept
    return kept.length === 1 && only !== undefined ? only : { kind, of: kept }
  }

  private distinct(parts: readonly Formula[]): readonly Formula[] {
    const known = new Set<string>()
    return parts.filter(part => known.size < known.add(this.key(part)).size)
  }

  /** Whether one part is the opposite of another, and never unknown. */
  private excludesMiddle(parts: readonly Formula[]): boolean {
    const keys = new Set(parts.map(part => this.key(part)))
    return parts.some(part => keys.has(`!${this.key(part)}`) && testsOf(part).every(test => isTwoValued(this.ir.tests[test])))
  }

  /** Of an `and` the part goes that another one stays below, of an `or` the part that stays below another one. */
  private absorbed(parts: readonly Formula[], kind: 'and' | 'or'): readonly Formula[] {
    if (parts.length > MOST_COMPARED) return parts
    const kept = new Set(parts)
    for (const part of parts) {
      const others = [...kept].filter(other => other !== part)
      if (others.some(other => (kind === 'and' ? this.isBelow(other, part) : this.isBelow(part, other)))) kept.delete(part)
    }
    return [...kept]
  }

  /** Whether the first is never truer than the second (false < unknown < true), as far as one level of each tells. */
  private isBelow(low: Formula, high: Formula): boolean {
    return partsOf(low, 'or').every(lower =>
      partsOf(high, 'and').every(higher =>
        partsOf(lower, 'and').some(a => partsOf(higher, 'or').some(b => this.key(a) === this.key(b) || this.isPresenceFor(b, a))),
      ),
    )
  }

  /** Whether the first only asks for the field that the second cannot do without. */
  private isPresenceFor(presence: Formula, other: Formula): boolean {
    if (presence.kind !== 'test' || other.kind !== 'test') return false
    const [asked, test] = [this.ir.tests[presence.test], this.ir.tests[other.test]]
    if (asked?.operation.kind !== 'exists' || asked.negated) return false
    return test !== undefined && test.operation.kind !== 'exists' && test.field === asked.field
  }

  /** Equal keys, equal values. */
  private key(formula: Formula): string {
    const known = this.keys.get(formula)
    if (known !== undefined) return known
    const key = this.makeKey(formula)
    this.keys.set(formula, key)
    return key
  }

  private makeKey(formula: Formula): string {
    switch (formula.kind) {
      case 'test':
        return this.testKeys[formula.test] ?? `${formula.test}`
      case 'not':
        return `!${this.key(formula.of)}`
      case 'and':
      case 'or':
        return `${formula.kind}(${formula.of
          .map(part => this.key(part))
          .sort()
          .join()})`
      default:
        return formula satisfies never
    }
  }
}

/** A field is missing where it is not there: `not_exists` is the opposite of `exists`, which no other negated test is of its positive form. */
function testKey({ operation, negated, field }: IrTest, id: number): string {
  if (operation.kind !== 'exists') return `t${id}`
  return `${negated ? '!' : ''}exists ${JSON.stringify(field)}`
}

function negated(formula: Formula): Formula {
  if (isAlways(formula)) return NEVER
  if (isNever(formula)) return ALWAYS
  return formula.kind === 'not' ? formula.of : { kind: 'not', of: formula }
}

function partsOf(formula: Formula, kind: 'and' | 'or'): readonly Formula[] {
  return formula.kind === kind ? formula.of : [formula]
}

/** A value that is listed nowhere, or that no field holds: a field that is null counts as missing. */
function isFalseOfAll(test: IrTest | undefined): boolean {
  if (test === undefined || test.negated) return false
  const { operation } = test
  return (operation.kind === 'one_of' && operation.values.length === 0) || (operation.kind === 'equals' && operation.value === null)
}

/** A test that no value makes unknown: no text known in part is ever a number or a boolean. */
function isTwoValued(test: IrTest | undefined): boolean {
  switch (test?.operation.kind) {
    case 'exists':
      return true
    case 'equals':
      return isPlain(test.operation.value)
    case 'one_of':
      return test.operation.values.every(isPlain)
    default:
      return false
  }
}

function isPlain(value: unknown): boolean {
  return typeof value === 'number' || typeof value === 'boolean'
}
