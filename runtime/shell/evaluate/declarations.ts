/** Builtins that give variables their values and options theirs: `declare`, `read`, `set`, `shopt` (manual 4.2, 4.3). */
import { AbstractString } from '../../decide/abstract-string.js'
import type { Text } from '../analysis.js'
import { withoutMore } from '../noted-holes.js'
import { ANY, dropPrefix, join, partsOf, prefixOf } from '../text.js'
import { evaluateNumber } from './arithmetic.js'
import { assignElement } from './assignments.js'
import type { Arguments } from './builtins.js'
import { OPTION_LETTERS } from './option-names.js'
import { piecesOf, fieldsOf } from './pieces.js'
import type { Output } from '../programs/model.js'
import type { Site } from './report.js'
import type { Result } from './result.js'
import type { Shell } from './shell.js'
import { type Value, LIMIT, isArray } from './state.js'
import { fieldRules } from './texts.js'

const DONE: Result = { output: '', status: true }
const PERHAPS: Result = { output: '', status: undefined }

const REFERENCE = /^([A-Za-z_]\w*)(?:\[([\s\S]*)\])?$/

/** Assigns to what a text names: a variable or an element of an array, whose subscript is code. */
export function setVariable(shell: Shell, name: Text | undefined, values: readonly Text[], result: Result): Result {
  if (name === undefined) return result
  const [, variable, subscript] = typeof name === 'string' ? (REFERENCE.exec(name) ?? []) : []
  if (variable === undefined) {
    shell.expandSource(name)
    return result
  }
  if (subscript === undefined) {
    if (values.length > 0) shell.assign(variable, values)
    return result
  }
  const associative = shell.variable(variable).some(value => isArray(value) && value.associative)
  const key = associative ? shell.expandSource(subscript) : evaluateNumber(shell, shell.expandSource(subscript)).text
  assignElement(shell, variable, [key], values, false)
  return result
}

/** `declare -x name=value`: the options are the flags of a variable. */
export function declare(shell: Shell, call: Arguments, site: Site): Result {
  return declareAll(shell, call, site, '')
}

export function exportNames(shell: Shell, call: Arguments, site: Site): Result {
  return declareAll(shell, call, site, 'x')
}

export function makeReadOnly(shell: Shell, call: Arguments, site: Site): Result {
  return declareAll(shell, call, site, 'r')
}

function declareAll(shell: Shell, { args }: Arguments, site: Site, flag: string): Result {
  let flags = flag
  let isFunction = false
  for (const arg of args) {
    const option = prefixOf(arg)
    if (option.startsWith('-') && option.length > 1) {
      flags += option.slice(1)
      isFunction ||= option.includes('f')
    } else if (isFunction && typeof arg === 'string' && flags.includes('x'))
      shell.state.options = new Set([...shell.state.options, `export ${arg}`])
    // An element is no name to `export` and `readonly`.
    else if (!option.startsWith('+') && (flag === '' || !/^\w+\[/.test(option))) declareOne(shell, arg, flags, site)
  }
  return isListing(args, flags) ? { output: undefined, status: undefined } : DONE
}

/** `declare -f name`, `export -p`: variables and functions are printed as code that makes them. */
function isListing(args: readonly Text[], flags: string): boolean {
  return /[pfF]/.test(flags) || args.every(arg => prefixOf(arg).startsWith('-'))
}

/** `name=value`, `name[subscript]=value`: the sign that ends the name may stand within the subscript too. */
function splitAssignment(arg: Text): readonly [left: Text, value: Text | undefined] {
  const prefix = prefixOf(arg)
  const end = subscriptEnd(prefix)
  const bracketed = end > 0 && prefix.indexOf('[') < prefix.indexOf('=')
  const at = bracketed ? end : prefix.indexOf('=')
  return at === -1 ? [arg, undefined] : [prefix.slice(0, at), dropPrefix(arg, at + 1)]
}

/** Behind the bracket that closes the first one, where a sign for an assignment follows; 0 where there is none. */
function subscriptEnd(text: string): number {
  let depth = 0
  for (let at = text.indexOf('['); at !== -1 && at < text.length; at++) {
    const unit = text.charAt(at)
    if (unit === '[') depth++
    else if (unit === ']' && --depth === 0) return /^\+?=/.test(text.slice(at + 1, at + 3)) ? at + 1 : 0
  }
  return text.lastIndexOf(']=') + 1
}

function declareOne(shell: Shell, arg: Text, flags: string, site: Site): void {
  const [left, value] = splitAssignment(arg)
  const append = typeof left === 'string' && left.endsWith('+')
  const reference = append ? left.slice(0, -1) : left
  const [, name] = typeof reference === 'string' ? (REFERENCE.exec(reference) ?? []) : []
  if (name === undefined) {
    shell.expandSource(reference)
    return
  }
  const isNew = !flags.includes('g') && shell.local(name)
  const before: readonly Value[] = shell.state.has(name) && !isNew ? shell.state.get(name).values : [undefined]
  const all = (shell.state.has(name) && !isNew ? shell.state.get(name).flags : '') + flags
  if (value === undefined) {
    const empty: Value = { items: new Map(), open: false, associative: flags.includes('A') }
    const values =
      flags.includes('A') || flags.includes('a')
        ? before.map(each => (isArray(each) ? each : empty))
        : isNew || shell.state.has(name)
          ? before
          : shell.state.get(name).values
    shell.state.set(name, values, all)
    return
  }
  if (prefixOf(value).startsWith('(') && (/[aA]/.test(flags) || before.some(isArray))) {
    shell.code(join(name, '=', value), undefined, site.node)
    return
  }
  const text = flags.includes('i') ? evaluateNumber(shell, value).text : value
  const values = append ? before.map(each => (isArray(each) ? each : join(each ?? '', text))) : [text]
  if (reference === name) {
    // Read-only it is once it has its value.
    const had = all.slice(0, all.length - flags.length)
    shell.state.set(name, before, (had + flags.split('r').join('')).split('n').join(''))
    shell.assign(name, values)
    shell.state.set(name, shell.state.get(name).values, all)
  } else setVariable(shell, reference, [text], DONE)
}

export function unset(shell: Shell, { args }: Arguments): Result {
  const isFunction = args.includes('-f')
  for (const arg of args) {
    if (typeof arg !== 'string') forgetElement(shell, `${prefixOf(arg)}]`)
    if (typeof arg !== 'string' || arg.startsWith('-')) continue
    const isName = /^\w+$/.test(arg)
    if (!isName) shell.expandSource(arg)
    const functions = new Map(shell.state.functions)
    if (!isFunction && isName && (shell.state.has(arg) || !functions.has(arg))) shell.state.set(arg, [undefined], '')
    else if (functions.delete(arg)) shell.state.functions = functions
    else if (!isName) forgetElement(shell, arg)
  }
  return DONE
}

function forgetElement(shell: Shell, reference: string): void {
  const name = REFERENCE.exec(reference)?.[1]
  if (name !== undefined && shell.state.has(name)) shell.assign(name, [ANY_LIST])
}

/** `set -o option`, `set -x`, `set -- words`. */
export function setOptions(shell: Shell, { args, open }: Arguments, site: Site): Result {
  let at = 0
  // It prints every variable.
  if (args.length === 0 && !open) return { output: undefined, status: true }
  for (; at < args.length; at++) {
    const arg = args[at] ?? ''
    const option = prefixOf(arg)
    if (arg === '--' || (arg === '-' && open)) {
      at++
      shell.state.parameters = [{ texts: args.slice(at), open }]
      return DONE
    }
    if (option.length < 2 || (!option.startsWith('-') && !option.startsWith('+'))) break
    const on = option.startsWith('-')
    if (option.endsWith('o')) setOption(shell, args[++at] ?? '', on)
    else for (const letter of option.slice(1)) setOption(shell, OPTION_LETTERS[letter] ?? letter, on)
    // What follows may be any earlier command.
    if (on && shell.state.options.has('histexpand')) shell.unknown('any', 'code from the history', site.node)
  }
  if (at < args.length || open) shell.state.parameters = [{ texts: args.slice(at), open }]
  return DONE
}

function setOption(shell: Shell, name: Text, on: boolean): void {
  const options = new Set(shell.state.options)
  if (typeof name === 'string') on ? options.add(name) : options.delete(name)
  shell.state.options = options
  if (on && name === 'history') shell.history('read')
}

export function setShellOptions(shell: Shell, { args }: Arguments): Result {
  const on = args.includes('-s') || args.includes('-os') || args.includes('-so')
  const off = args.some(arg => prefixOf(arg).startsWith('-') && prefixOf(arg).includes('u'))
  for (const arg of args) if (!prefixOf(arg).startsWith('-') && (on || off)) setOption(shell, arg, on)
  return on || off ? DONE : PERHAPS
}

const ANY_LIST: Value = { items: new Map(), open: true, associative: false }

const WITH_VALUE = 'adinNptu'

/** `read name …`: the lines that it may read, split into words. */
export function readInto(shell: Shell, { args }: Arguments): Result {
  const names: Text[] = []
  let array: Text | undefined
  for (let at = 0; at < args.length; at++) {
    const arg = args[at] ?? ''
    const option = prefixOf(arg)
    const last = option.charAt(option.length - 1)
    if (!option.startsWith('-') || option === '-') names.push(arg)
    else if (WITH_VALUE.includes(last)) {
      at++
      if (last === 'a') array = args[at]
    }
  }
  const raw = args.some(arg => prefixOf(arg).startsWith('-') && prefixOf(arg).includes('r'))
  const { stdin } = shell.frame
  const listed = stdin === undefined ? undefined : withoutMore(stdin)
  const lines = args.some(isPartial) ? [undefined] : linesOf(array === undefined ? stdin : (listed ?? stdin), raw)
  if (array !== undefined) {
    const words = lines.map(
      (line): Value => ({
        items: new Map((line === undefined ? [] : (wordsOf(shell, line, 0) ?? [])).map((word, i) => [String(i), word])),
        open: line === undefined || listed !== undefined,
        associative: false,
      }),
    )
    if (typeof array === 'string') shell.assign(array, listed === undefined ? words : [ANY_LIST, ...words])
    return PERHAPS
  }
  if (names.length === 0)
    shell.assign(
      'REPLY',
      lines.map(line => line ?? ANY),
    )
  names.forEach((name, at) => {
    const values = lines.map(line => valueIn(shell, line, names.length, at))
    setVariable(shell, name, values.length > LIMIT ? [ANY] : values, PERHAPS)
  })
  return PERHAPS
}

/** What one of so many names is given of a line. */
function valueIn(shell: Shell, line: Text | undefined, names: number, at: number): Text {
  if (line === undefined || (typeof line !== 'string' && names > 1)) return ANY
  if (typeof line !== 'string') return line
  const words = wordsOf(shell, line, names)
  return words === undefined ? ANY : (words[at] ?? '')
}

/** It reads less than a line, or more: `-n 3`, `-d :`. */
function isPartial(arg: Text): boolean {
  const option = prefixOf(arg)
  return option.startsWith('-') && (option.includes('n') || option.includes('N') || option.includes('d'))
}

/** The lines of which something is known, without backslashes and blanks at their ends. */
function partlyKnownLines({ parts }: AbstractString): readonly Text[] {
  const lines: Text[] = ['']
  for (const part of parts) {
    const [first = '', ...more] = typeof part === 'string' ? part.split('\n') : [AbstractString.of([part])]
    lines.push(join(lines.pop() ?? '', first), ...more)
  }
  return lines.filter(line => isLine(line)).slice(0, LIMIT - 1)
}

function isLine(line: Text): boolean {
  const known = partsOf(line).filter(part => typeof part === 'string')
  return known.length > 0 && known.every(part => !/[\\ \t]/.test(part))
}

/** Every line of standard input; a line that is not known may hold anything. */
function linesOf(stdin: Output, raw: boolean): readonly (Text | undefined)[] {
  if (typeof stdin === 'object') return [...partlyKnownLines(stdin), undefined]
  if (typeof stdin !== 'string' || (!raw && stdin.includes('\\'))) return [undefined]
  const lines = (stdin.endsWith('\n') ? stdin.slice(0, -1) : stdin).split('\n')
  return lines.length > 64 ? [undefined] : lines
}

/** @param most the last word takes the rest of the line */
function wordsOf(shell: Shell, line: Text, most: number): readonly Text[] | undefined {
  const rules = fieldRules(shell)
  const [fields] = fieldsOf(piecesOf(line, false), { separators: rules.separators, options: new Set(['noglob']) })
  if (fields === undefined || fields.open) return undefined
  if (most === 0 || fields.texts.length <= most) return fields.texts
  if (typeof line !== 'string') return undefined
  let rest = line
  const words: Text[] = []
  for (const word of fields.texts.slice(0, most - 1)) {
    words.push(word)
    if (typeof word === 'string') rest = rest.slice(rest.indexOf(word) + word.length)
  }
  const separators = rules.separators ?? ''
  while (rest !== '' && separators.includes(rest.charAt(0))) rest = rest.slice(1)
  while (rest !== '' && ' \t\n'.includes(rest.charAt(rest.length - 1))) rest = rest.slice(0, -1)
  return [...words, rest]
}

/** `mapfile -t lines`, `mapfile -C code`. */
/** `mapfile -d`: what ends a line; an empty one is NUL, which no text holds. */
function delimiterOf(args: readonly Text[]): string | undefined {
  const at = args.findIndex(arg => prefixOf(arg).startsWith('-') && prefixOf(arg).includes('d'))
  if (at === -1) return '\n'
  const option = args[at] ?? ''
  const value = typeof option === 'string' && option.endsWith('d') ? args[at + 1] : dropPrefix(option, prefixOf(option).indexOf('d') + 1)
  return typeof value === 'string' ? value.charAt(0) || '\0' : undefined
}

export function readLines(shell: Shell, { args }: Arguments, site: Site): Result {
  const at = args.findIndex(arg => arg === '-C')
  const code = at === -1 ? undefined : args[at + 1]
  if (code !== undefined) shell.code(join(code, ' ', ANY), 'mapfile -C', site.node)
  const name = args[args.length - 1]
  const { stdin } = shell.frame
  const end = delimiterOf(args)
  const listed = stdin === undefined ? undefined : withoutMore(stdin)
  const text = listed ?? stdin
  const known = typeof text === 'string' && end !== undefined ? (text.endsWith(end) ? text.slice(0, -1) : text).split(end) : undefined
  const ends = args.some(arg => prefixOf(arg).startsWith('-') && prefixOf(arg).includes('t')) || end === '\0' ? '' : end
  const items = new Map((known ?? []).map((line, i) => [String(i), line + ends]))
  shell.assign(typeof name === 'string' && /^[A-Za-z_]\w*$/.test(name) ? name : 'MAPFILE', [
    ...(listed === undefined ? [] : [ANY_LIST]),
    { items, open: known === undefined || listed !== undefined, associative: false },
  ])
  return PERHAPS
}
