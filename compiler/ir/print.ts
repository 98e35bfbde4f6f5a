/** The IR as stable text, for people and for comparing two compilations. */
import type { Machine } from '../patterns/machine.js'
import { readLiteral, shownLiteral } from '../patterns/literal.js'
import { formulaText } from './formula-text.js'
import type { Guard, Ir, IrAction, IrStatement } from './ir.js'
import { testText } from './test-text.js'

/** One line a setting, test and pattern, one block a statement; equal IRs print equal text. */
export function printIr(ir: Ir): string {
  const lines = [
    `${ir.defaultEffect === undefined ? 'no default' : `default ${ir.defaultEffect}`}${ir.effectsFull ? ', effects full' : ''}`,
    '',
    ...ir.statements.flatMap(statement => [...statementLines(statement), '']),
    ...ir.tests.map((test, id) => `t${id} = ${testText(test)}`),
    '',
    ...ir.patterns.map((pattern, id) => `p${id} = ${JSON.stringify(pattern.source)}: ${machineText(pattern)}`),
  ]
  return `${lines.join('\n').trimEnd()}\n`
}

function machineText(machine: Machine): string {
  switch (machine.kind) {
    case 'automaton':
      return `${machine.automaton.stateCount} states, ${machine.automaton.classes.length} classes`
    case 'circuit':
      return `run as a circuit of ${machine.circuit.targets.length} leaves, ${machine.circuit.gates.length} gates`
    case 'backtracking':
      return `run by backtracking, ${machine.program.length} words`
    default:
      return machine satisfies never
  }
}

function statementLines(statement: IrStatement): readonly string[] {
  const { sid, effect, onPossible, onUnknown, protection, source, written, evaluated, guard } = statement
  const always = protection ? ', in every mode' : ''
  return [
    `${effect} ${sid} (${source})`,
    `  on ${statement.actions.map(actionText).join(', ')}`,
    `  if ${formulaText(written)}`,
    ...(formulaText(evaluated) === formulaText(written) ? [] : [`  as ${formulaText(evaluated)}`]),
    ...(guard === undefined ? [] : [`  only where ${guardText(guard)}`]),
    ...(effect === 'allow' ? [] : [`  possible ${onPossible}, unknown ${onUnknown}${always}`]),
  ]
}

function actionText(action: IrAction): string {
  if (action.kind === 'name') return action.name
  return action.except.length === 0 ? action.glob : `${action.glob} but not ${action.except.join(' or ')}`
}

function guardText(guard: Guard): string {
  if (guard.kind === 'values') return `${guard.field} is one of ${listed(guard.values)}`
  const shown = (literals: readonly string[]) => literals.map(literal => shownLiteral(readLiteral(literal))).join(', ')
  return `${guard.field} holds one of ${guard.sets.map(shown).join(', and one of ')}`
}

function listed(items: readonly unknown[]): string {
  return items.map(item => JSON.stringify(item)).join(', ')
}
