/** From the IR to the bytes of the decision table; the format is specified at the top of `runtime/decide/table.ts`. */
import { checksum } from '../../runtime/decide/block.js'
import { packEffects } from '../../runtime/decide/statement.js'
import {
  CHUNK_WORDS,
  EFFECTS,
  GLOB_WORDS,
  GUARD,
  HEADER_WORDS,
  hashText,
  headChecksum,
  MAGIC,
  NODE,
  NONE,
  OPERATOR,
  PATH_BASES,
  SECTION,
  SETTING,
  SLOT_WORDS,
  sumCount,
} from '../../runtime/decide/table.js'
import type { ActionIndex, ActionUse, Formula, Ir, IrStatement, IrTest } from '../ir/ir.js'
import { automatonWords } from './automaton-sections.js'
import { guardWords } from './guard-words.js'
import { literalWords } from './literal-words.js'
import { slotsFor } from './slots.js'
import { joinBytes, ListPool, StringPool, unitBytes, WordPool, wordBytes } from './writer.js'

const RELATION_NUMBERS = { '<': 0, '<=': 1, '>': 2, '>=': 3 } as const

/** What the sections share while they are written. */
interface Encoding {
  readonly ir: Ir
  readonly strings: StringPool
  readonly lists: ListPool
  readonly fields: StringPool
  readonly formulas: WordPool
}

export function encodeTable(ir: Ir, sourceDigest: string): Uint8Array {
  const encoding: Encoding = { ir, strings: new StringPool(), lists: new ListPool(), fields: new StringPool(), formulas: new WordPool() }
  const tests = ir.tests.flatMap(test => testWords(test, encoding))
  const guards = guardWords(ir, field => encoding.fields.add(field), encoding.lists)
  const automata = automatonWords(ir.patterns)
  const literals = literalWords(ir, field => encoding.fields.add(field), encoding.lists, automata.bytes.length)
  const statements = ir.statements.flatMap((statement, i) => [
    ...statementWords(statement, guards.statements[i] ?? NONE, encoding),
    literals.furtherSets[i] ?? NONE,
  ])
  const { globs, actions } = actionWords(ir.actionIndex, guards.statements, encoding)
  const fields = encoding.fields.strings.map(field => encoding.lists.add(field.split('.').map(name => encoding.strings.add(name))))
  const digest = encoding.strings.add(sourceDigest)
  const { bytes } = joinBytes([automata.bytes, ...literals.blocks], 4)
  const settings: number[] = []
  settings[SETTING.defaultEffect] = ir.defaultEffect === undefined ? NONE : EFFECTS.indexOf(ir.defaultEffect)
  settings[SETTING.effectsFull] = ir.effectsFull ? 1 : 0
  settings[SETTING.symbolCount] = automata.symbolCount
  settings[SETTING.sourceDigest] = digest
  settings[SETTING.longestValue] = guards.longestValue
  return assemble({
    ...textSections(encoding.strings.strings),
    automata: words(automata.automata, ir.patterns.length),
    bytes: { bytes, count: bytes.length },
    ranges: words(automata.ranges),
    symbols: units(automata.symbols),
    layouts: words(automata.layouts),
    groups: units(automata.groups),
    fields: words(fields),
    tests: words(tests, ir.tests.length),
    formulas: words(encoding.formulas.words),
    statements: words(statements, ir.statements.length),
    lists: words(encoding.lists.words),
    globs: words(globs, globs.length / GLOB_WORDS),
    actions: words(actions, actions.length / SLOT_WORDS),
    grams: words(literals.grams, literals.grams.length / 2),
    gramEnds: words(literals.gramEnds),
    literals: words(literals.literals),
    finders: words(literals.finders.flat(), literals.finders.length),
    settings: words(settings),
    values: words(guards.values, guards.values.length / 2),
  })
}

interface Section {
  readonly bytes: Uint8Array
  readonly count: number
}
type Sections = Readonly<Record<keyof typeof SECTION, Section>>

function words(values: readonly number[], count = values.length): Section {
  return { bytes: wordBytes(values), count }
}

function units(values: readonly number[]): Section {
  return { bytes: unitBytes(values), count: values.length }
}

/** What a decision reads only a little of, and so stands last. */
const BODY: readonly (keyof typeof SECTION)[] = ['text', 'bytes']

function assemble(sections: Sections): Uint8Array {
  const names = Object.keys(SECTION) as (keyof typeof SECTION)[] // its own keys
  const head = names.filter(name => !BODY.includes(name))
  const chunk = new Uint8Array(4 * CHUNK_WORDS)
  const headBytes = joinBytes([chunk, ...head.map(name => sections[name].bytes)], 4).bytes.length
  const sums = new Uint8Array(4 * sumCount(headBytes / 4))
  const inOrder = (of: readonly (keyof typeof SECTION)[]) => of.map(name => sections[name].bytes)
  const { bytes, offsets } = joinBytes([chunk, ...inOrder(head), sums, ...inOrder(BODY)], 4)
  const words = new Uint32Array(bytes.buffer)
  words[0] = MAGIC
  words[1] = bytes.length
  words[3] = headBytes
  for (const [at, name] of [...head, undefined, ...BODY].entries()) {
    if (name === undefined) continue
    words[HEADER_WORDS + 2 * SECTION[name]] = offsets[at + 1] ?? 0
    words[HEADER_WORDS + 2 * SECTION[name] + 1] = sections[name].count
  }
  addSums(new Int32Array(bytes.buffer), headBytes / 4)
  return bytes
}

/** @param words those of the whole table */
function addSums(words: Int32Array, headWords: number): void {
  for (let chunk = 1; chunk <= sumCount(headWords); chunk++) {
    words[headWords + chunk - 1] = checksum(words, chunk * CHUNK_WORDS, Math.min((chunk + 1) * CHUNK_WORDS, headWords))
  }
  words[2] = headChecksum(words.subarray(0, headWords + sumCount(headWords)), headWords)
}

function textSections(strings: readonly string[]): Pick<Sections, 'strings' | 'text'> {
  const entries: number[] = []
  const units: number[] = []
  for (const text of strings) {
    entries.push(units.length, hashText(text))
    for (let i = 0; i < text.length; i++) units.push(text.charCodeAt(i))
  }
  entries.push(units.length, 0)
  return { strings: words(entries, strings.length), text: { bytes: unitBytes(units), count: units.length } }
}

function testWords(test: IrTest, encoding: Encoding): readonly number[] {
  const { operator, a, b } = operationWords(test, encoding)
  return [operator | (test.negated ? 256 : 0), encoding.fields.add(test.field), a, b]
}

function operationWords({ operation }: IrTest, { strings, lists }: Encoding): { operator: number; a: number; b: number } {
  const json = (value: unknown) => strings.add(JSON.stringify(value))
  switch (operation.kind) {
    case 'exists':
      return { operator: OPERATOR.exists, a: NONE, b: NONE }
    case 'equals':
      return { operator: OPERATOR.equals, a: json(operation.value), b: NONE }
    case 'one_of':
      return { operator: OPERATOR.one_of, a: json(operation.values), b: NONE }
    case 'contains':
      return { operator: OPERATOR.contains, a: json(operation.value), b: operation.pattern ?? NONE }
    case 'pattern':
      return { operator: OPERATOR.pattern, a: operation.pattern, b: NONE }
    case 'order':
      return {
        operator: OPERATOR.order | (RELATION_NUMBERS[operation.relation] << 16),
        a: json(operation.value),
        b: operation.pattern ?? NONE,
      }
    case 'path':
      return {
        operator: OPERATOR.path,
        a: lists.add(operation.alternatives.flatMap(({ base, pattern, folded }) => [PATH_BASES.indexOf(base), pattern, folded])),
        b: NONE,
      }
    case 'cidr':
      return { operator: OPERATOR.cidr, a: lists.add(operation.networks.flatMap(({ length, address }) => [length, ...address])), b: NONE }
    case 'has':
      return {
        operator: OPERATOR.has,
        a: lists.add(operation.wanted.flatMap(one => (one.kind === 'value' ? [0, json(one.value)] : [1, one.pattern]))),
        b: operation.all ? 1 : 0,
      }
    case 'host':
      return { operator: OPERATOR.host, a: lists.add(operation.patterns.map(pattern => strings.add(pattern))), b: NONE }
  }
}

function statementWords(statement: IrStatement, guard: number, encoding: Encoding): readonly number[] {
  const { strings, lists, formulas } = encoding
  const formula = (of: Formula) => formulas.add(formulaWords(of, strings))
  const optional = (text: string | undefined) => (text === undefined ? NONE : strings.add(text))
  return [
    packEffects(statement.effect, statement.onPossible, statement.onUnknown, statement.protection),
    formula(statement.evaluated),
    strings.add(statement.sid),
    optional(statement.reason),
    optional(statement.guidance),
    strings.add(statement.source),
    lists.add(statement.actions.flatMap(action => (action.kind === 'name' ? [0, strings.add(action.name)] : [1, action.pattern]))),
    guard,
    formula(statement.written),
  ]
}

function formulaWords(formula: Formula, strings: StringPool): readonly number[] {
  if (formula.kind === 'test') return [NODE.test, formula.test, strings.add(formula.words)]
  const children = formula.kind === 'not' ? formulaWords(formula.of, strings) : formula.of.flatMap(part => formulaWords(part, strings))
  return [NODE[formula.kind], children.length + 2, ...children]
}

/** Without an index of actions both sections are empty. */
function actionWords(index: ActionIndex | undefined, guards: readonly number[], encoding: Encoding) {
  if (index === undefined) return { globs: [], actions: [] }
  const globs = index.globs.flatMap(use => [use.pattern, ...entryLists(use, guards, encoding.lists)])
  return { globs, actions: namedWords(index.names, guards, encoding) }
}

/** A hash table from the actions that the policy names to all their candidates. */
function namedWords(names: ActionIndex['names'], guards: readonly number[], { strings, lists }: Encoding): readonly number[] {
  const slots = slotsFor(names.length)
  const table = new Array<number>(SLOT_WORDS * slots).fill(0)
  for (const use of names) {
    let slot = hashText(use.name) & (slots - 1)
    while (table[SLOT_WORDS * slot] !== 0) slot = (slot + 1) & (slots - 1)
    const words = [strings.add(use.name) + 1, ...entryLists(use, guards, lists)]
    words.forEach((word, i) => {
      table[SLOT_WORDS * slot + i] = word
    })
  }
  return table
}

/** Every statement, those to decide whatever the request holds, and the fields of the guards of the others. */
function entryLists({ statements, live }: ActionUse<object>, guards: readonly number[], lists: ListPool): readonly number[] {
  const used = [...new Set(live.map(statement => guards[statement] ?? NONE))].filter(guard => guard !== NONE).sort((a, b) => a - b)
  const fields = (kind: number) => lists.add(used.filter(guard => (guard & 1) === kind).map(guard => guard >> 1))
  const unguarded = live.filter(statement => (guards[statement] ?? NONE) === NONE)
  return [lists.add(statements), lists.add(unguarded), fields(GUARD.literals), fields(GUARD.values)]
}
