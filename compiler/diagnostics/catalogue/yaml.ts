/** Texts that are no YAML, or that use parts of YAML which policies do not. */
import type { CatalogueEntries } from './entry.js'

export const yamlCodes = {
  'yaml-syntax': {
    severity: 'error',
    title: 'The file is not YAML',
    explanation:
      'YAML has rules that are easy to miss:\n\n* lines are indented with spaces, never with tabs;\n* `>`, `>=`, `!=` have a meaning of their own, so these operators stand in quotes;\n* in double quotes `\\` starts an escape, so patterns stand in single quotes;\n* a value that holds `: ` or starts with `` ` ``, `@`, `%`, `*`, `&`, `!`, `{`, `[` stands in quotes.\n\nOne problem is reported for each line: what follows it is usually a consequence.',
    shows: 'policy',
    bad: 'statements:\n  - effect: deny\n    conditions:\n      params.amount: { op: >=, value: 100 }\n      params.command: { op: regex, value: "\\d+" }\n',
    good: 'statements:\n  - effect: deny\n    conditions:\n      params.amount: { op: ">=", value: 100 }\n      params.command: { op: regex, value: \'\\d+\' }\n',
  },
  'yaml-documents': {
    severity: 'error',
    title: 'A file holds several YAML documents',
    explanation: 'A line `---` starts a new document. A policy file is one document: whoever reads only the first one would miss the rest.',
    shows: 'policy',
    bad: 'default: deny\n---\nstatements:\n  - effect: allow\n    actions: file.read\n',
    good: 'default: deny\nstatements:\n  - effect: allow\n    actions: file.read\n',
  },
  'yaml-version': {
    severity: 'error',
    title: 'A file asks for another version of YAML',
    explanation:
      'Policies are YAML 1.2. Under `%YAML 1.1` the same text would mean something else: `no` would be a boolean, `010` would be eight.',
    shows: 'policy',
    bad: '%YAML 1.1\n---\ndefault: deny\n',
    good: 'default: deny\n',
  },
  'yaml-depth': {
    severity: 'error',
    title: 'Lists and maps are nested too deep',
    explanation:
      'No policy needs more than a few levels of lists and maps. Beyond 64 the file is refused, so that a broken or hostile file cannot exhaust the compiler.',
    shows: 'policy',
    bad: `statements: ${'['.repeat(70)}${']'.repeat(70)}\n`,
    good: 'statements:\n  - effect: deny\n    actions: [bash.execute]\n',
  },
  'yaml-alias': {
    severity: 'error',
    title: 'An alias names nothing, or aliases stand for too much',
    explanation:
      'An alias `*name` repeats the value that has the anchor `&name`, which must come before it. A text that starts with `*` stands in quotes, such as the glob `"*.env"`.\n\nThe aliases of a file may stand for 100,000 values altogether: aliases of aliases grow without bound.',
    shows: 'policy',
    bad: 'statements:\n  - effect: deny\n    actions: *shell\n',
    good: 'statements:\n  - effect: deny\n    actions: &shell [bash.execute, powershell.execute]\n    conditions: { params.command: { op: contains, value: sudo } }\n  - effect: review\n    actions: *shell\n',
  },
  'yaml-merge-key': {
    severity: 'error',
    title: 'A merge key',
    explanation: 'The key `<<` merges maps in YAML 1.1 only. It is refused rather than read as a key named `<<`.',
    shows: 'policy',
    bad: 'statements:\n  - &base\n    sid: A\n    effect: deny\n  - <<: *base\n    sid: B\n',
    good: 'statements:\n  - sid: A\n    effect: deny\n  - sid: B\n    effect: deny\n',
  },
  'yaml-key': {
    severity: 'error',
    title: 'A key that is not text',
    explanation:
      'All keys of a policy are text. A number, a boolean, nothing, a list or a map as a key is a mistake; a field that is really named `5` stands in quotes.',
    shows: 'policy',
    bad: 'statements:\n  - effect: deny\n    conditions:\n      5: true\n',
    good: 'statements:\n  - effect: deny\n    conditions:\n      "5": true\n',
  },
  'yaml-tag': {
    severity: 'error',
    title: 'An unknown YAML tag',
    explanation: 'A value that starts with `!` is a tag for YAML. Policies need none. A text that starts with `!` stands in quotes.',
    shows: 'policy',
    bad: 'statements:\n  - effect: deny\n    reason: !important do not\n',
    good: 'statements:\n  - effect: deny\n    reason: "!important do not"\n',
  },
  'yaml-ambiguous': {
    severity: 'error',
    title: 'A value that YAML 1.1 and 1.2 read differently',
    explanation:
      'In YAML 1.1, which the first readers of this format spoke, `yes`, `no`, `on` and `off` are booleans, `010` is eight, `1_000` a thousand and `1:30` ninety. In YAML 1.2 they are not. In the value of a condition the difference would decide, so say which is meant.',
    shows: 'policy',
    bad: 'statements:\n  - effect: deny\n    conditions:\n      params.force: yes\n',
    good: 'statements:\n  - effect: deny\n    conditions:\n      params.force: true\n',
  },
  'duplicate-key': {
    severity: 'error',
    title: 'A key is written twice',
    explanation:
      'A map has each key once. Of two conditions on the same field one would be lost.\n\nTo ask two things of one field, write two statements, or one pattern that says both.',
    shows: 'policy',
    bad: 'statements:\n  - effect: deny\n    conditions:\n      params.command: { op: contains, value: sudo }\n      params.command: { op: contains, value: rm }\n',
    good: 'statements:\n  - effect: deny\n    conditions:\n      params.command: { op: regex, value: sudo.*rm }\n',
  },
  'empty-file': {
    severity: 'error',
    title: 'A file is empty',
    explanation: 'The file holds nothing, or only comments. It is refused rather than read as "no rules": an accident can empty a file.',
    shows: 'policy',
    bad: '# rules for the shell\n',
    good: 'statements:\n  - effect: deny\n    actions: bash.execute\n',
  },
} as const satisfies CatalogueEntries
