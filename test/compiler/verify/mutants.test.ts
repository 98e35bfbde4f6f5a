/** Tables of compilers that make mistakes: every mistake is found, and named by the pattern or statement that it is about. */
import { describe, expect, it } from 'vitest'
import type { Formula, Ir, IrPattern, IrStatement } from '../../../compiler/ir/ir.js'
import type { Automaton } from '../../../compiler/patterns/automaton.js'
import { compilePattern, type PatternSource } from '../../../compiler/patterns/compile-pattern.js'
import { EDGE_AFTER, EDGE_BEFORE } from '../../../compiler/patterns/literal.js'
import { encodeTable } from '../../../compiler/table/encode.js'
import { sealed } from '../../../compiler/verify/sealed.js'
import { sectionAt, wordsOf } from '../../../compiler/verify/sections.js'
import { NONE, SLOT_WORDS } from '../../../runtime/decide/table.js'
import { compiledForTest, foundIn } from './support/compiled.js'

const POLICY = `
default: deny
statements:
  - { sid: NoRm, effect: deny, actions: [demo.run, "shell.*"], conditions: { params.command: { op: regex, value: '\\brm(?!-)\\s+-[rf]', dialect: es } } }
  - { sid: NoPrice, effect: review, actions: demo.run, match: any, conditions: { params.price: { op: ">", value: 3 }, params.code: { op: "==", value: free } } }
  - { sid: NoOld, effect: deny, actions: demo.run, conditions: { params.command: { op: regex, value: '(?<!new-)thing' }, params.mode: { op: not_in, value: [a] } } }
  - { sid: Rest, effect: allow }
`

const { claim, table, ir } = compiledForTest(POLICY)

/** What is found in the table of the IR, changed. */
function foundAfter(change: (ir: Ir) => Ir): string {
  return foundIn(encodeTable(change(ir), claim.sourceDigest), claim).join('\n')
}

function withPattern(source: string, change: (automaton: Automaton) => Automaton): (ir: Ir) => Ir {
  const changed = (pattern: IrPattern): IrPattern =>
    pattern.kind === 'automaton' && pattern.source.source === source ? { ...pattern, automaton: change(pattern.automaton) } : pattern
  return given => ({ ...given, patterns: given.patterns.map(changed) })
}

function withStatement(sid: string, change: (statement: IrStatement) => IrStatement): (ir: Ir) => Ir {
  return given => ({ ...given, statements: given.statements.map(one => (one.sid === sid ? change(one) : one)) })
}

const RM = '\\brm(?!-)\\s+-[rf]'
const rm = automatonOf(RM)

function automatonOf(source: string): Automaton {
  const found = ir.patterns.find(pattern => pattern.source.source === source)
  if (found?.kind !== 'automaton') throw new Error(`no automaton of ${source}`)
  return found.automaton
}

describe('an automaton with a mistake', () => {
  const step = (automaton: Automaton) => automaton.classes.length

  it('is as it should be at first', () => {
    expect(foundAfter(same => same)).toBe('')
  })

  it('with two transitions swapped', () => {
    let tried = 0
    for (let at = 0; at + 1 < rm.transitions.length; at += 3) {
      const found = foundAfter(
        withPattern(RM, automaton => {
          const transitions = automaton.transitions.slice()
          const [a = 0, b = 0] = transitions.subarray(at, at + 2)
          if (a !== b) tried++
          transitions.set([b, a], at)
          return { ...automaton, transitions }
        }),
      )
      if (found !== '') expect(found).toContain(`\`${RM}\` in \`NoRm\``)
      expect(found === '').toBe(rm.transitions[at] === rm.transitions[at + 1])
    }
    expect(tried).toBeGreaterThan(5)
  })

  it('with a state dropped', () => {
    const found = foundAfter(
      withPattern(RM, automaton => {
        const last = automaton.stateCount - 1
        const transitions = automaton.transitions.slice(0, last * step(automaton)).map(next => (next === last ? 0 : next))
        return { ...automaton, stateCount: last, transitions, accepting: automaton.accepting.slice(0, last) }
      }),
    )
    expect(found).toContain(`\`${RM}\` in \`NoRm\``)
  })

  it('with a state that should not accept', () => {
    for (let state = 0; state < rm.stateCount; state++) {
      const flip = (automaton: Automaton) => ({
        ...automaton,
        accepting: automaton.accepting.map((is, at) => (at === state ? 1 - is : is)),
      })
      expect(foundAfter(withPattern(RM, flip))).toContain(`\`${RM}\` in \`NoRm\``)
    }
  })

  it('with a character in another class', () => {
    const found = foundAfter(
      withPattern(RM, automaton => {
        const dash = automaton.classes.findIndex(ranges => ranges.some(({ from, to }) => from <= 0x2d && 0x2d <= to))
        const classes = automaton.classes.map((ranges, at) =>
          at === dash ? [...ranges, { from: 0x3042, to: 0x3042 }] : cutOut(ranges, 0x3042),
        )
        return { ...automaton, classes }
      }),
    )
    expect(found).toMatch(/`\\brm.* (does not match|matches) ".*あ/)
  })
})

/** The ranges without the code point. */
function cutOut(ranges: Automaton['classes'][number], point: number) {
  return ranges.flatMap(range =>
    range.from <= point && point <= range.to
      ? [
          { from: range.from, to: point - 1 },
          { from: point + 1, to: range.to },
        ]
      : [range],
  )
}

describe('a compiler that reads patterns in a wrong way', () => {
  const wrong: readonly (readonly [string, string, string])[] = [
    ['`\\b` the other way round', '\\brm\\b', '\\Brm\\B'],
    ['a look-behind that is not seen', '(?<!new-)thing', 'thing'],
    ['a look-behind that is not negated', '(?<!new-)thing', '(?<=new-)thing'],
    ['a look-ahead that is not seen', 'rm(?!-rf)', 'rm'],
    ['a look-ahead in a look-behind that is not seen', '(?<=a(?!bc)b)..', '(?<=ab)..'],
    ['a class that lost a character', '[a-z]+@', '[a-y]+@'],
    ['an end that is only the very end', 'end$', 'end\\Z'],
    ['a count that is one too small', '(?:ab){3}', '(?:ab){2}'],
    ['an upper bound that is none', '^a{0,3}$', '^a{0,4}$'],
    ['a dot that matches line ends', 'a.b', '(?s:a.b)'],
    ['a letter whose other case is lost', '(?i)kill', '(?i:k)(?i:i)(?i:l)l'],
  ]
  it.each(wrong)('%s', (_, meant, made) => {
    const policy = `statements:\n  - { sid: One, effect: deny, actions: demo.run, conditions: { params.x: { op: regex, value: '${meant}' } } }\n`
    const compiled = compiledForTest(policy)
    const source: PatternSource = { kind: 'regex', source: made, dialect: 'python' }
    const broken = compilePattern(source)
    if (!broken.ok) throw new Error(broken.error.message)
    const patterns = compiled.ir.patterns.map(
      ({ source: of }): IrPattern => ({ source: of, kind: 'automaton', automaton: broken.automaton }),
    )
    const found = foundIn(encodeTable({ ...compiled.ir, patterns }, compiled.claim.sourceDigest), compiled.claim)
    expect(foundIn(compiled.table, compiled.claim)).toEqual([])
    expect(found.join('\n')).toContain(`\`${meant}\` in \`One\``)
  })
})

function negation(formula: Formula): Formula {
  return { kind: 'not', of: formula }
}

function firstPart(formula: Formula): Formula {
  return formula.kind === 'and' || formula.kind === 'or' ? (formula.of[0] ?? formula) : formula
}

describe('a statement with a mistake', () => {
  it('in its effect, its outcomes, its texts', () => {
    expect(foundAfter(withStatement('NoRm', one => ({ ...one, effect: 'allow' })))).toContain(
      'the effect of `NoRm` is `allow`, expected `deny`',
    )
    expect(foundAfter(withStatement('NoRm', one => ({ ...one, onUnknown: 'ignore' })))).toContain('`on_unknown` of `NoRm`')
    expect(foundAfter(withStatement('NoRm', one => ({ ...one, protection: true })))).toContain('protection of `NoRm`')
    expect(foundAfter(withStatement('NoRm', one => ({ ...one, reason: 'because' })))).toContain('the reason of `NoRm`')
    expect(foundAfter(withStatement('NoRm', one => ({ ...one, source: 'elsewhere:1' })))).toContain('the place of `NoRm`')
  })

  it('in how its condition is put together', () => {
    const other = (formula: Formula): Formula => {
      if (formula.kind === 'and') return { kind: 'or', of: formula.of }
      return formula.kind === 'or' ? { kind: 'and', of: formula.of } : formula
    }
    for (const sid of ['NoPrice', 'NoOld']) {
      expect(foundAfter(withStatement(sid, one => ({ ...one, written: other(one.written) })))).toContain(
        `the condition of \`${sid}\` is put together in another way`,
      )
      for (const change of [other, negation, firstPart]) {
        expect(foundAfter(withStatement(sid, one => ({ ...one, evaluated: change(one.evaluated) })))).toContain(
          `the condition of \`${sid}\` that is evaluated differs from the one that is written`,
        )
      }
    }
  })

  it('never where only the order of what is evaluated is another', () => {
    const turned = (formula: Formula): Formula =>
      formula.kind === 'and' || formula.kind === 'or' ? { kind: formula.kind, of: [...formula.of].reverse() } : formula
    const twice = (formula: Formula): Formula => ({ kind: 'not', of: { kind: 'not', of: { kind: 'and', of: [formula, formula] } } })
    expect(
      foundAfter(given => ({ ...given, statements: given.statements.map(one => ({ ...one, evaluated: turned(one.evaluated) })) })),
    ).toBe('')
    expect(
      foundAfter(given => ({ ...given, statements: given.statements.map(one => ({ ...one, evaluated: twice(one.evaluated) })) })),
    ).not.toContain('that is evaluated')
  })

  it('in a test', () => {
    const test = (change: (test: Ir['tests'][number]) => Ir['tests'][number], field: string) =>
      foundAfter(given => ({ ...given, tests: given.tests.map(one => (one.field === field ? change(one) : one)) }))
    expect(test(one => ({ ...one, negated: !one.negated }), 'params.mode')).toContain('in `NoOld` has another operator')
    expect(test(one => ({ ...one, field: 'params.other' }), 'params.mode')).toContain('in `NoOld` asks about `params.other`')
    expect(test(one => ({ ...one, operation: { kind: 'one_of', values: ['b'] } }), 'params.mode')).toContain(
      'in `NoOld` has the value ["b"]',
    )
    expect(test(one => ({ ...one, operation: { kind: 'order', relation: '>=', value: 3 } }), 'params.price')).toContain('`NoPrice`')
  })

  it('in its actions', () => {
    expect(foundAfter(withStatement('NoRm', one => ({ ...one, actions: one.actions.slice(1) })))).toContain(
      '`NoRm` has another number of actions',
    )
    const renamed = withStatement('NoOld', one => ({ ...one, actions: [{ kind: 'name', name: 'demo.walk' }] }))
    expect(foundAfter(renamed)).toContain('`NoOld` does not have the action `demo.run`')
  })

  it('in its order', () => {
    expect(foundAfter(given => ({ ...given, statements: [...given.statements].reverse() }))).toContain('the sid of `NoRm` is `Rest`')
    expect(foundAfter(given => ({ ...given, statements: given.statements.slice(1) }))).toContain('the table has 3 statements for 4')
  })

  it('in the settings', () => {
    expect(foundAfter(given => ({ ...given, defaultEffect: 'allow' }))).toContain("the table's default is `allow`, expected `deny`")
    expect(foundAfter(given => ({ ...given, effectsFull: true }))).toContain('`effects`')
    expect(foundIn(encodeTable(ir, 'other'), claim).join()).toContain('other sources')
  })
})

describe('an index with a mistake', () => {
  const words = wordsOf(table)
  /** The table with a word changed. */
  const withWord = (word: number, value: number) => {
    const changed = words.slice()
    changed[word] = value
    return foundIn(sealed(new Uint8Array(changed.buffer)).bytes, claim).join('\n')
  }

  it('that misses a literal', () => {
    const literals = sectionAt(words, 'literals')
    let found = ''
    for (let literal = 0; literal < literals.count; literal++) found += `${withWord(literals.start / 4 + literal, NONE)}\n`
    expect(found).toMatch(/does not find `NoRm` for every text that it is about: not for "rm.*-f"/)
    expect(found).toMatch(/does not find `NoOld` for every text that it is about: not for "thing"/)
  })

  it('that asks for a literal too many', () => {
    const withGuard = withStatement('NoRm', one =>
      one.guard?.kind === 'literals' ? { ...one, guard: { ...one.guard, sets: [...one.guard.sets, ['sudo']] } } : one,
    )
    expect(foundAfter(withGuard)).toContain('does not find `NoRm` for every text that it is about')
  })

  it('that asks for edges which the pattern does not ask for', () => {
    const withSets = (sid: string, sets: readonly (readonly string[])[]) =>
      foundAfter(withStatement(sid, one => (one.guard?.kind === 'literals' ? { ...one, guard: { ...one.guard, sets } } : one)))
    expect(withSets('NoRm', [[`${EDGE_BEFORE}rm${EDGE_AFTER}`], ['-f', '-r']])).toBe('')
    expect(withSets('NoRm', [['rm'], [`${EDGE_BEFORE}-f${EDGE_AFTER}`, '-r']])).toMatch(/does not find `NoRm` for .*: not for "rm.*-f\w"/)
    expect(withSets('NoOld', [[`${EDGE_BEFORE}thing`]])).toMatch(/does not find `NoOld` for .*: not for "\wthing"/)
    expect(withSets('NoOld', [[`thing${EDGE_AFTER}`]])).toMatch(/does not find `NoOld` for .*: not for "thing\w"/)
  })

  it('that looks for an edge in another place', () => {
    const lists = sectionAt(words, 'lists').start / 4
    const finders = sectionAt(words, 'finders').start / 4
    const ends = lists + (words[finders + 8] ?? 0)
    let tried = 0
    for (let end = 1; end <= (words[ends] ?? 0); end++) {
      const list = lists + (words[ends + end] ?? 0)
      for (let at = list + 2; at <= list + (words[list] ?? 0); at += 2) {
        const edges = words[at] ?? 0
        if (edges < 2) continue
        tried++
        for (const other of [edges - 2, edges + 2]) expect(withWord(at, other)).toContain('damaged')
      }
    }
    expect(tried).toBeGreaterThan(0)
  })

  it('that asks for a value where others do', () => {
    const withGuard = withStatement('NoOld', one => ({ ...one, guard: { kind: 'values', field: 'params.mode', values: ['b'] } }))
    expect(foundAfter(withGuard)).toContain('does not find `NoOld` for every value that it is about')
  })

  it('that misses a statement of an action', () => {
    const lists = sectionAt(words, 'lists')
    const actions = sectionAt(words, 'actions')
    for (let slot = 0; slot < actions.count; slot++) {
      const word = actions.start / 4 + SLOT_WORDS * slot
      if (words[word] === 0) continue
      const list = lists.start / 4 + (words[word + 1] ?? 0)
      expect(withWord(list, (words[list] ?? 0) - 1)).toMatch(/action `demo.run` does not find `Rest`/)
    }
  })

  it('that would search without end', () => {
    const actions = sectionAt(words, 'actions')
    const full = words.slice()
    for (let slot = 0; slot < actions.count; slot++) full[actions.start / 4 + SLOT_WORDS * slot] ||= 1
    expect(foundIn(sealed(new Uint8Array(full.buffer)).bytes, claim).join()).toContain('would not end')
  })
})
