/**
 * Boolean formulas over automaton states, in disjunctive normal form.
 *
 * A literal is a state or its negation (`state * 2`, `state * 2 + 1`). A clause is a conjunction of literals, known by number; the clause
 * that is just state q has the number q, so that patterns without look-around, whose formulas are sets of states, pay for no more than
 * that. A formula is an ascending list of clauses, none implied by another; `[]` is false, and a formula that holds the empty clause is true.
 */
import type { Budget } from './budget.js'

export type Clause = number
export type Formula = readonly Clause[]

export const falseFormula: Formula = []

export class Clauses {
  readonly #literals: (readonly number[])[] = []
  readonly #ids = new Map<string, Clause>()
  readonly trueClause: Clause
  readonly trueFormula: Formula

  constructor(
    readonly stateCount: number,
    readonly budget: Budget,
  ) {
    this.trueClause = this.#intern([])
    this.trueFormula = [this.trueClause]
  }

  literalsOf(clause: Clause): readonly number[] {
    return clause < this.stateCount ? [clause * 2] : (this.#literals[clause - this.stateCount] ?? [])
  }

  /** Whether the clause is one state, not negated. */
  isState(clause: Clause): boolean {
    return clause < this.stateCount
  }

  /** Literals in ascending order without repetition. */
  #intern(literals: readonly number[]): Clause {
    const [first] = literals
    if (first !== undefined && literals.length === 1 && (first & 1) === 0) return first >> 1
    const key = literals.join()
    const known = this.#ids.get(key)
    if (known !== undefined) return known
    const id = this.stateCount + this.#literals.push(literals) - 1
    this.#ids.set(key, id)
    return id
  }

  /** Undefined where the two contradict each other. */
  conjunction(a: Clause, b: Clause): Clause | undefined {
    if (a === b || b === this.trueClause) return a
    if (a === this.trueClause) return b
    const literals = [...new Set([...this.literalsOf(a), ...this.literalsOf(b)])].sort((x, y) => x - y)
    this.budget.spend(8 + 2 * literals.length)
    const contradicts = literals.some((literal, at) => (literal & 1) === 0 && literals[at + 1] === literal + 1)
    return contradicts ? undefined : this.#intern(literals)
  }

  and(a: Formula, b: Formula): Formula {
    if (a.includes(this.trueClause)) return b
    if (b.includes(this.trueClause)) return a
    const clauses = new Set<Clause>()
    for (const left of a) {
      for (const right of b) {
        this.budget.spend(1)
        const both = this.conjunction(left, right)
        if (both !== undefined) clauses.add(both)
      }
    }
    return this.simplified(clauses)
  }

  not(formula: Formula): Formula {
    let result = this.trueFormula
    for (const clause of formula) result = this.and(result, this.#notClause(clause))
    return result
  }

  #notClause(clause: Clause): Formula {
    return this.literalsOf(clause)
      .map(literal => this.#intern([literal ^ 1]))
      .sort((a, b) => a - b)
  }

  /** In order, and without clauses that another one implies: a longer clause is the stricter one. */
  simplified(clauses: Iterable<Clause>): Formula {
    const sorted = [...clauses].sort((a, b) => a - b)
    if (sorted.every(clause => this.isState(clause))) return sorted
    if (sorted.includes(this.trueClause)) return this.trueFormula
    return sorted.filter(clause => this.isState(clause) || !this.#hasWeaker(sorted, clause))
  }

  #hasWeaker(among: readonly Clause[], clause: Clause): boolean {
    const literals = new Set(this.literalsOf(clause))
    this.budget.spend(2 * among.length)
    return among.some(other => other !== clause && this.literalsOf(other).every(literal => literals.has(literal)))
  }
}
