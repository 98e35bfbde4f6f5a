/** The tests of a table on one request: each field looked up once, each test decided at most once. */
import { AbstractString } from './abstract-string.js'
import { equals } from './equality.js'
import { hasTest, type WantedReader } from './has-test.js'
import { hostMatches, hostOf } from './host.js'
import { completions } from './completions.js'
import { backtrackingMachine, circuitMachine } from './irregular.js'
import { FALSE, type Kleene, not, or, TRUE, UNKNOWN } from './kleene.js'
import { cidrTest } from './network.js'
import { normalizePath } from './path.js'
import { Bases, pathTest } from './path-test.js'
import type { Request, Value, ValueMap } from './request.js'
import { accepts, acceptsAscii, acceptsText } from './run-automaton.js'
import type { BacktrackingMachine } from './run-backtracking.js'
import type { CircuitMachine } from './run-circuit.js'
import { SymbolReader, type Symbols } from './symbols.js'
import { NONE, OPERATOR, SECTION, type Table, TEST_WORDS, unmade } from './table.js'
import { asText, fieldValue, isList } from './value.js'

type Relation = (a: number, b: number) => boolean

const RELATIONS: readonly Relation[] = [(a, b) => a < b, (a, b) => a <= b, (a, b) => a > b, (a, b) => a >= b]

/** What is made of a table's constants and patterns when first used, shared by all evaluations. */
export class Constants {
  private readonly values: Value[] = []
  private readonly sets: ReadonlySet<Value>[] = []
  private readonly circuits: CircuitMachine[] = []
  private readonly programs: BacktrackingMachine[] = []

  constructor(private readonly table: Table) {}

  value(index: number): Value {
    return (this.values[index] ??= JSON.parse(this.table.text(index)) as Value) // the compiler wrote JSON
  }

  /** The elements of a list constant, for finding a scalar among many. */
  set(index: number): ReadonlySet<Value> {
    return (this.sets[index] ??= new Set(this.value(index) as readonly Value[])) // `one_of` takes a list
  }

  circuit(pattern: number): CircuitMachine {
    return (this.circuits[pattern] ??= circuitMachine(this.table.circuit(pattern)))
  }

  backtracking(pattern: number): BacktrackingMachine {
    return (this.programs[pattern] ??= backtrackingMachine(this.table.program(pattern)))
  }
}

/** The same text as engines keep the names of properties: they find it again without looking at its characters. */
function asKey(name: string): string {
  return Object.keys({ [name]: 0 })[0] as string // the one key
}

/** A test, unpacked, and how it came out last. */
interface TestMemory {
  readonly packed: number
  readonly field: number
  readonly a: number
  readonly b: number
  /** What `a` is the offset of, where that is a list and was asked for. */
  list: readonly number[] | undefined
  /** The request for which it was decided. */
  number: number
  result: Kleene
}

/** A field and what it holds in the request at hand. */
class FieldMemory {
  value: Value | undefined
  private number = 0
  private symbolsNumber = 0
  private pathNumber = 0
  private normal: string | AbstractString | undefined
  private readonly keys: readonly string[]
  private reader: SymbolReader | undefined

  constructor(
    private readonly table: Table,
    field: number,
  ) {
    this.keys = table.list(table.word(SECTION.fields, field)).map(name => asKey(table.text(name)))
  }

  lookUp(request: Request, number: number): this {
    if (this.number !== number) {
      this.value = fieldValue(request, this.keys)
      this.number = number
    }
    return this
  }

  /** The value just looked up as a path in its normal form, which all tests of it compare; undefined where it is no text. */
  path(context: ValueMap): string | AbstractString | undefined {
    if (this.pathNumber !== this.number) {
      const text = this.value === undefined ? undefined : asText(this.value)
      this.normal = text === undefined ? undefined : normalizePath(text, context)
      this.pathNumber = this.number
    }
    return this.normal
  }

  /** @param text the text of the value just looked up */
  symbols(text: string): Symbols {
    const reader = (this.reader ??= new SymbolReader(this.table))
    if (this.symbolsNumber !== this.number) {
      reader.read(text)
      this.symbolsNumber = this.number
    }
    return reader
  }
}

/**
 * One request under evaluation. It is used again for the next one: what it remembers is stamped with the request's number,
 * so that a decision clears and allocates nothing.
 */
export class Evaluation {
  /** None before the first `begin`. */
  private current = {} as Request
  private number = 0
  /** Those asked about so far: a hook decides once, and looks at a few. */
  private readonly fields: FieldMemory[] = []
  private readonly tests: (TestMemory | undefined)[]
  private readonly elements: WantedReader
  private readonly bases = new Bases()
  /** The request that these are of. */
  private basesNumber = 0

  constructor(
    private readonly table: Table,
    private readonly constants: Constants,
  ) {
    this.tests = unmade(table.count(SECTION.tests))
    this.elements = { constant: index => constants.value(index), match: (text, pattern) => this.match(text, pattern) }
  }

  /** Turns to the next request. */
  begin(request: Request): this {
    this.current = request
    this.number++
    return this
  }

  /** What a field holds; undefined where it is missing. */
  value(field: number): Value | undefined {
    return this.memory(field).value
  }

  /** The value of a test, its negation applied; false over a missing field but for `not_exists`. */
  test(index: number): Kleene {
    const test = this.testAt(index)
    if (test.number !== this.number) {
      test.result = this.decide(test)
      test.number = this.number
    }
    return test.result
  }

  /** What the test looked at. */
  operand(index: number): Value | undefined {
    return this.value(this.testAt(index).field)
  }

  private memory(field: number): FieldMemory {
    const memory = (this.fields[field] ??= new FieldMemory(this.table, field))
    return memory.lookUp(this.current, this.number)
  }

  private testAt(index: number): TestMemory {
    return (this.tests[index] ??= this.readTest(index))
  }

  private readTest(index: number): TestMemory {
    const word = (i: number) => this.table.word(SECTION.tests, index * TEST_WORDS + i)
    return { packed: word(0), field: word(1), a: word(2), b: word(3), list: undefined, number: 0, result: FALSE }
  }

  private decide(test: TestMemory): Kleene {
    const operator = test.packed & 255
    const negated = (test.packed & 256) !== 0
    const value = this.value(test.field)
    if (operator === OPERATOR.exists) return (value !== undefined) === negated ? FALSE : TRUE
    if (value === undefined) return FALSE
    const positive = this.positive(operator, value, test)
    return negated ? not(positive) : positive
  }

  private positive(operator: number, value: Value, test: TestMemory): Kleene {
    const { packed, field, a, b } = test
    switch (operator) {
      case OPERATOR.equals:
        return equals(value, this.constants.value(a))
      case OPERATOR.one_of:
        return this.oneOf(value, a)
      case OPERATOR.contains:
        return isList(value) ? contains(value, this.constants.value(a)) : b === NONE ? UNKNOWN : this.pattern(value, b, field)
      case OPERATOR.pattern:
        return this.pattern(value, a, field)
      case OPERATOR.order:
        return this.order(value, RELATIONS[(packed >> 16) & 3] as Relation, a, b, field) // there are four
      case OPERATOR.path:
        return this.path(field, this.listOf(test))
      case OPERATOR.host:
        return this.host(value, this.listOf(test))
      case OPERATOR.cidr:
        return this.cidr(value, this.listOf(test))
      case OPERATOR.has:
        return hasTest(value, this.listOf(test), b === 1, this.elements)
      default:
        throw new Error('the decision table is damaged')
    }
  }

  private listOf(test: TestMemory): readonly number[] {
    return (test.list ??= this.table.list(test.a))
  }

  private oneOf(value: Value, constant: number): Kleene {
    if (typeof value === 'object') return contains(this.constants.value(constant) as readonly Value[], value, equalsSwapped) // a list, see `set`
    return this.constants.set(constant).has(value) ? TRUE : FALSE
  }

  /** A text or what converts to one against a pattern; a list or map is neither yes nor no. */
  private pattern(value: Value, pattern: number, field: number): Kleene {
    const text = asText(value)
    if (text === undefined) return UNKNOWN
    const kind = this.table.machineKind(pattern)
    if (typeof text !== 'string') return kind === 'automaton' ? completions(this.table, this.table.automaton(pattern), text) : UNKNOWN
    if (kind === 'backtracking') return this.constants.backtracking(pattern).test(text)
    if (kind === 'circuit') return this.constants.circuit(pattern).test(this.memory(field).symbols(text))
    const automaton = this.table.automaton(pattern, text)
    return (acceptsAscii(automaton, text) ?? accepts(automaton, this.memory(field).symbols(text))) ? TRUE : FALSE
  }

  /** A text that is no field of its own. */
  private match(text: string | AbstractString, pattern: number): Kleene {
    if (typeof text !== 'string') return completions(this.table, this.table.automaton(pattern), text)
    return acceptsText(this.table, pattern, text) ? TRUE : FALSE
  }

  private order(value: Value, relation: Relation, constant: number, automaton: number, field: number): Kleene {
    if (automaton !== NONE)
      return typeof value === 'string' || value instanceof AbstractString ? this.pattern(value, automaton, field) : UNKNOWN
    if (typeof value !== 'number') return UNKNOWN
    return relation(value, this.constants.value(constant) as number) ? TRUE : FALSE // a text has an automaton
  }

  /** A list or map is no path that anything is known of. */
  private path(field: number, alternatives: readonly number[]): Kleene {
    const { context } = this.current
    const path = this.memory(field).path(context)
    if (path === undefined) return UNKNOWN
    if (this.basesNumber !== this.number) {
      this.bases.begin(context)
      this.basesNumber = this.number
    }
    return pathTest(this.table, path, alternatives, this.bases)
  }

  private host(value: Value, patterns: readonly number[]): Kleene {
    const text = asText(value)
    if (text === undefined) return UNKNOWN
    const host = hostOf(text)
    if (host.kind === 'unknown') return UNKNOWN
    return host.kind === 'host' && patterns.some(pattern => hostMatches(host.name, this.table.text(pattern))) ? TRUE : FALSE
  }

  private cidr(value: Value, networks: readonly number[]): Kleene {
    const text = asText(value)
    return text === undefined ? UNKNOWN : cidrTest(text, networks)
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
