/** Files that do not have the shape of a policy. */
import type { CatalogueEntries } from './entry.js'

export const shapeCodes = {
  'unknown-key': {
    severity: 'error',
    title: 'An unknown key',
    explanation:
      'The key is not one of those that may stand there. It is an error, never ignored: a misspelt `conditions` would make a statement apply always.',
    shows: 'policy',
    bad: 'statements:\n  - effect: deny\n    condition:\n      params.command: rm\n',
    good: 'statements:\n  - effect: deny\n    conditions:\n      params.command: rm\n',
  },
  'missing-key': {
    severity: 'error',
    title: 'A key is missing',
    explanation: 'A statement needs an `effect`. A condition with an operator needs a `value`, but for `exists` and `not_exists`.',
    shows: 'policy',
    bad: 'statements:\n  - sid: BlockShell\n    actions: bash.execute\n',
    good: 'statements:\n  - sid: BlockShell\n    effect: deny\n    actions: bash.execute\n',
  },
  'missing-operator': {
    severity: 'error',
    title: 'A condition without an operator',
    explanation:
      'A condition is a plain value, for equality, or a map `{ op: …, value: … }`. The operator is the value of `op`, not a key. A field within a field is one key with dots.',
    shows: 'policy',
    bad: 'statements:\n  - effect: deny\n    conditions:\n      params.command: { regex: sudo }\n',
    good: 'statements:\n  - effect: deny\n    conditions:\n      params.command: { op: regex, value: sudo }\n',
  },
  'wrong-type': {
    severity: 'error',
    title: 'A value of another type than expected',
    explanation:
      'Text, a number, `true` or `false`, a list or a map stands where something else is expected. A number or boolean that is meant as text stands in quotes.\n\nFor the value of a condition the operator decides: `regex`, `glob`, `starts_with` and `ends_with` take a text; `path`, `within`, `host` and `cidr` a text or a list of texts; `in`, `has_any` and `has_all` a list; `>` and its relatives a number or a text; `contains` and `has` a text, a number or a boolean.',
    shows: 'policy',
    bad: 'statements:\n  - sid: 12\n    effect: deny\n    conditions:\n      - params.command: rm\n',
    good: 'statements:\n  - sid: "12"\n    effect: deny\n    conditions:\n      params.command: rm\n',
  },
  'empty-value': {
    severity: 'error',
    title: 'A value is empty',
    explanation:
      'An empty text or list, or nothing at all, stands where something is needed. `actions: []` would make a statement that never applies; leave `actions` out for every action.',
    shows: 'policy',
    bad: 'statements:\n  - effect: deny\n    actions: []\n',
    good: 'statements:\n  - effect: deny\n    actions: [bash.execute]\n',
  },
  'unknown-effect': {
    severity: 'error',
    title: 'An unknown effect',
    explanation: 'An effect, and the default, is `allow`, `deny` (or `block`) or `review`, in any letter case.',
    shows: 'policy',
    bad: 'statements:\n  - effect: dney\n    actions: bash.execute\n',
    good: 'statements:\n  - effect: deny\n    actions: bash.execute\n',
  },
  'unknown-operator': {
    severity: 'error',
    title: 'An unknown operator',
    explanation: 'The word after `op:` is no operator. Operators are in lower case. See the language reference for all of them.',
    shows: 'policy',
    bad: 'statements:\n  - effect: deny\n    conditions:\n      params.command: { op: Regex, value: sudo }\n',
    good: 'statements:\n  - effect: deny\n    conditions:\n      params.command: { op: regex, value: sudo }\n',
  },
  'deep-conditions': {
    severity: 'error',
    title: 'Groups of conditions nested too deep',
    explanation:
      '`any`, `all` and `not` may stand in each other, 16 deep at most: nobody reads more. Write several statements instead, or an expression with `when`.',
    shows: 'policy',
    bad: `statements:\n  - effect: deny\n    conditions: ${'{ not: '.repeat(17)}{ params.env: test }${' }'.repeat(17)}\n`,
    good: 'statements:\n  - effect: deny\n    conditions:\n      not: { params.env: test }\n',
  },
  'unknown-value': {
    severity: 'error',
    title: 'A word that is none of those possible',
    explanation:
      'Some keys take one of a few words: `match` (`all`, `any`), `on_possible` and `on_unknown` (`deny`, `review`, `ignore`), `effects` (`explicit`, `full`), `dialect` (`python`, `es`).',
    shows: 'policy',
    bad: 'statements:\n  - effect: deny\n    match: some\n',
    good: 'statements:\n  - effect: deny\n    match: any\n',
  },
  'unsupported-version': {
    severity: 'error',
    title: 'An unknown version of the policy language',
    explanation: '`version` is `"1.0"`, or `"1.1"` to ask for the extensions explicitly. Without it a file is read as `"1.0"`.',
    shows: 'policy',
    bad: 'version: "2.0"\ndefault: deny\n',
    good: 'version: "1.0"\ndefault: deny\n',
  },
  'bad-field': {
    severity: 'error',
    title: 'A key of a condition that is no field',
    explanation: 'A field is a name, or several with one dot between them. Names are not empty.',
    shows: 'policy',
    bad: 'statements:\n  - effect: deny\n    conditions:\n      params..command: rm\n',
    good: 'statements:\n  - effect: deny\n    conditions:\n      params.command: rm\n',
  },
  'bad-sid': {
    severity: 'error',
    title: 'A name of a statement that cannot be shown',
    explanation:
      'A `sid` has 1 to 200 printable characters, not only spaces. Results, the audit log and terminals show it, so control characters have no place in it.',
    shows: 'policy',
    bad: 'statements:\n  - sid: "Block\\tShell"\n    effect: deny\n',
    good: 'statements:\n  - sid: BlockShell\n    effect: deny\n',
  },
  'bad-test': {
    severity: 'error',
    title: 'A test that cannot be read',
    explanation:
      'A plain text in `tests` is the main argument of the first action of the statement that has one: the command of `bash.execute`, the `file_path` of `file.read`, the `url` of `web.fetch`. Where no action tells, write a request: `{ action: …, params: { … } }`.\n\nA file `<name>.test.yaml` beside a policy holds `cases:`, each with one question (`command`, `action` or `platform`) and the answer that is expected (`expect`).',
    shows: 'policy',
    bad: 'statements:\n  - effect: deny\n    actions: "mcp.*"\n    tests:\n      denies: [post to slack]\n',
    good: 'statements:\n  - effect: deny\n    actions: "mcp.*"\n    tests:\n      denies: [{ action: mcp.slack.post, params: { text: hello } }]\n',
  },
  'no-statements': {
    severity: 'error',
    title: 'A file without statements',
    explanation:
      'A file has statements, or sets at least one of `default`, `on_possible`, `on_unknown` and `effects`. A file that says nothing is a mistake.',
    shows: 'policy',
    bad: 'version: "1.0"\nstatements: []\n',
    good: 'version: "1.0"\nstatements:\n  - effect: deny\n    actions: bash.execute\n',
  },
  'legacy-rules': {
    severity: 'error',
    title: 'A file in the legacy format',
    explanation:
      'Files with `rules:` and priorities are the format before statements. `agsec migrate` rewrites one and says what cannot be kept as it was.',
    shows: 'policy',
    bad: 'rules:\n  - action: payment.create\n    status: block\n    reason: no payments\n',
    good: 'statements:\n  - effect: deny\n    actions: payment.create\n    reason: no payments\n',
  },
} as const satisfies CatalogueEntries
