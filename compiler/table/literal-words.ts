/** The literals of guards as the table holds them: per field how they are found, per literal the statements that are looked up by it. */
import { eachGramEnd, GRAM_END_WORDS, GRAM_LENGTH, gramSlot, packGram } from '../../runtime/decide/grams.js'
import { ASCII, FINDER, NONE } from '../../runtime/decide/table.js'
import type { Guard, Ir } from '../ir/ir.js'
import { readLiteral } from '../patterns/literal.js'
import { cellsBlock } from './automaton-bytes.js'
import { sumOf, withSums } from './block-sums.js'
import { literalAutomaton, type LiteralAutomaton } from './literal-automaton.js'
import { slotsFor } from './slots.js'
import type { ListPool } from './writer.js'

export interface LiteralWords {
  /** Per statement: the list of the sets that its guard asks for besides, or NONE. */
  readonly furtherSets: readonly number[]
  readonly literals: readonly number[]
  readonly finders: readonly (readonly number[])[]
  readonly grams: readonly number[]
  readonly gramEnds: readonly number[]
  /** What belongs at the end of `bytes`, one block after the other. */
  readonly blocks: readonly Uint8Array[]
}

type LiteralGuard = Guard & { readonly kind: 'literals' }

/** Beyond this many transitions the literals of a field are found by grams: a column's place no longer fits two bytes. */
const MOST_TRANSITIONS = 65_536 - ASCII

/** @param bytesStart where the first block will stand in `bytes` */
export function literalWords(ir: Ir, fieldId: (field: string) => number, lists: ListPool, bytesStart: number): LiteralWords {
  const writer = new LiteralWriter(lists, bytesStart)
  const guards = ir.statements.map(({ guard }) => (guard?.kind === 'literals' ? guard : undefined))
  for (const field of new Set(guards.flatMap(guard => guard?.field ?? []))) {
    writer.addField(fieldId(field), [...new Set(guards.flatMap(guard => (guard?.field === field ? guard.sets.flat() : [])))], field)
  }
  const furtherSets = guards.map(guard => (guard === undefined ? NONE : writer.furtherSets(guard)))
  return { ...writer.words(), furtherSets, literals: writer.literals(guards) }
}

class LiteralWriter {
  /** The numbers of literals, by field. */
  readonly #numbers = new Map<string, ReadonlyMap<string, number>>()
  readonly #finders: (readonly number[])[] = []
  readonly #grams: number[] = []
  readonly #gramEnds: number[] = []
  readonly #blocks: Uint8Array[] = []
  #count = 0
  #bytes: number

  constructor(
    readonly lists: ListPool,
    bytesStart: number,
  ) {
    this.#bytes = bytesStart
  }

  words() {
    return { finders: this.#finders, grams: this.#grams, gramEnds: this.#gramEnds, blocks: this.#blocks }
  }

  addField(fieldId: number, literals: readonly string[], field: string): void {
    const first = this.#count
    this.#count += literals.length
    this.#numbers.set(field, new Map(literals.map((literal, at) => [literal, first + at])))
    const automaton = literalAutomaton(literals.map(textOf), MOST_TRANSITIONS)
    const words =
      automaton === undefined ? this.#gramFinder(literals.map(textOf), first) : this.#automatonFinder(automaton, literals, first)
    this.#finders.push([fieldId, ...words])
  }

  #numberOf(field: string, literal: string): number {
    return this.#numbers.get(field)?.get(literal) ?? NONE
  }

  /** The statements of each literal that some are looked up by. */
  literals(guards: readonly (LiteralGuard | undefined)[]): readonly number[] {
    const statements = new Map<number, number[]>()
    guards.forEach((guard, statement) => {
      for (const literal of guard?.sets[0] ?? []) {
        const number = this.#numberOf(guard?.field ?? '', literal)
        statements.set(number, [...(statements.get(number) ?? []), statement])
      }
    })
    return Array.from({ length: this.#count }, (_, literal) => {
      const list = statements.get(literal)
      return list === undefined ? NONE : this.lists.add(list)
    })
  }

  furtherSets({ field, sets }: LiteralGuard): number {
    const further = sets.slice(1)
    if (further.length === 0) return NONE
    return this.lists.add(further.flatMap(set => [set.length, ...set.map(literal => this.#numberOf(field, literal))]))
  }

  #automatonFinder(automaton: LiteralAutomaton, literals: readonly string[], first: number): readonly number[] {
    const { classes, classCount, stateCount, transitions, firstEnd, ends } = automaton
    const columns = classes.map(each => ASCII + each * stateCount)
    const block = cellsBlock([...columns, ...columnByColumn(transitions, stateCount, classCount)])
    const offset = this.#bytes
    const summed = withSums(block)
    this.#blocks.push(summed)
    this.#bytes += summed.length
    const found = ends.map(each => this.lists.add(each.flatMap(literal => [first + literal, edgesOf(literals[literal] ?? '')])))
    return [FINDER.automaton, offset, block.length, sumOf(block), stateCount, classCount, firstEnd, this.lists.add(found)]
  }

  #gramFinder(literals: readonly string[], first: number): readonly number[] {
    const byGram = literalsByGram(literals)
    const start = this.#grams.length / 2
    const endsStart = this.#gramEnds.length
    const table = gramTable(byGram, gram => this.lists.add((byGram.get(gram) ?? []).map(literal => first + literal)))
    for (const word of table) this.#grams.push(word)
    this.#gramEnds.push(...endBits([...byGram.keys()]))
    const lengths = [...byGram.keys()].reduce((mask, gram) => mask | (1 << gram.length), 0)
    return [FINDER.grams, start, table.length / 2, endsStart, lengths, 0, 0, 0]
  }
}

function textOf(literal: string): string {
  return readLiteral(literal).text
}

function edgesOf(literal: string): number {
  const { text, before, after } = readLiteral(literal)
  return (before ? 2 * (text.length + 1) : 0) + (after ? 1 : 0)
}

function columnByColumn(transitions: readonly number[], stateCount: number, classCount: number): readonly number[] {
  return Array.from(
    { length: classCount * stateCount },
    (_, at) => transitions[(at % stateCount) * classCount + Math.floor(at / stateCount)] ?? 0,
  )
}

/** Each literal, by index, is found by the one of its grams that the fewest literals share. */
function literalsByGram(literals: readonly string[]): ReadonlyMap<string, readonly number[]> {
  const frequency = new Map<string, number>()
  for (const literal of literals) for (const gram of gramsOf(literal)) frequency.set(gram, (frequency.get(gram) ?? 0) + 1)
  const byGram = new Map<string, number[]>()
  literals.forEach((literal, at) => {
    const gram = rarest(literal, frequency)
    const sharing = byGram.get(gram)
    if (sharing === undefined) byGram.set(gram, [at])
    else sharing.push(at)
  })
  return byGram
}

function gramsOf(literal: string): readonly string[] {
  if (literal.length <= GRAM_LENGTH) return [literal]
  return Array.from({ length: literal.length - GRAM_LENGTH + 1 }, (_, i) => literal.slice(i, i + GRAM_LENGTH))
}

function rarest(literal: string, frequency: ReadonlyMap<string, number>): string {
  return gramsOf(literal).reduce((a, b) => ((frequency.get(b) ?? 0) < (frequency.get(a) ?? 0) ? b : a))
}

function endBits(grams: readonly string[]): readonly number[] {
  const words = new Uint32Array(GRAM_END_WORDS)
  for (const gram of grams) {
    eachGramEnd(gram, pair => {
      words[pair >> 5] = (words[pair >> 5] ?? 0) | (1 << (pair & 31))
    })
  }
  return [...words]
}

function gramTable(byGram: ReadonlyMap<string, readonly number[]>, listOf: (gram: string) => number): readonly number[] {
  const slots = slotsFor(byGram.size)
  const table = new Array<number>(2 * slots).fill(0)
  for (const gram of byGram.keys()) {
    const packed = packGram(gram)
    let slot = gramSlot(packed, slots)
    while (table[2 * slot] !== 0) slot = (slot + 1) & (slots - 1)
    table[2 * slot] = packed + 1
    table[2 * slot + 1] = listOf(gram)
  }
  return table
}
