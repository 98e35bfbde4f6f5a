import { NODE, SECTION, type Table } from '../../runtime/decide/table.js'
import type { Formula } from '../ir/ir.js'

/**
 * The formula at an offset of the formulas.
 * @throws where what stands there is none
 */
export function decodeFormula(table: Table, offset: number): Formula {
  const words = table.count(SECTION.formulas)
  const { formula, end } = read(table, offset)
  if (end > words) throw new Error('a formula runs over the end of the formulas')
  return formula
}

interface Read {
  readonly formula: Formula
  readonly end: number
}

function read(table: Table, offset: number): Read {
  const word = (index: number) => table.word(SECTION.formulas, offset + index)
  const kind = word(0)
  if (kind === NODE.test) return { formula: { kind: 'test', test: word(1), words: table.text(word(2)) }, end: offset + 3 }
  const end = offset + word(1)
  const of = readChildren(table, offset + 2, end)
  if (kind === NODE.and) return { formula: { kind: 'and', of }, end }
  if (kind === NODE.or) return { formula: { kind: 'or', of }, end }
  const [only] = of
  if (kind !== NODE.not || only === undefined || of.length !== 1) throw new Error(`no formula begins at word ${offset}`)
  return { formula: { kind: 'not', of: only }, end }
}

function readChildren(table: Table, start: number, end: number): readonly Formula[] {
  const children: Formula[] = []
  let at = start
  while (at < end) {
    const child = read(table, at)
    children.push(child.formula)
    at = child.end
  }
  if (at !== end) throw new Error(`the parts of a formula end at word ${at}, and it ends at word ${end}`)
  return children
}
