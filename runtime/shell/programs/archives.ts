/** Programs that pack, unpack and compress. */
import type { Text } from '../analysis.js'
import { ANY, dropPrefix, join, prefixOf, splitOnce } from '../text.js'
import { remote } from './copies.js'
import type { Output } from './model.js'
import { NAME, type Reading, withoutSuffix, withSuffix } from './roles.js'

const TAR_GRAMMAR_VALUES = 'fCbTXIFgHLNVK>'

/** `tar czf a.tgz d`: letters first, with or without a dash. */
export function tar(reading: Reading): Output {
  const state: Archive = { mode: '', base: undefined, archive: undefined, members: [], deletes: false, absolute: false }
  tarWords(reading, state)
  const place = (path: Text) => (state.base === undefined || prefixOf(path).startsWith('/') ? path : join(state.base, '/', path))
  if (state.mode === 'x') {
    if (state.archive !== undefined) reading.touch('R', state.archive)
    // What is printed of an archive is what such a file holds.
    if (state.deletes) for (const member of state.members) reading.touch('R', member)
    if (state.deletes) return undefined
    reading.touch('W', state.absolute ? '/' : (state.base ?? '.'), true)
    for (const member of state.members) reading.touch('W', place(member), true)
  } else if (state.mode === 't') {
    if (state.archive !== undefined) reading.touch('R', state.archive)
  } else if (state.mode !== '') {
    if (state.archive !== undefined) reading.touch('W', state.archive)
    for (const member of state.members) reading.touch(state.deletes ? 'RD' : 'R', place(member), true)
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

/** As GNU tar has it, where only one name begins so; it takes no option of one letter for one. */
function abbreviated(name: string): string | undefined {
  const found = Object.keys(TAR_LONG).filter(each => name.length > 4 && each.startsWith(name))
  return found.length === 1 ? TAR_LONG[found[0] ?? ''] : undefined
}

function tarWords(reading: Reading, state: Archive): void {
  const words = [...reading.call.args].reverse()
  let first = true
  for (let word = words.pop(); word !== undefined; word = words.pop()) {
    const prefix = prefixOf(word)
    if (prefix.startsWith('--')) {
      const [name, value] = splitOnce(word, '=') ?? [prefix, undefined]
      if (name === '--one-top-level' && value !== undefined) reading.touch('W', value, true)
      const letter = TAR_LONG[name] ?? abbreviated(name)
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
  if (letter === 'T') {
    const names = given === undefined ? undefined : reading.world.madeText(given)
    state.members.push(...(typeof names === 'string' ? names.split('\n').filter(name => name !== '') : [ANY]))
  }
  if (letter === '!' || letter === 'O') state.deletes = true
  if (letter === 'P') state.absolute = true
}

/** `7z x a.7z -oout`. */
export function sevenZip(reading: Reading): Output {
  const [command, archive, ...members] = reading.operands
  if (archive === undefined || typeof command !== 'string') return undefined
  if ('xelt'.includes(command)) {
    reading.touch('R', archive)
    const into = reading.call.args.find(each => prefixOf(each).startsWith('-o'))
    if (command !== 'l' && command !== 't') reading.touch('W', into === undefined ? '.' : dropPrefix(into, 2), true)
  } else {
    reading.touch('W', archive)
    for (const member of members) reading.touch(command === 'm' ? 'RD' : 'R', dropAt(member), true)
  }
  return undefined
}

/** `zip -m`, `7z a -sdel`, `rar a -df`: what is in the archive then is there no more. */
export function moved(reading: Reading): Output {
  const { call, options, operands } = reading
  if (['-m', '-sdel', '-df'].some(option => options.has(option)))
    for (const each of operands.slice(call.name === 'zip' ? 1 : 2)) reading.touch('D', each, true)
  return undefined
}

/** Names come on the standard input, from `find` or `ls`. */
export function cpio(reading: Reading): Output {
  const { stdin } = reading.call
  const names = typeof stdin === 'string' ? stdin.split('\n').filter(name => name !== '') : [ANY]
  if (!reading.has('-i') && !reading.has('-t')) for (const name of names) reading.touch('R', name)
  const [folder] = reading.operands
  // With `-i` they are patterns of what is unpacked.
  if (reading.has('-p') && folder !== undefined) reading.touch('W', folder, true)
  if (!reading.has('-i')) return undefined
  reading.touch('W', '.', true)
  for (const pattern of reading.operands) reading.touch('W', pattern)
  return undefined
}

function dropAt(path: Text): Text {
  return prefixOf(path).startsWith('@') ? dropPrefix(path, 1) : path
}

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
export function compress(reading: Reading): Output {
  const { options, call } = reading
  const decompresses = options.has('-d') || options.has('-t') || options.has('-l') || /^(un|gun|bun)|cat$/.test(call.name)
  const suffix = options.value('-S') ?? SUFFIXES[call.name] ?? (decompresses ? NAME : '.gz')
  const recursive = reading.has('-r') === true
  const reads = /cat$|^z/.test(call.name) || options.has('-c') || options.has('-l') || options.has('-t')
  for (const path of reading.operands) {
    reading.touch('R', path, recursive)
    if (typeof path === 'string') reading.touch('R', join(path, suffix))
    if (!reads && !options.has('-k')) reading.touch('M', path, recursive)
    const made = decompresses ? [withoutSuffix(path)] : withSuffix(path, suffix)
    if (!reads) for (const each of made) reading.touch('W', each)
    if (!reads && (recursive || decompresses))
      for (const each of recursive ? [path] : withSuffix(path, '.out')) reading.touch('W', each, recursive)
  }
  return undefined
}
