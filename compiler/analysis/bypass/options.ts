/** Options of a command in other spellings, and Git's many ways to the same subcommand. */
import { type Command, type Form, fixed, quoted, script, type Word, word, wordsText } from './form.js'
import type { Random } from './random.js'
import { freshName, type Technique } from './technique.js'

/** Of programs whose options may be clustered and abbreviated: the long name of each short one. */
const LONG: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  rm: { r: 'recursive', R: 'recursive', f: 'force', v: 'verbose', d: 'dir' },
  'git push': { f: 'force', u: 'set-upstream', d: 'delete', n: 'dry-run', q: 'quiet' },
  'git clean': { f: 'force', q: 'quiet' },
  'git reset': { q: 'quiet' },
  'git branch': { d: 'delete', f: 'force' },
  chmod: { R: 'recursive' },
  chown: { R: 'recursive' },
  cp: { r: 'recursive', R: 'recursive', f: 'force' },
}

/** Where the options begin, and the table; undefined where the program is not known. */
function known({ words }: Command): { readonly from: number; readonly long: Readonly<Record<string, string>> } | undefined {
  const [first = '', second = ''] = words.map(({ value }) => value)
  const one = LONG[first]
  if (one !== undefined) return { from: 1, long: one }
  const two = LONG[`${first} ${second}`]
  return two === undefined ? undefined : { from: 2, long: two }
}

/** One argument by others in its place; undefined where it has no other spelling of the kind. */
type Respell = (value: string, long: Readonly<Record<string, string>>, random: Random) => readonly string[] | undefined

function isCluster(value: string): boolean {
  return /^-[a-zA-Z]+$/.test(value)
}

const RESPELLINGS: readonly (readonly [name: string, respell: Respell])[] = [
  ['options one by one', value => (isCluster(value) && value.length > 2 ? [...value.slice(1)].map(letter => `-${letter}`) : undefined)],
  [
    'options in another order',
    value => (isCluster(value) && value.length > 2 ? [`-${[...value.slice(1)].reverse().join('')}`] : undefined),
  ],
  ['long options', (value, long) => (isCluster(value) ? longOf(value, long) : undefined)],
  ['abbreviated options', (value, long) => abbreviated(value, long)],
  [
    'option twice',
    value => (value.startsWith('-') && value.length > 1 && value !== '--' && !value.includes('=') ? [value, value] : undefined),
  ],
  ['short options', (value, long) => shortOf(value, long)],
]

function longOf(value: string, long: Readonly<Record<string, string>>): readonly string[] | undefined {
  const letters = [...value.slice(1)]
  return letters.every(letter => long[letter] !== undefined) ? letters.map(letter => `--${long[letter]}`) : undefined
}

function shortOf(value: string, long: Readonly<Record<string, string>>): readonly string[] | undefined {
  const letter = Object.keys(long).find(each => `--${long[each]}` === value)
  return letter === undefined ? undefined : [`-${letter}`]
}

/** The last letter left off, where no other option of the table begins so. */
function abbreviated(value: string, long: Readonly<Record<string, string>>): readonly string[] | undefined {
  const short = value.slice(0, -1)
  const meant = new Set([...Object.values(long), ...OTHERS].filter(each => `--${each}`.startsWith(short)))
  return /^--[a-z]{4,}$/.test(value) && meant.size <= 1 ? [short] : undefined
}

/** Long options whose names others begin with. */
const OTHERS: readonly string[] = ['force-with-lease', 'force-if-includes', 'delete', 'hard', 'mirror']

function option([name, respell]: (typeof RESPELLINGS)[number]): Technique {
  return {
    group: 'options',
    name,
    apply: (form, { random }) => (form.kind === 'command' ? respelled(form, respell, random) : undefined),
  }
}

function respelled(form: Command, respell: Respell, random: Random): Form | undefined {
  const table = known(form)
  if (table === undefined) return undefined
  const places = form.words.flatMap(({ value, source }, at) =>
    at >= table.from && source === undefined && value.startsWith('-') ? [at] : [],
  )
  const place = random.pick(places)
  if (place === undefined) return undefined
  const made = respell(form.words[place]?.value ?? '', table.long, random)
  return made && { ...form, words: [...form.words.slice(0, place), ...made.map(word), ...form.words.slice(place + 1)] }
}

const optionsLast: Technique = {
  group: 'options',
  name: 'options after the operands',
  apply: form => {
    if (form.kind !== 'command' || form.words.some(({ value, source }) => value === '--' || source !== undefined)) return undefined
    const table = known(form)
    if (table === undefined) return undefined
    const isOption = ({ value }: Word) => value.startsWith('-')
    const args = form.words.slice(table.from)
    return { ...form, words: [...form.words.slice(0, table.from), ...args.filter(each => !isOption(each)), ...args.filter(isOption)] }
  },
}

const endOfOptions: Technique = {
  group: 'options',
  name: 'end of options',
  apply: form => {
    if (form.kind !== 'command' || !['rm', 'cat', 'head', 'cp', 'mv', 'tail'].includes(form.words[0]?.value ?? '')) return undefined
    const at = form.words.findIndex(({ role }) => role === 'path')
    if (at < 1 || form.words.some(({ value }) => value === '--')) return undefined
    return { ...form, words: [...form.words.slice(0, at), word('--'), ...form.words.slice(at)] }
  },
}

/** Global options of Git, one technique each. */
const GLOBALS = `-C .|-c a.b=c|-c user.name=x|--no-pager|-P|--paginate|--literal-pathspecs|--no-replace-objects|--no-optional-locks|--git-dir=.git|--git-dir .git
  |--work-tree=.|--work-tree .|--namespace=x|--exec-path=/usr/lib/git-core|-c core.pager=cat --no-pager -C .`

/** A name that no subcommand has. */
function aliasOf(name: string): string {
  return `x${name.slice(1)}`
}

type Around = (rest: readonly Word[], name: string) => Form | undefined

function git(words: readonly Word[]): Form {
  return { kind: 'command', shell: 'sh', before: [], words }
}

const GIT: readonly (readonly [name: string, around: Around])[] = [
  ['alias', (rest, name) => git([word('git'), word('-c'), word(`alias.${aliasOf(name)}=${wordsText(rest)}`), word(aliasOf(name))])],
  [
    'alias with arguments',
    ([first, ...rest], name) =>
      first && git([word('git'), word('-c'), word(`alias.${aliasOf(name)}=${first.value}`), word(aliasOf(name)), ...rest]),
  ],
  [
    'alias of a shell',
    (rest, name) => git([word('git'), word('-c'), word(`alias.${aliasOf(name)}=!git ${wordsText(rest)}`), word(aliasOf(name))]),
  ],
  ['configured alias', (rest, name) => script(`git config alias.${aliasOf(name)} ${quoted(wordsText(rest))}; git ${aliasOf(name)}`, 'sh')],
  [
    'global alias',
    (rest, name) => script(`git config --global alias.${aliasOf(name)} ${quoted(`!git ${wordsText(rest)}`)} && git ${aliasOf(name)}`, 'sh'),
  ],
  [
    'alias in the environment',
    (rest, name) =>
      script(
        `GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=alias.${aliasOf(name)} GIT_CONFIG_VALUE_0=${quoted(wordsText(rest))} git ${aliasOf(name)}`,
        'sh',
      ),
  ],
  [
    'alias in an exported environment',
    (rest, name) =>
      script(
        `export GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=alias.${aliasOf(name)} GIT_CONFIG_VALUE_0=${quoted(wordsText(rest))}; git ${aliasOf(name)}`,
        'sh',
      ),
  ],
  [
    'alias by --config-env',
    (rest, name) => script(`${name}=${quoted(wordsText(rest))} git --config-env=alias.${aliasOf(name)}=${name} ${aliasOf(name)}`, 'sh'),
  ],
  [
    'alias in an included file',
    (rest, name) =>
      script(
        `printf '[alias]\\n\\t${aliasOf(name)} = %s\\n' ${quoted(wordsText(rest))} > /tmp/${name}; git -c include.path=/tmp/${name} ${aliasOf(name)}`,
        'sh',
      ),
  ],
  ['program of the subcommand', ([first, ...rest]) => first && git([word(`/usr/lib/git-core/git-${first.value}`), ...rest])],
  ['git in git-core', rest => git([word('/usr/lib/git-core/git'), ...rest])],
  ['submodules', rest => git([word('git'), word('submodule'), word('foreach'), word(`git ${wordsText(rest)}`)])],
  ['rebase', rest => git([word('git'), word('rebase'), word('-x'), word(`git ${wordsText(rest)}`), word('HEAD~1')])],
  ['worktree variable', rest => git([fixed('GIT_WORK_TREE=.'), fixed('GIT_DIR=.git'), word('git'), ...rest])],
]

function isGit(form: Form): form is Command {
  return form.kind === 'command' && form.words[0]?.value === 'git' && form.words[0].source === undefined && form.before.length === 0
}

function around([name, made]: (typeof GIT)[number]): Technique {
  return {
    group: 'options',
    name: `git ${name}`,
    apply: (form, { random }) => {
      if (!isGit(form) || form.words[1]?.value.startsWith('-') !== false) return undefined
      return made(form.words.slice(1), freshName(random))
    },
  }
}

function global(text: string): Technique {
  return {
    group: 'options',
    name: `git ${text}`,
    apply: form => (isGit(form) ? { ...form, words: [word('git'), ...text.split(' ').map(word), ...form.words.slice(1)] } : undefined),
  }
}

/** Ways to rewrite what others have pushed. */
const FORCE: readonly (readonly [name: string, force: (words: readonly Word[], plain: readonly Word[]) => readonly Word[] | undefined])[] =
  [
    ['short', (_, plain) => [...plain, word('-f')]],
    ['in a cluster', (_, plain) => [...plain, word('-uf')]],
    ['in another cluster', (_, plain) => [...plain, word('-qf')]],
    ['long', (_, plain) => [...plain, word('--force')]],
    ['in front', (_, [first, second, ...rest]) => first && second && [first, second, word('--force'), ...rest]],
    ['by a plus', (_, plain) => (plain.length === 4 ? [...plain.slice(0, 3), word(`+${plain[3]?.value ?? ''}`)] : undefined)],
    ['by a plus and HEAD', (_, plain) => (plain.length === 2 ? [...plain, word('origin'), word('+HEAD')] : undefined)],
    ['by a plus and a branch', (_, plain) => (plain.length === 3 ? [...plain, word('+HEAD:feature')] : undefined)],
    ['by mirror', (_, plain) => (plain.length <= 3 ? [...plain, word('--mirror')] : undefined)],
    [
      'by configuration',
      (_, [first, ...rest]) =>
        first && rest.length === 2 ? [first, word('-c'), word(`remote.${rest[1]?.value}.push=+HEAD:feature`), ...rest] : undefined,
    ],
  ]

function force([name, made]: (typeof FORCE)[number]): Technique {
  return {
    group: 'programs',
    name: `git push, force ${name}`,
    apply: form => {
      if (!isGit(form) || form.words[1]?.value !== 'push') return undefined
      const plain = form.words.filter(({ value }) => !/^(?:--force|-f|--mirror)$/.test(value))
      const words =
        plain.length < form.words.length && plain.every(({ value }) => !/^[-+]/.test(value)) ? made(form.words, plain) : undefined
      return words && { ...form, words }
    },
  }
}

export const options: readonly Technique[] = [
  ...RESPELLINGS.map(option),
  optionsLast,
  endOfOptions,
  ...GIT.map(around),
  ...GLOBALS.split('|').map(each => global(each.trim())),
  ...FORCE.map(force),
]
