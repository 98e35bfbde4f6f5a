/** Variables of a file, and `${…}` where they are used. */
import type { CatalogueEntries } from './entry.js'

const file = (variables: string, condition: string) =>
  `variables:\n${variables}statements:\n  - effect: deny\n    actions: git.push\n    conditions:\n      params.branch: ${condition}\n`
const BRANCHES = '  protected: [main, production]\n'
const USE = '{ op: in, value: "${protected}" }'

export const variableCodes = {
  'bad-variable': {
    severity: 'error',
    title: 'A name that no variable can have',
    explanation:
      'A name is of letters, digits and `_`, and begins with no digit. `home`, `cwd` and `project_root` are the folders of the context, which `path` and `within` know as `${home}` and so on.',
    shows: 'policy',
    bad: file('  home: [main]\n', '{ op: in, value: [main] }'),
    good: file(BRANCHES, USE),
  },
  'unknown-variable': {
    severity: 'error',
    title: 'A variable that the file does not declare',
    explanation:
      'In a file with `variables:`, `${name}` in the value of a condition, in an action or an agent is a variable of that file. `$${` is the text `${`. A file without `variables:` has none: there `${` is text like any other.',
    shows: 'policy',
    bad: file(BRANCHES, '{ op: in, value: "${protectd}" }'),
    good: file(BRANCHES, USE),
  },
  'variable-cycle': {
    severity: 'error',
    title: 'Variables that stand for each other',
    explanation: 'A variable may be made of others, declared before or after it, but not of itself, whatever the way around.',
    shows: 'policy',
    bad: file('  main: "${trunk}"\n  trunk: "${main}"\n', '"${main}"'),
    good: file('  main: "${trunk}"\n  trunk: master\n', '"${main}"'),
  },
  'variable-in-text': {
    severity: 'error',
    title: 'A variable that is no text within a text',
    explanation:
      'Within a longer text a variable is inserted as it is written, so it must be a text: of a number it is not known how it should look (`1.10` is the number 1.1), and a list would be several texts.',
    shows: 'policy',
    bad: file('  release: 1.10\n', '"release/${release}"'),
    good: file('  release: "1.10"\n', '"release/${release}"'),
  },
  'folder-variable': {
    severity: 'error',
    title: 'A folder of the context where no path is compared',
    explanation:
      '`${home}`, `${cwd}` and `${project_root}` are known only when a call is decided, and only `path` and `within` ask for them. For the text itself write `$${home}`.',
    shows: 'policy',
    bad: file('  docs: "${home}/docs"\n', '{ op: starts_with, value: "${docs}" }'),
    good: file('  docs: "${home}/docs"\n', '{ op: within, value: "${docs}" }'),
  },
  'variable-size': {
    severity: 'error',
    title: 'Variables that make too much of little',
    explanation: 'A text has at most 32,768 characters once variables are inserted, and a list 10,000 values.',
    shows: 'files',
    bad: 'variables that stand for each other ten times, ten levels deep',
    good: 'the values that are needed',
  },
  'unused-variable': {
    severity: 'warning',
    title: 'A variable that nothing uses',
    explanation:
      'Nothing in the file names the variable. Perhaps a value was meant to and is written out instead, or the name is misspelt there.',
    shows: 'policy',
    bad: file(BRANCHES, '{ op: in, value: [main, production] }'),
    good: file(BRANCHES, USE),
  },
} as const satisfies CatalogueEntries
