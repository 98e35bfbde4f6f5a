/** What the compiler has to say about a policy, as values: collected, sorted and rendered in one place. */
import type { Span } from './source.js'

export type Severity = 'error' | 'warning'

export interface Diagnostic {
  /** A code of the catalogue, e.g. `unknown-key`: it has a page under `docs/diagnostics/`. */
  readonly code: string
  readonly severity: Severity
  /** Lower case, no full stop, user text in backticks, what was expected and what was found. */
  readonly message: string
  readonly span: Span
  /** What to write instead. */
  readonly help?: string
  readonly related?: readonly { readonly span: Span; readonly message: string }[]
}
