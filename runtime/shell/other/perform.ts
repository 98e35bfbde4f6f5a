/** A call whose role is known: what it does with its arguments. */
import type { Text } from '../analysis.js'
import { FRESH_NAME, IN_MEMORY, REST } from '../noted-holes.js'
import { ANY, dropPrefix, join, joinWords, prefixOf, splitOnce } from '../text.js'
import type { Effects } from './effects.js'
import { isUnknown } from './flat.js'
import type { Range, Token } from './tokens.js'
import { isList, isNumber, joinBy, textOf, type Value } from './values.js'

/** The code in which the call stands. */
export interface Code {
  readonly effects: Effects
  at(index: number): Token
  is(index: number, sign: string): boolean
  value(range: Range): Value
  /** A method of that name does something. */
  isMethod(name: string): boolean
  /** An argument of the role is not known. */
  unknownOf(role: string): void
  /** A module is loaded. */
  module(name: string): void
  /** More code of the same language is run. */
  code(code: Text): void
}

/** Rights as `chmod` takes them: `0o777`, `0777`, and in decimals what all may write. */
function modeOf(value: Value | undefined): Text {
  const mode = value !== undefined && isNumber(value) ? value.number : textOf(value)
  if (typeof mode !== 'string') return mode
  return mode === '511' ? '777' : mode === '438' ? '666' : mode.replace(/^0o?(?=[0-7]{3,4}$)/i, '')
}

export class Perform {
  private readonly named = new Map<string, Value>()
  private readonly args: Value[] = []

  constructor(
    private readonly scan: Code,
    private readonly role: string,
    ranges: readonly Range[],
    private readonly object: Text,
  ) {
    for (const range of ranges) {
      const named = scan.at(range.start).kind === 'name' && scan.is(range.start + 1, '=')
      if (named) this.named.set(scan.at(range.start).text, scan.value({ start: range.start + 2, end: range.end }))
      else this.args.push(scan.value(range))
      for (let at = range.start; at < range.end && at < range.start + 64; at++) if (scan.is(at, 'shell')) this.named.set('shell', ANY)
    }
  }

  run(): void {
    for (let i = 0; i < this.role.length; i += 2) this.one(this.role.charAt(i), this.role.charAt(i + 1))
  }

  private argument(where: string): Value | undefined {
    if (where === '@') return this.object
    const [value = this.named.values().next().value] = this.args.slice(Number(where))
    return value
  }

  private one(letter: string, where: string): void {
    const { effects } = this.scan
    if (where === '*') {
      if (this.args.length === 0) this.scan.unknownOf(letter)
      for (const value of this.args) for (const each of isList(value) ? value : [value]) this.file(letter, textOf(each))
      return
    }
    if (where === 'a') {
      for (const value of this.args) if (/^(?:https?|wss?):/i.test(prefixOf(textOf(value)))) effects.fetch(textOf(value))
      return
    }
    const value = this.argument(where)
    if (letter === 'H') effects.file('write', this.made())
    else if ('STIPVYC'.includes(letter)) this.start(letter, value, Number(where))
    else if (letter === 'L' && (value !== undefined || where === '0')) this.list(value ?? '.', where)
    else if (letter === 'N') this.network(where)
    else if (value === undefined || 'UZ'.includes(letter)) this.scan.unknownOf(letter)
    else if (letter === 'M') this.load(value)
    else if (letter === 'E') this.scan.code(textOf(value))
    else if (letter === 'G') this.attribute(value)
    else if (letter === 'A') this.perlOpen()
    else if (letter === 'O') this.open(textOf(value), Number(where) + 1)
    else if (letter === 'F') effects.fetch(textOf(value))
    else if (letter === 'Q') effects.query(textOf(value), this.object === IN_MEMORY)
    else if (letter === 'J') effects.run(['ln', textOf(value), textOf(this.args[Number(where) + 1])], false, undefined)
    else if (letter === 'K') effects.run(['chmod', modeOf(this.args[where === '0' ? 1 : 0]), textOf(value)], false, undefined)
    else this.file(letter, textOf(value))
  }

  private network(where: string): void {
    const { effects } = this.scan
    const [first = ANY, second] = this.args
    if (where === '!') effects.usesSockets = true
    else if (where === '-') effects.listen(undefined)
    else if (where === '0' && isList(first) && first[1] !== undefined) effects.connect(textOf(first[0]), textOf(first[1]))
    else if (where === '1' && isNumber(first)) effects.connect(textOf(second ?? 'localhost'), textOf(first))
    else effects.unknown('net')
  }

  /** `mkdtempSync('/tmp/x-')`, `mkdtemp(dir='/x')`: a path that was not there before. */
  made(): Text {
    const { args, named } = this
    const at = Number(this.role.charAt(1))
    if (at === 0) return join(textOf(args[0]), FRESH_NAME)
    const parts = [named.get('suffix') ?? args[at - 2] ?? '', named.get('prefix') ?? args[at - 1] ?? '']
    const isPlain = parts.every(part => typeof part === 'string' && !part.includes('/'))
    return isPlain ? join(textOf(named.get('dir') ?? args[at] ?? '/tmp'), '/', FRESH_NAME) : ANY
  }

  private file(letter: string, path: Text): void {
    const { effects } = this.scan
    const prefix = prefixOf(path)
    const scheme = prefix.indexOf('://')
    if (scheme > 0) {
      if (prefix.startsWith('http') || prefix.startsWith('ftp')) effects.fetch(path)
      else if (prefix.startsWith('file')) this.file(letter, dropPrefix(path, scheme + 3))
      else if (!/^php:\/\/(std|out|in|mem|temp)/.test(prefix)) effects.unknown('any')
    } else if (prefix.startsWith('file:')) this.file(letter, splitOnce(dropPrefix(path, 5), '?')?.[0] ?? dropPrefix(path, 5))
    else if (letter === 'R') effects.file('read', path)
    else if (letter === 'L') effects.file('list', path)
    else if (letter === 'W') effects.file('write', path)
    else if (letter === 'B') effects.file('move', path)
    else effects.file('delete', path, letter === 'X')
  }

  /** A folder, or a pattern; a method is given the pattern below its object. */
  private list(folder: Value, where: string): void {
    const [pattern] = where === '@' ? this.args : []
    this.file('L', pattern === undefined ? textOf(folder) : joinBy('/', [folder, pattern]))
  }

  private load(module: Value): void {
    if (typeof module === 'string') this.scan.module(module)
    else this.scan.effects.unknown('any')
  }

  /** `getattr(x, 'name')`: harmless where the name is known and is a plain one. */
  private attribute(name: Value): void {
    const names = typeof name === 'string' ? name.split('.') : ['_']
    if (names.some(each => each.startsWith('_') || this.scan.isMethod(each))) this.scan.effects.unknown('any')
  }

  private open(path: Text, at: number): void {
    const mode = textOf(this.args[at] ?? this.named.get('mode') ?? 'r')
    const prefix = prefixOf(path)
    if (prefix.startsWith('|')) this.scan.effects.shell(dropPrefix(path, 1))
    const [, second = ''] = prefixOf(mode)
    if (typeof mode !== 'string' || mode.startsWith('r') || mode.includes('+')) this.file('R', path)
    if (typeof mode !== 'string' || !mode.startsWith('r') || second === '+' || mode.includes('+')) this.file('W', path)
  }

  /** `open(F, "<x")`, `open(F, "x |")`, `open(F, '-|', 'x')`. */
  private perlOpen(): void {
    const { effects } = this.scan
    const mode = textOf(this.args[1])
    const rest = this.args.slice(2).map(textOf)
    const known = prefixOf(mode).trim()
    if (rest.length > 0) {
      if (known.includes('|')) this.start('S', rest[0], 2)
      else this.perlFile(known, rest[0] ?? ANY)
    } else if (known.startsWith('|')) effects.shell(dropPrefix(mode, prefixOf(mode).indexOf('|') + 1))
    else if (typeof mode === 'string' && known.endsWith('|')) effects.shell(known.slice(0, -1))
    else if (isUnknown(mode)) effects.unknown('any')
    else {
      if (typeof mode !== 'string') effects.unknown('exec')
      let length = 0
      while ('<>+ '.includes(prefixOf(mode).charAt(length)) && length < prefixOf(mode).length) length++
      this.perlFile(known, dropPrefix(mode, length))
    }
  }

  private perlFile(mode: string, path: Text): void {
    if (!mode.startsWith('>')) this.file('R', path)
    if (mode.startsWith('>') || mode.startsWith('+')) this.file('W', path)
    if (mode === '') this.file('W', path)
  }

  /** Another program is started. What it reads is not known where the code can give it something to read. */
  private start(letter: string, value: Value | undefined, at: number): void {
    const { effects } = this.scan
    const others = this.args.slice(letter === 'Y' ? at + 2 : at + 1)
    const [list = []] = this.args.slice(at + 1)
    const argv = (
      value === undefined
        ? []
        : isList(value)
          ? value
          : [value, ...(isList(list) && list.length > 0 ? list.slice(letter === 'Y' ? 1 : 0) : letter === 'P' ? [] : others)]
    ).map(textOf)
    const rest = argv.indexOf(REST)
    // A script of the project is given what the code computes; any other program may be told what to do by it.
    const isScript = /^(?:python3?|node)$/.test(prefixOf(argv[0] ?? ''))
    if (rest !== -1) effects.run(isScript ? [...argv.slice(0, rest), ANY] : [ANY], true)
    if (rest !== -1) return
    // `popen(command, 'r')` reads from it, and gives it nothing.
    const isRead = letter === 'I' && prefixOf(textOf(this.args[at + 1] ?? '')).startsWith('r')
    const input = 'IPC'.includes(letter) && !isRead ? textOf(this.named.get('input')) : undefined
    const isShell = letter === 'T' || letter === 'I' || (letter === 'S' && argv.length === 1) || (letter === 'P' && this.named.has('shell'))
    if (letter === 'P' && this.named.has('shell')) effects.shell(joinWords(argv), input)
    else if (isShell && value !== undefined && !isList(value)) effects.shell(argv[0] ?? ANY, input)
    else effects.run(argv, letter === 'C', input)
  }
}
