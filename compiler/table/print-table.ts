/** The decision table as stable text for people, read back from its bytes alone. */
import { ASCII, AUTOMATON_WORDS, SECTION } from '../../runtime/decide/table.js'
import { formulaText } from '../ir/formula-text.js'
import { testText } from '../ir/test-text.js'
import { type DecodedStatement, type DecodedTable, type DecodedUse, decodeTable } from './decode.js'
import { guardItems } from './guard-items.js'

/**
 * Equal tables print equal text: settings, the index of actions, statements with what finds them, tests, automata, sections.
 * @throws where the bytes are no table of this version, or are truncated or damaged
 */
export function printTable(bytes: Uint8Array): string {
  const decoded = decodeTable(bytes)
  const parts = [settingLines(decoded), actionLines(decoded), ...statementParts(decoded), testLines(decoded), automatonLines(decoded)]
  return [...parts, sectionLines(decoded, bytes.length)]
    .filter(lines => lines.length > 0)
    .map(lines => `${lines.join('\n')}\n`)
    .join('\n')
}

function settingLines({ defaultEffect, effectsFull, sourceDigest, table }: DecodedTable): readonly string[] {
  return [
    `${defaultEffect === undefined ? 'no default' : `default ${defaultEffect}`}${effectsFull ? ', effects full' : ''}`,
    `sources sha256:${sourceDigest}`,
    `${table.setting('symbolCount')} symbols: ${ASCII} of ASCII, ${table.setting('symbolCount') - ASCII} sets of the others`,
  ]
}

function actionLines({ actions, globs }: DecodedTable): readonly string[] {
  if (actions === undefined) return ['no index of actions: every statement is asked whether it covers an action']
  const byName = [...actions].sort((a, b) => (a.name < b.name ? -1 : 1))
  return [
    ...byName.map(use => `action ${JSON.stringify(use.name)}: ${useText(use)}`),
    ...globs.map(use => `action like p${use.pattern}: ${useText(use)}`),
  ]
}

function useText({ statements, unguarded, literalFields, valueFields }: DecodedUse): string {
  const looked = [...valueFields.map(field => `value of ${field.name}`), ...literalFields.map(field => `literals in ${field.name}`)]
  const always = unguarded.length === 0 ? 'none' : numbered(unguarded)
  return `${numbered(statements)}; always ${always}${looked.length === 0 ? '' : `; others by ${looked.join(', ')}`}`
}

function numbered(statements: readonly number[]): string {
  return statements.map(statement => `s${statement}`).join(' ')
}

function statementParts(decoded: DecodedTable): readonly (readonly string[])[] {
  const items = guardItems(decoded)
  return decoded.statements.map((statement, index) => statementLines(statement, index, items[index] ?? []))
}

function statementLines(statement: DecodedStatement, index: number, items: readonly (readonly string[])[]): readonly string[] {
  const { sid, effect, source, actions, written, evaluated, guard, onPossible, onUnknown, protection } = statement
  const on = actions.map(action => (action.kind === 'name' ? action.name : `p${action.pattern}`))
  return [
    `s${index} ${effect} ${sid} (${source})`,
    `  on ${on.join(', ')}`,
    `  if ${formulaText(written)}`,
    ...(formulaText(evaluated) === formulaText(written) ? [] : [`  as ${formulaText(evaluated)}`]),
    ...(guard === undefined
      ? []
      : [
          `  found by ${guard.field.name} ${guard.kind === 'values' ? 'being' : 'holding'} ${items.map(set => set.join(' or ')).join(', and ')}`,
        ]),
    ...(effect === 'allow' ? [] : [`  possible ${onPossible}, unknown ${onUnknown}${protection ? ', in every mode' : ''}`]),
  ]
}

function testLines({ tests }: DecodedTable): readonly string[] {
  return tests.map((test, id) => `t${id} = ${testText(test)}`)
}

function automatonLines({ table, patternCount }: DecodedTable): readonly string[] {
  return Array.from({ length: patternCount }, (_, pattern) => {
    const size = `${table.word(SECTION.automata, AUTOMATON_WORDS * pattern + 1)} bytes`
    const kind = table.machineKind(pattern)
    if (kind === 'backtracking') return `p${pattern} = run by backtracking, ${size}`
    if (kind === 'circuit') return `p${pattern} = circuit of ${table.circuit(pattern).classCount} classes, ${size}`
    const { stateCount, classCount } = table.automaton(pattern)
    return `p${pattern} = ${stateCount} states, ${classCount} classes, ${size}`
  })
}

function sectionLines({ sections }: DecodedTable, size: number): readonly string[] {
  return [`${size} bytes`, ...sections.map(section => `  ${section.name}: ${section.size} bytes, ${section.count} entries`)]
}
