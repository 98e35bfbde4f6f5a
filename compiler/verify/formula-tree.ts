/** Formulas of the table as trees, read with care: a damaged one must not run in circles. */
import { NODE, SECTION, type Table } from '../../runtime/decide/table.js'

export type FormulaTree =
  /** The words are the string that shows the test to people. */
  | { readonly kind: 'test'; readonly test: number; readonly words: number }
  | { readonly kind: 'and' | 'or'; readonly of: readonly FormulaTree[] }
  | { readonly kind: 'not'; readonly of: FormulaTree }
  /** Neither true nor false: in no table, but a case of a formula of one. */
  | { readonly kind: 'unknown' }

/** @throws where the words at the offset are no formula */
export function readFormula(table: Table, offset: number): FormulaTree {
  return readNode(table, offset, table.count(SECTION.formulas)).tree
}

interface Read {
  readonly tree: FormulaTree
  /** Where the next node begins. */
  readonly end: number
}

function readNode(table: Table, offset: number, limit: number): Read {
  if (offset + 2 > limit) throw new Error('a formula ends too early')
  const kind = table.word(SECTION.formulas, offset)
  const operand = table.word(SECTION.formulas, offset + 1)
  if (kind === NODE.test) return { tree: testAt(table, operand, offset + 2, limit), end: offset + 3 }
  const end = offset + operand
  if (operand < 2 || end > limit) throw new Error('a part of a formula has a wrong length')
  return { tree: treeOf(kind, readChildren(table, offset + 2, end)), end }
}

function testAt(table: Table, test: number, words: number, limit: number): FormulaTree {
  if (words >= limit || test >= table.count(SECTION.tests)) throw new Error('a formula has a test that is none')
  return { kind: 'test', test, words: table.word(SECTION.formulas, words) }
}

function readChildren(table: Table, start: number, end: number): readonly FormulaTree[] {
  const children: FormulaTree[] = []
  for (let at = start; at < end; ) {
    const read = readNode(table, at, end)
    children.push(read.tree)
    at = read.end
  }
  return children
}

function treeOf(kind: number, children: readonly FormulaTree[]): FormulaTree {
  if (kind === NODE.and) return { kind: 'and', of: children }
  if (kind === NODE.or) return { kind: 'or', of: children }
  const [only] = children
  if (kind !== NODE.not || only === undefined || children.length > 1) throw new Error('a part of a formula is of no known kind')
  return { kind: 'not', of: only }
}
