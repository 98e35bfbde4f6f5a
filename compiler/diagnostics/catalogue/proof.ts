/** What is found when a compiled table is held against the policy. */
import type { CatalogueEntries } from './entry.js'

export const proofCodes = {
  'table-differs': {
    severity: 'error',
    title: 'A compiled table does not say what the policy says',
    explanation:
      'Every compilation reads the table back out of what it is about to write and proves it equal to the policy: each automaton for all texts, each statement, test, formula and setting, and that the index finds every statement that can apply. `agsec compile --verify` does the same for a bundle that lies on disk.\n\nFrom `--verify`, this means that the bundle is damaged, was changed, or was compiled from other policies: compile again. From a compilation, it means a mistake in agsec itself: nothing is written, the bundle that is there stays in force, and the statement named can usually be written in another way until the mistake is mended.',
    shows: 'files',
    bad: 'agsec compile --verify policy.bundle.cjs policies/     policies/ has changed since',
    good: 'agsec compile policies/ -o policy.bundle.cjs\nagsec compile --verify policy.bundle.cjs policies/',
  },
  'pattern-not-proved': {
    severity: 'warning',
    title: 'A pattern was compiled but not proved',
    explanation:
      'The proof that the table matches a pattern for all texts is made for automata, and counted in steps. A pattern that is too large for an automaton, or that is run by backtracking, is not covered, and neither is one whose proof would take too many steps. The pattern is compiled and decides as any other; what is missing is the second opinion. Nothing else of the table goes unproved.\n\nTo have it proved, lower the counts of `{n}` or split the pattern into several conditions.',
    shows: 'files',
    bad: "params.text: { op: regex, value: '(?:a?b?c?){4000}' }",
    good: "params.text: { op: regex, value: '[abc]*' }",
  },
  'bundle-differs': {
    severity: 'error',
    title: 'A bundle is not one that this version of agsec writes',
    explanation:
      'A bundle is a header, the kernel as this version of agsec ships it, and one call that hands it the table. The file named is cut off or damaged, was changed by hand, or was written by another version. Its decisions cannot be vouched for: compile again.',
    shows: 'files',
    bad: 'agsec compile --verify policy.bundle.cjs     the file ends in the middle',
    good: 'agsec compile -o policy.bundle.cjs\nagsec compile --verify policy.bundle.cjs',
  },
} as const satisfies CatalogueEntries
