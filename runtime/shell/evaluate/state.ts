/**
 * What the shell remembers between commands. Every part of it may be known only in part: a variable has a few alternatives,
 * and where there would be too many they are widened to one text with a hole.
 */
import type { Text } from '../analysis.js'
import { ENVIRONMENT, noteOf } from '../noted-holes.js'
import { ANY, join as joinTexts, lengthOf, partsOf, prefixOf } from '../text.js'
import type { Command } from '../syntax/ast.js'

export interface ArrayValue {
  readonly items: ReadonlyMap<string, Text>
  /** There may be other elements, or fewer. */
  readonly open: boolean
  readonly associative: boolean
}

/** `undefined` is unset. */
export type Value = Text | ArrayValue | undefined

export interface Variable {
  readonly values: readonly Value[]
  /** The letters of `declare`: `x`, `i`, `n`, `r`, `l`, `u`. */
  readonly flags: string
}

/** Words of which more may follow that are not known. */
export interface Words {
  readonly texts: readonly Text[]
  readonly open: boolean
  /** Each of the words that may follow is this, where that much is known of them. */
  readonly more?: Text | undefined
}

/** `undefined` where the name may be no function. */
type FunctionValue = readonly (Command | undefined)[]

/** More alternatives than this are widened. */
export const LIMIT = 8
const CWD_LIMIT = 4

/** A variable that comes from the environment, if it is set at all. */
const FROM_ENVIRONMENT: Variable = { values: [ENVIRONMENT, undefined], flags: 'x' }

export function isArray(value: Value): value is ArrayValue {
  return typeof value === 'object' && 'items' in value
}

/** Equal values have equal keys. */
export function keyOf(value: Value): string {
  if (typeof value === 'string') return `'${value}`
  if (value === undefined) return ''
  if (!isArray(value)) return value.parts.map(part => (typeof part === 'string' ? part : `\0${part.hole}${noteOf(part)}\0`)).join('')
  return `(${value.open}${[...value.items].map(([key, text]) => `\0${key}\0${keyOf(text)}`).join('')}`
}

function unite<T>(a: readonly T[], b: readonly T[], key: (item: T) => unknown): readonly T[] {
  if (a === b) return a
  const seen = new Set(a.map(key))
  const more = b.filter(item => !seen.has(key(item)))
  return more.length === 0 ? a : [...a, ...more]
}

/** What all the texts have in common at both ends, and a hole between. */
export function widen(texts: readonly Text[]): Text {
  const [first, ...rest] = texts
  if (first === undefined || rest.length === 0) return first ?? ''
  let prefix = prefixOf(first)
  let suffix = suffixOf(first)
  for (const text of rest) {
    prefix = commonPrefix(prefix, prefixOf(text))
    suffix = commonSuffix(suffix, suffixOf(text))
  }
  const shortest = Math.min(...texts.map(text => (typeof text === 'string' ? text.length : Infinity)))
  const end = suffix.slice(Math.max(0, suffix.length - Math.max(0, shortest - prefix.length)))
  return joinTexts(prefix, ANY, end)
}

function suffixOf(text: Text): string {
  const parts = partsOf(text)
  const last = parts[parts.length - 1]
  return typeof last === 'string' ? last : ''
}

function commonPrefix(a: string, b: string): string {
  let at = 0
  while (at < a.length && a.charCodeAt(at) === b.charCodeAt(at)) at++
  return a.slice(0, at)
}

function commonSuffix(a: string, b: string): string {
  let at = 0
  while (at < a.length && a.charCodeAt(a.length - 1 - at) === b.charCodeAt(b.length - 1 - at)) at++
  return a.slice(a.length - at)
}

/** At most `LIMIT` texts that cover all of them. */
export function bounded(texts: readonly Text[], limit = LIMIT): readonly Text[] {
  if (texts.length <= 1) return texts
  const [any, ...others] = texts.filter(isUnrestricted)
  if (any !== undefined && texts.every(text => text === '' || isUnrestricted(text))) return [others.every(text => text === any) ? any : ANY]
  const distinct = unite<Text>([], uniqueTexts(texts), keyOf)
  return distinct.length <= limit ? distinct : [widen(distinct)]
}

function uniqueTexts(texts: readonly Text[]): readonly Text[] {
  const byKey = new Map<string, Text>()
  for (const text of texts) byKey.set(keyOf(text), text)
  return [...byKey.values()]
}

function sizeOf(value: Value): number {
  return value === undefined ? 0 : isArray(value) ? value.items.size << 2 : lengthOf(value)
}

const MAX_LENGTH = 65_536

function boundedValues(all: readonly Value[]): readonly Value[] {
  const values = all.some(value => sizeOf(value) > MAX_LENGTH)
    ? all.map(value => (sizeOf(value) <= MAX_LENGTH ? value : isArray(value) ? { ...value, items: new Map(), open: true } : ANY))
    : all
  if (values.length <= LIMIT) return values
  if (values.some(isArray))
    return [{ items: new Map(), open: true, associative: values.some(value => isArray(value) && value.associative) }]
  const texts = values.filter((value): value is Text => value !== undefined)
  return texts.length < values.length ? [widen(texts), undefined] : [widen(texts)]
}

/** Every string that a value of the variable may be where no element is named. */
export function scalarOf(value: Value): Text | undefined {
  if (!isArray(value)) return value
  return value.items.get('0') ?? (value.open ? ANY : undefined)
}

// What a shell begins with, of which nothing is changed in place: the same for all, since most states are copies, or see no more than one command.
const NONE = new Map<string, never>()
const NO_OPTIONS: ReadonlySet<string> = new Set()
const NO_PARAMETERS: readonly Words[] = [{ texts: [], open: false }]
const NOTHING: readonly Text[] = []
const ANYTHING: readonly Text[] = [ANY]

/** What work is taken from. */
export interface Meter {
  spend(work: number): boolean
}

export class State {
  cwd: readonly Text[]
  /** Where the shell stays should the last `cd` have failed; undefined where no `cd` is in doubt. */
  cwdIfFailed: readonly Text[] | undefined = undefined
  /** `$1`, `$2` …, in their alternatives. */
  parameters: readonly Words[] = NO_PARAMETERS
  stack: readonly Text[] = NOTHING
  /** `$_`. */
  last: readonly Text[] = ANYTHING
  /** Options of `set -o` and `shopt` that are on, or may be. */
  options: ReadonlySet<string> = NO_OPTIONS
  functions: ReadonlyMap<string, FunctionValue> = NONE
  aliases: ReadonlyMap<string, readonly Text[]> = NONE
  /** `hash -p`. */
  hashed: ReadonlyMap<string, Text> = NONE
  /** `exec <file`: what standard input is from now on is not followed. */
  inputLost = false
  /** Nothing after this point runs: `exit`, `return`, `break`. */
  dead = false
  private variables: Map<string, Variable> = NONE
  private shared = true

  constructor(
    cwd: readonly Text[],
    private readonly meter: Meter,
  ) {
    this.cwd = cwd
  }

  copy(): State {
    const copy = new State(this.cwd, this.meter)
    copy.become(this)
    return copy
  }

  /** Takes over everything of another state. */
  become(other: State): void {
    this.cwd = other.cwd
    this.cwdIfFailed = other.cwdIfFailed
    this.parameters = other.parameters
    this.stack = other.stack
    this.last = other.last
    this.options = other.options
    this.functions = other.functions
    this.aliases = other.aliases
    this.hashed = other.hashed
    this.dead = other.dead
    this.inputLost = other.inputLost
    this.variables = other.variables
    this.shared = other.shared = true
  }

  get(name: string): Variable {
    return this.variables.get(name) ?? FROM_ENVIRONMENT
  }

  has(name: string): boolean {
    return this.variables.has(name)
  }

  entries(): Iterable<readonly [string, Variable]> {
    return this.variables.entries()
  }

  names(): readonly string[] {
    return [...this.variables.keys()]
  }

  set(name: string, values: readonly Value[], flags = this.variables.get(name)?.flags ?? ''): void {
    this.own()
    this.meter.spend(values.reduce<number>((work, value) => work + sizeOf(value), 0) >> 6)
    this.variables.set(name, { values: boundedValues(values), flags })
  }

  forget(name: string): void {
    this.own()
    this.variables.delete(name)
  }

  /** Before a change: variables are shared with copies. */
  private own(): void {
    if (!this.shared) return
    this.meter.spend(this.variables.size >> 5)
    this.variables = new Map(this.variables)
    this.shared = false
  }

  /** Decides whether the last `cd` succeeded; undefined where both are possible. */
  settle(succeeded: boolean | undefined): void {
    const failed = this.cwdIfFailed
    if (failed === undefined) return
    this.cwdIfFailed = undefined
    if (succeeded === undefined) this.cwd = boundedFolders(this.cwd, failed)
    else if (!succeeded) this.cwd = failed
  }

  /** Makes this state cover the other one too. */
  join(other: State): void {
    if (other.dead) return
    if (this.dead) return this.become(other)
    this.settle(undefined)
    other.settle(undefined)
    // One that is not known takes the place of others where it comes first.
    this.cwd = this.cwd.some(isUnrestricted) ? boundedFolders(other.cwd, this.cwd) : boundedFolders(this.cwd, other.cwd)
    this.parameters = eitherWords(this.parameters, other.parameters)
    if (this.stack !== other.stack) this.stack = [ANY]
    this.inputLost ||= other.inputLost
    if (this.last !== other.last) this.last = [ANY]
    if (this.options !== other.options) this.options = new Set([...this.options, ...other.options])
    this.functions = joinMaps(this.functions, other.functions, (a = [undefined], b = [undefined]) => unite(a, b, each => each))
    this.aliases = joinMaps(this.aliases, other.aliases, (a = [], b = []) => unite(a, b, keyOf))
    this.hashed = joinMaps(this.hashed, other.hashed, (a, b) =>
      a !== undefined && b !== undefined && keyOf(a) !== keyOf(b) ? ANY : (a ?? b ?? ''),
    )
    this.joinVariables(other)
  }

  private joinVariables(other: State): void {
    if (this.variables === other.variables) return
    if (!this.meter.spend((this.variables.size + other.variables.size) >> 5)) return
    for (const name of new Set([...this.variables.keys(), ...other.variables.keys()])) {
      const a = this.get(name)
      const b = other.get(name)
      if (a === b) continue
      const values = unite(a.values, b.values, keyOf)
      if (values !== a.values || !this.variables.has(name)) this.set(name, values, a.flags === b.flags ? a.flags : a.flags + b.flags)
    }
  }

  /** Nothing is known any more of the folder and the variables that differ. */
  widenAgainst(other: State): void {
    if (other.dead) return
    if (this.cwd !== other.cwd && other.cwd.some(folder => !this.cwd.includes(folder))) this.cwd = [ANY]
    if (eitherWords(this.parameters, other.parameters) !== this.parameters) this.parameters = ANY_WORDS
    if (this.variables === other.variables) return
    for (const name of other.names())
      if (!other.get(name).values.every(value => this.get(name).values.includes(value)))
        this.set(name, [ANY, undefined, { items: new Map(), open: true, associative: false }])
  }

  /** Whether this state covers all that the other one may be. */
  covers(other: State): boolean {
    const joined = this.copy()
    joined.join(other)
    return (
      (joined.cwd === this.cwd || this.cwd.some(isUnrestricted)) &&
      joined.functions === this.functions &&
      joined.parameters === this.parameters &&
      (joined.variables === this.variables || joined.names().every(name => isCovered(this.get(name), joined.get(name))))
    )
  }
}

/** Whether every value of the other is among those of the variable, or is a text or an array where that may be any. */
function isCovered(variable: Variable, other: Variable): boolean {
  if (variable === other) return true
  const keys = new Set(variable.values.map(keyOf))
  const isAny = keys.has(keyOf(ANY))
  const wide = variable.values.find((value): value is ArrayValue => isArray(value) && value.open && value.items.size === 0)
  const covers = (value: Value) => (isArray(value) ? value.associative === wide?.associative : value !== undefined && isAny)
  return variable.flags === other.flags && other.values.every(value => keys.has(keyOf(value)) || covers(value))
}

function boundedFolders(a: readonly Text[], b: readonly Text[]): readonly Text[] {
  const folders = a.some(isUnrestricted) ? a : unite(a, b, keyOf)
  return folders.length <= CWD_LIMIT ? folders : [ANY]
}

function isUnrestricted(text: Text): boolean {
  return typeof text !== 'string' && text.isUnrestricted
}

const ANY_WORDS: readonly Words[] = [{ texts: [], open: true }]
const MOST_WORDS = 4

/** What covers both: the first itself where that does. */
function eitherWords(a: readonly Words[], b: readonly Words[]): readonly Words[] {
  const more = a === b || a.some(isAnyWords) ? [] : b.filter(words => !a.some(known => sameWords(known, words)))
  if (more.length === 0) return a
  return a.length + more.length > MOST_WORDS || more.some(isAnyWords) ? ANY_WORDS : [...a, ...more]
}

function isAnyWords({ texts, open }: Words): boolean {
  return open && texts.length === 0
}

function sameWords(a: Words, b: Words): boolean {
  return (
    a === b || (a.open === b.open && a.texts.length === b.texts.length && a.texts.every((text, i) => keyOf(text) === keyOf(b.texts[i])))
  )
}

function joinMaps<T>(
  a: ReadonlyMap<string, T>,
  b: ReadonlyMap<string, T>,
  unify: (a: T | undefined, b: T | undefined) => T,
): ReadonlyMap<string, T> {
  if (a === b) return a
  const joined = new Map<string, T>()
  let changed = false
  for (const key of new Set([...a.keys(), ...b.keys()])) {
    const value = unify(a.get(key), b.get(key))
    if (value !== a.get(key)) changed = true
    joined.set(key, value)
  }
  return changed ? joined : a
}
