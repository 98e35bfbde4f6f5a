/**
 * The options of a command line, read by a grammar (POSIX Utility Syntax Guidelines and GNU getopt_long).
 *
 * A grammar is a text of entries with blanks between them:
 *
 *   -abc             three short options without a value
 *   r|R|recursive    one option in three spellings: single characters are short, the others long (`--recursive`)
 *   o|output:        with a value: attached (`-oX`, `--output=X`) or the next word
 *   i|in-place?      with a value only where it is attached
 *   -name:           (style `single` only) a long option with one dash
 *
 * Long options may be abbreviated to a unique prefix. A later `--no-X` or `--X=false` takes an option without a needed value back (git's
 * parse-options, nopt, Go's flag; programs without the form refuse it and do nothing). A word that begins with a hole is an operand.
 */
import type { Text } from '../analysis.js'
import { dropPrefix, prefixOf, splitOnce } from '../text.js'

/**
 * - `permute`: options and operands in any order (GNU);
 * - `stop`: the first operand ends the options (POSIX, and every wrapper);
 * - `single`: as `permute`, long options have one dash or two and are never clustered (find, terraform, java).
 */
export type OptionStyle = 'permute' | 'stop' | 'single'

type Takes = 'nothing' | 'value' | 'attached'

interface Option {
  /** Every spelling, dashes included. */
  readonly spellings: readonly string[]
  readonly takes: Takes
}

export interface Options {
  /** The options found, each in all its spellings; those that the grammar does not have as written. */
  readonly flags: readonly string[]
  /** The values of an option, by any of its spellings, in order. */
  values(spelling: string): readonly Text[]
  /** The last of them, which counts where one does. */
  value(spelling: string): Text | undefined
  has(spelling: string): boolean
  readonly operands: readonly Text[]
  /** Style `stop`: where the operands begin in the arguments. */
  readonly end: number
  /** An option that the grammar does not have, without a value attached: what follows may be its value. */
  readonly unknown: boolean
}

const grammars = new Map<string, ReadonlyMap<string, Option>>()

export function readOptions(args: readonly Text[], grammar: string, style: OptionStyle = 'permute'): Options {
  const reader = new Reader(grammarOf(grammar), style)
  reader.read(args)
  return reader
}

function grammarOf(text: string): ReadonlyMap<string, Option> {
  const known = grammars.get(text)
  if (known !== undefined) return known
  const options = new Map<string, Option>()
  for (const entry of text.split(' ')) if (entry !== '') addEntry(options, entry)
  grammars.set(text, options)
  return options
}

const TAKES: Readonly<Record<string, Takes>> = { ':': 'value', '?': 'attached' }

function addEntry(options: Map<string, Option>, entry: string): void {
  const takes = TAKES[entry.charAt(entry.length - 1)] ?? 'nothing'
  const names = takes === 'nothing' ? entry : entry.slice(0, -1)
  const add = (spellings: readonly string[]) => spellings.forEach(each => options.set(each, { spellings, takes }))
  if (!names.startsWith('-')) add(names.split('|').map(name => (name.length === 1 ? `-${name}` : `--${name}`)))
  else if (takes === 'nothing') for (const letter of names.slice(1)) add([`-${letter}`])
  else add([names])
}

const NONE: readonly Text[] = []

/** What Go's `strconv.ParseBool` and nopt take for false, and kubectl for no dry run. */
const FALSE = /^(?:0|f|false|no|none|off)$/i

class Reader implements Options {
  readonly flags: string[] = []
  readonly operands: Text[] = []
  end = 0
  unknown = false
  private readonly found = new Map<string, Text[]>()

  constructor(
    private readonly options: ReadonlyMap<string, Option>,
    private readonly style: OptionStyle,
  ) {}

  values(spelling: string): readonly Text[] {
    return this.found.get(spelling) ?? NONE
  }

  value(spelling: string): Text | undefined {
    const values = this.values(spelling)
    return values[values.length - 1]
  }

  has(spelling: string): boolean {
    return this.found.has(spelling)
  }

  read(args: readonly Text[]): void {
    let at = 0
    for (; at < args.length; at++) {
      const word = args[at] as Text // in bounds
      const prefix = prefixOf(word)
      if (word === '--') {
        at++
        break
      }
      if (!prefix.startsWith('-') || word === '-') {
        if (this.style === 'stop') break
        this.operands.push(word)
      } else if (prefix.startsWith('--') || this.style === 'single') at += this.long(word, args[at + 1])
      else at += this.cluster(word, args[at + 1])
    }
    this.end = Math.min(at, args.length)
    for (; at < args.length; at++) this.operands.push(args[at] as Text) // in bounds
  }

  /** @returns how many further words it took */
  private long(word: Text, next: Text | undefined): number {
    const split = splitOnce(word, '=')
    const name = split === undefined ? prefixOf(word) : split[0]
    const option = this.option(name)
    if (option === undefined) {
      if (name.startsWith('--no-')) this.takeBack(this.option(`--${name.slice(5)}`))
      this.unknown ||= split === undefined
      this.add({ spellings: [name], takes: 'nothing' }, split?.[1])
      return 0
    }
    const fromNext = split === undefined && option.takes === 'value'
    const value = fromNext ? next : split?.[1]
    if (typeof value === 'string' && FALSE.test(value)) {
      this.takeBack(option)
      if (option.takes === 'nothing') return 0
    }
    this.add(option, value)
    return fromNext && next !== undefined ? 1 : 0
  }

  private option(name: string): Option | undefined {
    const known = this.options.get(name)
    if (known !== undefined) return known
    let found: Option | undefined
    if (name.length < 3) return undefined
    for (const [spelling, option] of this.options) {
      if (!spelling.startsWith(name) || option === found) continue
      if (found !== undefined) return undefined
      found = option
    }
    return found
  }

  /** `-abc`, `-ofile`. @returns how many further words it took */
  private cluster(word: Text, next: Text | undefined): number {
    const letters = prefixOf(word)
    for (let i = 1; i < letters.length; i++) {
      const option = this.options.get(`-${letters.charAt(i)}`)
      if (option === undefined) this.unknown = true
      if (option === undefined || option.takes === 'nothing') {
        this.add(option ?? { spellings: [`-${letters.charAt(i)}`], takes: 'nothing' }, undefined)
        continue
      }
      const attached = dropPrefix(word, i + 1)
      const fromNext = attached === '' && option.takes === 'value'
      this.add(option, fromNext ? next : attached === '' ? undefined : attached)
      return fromNext && next !== undefined ? 1 : 0
    }
    return 0
  }

  private takeBack(option: Option | undefined): void {
    if (option === undefined || option.takes === 'value') return
    for (const spelling of option.spellings) {
      this.found.delete(spelling)
      const at = this.flags.indexOf(spelling)
      if (at !== -1) this.flags.splice(at, 1)
    }
  }

  private add({ spellings }: Option, value: Text | undefined): void {
    for (const spelling of spellings) {
      if (!this.flags.includes(spelling)) this.flags.push(spelling)
      const values = this.found.get(spelling) ?? []
      if (value !== undefined) values.push(value)
      this.found.set(spelling, values)
    }
  }
}
