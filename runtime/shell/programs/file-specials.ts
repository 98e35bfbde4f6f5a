/** What file programs do that a table cannot say: targets in folders, expressions, key letters. */
import { AbstractString, type Part } from '../../decide/abstract-string.js'
import type { Text } from '../analysis.js'
import { FRESH_NAME, NAMES } from '../noted-holes.js'
import { ANY, dropPrefix, join, partsOf, prefixOf, splitOnce } from '../text.js'
import { baseName } from './base-name.js'
import { compress, cpio, moved, sevenZip, tar } from './archives.js'
import { copy, link, move, remoteCopy } from './copies.js'
import { predicatesOf } from './find-expression.js'
import { globbed } from './glob-names.js'
import type { Output } from './model.js'
import { place } from './network.js'
import { patched } from './patches.js'
import { pickedByGrep, printed } from './printers.js'
import { readOptions } from './options.js'
import { NAME, type Reading, type Special } from './roles.js'

const BELOW: Text = AbstractString.of([{ hole: 'below' }])

function dd(reading: Reading): Output {
  for (const operand of reading.operands) {
    const [key, value = ''] = splitOnce(operand, '=') ?? []
    if (key === 'if') reading.touch('R', value)
    if (key !== 'of') continue
    reading.touch('W', value)
    if (prefixOf(value).startsWith('/dev/') && value !== '/dev/null') reading.world.act('device.write', { device: value, program: 'dd' })
  }
  // Names that pass whole: the sizes and counts cut a text.
  return reading.operands.every(each => /^(?:bs|status)=/.test(prefixOf(each))) ? reading.call.stdin : undefined
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
  const predicates = predicatesOf(words)
  const isGiven = (...words: readonly Text[]) => predicates.some(({ name }) => words.includes(name))
  const names: Text[] = []
  for (const { name, values } of predicates) {
    const [value] = values
    if (value === undefined || typeof name !== 'string') continue
    if (FIND_NAMES.includes(name)) names.push(value)
    if (FIND_WRITES.includes(name)) reading.touch('W', value)
    if (name === '-files0-from') reading.touch('R', value)
  }
  if (!isGiven('-delete')) return
  const alternatives = isGiven('-o', '-or', '!', '-not', ',')
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
  return pickedByGrep(reading)
}

/** ripgrep: the files that it is told to search by their names. */
function named(reading: Reading): Output {
  const { options, operands, call } = reading
  if (call.name !== 'rg') return undefined
  const globs = ['-g', '--iglob'].flatMap(option => options.values(option)).filter(glob => !prefixOf(glob).startsWith('!'))
  const roots = ['-e', '-f', '--files'].some(option => options.has(option)) ? operands : operands.slice(1)
  for (const root of roots.length === 0 ? ['.'] : roots) if (globs.length > 0) beneath(reading, 'R', root, globs.map(baseName))
  const listsOnly = ['-l', '--files-with-matches', '--files'].some(option => options.has(option))
  return listsOnly && !call.open && options.flags.every(flag => LISTING.includes(flag)) ? NAMES : undefined
}

/** Options with which `rg` prints names as they are, if it prints names. */
const LISTING =
  '-l --files-with-matches --files -0 --null -e --regexp -g --glob --iglob -t --type -T --type-not -d --max-depth -i -S -s -w -F -P -U -u -L -n --ignore-case --smart-case --word-regexp --fixed-strings --pcre2 --multiline --hidden -. --no-ignore --no-messages --sort --follow'.split(
    ' ',
  )

/** A macro may run programs and include files. */
function macros(reading: Reading): Output {
  const { operands, call, world } = reading
  const texts = operands.length === 0 ? [call.stdin] : operands.map(each => world.readText(each))
  let harmless = true
  for (const text of texts) {
    const rest = typeof text === 'string' ? text.replace(/e?syscmd\(`?([^`'"()]*)'?\)/g, (_, command: string) => run(command)) : 'include'
    harmless &&= !/syscmd|include|undivert/.test(rest)
  }
  if (!harmless) world.unknown('any', 'code of m4')
  return undefined

  function run(command: string): string {
    world.shell(command, { via: call.name })
    return ''
  }
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

/** One word is the file where nothing comes on the standard input, and the filter where something does. */
function yq(reading: Reading): Output {
  const [only] = reading.operands
  if (only !== undefined && reading.operands.length === 1 && !reading.call.piped) reading.touch('R', only)
  for (const operand of reading.operands)
    for (const [, file = ''] of prefixOf(operand).matchAll(/\bload(?:_\w+)?\(\s*"([^"]*)"/g)) reading.touch('R', file)
  return undefined
}

/** A name with a slash is a file: `man ./x`. */
function manual(reading: Reading): Output {
  for (const page of reading.operands) if (prefixOf(page).includes('/')) reading.touch('R', page)
  return undefined
}

/** `openssl s_client host:port` */
function client(reading: Reading): Output {
  const [host] = reading.operands
  if (reading.words[0] === 's_client' && host !== undefined) reading.world.act('net.connect', place(host, undefined, 'tls', reading))
  return undefined
}

const JQ_NAMED = ['--arg', '--argjson', '--slurpfile', '--rawfile', '--argfile']

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

const LINKERS = /^(?:gcc|g\+\+|cc|c\+\+|clang|clang\+\+|gfortran|ld)$/

/** `gcc @options`. */
function responseFiles(reading: Reading): Output {
  for (const each of reading.operands) if (prefixOf(each).startsWith('@')) reading.touch('R', dropPrefix(each, 1))
  if (LINKERS.test(reading.call.name) && !['-o', '-c', '-S', '-E'].some(option => reading.options.has(option))) reading.touch('W', 'a.out')
  return undefined
}

function split(reading: Reading): Output {
  const standard = reading.call.name === 'csplit' ? 'xx' : (reading.operands[1] ?? 'x')
  reading.touch('W', join(reading.options.value('-f') ?? standard, NAME))
  return undefined
}

function mktemp(reading: Reading): Output {
  if (reading.has('-u') === true) return undefined
  const [given] = reading.options.values('-p')
  const [folder, isWithin] = [given ?? '/tmp', given !== undefined || reading.has('-t') === true]
  const templates = reading.operands.length === 0 ? ['tmp.X'] : reading.operands
  const made = templates.map(each =>
    join(
      ...(isWithin || reading.operands.length === 0 ? [folder, '/'] : []),
      ...partsOf(each).map((part, at, all) => (at === all.length - 1 ? chosen(part) : AbstractString.of([part]))),
    ),
  )
  for (const each of made) reading.touch('W', each)
  return made[0] !== undefined && made.length === 1 && reading.has('-t') !== undefined ? join(made[0], '\n') : undefined
}

/** The end of a template with a new name in place of the signs for it. */
function chosen(part: Part): Text {
  if (typeof part !== 'string') return AbstractString.of([part])
  return join(/^.*?(?=X|$)/.exec(part)?.[0] ?? '', FRESH_NAME, /(?<=X)[^X]*$/.exec(part)?.[0] ?? '')
}

/** Options of ssh-keygen that read a file and make no key of it, and those that change it. */
const KEY_READERS = ['-l', '-y', '-e', '-F', '-B', '-L']
const KEY_CHANGERS = ['-p', '-c', '-R', '-H']

/** A key and its public half: where `-f` says, else in the home of the user once they have said so. It asks before it writes over one. */
function keys(reading: Reading): Output {
  const { call, options, world } = reading
  const standard = call.piped ? join(world.home ?? ANY, '/.ssh/id_', NAME) : undefined
  const [file = standard] = options.values('-f')
  if (file === undefined) return undefined
  const isRead = KEY_READERS.some(option => options.has(option))
  const isChanged = call.piped || call.open || KEY_CHANGERS.some(option => options.has(option))
  if (isRead || isChanged) reading.touch('R', file)
  if (!isRead) for (const each of [file, join(file, '.pub')]) reading.touch('W', each)
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
  named,
  tar,
  cpio,
  patched,
  '7z': sevenZip,
  moved,
  at: responseFiles,
  checked,
  compress,
  macros,
  jq,
  yq,
  manual,
  client,
  tex,
  split,
  keygen: keys,
  mktemp,
  stdin: ({ call }) => call.stdin,
  text: printed,
  head: printed,
}
