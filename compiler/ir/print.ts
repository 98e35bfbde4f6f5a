/** The IR as stable text, for people and for comparing two compilations. */
import type { Network } from '../../runtime/decide/network.js'
import type { Machine } from '../patterns/machine.js'
import type { Formula, Guard, Ir, IrAction, IrStatement, IrTest } from './ir.js'

/** One line a setting, test and pattern, one block a statement; equal IRs print equal text. */
export function printIr(ir: Ir): string {
  const lines = [
    `default ${ir.defaultEffect}${ir.effectsFull ? ', effects full' : ''}`,
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

function formulaText(formula: Formula): string {
  switch (formula.kind) {
    case 'test':
      return `t${formula.test}`
    case 'not':
      return `not ${formulaText(formula.of)}`
    case 'and':
    case 'or':
      return formula.of.length === 0 ? String(formula.kind === 'and') : `(${formula.of.map(formulaText).join(` ${formula.kind} `)})`
  }
}

/** The longest value that is shown of a test, in UTF-16 units. */
const SHOWN_VALUE = 80

/** What a test is, whatever words a policy has for it. */
function testText({ field, negated, operation }: IrTest): string {
  const values = operandValues(operation)
    .map(value => JSON.stringify(value))
    .join(' ')
  const shown = values.length > SHOWN_VALUE ? `${values.slice(0, SHOWN_VALUE)}…` : values
  return `${negated ? 'not ' : ''}${field} ${operation.kind}${shown === '' ? '' : ` ${shown}`}${operands(operation)}`
}

/** What a test compares with. */
function operandValues(operation: IrTest['operation']): readonly unknown[] {
  switch (operation.kind) {
    case 'equals':
    case 'contains':
      return [operation.value]
    case 'one_of':
      return [operation.values]
    case 'order':
      return [operation.relation, operation.value]
    case 'host':
      return [operation.patterns]
    case 'has':
      return [operation.all ? 'all' : 'any', ...operation.wanted.flatMap(one => (one.kind === 'value' ? [one.value] : []))]
    case 'exists':
    case 'pattern':
    case 'path':
    case 'cidr':
      return []
    default:
      return operation satisfies never
  }
}

function guardText(guard: Guard): string {
  if (guard.kind === 'values') return `${guard.field} is one of ${listed(guard.values)}`
  return `${guard.field} holds one of ${guard.sets.map(listed).join(', and one of ')}`
}

function listed(items: readonly unknown[]): string {
  return items.map(item => JSON.stringify(item)).join(', ')
}

/** The patterns that a test runs. */
function operands(operation: Ir['tests'][number]['operation']): string {
  switch (operation.kind) {
    case 'path':
      return ` [${operation.alternatives.map(({ base, pattern, folded }) => `${base} p${pattern}/p${folded}`).join(', ')}]`
    case 'pattern':
    case 'contains':
    case 'order':
      return operation.pattern === undefined ? '' : ` [p${operation.pattern}]`
    case 'has': {
      const patterns = operation.wanted.flatMap(one => (one.kind === 'pattern' ? [`p${one.pattern}`] : []))
      return patterns.length === 0 ? '' : ` [${patterns.join(', ')}]`
    }
    case 'cidr':
      return ` [${operation.networks.map(networkText).join(', ')}]`
    case 'exists':
    case 'equals':
    case 'one_of':
    case 'host':
      return ''
  }
}

/** The eight groups in full, then the length of the prefix. */
function networkText({ address, length }: Network): string {
  return `${address.map(group => group.toString(16)).join(':')}/${length}`
}
