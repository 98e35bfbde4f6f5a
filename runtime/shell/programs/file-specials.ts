/** What file programs do that a table cannot say: targets in folders, expressions, key letters. */
import { AbstractString, type Part } from '../../decide/abstract-string.js'
import type { Text } from '../analysis.js'
import { ANY, dropPrefix, join, partsOf, prefixOf, splitOnce } from '../text.js'
import type { Output } from './model.js'
import { printed } from './printers.js'
import { readOptions } from './options.js'
import { NAME, type Reading, type Special, withoutSuffix } from './roles.js'

const BELOW: Text = AbstractString.of([{ hole: 'below' }])

/** The last segment of a path. */
export function baseName(path: Text): Text {
  const parts = [...partsOf(path)]
  const name: Text[] = []
  for (let part = parts.pop(); part !== undefined; part = parts.pop()) {
    if (typeof part !== 'string') name.unshift(part.hole === 'char' || part.hole === 'segment' ? AbstractString.of([part]) : ANY)
    else {
      const text = name.length === 0 && parts.length >= 0 ? trimSlashes(part) : part
      const slash = text.lastIndexOf('/')
      name.unshift(text.slice(slash + 1))
      if (slash !== -1) break
    }
  }
  return join(...name)
}

function trimSlashes(path: string): string {
  let end = path.length
  while (end > 1 && path.charAt(end - 1) === '/') end--
  return path.slice(0, end)
}

interface Transfer {
  readonly sources: readonly Text[]
  readonly targets: readonly Text[]
}

/** Sources and the paths that are written: `cp a b d`, `cp -t d a b`, `cp a b` where `b` may be a folder. */
function transfer({ options, operands, call }: Reading): Transfer {
  const [folder] = options.values('-t')
  if (folder !== undefined) return { sources: operands, targets: operands.map(each => join(folder, '/', baseName(each))) }
  const known = targeted(options.operands, options.has('-T'))
  if (!call.open) return known
  // unknown words in the place of a hole leave the last word the target; behind all others they are sources and target
  if (options.operands.some(each => typeof each !== 'string' && each.isUnrestricted))
    return { sources: known.sources, targets: [...known.targets, ANY] }
  return { sources: operands, targets: [...known.targets, ANY, ...options.operands.map(each => join(ANY, '/', baseName(each)))] }
}

function targeted(operands: readonly Text[], exactly: boolean): Transfer {
  const target = operands[operands.length - 1]
  const sources = operands.slice(0, -1)
  if (target === undefined || sources.length === 0) return { sources: operands, targets: [] }
  const slash = prefixOf(target).endsWith('/') ? '' : '/'
  return { sources, targets: [target, ...(exactly ? [] : sources.map(each => join(target, slash, baseName(each))))] }
}

function copy(reading: Reading, sourceOperations: string, recursive: boolean): Output {
  const { sources, targets } = transfer(reading)
  const keeps = reading.options.flags.some(flag => flag === '-b' || flag.startsWith('--backup'))
  for (const each of sources) reading.touch(sourceOperations, each, recursive)
  if (keeps) for (const each of targets) reading.touch('W', join(each, NAME))
  for (const each of targets) reading.touch('W', each, recursive)
  return undefined
}

/** Each source and then what it becomes, which is how the two are known to belong together. */
function move(reading: Reading): Output {
  const { sources, targets } = transfer(reading)
  const common = Math.max(0, targets.length - sources.length)
  sources.forEach((source, i) => {
    reading.touch('RM', source, true)
    for (const target of sources.length === 1 ? targets : targets.slice(common + i, common + i + 1)) reading.touch('W', target, true)
  })
  if (sources.length > 1) for (const target of targets.slice(0, common)) reading.touch('W', target, true)
  return undefined
}

function link(reading: Reading): Output {
  const { operands } = reading
  if (operands.length !== 1 || reading.call.open) return copy(reading, 'R', false)
  const [target = ''] = operands
  reading.touch('R', target)
  reading.touch('W', baseName(target))
  return undefined
}

/** `host:path`, `rsync://host/path`: on another machine. */
function remote(path: Text): { readonly host: Text; readonly path: Text } | undefined {
  const split = splitOnce(path, ':')
  if (split === undefined || split[0].includes('/')) return undefined
  const [before, after] = split
  const scheme = prefixOf(after).startsWith('//')
  const rest = scheme ? (splitOnce(dropPrefix(after, 2), '/') ?? [prefixOf(after).slice(2), '']) : [before, after]
  const [host = '', inside = ''] = rest
  return { host: afterAt(host), path: inside }
}

function afterAt(host: Text): Text {
  return typeof host === 'string' ? host.slice(host.lastIndexOf('@') + 1) : host
}

/** `rsync`, `scp`: the files of this machine, and the connection where one side is another. */
export function remoteCopy(reading: Reading): Output {
  const { operands } = reading
  const program = reading.call.name
  const recursive = program === 'rsync' || reading.has('-r') !== false
  const hosts = operands.flatMap(each => remote(each) ?? [])
  const [first] = hosts
  const target = operands[operands.length - 1]
  const upload = target !== undefined && (remote(target) !== undefined || reading.call.open)
  if (first !== undefined) reading.world.act('net.connect', { url: join('ssh://', first.host), host: first.host, program, upload })
  for (const each of operands.slice(0, -1)) {
    if (remote(each) !== undefined) continue
    reading.touch(reading.options.has('--remove-source-files') ? 'RM' : 'R', each, recursive)
  }
  if (target !== undefined && remote(target) === undefined) copied(reading, target, recursive)
  return undefined
}

function copied(reading: Reading, target: Text, recursive: boolean): void {
  const deletes = reading.options.flags.some(flag => flag.startsWith('--del'))
  if (reading.operands.length === 1) return reading.touch('L', target, recursive)
  reading.touch(deletes ? 'WD' : 'W', target, recursive)
  for (const each of reading.operands.slice(0, -1)) reading.touch('W', join(target, '/', baseName(remote(each)?.path ?? each)))
}

function dd(reading: Reading): Output {
  for (const operand of reading.operands) {
    const [key, value = ''] = splitOnce(operand, '=') ?? []
    if (key === 'if') reading.touch('R', value)
    if (key !== 'of') continue
    reading.touch('W', value)
    if (prefixOf(value).startsWith('/dev/') && value !== '/dev/null') reading.world.act('device.write', { device: value, program: 'dd' })
  }
  return undefined
}

/** A file name pattern as `find -name` and `grep --include` take it. */
export function globbed(pattern: Text): Text {
  return AbstractString.of(partsOf(pattern).flatMap<Part>(part => (typeof part === 'string' ? globParts(part) : [part])))
}

function globParts(text: string): readonly Part[] {
  const bracket = text.indexOf('[')
  const known = bracket === -1 ? text : text.slice(0, bracket)
  const parts: readonly Part[] = [...known].map(unit => (unit === '*' ? { hole: 'segment' } : unit === '?' ? { hole: 'char' } : unit))
  return bracket === -1 ? parts : [...parts, { hole: 'segment' }]
}

/** Everything beneath a folder whose name has one of the patterns; without patterns everything. */
function beneath(reading: Reading, operations: string, folder: Text, patterns: readonly Text[]): void {
  if (patterns.length === 0) return reading.touch(operations, folder, true)
  for (const pattern of patterns) reading.touch(operations, join(folder, BELOW, '/', globbed(pattern)))
}

const FIND_NAMES = ['-name', '-iname']
const FIND_WRITES = ['-fprint', '-fprint0', '-fls', '-fprintf']

/** Start points stand before the expression; `-delete` takes what the names leave. */
function find(reading: Reading): Output {
  const { args } = reading.call
  const starts: Text[] = []
  let at = 0
  while (at < args.length && ['-H', '-L', '-P'].includes(prefixOf(args[at] as Text))) at++
  for (; at < args.length; at++) {
    const word = args[at] as Text // in bounds
    if (word === '!' || '-('.includes(prefixOf(word).charAt(0) || ' ')) break
    starts.push(word)
  }
  if (starts.length === 0) starts.push(reading.call.open ? ANY : '.')
  for (const start of starts) reading.touch('L', start, true)
  // it opens where it stands, to come back to it
  reading.touch('L', '.')
  expression(reading, starts, args.slice(at))
  return undefined
}

function expression(reading: Reading, starts: readonly Text[], words: readonly Text[]): void {
  const alternatives = words.some(word => word === '-o' || word === '-or' || word === '!' || word === '-not' || word === ',')
  const names: Text[] = []
  words.forEach((word, i) => {
    const next = words[i + 1]
    if (next === undefined || typeof word !== 'string') return
    if (FIND_NAMES.includes(word)) names.push(next)
    if (FIND_WRITES.includes(word)) reading.touch('W', next)
    if (word === '-files0-from') reading.touch('R', next)
  })
  if (!words.includes('-delete')) return
  for (const start of starts) beneath(reading, 'D', start, alternatives ? [] : names.slice(0, 1))
}

function grep(reading: Reading): Output {
  const { operands, options } = reading
  const recursive = reading.has('-r') || reading.has('-R') || options.values('-d').includes('recurse') || reading.call.name === 'ugrep'
  const files = options.has('-e') || options.has('-f') ? operands : operands.slice(1)
  const roots = files.length === 0 && recursive ? ['.'] : files
  for (const root of roots) {
    if (!recursive) reading.touch('R', root)
    else {
      const named = options.values('--include')
      if (named.length > 0) {
        reading.touch('L', root, true)
        reading.touch('R', root)
      }
      beneath(reading, 'R', root, named)
    }
  }
  return undefined
}

const TAR_GRAMMAR_VALUES = 'fCbTXIFgHLNVK>'

/** `tar czf a.tgz d`: letters first, with or without a dash. */
function tar(reading: Reading): Output {
  const state: Archive = { mode: '', base: undefined, archive: undefined, members: [], deletes: false, absolute: false }
  tarWords(reading, state)
  const place = (path: Text) => (state.base === undefined || prefixOf(path).startsWith('/') ? path : join(state.base, '/', path))
  if (state.mode === 'x') {
    if (state.archive !== undefined) reading.touch('R', state.archive)
    if (state.deletes) return undefined
    reading.touch('W', state.absolute ? '/' : (state.base ?? '.'), true)
  } else if (state.mode === 't') {
    if (state.archive !== undefined) reading.touch('R', state.archive)
  } else if (state.mode !== '') {
    if (state.archive !== undefined) reading.touch('W', state.archive)
    for (const member of state.members)
      reading.touch(state.deletes ? (state.archive === '/dev/null' ? 'RD' : 'RM') : 'R', place(member), true)
  }
  return undefined
}

interface Archive {
  mode: string
  base: Text | undefined
  archive: Text | undefined
  members: Text[]
  /** With `x`: printed, not written. */
  deletes: boolean
  absolute: boolean
}

const TAR_LONG: Readonly<Record<string, string>> = {
  '--file': 'f',
  '--directory': 'C',
  '--files-from': 'T',
  '--exclude-from': 'X',
  '--extract': 'x',
  '--get': 'x',
  '--create': 'c',
  '--list': 't',
  '--append': 'r',
  '--update': 'u',
  '--delete': 'r',
  '--owner-map': 'X',
  '--group-map': 'X',
  '--index-file': '>',
  '--listed-incremental': '>',
  '--remove-files': '!',
  '--absolute-names': 'P',
  '--to-stdout': 'O',
} // prettier-ignore

function tarWords(reading: Reading, state: Archive): void {
  const words = [...reading.call.args].reverse()
  let first = true
  for (let word = words.pop(); word !== undefined; word = words.pop()) {
    const prefix = prefixOf(word)
    if (prefix.startsWith('--')) {
      const [name, value] = splitOnce(word, '=') ?? [prefix, undefined]
      const letter = TAR_LONG[name]
      if (letter !== undefined) tarLetter(reading, state, letter, () => value ?? words.pop())
    } else if (prefix.startsWith('-') || first) {
      const letters = prefix.startsWith('-') ? prefix.slice(1) : prefix
      for (let i = 0; i < letters.length; i++) {
        const attached = prefix.startsWith('-') ? dropPrefix(word, i + 2) : ''
        const letter = letters.charAt(i)
        const takes = TAR_GRAMMAR_VALUES.includes(letter)
        tarLetter(reading, state, letter, () => (attached === '' ? words.pop() : attached))
        if (takes && attached !== '') break
      }
    } else state.members.push(word)
    first = false
  }
  if (reading.call.open) state.members.push(ANY)
}

function tarLetter(reading: Reading, state: Archive, letter: string, value: () => Text | undefined): void {
  const given = TAR_GRAMMAR_VALUES.includes(letter) ? value() : undefined
  if ('xtcruA'.includes(letter)) state.mode = letter
  if (letter === 'f') state.archive = given
  if (letter === 'f' && given !== undefined && remote(given) !== undefined && !reading.call.args.includes('--force-local')) {
    reading.world.act('net.connect', { host: remote(given)?.host ?? ANY, program: 'tar', upload: true })
  }
  if (letter === 'C') state.base = given
  if ((letter === 'T' || letter === 'X') && given !== undefined) reading.touch('R', given)
  if ((letter === '>' || letter === 'g') && given !== undefined) reading.touch('RW', given)
  if (letter === 'T') state.members.push(ANY)
  if (letter === '!' || letter === 'O') state.deletes = true
  if (letter === 'P') state.absolute = true
}

/** `7z x a.7z -oout`. */
function sevenZip(reading: Reading): Output {
  const [command, archive, ...members] = reading.operands
  if (archive === undefined || typeof command !== 'string') return undefined
  if ('xelt'.includes(command)) {
    reading.touch('R', archive)
    const into = reading.call.args.find(each => prefixOf(each).startsWith('-o'))
    if (command !== 'l' && command !== 't') reading.touch('W', into === undefined ? '.' : dropPrefix(into, 2), true)
  } else {
    reading.touch('W', archive)
    for (const member of members) reading.touch('R', dropAt(member), true)
  }
  return undefined
}

/** Names come on the standard input, from `find` or `ls`. */
function cpio(reading: Reading): Output {
  const { stdin } = reading.call
  const names = typeof stdin === 'string' ? stdin.split('\n').filter(name => name !== '') : [ANY]
  if (!reading.has('-i') && !reading.has('-t')) for (const name of names) reading.touch('R', name)
  const [folder] = reading.operands
  if (reading.has('-p') && folder !== undefined) reading.touch('W', folder, true)
  if (reading.has('-i')) reading.touch('W', '.', true)
  return undefined
}

function dropAt(path: Text): Text {
  return prefixOf(path).startsWith('@') ? dropPrefix(path, 1) : path
}

/** A macro may run programs and include files. */
function macros(reading: Reading): Output {
  const { operands, call, world } = reading
  const texts = operands.length === 0 ? [call.stdin] : operands.map(each => world.readText(each))
  const harmless = texts.every(text => typeof text === 'string' && !/syscmd|include/.test(text))
  if (!harmless) world.unknown('any', 'code of m4')
  return undefined
}

/** The filter stands before the files; `--arg name value` takes two words. */
function jq(reading: Reading): Output {
  const rest: Text[] = []
  const { args } = reading.call
  for (let i = 0; i < args.length; i++) {
    const word = args[i] as Text // in bounds
    const named = typeof word === 'string' && JQ_NAMED.includes(word)
    if (named && !/^--arg(json)?$/.test(word)) reading.touch('R', args[i + 2] ?? ANY)
    if (named) i += 2
    else rest.push(word)
  }
  const options = readOptions(rest, 'f|from-file: L: indent:')
  for (const file of options.operands.slice(options.has('-f') ? 0 : 1)) reading.touch('R', file)
  if (reading.call.open) reading.touch('R', ANY)
  return undefined
}

const JQ_NAMED = ['--arg', '--argjson', '--slurpfile', '--rawfile', '--argfile']

const SUFFIXES: Readonly<Record<string, string>> = {
  bzip2: '.bz2',
  pbzip2: '.bz2',
  xz: '.xz',
  lzma: '.lzma',
  zstd: '.zst',
  lz4: '.lz4',
  lzop: '.lzo',
  brotli: '.br',
  compress: '.Z',
  lzip: '.lz',
} // prettier-ignore

/** `gzip f` leaves `f.gz`, `gzip -d f.gz` leaves `f`; a decompressor looks for `f.gz` where there is no `f`. */
function compress(reading: Reading): Output {
  const { options, call } = reading
  const decompresses = options.has('-d') || options.has('-t') || options.has('-l') || /^(un|gun|bun)|cat$/.test(call.name)
  const suffix = options.values('-S')[0] ?? SUFFIXES[call.name] ?? (decompresses ? NAME : '.gz')
  const recursive = reading.has('-r') === true
  const reads = /cat$|^z/.test(call.name) || options.has('-c') || options.has('-l') || options.has('-t')
  for (const path of reading.operands) {
    reading.touch('R', path, recursive)
    if (typeof path === 'string') reading.touch('R', join(path, suffix))
    if (!reads && !options.has('-k')) reading.touch('M', path, recursive)
    if (!reads) reading.touch('W', decompresses ? withoutSuffix(path) : join(path, suffix))
    if (!reads && (recursive || decompresses)) reading.touch('W', recursive ? path : join(path, '.out'), recursive)
  }
  return undefined
}

/** `sha256sum -c`: the files that a list of sums names. */
function checked(reading: Reading): Output {
  if (reading.has('-c') === false) return undefined
  const lists = reading.operands.length === 0 ? [reading.call.stdin] : reading.operands.map(each => reading.world.madeText(each))
  for (const list of lists) {
    const lines = typeof list === 'string' ? list.split('\n').filter(line => line !== '') : undefined
    for (const name of lines?.map(line => line.slice(line.indexOf(' ') + 2)) ?? [ANY]) reading.touch('R', name)
  }
  return undefined
}

/** Operands may be TeX instead of a file, which reads and writes what it likes. */
function tex(reading: Reading): Output {
  if (reading.operands.some(each => prefixOf(each).startsWith('\\'))) reading.world.unknown('any', 'code of TeX')
  if (reading.options.flags.some(flag => flag.includes('shell-escape') || flag.includes('enable-write18')))
    reading.world.unknown('exec', 'a document that may run programs')
  const [document = 'texput'] = reading.operands
  reading.touch('W', join(typeof document === 'string' ? (document.split('.tex')[0] ?? '') : document, '.', NAME))
  return undefined
}

/** `gcc @options`. */
function responseFiles(reading: Reading): Output {
  for (const each of reading.operands) if (prefixOf(each).startsWith('@')) reading.touch('R', dropAt(each))
  return undefined
}

function split(reading: Reading): Output {
  const standard = reading.call.name === 'csplit' ? 'xx' : (reading.operands[1] ?? 'x')
  reading.touch('W', join(reading.options.values('-f')[0] ?? standard, NAME))
  return undefined
}

function mktemp(reading: Reading): Output {
  if (reading.has('-u') === true) return undefined
  const [folder = '/tmp'] = reading.options.values('-p')
  const templates = reading.operands.length === 0 ? [join(folder, '/tmp.X')] : reading.operands
  for (const each of templates) reading.touch('W', typeof each === 'string' ? join(each.split('X')[0] ?? '', NAME) : each)
  return undefined
}

/** A key and its public half: where `-f` says, else in the home of the user once they have said so. */
function keys(reading: Reading): Output {
  const standard = reading.call.piped ? join(reading.world.home ?? ANY, '/.ssh/id_', NAME) : undefined
  const [file = standard] = reading.options.values('-f')
  if (file !== undefined && !reading.options.has('-l') && !reading.options.has('-y'))
    for (const each of [file, join(file, '.pub')]) reading.touch('W', each)
  return undefined
}

export const FILE_SPECIALS: Readonly<Record<string, Special>> = {
  cp: reading => copy(reading, 'R', !!reading.has('-r') || !!reading.has('-a') || !!reading.has('-R')),
  mv: move,
  ln: link,
  rsync: remoteCopy,
  dd,
  find,
  grep,
  tar,
  cpio,
  '7z': sevenZip,
  at: responseFiles,
  checked,
  compress,
  macros,
  jq,
  tex,
  split,
  keygen: keys,
  mktemp,
  stdin: ({ call }) => call.stdin,
  text: printed,
  head: printed,
}
