/** Other names for the same path. */
import { type Command, type Form, needed, type Shell, spelled, type Word } from './form.js'
import { freshName, type Situation, type Technique } from './technique.js'

interface Renamed {
  readonly value: string
  readonly source?: string
  readonly before?: string
}

interface Path {
  readonly value: string
  /** As a word of the shell. */
  readonly word: string
  readonly absolute: string
  readonly relative: boolean
  readonly folder: string
  readonly name: string
  readonly deletes: boolean
  readonly situation: Situation
  readonly fresh: string
}

type Rename = (path: Path) => Renamed | undefined
type Row = readonly [name: string, shell: Shell, rename: Rename]

function value(text: string | undefined): Renamed | undefined {
  return text === undefined ? undefined : { value: text }
}

/** A path in which the shell has something to expand; what it is worth is `value`. */
function expanded(source: string, { value }: Path): Renamed {
  return { value, source }
}

function ofRelative(made: (path: Path) => Renamed | undefined): Rename {
  return path => (path.relative ? made(path) : undefined)
}

/** Names without a sign of the shell's. */
const SAFE = /^[\w@%+:,./-]+$/

function ofSafe(made: (path: Path) => Renamed | undefined): Rename {
  return path => (SAFE.test(path.value) ? made(path) : undefined)
}

function belowHome({ absolute, situation }: Path): string | undefined {
  return absolute.startsWith(`${situation.home}/`) ? absolute.slice(situation.home.length + 1) : undefined
}

function ofHome(made: (rest: string, path: Path) => Renamed): Rename {
  return path => {
    const rest = belowHome(path)
    return rest !== undefined && SAFE.test(rest) ? made(rest, path) : undefined
  }
}

function inPlace(name: string, at: number, sign: string): string {
  return name.slice(0, at) + sign + name.slice(at + 1)
}

/** A pattern that the name matches: the dot at its start stands for itself. */
function globbed(made: (name: string, at: number) => string | undefined): Rename {
  return ofSafe(path => {
    const { value, name, situation } = path
    const at = name.length < 2 ? 0 : 1 + situation.random.below(name.length - 1)
    if (name.length < 2 || !/\w/.test(name.charAt(at))) return undefined
    const pattern = made(name, at)
    return pattern === undefined ? undefined : expanded(value.slice(0, value.length - name.length) + pattern, path)
  })
}

function base(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

const ROWS: readonly Row[] = [
  ['dot and slash', 'sh', ofRelative(({ value: text }) => value(`./${text}`))],
  ['many dots and slashes', 'sh', ofRelative(({ value: text }) => value(`.//././/${text}`))],
  ['doubled slashes', 'sh', ({ absolute }) => value(absolute.replaceAll('/', '//'))],
  ['absolute path', 'sh', ({ absolute }) => value(absolute)],
  ['absolute path with dots', 'sh', ({ absolute }) => value(`/.${absolute}`)],
  ['into a folder and out again', 'sh', ({ absolute }) => value(`/usr/..${absolute}`)],
  ['through the parent', 'sh', ofRelative(({ value: text, situation }) => value(`../${base(situation.cwd)}/${text}`))],
  ['through the root', 'sh', ({ absolute, situation }) => value(`${situation.cwd.replace(/\/[^/]+/g, '/..').slice(1)}${absolute}`)],
  ['folder of the process', 'sh', ofRelative(({ value: text }) => value(`/proc/self/cwd/${text}`))],
  ['root of the process', 'sh', ({ absolute }) => value(`/proc/self/root${absolute}`)],
  ['folder of the shell', 'sh', ofRelative(path => expanded(`/proc/$$/cwd/${path.word}`, path))],
  ['$PWD', 'sh', ofRelative(path => expanded(`"$PWD"/${path.word}`, path))],
  ['output of pwd', 'sh', ofRelative(path => expanded(`"$(pwd)"/${path.word}`, path))],
  ['~+', 'bash', ofRelative(path => expanded(`~+/${path.word}`, path))],
  ['~', 'sh', ofHome((rest, path) => expanded(`~/${rest}`, path))],
  ['$HOME', 'sh', ofHome((rest, path) => expanded(`$HOME/${rest}`, path))],
  ['output of realpath', 'sh', path => expanded(`"$(realpath ${path.word})"`, path)],
  ['output of ls', 'sh', ofSafe(path => expanded(`$(ls -d ${path.word})`, path))],
  ['output of find', 'sh', ofSafe(path => expanded(`$(find ${path.word} -maxdepth 0)`, path))],
  ['glob with a class', 'sh', globbed((name, at) => inPlace(name, at, `[${name.charAt(at)}]`))],
  ['glob with a range', 'sh', globbed((name, at) => (/[a-z]/.test(name.charAt(at)) ? inPlace(name, at, '[a-z]') : undefined))],
  ['glob with a question mark', 'sh', globbed((name, at) => inPlace(name, at, '?'))],
  ['glob with a star', 'sh', globbed((name, at) => `${name.slice(0, at)}*`)],
  ['glob with a star for one character', 'sh', globbed((name, at) => inPlace(name, at, '*'))],
  ['braces', 'bash', globbed((name, at) => inPlace(name, at, `{${name.charAt(at)},}`))],
  [
    'brace range',
    'bash',
    globbed((name, at) => (/[a-z0-9]/.test(name.charAt(at)) ? inPlace(name, at, `{${name.charAt(at)}..${name.charAt(at)}}`) : undefined)),
  ],
  ['from the folder', 'sh', ofSafe(({ folder, name }) => (folder === '' ? undefined : { value: name, before: `cd ${folder}` }))],
  ['from the root', 'sh', ofSafe(({ absolute }) => ({ value: absolute.slice(1), before: 'cd /' }))],
  ['from the parent', 'sh', ofRelative(({ value: text, situation }) => ({ value: `${base(situation.cwd)}/${text}`, before: 'cd ..' }))],
  ['from a pushed folder', 'bash', ofSafe(({ absolute }) => ({ value: absolute.slice(1), before: 'pushd / > /dev/null' }))],
  ['$OLDPWD', 'sh', ofRelative(path => ({ ...expanded(`"$OLDPWD"/${path.word}`, path), before: 'cd /' }))],
  ['~-', 'bash', ofRelative(path => ({ ...expanded(`~-/${path.word}`, path), before: 'cd /' }))],
  ['link to the folder', 'sh', ofRelative(({ value: text, fresh }) => ({ value: `${fresh}/${text}`, before: `ln -s . ${fresh}` }))],
  ['link to the root', 'sh', ({ absolute, fresh }) => ({ value: `${fresh}${absolute}`, before: `ln -s / ${fresh}` })],
  [
    'link in another folder',
    'sh',
    ({ absolute, fresh, situation }) => ({
      value: `/tmp/${fresh}/${base(absolute)}`,
      before: `ln -s ${folderOf(absolute, situation)} /tmp/${fresh}`,
    }),
  ],
  ['symbolic link', 'sh', ofKept(({ word, fresh }) => ({ value: fresh, before: `ln -s ${word} ${fresh}` }))],
  [
    'link to a link',
    'sh',
    ofKept(({ word, fresh }) => ({ value: `${fresh}x`, before: `ln -s ${word} ${fresh}; ln -s ${fresh} ${fresh}x` })),
  ],
  ['hard link', 'sh', ofKept(({ word, fresh }) => ({ value: fresh, before: `ln ${word} ${fresh}` }))],
]

function folderOf(absolute: string, { cwd }: Situation): string {
  const folder = absolute.slice(0, absolute.lastIndexOf('/'))
  return SAFE.test(folder) ? folder : `'${cwd}'`
}

/** A name for what the path leads to: deleting it would leave the path. */
function ofKept(made: Rename): Rename {
  return path => (path.deletes ? undefined : made(path))
}

const COPIES: readonly Row[] = [
  ['copy', 'sh', ({ word, fresh }) => ({ value: fresh, before: `cp ${word} ${fresh}` })],
  ['copy elsewhere', 'sh', ({ word, fresh }) => ({ value: `/tmp/${fresh}`, before: `cat ${word} > /tmp/${fresh}` })],
  ['picked from a listing', 'sh', listing((folder, name) => `$(ls -A ${folder} | grep -xF ${name})`)],
  ['picked from a listing by awk', 'sh', listing((folder, name) => `$(ls -A ${folder} | awk '/^${name.replaceAll('.', '\\.')}$/')`)],
  ['picked from a listing by sed', 'sh', listing((folder, name) => `$(ls -A ${folder} | sed -n '/^${name.replaceAll('.', '[.]')}$/p')`)],
  ['picked from a long listing', 'sh', listing((folder, name) => `$(ls -lA ${folder} | awk '{ print $NF }' | grep -xF ${name})`)],
  ['picked from a numbered listing', 'sh', listing((folder, name) => `$(ls -A ${folder} | nl | cut -f2 | grep -xF ${name})`)],
  ['picked by find -printf', 'sh', listing((folder, name) => `$(find ${folder} -maxdepth 1 -printf '%f\\n' | grep -xF ${name})`)],
  ['picked from parameters', 'sh', listing((folder, name) => `$(set -- $(ls -A ${folder}); printf '%s\\n' "$@" | grep -xF ${name})`)],
  ['picked from a listing, one of many', 'sh', listing((folder, name) => `$(ls -A ${folder} | sort -r | grep -ixF ${name} | head -n 1)`)],
  [
    'found in its folder',
    'sh',
    ofSafe(path => expanded(`$(find ${path.folder || '.'} -maxdepth 1 -type f | grep '/${path.name}$')`, path)),
  ],
  ['named by find', 'sh', ofSafe(path => expanded(`$(find ${path.folder || '.'} -maxdepth 1 -name ${path.name})`, path))],
  ['renamed first', 'sh', ({ word, fresh }) => ({ value: fresh, before: `mv ${word} ${fresh}` })],
]

/** The name out of what its folder holds. */
function listing(made: (folder: string, name: string) => string): Rename {
  return ofSafe(path => {
    const { folder, name } = path
    const before = folder === '' ? '' : folder === '/' ? '/' : `${folder}/`
    return /^[\w.-]+$/.test(name) && !name.startsWith('-') ? expanded(before + made(folder || '.', name), path) : undefined
  })
}

function technique([name, shell, rename]: Row, onlyOf?: Command['deed']): Technique {
  return {
    group: 'paths',
    name,
    apply: (form, situation) =>
      form.kind === 'command' && (onlyOf === undefined || form.deed === onlyOf) ? renamed(form, shell, rename, situation) : undefined,
  }
}

function renamed(form: Command, shell: Shell, rename: Rename, situation: Situation): Form | undefined {
  // A path that is spelled already is relative to a folder that may be another by then.
  const places = form.words.flatMap(({ role, source }, at) => (role === 'path' && source === undefined ? [at] : []))
  const place = situation.random.pick(places)
  const old = place === undefined ? undefined : form.words[place]
  if (place === undefined || old === undefined || form.before.length > 0) return undefined
  const made = rename(pathOf(old, form, situation))
  // A redirection takes one word, and of two the last is what is written.
  const isTwo = made?.source?.includes(',}') === true
  if (made === undefined || (isTwo && (form.deed === 'write' || form.words[place - 1]?.source !== undefined))) return undefined
  const words = form.words.map(
    (each, at): Word =>
      at === place ? { ...each, ...(made.source === undefined ? {} : { source: made.source }), value: made.value } : each,
  )
  return { ...form, words, before: made.before === undefined ? [] : [made.before], shell: needed(form.shell, shell) }
}

function pathOf(old: Word, form: Command, situation: Situation): Path {
  const { value } = old
  const relative = !value.startsWith('/')
  const absolute = relative ? `${situation.cwd}/${value}` : value
  const slash = value.lastIndexOf('/')
  const folder = slash === 0 ? '/' : value.slice(0, Math.max(0, slash))
  const deletes = form.deed === 'delete' || form.deed === undefined
  return {
    value,
    word: spelled(old),
    absolute,
    relative,
    folder,
    name: value.slice(slash + 1),
    deletes,
    situation,
    fresh: freshName(situation.random),
  }
}

export const pathTechniques: readonly Technique[] = [...ROWS.map(row => technique(row)), ...COPIES.map(row => technique(row, 'read'))]
