/** The automata that the checks of statements asked for, proved each once, and named by the patterns that use them. */
import type { PatternSource } from '../patterns/compile-pattern.js'
import { type ProvedBefore, proveAutomata, type Verdict } from './automata.js'
import { alphabetProblems } from './check-alphabet.js'
import type { Findings, PatternUse } from './claims.js'

export interface PatternProofs {
  readonly proved: number
  /** Pairs of states that were walked. */
  readonly pairs: number
  /** Patterns that are not proved, though nothing is wrong with them. */
  readonly unproved: readonly string[]
}

export function checkPatterns(findings: Findings, provedBefore: ProvedBefore | undefined): PatternProofs {
  const asked = [...findings.patterns.values()]
  let verdicts: readonly Verdict[] = []
  findings.reading(findings.whole, 'the alphabet of the table', () => {
    for (const problem of alphabetProblems(findings.table)) findings.differs(findings.whole, problem)
    verdicts = proveAutomata(findings.table, asked, provedBefore)
  })
  const unproved: string[] = []
  let pairs = 0
  verdicts.forEach((verdict, i) => {
    const { source, uses } = asked[i] ?? { source: NO_PATTERN, uses: [] }
    if (verdict.kind === 'equal') pairs += verdict.pairs
    else report(verdict, source, uses, findings)
    if (verdict.kind === 'unproved') unproved.push(source.source)
  })
  return { proved: verdicts.filter(({ kind }) => kind === 'equal').length, pairs, unproved }
}

const NO_PATTERN: PatternSource = { kind: 'contains', source: '' }

function report(
  verdict: Exclude<Verdict, { kind: 'equal' }>,
  source: PatternSource,
  uses: readonly PatternUse[],
  findings: Findings,
): void {
  const [first, ...others] = uses
  const span = first?.span ?? findings.whole
  const pattern = `the ${KINDS[source.kind]} \`${source.source}\` in \`${first?.sid ?? ''}\``
  const related = others.map(({ span: place, sid }) => ({ span: place, message: `and in \`${sid}\`` }))
  const diagnostic = { span, ...(related.length === 0 ? {} : { related }) }
  if (verdict.kind === 'unproved') {
    const message = `it is not proved that the table decides ${pattern} as written`
    findings.diagnostics.push({ ...diagnostic, code: 'pattern-not-proved', severity: 'warning', message })
  } else findings.diagnostics.push({ ...diagnostic, code: 'table-differs', severity: 'error', message: differenceText(verdict, pattern) })
}

function differenceText(verdict: Extract<Verdict, { kind: 'different' | 'damaged' }>, pattern: string): string {
  if (verdict.kind === 'damaged') return `the table's automaton of ${pattern} is damaged: ${verdict.problem}`
  const witness = JSON.stringify(verdict.witness)
  return verdict.expected
    ? `the table's automaton of ${pattern} does not match ${witness}, which the pattern does`
    : `the table's automaton of ${pattern} matches ${witness}, which the pattern does not`
}

/** What people call them. */
const KINDS: Readonly<Record<PatternSource['kind'], string>> = {
  regex: 'regex',
  glob: 'glob',
  path: 'path pattern',
  within: 'folder',
  contains: 'text',
  prefix: 'beginning',
  suffix: 'ending',
  order: 'limit',
}
