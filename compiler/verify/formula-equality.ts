/**
 * Whether two formulas over the tests of a table have the same value in Kleene's logic, whatever a request holds. Both are
 * simplified alike; where they still differ, the cases of one test after the other are gone through. What is known of tests:
 * over a missing field all are false but that it is missing; a negated one is the opposite of the plain one over a present field.
 */
import { OPERATOR, SECTION, type Table, TEST_WORDS } from '../../runtime/decide/table.js'
import type { Effort } from './effort.js'
import type { FormulaTree } from './formula-tree.js'

/** False, unknown, true, in that order: and is the smaller one, or the larger one, not the opposite. */
type Value = 0 | 1 | 2

/** A simplified formula: a value, or a tree with a text that equal ones share. */
type Simple = Value | { readonly tree: FormulaTree; readonly key: string; readonly test: number }

interface Case {
  readonly presence: ReadonlyMap<number, boolean>
  /** By operation, its negation left out. */
  readonly values: ReadonlyMap<string, Value>
}

const NEGATED = 256

/** @throws EffortSpent */
export function haveEqualValues(table: Table, a: FormulaTree, b: FormulaTree, effort: Effort): boolean {
  return new Comparison(table, effort).equal(a, b, { presence: new Map(), values: new Map() })
}

class Comparison {
  constructor(
    readonly table: Table,
    readonly effort: Effort,
  ) {}

  equal(a: FormulaTree, b: FormulaTree, known: Case): boolean {
    this.effort.spend(1000)
    const [left, right] = [this.#simple(a, known), this.#simple(b, known)]
    if (left === right || (typeof left === 'object' && typeof right === 'object' && left.key === right.key)) return true
    if (typeof left === 'number' && typeof right === 'number') return false
    const test = typeof left === 'object' ? left.test : typeof right === 'object' ? right.test : 0
    return this.#casesOf(test, known).every(next => this.equal(treeOf(left), treeOf(right), next))
  }

  #word(test: number, word: number): number {
    return this.table.word(SECTION.tests, test * TEST_WORDS + word)
  }

  #operation(test: number): string {
    return [this.#word(test, 0) & ~NEGATED, this.#word(test, 1), this.#word(test, 2), this.#word(test, 3)].join()
  }

  /** The first thing that is not known of the test, in all its ways. */
  #casesOf(test: number, { presence, values }: Case): readonly Case[] {
    const field = this.#word(test, 1)
    if (presence.get(field) === undefined) return [true, false].map(is => ({ presence: new Map(presence).set(field, is), values }))
    return this.#valuesOf(test).map(value => ({ presence, values: new Map(values).set(this.#operation(test), value) }))
  }

  /** What a plain test can be over a present field. */
  #valuesOf(test: number): readonly Value[] {
    const operator = this.#word(test, 0) & 255
    if (operator !== OPERATOR.equals && operator !== OPERATOR.one_of) return [0, 1, 2]
    const constant = JSON.parse(this.table.text(this.#word(test, 2))) as unknown
    const listed: readonly unknown[] = operator === OPERATOR.one_of && Array.isArray(constant) ? constant : [constant]
    // No present field is null; and what is known only in part is text, which no number or boolean equals.
    if (listed.every(each => each === null)) return [0]
    return listed.every(each => typeof each === 'number' || typeof each === 'boolean') ? [0, 2] : [0, 1, 2]
  }

  #valueOf(test: number, { presence, values }: Case): Value | undefined {
    const packed = this.#word(test, 0)
    const present = presence.get(this.#word(test, 1))
    if (present === undefined) return undefined
    if ((packed & 255) === OPERATOR.exists) return present !== ((packed & NEGATED) !== 0) ? 2 : 0
    const value = present ? values.get(this.#operation(test)) : 0
    return value === undefined || !present || (packed & NEGATED) === 0 ? value : opposite(value)
  }

  #simple(tree: FormulaTree, known: Case): Simple {
    this.effort.spend(10)
    switch (tree.kind) {
      case 'test':
        return this.#valueOf(tree.test, known) ?? { tree, key: this.#key(tree.test), test: tree.test }
      case 'not': {
        const of = this.#simple(tree.of, known)
        if (typeof of === 'number') return opposite(of)
        return of.tree.kind === 'not'
          ? this.#simple(of.tree.of, known)
          : { tree: { kind: 'not', of: of.tree }, key: `!${of.key}`, test: of.test }
      }
      case 'and':
      case 'or':
        return this.#junction(tree.kind, tree.of, known)
      case 'unknown':
        return 1
      default:
        return tree satisfies never
    }
  }

  #key(test: number): string {
    return `${this.#word(test, 0) & NEGATED} ${this.#operation(test)}`
  }

  #junction(kind: 'and' | 'or', of: readonly FormulaTree[], known: Case): Simple {
    let value: Value = kind === 'and' ? 2 : 0
    const parts = new Map<string, Exclude<Simple, Value>>()
    for (const part of of.map(each => this.#simple(each, known)).flatMap(each => this.#partsOf(each, kind, known))) {
      if (typeof part === 'object') parts.set(part.key, part)
      else value = kind === 'and' ? least(value, part) : most(value, part)
    }
    const [only] = parts.values()
    if (only === undefined || value === (kind === 'and' ? 0 : 2)) return value
    const isNeutral = value === (kind === 'and' ? 2 : 0)
    if (parts.size === 1 && isNeutral) return only
    const sorted = [...parts.values()].sort((a, b) => (a.key < b.key ? -1 : 1))
    const trees = [...sorted.map(part => part.tree), ...(isNeutral ? [] : [UNKNOWN_TREE])]
    return { tree: { kind, of: trees }, key: `${kind}(${sorted.map(part => part.key).join(';')}${isNeutral ? '' : ';?'})`, test: only.test }
  }

  #partsOf(part: Simple, kind: 'and' | 'or', known: Case): readonly Simple[] {
    if (typeof part === 'number' || part.tree.kind !== kind) return [part]
    return part.tree.of.map(each => this.#simple(each, known))
  }
}

/** Stands for the value unknown inside a tree. */
const UNKNOWN_TREE: FormulaTree = { kind: 'unknown' }
const TREES: readonly FormulaTree[] = [{ kind: 'or', of: [] }, UNKNOWN_TREE, { kind: 'and', of: [] }]

function treeOf(simple: Simple): FormulaTree {
  return typeof simple === 'number' ? (TREES[simple] ?? UNKNOWN_TREE) : simple.tree
}

function opposite(value: Value): Value {
  return value === 1 ? 1 : value === 0 ? 2 : 0
}

function least(a: Value, b: Value): Value {
  return a < b ? a : b
}

function most(a: Value, b: Value): Value {
  return a > b ? a : b
}
