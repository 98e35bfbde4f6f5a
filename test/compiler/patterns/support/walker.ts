import type { Automaton } from '../../../../compiler/patterns/automaton.js'

const LAST_REMEMBERED = 0xffff

/** Whether the automaton accepts a text, for many texts: classes are looked up once for each character. */
export function walker(automaton: Automaton): (text: string) => boolean {
  const { classes, transitions, accepting } = automaton
  const known = new Int32Array(LAST_REMEMBERED + 1).fill(-1)
  const ranges = classes.flatMap((each, cls) => each.map(({ from }) => ({ from, cls }))).sort((a, b) => a.from - b.from)
  const classOf = (point: number): number => {
    const remembered = known[point] ?? -1
    if (remembered >= 0) return remembered
    const cls = ranges[ranges.findIndex(({ from }) => from > point) - 1]?.cls ?? ranges.at(-1)?.cls ?? 0
    if (point <= LAST_REMEMBERED) known[point] = cls
    return cls
  }
  return text => {
    let state = 0
    for (let at = 0; at < text.length; at++) {
      const point = text.codePointAt(at) ?? 0
      if (point > 0xffff) at++
      state = transitions[state * classes.length + classOf(point)] ?? 0
    }
    return accepting[state] === 1
  }
}
