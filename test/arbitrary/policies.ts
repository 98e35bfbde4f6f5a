/** Policies as the YAML front end reads them: every operator, every setting, values that the requests are later drawn from. */
import fc from 'fast-check'
import { choices, expressionText, trees } from './expressions.js'

export const TEXTS = [
  'rm',
  'rm -rf x',
  'git push',
  '/home/u/app/.env',
  '~/.ssh/id',
  'src/a.ts',
  'a',
  '',
  '.env',
  '/etc/passwd',
  'https://github.com/x',
  'http://0x7f.1/',
  '10.1.2.3',
  'https://[::ffff:10.0.0.1]:8443/x',
  'fd12::1%eth0',
  '::1',
  'é😀',
  'true',
  '5',
  'A/..//b',
  '\ud800',
  '__proto__',
] as const
const REGEXES = ['\\brm\\s', '^git', '\\.env$', 'a|b', '[^/]+\\.ts$', '(?i)RM', '.*', 'x*$', '\\s', '\\w+\\b', '^\\W', 'é|\\d'] as const
/** Patterns without an automaton: what they say of strings known only in part is not what the reference finds. */
const LARGE_REGEXES = ['x.{16}y', '(?i)^(?!.*X.{14}y)(?:.{0,3}z){6}', '(?:a.{0,50}){5}b(?!\\n)'] as const
export const LARGE_REGEX_TEXTS = [
  'x0123456789abcdefy',
  'x0123456789abcde\ny',
  'zzzzzz',
  'zzzzzzx0123456789abcdy',
  'a-a-a-aab',
  'aaaab',
  'aaaaab\n',
] as const
/** Patterns that are not regular, in the dialect that is asked for. */
const IRREGULAR_REGEXES = [
  { op: 'regex', value: '(["\']).*?\\1' },
  { op: 'not_regex', value: '(?i)^(\\w+)-\\1$' },
  { op: 'regex', value: '(?>a|ab)c|x++y' },
  { op: 'regex', value: '^(<)?\\w+(?(1)>|$)' },
  { op: 'regex', value: '(?<=\\1(a))b|(?<n>x)?\\k<n>$', dialect: 'es' },
] as const
export const IRREGULAR_TEXTS = ['"it\'s"', '"it\'s', 'ab-AB', 'ab-ac', 'abc', 'ac', 'xxy', '<a>', '<a', 'aab', 'ab'] as const
const GLOBS = ['*', 'r?', '*.env', '[a-c]*', '[!a]*', 'git*', '?'] as const
const PATHS = ['**/.env', '~/.ssh/**', '${cwd}/src/*', '/etc/**', '*.ts', '~', '/', 'src/', '${project_root}/**', '.[!e]*', '**'] as const
const FOLDERS = ['~', '/etc', '${cwd}', '/', '~/.ssh', '${project_root}/src'] as const
const HOSTS = ['github.com', '*.github.com', '127.0.0.1', 'localhost'] as const

export const NETWORKS = ['10.0.0.0/8', '127.0.0.1', '0.0.0.0/0', '::/0', '::1', 'fd00::/8', '::ffff:10.0.0.0/104', '2001:db8::/33'] as const

const text = fc.constantFrom(...TEXTS)
const number = fc.constantFrom(0, 1, 5, -1.5, 1e21)
export const scalar = fc.oneof(text, number, fc.boolean())
export const plainValue = fc.oneof(
  { weight: 4, arbitrary: scalar },
  { weight: 1, arbitrary: fc.array(scalar, { maxLength: 3 }) },
  { weight: 1, arbitrary: fc.constantFrom({ a: 1 }, {}, { length: 1 }) },
)
const wanted = fc.oneof(scalar, fc.constantFrom(...GLOBS))

function operator<T>(names: readonly string[], value: fc.Arbitrary<T>) {
  return fc.record({ op: fc.constantFrom(...names), value })
}

function oneOrMore<T>(values: readonly T[]): fc.Arbitrary<T | T[]> {
  const one = fc.constantFrom(...values)
  return fc.oneof(one, fc.array(one, { minLength: 1, maxLength: 3 }))
}

export const condition = fc.oneof(
  scalar,
  operator(['==', '!=', '>', '>=', '<', '<='], fc.oneof(text, number)),
  operator(['equals', 'ne'], plainValue),
  // Of a text that is known in part, which is where either is unknown.
  operator(['==', '!='], text),
  operator(['in', 'not_in'], fc.array(scalar, { minLength: 1, maxLength: 4 })),
  operator(['contains', 'not_contains'], scalar),
  operator(['starts_with', 'ends_with', 'not_starts_with', 'not_ends_with'], text),
  operator(['regex', 'matches', 'not_regex'], fc.constantFrom(...REGEXES)),
  operator(['glob', 'not_glob'], fc.constantFrom(...GLOBS)),
  operator(['path', 'not_path'], oneOrMore(PATHS)),
  operator(['within', 'not_within'], oneOrMore(FOLDERS)),
  operator(['host', 'not_host'], oneOrMore(HOSTS)),
  operator(['cidr', 'not_cidr'], oneOrMore(NETWORKS)),
  operator(['has', 'not_has'], wanted),
  operator(['has_any', 'has_all', 'not_has_any', 'not_has_all'], fc.array(wanted, { minLength: 1, maxLength: 3 })),
  fc.constantFrom({ op: 'exists' }, { op: 'not_exists' }),
)

export const IRREGULAR_FIELD = 'params.z'

/** A field that always is a text. */
export const LARGE_REGEX_FIELD = 'params.t'
const largeCondition = operator(['regex', 'not_regex'], fc.constantFrom(...LARGE_REGEXES)).map(large => ({ [LARGE_REGEX_FIELD]: large }))
// Rare, since it takes long to find that there is no automaton.
const rareConditions = fc.oneof(
  { weight: 60, arbitrary: fc.constant({}) },
  { weight: 2, arbitrary: largeCondition },
  { weight: 5, arbitrary: fc.constantFrom(...IRREGULAR_REGEXES).map(irregular => ({ [IRREGULAR_FIELD]: irregular })) },
)

const FIELDS = [
  'params.x',
  'params.y',
  'x',
  'params.l.0',
  'params.l',
  'params.m.a',
  'context.agent',
  'params.constructor',
  'params.length',
  'cwd',
] as const

/** Conditions in trees, to be written as expressions. */
export const conditionTree = trees(FIELDS, condition)
const expression = fc.tuple(conditionTree, choices).map(([tree, chooser]) => expressionText(tree, chooser()))

const effect = fc.constantFrom('allow', 'deny', 'review')
const outcome = fc.constantFrom('deny', 'review', 'ignore')

/** Conditions and groups of them, in each other to some depth; not empty. */
function grouped(depth: number): fc.Arbitrary<{ readonly [key: string]: unknown }> {
  const fields = fc.dictionary(fc.constantFrom(...FIELDS), condition, { maxKeys: depth === 0 ? 2 : 1 })
  if (depth === 0) return fields.filter(map => Object.keys(map).length > 0)
  const groups = fc.array(grouped(depth - 1), { minLength: 1, maxLength: 2 })
  const keys = fc.record({ any: groups, all: groups, not: grouped(depth - 1) }, { requiredKeys: [] })
  return fc
    .tuple(fields, keys)
    .map(([map, more]) => ({ ...map, ...more }))
    .filter(map => Object.keys(map).length > 0)
}

/** Undefined is not written. */
function seldom<T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.oneof({ weight: 4, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary })
}

const agents = fc.constantFrom('claude-code', 'a', ['claude-code'], ['a', 'b'])

const ordinaryConditions = fc.dictionary(fc.constantFrom(...FIELDS), condition, { maxKeys: 3 })
const conditions = fc
  .tuple(
    fc.oneof({ weight: 4, arbitrary: ordinaryConditions }, { weight: 1, arbitrary: grouped(1) }, { weight: 1, arbitrary: grouped(2) }),
    rareConditions,
  )
  .map(([most, large]) => ({ ...large, ...most }))

export const statement = fc
  .record(
    {
      effect,
      actions: fc.oneof(
        { weight: 4, arbitrary: fc.subarray(['a.b', 'a.*', '*', 'c', '?.[!b]'], { minLength: 1 }) },
        { weight: 1, arbitrary: fc.constant(undefined) },
      ),
      not_actions: seldom(fc.oneof(fc.constantFrom('a.b', 'c'), fc.subarray(['a.c', '*b', 'c', '__*'], { minLength: 1 }))),
      agents: seldom(agents),
      not_agents: seldom(agents),
      conditions,
      match: fc.constantFrom('all', 'any'),
      // Seldom: each brings some tests more, whose patterns have to be compiled. Undefined is not written.
      when: fc.oneof({ weight: 2, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: expression }),
      on_possible: outcome,
      on_unknown: outcome,
      reason: fc.constant('because é😀'),
      guidance: fc.constant('do this instead'),
    },
    { requiredKeys: ['effect', 'actions'] },
  )
  .map(one => (Object.hasOwn(one.conditions ?? {}, IRREGULAR_FIELD) ? { ...one, backtracking: 'allowed' } : one))

const file = fc.record(
  {
    default: effect,
    effects: fc.constantFrom('explicit', 'full'),
    on_possible: outcome,
    on_unknown: outcome,
    statements: fc.array(statement, { minLength: 1, maxLength: 5 }),
  },
  { requiredKeys: ['statements'] },
)

/** The texts of the files of one policy; JSON is YAML. */
export const policyFiles = fc.array(file, { minLength: 1, maxLength: 3 }).map(files => files.map(one => JSON.stringify(one)))
