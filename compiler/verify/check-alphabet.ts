/** The alphabet that the automata of a table share: every part of it is used, and nothing of it lies outside. */
import { ASCII, SECTION, type Table } from '../../runtime/decide/table.js'

/** @returns what is wrong with it */
export function alphabetProblems(table: Table): readonly string[] {
  const symbols = table.setting('symbolCount') - ASCII
  const ranges = table.count(SECTION.ranges)
  const starts = Array.from({ length: ranges }, (_, i) => table.word(SECTION.ranges, i))
  const used = new Set(Array.from({ length: table.count(SECTION.symbols) }, (_, i) => table.unit(SECTION.symbols, i)))
  const problems: string[] = []
  if (starts[0] !== ASCII || starts.some((start, i) => i > 0 && start <= (starts[i - 1] ?? 0)))
    problems.push('the ranges of the table are out of order')
  if (table.count(SECTION.symbols) !== ranges) problems.push('the table has not one symbol for each range')
  // A symbol that stands for nothing would still count where a string is known only in part.
  if (used.size !== symbols || [...used].some(symbol => symbol >= symbols))
    problems.push('the symbols of the table are not those of its ranges')
  if (!layoutsFit(table, symbols)) problems.push('the layouts of the table do not fit its symbols')
  return problems
}

/** One behind the other, each with a group for every symbol and a symbol for every group. */
function layoutsFit(table: Table, symbols: number): boolean {
  let next = 0
  for (let layout = 0; layout < table.count(SECTION.layouts); layout++) {
    const offset = table.word(SECTION.layouts, layout)
    if (offset !== next) return false
    const groups = new Set(Array.from({ length: symbols }, (_, symbol) => table.unit(SECTION.groups, offset + 1 + symbol)))
    const count = table.unit(SECTION.groups, offset)
    if (groups.size !== count || [...groups].some(group => group >= count)) return false
    next = offset + 1 + symbols
  }
  return next === table.count(SECTION.groups)
}
