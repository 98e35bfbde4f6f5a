/**
 * Boolean formulas over automaton states, in disjunctive normal form.
 *
 * A literal is a state or its negation (`state * 2`, `state * 2 + 1`). A clause is a conjunction of literals, known by number; the clause
 * that is just state q has the number q, so that patterns without look-around, whose formulas are sets of states, pay for no more than
 * that. A formula is an ascending list of clauses, none implied by another; no clause is false, and one that is just the empty clause is true.
 * Equal formulas are one object: they are told apart by their number.
 */
import type { Budget } from './budget.js'
import { NumberBuffer, NumberLists, NumberMarks, NumberPairs, type Numbers } from './number-lists.js'

export type Clause = number

export interface Formula {
  readonly id: number
  readonly clauses: readonly Clause[]
}

export class Clauses {
  readonly #literals: (readonly number[])[] = []
  readonly #ids = new Map<string, Clause>()
  readonly #lists = new NumberLists()
  readonly #formulas: Formula[] = []
  /** By the numbers of two formulas. */
  readonly #disjunctions = new NumberPairs()
  readonly #marks = new NumberMarks()
  readonly #buffer = new NumberBuffer()
  readonly trueClause: Clause
  readonly trueFormula: Formula
  readonly falseFormula: Formula

  constructor(
    readonly stateCount: number,
    readonly budget: Budget,
  ) {
    this.trueClause = this.#intern([])
    this.trueFormula = this.#ofClause(this.trueClause)
    this.falseFormula = this.#formula(this.#buffer.clear())
  }

  literalsOf(clause: Clause): readonly number[] {
    return clause < this.stateCount ? [clause * 2] : (this.#literals[clause - this.stateCount] ?? [])
  }

  /** Whether the clause is one state, not negated. */
  isState(clause: Clause): boolean {
    return clause < this.stateCount
  }

  /** The formula that is just one state. */
  ofState(state: number): Formula {
    return this.#ofClause(state)
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
    if (a === this.trueFormula) return b
    if (b === this.trueFormula) return a
    for (const left of a.clauses) {
      for (const right of b.clauses) {
        this.budget.spend(1)
        const both = this.conjunction(left, right)
        if (both !== undefined) this.#marks.add(both)
      }
    }
    return this.#simplified()
  }

  not(formula: Formula): Formula {
    let result = this.trueFormula
    for (const clause of formula.clauses) result = this.and(result, this.#notClause(clause))
    return result
  }

  #notClause(clause: Clause): Formula {
    return this.anyOf(this.literalsOf(clause).map(literal => this.#intern([literal ^ 1])))
  }

  /** The disjunction of clauses. */
  anyOf(clauses: Iterable<Clause>): Formula {
    for (const clause of clauses) this.#marks.add(clause)
    return this.#simplified()
  }

  /** The disjunction of two formulas, all three by number. */
  eitherOf(a: number, b: number): number {
    if (a === b || a === this.trueFormula.id || b === this.falseFormula.id) return a
    if (b === this.trueFormula.id || a === this.falseFormula.id) return b
    const known = this.#disjunctions.valueOf(a, b, -1)
    if (known !== -1) return known
    for (const clause of this.formula(a).clauses) this.#marks.add(clause)
    for (const clause of this.formula(b).clauses) this.#marks.add(clause)
    const { id, clauses } = this.#simplified()
    this.budget.spend(2 * clauses.length)
    this.#disjunctions.set(a, b, id)
    return id
  }

  /** The formula of a number that another formula gave. */
  formula(id: number): Formula {
    return this.#formulas[id] ?? this.falseFormula
  }

  /** Of the marked clauses those that no other one implies: a longer clause is the stricter one. */
  #simplified(): Formula {
    const marked = this.#marks.take()
    // States have the smallest numbers, and the true clause comes right after them.
    if (marked.length === 0 || (marked.values[marked.length - 1] as number) < this.stateCount) return this.#formula(marked) // in bounds
    const clauses = Array.from(marked.values.subarray(0, marked.length))
    if (clauses.includes(this.trueClause)) return this.trueFormula
    this.#buffer.clear()
    for (const clause of clauses) if (this.isState(clause) || !this.#hasWeaker(clauses, clause)) this.#buffer.add(clause)
    return this.#formula(this.#buffer)
  }

  #hasWeaker(among: readonly Clause[], clause: Clause): boolean {
    const literals = this.literalsOf(clause)
    this.budget.spend(2 * among.length)
    return among.some(other => other !== clause && this.literalsOf(other).every(literal => literals.includes(literal)))
  }

  #ofClause(clause: Clause): Formula {
    return this.#formula(this.#buffer.clear().add(clause))
  }

  #formula(clauses: Numbers): Formula {
    const id = this.#lists.idOf(clauses)
    return (this.#formulas[id] ??= { id, clauses: this.#lists.at(id) })
  }
}
