/**
 * One step of an alternating automaton: what its states become when one more code point, or the end of the text, is read.
 *
 * Assertions look at both neighbours of a position, so they are resolved one code point late: a state is kept as it was entered, and
 * the paths that need no input (through assertions, choices, look-around) are followed when the next code point is known.
 */
import type { Alphabet } from './alphabet.js'
import type { Budget } from './budget.js'
import { type Clause, Clauses, type Formula } from './formula.js'
import { doneState, type Nfa, type NfaState } from './nfa.js'

/** A place between two code points of the text. */
export interface Position {
  /** Which of the automaton's `before` conditions hold, one bit each. */
  readonly before: bigint
  /** The class of the next code point; the number of classes for the end of the text. */
  readonly next: number
  /** For each monitor whether it is at its end here, in terms of what is still to be read. */
  readonly flags: readonly Formula[]
  /** Equal where the flags are. */
  readonly flagsId: number
  /** What each literal becomes, found so far. */
  readonly successors: Formula[]
}

export interface SteppedMonitor {
  readonly formula: Formula
  /** What must hold of the rest for the monitor to be at its end here. */
  readonly flag: Formula
}

/** Where a walk along paths without input gets to. */
interface Reached {
  /** The paths that then read a code point: what has to hold of the rest. */
  readonly successors: Set<Clause>
  /** The ways a monitor is at its end here. */
  readonly flags: Set<Clause>
}

export class Stepper {
  readonly clauses: Clauses

  constructor(
    readonly nfa: Nfa,
    readonly alphabet: Alphabet,
    readonly budget: Budget,
  ) {
    this.clauses = new Clauses(nfa.states.length, budget)
  }

  /** What must hold of the rest after the position's code point, for the clause to hold before it. */
  stepClause(clause: Clause, position: Position): Formula {
    if (this.clauses.isState(clause)) return this.#stepLiteral(clause * 2, position)
    return this.#stepLiterals(this.clauses.literalsOf(clause), position)
  }

  #stepLiterals(literals: readonly number[], position: Position): Formula {
    let result = this.clauses.trueFormula
    for (const literal of literals) {
      if (result === this.clauses.falseFormula) break
      result = this.clauses.and(result, this.#stepLiteral(literal, position))
    }
    return result
  }

  #stepLiteral(literal: number, position: Position): Formula {
    const known = position.successors[literal]
    if (known !== undefined) return known
    const result =
      (literal & 1) === 1 ? this.clauses.not(this.#stepLiteral(literal - 1, position)) : this.#successorsOf(literal >> 1, position)
    position.successors[literal] = result
    return result
  }

  #successorsOf(state: number, position: Position): Formula {
    this.budget.spend(24)
    const reached = this.#walk([[state, this.clauses.trueClause]], position)
    return this.clauses.anyOf(reached.successors)
  }

  /**
   * One step of a monitor, which starts anew at every position. Each clause of its formula is one of its own states and what must hold
   * of the rest for it to count.
   */
  stepMonitor(monitor: number, formula: Formula, position: Position): SteppedMonitor {
    const from: [number, Clause][] = [[this.nfa.monitors[monitor] ?? 0, this.clauses.trueClause]]
    for (const clause of formula.clauses) {
      const { own, others } = this.#splitMonitorClause(clause)
      for (const condition of this.#stepLiterals(others, position).clauses) from.push([own, condition])
    }
    const reached = this.#walk(from, position)
    return { formula: this.clauses.anyOf(reached.successors), flag: this.clauses.anyOf(reached.flags) }
  }

  #splitMonitorClause(clause: Clause): { readonly own: number; readonly others: readonly number[] } {
    const literals = this.clauses.literalsOf(clause)
    const own = literals.find(literal => this.nfa.inMonitor[literal >> 1]) ?? 0
    return { own: own >> 1, others: literals.filter(literal => literal !== own) }
  }

  #walk(from: readonly (readonly [number, Clause])[], position: Position): Reached {
    const reached: Reached = { successors: new Set(), flags: new Set() }
    const seen = new Map<number, Clause[]>()
    const open = [...from]
    for (let top = open.pop(); top !== undefined; top = open.pop()) {
      const [state, condition] = top
      if (this.#isNews(seen, state, condition)) this.#follow(state, condition, position, open, reached)
    }
    return reached
  }

  /** A state that was reached before under a weaker condition, or the same, leads to nothing new. */
  #isNews(seen: Map<number, Clause[]>, state: number, condition: Clause): boolean {
    this.budget.spend(4)
    const earlier = seen.get(state)
    if (earlier === undefined) {
      seen.set(state, [condition])
      return true
    }
    this.budget.spend(earlier.length)
    if (earlier.some(weaker => weaker === condition || this.clauses.conjunction(weaker, condition) === condition)) return false
    earlier.push(condition)
    return true
  }

  #follow(state: number, condition: Clause, position: Position, open: (readonly [number, Clause])[], reached: Reached): void {
    const at: NfaState = this.nfa.states[state] ?? { kind: 'done' }
    const goOn = (next: number, also: Formula = this.clauses.trueFormula) => {
      for (const clause of also.clauses) {
        const both = this.clauses.conjunction(condition, clause)
        if (both !== undefined) open.push([next, both])
      }
    }
    switch (at.kind) {
      case 'done':
        reached.successors.add(condition)
        return
      case 'flag':
        reached.flags.add(condition)
        return
      case 'char': {
        if (!this.#contains(at.set, position.next)) return
        const both = at.next === doneState ? condition : this.clauses.conjunction(condition, at.next)
        if (both !== undefined) reached.successors.add(both)
        return
      }
      case 'split':
        goOn(at.second)
        goOn(at.first)
        return
      case 'before':
        if (((position.before >> BigInt(at.condition)) & 1n) === 1n) goOn(at.next)
        return
      case 'after':
        if (this.#isEnd(position) ? at.edge : this.#contains(at.set, position.next)) goOn(at.next)
        return
      case 'ahead':
        goOn(at.next, this.#stepLiteral(at.body * 2 + (at.negated ? 1 : 0), position))
        return
      case 'behind': {
        const flag = position.flags[at.monitor] ?? this.clauses.falseFormula
        goOn(at.next, at.negated ? this.clauses.not(flag) : flag)
        return
      }
      default:
        return at satisfies never
    }
  }

  #contains(set: number, charClass: number): boolean {
    return this.alphabet.members[set]?.[charClass] === 1
  }

  #isEnd(position: Position): boolean {
    return position.next === this.alphabet.classes.length
  }
}
