/** The builtins that change the shell itself or run code in it (manual 4). Those that are missing here have models as programs have. */
import { normalizePath } from '../../decide/path.js'
import type { Text } from '../analysis.js'
import { likely, toolText } from '../noted-holes.js'
import { ANY, dropPrefix, join, joinWords, prefixOf, splitOnce } from '../text.js'
import { evaluateNumber } from './arithmetic.js'
import { declare, exportNames, makeReadOnly, readInto, readLines, setOptions, setShellOptions, setVariable, unset } from './declarations.js'
import { changeFolder, popFolder, pushFolder } from './folders.js'
import { OTHER_ECHO } from './option-names.js'
import { isOwnFile, TOOLS_CODE } from './own-code.js'
import { echo, printf } from './printing.js'
import { type Site, report } from './report.js'
import { type Result, DONE, UNKNOWN, eachApart } from './result.js'
import type { Shell } from './shell.js'
import { bounded, isArray } from './state.js'
import { evaluateTestWords } from './tests.js'

export interface Arguments {
  readonly args: readonly Text[]
  readonly open: boolean
}

type Builtin = (shell: Shell, call: Arguments, site: Site) => Result

const nothing: Builtin = () => DONE
const FAILED: Result = { output: '', status: false }
const PERHAPS: Result = { output: '', status: undefined }

const BUILTINS: ReadonlyMap<string, Builtin> = new Map<string, Builtin>([
  [':', nothing],
  ['true', nothing],
  ['false', () => FAILED],
  ['echo', printWords],
  ['printf', printTo],
  ['test', (shell, { args, open }) => ({ output: '', status: open ? undefined : evaluateTestWords(shell, args) })],
  ['[', (shell, { args, open }) => ({ output: '', status: open ? undefined : evaluateTestWords(shell, args.slice(0, -1)) })],
  [
    'eval',
    (shell, { args, open }, site) => shell.code(joinWords(open ? [...withoutDashes(args), ANY] : withoutDashes(args)), 'eval', site.node),
  ],
  ['.', source],
  ['source', source],
  ['exec', exec],
  ['command', command],
  [
    'builtin',
    (shell, { args, open }, site) =>
      shell.within({ via: [...shell.frame.via, 'builtin'] }, () => shell.invoke({ texts: withoutDashes(args), open }, site, false)),
  ],
  ['trap', trap],
  ['cd', changeFolder],
  ['pwd', printFolder],
  ['dirs', printFolder],
  ['pushd', pushFolder],
  ['popd', popFolder],
  ['export', exportNames],
  ['declare', declare],
  ['typeset', declare],
  ['local', declare],
  ['readonly', makeReadOnly],
  ['unset', unset],
  ['set', setOptions],
  ['shopt', setShellOptions],
  ['shift', shift],
  ['read', readInto],
  ['mapfile', readLines],
  ['readarray', readLines],
  ['let', (shell, { args }) => ({ output: '', status: truth(args.map(arg => evaluateNumber(shell, arg).value).pop()) })],
  ['exit', leave],
  ['logout', leave],
  ['return', goBack],
  ['break', (shell, { args }) => jump(shell, 'breaks', args)],
  ['continue', (shell, { args }) => jump(shell, 'continues', args)],
  ['alias', alias],
  ['unalias', unalias],
  ['hash', hash],
  ['enable', enable],
  ['compgen', complete],
  ['type', (_, { args }) => (args[0] === '-p' || args[0] === '-P' ? whereIs(args.slice(1)) : UNKNOWN)],
  ['fc', (shell, { args }, site) => unknownCode(shell, args.includes('-l') ? undefined : 'fc', site)],
  ['getopts', getOptions],
  ['history', history],
  ['wait', (shell, { args }) => setVariable(shell, args[args.indexOf('-p') + 1], args.includes('-p') ? [ANY] : [], PERHAPS)],
])

/** The builtins of which nothing is reported but their name. */
const SILENT = new Set('umask ulimit times jobs bg fg caller disown suspend help complete bind compopt'.split(' '))

export function builtinOf(name: string): Builtin | undefined {
  const builtin = BUILTINS.get(name) ?? (SILENT.has(name) ? silent : undefined)
  if (builtin === undefined) return undefined
  return (shell, call, site) => {
    const words = { texts: [name, ...call.args], open: call.open }
    const index = report(shell, name, name, words, site)
    const draft = shell.findings.execs[index]
    if (draft !== undefined && TRANSPARENT.has(name)) draft.transparent = true
    return builtin(shell, call, site)
  }
}

const TRANSPARENT = new Set(['builtin', 'command', 'exec', 'eval'])

/** The folder as the shell knows it; with `-P` links in it are resolved. */
function printFolder(shell: Shell, { args }: Arguments): Result {
  const folders = shell.state.cwd.map(cwd => join(normalizePath('.', { cwd }), '\n'))
  return { output: likely(args.every(arg => arg === '-L') ? folders : [...folders, ANY]), status: true }
}

const silent: Builtin = () => UNKNOWN

function truth(value: number | undefined): boolean | undefined {
  return value === undefined ? undefined : value !== 0
}

function withoutDashes(args: readonly Text[]): readonly Text[] {
  return args[0] === '--' ? args.slice(1) : args
}

/** Some shells read the escapes in what `echo` prints without being told to. */
function printWords(shell: Shell, { args, open }: Arguments): Result {
  const { options } = shell.state
  const output = echo(options.has('xpg_echo') ? ['-e', ...args] : args, open)
  const isSure = !options.has(OTHER_ECHO) || (typeof output === 'string' && !args.some(arg => prefixOf(arg).includes('\\')))
  return { output: isSure ? output : undefined, status: undefined }
}

function printTo(shell: Shell, { args, open }: Arguments): Result {
  const variable = args[0] === '-v' ? args[1] : undefined
  const rest = withoutDashes(variable === undefined ? args : args.slice(2))
  const output = printf(rest[0] ?? '', rest.slice(1), open)
  return variable === undefined ? { output, status: undefined } : setVariable(shell, variable, [output], DONE)
}

/** `. file`: in the current shell; a name without a slash is looked for in `PATH`, then in the working directory. */
function source(shell: Shell, call: Arguments, site: Site): Result {
  const args = withoutDashes(call.args)
  const [path, ...parameters] = args
  if (path === undefined) return PERHAPS
  shell.file('read', path, false, -1, site.node)
  if (typeof path !== 'string' && isOwnFile(shell, path)) return unknownScript(shell, TOOLS_CODE, site)
  // Where it is not here, it may be in a folder of `PATH`: installed, as programs are, unless the command says what folders those are.
  if (!prefixOf(path).includes('/') && shell.contents(path).length === 0)
    unknownScript(shell, changesPath(shell, path, site) ? UNREADABLE : TOOLS_CODE, site)
  const before = shell.state.parameters
  if (parameters.length > 0 || call.open) shell.state.parameters = [{ texts: parameters, open: call.open }]
  const result = shell.returning(() =>
    eachApart(shell, shell.contents(path), text => {
      if (text !== undefined) return shell.code(text, 'source', site.node)
      return unknownScript(shell, isOwnFile(shell, path) ? TOOLS_CODE : UNREADABLE, site)
    }),
  )
  shell.state.parameters = before
  return result
}

const UNREADABLE = 'a script that cannot be read'

function unknownScript(shell: Shell, why: string, site: Site): Result {
  shell.unknown('any', why, site.node)
  return UNKNOWN
}

function changesPath(shell: Shell, path: Text, site: Site): boolean {
  const isSet = shell.state.has('PATH') || site.assignments.some(([name]) => name === 'PATH')
  return isSet || typeof path !== 'string' || shell.written.named(path).length > 0
}

/** `exec -a name program`: the program replaces the shell. Without a program its redirections stay. */
function exec(shell: Shell, { args, open }: Arguments, site: Site): Result {
  let at = 0
  for (; at < args.length && prefixOf(args[at] ?? '').startsWith('-'); at++) {
    if (args[at] === '--') {
      at++
      break
    }
    if (prefixOf(args[at] ?? '').endsWith('a')) at++
  }
  if (at >= args.length && !open) {
    if (site.redirections.some(text => /^0?</.test(prefixOf(text)))) shell.state.inputLost = true
    return DONE
  }
  const result = shell.within({ via: [...shell.frame.via, 'exec'] }, () => shell.invoke({ texts: args.slice(at), open }, site, false))
  if (!shell.state.options.has('execfail')) shell.state.dead = true
  return result
}

function command(shell: Shell, { args, open }: Arguments, site: Site): Result {
  let at = 0
  for (; at < args.length; at++) {
    const option = prefixOf(args[at] ?? '')
    if (option === '--') {
      at++
      break
    }
    if (!option.startsWith('-')) break
    // An option that it does not have: nothing is run.
    if (option === args[at] && !/^-[pvV]+$/.test(option)) return FAILED
    if (option.includes('V')) return UNKNOWN
    if (option.includes('v')) return whereIs(args.slice(at + 1))
  }
  return shell.within({ via: [...shell.frame.via, 'command'] }, () => shell.invoke({ texts: args.slice(at), open }, site, false))
}

/** `command -v`, `type -p`, `which`: where a program lies, on one line. */
function whereIs(names: readonly Text[]): Result {
  const [name] = names
  return names.length === 1 && typeof name === 'string' && /^[\w.+-]+$/.test(name)
    ? { output: join(toolText(name), '\n'), status: undefined }
    : UNKNOWN
}

/** The body runs at some later time: with what variables hold now, or hold then. */
function trap(shell: Shell, call: Arguments, site: Site): Result {
  const [body, ...signals] = withoutDashes(call.args)
  if (body === undefined || body === '-p' || body === '-P') return UNKNOWN
  if (body === '-' || body === '' || body === '-l' || (signals.length === 0 && !call.open)) return DONE
  shell.traps.push({ body, span: shell.span(site.node) })
  shell.apart(() => shell.code(body, 'trap', site.node))
  return DONE
}

function shift(shell: Shell, { args: [count = '1'] }: Arguments): Result {
  const number = evaluateNumber(shell, count).value
  shell.state.parameters =
    number === undefined
      ? [{ texts: [], open: true }]
      : shell.state.parameters.map(({ texts, open }) => ({ texts: texts.slice(number), open }))
  return PERHAPS
}

function leave(shell: Shell): Result {
  shell.state.dead = true
  return PERHAPS
}

/** Outside a function or a sourced file it fails, and the shell goes on. */
function goBack(shell: Shell, { args: [status] }: Arguments): Result {
  if (shell.returned === undefined) return PERHAPS
  shell.returned.push(shell.state.copy())
  shell.state.dead = true
  return status === '0' || status === '1' ? { output: '', status: status === '0' } : PERHAPS
}

/** `history -w file`: the list of commands is kept in a file. */
function history(shell: Shell, { args: [option, file] }: Arguments, site: Site): Result {
  const letters = prefixOf(option ?? '')
  for (const each of file === undefined ? shell.variable('HISTFILE') : [file]) {
    if (each === undefined || isArray(each) || !letters.startsWith('-')) continue
    if (letters.includes('w') || letters.includes('a')) shell.file('write', each, false, -1, site.node)
    if (letters.includes('r') || letters.includes('n')) shell.file('read', each, false, -1, site.node)
  }
  return UNKNOWN
}

/** What the first option is, where all is known; else its value is one of the words, or the rest of one. */
function getOptions(shell: Shell, { args: [spec, name, ...given], open }: Arguments): Result {
  const [words = { texts: [], open: true }, ...others] = given.length > 0 ? [{ texts: given, open }] : shell.state.parameters
  const first = words.open || others.length > 0 || !isFirst(shell) ? undefined : firstOption(spec, words.texts)
  if (first !== undefined) {
    shell.assign('OPTARG', [first.value])
    shell.assign('OPTIND', [String(first.next)])
    return setVariable(shell, name, [first.letter], DONE)
  }
  const values = [words, ...others]
    .flatMap(({ texts }) => texts)
    .flatMap(text => (prefixOf(text).length > 2 && prefixOf(text).startsWith('-') ? [text, dropPrefix(text, 2)] : [text]))
  shell.assign('OPTARG', words.open || others.some(each => each.open) ? [ANY] : bounded(['', ...values]))
  shell.assign('OPTIND', [ANY])
  return setVariable(shell, name, [ANY], PERHAPS)
}

function isFirst(shell: Shell): boolean {
  const values = shell.state.has('OPTIND') ? shell.variable('OPTIND') : ['1']
  return values.length === 1 && values[0] === '1'
}

/** An option with a value, as the first word: `-a value`, `-avalue`. */
function firstOption(
  spec: Text | undefined,
  [word = '', value]: readonly Text[],
): { readonly letter: string; readonly value: Text; readonly next: number } | undefined {
  const prefix = prefixOf(word)
  const letter = prefix.charAt(1)
  if (typeof spec !== 'string' || prefix.length < 2 || !/^-\w/.test(prefix) || !spec.includes(`${letter}:`)) return undefined
  if (word !== prefix.slice(0, 2)) return { letter, value: dropPrefix(word, 2), next: 2 }
  return value === undefined ? undefined : { letter, value, next: 3 }
}

function jump(shell: Shell, kind: 'breaks' | 'continues', [levels = '1']: readonly Text[]): Result {
  shell.jump(kind, typeof levels === 'string' ? Number(levels) || 1 : 1)
  return DONE
}

function alias(shell: Shell, { args }: Arguments): Result {
  for (const arg of args) {
    const [name, value] = splitOnce(arg, '=') ?? []
    if (name !== undefined && value !== undefined) shell.state.aliases = new Map(shell.state.aliases).set(name, [value])
  }
  return args.every(arg => splitOnce(arg, '=') !== undefined) && args.length > 0 ? PERHAPS : UNKNOWN
}

function unalias(shell: Shell, { args }: Arguments): Result {
  const left = new Map(shell.state.aliases)
  for (const arg of args)
    if (arg === '-a') left.clear()
    else if (typeof arg === 'string') left.delete(arg)
  shell.state.aliases = left
  return PERHAPS
}

/** `hash -p path name`. */
function hash(shell: Shell, { args }: Arguments): Result {
  const at = args.findIndex(arg => prefixOf(arg).startsWith('-p'))
  const option = args[at]
  if (option === undefined) return PERHAPS
  const attached = option !== '-p' && typeof option === 'string'
  const path = attached ? option.slice(2) : args[at + 1]
  for (const name of args.slice(at + (attached ? 1 : 2)))
    if (typeof name === 'string' && path !== undefined) shell.state.hashed = new Map(shell.state.hashed).set(name, path)
  return DONE
}

/** `enable -f file name` loads machine code; `enable -n name` turns a builtin off. */
function enable(shell: Shell, { args }: Arguments, site: Site): Result {
  if (args.some(arg => prefixOf(arg).startsWith('-f'))) return unknownCode(shell, 'enable -f', site)
  const names = args.filter((arg): arg is string => typeof arg === 'string' && !arg.startsWith('-'))
  const options = new Set(shell.state.options)
  for (const name of names) args.includes('-n') ? options.add(`-builtin ${name}`) : options.delete(`-builtin ${name}`)
  shell.state.options = options
  return DONE
}

/** `compgen -C command`, `-F function`, `-W words`: code that completion runs. */
function complete(shell: Shell, { args }: Arguments, site: Site): Result {
  args.forEach((arg, at) => {
    const value = args[at + 1] ?? ''
    if (arg === '-W') shell.expandSource(value)
    else if (arg === '-C' || arg === '-F') shell.apart(() => shell.code(join(value, ' ', ANY), 'compgen', site.node))
  })
  const at = args.findIndex(arg => arg === '-f' || arg === '-G')
  const pattern = args[at + 1] ?? ''
  if (at === -1 || typeof pattern !== 'string' || !/^[\w./~*?[\]-]*$/.test(pattern)) return UNKNOWN
  return shell.code(args[at] === '-G' ? `printf '%s\\n' ${pattern}` : `printf '%s\\n' ${pattern}* ${pattern}.*`, 'compgen', site.node)
}

function unknownCode(shell: Shell, why: string | undefined, site: Site): Result {
  if (why !== undefined) shell.unknown('any', `code of ${why}`, site.node)
  return UNKNOWN
}
