/** The tests of a table on one request: each field looked up once, each test decided at most once. */
import { AbstractString } from './abstract-string.js'
import { couldBe, equals } from './equality.js'
import { hostMatches, hostOf } from './host.js'
import { FALSE, type Kleene, not, or, TRUE, UNKNOWN } from './kleene.js'
import { pathTest } from './path-test.js'
import type { Request, Value } from './request.js'
import { accepts, completions } from './run-automaton.js'
import { type Symbols, symbolsOf } from './symbols.js'
import { NONE, OPERATOR, SECTION, type Table, TEST_WORDS } from './table.js'
import { asText, fieldValue, isList } from './value.js'

const RELATIONS: readonly ((a: number, b: number) => boolean)[] = [(a, b) => a < b, (a, b) => a <= b, (a, b) => a > b, (a, b) => a >= b]

/** Constants of the policy, parsed when first used and shared by all evaluations of a table. */
export class Constants {
  private readonly values: Value[] = []
  private readonly sets: ReadonlySet<Value>[] = []

  constructor(private readonly table: Table) {}

  value(index: number): Value {
    const known = this.values[index]
    if (known !== undefined) return known
    const value = JSON.parse(this.table.text(index)) as Value // the compiler wrote JSON
    this.values[index] = value
    return value
  }

  /** The elements of a list constant, for finding a scalar among many. */
  set(index: number): ReadonlySet<Value> {
    const known = this.sets[index]
    if (known !== undefined) return known
    const set = new Set(this.value(index) as readonly Value[]) // `one_of` takes a list
    this.sets[index] = set
    return set
  }
}

export class Evaluation {
  /** Null where the field has not been looked up, undefined where it is missing: a field's value is never null. */
  private readonly fields: (Value | undefined)[]
  private readonly symbols: Symbols[] = []
  /** One more than each test's value; zero where it has not been decided. */
  private readonly results: Uint8Array

  constructor(
    private readonly table: Table,
    private readonly constants: Constants,
    readonly request: Request,
  ) {
    this.fields = new Array<Value>(table.count(SECTION.fields)).fill(null)
    this.results = new Uint8Array(table.count(SECTION.tests))
  }

  /** The value of a test, its negation applied; false over a missing field but for `not_exists`. */
  test(index: number): Kleene {
    const known = this.results[index]
    if (known) return (known - 1) as Kleene // stored below
    const result = this.decide(index)
    this.results[index] = result + 1
    return result
  }

  /** What the test looked at. */
  operand(index: number): Value | undefined {
    return this.field(this.word(index, 1))
  }

  private fieldSymbols(field: number, text: string): Symbols {
    const known = this.symbols[field]
    if (known !== undefined) return known
    const symbols = symbolsOf(text, this.table)
    this.symbols[field] = symbols
    return symbols
  }

  private field(field: number): Value | undefined {
    const known = this.fields[field]
    if (known !== null) return known
    const list = this.table.list(this.table.word(SECTION.fields, field))
    const value = fieldValue(
      this.request,
      list.map(name => this.table.text(name)),
    )
    this.fields[field] = value
    return value
  }

  private word(test: number, index: number): number {
    return this.table.word(SECTION.tests, test * TEST_WORDS + index)
  }

  private decide(index: number): Kleene {
    const packed = this.word(index, 0)
    const operator = packed & 255
    const negated = (packed & 256) !== 0
    const value = this.operand(index)
    if (operator === OPERATOR.exists) return (value !== undefined) === negated ? FALSE : TRUE
    if (value === undefined) return FALSE
    const positive = this.positive(operator, value, index)
    return negated ? not(positive) : positive
  }

  private positive(operator: number, value: Value, index: number): Kleene {
    const a = this.word(index, 2)
    const b = this.word(index, 3)
    switch (operator) {
      case OPERATOR.equals:
        return equals(value, this.constants.value(a))
      case OPERATOR.one_of:
        return this.oneOf(value, a)
      case OPERATOR.contains:
        return isList(value) ? contains(value, this.constants.value(a)) : b === NONE ? UNKNOWN : this.pattern(value, b, index)
      case OPERATOR.pattern:
        return this.pattern(value, a, index)
      case OPERATOR.order:
        return this.order(value, index, a, b)
      case OPERATOR.path:
        return pathTest(this.table, value, this.table.list(a), this.request.context)
      case OPERATOR.host:
        return this.host(value, this.table.list(a))
      default:
        throw new Error('the decision table is damaged')
    }
  }

  private oneOf(value: Value, constant: number): Kleene {
    if (value instanceof AbstractString)
      return [...this.constants.set(constant)].some(text => typeof text === 'string' && couldBe(value, text)) ? UNKNOWN : FALSE
    if (typeof value === 'object') return contains(this.constants.value(constant) as readonly Value[], value, equalsSwapped) // a list, see `set`
    return this.constants.set(constant).has(value) ? TRUE : FALSE
  }

  /** The symbols of a field's text; `no text` for a value that is none, or known only in part. */
  textSymbols(field: number): Symbols | 'missing' | 'no text' {
    const value = this.field(field)
    if (value === undefined) return 'missing'
    const text = asText(value)
    return typeof text === 'string' ? this.fieldSymbols(field, text) : 'no text'
  }

  /** A text or what converts to one against an automaton; a list or map is neither yes nor no. */
  private pattern(value: Value, automaton: number, test: number): Kleene {
    const text = asText(value)
    if (text === undefined) return UNKNOWN
    if (typeof text !== 'string') return completions(this.table, this.table.automaton(automaton), text)
    return accepts(this.table.automaton(automaton), this.fieldSymbols(this.word(test, 1), text)) ? TRUE : FALSE
  }

  private order(value: Value, index: number, constant: number, automaton: number): Kleene {
    if (automaton !== NONE)
      return typeof value === 'string' || value instanceof AbstractString ? this.pattern(value, automaton, index) : UNKNOWN
    const limit = this.constants.value(constant)
    const relation = RELATIONS[(this.word(index, 0) >> 16) & 3]
    if (typeof value !== 'number' || typeof limit !== 'number' || relation === undefined) return UNKNOWN
    return relation(value, limit) ? TRUE : FALSE
  }

  private host(value: Value, patterns: readonly number[]): Kleene {
    const text = asText(value)
    if (text === undefined) return UNKNOWN
    const host = hostOf(text)
    if (host.kind === 'unknown') return UNKNOWN
    return host.kind === 'host' && patterns.some(pattern => hostMatches(host.name, this.table.text(pattern))) ? TRUE : FALSE
  }
}

function contains(list: readonly Value[], element: Value, same: (a: Value, b: Value) => Kleene = equals): Kleene {
  let result: Kleene = FALSE
  for (const item of list) result = or(result, same(item, element))
  return result
}

/** `equals` with the constant first, as where the listed ones are the policy's. */
function equalsSwapped(constant: Value, value: Value): Kleene {
  return equals(value, constant)
}
