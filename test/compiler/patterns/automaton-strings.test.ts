/** Texts made from automata: how many slips of the pen they find, and whether the table says of them what the reference says. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Automaton } from '../../../compiler/patterns/automaton.js'
import { compilePattern } from '../../../compiler/patterns/compile-pattern.js'
import { equivalent } from '../../../compiler/patterns/equivalence.js'
import { encodeTable } from '../../../compiler/table/encode.js'
import { wholeCall } from '../../../runtime/decide/check-request.js'
import { openDecider } from '../../../runtime/decide/open.js'
import { matchesText } from '../../reference/match-text.js'
import { search } from '../../reference/pattern.js'
import { parseRegex } from '../../reference/regex-syntax.js'
import { automatonStrings } from '../../support/automaton-strings.js'
import { lowerForTest } from '../../support/lower-for-test.js'
import { REGEX_CORPUS } from '../../support/regex-corpus.js'
import { oneEditAway } from '../../support/regex-edits.js'
import { compiled } from './support/matching.js'
import { walker } from './support/walker.js'

const MUTANTS_PER_REGEX = 12
const LEAST_KILLED = 0.98

type Words = 'random' | 'transitions' | 'all'

/** Mutants of one pattern, none of which means the same as it; spread over the whole of it. */
function mutantsOf(source: string, original: Automaton): { readonly different: readonly Automaton[]; readonly same: number } {
  const edits = oneEditAway(source)
  const stride = Math.max(1, Math.floor(edits.length / (MUTANTS_PER_REGEX * 1.5)))
  const different: Automaton[] = []
  let same = 0
  for (let at = 0; at < edits.length && different.length < MUTANTS_PER_REGEX; at += stride) {
    const mutant = compilePattern({ kind: 'regex', source: edits[at] ?? '', dialect: 'python' })
    if (!mutant.ok) continue
    if (equivalent(original, mutant.automaton) === true) same++
    else different.push(mutant.automaton)
  }
  return { different, same }
}

function randomTexts(count: number): readonly string[] {
  return fc.sample(
    fc.string({
      unit: fc.oneof(
        { weight: 9, arbitrary: fc.constantFrom(...' -./abcdefghijklmnopqrstuvwxyz0123') },
        { weight: 1, arbitrary: fc.constantFrom('\n', 'é', '|', '"', 'A') },
      ),
      maxLength: 40,
    }),
    { numRuns: count, seed: 1 },
  )
}

describe('texts made from an automaton', () => {
  it('tell a pattern from patterns with one slip of the pen', () => {
    const killed = { random: 0, transitions: 0, all: 0 }
    const counts = { mutants: 0, same: 0, transitions: 0, all: 0 }
    const survivors: string[] = []
    for (const source of REGEX_CORPUS) {
      const original = compiled({ kind: 'regex', source, dialect: 'python' })
      const strings = automatonStrings(original)
      const words = { ...strings, random: randomTexts(strings.all.length) }
      const { different, same } = mutantsOf(source, original)
      counts.mutants += different.length
      counts.same += same
      counts.transitions += strings.transitions.length
      counts.all += strings.all.length
      const expected = walker(original)
      for (const mutant of different) {
        const found = walker(mutant)
        for (const kind of ['random', 'transitions', 'all'] satisfies Words[]) {
          if (words[kind].some(text => found(text) !== expected(text))) killed[kind]++
          else if (kind === 'all') survivors.push(source)
        }
      }
    }
    const share = (kind: Words) => `${((100 * killed[kind]) / counts.mutants).toFixed(1)} %`
    process.stdout.write(
      `${counts.mutants} mutants of ${REGEX_CORPUS.length} regexes (${counts.same} more mean the same); killed by as many random texts ${share('random')}, ` +
        `by ${counts.transitions} texts over every transition ${share('transitions')}, by ${counts.all} texts in all ${share('all')}\n`,
    )
    expect(counts.mutants).toBeGreaterThan(800)
    expect(killed.all / counts.mutants, survivors.join('\n')).toBeGreaterThanOrEqual(LEAST_KILLED)
  })

  it('match in the table where the reference finds them', () => {
    const statements = REGEX_CORPUS.map((source, i) => ({ sid: `${i}`, effect: 'deny', conditions: { x: { op: 'regex', value: source } } }))
    const decider = openDecider(encodeTable(lowerForTest(JSON.stringify({ statements })), ''))
    const tables = (text: string) =>
      new Set(decider.decide(wholeCall({ action: 'a', params: { x: text }, context: {} })).matched.map(({ sid }) => Number(sid)))
    let checked = 0
    REGEX_CORPUS.forEach((source, i) => {
      const reference = search(parseRegex(source, 'python'))
      const strings = automatonStrings(compiled({ kind: 'regex', source, dialect: 'python' })).all
      strings.forEach((text, at) => {
        if (at % 7 !== 0) return
        expect(tables(text).has(i), JSON.stringify([source, text])).toBe(matchesText(reference, text))
        checked++
      })
    })
    expect(checked).toBeGreaterThan(50_000)
  })
})
