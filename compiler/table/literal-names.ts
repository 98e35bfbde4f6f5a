import { ASCII } from '../../runtime/decide/table.js'
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
  const { rows, classes, classCount, firstEnd } = automaton
  const names = new Map<number, string>()
  const readBefore = new Map([[0, '']])
  for (const [row, read] of readBefore) {
    for (const literal of ends[row / classCount - firstEnd] ?? []) if (!names.has(literal)) names.set(literal, JSON.stringify(read))
    for (let unit = 0; unit < ASCII; unit++) {
      const next = rows[row + (classes[unit] ?? 0)] ?? 0
      if (!readBefore.has(next)) readBefore.set(next, read + String.fromCharCode(unit))
    }
  }
  return [...names]
}
