/**
 * Whether a decision table says what a policy says. The table is read as the runtime reads it and held against the policy as
 * it was parsed: nothing of the compiler between the two (lowering, automata, encoding) is asked.
 */
import { inMemory, Table } from '../../runtime/decide/table.js'
import type { Diagnostic } from '../diagnostic.js'
import { prebuiltAutomaton } from '../patterns/prebuilt.js'
import type { Source, Span } from '../source.js'
import { checkActionIndex } from './check-action-index.js'
import { checkGuards } from './check-guards.js'
import { checkPatterns, type PatternProofs } from './check-patterns.js'
import { checkLayout } from './check-layout.js'
import { checkRemainder } from './check-remainder.js'
import { checkSettings } from './check-settings.js'
import { checkStatements, expectedStatements } from './check-statement.js'
import { type Claim, Findings } from './claims.js'
import { type Sealed, sealed } from './sealed.js'

export interface Verification {
  /** Empty where the table is proved to say what the policy says; warnings tell what of it is not proved. */
  readonly diagnostics: readonly Diagnostic[]
  readonly statements: number
  readonly guards: number
  readonly patterns: PatternProofs
}

/** @param name what the table is called in messages that are about no part of the policy */
export function verifyTable(bytes: Uint8Array, claim: Claim, name: string): Verification {
  const right = sealed(bytes)
  const whole = wholeOf(name)
  const opened = open(right.bytes)
  if (typeof opened === 'string') return unreadable(opened, whole)
  const findings = new Findings(opened, whole)
  const verification = verifyOpened(right.bytes, claim, findings)
  reportSums(right, findings)
  return { ...verification, diagnostics: findings.diagnostics }
}

function verifyOpened(bytes: Uint8Array, claim: Claim, findings: Findings): Omit<Verification, 'diagnostics'> {
  const statements = expectedStatements(claim)
  checkSettings(claim, findings)
  const formulas = checkStatements(claim, findings)
  checkLayout(bytes, findings)
  checkRemainder(findings)
  checkActionIndex(statements, formulas, findings)
  const patterns = checkPatterns(findings, claim.anew === true ? undefined : prebuiltAutomaton)
  const guards = checkGuards(statements, formulas, findings)
  return { statements: statements.length, guards, patterns }
}

function open(bytes: Uint8Array): Table | string {
  try {
    return new Table(inMemory(bytes))
  } catch (thrown) {
    return thrown instanceof Error ? thrown.message : String(thrown)
  }
}

function wholeOf(name: string): Span {
  const source: Source = { path: name, text: '' }
  return { source, start: 0, end: 0 }
}

function unreadable(message: string, span: Span): Verification {
  return {
    diagnostics: [{ code: 'table-differs', severity: 'error', message, span }],
    statements: 0,
    guards: 0,
    patterns: { proved: 0, pairs: 0, unproved: [] },
  }
}

function reportSums({ headWasWrong, wrongAutomata }: Sealed, findings: Findings): void {
  if (headWasWrong) findings.differs(findings.whole, 'the checksum of the decision table is wrong')
  for (const automaton of wrongAutomata) findings.differsIn(automaton, 'a wrong checksum stands beside')
}
