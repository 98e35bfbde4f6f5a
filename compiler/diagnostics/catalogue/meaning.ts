/** Policies that are well formed and still do not say what they seem to. */
import type { CatalogueEntries } from './entry.js'

export const meaningCodes = {
  'duplicate-sid': {
    severity: 'error',
    title: 'Two statements have the same name',
    explanation:
      'A `sid` is unique in the whole policy, that is, in all files of a folder: results and the audit log name statements by it.\n\nA statement without one is named after its file and its place in it (`02_bash#3`).',
    shows: 'policy',
    bad: [
      'statements:\n  - sid: BlockDelete\n    effect: deny\n    actions: file.delete\n',
      'statements:\n  - sid: BlockDelete\n    effect: deny\n    actions: bash.execute\n',
    ],
    good: [
      'statements:\n  - sid: BlockDelete\n    effect: deny\n    actions: file.delete\n',
      'statements:\n  - sid: BlockShell\n    effect: deny\n    actions: bash.execute\n',
    ],
  },
  'default-disagrees': {
    severity: 'warning',
    title: 'Files disagree about the default',
    explanation:
      'Of defaults in several files the strictest applies: deny, then review, then allow. The others have no effect, which their files do not show.',
    shows: 'policy',
    bad: ['default: deny\n', 'default: allow\nstatements:\n  - effect: deny\n    actions: bash.execute\n'],
    good: ['default: deny\n', 'statements:\n  - effect: deny\n    actions: bash.execute\n'],
  },
  'negative-misses-absent': {
    severity: 'warning',
    title: 'A negative operator in a deny or review statement',
    explanation:
      'Every operator but `not_exists` is false where the field is missing. So a statement that denies what is *not* something does not apply to a request without the field, and such a request slips past it.\n\nWhere that should not happen, add a statement that denies requests without the field.',
    shows: 'policy',
    bad: 'statements:\n  - effect: deny\n    actions: payment.create\n    conditions:\n      params.country: { op: not_in, value: [DE, FR] }\n',
    good: 'statements:\n  - effect: deny\n    actions: payment.create\n    conditions:\n      params.country: { op: not_in, value: [DE, FR] }\n  - effect: deny\n    actions: payment.create\n    conditions:\n      params.country: { op: not_exists }\n',
  },
  'no-action': {
    severity: 'warning',
    title: 'A statement about no action',
    explanation: '`not_actions` takes every action away that `actions` names, so the statement never applies.',
    shows: 'policy',
    bad: 'statements:\n  - effect: deny\n    actions: [file.read]\n    not_actions: ["file.*"]\n',
    good: 'statements:\n  - effect: deny\n    actions: ["file.*"]\n    not_actions: [file.read]\n',
  },
  'agent-glob': {
    severity: 'warning',
    title: 'A wildcard in the name of an agent',
    explanation: '`agents` and `not_agents` compare names as they are: `claude-*` is only the agent of exactly that name.',
    shows: 'policy',
    bad: 'statements:\n  - effect: deny\n    agents: ["claude-*"]\n',
    good: 'statements:\n  - effect: deny\n    conditions:\n      context.agent: { op: glob, value: "claude-*" }\n',
  },
  'ignored-value': {
    severity: 'warning',
    title: 'A value that the operator does not look at',
    explanation: '`exists` and `not_exists` ask whether the field is there. `{ op: exists, value: false }` is still true where it is.',
    shows: 'policy',
    bad: 'statements:\n  - effect: deny\n    conditions:\n      params.approved_by: { op: exists, value: false }\n',
    good: 'statements:\n  - effect: deny\n    conditions:\n      params.approved_by: { op: not_exists }\n',
  },
  'null-comparison': {
    severity: 'warning',
    title: 'A comparison with nothing',
    explanation: 'A field that is null counts as missing, so no field equals null. Ask for its presence with `exists` or `not_exists`.',
    shows: 'policy',
    bad: 'statements:\n  - effect: deny\n    conditions:\n      params.approved_by: { op: ==, value: null }\n',
    good: 'statements:\n  - effect: deny\n    conditions:\n      params.approved_by: { op: not_exists }\n',
  },
  'inexact-number': {
    severity: 'warning',
    title: 'A number too large to be exact',
    explanation:
      'Numbers above 9007199254740991 are rounded, in policies as in requests, so different ones may compare as equal. An account number or another name made of digits is text: put it in quotes.',
    shows: 'policy',
    bad: 'statements:\n  - effect: allow\n    conditions:\n      params.account: 12345678901234567890\n',
    good: 'statements:\n  - effect: allow\n    conditions:\n      params.account: "12345678901234567890"\n',
  },
  'suspicious-field': {
    severity: 'warning',
    title: 'A field that is probably misspelt',
    explanation:
      'A field starts with `params.` or `context.`; any other is looked up inside the params, then inside the context. So `param.command` asks for `command` of a parameter named `param`, which hardly any request has.',
    shows: 'policy',
    bad: 'statements:\n  - effect: deny\n    conditions:\n      param.command: { op: contains, value: sudo }\n',
    good: 'statements:\n  - effect: deny\n    conditions:\n      params.command: { op: contains, value: sudo }\n',
  },
} as const satisfies CatalogueEntries
