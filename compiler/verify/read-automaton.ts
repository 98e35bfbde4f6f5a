/** An automaton of the table as the runtime reads it, and whether everything in it is what the runtime takes for granted. */
import { AUTOMATON_WORDS, NONE, SECTION, type Table, type TableAutomaton } from '../../runtime/decide/table.js'

/**
 * Reads and checks an automaton: numbers in range, and states that say of themselves that nothing can change any more stay
 * so. The runtime stops at such a state, and runs on in it over a string known in part; both must mean the same.
 * @returns what is wrong with it, as text
 */
export function readAutomaton(table: Table, index: number): TableAutomaton | string {
  const automaton = readOrDamage(table, index)
  return typeof automaton === 'string'
    ? automaton
    : (outOfRange(automaton) ?? notSettled(automaton) ?? imprecise(table, index, automaton) ?? automaton)
}

function readOrDamage(table: Table, index: number): TableAutomaton | string {
  try {
    return table.automaton(index)
  } catch (thrown) {
    return thrown instanceof Error ? thrown.message : 'it cannot be read'
  }
}

function outOfRange(automaton: TableAutomaton): string | undefined {
  const { stateCount, classCount, start, transitions, firstAccepting, firstAbsorbing, dead } = automaton
  if (start >= stateCount) return `its start is state ${start} of ${stateCount}`
  if (firstAccepting > stateCount || firstAbsorbing > stateCount) return 'it orders more states than it has'
  if (dead !== NONE && dead >= stateCount) return `its dead state is state ${dead} of ${stateCount}`
  const classes = automaton.classes()
  const badClass = classes.findIndex(each => each >= classCount)
  if (badClass !== -1) return `symbol ${badClass} is of class ${classes[badClass]} of ${classCount}`
  const badTarget = transitions.findIndex(next => next >= stateCount)
  return badTarget === -1
    ? undefined
    : `state ${Math.floor(badTarget / classCount)} goes to state ${transitions[badTarget]} of ${stateCount}`
}

function notSettled(automaton: TableAutomaton): string | undefined {
  const { stateCount, classCount, transitions, firstAccepting, firstAbsorbing, dead } = automaton
  for (let state = firstAbsorbing; state < stateCount; state++) {
    if (state < firstAccepting || state === dead) return `state ${state} accepts whatever follows, and does not accept`
    const row = transitions.subarray(state * classCount, (state + 1) * classCount)
    if (row.some(next => next < firstAbsorbing)) return `state ${state} accepts whatever follows, and is left`
  }
  if (dead === NONE) return undefined
  if (dead + 1 !== firstAbsorbing) return `state ${dead} is dead, and others stand between it and those that accept whatever follows`
  const row = transitions.subarray(dead * classCount, (dead + 1) * classCount)
  return row.some(next => next !== dead) ? `state ${dead} is dead, and is left` : undefined
}

/** What no decision would notice: a settled state that does not say so, a layout that is none. */
function imprecise(table: Table, index: number, automaton: TableAutomaton): string | undefined {
  const { classCount, transitions, firstAccepting, firstAbsorbing, dead } = automaton
  for (let state = 0; state < firstAbsorbing; state++) {
    const row = transitions.subarray(state * classCount, (state + 1) * classCount)
    if (state !== dead && row.every(next => next === state)) return `state ${state} is never left, and does not say so`
  }
  if (dead !== NONE && dead < firstAccepting) return `state ${dead} is dead, and stands among those that are not`
  const layout = table.word(SECTION.automata, index * AUTOMATON_WORDS + 9)
  return layout >= table.count(SECTION.layouts) ? `it has layout ${layout} of ${table.count(SECTION.layouts)}` : undefined
}
