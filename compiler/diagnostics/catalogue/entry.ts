import type { Severity } from '../../diagnostic.js'

/** What there is to know about one code. */
export interface CatalogueEntry {
  readonly severity: Severity
  readonly title: string
  /** Paragraphs of Markdown. */
  readonly explanation: string
  /**
   * What the examples are: policy files (a list is several files of one folder), or a description of files where
   * their text would not show it.
   */
  readonly shows: 'policy' | 'files'
  readonly bad: string | readonly string[]
  readonly good: string | readonly string[]
}

export interface CatalogueEntries {
  readonly [code: string]: CatalogueEntry
}
