/** awk: its files, and a program that can read, write and run. */
import type { Text } from '../analysis.js'
import { Effects } from '../other/effects.js'
import { flatten, isUnknown, unflatten } from '../other/flat.js'
import { readTokens, type Syntax, type Token, type Tokens } from '../other/tokens.js'
import { DIRECTIVE, formatted, textOf, type Value } from '../other/values.js'
import { ANY, join, joinWords, partsOf, prefixOf, splitOnce } from '../text.js'
import { pickedByAwk } from './lines.js'
import type { Invocation, Output, World } from './model.js'
import { readOptions } from './options.js'
import { ofKnownLines } from './printers.js'
import { lookupIn } from './roles.js'

const OPTIONS =
  'F|field-separator: v|assign: f|file: E|exec: e|source: i|include: l|load: W: b|characters-as-bytes c|traditional C|copyright d|dump-variables? ' +
  'D|debug? g|gen-pot h|help L|lint? I|trace k|csv M|bignum N|use-lc-numeric n|non-decimal-data o|pretty-print? O|optimize p|profile? P|posix ' +
  'r|re-interval s|no-optimize S|sandbox t|lint-old V|version'

const SYNTAX: Syntax = {
  comments: ['#'],
  blocks: [],
  quotes: '"c',
  interpolation: [],
  sigils: '',
  patternAfter: ' return in print printf else do ',
  blocksOnly: true,
}
/** Tokens in a statement that prints or assigns; a longer one is not understood. */
const MAX_STATEMENT = 300
const END: Token = { kind: 'sign', text: '', line: true }
/** Operands that are variables: `name=value`. */
const ASSIGNMENT = /^[A-Za-z_][A-Za-z_0-9]*$/

function awk(call: Invocation, world: World): Output {
  const options = readOptions(call.args, OPTIONS, 'stop')
  const operands = [...options.operands]
  world.describe(options.flags, operands)
  const effects = new Effects(world, call.name)
  const programs = [...options.values('-e')]
  const files = [...options.values('-f'), ...options.values('-E')]
  for (const file of files) programs.push(effects.code(file) ?? '')
  if (programs.length === 0 && files.length === 0) programs.push(operands.shift() ?? '')
  const included = options.values('-i')
  for (const file of included) if (file !== 'inplace') programs.push(effects.code(file) ?? '')
  if (options.has('-l')) effects.unknown('any')
  for (const option of ['-o', '-p', '-d']) {
    const [target = option === '-d' ? 'awkvars.out' : 'awkprof.out'] = options.values(option)
    if (options.has(option)) effects.file('write', target)
  }
  const variables = new Map<string, Text>()
  for (const value of options.values('-v')) assign(value, variables)
  const inputs = operands.filter(operand => !assign(operand, variables))
  for (const input of inputs) effects.file('read', input)
  if (included.includes('inplace')) for (const input of inputs) effects.file('write', input)
  if (call.open && included.length > 0) effects.unknown('write')
  const [program] = programs
  const isPicked = inputs.length === 0 && programs.length === 1 && typeof program === 'string' && !options.has('-F')
  const made = new AwkProgram(
    joinWords(programs.flatMap(each => [each, '\n'])),
    variables,
    effects,
    inputs.length === 0 ? call.stdin : undefined,
    [call.name, ...operands],
  ).read()
  return made ?? (isPicked ? ofKnownLines(call.stdin, lines => pickedByAwk(program, lines)) : undefined)
}

function assign(word: Text, variables: Map<string, Text>): boolean {
  const split = splitOnce(word, '=')
  if (split === undefined || !ASSIGNMENT.test(split[0])) return false
  variables.set(split[0], withoutEscapes(split[1]))
  return true
}

/** The value of an assignment on the command line is read as a text of the language. */
function withoutEscapes(value: Text): Text {
  if (typeof value !== 'string') return partsOf(value).some(part => typeof part === 'string' && part.includes('\\')) ? ANY : value
  const known = value.replace(/\\([\\"/])/g, (_, unit: string) => (unit === '\\' ? '\0' : unit))
  return known.includes('\\') ? ANY : known.split('\0').join('\\')
}

/** A regular expression begins where it ends: no program to any awk, which then runs nothing. */
function isUnfinished(program: Text): boolean {
  return typeof program === 'string' && /[;}\n]\s*\/\s*$/.test(program)
}

class AwkProgram {
  private readonly tokens: Tokens
  /** It changes an element of `ARGV`: they are what they were, or anything. */
  private changesArguments = false

  constructor(
    private readonly program: Text,
    private readonly variables: Map<string, Text>,
    private readonly effects: Effects,
    private readonly input: Invocation['stdin'],
    private readonly args: readonly Text[],
  ) {
    this.tokens = readTokens(flatten(program), SYNTAX)
  }

  /** @returns what the program prints, where that is one known text */
  read(): Output {
    const { list, broken } = this.tokens
    if (broken && !isUnfinished(this.program)) this.effects.unknown('any')
    for (let at = 0; at < list.length; at++) this.collect(at)
    for (let at = 0; at < list.length; at++) this.token(at)
    const [begin, , print] = list
    if (begin?.text !== 'BEGIN' || !(print?.text === 'print' || print?.text === 'printf') || this.close(1) !== list.length - 1)
      return undefined
    const value = this.value(3, this.is(list.length - 2, ';') ? list.length - 2 : list.length - 1)
    return isUnknown(value) || (print.text === 'printf' && flatten(value).includes('%'))
      ? undefined
      : print.text === 'print'
        ? join(value, '\n')
        : value
  }

  private at(index: number): Token {
    return this.tokens.list[index] ?? END
  }

  private is(index: number, sign: string): boolean {
    return this.at(index).text === sign && this.at(index).kind === 'sign'
  }

  private close(open: number): number {
    return Math.max(open, this.tokens.pairs.get(open) ?? this.tokens.list.length)
  }

  /** A variable that is assigned to more than once, or from what is not known, is not known. */
  private collect(index: number): void {
    const { kind, text } = this.at(index)
    if (kind !== 'name') return
    const next = this.at(index + 1).text
    if (text === 'ARGV' && this.is(index + 4, '=') && !this.is(index + 5, '=')) this.effects.file('read', this.assigned(index + 5))
    if (text === 'ARGV' && !(this.argument(index) !== undefined && !this.is(index + 4, '='))) this.changesArguments = true
    if (text === 'getline' && this.at(index + 1).kind === 'name') this.variables.set(next, ANY)
    if (next === '=' && !this.is(index + 2, '=')) this.variables.set(text, this.variables.has(text) ? ANY : this.assigned(index + 2))
    else if ((next === '+' || next === '(' || next === '[') && this.variables.has(text)) this.variables.set(text, ANY)
    else if ((text === 'sub' || text === 'gsub' || text === 'for') && next === '(') this.changed(index + 1)
    else if (text === 'function') this.changed(index + 2)
  }

  private assigned(start: number): Text {
    const end = this.statementEnd(start)
    return end - start > MAX_STATEMENT ? ANY : this.value(start, end)
  }

  private changed(open: number): void {
    for (let at = open; at < this.close(open); at++) {
      if (this.at(at).kind === 'name') this.variables.set(this.at(at).text, ANY)
      this.changesArguments ||= this.at(at).text === 'ARGV'
    }
  }

  private token(index: number): void {
    const { kind, text } = this.at(index)
    if (kind === 'sign' && text === '@') this.effects.unknown('any')
    else if (kind === 'sign' && text === '|') this.pipe(index)
    if (kind !== 'name') return
    if (text === 'system') this.run(this.is(index + 1, '(') ? this.value(index + 2, this.close(index + 1)) : ANY)
    else if (text === 'getline' && this.is(index + 1, '<')) this.input2(index + 2)
    else if (text === 'getline' && this.at(index + 1).kind === 'name' && this.is(index + 2, '<')) this.input2(index + 3)
    else if (text === 'print' || text === 'printf') this.print(index)
  }

  /** `"x" | getline`; the pipe of a print is told with the print. */
  private pipe(index: number): void {
    const next = this.is(index + 1, '&') ? index + 2 : index + 1
    if (this.is(index - 1, '|') || this.is(next, '|') || this.at(next).text !== 'getline') return
    this.run(this.value(this.operandStart(index), index))
  }

  private operandStart(end: number): number {
    let at = end - 1
    for (; at >= 0; at--) {
      const { kind, text, line } = this.at(at)
      if (kind === 'sign' && (text === ')' || text === ']')) at = this.tokens.pairs.get(at) ?? 0
      else if (kind === 'sign' && '({;}!&<='.includes(text)) return at + 1
      else if (line) return at
    }
    return 0
  }

  /** `getline < "f"`: the concatenation ends at the first operator. */
  private input2(index: number): void {
    this.open('read', this.value(index, this.operandEnd(index)))
  }

  private operandEnd(index: number): number {
    let end = index + 1
    if (this.is(index, '(')) end = this.close(index) + 1
    while (this.is(end, '[')) end = this.close(end) + 1
    return end
  }

  /** `print … > "f"`, `print … | "x"`. */
  private print(index: number): void {
    const end = this.statementEnd(index + 1)
    if (end - index > MAX_STATEMENT) return this.effects.unknown('any')
    for (let at = index + 1; at < end; at++) {
      if (this.is(at, '(') || this.is(at, '[')) at = this.close(at)
      else if (this.is(at, '>')) return this.open('write', this.value(this.is(at + 1, '>') ? at + 2 : at + 1, end))
      else if (this.is(at, '|') && !this.is(at + 1, '|'))
        return this.run(this.value(this.is(at + 1, '&') ? at + 2 : at + 1, end), this.printed(index + 1, at))
      else if (this.is(at, '|')) at++
    }
  }

  /** Without an expression it is the line that was read. */
  private printed(start: number, end: number): Text {
    return start === end ? (this.input ?? ANY) : this.value(start, end)
  }

  private statementEnd(index: number): number {
    for (let at = index; at < this.tokens.list.length; at++) {
      const { kind, text, line } = this.at(at)
      if ((at > index && line) || at > index + MAX_STATEMENT) return at
      if (kind !== 'sign') continue
      if (text === ';' || text === '}' || text === ')') return at
      if (text === '(' || text === '[' || text === '{') at = this.close(at)
    }
    return this.tokens.list.length
  }

  private open(operation: 'read' | 'write', path: Text): void {
    if (this.changesArguments) this.effects.file(operation, ANY)
    if (prefixOf(path).startsWith('/inet')) this.effects.unknown('net')
    else if (typeof path !== 'string' || !path.startsWith('/dev/fd/')) this.effects.file(operation, path)
  }

  /** @param command not known: the lines that are read may be it @param input what is printed into it */
  private run(command: Text, input?: Text): void {
    if (prefixOf(command).startsWith('/inet')) return this.effects.unknown('net')
    if (isUnknown(command) && this.input !== undefined) this.effects.shell(this.input)
    if (isUnknown(command) || this.changesArguments) this.effects.unknown('exec')
    if (!isUnknown(command)) this.effects.shell(command, input)
  }

  /** `sprintf("%s", x)` */
  private formatted(open: number): Text {
    const args: Value[] = []
    let from = open + 1
    for (let at = from; at <= this.close(open); at++) {
      if (this.is(at, '(') || this.is(at, '[')) at = this.close(at)
      else if (this.is(at, ',') || at === this.close(open)) {
        const { kind, text } = this.at(from)
        args.push(kind === 'number' && at === from + 1 ? { number: text } : this.value(from, at))
        from = at + 1
      }
    }
    return formatted(textOf(args[0]), args.slice(1), DIRECTIVE)
  }

  /** The word that `ARGV[n]` began as. */
  private argument(index: number): Text | undefined {
    const number = this.at(index + 2)
    const isOne = this.is(index + 1, '[') && number.kind === 'number' && this.is(index + 3, ']')
    return isOne ? this.args[Number(number.text)] : undefined
  }

  /** The concatenation of the tokens: each that is no text or variable is not known. */
  private value(start: number, end: number): Text {
    const pieces: Text[] = []
    for (let at = start; at < end; at++) {
      const { kind, text } = this.at(at)
      if (kind === 'text') pieces.push(unflatten(text))
      else if (kind === 'number') pieces.push(textOf({ number: text }))
      else if (text === 'ARGV' && this.argument(at) !== undefined) {
        pieces.push(this.argument(at) ?? ANY)
        at += 3
      } else if (text === 'ENVIRON' && this.at(at + 2).text === 'HOME') {
        pieces.push(this.effects.world.home ?? ANY)
        at += 3
      } else if (text === 'sprintf' && this.is(at + 1, '(')) {
        pieces.push(this.formatted(at + 1))
        at = this.close(at + 1)
      } else if (this.is(at, '(') && this.close(at) === end - 1) return join(...pieces, this.value(at + 1, end - 1))
      else if (kind === 'name' && this.at(at + 1).text !== '(' && this.at(at + 1).text !== '[') pieces.push(this.variables.get(text) ?? ANY)
      else if (kind === 'sign' && ',?<>=!~&|'.includes(text)) return ANY
      else {
        pieces.push(ANY)
        if (this.is(at, '$')) at++
        if (this.is(at, '(') || this.is(at, '[')) at = this.close(at)
      }
    }
    return join(...pieces)
  }
}

export const AWK = lookupIn({ awk, gawk: awk, mawk: awk, nawk: awk, 'original-awk': awk, goawk: awk, frawk: awk })
