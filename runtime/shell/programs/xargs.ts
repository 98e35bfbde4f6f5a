/** `xargs` and `parallel`: a command for each of the words that they read. */
import { AbstractString } from '../../decide/abstract-string.js'
import type { Text } from '../analysis.js'
import { alike, withoutMore } from '../noted-holes.js'
import { ANY, join, joinWords, partsOf, prefixOf } from '../text.js'
import { isPlain, type Launch, launchersOf, runAny } from './launch.js'
import type { Output, Reach, World } from './model.js'
import type { Options } from './options.js'

const TABLE = `
xargs,gxargs ; 0|null a|arg-file:R d|delimiter: E: e|eof? I: J: R: S: i|replace? L: l|max-lines? n|max-args: P|max-procs: o|open-tty p|interactive process-slot-var: r|no-run-if-empty s|max-chars: show-limits t|verbose x|exit ; %xargs
parallel,env_parallel,sem,rush,parallel.moreutils ; j|jobs|P|max-procs: N|max-replace-args: n|max-args: L|max-lines: S|sshlogin: sshloginfile: a|arg-file:R C|colsep: d|delimiter: I: i|replace? l? m k|keep-order q|quote r|no-run-if-empty t|verbose u|ungroup X v progress bar eta halt: joblog:W results:W retries: delay: timeout: tmpdir: tagstring: tag line-buffer|lb load: pipe pipepart block: recstart: recend: env: workdir|wd: basefile: return: cleanup transferfile: shuf rpl: id|semaphorename: fg bg wait will-cite plus dry-run 0|null s|max-chars: trim: header: nice: ; %parallel
`

/** More known words than these are treated as unknown ones. */
const MAX_WORDS = 64
const MAX_RUNS = 8
const MAX_REPLACED = 32
/** So many in one call, of which some are known in part. */
const MAX_PARTIAL = 128

export const XARGS = launchersOf(TABLE, { xargs: runXargs, parallel: runParallel })

function runXargs(launch: Launch): Output {
  const { call, options, rest, how, world } = launch
  const reach = { ...how, stdin: '' }
  if (options.unknown) return runAny(call.args, { ...reach, open: true }, world)
  const inner = rest.length === 0 ? (call.open ? [ANY] : ['echo']) : rest
  // The last of them counts: which that is does not matter where each is replaced.
  const patterns = ['-I', '-i', '-J'].flatMap(option => options.values(option)).map(prefixOf)
  if (options.has('-i')) patterns.push('{}')
  const all = wordsOf(inputOf(launch), options.has('-0') ? '\0' : (options.value('-d') ?? (patterns.length === 0 ? undefined : '\n')))
  const end = options.value('-E') ?? options.value('-e') ?? ''
  const stop = end === '' ? -1 : (all?.indexOf(end) ?? -1)
  const words = stop === -1 ? all : all?.slice(0, stop)
  if (words?.length === 0 && options.has('-r')) return undefined
  if (patterns.length > 0) {
    if (endsReplacing(options)) world.run([...inner, ...(wordsOf(inputOf(launch), undefined) ?? [])], { ...reach, open: true })
    return eachReplaced(inner, everywhere(patterns), words, { ...reach, open: call.open }, world)
  }
  const size = Number(options.value('-n') ?? MAX_WORDS)
  if (words?.some(word => typeof word !== 'string') === true && words.length <= MAX_PARTIAL) {
    // There may be no word at all.
    if (!options.has('-r')) world.run(inner, reach)
    const more = options.has('-0') ? alike(words) : undefined
    return world.run([...inner, ...(more === undefined ? words : [more])], { ...reach, open: true, more })
  }
  if (words === undefined || call.open || options.has('-L') || options.has('-l') || words.length > size * MAX_RUNS || !(size >= 1)) {
    return world.run(inner, { ...reach, open: true })
  }
  let output: Output
  for (let at = 0; at === 0 || at < words.length; at += size) output = world.run([...inner, ...words.slice(at, at + size)], reach)
  return words.length > size ? undefined : output
}

/** Of GNU, how many words a call gets, said after a pattern, counts instead of it; but for `-n 1`. */
function endsReplacing(options: Options): boolean {
  const { flags } = options
  const first = flags.findIndex(flag => flag === '-I' || flag === '-i')
  const counts = options.values('-n').some(count => count !== '1') ? ['-L', '-l', '-n'] : ['-L', '-l']
  return first !== -1 && flags.slice(first).some(flag => counts.includes(flag))
}

const SEPARATORS: Readonly<Record<string, string>> = { '\\n': '\n', '\\0': '\0', '\\t': '\t' }

/** The words of the input, where they are known. @param separator where it is not blanks, and no quotes */
function wordsOf(text: Text | undefined, separator: Text | undefined): readonly Text[] | undefined {
  if (separator !== undefined && typeof separator !== 'string') return undefined
  if (typeof text !== 'string')
    return text === undefined ? undefined : partlyKnown(text, separator === undefined ? ' \t\n' : (SEPARATORS[separator] ?? separator))
  const unit = separator === undefined ? '\n' : (SEPARATORS[separator] ?? separator)
  const quoted = separator === undefined && (text.includes('\\') || text.includes('"') || text.includes("'"))
  const plain = separator === undefined ? text.split(' ').join('\n').split('\t').join('\n') : text
  const words = plain.split(unit).filter((word, i, all) => word !== '' || (unit !== '\n' && i < all.length - 1))
  return quoted || unit.length !== 1 || words.length > MAX_WORDS ? undefined : words
}

/** The words of an input known in part: those that nothing separates from a hole go on with it. */
function partlyKnown(text: AbstractString, separators: string): readonly Text[] {
  const words: Text[] = []
  let word: Text = ''
  for (const part of text.parts) {
    if (typeof part !== 'string') {
      word = join(word, AbstractString.of([part]))
      continue
    }
    for (const unit of part) {
      if (!separators.includes(unit)) word = join(word, unit)
      else if (word !== '') {
        words.push(word)
        word = ''
      }
    }
  }
  return word === '' ? words : [...words, word]
}

/** What is read for arguments; undefined where that is not known. */
function inputOf({ call, options, world }: Launch): Text | undefined {
  const [file] = options.values('-a')
  return file !== undefined ? world.madeText(file) : call.stdin
}

/** The command once for each word, in place of the patterns. */
function eachReplaced(inner: readonly Text[], fill: Fill, words: readonly Text[] | undefined, how: Reach, world: World): Output {
  const known = words === undefined || words.length > MAX_REPLACED ? [ANY] : words
  let output: Output
  for (const word of known) {
    const filling = fill(word)
    output = world.run(
      inner.map(each => replaced(each, filling)),
      how,
    )
  }
  return known.length === 1 ? output : undefined
}

/** What stands in place of each pattern. */
export type Filling = readonly (readonly [pattern: string, by: Text])[]

/** That of a word. */
type Fill = (word: Text) => Filling

/** The word itself in place of each of the patterns. */
export function everywhere(patterns: readonly string[]): Fill {
  return word => patterns.map(pattern => [pattern, word])
}

/** The text with others in place of the patterns. */
export function replaced(text: Text, filling: Filling): Text {
  return join(...partsOf(text).flatMap(part => (typeof part === 'string' ? replacedIn(part, filling) : [AbstractString.of([part])])))
}

function replacedIn(text: string, filling: Filling): readonly Text[] {
  for (const [pattern, by] of filling) {
    const [first = '', ...rest] = pattern === '' ? [text] : text.split(pattern)
    if (rest.length > 0) return [...replacedIn(first, filling), ...rest.flatMap(each => [by, ...replacedIn(each, filling)])]
  }
  return [text]
}

/** What `parallel` makes of a word (its manual, "replacement strings"). */
const PARTS: readonly (readonly [mark: string, part: (word: string) => string])[] = [
  ['', word => word],
  ['.', withoutExtension],
  ['/', baseOf],
  ['//', folderOf],
  ['/.', word => withoutExtension(baseOf(word))],
]
/** The word of the only source, and those of others. */
const SOURCE_NUMBERS = ['', ...'123456789']

function parallelFilling(word: Text): Filling {
  const parts = SOURCE_NUMBERS.flatMap(source =>
    PARTS.map(([mark, part]): readonly [string, Text] => {
      const isWord = source === '' || source === '1'
      return [`{${source}${mark}}`, isWord && typeof word === 'string' ? part(word) : mark === '' && isWord ? word : ANY]
    }),
  )
  return [...parts, ['{#}', ANY], ['{%}', ANY]]
}

function withoutExtension(path: string): string {
  const dot = path.lastIndexOf('.')
  return dot > path.lastIndexOf('/') ? path.slice(0, dot) : path
}

function baseOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

function folderOf(path: string): string {
  const slash = path.lastIndexOf('/')
  return slash === -1 ? '.' : path.slice(0, Math.max(slash, 1))
}

const SOURCES = [':::', '::::', ':::+', '::::+']

/** `parallel template ::: word …`: a shell runs the template with the word in it; without a template, the words. */
function runParallel(launch: Launch): Output {
  const { call, options, rest, how, world } = launch
  if (options.unknown) return runAny(call.args, { ...how, open: true }, world)
  const at = rest.findIndex(word => isSource(word) || (word === '--' && call.name.endsWith('utils')))
  const template = at === -1 ? rest : rest.slice(0, at)
  const hosts = options.values('-S')
  for (const host of hosts.flatMap(hostsIn)) world.run(['ssh', host], { via: how.via, open: true })
  const reach = { ...how, ...(hosts.length > 0 ? { elsewhere: true } : {}) }
  const words = options.has('-C') ? undefined : at === -1 ? linesOf(inputOf(launch)) : wordsBehind(rest, at, call.open)
  if (template.some(word => prefixOf(word).includes('{='))) world.unknown('any', 'code in a template of parallel')
  if (template.length === 0) return runWords(words, reach, world)
  const alone = call.name === 'sem' || options.has('--pipe') || options.has('--pipepart')
  if (alone || options.values('-N').includes('0')) world.shell(joinWords(template), reach)
  if (alone) return undefined
  const several = words === undefined || ['-N', '-n', '-m', '-X', '-L'].some(option => options.has(option))
  const pattern = options.value('-I')
  const fill = typeof pattern === 'string' ? everywhere([pattern]) : parallelFilling
  const used = template.some(word => fill('').some(([each]) => prefixOf(word).includes(each)))
  const full = used ? template : [...template, '{}']
  return runTemplate(full, used ? fill : parallelFilling, several ? undefined : words, { ...reach, open: several }, world)
}

/** `2/host,user@other`; `:` is this machine. */
function hostsIn(list: Text): readonly Text[] {
  const hosts = typeof list === 'string' ? list.split(',').map(each => each.slice(each.lastIndexOf('/') + 1)) : [list]
  return hosts.filter(host => host !== ':' && host !== '')
}

function isSource(word: Text | undefined): boolean {
  return typeof word === 'string' && SOURCES.includes(word)
}

/** The words behind `:::`, where there is no other source. */
function wordsBehind(rest: readonly Text[], at: number, open: boolean): readonly Text[] | undefined {
  const words = rest.slice(at + 1)
  return open || prefixOf(rest[at] ?? '').startsWith('::::') || words.some(isSource) ? undefined : words
}

function linesOf(text: Text | undefined): readonly Text[] | undefined {
  const listed = text === undefined ? undefined : withoutMore(text)
  if (typeof listed === 'string') return [...(linesOf(listed) ?? []), ANY]
  return typeof text === 'string' ? text.split('\n').filter(line => line !== '') : undefined
}

function runWords(words: readonly Text[] | undefined, how: Reach, world: World): Output {
  if (words === undefined || words.length > MAX_WORDS) world.unknown('exec', `commands that ${how.via} reads`)
  else for (const word of words) world.shell(word, how)
  return undefined
}

/** Words without meaning to the shell are run as they are: what is put in is quoted. */
function runTemplate(template: readonly Text[], fill: Fill, words: readonly Text[] | undefined, how: Reach, world: World): Output {
  const patterns = fill('').map(([pattern]) => pattern)
  const without = everywhere(patterns)('')
  if (template.every(word => isPlainText(replaced(word, without)))) return eachReplaced(template, fill, words, how, world)
  const text = joinWords(template)
  if (words === undefined || words.length > MAX_RUNS || !words.every(isPlainText))
    return world.shell(replaced(text, everywhere(patterns)(quotedIn(text, patterns))), how)
  for (const word of words) world.shell(replaced(text, fill(word)), how)
  return undefined
}

/** A variable that nobody knows stands for a word, which is quoted (the manual, "QUOTING"), but not where it stands between single quotes. */
function quotedIn(text: Text, patterns: readonly string[]): Text {
  if (typeof text !== 'string') return ANY
  return singlyQuoted(text).every(part => !patterns.some(pattern => part.includes(pattern))) ? '"${__}"' : ANY
}

/** What stands between single quotes. */
function singlyQuoted(text: string): readonly string[] {
  const unquoted = text.replace(/\\[^]|"(?:\\[^]|[^"\\])*"/g, '')
  return unquoted.split("'").filter((_, at) => at % 2 === 1)
}

function isPlainText(text: Text): boolean {
  return typeof text === 'string' && isPlain(text, '=')
}
