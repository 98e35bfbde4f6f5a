/** What a verification is about, and what it has found so far. */
import type { Table } from '../../runtime/decide/table.js'
import type { Policy, Statement } from '../ast.js'
import type { Diagnostic } from '../diagnostic.js'
import type { PatternSource } from '../patterns/compile-pattern.js'
import type { Span } from '../source.js'

/** What a table is said to be compiled from. */
export interface Claim {
  readonly policy: Policy
  /** Statements that guard agsec itself; they come first. */
  readonly protection: readonly Statement[]
  readonly sourceDigest: string
  /** Prove the automata of built-in patterns from these, too, and not by the ones that were proved when the package was built. */
  readonly anew?: true
}

/** A use of an automaton: where in the policy its pattern stands, and in which statement. */
export interface PatternUse {
  readonly span: Span
  readonly sid: string
}

/** Collects what differs. A verification never stops at the first difference. */
export class Findings {
  readonly diagnostics: Diagnostic[] = []
  /** By automaton and pattern: every use of the one as the other. */
  readonly patterns = new Map<string, { readonly automaton: number; readonly source: PatternSource; readonly uses: PatternUse[] }>()

  constructor(
    readonly table: Table,
    /** For what is about no part of the policy. */
    readonly whole: Span,
  ) {}

  differs(span: Span, message: string, help?: string): void {
    this.diagnostics.push({ code: 'table-differs', severity: 'error', message, span, ...(help === undefined ? {} : { help }) })
  }

  /** About an automaton, named by the patterns that it stands for. */
  differsIn(automaton: number, problem: string): void {
    const asked = [...this.patterns.values()].filter(pattern => pattern.automaton === automaton)
    for (const { source, uses } of asked) {
      const { span = this.whole, sid = '' } = uses[0] ?? {}
      this.differs(span, `${problem} the table's automaton of \`${source.source}\` in \`${sid}\``)
    }
    if (asked.length === 0) this.differs(this.whole, `${problem} automaton ${automaton} of the table`)
  }

  /** Notes that the automaton must be that of the pattern; proved later, each once. */
  mustMatch(automaton: number, source: PatternSource, use: PatternUse): void {
    const key = `${automaton} ${JSON.stringify(source)}`
    const known = this.patterns.get(key) ?? { automaton, source, uses: [] }
    this.patterns.set(key, known)
    known.uses.push(use)
  }

  /** Runs a part of the verification; what cannot be read in the table is a difference there. */
  reading(span: Span, what: string, read: () => void): void {
    try {
      read()
    } catch (thrown) {
      this.differs(span, `${what} cannot be read: ${thrown instanceof Error ? thrown.message : String(thrown)}`)
    }
  }
}
