import { ASCII } from '../../runtime/decide/table.js'
import { shownLiteral } from '../patterns/literal.js'
import type { DecodedTable } from './decode.js'
import type { DecodedFinder, DecodedLiteralAutomaton } from './decode-finder.js'

/** The literals by number, as JSON, as far as the table holds them: of one that is found by a gram only that. */
export function literalNames({ finders }: DecodedTable): ReadonlyMap<number, string> {
  return new Map(finders.flatMap(namesOf))
}

function namesOf(finder: DecodedFinder): readonly (readonly [number, string])[] {
  if (finder.kind === 'automaton') return namesInAutomaton(finder)
  return finder.grams.flatMap(({ gram, literals }) => literals.map(literal => [literal, JSON.stringify(gram)] as const))
}

/** A literal is the shortest text that ends where it is found: breadth first, its first state is met by nothing longer. */
function namesInAutomaton({ automaton, ends }: DecodedLiteralAutomaton): readonly (readonly [number, string])[] {
  const { cells, firstEnd } = automaton
  const names = new Map<number, string>()
  const readBefore = new Map([[0, '']])
  for (const [state, text] of readBefore) {
    for (const { literal, before, after } of ends[state - firstEnd] ?? [])
      if (!names.has(literal)) names.set(literal, shownLiteral({ text, before: before > 0, after }))
    for (let unit = 0; unit < ASCII; unit++) {
      const to = cells[(cells[unit] ?? 0) + state] ?? 0
      if (!readBefore.has(to)) readBefore.set(to, text + String.fromCharCode(unit))
    }
  }
  return [...names]
}
