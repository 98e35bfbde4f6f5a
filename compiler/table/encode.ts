/** From the IR to the bytes of the decision table; the format is specified at the top of `runtime/decide/table.ts`. */
import { packEffects } from '../../runtime/decide/statement.js'
import {
  EFFECTS,
  GLOB_WORDS,
  HEADER_WORDS,
  hashText,
  headChecksum,
  MAGIC,
  NODE,
  NONE,
  OPERATOR,
  PATH_BASES,
  SECTION,
  SECTION_COUNT,
  SETTING,
  SLOT_WORDS,
} from '../../runtime/decide/table.js'
import type { Formula, Ir, IrStatement, IrTest } from '../ir/ir.js'
import { type ActionUsers, actionUsers } from './action-users.js'
import { automatonWords } from './automaton-sections.js'
import { type Guards, guardWords } from './guard-words.js'
import { joinBytes, ListPool, StringPool, unitBytes, wordBytes } from './writer.js'

const RELATION_NUMBERS = { '<': 0, '<=': 1, '>': 2, '>=': 3 } as const

/** What the sections share while they are written. */
interface Encoding {
  readonly ir: Ir
  readonly strings: StringPool
  readonly lists: ListPool
  readonly fields: StringPool
  readonly formulas: number[]
}

export function encodeTable(ir: Ir, sourceDigest: string): Uint8Array {
  const encoding: Encoding = { ir, strings: new StringPool(), lists: new ListPool(), fields: new StringPool(), formulas: [] }
  const tests = ir.tests.flatMap(test => testWords(test, encoding))
  const guards = guardWords(ir, field => encoding.fields.add(field), encoding.lists)
  const statements = ir.statements.flatMap((statement, i) => [...statementWords(statement, encoding), guards.fields[i] ?? NONE])
  const users = actionUsers(ir)
  const globs = globWords(users, guards, encoding)
  const actions = actionWords(users, guards, encoding)
  const fields = encoding.fields.strings.map(field => encoding.lists.add(field.split('.').map(name => encoding.strings.add(name))))
  const digest = encoding.strings.add(sourceDigest)
  const automata = automatonWords(ir.patterns.map(pattern => pattern.automaton))
  const settings: number[] = []
  settings[SETTING.defaultEffect] = EFFECTS.indexOf(ir.defaultEffect)
  settings[SETTING.effectsFull] = ir.effectsFull ? 1 : 0
  settings[SETTING.symbolCount] = automata.symbolCount
  settings[SETTING.sourceDigest] = digest
  settings[SETTING.gramLengths] = guards.gramLengths
  return assemble({
    ...textSections(encoding.strings.strings),
    automata: words(automata.automata, ir.patterns.length),
    bytes: { bytes: automata.bytes, count: automata.bytes.length },
    ranges: words(automata.ranges),
    symbols: units(automata.symbols),
    layouts: words(automata.layouts),
    groups: units(automata.groups),
    fields: words(fields),
    tests: words(tests, ir.tests.length),
    formulas: words(encoding.formulas),
    statements: words(statements, ir.statements.length),
    lists: words(encoding.lists.words),
    globs: words(globs, globs.length / GLOB_WORDS),
    actions: words(actions, actions.length / SLOT_WORDS),
    grams: words(guards.grams, guards.grams.length / 2),
    gramEnds: words(guards.gramEnds),
    settings: words(settings),
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
  const headerBytes = 4 * (HEADER_WORDS + 2 * SECTION_COUNT)
  const names = Object.keys(SECTION) as (keyof typeof SECTION)[] // its own keys
  const head = names.filter(name => !BODY.includes(name))
  const ordered = [...head, ...BODY].map(name => ({ index: SECTION[name], ...sections[name] }))
  const { bytes, offsets } = joinBytes([new Uint8Array(headerBytes), ...ordered.map(section => section.bytes)], 4)
  const header = new Uint32Array(bytes.buffer)
  header[0] = MAGIC
  header[1] = bytes.length
  ordered.forEach(({ index, count }, i) => {
    header[HEADER_WORDS + 2 * index] = offsets[i + 1] ?? 0
    header[HEADER_WORDS + 2 * index + 1] = count
  })
  const headBytes = offsets[head.length + 1] ?? 0
  header[3] = headBytes
  header[2] = headChecksum(header.subarray(0, headBytes / 4))
  return bytes
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
  return [operator | (test.negated ? 256 : 0), encoding.fields.add(test.field), a, b, encoding.strings.add(test.words)]
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

function statementWords(statement: IrStatement, encoding: Encoding): readonly number[] {
  const { strings, lists, formulas } = encoding
  const formula = formulas.length
  formulas.push(...formulaWords(statement.formula))
  const optional = (text: string | undefined) => (text === undefined ? NONE : strings.add(text))
  return [
    packEffects(statement.effect, statement.onPossible, statement.onUnknown, statement.protection),
    formula,
    strings.add(statement.sid),
    optional(statement.reason),
    optional(statement.guidance),
    strings.add(statement.source),
    lists.add(statement.actions.flatMap(action => (action.kind === 'name' ? [0, strings.add(action.name)] : [1, action.pattern]))),
  ]
}

function formulaWords(formula: Formula): readonly number[] {
  if (formula.kind === 'test') return [NODE.test, formula.test]
  const children = formula.kind === 'not' ? formulaWords(formula.of) : formula.of.flatMap(formulaWords)
  return [NODE[formula.kind], children.length + 2, ...children]
}

function globWords(users: ActionUsers, guards: Guards, { lists }: Encoding): readonly number[] {
  return [...users.globs.values()].flatMap(({ pattern, statements }) => [pattern, ...entryLists(statements, guards, lists)])
}

/** A hash table from the actions that the policy names to all their candidates, at most half full so that every search ends. */
function actionWords(users: ActionUsers, guards: Guards, { strings, lists }: Encoding): readonly number[] {
  const slots = 2 ** Math.ceil(Math.log2(2 * users.names.size + 1))
  const table = new Array<number>(SLOT_WORDS * slots).fill(0)
  for (const [name, statements] of users.names) {
    let slot = hashText(name) & (slots - 1)
    while (table[SLOT_WORDS * slot] !== 0) slot = (slot + 1) & (slots - 1)
    const words = [strings.add(name) + 1, ...entryLists(statements, guards, lists)]
    words.forEach((word, i) => {
      table[SLOT_WORDS * slot + i] = word
    })
  }
  return table
}

/** Every statement, those without a guard, and the fields of the guards of the others. */
function entryLists(statements: readonly number[], guards: Guards, lists: ListPool): readonly number[] {
  const fields = new Set(statements.flatMap(statement => guards.fields[statement] ?? []))
  const unguarded = statements.filter(statement => guards.fields[statement] === undefined)
  return [lists.add(statements), lists.add(unguarded), lists.add([...fields].sort((a, b) => a - b))]
}
