/** What `find` and `fd` run for the files that they find. */
import { AbstractString } from '../../decide/abstract-string.js'
import { couldBe } from '../../decide/equality.js'
import { normalizePath } from '../../decide/path.js'
import type { Text } from '../analysis.js'
import { commandLength } from './find-expression.js'
import { MORE_ALIKE, MORE, NAMES } from '../noted-holes.js'
import { globbed, nameSpelled } from './glob-names.js'
import { ANY, join, prefixOf } from '../text.js'
import type { Invocation, Output, Reach, World } from './model.js'
import { readOptions } from './options.js'
import { everywhere, replaced } from './xargs.js'
import { lookupIn } from './roles.js'

const BELOW = AbstractString.of([{ hole: 'below' }])
const NAME = AbstractString.of([{ hole: 'segment' }])

const ACTIONS = ['-exec', '-execdir', '-ok', '-okdir']

/** More starting points than these are treated as unknown ones. */
const MAX_STARTS = 4

function runFind(call: Invocation, world: World): Output {
  const { args } = call
  let output: Output
  const here = call.open ? undefined : listedPaths(args, world)
  const found = args.some(word => word === '-exec' || word === '-ok') ? [...(here ?? []), ...foundPaths(args, call.open)] : []
  const folders = args.some(word => word === '-execdir' || word === '-okdir') ? foldersOf(args, call.open) : []
  for (let at = 0; at < args.length; at++) {
    const word = args[at]
    if (typeof word !== 'string' || !ACTIONS.includes(word)) continue
    const inner = args.slice(at + 1, at + 1 + commandLength(args, at + 1))
    at += inner.length + 1
    const many = args[at] === '+'
    // Without an end find runs nothing; what it would run is told all the same.
    const isEnded = at < args.length || call.open
    // Those that ask are asked in its place.
    const how = { via: `${call.name} ${word}`, ...(word.startsWith('-ok') ? { stdin: '' } : {}) }
    if (!word.endsWith('dir')) output = runWith(inner, ['{}'], many, found, how, world)
    else for (const { cwd, names } of folders) output = runWith(inner, ['{}'], many, names, { ...how, cwd }, world)
    if (!isEnded) output = ''
  }
  if (call.open && args.some(word => word instanceof AbstractString && word.isUnrestricted)) return undefined
  if (args.some(word => typeof word === 'string' && SILENT.has(word))) return output
  const end = args.includes('-print0') ? '\0' : '\n'
  const format = args.includes('-printf') ? args[args.indexOf('-printf') + 1] : undefined
  if (format !== undefined) return typeof format === 'string' ? printedBy(format, here) : undefined
  return here === undefined ? listed(args, call.open) : join(...here.map(path => path + end), NAMES)
}

const FORMATS: Readonly<Record<string, string>> = { '\\n': '\n', '\\0': '\0', '\\t': '\t', '%%': '%' }

/** Nothing but names, and what stands between them. */
const NAMES_ONLY = /^(?:%[pfP]|\\[n0t]|[\s./])*$/

function printedBy(format: string, paths: readonly string[] = []): Output {
  const isOfNames = NAMES_ONLY.test(format)
  return paths.length === 0 && !isOfNames ? undefined : join(...paths.map(path => formatted(format, path)), isOfNames ? NAMES : MORE)
}

/** `-printf`: of what it can tell, the path and its parts. */
function formatted(format: string, path: string): string {
  const slash = path.lastIndexOf('/')
  const name = path.slice(slash + 1)
  return format.replace(/\\.|%[-+ #0]*[\d.]*(.)/g, (all, letter) =>
    letter === 'p' ? path : letter === 'f' || letter === 'P' ? name : letter === 'h' ? path.slice(0, slash) : (FORMATS[all] ?? '0'),
  )
}

/** The paths in the one folder of `find . -maxdepth 1 -type f`, where nothing else is asked for. */
function listedPaths(args: readonly Text[], world: World): readonly string[] | undefined {
  const [start = '.', ...more] = startsOf(args)
  const tests = args.slice(args[0] === start ? 1 : 0)
  const kind = tests[tests.indexOf('-type') + 1]
  if (more.length > 0 || typeof start !== 'string' || tests[tests.indexOf('-maxdepth') + 1] !== '1' || !isActed(tests)) return undefined
  const isWanted = (path: string) => !tests.includes('-type') || world.files?.kind(path) !== (kind === 'f' ? 'folder' : 'file')
  const folder = prefixOf(world.cwd)
  const names = world.names(start)?.filter(name => isNamed(name, tests))
  return names?.flatMap(name => (isWanted(absoluteOf(`${start}/${name}`, folder)) ? [`${start}/${name}`] : []))
}

/** Whether each `-name`, and no `! -name`, has the name. */
function isNamed(name: string, tests: readonly Text[]): boolean {
  return tests.every((word, at) => {
    if (word !== '-name' && word !== '-iname') return true
    const asked = tests[at + 1] ?? ''
    const [pattern, named] =
      word === '-iname' && typeof asked === 'string' ? [globbed(asked.toLowerCase()), name.toLowerCase()] : [globbed(asked), name]
    return (typeof pattern === 'string' ? pattern === named : couldBe(pattern, named)) !== isNegation(tests[at - 1])
  })
}

function isNegation(word: Text | undefined): boolean {
  return word === '!' || word === '-not'
}

function absoluteOf(path: string, cwd: string): string {
  return prefixOf(normalizePath(path, { cwd }))
}

/** Nothing but how deep it goes, the kind of file, its name and what is done with it is said. */
function isActed(tests: readonly Text[]): boolean {
  const actions = tests.findIndex(word => typeof word === 'string' && ACTS.has(word))
  const asked = actions === -1 ? tests : tests.slice(0, actions)
  return asked.every((word, at) => {
    const before = asked[at - 1]
    if (before === '-maxdepth' || before === '-mindepth') return word === '1'
    if (isNegation(word)) return asked[at + 1] === '-name' || asked[at + 1] === '-iname'
    return before === '-name' || before === '-iname' || (before === '-type' ? word === 'f' || word === 'd' : LISTED.has(word))
  })
}

const ACTS = new Set(['-exec', '-print', '-print0', '-printf', '-ok'])
const LISTED: ReadonlySet<Text> = new Set<Text>(['-maxdepth', '-mindepth', '-type', '-name', '-iname'])

const SILENT = new Set([...ACTIONS, '-delete', '-fprint', '-fprint0', '-fprintf', '-fls', '-ls', '-quit'])

/** What it prints where names tell something of it: such paths, as many as there are. */
function listed(args: readonly Text[], open: boolean): Output {
  const end = args.includes('-print0') ? '\0' : '\n'
  const starts = startsOf(args)
  // A starting point is printed first, where no test may leave it out.
  const isTold = starts.every(start => typeof start === 'string' && !/(?:^|\/)\.{0,2}$/.test(start)) && !open
  if (isTold && args.slice(starts.length).every(word => word === '-print' || word === '-print0' || word === '-maxdepth' || word === '0'))
    return join(...starts.map(start => join(start, end)), ...(args.includes('-maxdepth') ? [] : [NAMES]))
  const paths = namesOf(args).length === 0 && !starts.every(isFile) ? meantPaths(args) : foundPaths(args, open)
  if (open) return undefined
  const isAll = paths.length === 1 && namesOf(args).length > 0
  return join(...paths.map(path => join(path, end)), isAll ? MORE_ALIKE : NAMES)
}

function startsOf(args: readonly Text[]): readonly Text[] {
  let from = 0
  while (from < args.length && ['-H', '-L', '-P'].includes(prefixOf(args[from] ?? ''))) from++
  const end = args.findIndex((word, i) => i >= from && (word === '!' || ['-', '(', ','].includes(prefixOf(word).charAt(0))))
  const starts = args.slice(from, end === -1 ? undefined : end)
  return starts.length === 0 ? ['.'] : starts.map(withoutSlash)
}

/** What is found below `d/` is printed as `d/x`, as it is below `d`. */
function withoutSlash(start: Text): Text {
  return typeof start === 'string' && start.length > 1 && start.endsWith('/') ? start.slice(0, -1) : start
}

/** The folders of files that are found, and their names there: below the starting point, and the one in which it lies itself. */
function foldersOf(args: readonly Text[], open: boolean): readonly { readonly cwd: Text; readonly names: readonly Text[] }[] {
  const [start, ...more] = startsOf(args)
  const found = open ? [] : namesOf(args)
  const names = (found.length === 0 ? [NAME, ...meantNames(args).map(globbed)] : found.map(globbed)).map(name => join('./', name))
  if (start === undefined || more.length > 0 || open) return [{ cwd: ANY, names }]
  const below = { cwd: join(start, BELOW), names }
  if (typeof start !== 'string') return [below]
  if (start === '.') return [{ cwd: '.', names: ['./.'] }, below]
  return [{ cwd: join(start, '/..'), names: [join('./', start.slice(start.lastIndexOf('/') + 1))] }, below]
}

/** What `{}` stands for. */
function foundPaths(args: readonly Text[], open: boolean): readonly Text[] {
  const starts = startsOf(args)
  if (starts.length > MAX_STARTS || open || args.includes('-files0-from')) return [ANY]
  // The last one counts, wherever it stands.
  const depth = args[args.lastIndexOf('-maxdepth') + 1]
  const isLimited = args.includes('-maxdepth')
  if (isLimited && depth === '0') return starts
  const names = namesOf(args)
  // What lies in the root is printed with one slash.
  const above = starts.map(start => (start === '/' ? '' : start))
  if (names.length === 0) {
    return [...above.map(start => join(start, BELOW)), ...(starts.includes('/') ? ['/'] : []), ...meantPaths(args)]
  }
  const isAll = names.some(name => typeof name === 'string' && /^\*+$/.test(name))
  const below = isLimited && depth === '1' ? '' : BELOW
  return above.flatMap(start => names.map(name => join(start, below, '/', globbed(name)))).concat(isAll ? starts : starts.filter(isFile))
}

/** A starting point that may be found itself: not a folder such as `.` or `src/`. */
function isFile(start: Text): boolean {
  const last = typeof start === 'string' ? start.slice(start.lastIndexOf('/') + 1) : 'x'
  return last.includes('.') && last !== '.' && last !== '..'
}

/** The patterns of `-name`, where nothing but a file with such a name is found. */
function namesOf(args: readonly Text[]): readonly Text[] {
  if (args.some(word => ['!', '-not', ',', '-o', '-or'].includes(prefixOf(word)))) return []
  const at = args.findIndex(word => word === '-name' || word === '-iname')
  return at === -1 ? [] : args.slice(at + 1, at + 2)
}

/** More names than these are not told apart from any others. */
const MAX_MEANT = 8

/**
 * The names that an expression asks for beside others, in whatever combination: anything may be found, and what has such a name is what
 * is looked for (`\( -name .env -o -name x \)`, `-path './.env'`).
 */
function meantNames(args: readonly Text[]): readonly Text[] {
  const names: Text[] = []
  for (let at = 0; at < args.length; at++) {
    const word = args[at]
    if (word === '!' || word === '-not') at += args[at + 1] === '(' ? groupLength(args, at + 1) : 2
    else if (args[at + 2] !== '-prune') names.push(...meantName(word, args[at + 1]))
  }
  return names.slice(0, MAX_MEANT)
}

function meantPaths(args: readonly Text[]): readonly Text[] {
  const starts = startsOf(args).slice(0, MAX_STARTS)
  return meantNames(args).flatMap(name => starts.map(start => join(start === '/' ? '' : start, BELOW, '/', globbed(name))))
}

function groupLength(args: readonly Text[], from: number): number {
  let depth = 0
  for (let at = from; at < args.length; at++) {
    depth += args[at] === '(' ? 1 : args[at] === ')' ? -1 : 0
    if (depth === 0) return at - from + 1
  }
  return args.length
}

function meantName(test: Text | undefined, value: Text | undefined): readonly Text[] {
  if (value === undefined) return []
  if (test === '-name' || test === '-iname') return [value]
  if (typeof value !== 'string') return []
  const last = value.slice(value.lastIndexOf('/') + 1)
  if (test === '-path' || test === '-ipath' || test === '-wholename' || test === '-samefile') return /^\**$/.test(last) ? [] : [last]
  if (test !== '-regex' && test !== '-iregex') return []
  const [, before, name] = /(^|\/|\*)((?:\\[^\w]|[\w-])+)\$?$/.exec(value) ?? []
  return name === undefined ? [] : [`${before === '*' ? '*' : ''}${name.split('\\').join('')}`]
}

function runWith(
  inner: readonly Text[],
  patterns: readonly string[],
  many: boolean,
  paths: readonly Text[],
  how: Reach,
  world: World,
): Output {
  const used = inner.some(word => patterns.some(pattern => prefixOf(word).includes(pattern)))
  if (!used) return world.run(inner, how)
  if (!many)
    return paths.map(path =>
      world.run(
        inner.map(word => replaced(word, everywhere(patterns)(path))),
        how,
      ),
    )[0]
  const last = inner.slice(0, -1)
  return world.run([...last, ...paths], { ...how, open: true, more: paths.length === 1 ? paths[0] : undefined })
}

const FD_ACTIONS = ['-x', '-X', '--exec', '--exec-batch']
const FD_PATTERNS = ['{}', '{.}', '{/}', '{//}', '{/.}']

/** `fd pattern [path …] -x program …`: the words up to `;` or the end. */
function runFd(call: Invocation, world: World): Output {
  const { args } = call
  for (let at = 0; at < args.length; at++) {
    const word = prefixOf(args[at] ?? '')
    const option = FD_ACTIONS.find(each => word === each || (each.startsWith('--') && word.startsWith(`${each}=`)))
    if (option === undefined && !(word.startsWith('-') && !word.startsWith('--') && /[xX]$/.test(word))) continue
    const rest = args.slice(at + 1)
    const end = rest.indexOf(';')
    const first = option !== undefined && word !== option ? [word.slice(option.length + 1)] : []
    const inner = [...first, ...(end === -1 ? rest : rest.slice(0, end))]
    const many = word === '-X' || word === '--exec-batch'
    const used = inner.some(each => FD_PATTERNS.some(pattern => prefixOf(each).includes(pattern)))
    const how = { via: `${call.name} ${word}`, stdin: '', open: many || call.open }
    const paths = [...fdPaths(args.slice(0, at)), ANY]
    for (const path of paths) world.run(used ? inner.map(each => replaced(each, everywhere(FD_PATTERNS)(path))) : [...inner, path], how)
    return undefined
  }
  const paths = call.open ? [] : fdPaths(args)
  return paths.length === 0 ? undefined : join(...paths.map(path => join(path, '\n')), ANY)
}

const FD_OPTIONS =
  'H|hidden I|no-ignore u|unrestricted g|glob F|fixed-strings i|ignore-case s|case-sensitive p|full-path e|extension: t|type: d|max-depth: min-depth: E|exclude: j|threads: S|size: changed-within: changed-before: o|owner: c|color: C|base-directory: 0|print0 l|list-details L|follow a|absolute-path'

/** What is found where the pattern names it: hidden files only where they are asked for. */
function fdPaths(args: readonly Text[]): readonly Text[] {
  const { operands, flags } = readOptions(args, FD_OPTIONS)
  const [pattern, start = '.'] = operands
  const isHidden = flags.includes('-H') || flags.includes('-u')
  if (typeof pattern !== 'string' || !isHidden || flags.includes('-p')) return []
  if (flags.includes('-g')) return [join(start, BELOW, '/', globbed(pattern))]
  const name = pattern.includes('/') ? undefined : nameSpelled(pattern)
  return name === undefined ? [] : [join(start, BELOW, '/', name)]
}

export const FIND = lookupIn({
  find: runFind,
  gfind: runFind,
  bfs: runFind,
  fd: runFd,
  fdfind: runFd,
})
