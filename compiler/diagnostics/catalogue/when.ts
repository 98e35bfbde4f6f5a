/** Expressions of `when`. */
import type { CatalogueEntries } from './entry.js'

const when = (expression: string) => `statements:\n  - effect: deny\n    actions: bash.execute\n    when: ${expression}\n`

export const whenCodes = {
  'when-syntax': {
    severity: 'error',
    title: 'An expression that does not parse',
    explanation:
      'An expression of `when` is made of comparisons (`field operator value`) joined with `and`, `or` and `not`, in lower case, and parentheses. Text stands in double or single quotes, or in a raw text `r"…"`, which has no escapes. Lists stand in brackets. There are no comments in an expression.\n\nEvery mistake of an expression is reported, not only the first.',
    shows: 'policy',
    bad: when('params.command contains "sudo" && params.cwd = "/"'),
    good: when('params.command contains "sudo" and params.cwd == "/"'),
  },
  'when-operand': {
    severity: 'error',
    title: 'A field or a value in the wrong place of an expression',
    explanation:
      'A comparison has a field on its left, a value on its right. A field alone is no condition, and neither is a value; two fields cannot be compared. A word without quotes is a field: text stands in quotes.',
    shows: 'policy',
    bad: when('context.agent == claude-code and params.background'),
    good: when('context.agent == "claude-code" and params.background == true'),
  },
  'when-limit': {
    severity: 'error',
    title: 'An expression that is too long or too deep',
    explanation:
      'An expression has at most 32,768 characters, and brackets and `not` stand at most 64 deep in each other, so that no file can exhaust the compiler. Write several statements, or a list of values.',
    shows: 'policy',
    bad: when(`${'('.repeat(70)}params.x exists${')'.repeat(70)}`),
    good: when('params.x exists'),
  },
} as const satisfies CatalogueEntries
