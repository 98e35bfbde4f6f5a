/** What filters print where their input is a known text: code that travels through them is still seen. */
import { AbstractString, type Part } from '../../decide/abstract-string.js'
import { normalizePath } from '../../decide/path.js'
import type { Text } from '../analysis.js'
import { isOfNames, likely, MORE, NAMES, NUMBER, toolText, withoutMore } from '../noted-holes.js'
import { ANY, join, joinWords, partsOf, prefixOf } from '../text.js'
import { nameSpelled } from './glob-names.js'
import { lineMatcher, picked } from './lines.js'
import type { Output } from './model.js'
import type { Reading } from './roles.js'

/** The longest text that is computed; beyond it nothing is known. */
const LONGEST = 1 << 20

export function printed(reading: Reading): Output {
  const filter = FILTERS[reading.call.name]
  if (reading.call.open || filter === undefined) return undefined
  if (reading.operands.length === 0 && isOnlyNames(reading.call.stdin) && KEEPERS.has(reading.call.name)) return NAMES
  return filter(reading)
}

/** They print some of the lines that they read, or a part of each. */
const KEEPERS: ReadonlySet<string> = new Set(['sort', 'uniq', 'head', 'tail', 'tac', 'cut'])

function isOnlyNames(text: Output): boolean {
  return text instanceof AbstractString && text.parts.length === 1 && isOfNames(text)
}

/** The files' texts one after the other, or the standard input. */
function input(reading: Reading, paths: readonly Text[]): Output {
  if (paths.length === 0) return reading.call.stdin
  const texts: Text[] = []
  for (const path of paths) {
    const text = path === '-' || path === '/dev/stdin' ? reading.call.stdin : reading.world.madeText(path)
    if (text === undefined) return undefined
    texts.push(text)
  }
  return texts.length === 1 ? texts[0] : join(...texts)
}

/** `basename`, `dirname` of paths. */
function partsOfPaths({ call, operands, options }: Reading): Output {
  if (call.open || options.has('-z') || options.has('--zero')) return undefined
  if (call.name === 'dirname') return lines(operands.map(folderOf))
  const [suffix] = options.values('-s')
  const many = suffix !== undefined || options.has('-a') || options.has('--multiple')
  const [path = '', second = ''] = operands
  return many ? lines(operands.map(each => nameOf(each, suffix ?? ''))) : operands.length < 3 ? lines([nameOf(path, second)]) : undefined
}

function lines(texts: readonly Text[]): Text {
  return join(...texts.map(line))
}

function folderOf(path: Text): Text {
  if (typeof path !== 'string') return splitAtLastSlash(path)?.[0] ?? ANY
  const bare = withoutSlashes(path)
  const slash = bare.lastIndexOf('/')
  return slash === -1 ? '.' : withoutSlashes(bare.slice(0, slash)) || '/'
}

function nameOf(path: Text, suffix: Text): Text {
  const name =
    typeof path === 'string'
      ? withoutSlashes(path).slice(withoutSlashes(path).lastIndexOf('/') + 1) || path.slice(0, 1)
      : splitAtLastSlash(path)?.[1]
  if (typeof name !== 'string') return name ?? ANY
  if (typeof suffix !== 'string') return ANY
  return suffix !== '' && name !== suffix && name.endsWith(suffix) ? name.slice(0, -suffix.length) : name
}

/** Of a path whose start is not known: what stands before the name, and the name. */
function splitAtLastSlash({ parts }: AbstractString): readonly [folder: Text, name: Text] | undefined {
  const last = parts[parts.length - 1]
  const slash = typeof last === 'string' ? withoutSlashes(last).lastIndexOf('/') : -1
  if (typeof last !== 'string' || slash === -1) return undefined
  return [AbstractString.of([...parts.slice(0, -1), last.slice(0, slash)]), withoutSlashes(last).slice(slash + 1)]
}

const REAL_PATH_OPTIONS = /^(?:-[emqsvLP]+|--(?:canonicalize(?:-existing|-missing)?|no-symlinks|strip|quiet|verbose|logical|physical))$/

/** A path is taken to be real already; where `..` leaves a folder that may be a link, that is the likely one only. */
function realPathOf({ call, operands, world }: Reading, plain: readonly string[] = []): Output {
  const [path] = operands
  const given = call.args.filter(arg => arg !== path && arg !== '--')
  if (call.open || typeof path !== 'string' || operands.length > 1) return undefined
  if (!given.every(arg => typeof arg === 'string' && (plain.includes(arg) || REAL_PATH_OPTIONS.test(arg)))) return undefined
  const out = path.split('/')
  const back = out.lastIndexOf('..')
  const isPlain = !path.startsWith('/') && out.slice(0, back + 1).every(each => each === '..' || each === '.' || each === '')
  const paths = world.cwds.map(cwd => line(normalizePath(path, { cwd })))
  return likely(back === -1 || isPlain ? paths : [...paths, ANY])
}

function textAfterHoles(path: Text): string {
  const [last = ''] = partsOf(path).slice(-1)
  return typeof last === 'string' ? last : ''
}

function currentFolder({ world }: Reading): Output {
  return likely(world.cwds.map(line))
}

/** Without one of these `readlink` prints what a link holds. */
function readLink(reading: Reading): Output {
  const [path = ''] = reading.operands
  if (path === '' && !reading.call.open) return ''
  if (prefixOf(path).startsWith('/proc/') && textAfterHoles(path).endsWith('/cwd')) return currentFolder(reading)
  const isReal = reading.call.args.some(arg => /^-\w*[fem]|^--canon/.test(prefixOf(arg)))
  return isReal ? realPathOf(reading, ['-f', '-n', '-fn', '-nf']) : undefined
}

function withoutSlashes(path: string): string {
  let end = path.length
  while (end > 0 && path.charAt(end - 1) === '/') end--
  return path.slice(0, end)
}

/** `ls -d`: what it is given; else what lies in the one folder. */
function listed(reading: Reading): Output {
  const { call, operands, options } = reading
  if (call.open) return undefined
  if (options.flags.some(flag => !LISTING.has(flag))) return NAMES
  if (!options.has('-d')) return (operands.length < 2 ? namesIn(reading) : undefined) ?? NAMES
  const all = lines(operands)
  return typeof all === 'string' ? all : join(all, NAMES)
}

/** What changes the names at most in their order, or puts something before them. */
const LISTING: ReadonlySet<string> = new Set(
  '-d --directory -1 -a --all -A --almost-all -N -q -L -H -C -x -p -t -S -U -X -v -c -u -f -r --reverse --color -l -o -g -n'.split(' '),
)

/** Names with a dot are listed only where that is asked for. */
function namesIn({ call, operands: [folder = '.'], options, world }: Reading): Output {
  const isAll = ['-a', '-A', '--almost-all', '-f'].some(option => options.has(option))
  const names = world.names(folder)?.filter(name => isAll || !name.startsWith('.'))
  const before =
    call.name === 'vdir' || ['-l', '-n'].some(option => options.has(option))
      ? LONG
      : ['-o', '-g'].some(option => options.has(option))
        ? LONG.replace(' 0', '')
        : ''
  const isMarked = (name: string) =>
    options.has('-p') && world.files?.kind(prefixOf(normalizePath(`${prefixOf(folder)}/${name}`, { cwd: world.cwd }))) === 'folder'
  if (names !== undefined) return join(lines(names.map(name => `${before}${name}${isMarked(name) ? '/' : ''}`)), NAMES)
  return typeof folder === 'string' && world.files?.kind(folder) === 'file' ? join(line(folder), NAMES) : undefined
}

/** What `ls -l` puts before a name: nine words, of which none is a file. */
const LONG = '-rw-r--r-- 1 0 0 0 Jan 1 00:00 '

/** `tree -a`, `du -a`: the names in the one folder. @param before what stands before each */
function namesBelow({ operands: [folder = '.', ...more], options, world }: Reading, before: string, isPath: boolean): Output {
  const names = options.has('-a') && more.length === 0 ? world.names(folder) : undefined
  return names && join(...names.map(name => line(join(before, ...(isPath ? [folder, '/'] : []), name))), NAMES)
}

type Filter = (reading: Reading) => Output

/** A filter of a text that is known whole. */
function whole(convert: (text: string, reading: Reading) => Output): Filter {
  return reading => {
    const text = input(reading, reading.operands.slice(0, reading.call.name === 'uniq' || reading.call.name === 'xxd' ? 1 : undefined))
    return ofKnown(text, known => convert(known, reading), KEEPERS.has(reading.call.name))
  }
}

/** What a filter of lines makes of a text that is known, or of a listing. */
function ofKnown(text: Output, convert: (text: string) => Output, keeps: boolean): Output {
  const named = text === undefined || typeof text === 'string' ? undefined : withoutMore(text)
  if (text !== undefined && typeof named === 'string') {
    const made = convert(named)
    return made === undefined ? undefined : join(made, keeps && isOfNames(text) ? NAMES : MORE)
  }
  return typeof text === 'string' && text.length <= LONGEST ? convert(text) : undefined
}

/** Lines of which some may be left out, in another order: where more may be there anyway, the same text stands for them. */
function fewer(filter: Filter): Filter {
  return reading => {
    const { stdin } = reading.call
    const isOpen = typeof stdin === 'object' && isRest(stdin.parts[stdin.parts.length - 1])
    return filter(reading) ?? (isOpen && reading.operands.length === 0 && !reading.options.has('-c') ? stdin : undefined)
  }
}

function isRest(part: Part | undefined): boolean {
  return typeof part === 'object' && part.hole === 'any'
}

/** The same of lines, each without its end. */
export function ofKnownLines(text: Output, convert: (lines: readonly string[]) => readonly string[] | undefined, keeps = false): Output {
  const convertText = (known: string) => {
    const lines = convert(known === '' ? [] : (known.endsWith('\n') ? known.slice(0, -1) : known).split('\n'))
    return lines?.map(each => `${each}\n`).join('')
  }
  return ofKnown(text, convertText, keeps)
}

/** `grep` without files. */
export function pickedByGrep({ call, operands, options }: Reading): Output {
  const [pattern = options.values('-e')[0], ...files] = options.has('-e') ? [undefined, ...operands] : operands
  const isPlain = options.flags.every(flag => GREP.has(flag)) && options.values('-e').length < 2
  if (call.open || files.length > 0) return options.has('-l') && !call.open ? NAMES : undefined
  if (isOnlyNames(call.stdin))
    return typeof pattern !== 'string' || options.has('-v') ? NAMES : namedBy(pattern, options.has('-z') ? '\0' : '\n')
  if (typeof pattern !== 'string' || !isPlain) return undefined
  const test = lineMatcher(pattern, {
    extended: call.name === 'egrep' || options.has('-E') || options.has('-P'),
    fixed: call.name === 'fgrep' || options.has('-F'),
    ignoreCase: options.has('-i'),
    whole: options.has('-x'),
  })
  return test && ofKnownLines(call.stdin, all => picked(all, each => test(each) !== options.has('-v')), true)
}

/** A shorter one is part of many names. */
const LEAST_NAME = 4

/** Of names that are not known, those that a pattern spells. */
function namedBy(pattern: string, end: string): Text {
  const name = nameSpelled(pattern)
  const known = partsOf(name ?? '')
    .filter(part => typeof part === 'string')
    .join('')
  return name === undefined || known.length < LEAST_NAME ? NAMES : join(NAMES, '/', name, end, NAMES)
}

/** `locate .env`: paths that a pattern spells. */
function found({ call, operands: [pattern] }: Reading): Output {
  return typeof pattern === 'string' && !call.open ? namedBy(pattern, '\n') : undefined
}

const GREP: ReadonlySet<string> = new Set(
  '-e --regexp -E --extended-regexp -F --fixed-strings -G -P -i --ignore-case -v --invert-match -x --line-regexp -a --text -h --no-filename'.split(
    ' ',
  ),
)

/** A filter of lines, each without its end. */
function ofLines(convert: (lines: readonly string[], reading: Reading) => readonly string[] | undefined): Filter {
  return whole((text, reading) => {
    const ended = text.endsWith('\n')
    const lines = convert((ended ? text.slice(0, -1) : text).split('\n'), reading)
    return lines?.map(line => `${line}\n`).join('')
  })
}

const NUMBERED = ofLines(lines => (lines.includes('') ? undefined : lines.map((text, at) => `${String(at + 1).padStart(6)}\t${text}`)))

/** The names of a listing with other blanks between them. */
function wordsKept(reading: Reading): Output {
  const text = input(reading, reading.operands)
  return text !== undefined && withoutMore(text) !== undefined ? text : undefined
}

/** `paste -s`: one line of all; with one file and no option the lines as they are. */
function pasted(lines: readonly string[], { operands, options }: Reading): readonly string[] | undefined {
  const [between = '\t'] = options.values('-d')
  if (operands.length > 1 || typeof between !== 'string' || between.includes('\\') || between === '') return undefined
  return options.has('-s')
    ? [lines.map((text, at) => text + (at + 1 < lines.length ? between.charAt(at % between.length) : '')).join('')]
    : lines
}

const FILTERS: Readonly<Record<string, Filter>> = {
  basename: partsOfPaths,
  realpath: reading => realPathOf(reading),
  readlink: readLink,
  pwd: currentFolder,
  dirname: partsOfPaths,
  ls: listed,
  dir: listed,
  locate: found,
  vdir: listed,
  exa: listed,
  eza: listed,
  lsd: listed,
  du: reading => namesBelow(reading, '0\t', true),
  tree: reading => namesBelow(reading, reading.options.has('-i') ? '' : '-- ', reading.options.has('-f')),
  stat: ({ operands, options }) => (options.values('-c')[0] === '%n' ? lines(operands) : undefined),
  // Between others than these a text becomes another one: `+AHIAbQ-` of UTF-7 is `rm`.
  iconv: ({ call, operands, options }) =>
    operands.length === 0 &&
    [...options.values('-f'), ...options.values('-t')].every(each =>
      /^(?:utf-?8|us-ascii|ascii|latin-?1|iso-8859-\d+)/i.test(prefixOf(each)),
    )
      ? call.stdin
      : undefined,
  cat: reading => (reading.options.has('-n') ? NUMBERED(reading) : input(reading, reading.operands)),
  nl: reading => (reading.options.flags.length === 0 ? NUMBERED(reading) : wordsKept(reading)),
  paste: ofLines(pasted),
  column: wordsKept,
  fmt: wordsKept,
  fold: wordsKept,
  strings: wordsKept,
  shuf: reading => (reading.options.flags.length === 0 ? wordsKept(reading) : undefined),
  expand: wordsKept,
  unexpand: wordsKept,
  pr: wordsKept,
  tac: ofLines(lines => [...lines].reverse()),
  rev: ofLines(lines => lines.map(line => [...line].reverse().join(''))),
  sort: fewer(
    ofLines((lines, { options }) =>
      options.flags.length === 0 ? [...lines].sort() : options.flags.join() === '-r,--reverse' ? [...lines].sort().reverse() : undefined,
    ),
  ),
  uniq: fewer(ofLines((lines, { options }) => (options.flags.length === 0 ? lines.filter((line, i) => line !== lines[i - 1]) : undefined))),
  head: fewer(ends((items, count) => items.slice(0, count))),
  tail: fewer(ends((items, count) => (count === 0 ? [] : items.slice(-count)))),
  cut: ofLines(cut),
  base64: whole((text, { options }) => (options.has('-d') ? decoded(text, BASE64, 6) : undefined)),
  base32: whole((text, { options }) => (options.has('-d') ? decoded(text, BASE32, 5) : undefined)),
  xxd: whole((text, { options }) =>
    options.has('-r') && (options.has('-p') || options.has('-ps') || options.has('-plain'))
      ? decoded(text.toLowerCase(), '0123456789abcdef', 4)
      : undefined,
  ),
  tr: translated,
  seq: sequence,
  // It goes on for ever: who reads more reads the same again.
  yes: ({ operands }) => {
    const word = operands.length === 0 ? 'y' : joinWords(operands)
    return typeof word === 'string' && word.length < 1000 ? `${word}\n`.repeat(8) : undefined
  },
  date: dateOf,
  wc: ({ call, options, operands }) =>
    operands.length === 0 && options.flags.length === 2 && call.args.length === 1 ? join(NUMBER, '\n') : undefined,
  nproc: aName,
  cal: () => NUMBER,
  ncal: () => NUMBER,
  arch: aName,
  uname: ({ options }) => (options.flags.every(flag => flag === '-s' || flag === '-m' || flag === '-r') ? line(NUMBER) : undefined),
  whoami: aName,
  logname: aName,
  id: ({ call }) =>
    call.args.length === 1 && ['-u', '-g', '-un', '-gn'].includes(prefixOf(call.args[0] ?? '')) ? line(NUMBER) : undefined,
  which: ({ operands: [name], call }) => (call.args.length === 1 && typeof name === 'string' ? line(toolText(name)) : undefined),
}

/** `head -n 2`, `tail -c 5`, `head -2`. */
function ends(take: <T>(items: readonly T[], count: number) => readonly T[]): Filter {
  return reading => {
    const { options } = reading
    const bytes = options.values('-c')[0]
    const lines = options.values('-n')[0] ?? digits(options.flags) ?? '10'
    const given = bytes ?? lines
    const count = typeof given === 'string' && !given.startsWith('+') ? Number(given) : Number.NaN
    if (!Number.isInteger(count) || count < 0) return undefined
    if (bytes === undefined) return ofLines(all => take(all, count))(reading)
    return whole(text => (isAscii(text) ? take([...text], count).join('') : undefined))(reading)
  }
}

/** `-12` as options: `-1 -2`. */
function digits(flags: readonly string[]): string | undefined {
  const found = flags.filter(flag => flag >= '-0' && flag <= '-9').map(flag => flag.slice(1))
  return found.length === 1 ? found[0] : found.length > 1 ? 'NaN' : undefined
}

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) return false
  return true
}

function cut(lines: readonly string[], { options }: Reading): readonly string[] | undefined {
  const [fields] = options.values('-f')
  const [characters] = options.values('-c').length > 0 ? options.values('-c') : options.values('-b')
  const [delimiter = '\t'] = options.values('-d')
  const list = fields ?? characters
  if (typeof list !== 'string' || typeof delimiter !== 'string' || options.has('--output-delimiter') || options.has('--complement'))
    return undefined
  const wanted = ranges(list)
  if (fields === undefined) return lines.map(line => [...line].filter((_, i) => wanted(i + 1)).join(''))
  return lines.map(line =>
    line.includes(delimiter)
      ? line
          .split(delimiter)
          .filter((_, i) => wanted(i + 1))
          .join(delimiter)
      : line,
  )
}

/** `1,3-5,7-` */
function ranges(list: string): (n: number) => boolean {
  const bounds = list.split(',').map(each => {
    const [from = '', to] = each.split('-')
    return [from === '' ? 1 : Number(from), to === undefined ? Number(from) : to === '' ? Infinity : Number(to)] as const
  })
  return n => bounds.some(([from, to]) => n >= from && n <= to)
}

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** Digits of so many bits each, as bytes, as text; characters that are no digits are passed over. */
function decoded(text: string, alphabet: string, bits: number): string {
  let buffer = 0
  let held = 0
  let bytes = ''
  for (const unit of text) {
    const digit = alphabet.indexOf(unit)
    if (digit === -1) continue
    buffer = ((buffer << bits) | digit) & 0xffff
    held += bits
    if (held < 8) continue
    held -= 8
    bytes += `%${((buffer >> held) & 255).toString(16).padStart(2, '0')}`
  }
  return fromUtf8(bytes)
}

/** Bytes that are no UTF-8 stand each for itself. */
function fromUtf8(percents: string): string {
  try {
    return decodeURIComponent(percents)
  } catch {
    return unescape(percents)
  }
}

const CLASSES: Readonly<Record<string, string>> = {
  upper: 'A-Z',
  lower: 'a-z',
  digit: '0-9',
  alpha: 'A-Za-z',
  alnum: '0-9A-Za-z',
  space: '\t-\r ',
  blank: '\t ',
  punct: '!-/:-@[-`{-~',
}
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '0': '\0', '\\': '\\', a: '\x07', b: '\b', f: '\f', v: '\v' }

/** The characters of a set of `tr`: `a-z`, `[:upper:]`, `\n`, `\141`. */
function setOf(text: string): readonly string[] | undefined {
  const units: string[] = []
  for (let i = 0; i < text.length; i++) {
    let unit = text.charAt(i)
    if (unit === '[' && text.charAt(i + 1) === ':') {
      const end = text.indexOf(':]', i)
      const chars = setOf(CLASSES[text.slice(i + 2, end)] ?? '')
      if (end === -1 || chars === undefined) return undefined
      units.push(...chars)
      i = end + 1
      continue
    }
    if (unit === '[' && text.charAt(i + 2) === '*') return undefined
    if (unit === '\\') {
      let end = i + 1
      while (end < i + 4 && text.charAt(end) >= '0' && text.charAt(end) <= '7') end++
      unit =
        end > i + 1 ? String.fromCharCode(Number.parseInt(text.slice(i + 1, end), 8)) : (ESCAPES[text.charAt(i + 1)] ?? text.charAt(i + 1))
      i = end > i + 1 ? end - 1 : i + 1
    }
    const from = units[units.length - 1]
    if (unit === '-' && from !== undefined && i + 1 < text.length) {
      const to = text.charCodeAt(++i)
      for (let code = from.charCodeAt(0) + 1; code <= to; code++) units.push(String.fromCharCode(code))
    } else units.push(unit)
  }
  return units
}

function translated(reading: Reading): Output {
  const { operands, options } = reading
  const [from, to] = operands.map(each => (typeof each === 'string' ? setOf(each) : undefined))
  const deletes = options.has('-d') || options.has('--delete')
  if (from === undefined || options.flags.some(flag => !'-d--delete'.includes(flag)) || (to === undefined) !== deletes) return undefined
  return ofKnown(
    reading.call.stdin,
    text => {
      let output = ''
      for (const unit of text) {
        const at = from.lastIndexOf(unit)
        output += at === -1 ? unit : deletes ? '' : (to?.[Math.min(at, to.length - 1)] ?? unit)
      }
      return output
    },
    false,
  )
}

const line = (text: Text): Text => join(text, '\n')

/** A name of the machine or of the user, or a number. */
function aName({ call }: Reading): Output {
  return call.args.length === 0 ? line(NUMBER) : undefined
}

/** Conversions of `date` that give neither blanks nor slashes. */
const DATES = /^\+(?:[^%/\s]|%[-_0^#]?[YymdHMSjsNCGgVuwUWIFTRBbAaZzp])*$/

function dateOf({ call, operands: [format, extra] }: Reading): Output {
  // It takes one operand, and prints nothing where there are more.
  if (extra !== undefined && !call.open) return ''
  if (call.args.some(word => word !== format && word !== '-u') || typeof format !== 'string' || !DATES.test(format)) return undefined
  return line(join(...(format.slice(1).match(/%.?[a-zA-Z]|[^%]+/g) ?? []).map(part => (part.startsWith('%') ? NUMBER : part))))
}

function sequence({ operands, options }: Reading): Output {
  const numbers = operands.map(Number)
  const [last = 0] = numbers.slice(-1)
  const first = numbers.length > 1 ? (numbers[0] ?? 1) : 1
  const step = numbers.length > 2 ? (numbers[1] ?? 1) : 1
  if (options.flags.length > 0 || numbers.length === 0 || numbers.some(Number.isNaN) || step <= 0 || (last - first) / step > 1000)
    return undefined
  let output = ''
  for (let n = first; n <= last; n += step) output += `${n}\n`
  return output
}
