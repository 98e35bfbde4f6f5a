/** Patterns inside the values of conditions. */
import type { CatalogueEntries } from './entry.js'

const path = (pattern: string) =>
  `statements:\n  - effect: deny\n    conditions:\n      params.file_path: { op: path, value: ${pattern} }\n`
const regex = (pattern: string) =>
  `statements:\n  - effect: deny\n    conditions:\n      params.command: { op: regex, value: ${pattern} }\n`

export const patternCodes = {
  'bad-network': {
    severity: 'error',
    title: 'A value of `cidr` that is no network',
    explanation:
      'A network is an IP address, `/`, and how many of its first bits its addresses share: `10.0.0.0/8`, `fd00::/8`. Without `/` it is that one address. IPv4 addresses are four plain decimal numbers, IPv6 addresses have no brackets.\n\nBits beyond the prefix are zero: `10.1.2.3/8` could mean the network `10.0.0.0/8` or the address `10.1.2.3`, so write which.',
    shows: 'policy',
    bad: 'statements:\n  - effect: deny\n    actions: web.fetch\n    conditions:\n      params.url: { op: cidr, value: 10.1.2.3/8 }\n',
    good: 'statements:\n  - effect: deny\n    actions: web.fetch\n    conditions:\n      params.url: { op: cidr, value: 10.0.0.0/8 }\n',
  },
  'regex-syntax': {
    severity: 'error',
    title: 'A regular expression that does not parse',
    explanation:
      "The pattern is not a regular expression of its dialect: Python's `re`, or ECMAScript with the flag `u` where `dialect: es` asks for it. Write patterns in single quotes, where YAML leaves `\\` alone.",
    shows: 'policy',
    bad: regex("'rm (-r|-f'"),
    good: regex("'rm (-r|-f)'"),
  },
  'regex-not-regular': {
    severity: 'error',
    title: 'A regular expression that no automaton can match',
    explanation:
      'Matching takes time linear in the input. Backreferences, atomic groups, possessive quantifiers and conditionals do not allow that; most patterns that use them can be written without. A statement with `backtracking: allowed` may use them: they are then run by backtracking, within limits beyond which the condition is unknown.',
    shows: 'policy',
    bad: regex(`'(["\\'']).*\\1'`),
    good: regex(`'"[^"]*"'`),
  },
  'backtracking-risk': {
    severity: 'warning',
    title: 'A pattern that is run by backtracking',
    explanation:
      'The statement says `backtracking: allowed`, and this pattern is not regular: no automaton can match it, so ways to match are tried one after the other. How many there are depends on the text, and whoever writes the text can make them too many. So the text is limited to 4096 characters (UTF-16 units) and the search to some four million steps; beyond either the condition is unknown, and what happens then is up to `on_possible`. Over strings known only in part it is always unknown.\n\nA pattern that needs none of this is matched in linear time, whatever the statement says.',
    shows: 'policy',
    bad: `statements:\n  - effect: deny\n    backtracking: allowed\n    conditions:\n      params.command: { op: regex, value: '(\\w+)-\\1' }\n`,
    good: `statements:\n  - effect: deny\n    conditions:\n      params.command: { op: regex, value: '\\w+-\\w+' }\n`,
  },
  'regex-unsupported': {
    severity: 'error',
    title: 'A part of regular expressions that is not supported',
    explanation:
      'The dialect knows this, but its meaning depends on data that the compiler does not carry, such as the names of characters. Write the characters themselves.',
    shows: 'policy',
    bad: regex(`'\\N{BULLET}'`),
    good: regex("'•'"),
  },
  'pattern-too-large': {
    severity: 'error',
    title: 'A pattern is too large',
    explanation:
      'Every pattern is compiled ahead of time, under limits on its parts and on the work of compiling it. Counts within counts (`((a{1,100}){1,100}){1,10}`) multiply the parts. A regular expression that looks behind and whose automaton has too many states is too large as well; one that does not is run without an automaton. Lower the counts, or split the pattern into several conditions.',
    shows: 'policy',
    bad: regex("'((a{1,100}){1,100}){1,10}'"),
    good: regex("'a+'"),
  },
  'path-syntax': {
    severity: 'error',
    title: 'A path pattern that does not parse',
    explanation:
      'A bracket is not closed within its segment, a backslash ends the pattern, or what follows `~` or a variable is not `/`. `\\` makes the character after it literal.',
    shows: 'policy',
    bad: path("'/srv/[abc'"),
    good: path("'/srv/[abc]'"),
  },
  'path-brace': {
    severity: 'error',
    title: 'Braces in a path pattern',
    explanation:
      'Path patterns have no alternatives in braces. Write a list of patterns; any of them may match. For a brace that is part of a name write `\\{`.',
    shows: 'policy',
    bad: path("'**/*.{env,key}'"),
    good: path("['**/*.env', '**/*.key']"),
  },
  'path-dot-segment': {
    severity: 'error',
    title: '`.` or `..` in a path pattern',
    explanation: 'Paths are normalised before they are matched, so a pattern with the segment `.` or `..` would never match.',
    shows: 'policy',
    bad: path("'/srv/../etc/**'"),
    good: path("'/etc/**'"),
  },
  'path-double-star': {
    severity: 'error',
    title: '`**` as a part of a segment',
    explanation:
      '`**` stands for any number of whole segments, so it stands alone between slashes. Within a segment `*` stands for any text.',
    shows: 'policy',
    bad: path("'/srv/**.key'"),
    good: path("'/srv/**/*.key'"),
  },
  'path-misplaced-variable': {
    severity: 'error',
    title: 'A variable that is not at the start of a path pattern',
    explanation:
      '`~`, `${home}`, `${cwd}` and `${project_root}` stand for whole absolute directories, so only the start of a pattern can be one.',
    shows: 'policy',
    bad: path("'/srv/${home}/x'"),
    good: path("'${home}/x'"),
  },
  'path-unknown-variable': {
    severity: 'error',
    title: 'An unknown variable in a path pattern',
    explanation: 'Path patterns know `${home}` (or `~`), `${cwd}` and `${project_root}`.',
    shows: 'policy',
    bad: path("'${hoem}/.ssh/**'"),
    good: path("'${home}/.ssh/**'"),
  },
  'bad-host': {
    severity: 'error',
    title: 'A value that is no host name',
    explanation:
      '`host` compares with a domain (`github.com` is that host and every subdomain, `*.github.com` the subdomains only), `localhost`, an IPv4 address or an IPv6 address in brackets. Scheme, port and path are not part of it.',
    shows: 'policy',
    bad: 'statements:\n  - effect: review\n    conditions:\n      params.url: { op: host, value: "https://github.com/x" }\n',
    good: 'statements:\n  - effect: review\n    conditions:\n      params.url: { op: host, value: github.com }\n',
  },
} as const satisfies CatalogueEntries
