/**
 * Models of programs as tables: what a program does with its operands and with the values of its options, as text.
 *
 * A line is `names ; grammar ; roles`. Names have commas between them; `git push` is a subcommand (`npm,pnpm add,install` are four)
 * of a program whose own line has the role `>` (its options stand before the subcommand) or `>>` (they may follow it too) or `>-` (it is left out of an action's name); `git *` is any other subcommand, `git .` none.
 *
 * The grammar is that of `options.ts`, with what is done to an option's value after its `:` or `?` (`o|output:W`), the letters
 * of operations, `*` behind them for everything beneath, or `C`: the folder that other paths are relative to. A grammar that starts with `^` has the style `stop`,
 * with `=` the style `single`.
 *
 * A role is a word of segments with colons between them. Its first segment is one of
 *   R2+          operations (R read, W write, D delete, M move, L list, X run, A change permissions, P write the folders above, F read what the file names) and operands: `1` the first only, `2+` from the second, `-` all but the last, `$` the last, nothing all
 *   @git.push    an action; its params are segments `name=source` (see `valueOf`); `*` in its name is the subcommands, or the first operand
 *   =tar         a function of the table's own
 * and the others say when and how:
 *   ?-x  only where an option is given     !-x  only where it is not     /-x  the operands count from the first where it is given
 *   *    and everything beneath            *-x  so where it is given     .    the working directory where there is no operand     .-x  so where it is given
 *   +.gz the path with that behind it
 *
 * Where further arguments are not known, every operand may stand at every place; an option that is not in the grammar takes no value,
 * so that what may be its value is an operand.
 */
import { AbstractString } from '../../decide/abstract-string.js'
import { hasOwn } from '../../decide/value.js'
import type { Value } from '../../decide/request.js'
import type { FileOperation, Text } from '../analysis.js'
import { ANY, join, joinWords, partsOf, prefixOf } from '../text.js'
import type { Invocation, Model, Output, World } from './model.js'
import { isPathLike } from './unlisted.js'
import { type OptionStyle, type Options, readOptions } from './options.js'

/** What a call of a program of a table comes to, for roles written as functions. */
export interface Reading {
  readonly call: Invocation
  readonly world: World
  readonly options: Options
  /** With an unrestricted one at the end where more arguments may follow. */
  readonly operands: readonly Text[]
  /** The subcommands: `push` of `git push`. */
  readonly words: readonly string[]
  /** Does the operations (`RW`) to a path as the program takes it. */
  touch(operations: string, path: Text, recursive?: boolean): void
  /** The path relative to the folders that options name (`-C`). */
  at(path: Text): Text
  /** Whether an option is given; undefined where it may be among arguments that are not known. */
  has(option: string): boolean | undefined
}

export type Special = (reading: Reading) => Output

interface Role {
  readonly head: string
  /** The letters that the head begins with, and what follows them. */
  readonly operations: string
  readonly place: string
  readonly segments: readonly string[]
}

interface Entry {
  readonly grammar: string
  readonly style: OptionStyle
  /** What is done to the values of options. */
  readonly values: readonly (readonly [option: string, operations: string])[]
  readonly roles: readonly Role[]
  /** The role that tells how subcommands are found, where there are any. */
  readonly sub: string | undefined
  /** This entry of a subcommand with the options that may stand before it too, as it was asked for last. */
  within: { readonly outer: Entry; readonly entry: Entry } | undefined
}

/** Any name in a folder. */
export const NAME: Text = AbstractString.of([{ hole: 'segment' }])

/** What a program reads may lie elsewhere: `ffmpeg -i https://…`. */
function isAddress(path: Text): boolean {
  return /^(?:https?|ftp):\/\//i.test(prefixOf(path))
}

const STYLES: Readonly<Record<string, OptionStyle>> = { '^': 'stop', '=': 'single' }
const OPERATIONS: Readonly<Record<string, FileOperation>> = {
  R: 'read',
  F: 'read',
  W: 'write',
  D: 'delete',
  M: 'move',
  L: 'list',
  X: 'run',
  A: 'permission',
}

/** The model of a program by its name, where a table has it. */
export type Lookup = (name: string) => Model | undefined

/** The models of a list. */
export function lookupIn(models: Readonly<Record<string, Model>>): Lookup {
  return name => (hasOwn(models, name) ? models[name] : undefined)
}

/** The models of a table, which is searched for a name when it is asked for. @param specials the functions that its roles name */
export function modelsOf(table: string, specials: Readonly<Record<string, Special>> = {}): Lookup {
  return program => {
    const lines = new ProgramLines(table, program)
    return lines.isEmpty ? undefined : (call, world) => new Call(lines, specials, call, world).run(program, call.args)
  }
}

/** The lines of a program in a table, each found by its name, `git` or `git push`, when it is asked for. */
class ProgramLines {
  private readonly starts: number[] = []
  private readonly found = new Map<string, string>()

  constructor(
    private readonly table: string,
    program: string,
  ) {
    if (program === '') return
    for (let at = table.indexOf(program); at !== -1; at = table.indexOf(program, at + 1)) {
      if (!'\n,'.includes(table.charAt(at - 1)) || !', ;'.includes(table.charAt(at + program.length))) continue
      const start = table.lastIndexOf('\n', at) + 1
      const blank = table.indexOf(' ', start)
      if (blank === -1 || blank > at) this.starts.push(start)
    }
  }

  get isEmpty(): boolean {
    return this.starts.length === 0
  }

  has(name: string): boolean {
    return this.get(name) !== undefined
  }

  get(name: string): string | undefined {
    const known = this.found.get(name)
    if (known !== undefined || /[,;]/.test(name)) return known
    const { table } = this
    const start = this.starts.find(each => isNamed(table, each, name))
    if (start === undefined) return undefined
    const line = table.slice(start, table.indexOf('\n', start))
    this.found.set(name, line)
    return line
  }
}

/** Whether a line is that of the name, which has one word of each of its groups: `npm install` of `npm,pnpm add,install ; …`. */
function isNamed(table: string, start: number, name: string): boolean {
  let at = start
  let from = 0
  for (;;) {
    const blank = name.indexOf(' ', from)
    const word = name.slice(from, blank === -1 ? name.length : blank)
    // The names of a group, up to the one that it is.
    while (!table.startsWith(word, at) || !', ;'.includes(table.charAt(at + word.length))) {
      while (!', ;'.includes(table.charAt(at))) at++
      if (table.charAt(at) !== ',') return false
      at++
    }
    while (!' ;'.includes(table.charAt(at))) at++
    while (table.charAt(at) === ' ') at++
    const isLast = table.charAt(at) === ';'
    if (isLast || blank === -1) return isLast && blank === -1
    from = blank + 1
  }
}

const entries = new Map<string, Entry>()

function entryOf(line: string): Entry {
  const known = entries.get(line)
  if (known !== undefined) return known
  const [, grammar = '', roles = ''] = line.split(';')
  const style = STYLES[grammar.trim().charAt(0)]
  const values: [string, string][] = []
  const words = grammar
    .trim()
    .slice(style === undefined ? 0 : 1)
    .split(' ')
  const plain = words.map(word => withoutOperations(word, values)).join(' ')
  const all = roles
    .split(' ')
    .filter(role => role !== '')
    .map(roleOf)
  const sub = all.find(({ head }) => head.startsWith('>'))?.head
  const entry: Entry = { grammar: plain, style: style ?? 'permute', values, roles: all, sub, within: undefined }
  entries.set(line, entry)
  return entry
}

function withoutOperations(word: string, values: [string, string][]): string {
  const at = Math.max(word.indexOf(':'), word.indexOf('?'))
  if (at === -1 || at === word.length - 1) return word
  const [name = ''] = word.slice(0, at).split('|')
  values.push([name.startsWith('-') ? name : name.length === 1 ? `-${name}` : `--${name}`, word.slice(at + 1)])
  return word.slice(0, at + 1)
}

function roleOf(word: string): Role {
  const [head = '', ...segments] = word.split(':')
  const place = head.replace(/^[A-Z]+/, '')
  return { head, operations: head.slice(0, head.length - place.length), place, segments }
}

function entryWithin(outer: Entry, own: Entry): Entry {
  if (own.within?.outer !== outer) {
    const entry: Entry = { ...own, grammar: `${outer.grammar} ${own.grammar}`, values: [...outer.values, ...own.values] }
    own.within = { outer, entry }
  }
  return own.within.entry
}

class Call implements Reading {
  options: Options = readOptions([], '')
  operands: readonly Text[] = []
  private base: Text | undefined
  private readonly flags: string[] = []
  readonly words: string[] = []

  constructor(
    private readonly lines: ProgramLines,
    private readonly specials: Readonly<Record<string, Special>>,
    readonly call: Invocation,
    readonly world: World,
  ) {}

  /** @param outer the entry whose options may be given too */
  run(key: string, args: readonly Text[], outer?: Entry): Output {
    const own = entryOf(this.lines.get(key) ?? '')
    const entry = outer === undefined ? own : entryWithin(outer, own)
    const { sub } = entry
    this.options = readOptions(args, entry.grammar, sub === undefined ? entry.style : 'stop')
    this.operands = this.call.open ? [...this.options.operands, this.call.more ?? ANY] : this.options.operands
    const next = sub === undefined ? undefined : this.next(key)
    if (next === undefined || sub !== '>>') this.take(entry)
    if (sub !== undefined && next !== undefined) return this.subcommand(next, entry, sub, args)
    this.world.describe(this.flags, [...this.words, ...this.options.operands])
    return this.perform(entry.roles)
  }

  private take(entry: Entry): void {
    for (const flag of this.options.flags) {
      if (!this.flags.includes(flag)) this.flags.push(flag)
      const values = this.options.values(flag)
      if (values.length > 0 && !entry.grammar.includes(flag.slice(flag.lastIndexOf('--') + 2)))
        for (const value of values) if (isPathLike(value)) this.touch('R', value)
    }
    for (const [option, operations] of entry.values) this.value(option, operations)
  }

  /** The line of the subcommand; undefined where there is none. */
  private next(key: string): string | undefined {
    const [word = '.'] = this.operands
    if (typeof word !== 'string') this.world.unknown('any', `the subcommand of ${key}`)
    else if (this.lines.has(`${key} ${word}`)) return `${key} ${word}`
    return typeof word === 'string' && word !== '.' && this.lines.has(`${key} *`) ? `${key} *` : undefined
  }

  private subcommand(next: string, entry: Entry, how: string, args: readonly Text[]): Output {
    const [word] = this.operands
    if (how === '>-') this.words.pop()
    if (typeof word === 'string') this.words.push(word)
    const { end } = this.options
    const before = how === '>>' || word === undefined ? args.slice(0, end) : []
    return this.run(next, [...before, ...args.slice(word === undefined ? end : end + 1)], how === '>>' ? entry : undefined)
  }

  private value(option: string, operations: string): void {
    for (const value of this.options.values(option)) {
      if (operations === 'C') this.base = this.at(value)
      else this.touch(operations, value, operations.endsWith('*'))
    }
  }

  private perform(roles: readonly Role[]): Output {
    let output: Output
    for (const role of roles) {
      if (!this.applies(role)) continue
      if (role.head.startsWith('=')) output = this.specials[role.head.slice(1)]?.(this) ?? output
      else if (role.head.startsWith('@')) this.act(role)
      else if (!role.head.startsWith('>')) this.files(role)
    }
    return output
  }

  has(option: string): boolean | undefined {
    // Paths that begin with `/` or `./` are no options.
    return this.options.has(option) || (this.call.open && !/^[./]/.test(prefixOf(this.call.more ?? ANY)) ? undefined : false)
  }

  /** Whether one of the role's segments with the sign holds; undefined where that is not known. */
  private given(role: Role, sign: string): boolean | undefined {
    let found: boolean | undefined = false
    for (const segment of role.segments) {
      if (segment.charAt(0) !== sign) continue
      const one = segment.length === 1 || this.has(segment.slice(1))
      if (one === true) return true
      if (one === undefined) found = undefined
    }
    return found
  }

  private applies(role: Role): boolean {
    if (role.segments.some(segment => segment.startsWith('?')) && this.given(role, '?') === false) return false
    return this.given(role, '!') !== true
  }

  private files(role: Role): void {
    const { operations } = role
    const recursive = this.given(role, '*') !== false
    const paths = this.chosen(role.place, role)
    for (const path of paths) this.touch(operations, altered(path, role), recursive)
    if (paths.length === 0 && this.given(role, '.') !== false) this.touch(operations, '.', recursive)
  }

  /** The operands of a place: `2+`, `-`, `$`. */
  private chosen(place: string, role: Role): readonly Text[] {
    const all = this.operands
    if (place === '' || (this.call.open && place !== '2+') || this.given(role, '/') !== false) return all
    if (place === '-') return all.slice(0, -1)
    if (place === '$') return all.slice(-1)
    const from = Number.parseInt(place, 10) - 1
    return place.endsWith('+') ? all.slice(from) : all.slice(from, from + 1)
  }

  touch(operations: string, path: Text, recursive = false): void {
    if (path === '-') return
    if (operations === 'R' && isAddress(path)) return this.world.act('web.fetch', { url: path, program: this.call.name })
    for (const letter of operations) {
      const operation = OPERATIONS[letter]
      if (letter === 'F') this.list(path)
      if (letter === 'P') for (const folder of above(path)) this.world.file('write', this.at(folder))
      if (operation === undefined) continue
      this.world.file(operation, this.at(path), recursive)
      if (this.base !== undefined && prefixOf(path) === '') this.world.file(operation, path, recursive)
    }
  }

  /** A file of names, one on a line or between zeros. */
  private list(path: Text): void {
    const text = this.world.readText(this.at(path))
    for (const name of typeof text === 'string' ? text.split(/[\n\0]/) : [ANY]) this.touch('R', name)
  }

  at(path: Text): Text {
    const prefix = prefixOf(path)
    return this.base === undefined || prefix.startsWith('/') ? path : join(this.base, '/', path)
  }

  private act(role: Role): void {
    const params: Record<string, Value> = {}
    for (const segment of role.segments) {
      const at = segment.indexOf('=')
      if (at < 1) continue
      const value = this.valueOf(segment.slice(at + 1))
      if (value !== undefined) params[segment.slice(0, at)] = value
    }
    this.world.act(role.head.slice(1).replace('*', this.verb()), params)
  }

  /** As a segment of an action's name. */
  private verb(): string {
    const [first] = this.operands
    const name = this.words.length > 0 || typeof first !== 'string' ? this.words.join('_') : first
    return /^[a-z][a-z0-9_-]*$/.test(name) ? name.replace(/-/g, '_') : 'other'
  }

  /**
   * The value of a param: `2` an operand, `2+` the list from it, `-o` an option's value, `?-o?-p` whether one of the options is given,
   * `*` the subcommand, `<` the standard input, `|` whether it is a pipe or
   * a file, `.` the program's name, `$` the arguments, `&` the operands with blanks between them, anything else itself. The first of those that commas separate that there is.
   */
  private valueOf(source: string): Value | undefined {
    for (const each of source.split(',')) {
      const value = this.single(each)
      if (value !== undefined) return value
    }
    return undefined
  }

  private anyOf(options: readonly string[]): Value {
    const found = options.map(option => this.has(option))
    return found.includes(true) || (found.includes(undefined) ? ANY : false)
  }

  /** `-o` the first value of an option, `-o+` all of them; nothing where there is none. */
  private optionValue(source: string): Value | undefined {
    const values = this.options.values(source.replace('+', ''))
    return source.endsWith('+') && values.length > 0 ? values : values[0]
  }

  private single(source: string): Value | undefined {
    if (source.startsWith('?')) return this.anyOf(source.slice(1).split('?'))
    if (source.startsWith('-')) return this.optionValue(source)
    if (source === '<') return this.call.stdin ?? (this.call.piped ? ANY : undefined)
    if (source === '*') return this.words[this.words.length - 1]
    if (source === '|') return this.call.piped
    if (source === '.') return this.call.name
    if (source === '$') return this.call.args
    if (source === '&') return joinWords(this.operands)
    const place = Number.parseInt(source, 10)
    if (Number.isNaN(place)) return source
    return source.endsWith('+') ? this.operands.slice(place - 1) : this.operands[place - 1]
  }
}

/** The folders above a path, as far as its end is known. */
function above(path: Text): readonly Text[] {
  const parts = partsOf(path)
  const last = parts[parts.length - 1]
  if (typeof last !== 'string') return []
  const before = AbstractString.of(parts.slice(0, -1))
  const folders: Text[] = []
  for (let end = last.lastIndexOf('/'); end > 0; end = last.lastIndexOf('/', end - 1)) folders.push(join(before, last.slice(0, end)))
  return folders
}

function altered(path: Text, role: Role): Text {
  for (const segment of role.segments) {
    if (segment.startsWith('+')) return join(path, segment.slice(1))
  }
  return path
}

/** `a.tar.gz` → `a.tar`; a name of which nothing is known has no suffix that could be told from it. */
export function withoutSuffix(path: Text): Text {
  const parts = partsOf(path)
  const last = parts[parts.length - 1]
  if (typeof last !== 'string') return last?.hole === 'char' ? AbstractString.of([...parts.slice(0, -1), { hole: 'any' }]) : path
  const dot = last.lastIndexOf('.')
  return dot > last.lastIndexOf('/') ? AbstractString.of([...parts.slice(0, -1), last.slice(0, dot)]) : path
}

/** `a` → `a.gz`; of a folder and all beneath it the names in it too. */
export function withSuffix(path: Text, suffix: Text): readonly Text[] {
  const parts = partsOf(path)
  const last = parts[parts.length - 1]
  if (typeof last !== 'object' || last.hole !== 'below') return [join(path, suffix)]
  return [join(AbstractString.of(parts.slice(0, -1)), suffix), join(path, '/', NAME, suffix)]
}
