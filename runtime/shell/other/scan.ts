/**
 * What a piece of code of a scripting language does, found without parsing it. Code can act only through names: functions of the
 * language, modules, classes. Each use of such a name is either a call that is understood, whose effect is told, or an unknown of the
 * scope of the name. Code that uses none has no effects. What builds names at run time (`eval`, `getattr`) is unknown altogether.
 */
import type { Text } from '../analysis.js'
import type { Output } from '../programs/model.js'
import { ANY, join, prefixOf } from '../text.js'
import { IN_MEMORY, isFresh, PORT, REST } from '../noted-holes.js'
import { type Effects, modulePaths } from './effects.js'
import { flatten, isUnknown, unflatten } from './flat.js'
import type { Language } from './language.js'
import { type Code, Perform } from './perform.js'
import { isEffect, type RoleTable, roleOf } from './role-table.js'
import { type Range, readTokens, type Token, type Tokens } from './tokens.js'
import {
  BRACES,
  ascii,
  characterOfNumber,
  concat,
  decodeHex,
  decodePercents,
  DIRECTIVE,
  formatted,
  isList,
  isNumber,
  joinBy,
  joinLists,
  joinPaths,
  joinSlashed,
  mapText,
  plainBase64,
  replaced,
  reversed,
  rotate,
  textOf,
  type Value,
} from './values.js'

const MAX_CODE = 65536
/** A text that is repeated is kept up to this length. */
const LONGEST_TEXT = 65_536
const MAX_DEPTH = 12
/** Names in a row, and tokens in a list of parameters: what is longer is not understood. */
const MAX_MEMBERS = 12
const MAX_PARAMETERS = 400
const MAX_ARGUMENTS = 300
/** Names that stand before the name of something new. */
const DEFINING = ' def function sub class fn '
/** What may give a name a value without an assignment that is seen. */
const MEDDLING = ' exec eval globals locals vars setattr '
/** What may give a name a module besides. */
const LOADING = `${MEDDLING}__import__ import_module modules `
/** Signs of which one, two or three before `=` change a variable. */
const OPERATORS = '+-*/%&|^.?<>'
/** Methods that change what they are called on, and those of Ruby, whose texts change too. */
const CHANGING = ' append extend insert push unshift splice pop shift fill reverse sort clear remove '
const CHANGING_TEXT = ' insert push append unshift pop shift clear replace concat prepend setbyte force_encoding '
/** Functions that change their argument. */
const CHANGING_ARGUMENT = ' substr chop read sysread vec push unshift splice array_push array_unshift array_splice settype '
/** Encodings that write ASCII as it is. */
const PLAIN = /^(?:utf-?8|ascii|latin-?1)$/i
/** What gives an object for a file, whose methods the table has behind `()`. */
const OPENED = 'Bun.file'
const END: Token = { kind: 'sign', text: '', line: true }

/** @param args the arguments of the program after its code @returns what the code prints, where that is known */
export function scanCode(code: Text, language: Language, effects: Effects, args: readonly Text[], depth = 0): Output {
  const flat = flatten(code)
  if (flat.length > MAX_CODE || depth > MAX_DEPTH || isUnknown(code)) {
    effects.unknown('any')
    return undefined
  }
  const scan = new Scan(readTokens(flat, language.syntax), language, effects, args, depth)
  scan.run()
  return scan.output()
}

interface Path {
  readonly name: string
  readonly end: number
  /** The module that it begins with, where that is loaded here. */
  readonly module: string | undefined
}

class Scan implements Code {
  private readonly table: RoleTable
  /** Names that stand for a member of a module, or a module. */
  private readonly aliases = new Map<string, string>()
  /** Where the value of a name begins; -1 where it has several. */
  private readonly assigned = new Map<string, number>()
  private readonly list: readonly Token[]
  /** Tokens that were understood as part of an import or an assignment. */
  private readonly understood = new Set<number>()
  private objects = true
  /** Members that are given another value: `path.join = f`. */
  private readonly replaced = new Set<string>()
  private readonly defined = new Set<string>()
  /** What names stand for was not understood. */
  private unclear = false
  /** What the names with several values were given, one after the other. */
  private readonly given = new Map<string, Range[]>()
  /** A name with several values counts as all of them in a row. */
  private guesses = false
  /** A call without brackets took what looked like the next argument of the call around it. */
  private swallows = false
  private readonly guessed = new Map<string, Value>()
  private skipsDots: boolean | undefined

  constructor(
    private readonly tokens: Tokens,
    private readonly language: Language,
    readonly effects: Effects,
    private readonly args: readonly Text[],
    private readonly depth: number,
  ) {
    this.list = tokens.list
    this.table = language.table()
  }

  run(): void {
    if (this.tokens.broken) this.effects.unknown('any')
    for (let at = 0; at < this.list.length; at++) this.collect(at)
    const { methodsOf } = this.language
    this.objects = methodsOf === undefined || this.list.some(token => token.text === methodsOf)
    for (let at = 0; at < this.list.length; at++) at = this.token(at)
    if (!this.effects.isBlind) return
    for (const [at, { kind, text }] of this.list.entries()) {
      if (kind === 'text') this.effects.mayRead(text, this.isShellPattern(at))
      // `map(chr, [46, 101, 110, 118])`
      const numbers = text === '[' && kind === 'sign' ? this.split(at + 1, this.close(at)).map(range => this.at(range.start)) : []
      if (numbers.length < 2 || !numbers.every(each => each.kind === 'number')) continue
      const characters = concat(numbers.map(each => characterOfNumber({ number: each.text })))
      if (typeof characters === 'string') this.effects.mayRead(characters)
    }
    for (const each of this.args) if (typeof each === 'string') this.effects.mayRead(each)
  }

  /**
   * `glob.glob('*')` of Python (its documentation: names with a dot are found where the pattern has it, but for `include_hidden`), and what
   * packages of JavaScript take, but for `dot`.
   */
  private isShellPattern(index: number): boolean {
    if (this.language.extension === '.js') return (this.skipsDots ??= !this.list.some(({ text }) => /^(?:dot|glob|globSync)$/.test(text)))
    if (!this.is(index - 1, '(') || !this.language.syntax.layout) return false
    const start = this.is(index - 3, '.') ? index - 4 : index - 2
    return /^glob\.i?glob$/.test(this.path(start).name) && this.list.every(({ text }) => text !== 'include_hidden')
  }

  /** The one thing that the code prints is the number of a port that it has asked for. */
  private printsPort(): boolean {
    const prints = this.list.flatMap(({ kind, text }, at) =>
      kind === 'name' && /print|stdout|write|run|input|open|log/.test(text) ? [at] : [],
    )
    const [at = 0, ...more] = prints
    if (more.length > 0 || this.effects.isBlind || !this.effects.usesSockets || !this.is(at, 'print') || !this.is(at + 1, '(')) return false
    return this.value({ start: at + 2, end: this.close(at + 1) }) === PORT
  }

  /** What the code prints, where it does nothing else. */
  output(): Output {
    const [print] = this.list
    if (print === undefined || !this.language.prints.includes(print.text)) return this.printsPort() ? join(PORT, '\n') : undefined
    let end = this.list.length
    while (this.at(end - 1).text === ';') end--
    const bracket = this.at(1).kind === 'sign' && this.is(1, '(') && this.close(1) === end - 1
    const args = bracket ? this.split(2, end - 1) : this.split(1, end)
    const [only] = args
    if (only === undefined || args.length > 1) return undefined
    const value = textOf(this.value(only))
    return isUnknown(value) ? undefined : this.language.lines ? concat([value, '\n']) : value
  }

  at(index: number): Token {
    return this.list[index] ?? END
  }

  is(index: number, text: string): boolean {
    const token = this.at(index)
    return token.text === text && token.kind !== 'text'
  }

  /** The index of the closing bracket. */
  private close(open: number): number {
    return Math.max(open, this.tokens.pairs.get(open) ?? this.list.length)
  }

  // ---- names ----

  /** Notes what a name at an index becomes: by assignment, by import. */
  private collect(index: number): void {
    const { kind, text } = this.at(index)
    const after = this.is(index - 1, '[') && this.is(index + 1, ']') ? index + 2 : this.isMember(index) ? index + 1 : -1
    if (kind !== 'sign' && this.is(after, '=') && !this.is(after + 1, '=') && !this.is(after + 1, '~')) this.replaced.add(text)
    if (kind === 'name') {
      if (text === 'import' && (this.language.syntax.layout || !this.is(index + 1, '('))) this.imports(index)
      else if ((text === 'use' || text === 'require') && this.at(index + 1).kind === 'name') this.uses(index)
      else if (this.is(index + 1, '=') && !this.is(index + 2, '=') && !this.is(index + 2, '~') && !this.isMember(index))
        this.assign(text, index)
      else if (this.isChanged(index + 1)) this.change(text, index)
      else if (!this.isMember(index) && this.isChangedInPlace(index)) {
        if (text === '@ARGV') this.effects.unknown('any')
        // `e = d; e << x` changes `d`.
        const source = this.at(this.assigned.get(text) ?? -1)
        if (source.kind === 'name') this.forget(source.text)
        this.change(text, index)
      } else if (text === 'lambda') this.parametersFrom(index + 1)
      else if (this.is(index + 1, ',') && this.beginsStatement(index)) this.targetsFrom(index)
      else if (text === 'as' && this.language.syntax.layout && !this.understood.has(index)) this.binds(index)
      else if (text === 'function') this.defined.add(this.at(index + 1).text)
      else if (' for as foreach '.includes(` ${text} `) && !this.understood.has(index)) this.loop(index + 1)
    } else if (kind === 'sign' && (text === '(' || text === '{' || text === '[')) this.group(index)
  }

  private assign(name: string, index: number): void {
    this.understood.add(index)
    if (name === '@ARGV') this.effects.unknown('any')
    const joined = this.assigned.has(name) && this.is(index + 2, name) ? this.joined(index + 3) : 0
    if (joined > 0) return this.append(name, index + 3 + joined)
    if (this.beginsStatement(index)) this.given.delete(name)
    this.assigned.set(name, this.assigned.has(name) || !this.beginsStatement(index) ? -1 : index + 2)
  }

  /** `with x as name` */
  private binds(index: number): void {
    let start = index - 1
    while (start > 0 && this.at(start).kind !== 'text' && !'([,'.includes(this.at(start).text || '(') && this.at(start).text !== 'with')
      start = (')]'.includes(this.at(start).text) ? (this.tokens.pairs.get(start) ?? 0) : start) - 1
    const { kind, text } = this.at(index + 1)
    if (kind !== 'name' || !(this.is(start, 'with') || this.is(start, ','))) return
    this.assigned.set(text, this.assigned.has(text) ? -1 : start + 1)
  }

  /** What follows the name gives it another value: `+= x`, `**= x`, `??= x`, `++`. */
  private isChanged(index: number): boolean {
    const first = this.at(index)
    if (first.kind !== 'sign' || first.line || !OPERATORS.includes(first.text)) return false
    let end = index + 1
    while (end < index + 3 && this.at(end).kind === 'sign' && this.at(end).text === first.text) end++
    if (this.is(end, '=')) return !this.is(end + 1, '=') && ('<>'.includes(first.text) ? end === index + 2 : !this.is(end + 1, '~'))
    return end === index + 2 && '+-'.includes(first.text)
  }

  /** `x += y` */
  private change(name: string, index: number): void {
    const sign = this.language.joins.length
    const isJoined = this.is(index + 1 + sign, '=') && this.spells(index + 1, this.language.joins)
    this.append(name, this.spells(index + 1, '<<') ? index + 3 : isJoined ? index + 2 + sign : 0)
  }

  /** @param start of what is joined to the name's value; 0 where it becomes another in another way */
  private append(name: string, start: number): void {
    const first = this.assigned.get(name) ?? -1
    const given = this.given.get(name) ?? (first === -1 ? [] : [{ start: first, end: 0 }])
    this.assigned.set(name, -1)
    if (start > 0) given.push({ start, end: 0 })
    if (start > 0 && given.length > 1) this.given.set(name, given)
    else this.given.delete(name)
  }

  /** `x.push(y)`, `x[0] = y`, `x << y`, `x =~ s/a/b/`, `\x`, `push(x, y)`. */
  private isChangedInPlace(index: number): boolean {
    const { operators } = this.language.syntax
    const next = this.at(index + 1)
    if (next.text === '.' && next.kind === 'sign') {
      const changing = operators === 'ruby' ? CHANGING_TEXT : CHANGING
      return changing.includes(` ${this.at(index + 2).text} `) || (this.is(index + 3, '!') && !this.is(index + 4, '='))
    }
    if (this.is(index + 1, '[') && !next.line) {
      const end = this.close(index + 1) + 1
      if (this.is(end, '=') && !this.is(end + 1, '=') && !this.is(end + 1, '~') && !this.is(end + 1, '>')) return true
    }
    if (operators === 'ruby') return this.spells(index + 1, '<<')
    if (operators !== 'perl' && this.language.closed !== true) return false
    if (this.spells(index + 1, '=~')) return this.at(index + 3).kind === 'pattern' && this.at(index + 4).kind === 'pattern'
    const before = this.at(index - 1)
    if (this.is(index - 1, '\\') || (this.is(index - 1, '&') && !this.is(index - 2, '&'))) return true
    return CHANGING_ARGUMENT.includes(` ${before.text === '(' ? this.at(index - 2).text : before.text} `)
  }

  /** The variable of a loop. In Perl it is another name of each that is looped over. */
  private loop(index: number): void {
    this.assigned.set(this.at(index).text, -1)
    if (this.language.syntax.operators !== 'perl') return
    const end = this.statementEnd(index)
    const last = this.is(end, '{') ? end : this.is(index, '(') ? this.close(index) : end
    for (let at = index; at < last; at++) if (this.at(at).kind === 'name') this.assigned.set(this.at(at).text, -1)
  }

  /** The parameters of a `lambda`, which are other variables than those of the same names around it. */
  private parametersFrom(start: number): void {
    for (let at = start; at < start + MAX_PARAMETERS && !this.is(at, ':') && at < this.list.length; at++)
      if (this.at(at).kind === 'name') this.forget(this.at(at).text)
  }

  /** `a, b = x` */
  private targetsFrom(start: number): void {
    const names: string[] = []
    let at = start
    for (; at < start + MAX_PARAMETERS && !this.is(at, '='); at++) {
      const { kind, text } = this.at(at)
      if (at > start && this.endsTargets(at)) return
      if (kind === 'name') names.push(text)
      if (kind === 'sign' && '([{'.includes(text)) at = this.close(at)
    }
    this.share(names, at + 1)
  }

  /** `a, b = x, y`: to each its own. */
  private share(names: readonly string[], start: number): void {
    for (const name of names) this.forget(name)
    const values = this.split(start, this.statementEnd(start))
    if (values.length === names.length) for (const [i, range] of values.entries()) this.given.set(names[i] ?? '', [range])
  }

  private forget(name: string): void {
    this.assigned.set(name, -1)
    this.given.delete(name)
  }

  private endsTargets(index: number): boolean {
    const { kind, text, line } = this.at(index)
    return line || text === '' || (kind === 'sign' && !',*.[('.includes(text))
  }

  private beginsStatement(index: number): boolean {
    const before = this.at(index - 1)
    return (
      index === 0 ||
      this.at(index).line ||
      (before.kind === 'sign' && (';{}:)'.includes(before.text) || (before.text === ',' && this.language.syntax.blocks.length > 0))) ||
      (before.kind === 'name' && ' const let var my our local '.includes(` ${before.text} `))
    )
  }

  /** Names in brackets that are assigned to together, or are parameters. */
  private group(open: number): void {
    const close = this.close(open)
    const parameters =
      (DEFINING.includes(` ${this.at(open - 2).text} `) && !(this.is(open - 2, 'class') && this.language.syntax.layout)) ||
      this.at(open - 1).text === 'function' ||
      (this.is(close + 1, '=') && this.is(close + 2, '>'))
    const assigned = this.is(close + 1, '=') && !this.is(close + 2, '=') && !this.is(close + 2, '>')
    if (!parameters && !assigned) return
    if (close - open > MAX_PARAMETERS) {
      this.unclear = true
      return
    }
    const module = assigned ? this.path(this.is(close + 2, 'await') ? close + 3 : close + 2).name : undefined
    for (let at = open + 1; at < close; at++) {
      const { kind, text } = this.at(at)
      const isFirst = '([{,:*.'.includes(this.at(at - 1).text) || ' my our local '.includes(` ${this.at(at - 1).text} `)
      if (kind !== 'name' || !isFirst || !')]},:='.includes(this.at(at + 1).text)) continue
      this.understood.add(at)
      if (text === '@ARGV') this.effects.unknown('any')
      if (this.is(at + 1, ':')) continue
      if (module !== undefined && roleOf(this.table, module) !== undefined)
        this.aliases.set(text, `${module}.${this.is(at - 1, ':') ? this.at(at - 2).text : text}`)
      else this.assigned.set(text, -1)
    }
  }

  /** A name that stands for two things is any of them: `if 0: import json as os`. */
  private alias(name: string, member: string): void {
    const known = this.aliases.get(name) ?? member
    this.aliases.set(name, member)
    if (known !== member && !(this.isHarmless(known) && this.isHarmless(member))) this.effects.unknown('any')
  }

  private isHarmless(module: string): boolean {
    if (roleOf(this.table, module) !== '-') return false
    for (const [name, role] of this.table) if (isEffect(role) && name.startsWith(`${module}.`)) return false
    return true
  }

  /** `import a.b as c, d`, `from a import b as c`, `import c from 'a'`, `import {b as c} from 'a'`. */
  private imports(index: number): void {
    const from = this.findFrom(index)
    let end = index + 1
    let member = from
    for (; end < this.list.length && !this.is(end, ';') && !(this.at(end).line && end > index + 1); end++) {
      const { kind, text } = this.at(end)
      if (text === 'from' || kind === 'text' || (text === 'import' && kind === 'name')) break
      if (text === '*' && from !== '' && this.language.syntax.layout) this.module(from, true)
      if (kind !== 'name' || text === 'as') continue
      const before = this.at(end - 1).text
      if (before === '.') member += `.${text}`
      else if (before === 'as') this.alias(text, member)
      else {
        member = from === '' ? text : this.is(index + 1, '{') || this.language.syntax.layout ? `${from}.${text}` : from
        this.alias(text, member)
      }
      if (from === '' && !this.is(end + 1, '.')) this.module(before === 'as' ? '' : member)
    }
    const before = index - 2 * from.split('.').length
    for (let at = this.is(before, 'from') ? before : index; at < end; at++) this.understood.add(at)
    if (from === '' && this.at(index + 1).kind === 'text') this.module(this.at(index + 1).text)
    else if (from !== '') this.module(from)
  }

  /** The module that names are taken from, before the names or after them. */
  private findFrom(index: number): string {
    let start = this.at(index).line ? index : index - 1
    while (
      start > index - MAX_MEMBERS * 2 &&
      start > 0 &&
      !this.at(start).line &&
      (this.at(start).kind === 'name' || this.is(start, '.')) &&
      !this.is(start, 'from')
    )
      start--
    if (this.is(start, 'from') && this.language.syntax.layout)
      return this.list
        .slice(start + 1, index)
        .map(token => token.text)
        .join('')
    for (let at = index + 1; at < this.list.length && !this.is(at, ';') && at < index + 200; at++)
      if (this.is(at, 'from') && this.at(at + 1).kind === 'text') return bareModule(this.at(at + 1).text)
    return ''
  }

  /** Perl's `use Module`, `require Module`; pragmas have small letters. */
  private uses(index: number): void {
    const { text } = this.at(index + 1)
    if (this.language.syntax.operators !== 'perl') return
    this.understood.add(index).add(index + 1)
    if (text < 'a') this.module(text)
  }

  /** A module is loaded. @param whole all of its names can be used */
  module(name: string, whole = false): void {
    if (name === '') return
    if (/^https?:/.test(name)) this.effects.fetch(name)
    for (const each of modulePaths(name, this.language.extension))
      if (this.effects.world.wrote(each)) return this.code(this.effects.code(each) ?? '')
    const installed = `/node_modules/${name}/`
    for (const path of this.language.extension === '.js' ? this.effects.world.written() : [])
      if (path.includes(installed)) this.code(this.effects.code(path) ?? '')
    const role = roleOf(this.table, bareModule(name))
    if (name.endsWith('.json')) this.effects.file('read', name)
    else if (role === undefined && /^[./]/.test(name)) {
      this.effects.file('read', name)
      this.effects.project(name)
    } else if (role === undefined) this.effects.module(name)
    else if (isEffect(role) && (whole || this.language.bare)) this.unknownOf(role)
  }

  /** The name at an index with its members, and where it ends; the modules and names it stands for put in. */
  private path(index: number, depth = 0): Path {
    const { kind, text } = this.at(index)
    if (kind !== 'name') return { name: '', end: index + 1, module: undefined }
    let name = this.aliases.get(text) ?? this.standsFor(this.language.closed ? text.toLowerCase() : text, depth)
    let module: string | undefined
    let members = 0
    for (let end = index + 1; ; ) {
      if (++members > MAX_MEMBERS) {
        this.effects.unknown('any')
        return { name: '', end, module }
      }
      const imported = this.imported(name, end, depth)
      const next = imported === undefined ? this.member(end) : this.close(end) + 1
      if (next === end) return { name, end, module }
      module = imported ?? module
      name = imported ?? (name === 'self' ? '' : `${name}.`) + this.memberName(next)
      end = next
    }
  }

  private memberName(end: number): string {
    return this.at(end - 1).kind === 'sign' ? this.at(end - 2).text : this.at(end - 1).text
  }

  /** `require('fs')`, `import('fs')`, `__import__('os')`: the module, where it is known. */
  private imported(name: string, index: number, depth: number): string | undefined {
    if (this.table.get(name) !== 'M0' || !this.is(index, '(') || depth > MAX_DEPTH) return undefined
    const value = this.value({ start: index + 1, end: this.close(index) }, depth + 1)
    return typeof value === 'string' ? bareModule(value) : undefined
  }

  /** What a name that is assigned once stands for: itself, or what is known. */
  private standsFor(name: string, depth: number): string {
    const start = this.unclear ? -1 : (this.assigned.get(name) ?? -1)
    if (start === -1 || depth > MAX_DEPTH) return name
    const value = this.path(this.is(start, 'await') ? start + 1 : start, depth + 1)
    return this.roleAt(value.name) !== undefined && this.endsStatement(value.end) ? value.name : name
  }

  private endsStatement(index: number): boolean {
    const token = this.at(index)
    return token.line || (token.kind === 'sign' && ';,)}'.includes(token.text))
  }

  /** @returns the index after a member of what ends before the index; the index where there is none */
  private member(index: number): number {
    for (const sign of this.language.members) {
      const end = index + sign.length
      if (this.at(end).kind === 'name' && this.spells(index, sign)) return end + 1
    }
    return this.is(index, '[') && this.at(index + 1).kind === 'text' && this.is(index + 2, ']') ? index + 3 : index
  }

  /** The signs from an index on are these. */
  private spells(index: number, signs: string): boolean {
    return [...signs].every((sign, i) => this.is(index + i, sign))
  }

  private isMember(index: number): boolean {
    return (
      this.language.members.some(sign => this.spells(index - sign.length, sign)) &&
      !this.spells(index - 2, '..') &&
      !this.spells(index - 3, '-->')
    )
  }

  /** The role of a name, or of the end of it that begins with a module. */
  private roleAt(name: string): string | undefined {
    const whole = roleOf(this.table, name)
    if (isEffect(whole)) return whole
    for (let at = name.indexOf('.'); at !== -1; at = name.indexOf('.', at + 1)) {
      const rest = name.slice(at + 1)
      // `folder.glob('*.py')` is no module.
      if (this.objects && this.table.get(`.${rest}`)?.includes('@') === true) continue
      const module = this.table.get(rest.split('.', 1)[0] ?? '') ?? ''
      const role = module !== '' && '-UNZ'.includes(module) ? roleOf(this.table, rest) : undefined
      if (isEffect(role)) return role
    }
    const inPackage = name.lastIndexOf('::')
    return whole ?? (inPackage === -1 ? undefined : roleOf(this.table, name.slice(inPackage + 2)))
  }

  // ---- effects ----

  /** Tells what the token at an index does. @returns the index of the last token that it took */
  private token(index: number): number {
    const token = this.at(index)
    if (token.kind === 'shell') this.effects.shell(textOf(this.value({ start: index + 1, end: this.close(index) })))
    else if (token.kind === 'text') this.word(token.text)
    else if (token.kind === 'name') return this.name(index)
    else if (token.text === '[') this.subscript(index)
    else if (token.text === '(' && token.kind === 'sign' && this.is(index - 1, ')')) this.calledAgain(index)
    return index
  }

  private word(text: string): void {
    if (this.language.words?.includes(text)) this.effects.unknown('any')
    else if (this.language.closed && isEffect(this.table.get(text))) this.effects.unknown('any')
  }

  /** `a[x](…)`, `a['con' + 'structor']`. */
  private subscript(index: number): void {
    const value = this.value({ start: index + 1, end: this.close(index) })
    if (typeof value === 'string') this.word(value)
    else if (this.language.joins === '+' && this.is(this.close(index) + 1, '(') && !isList(value)) this.effects.unknown('any')
  }

  /** What a call returns is called: `f(x)()`. A function that is called where it is written is not meant. */
  private calledAgain(index: number): void {
    const open = this.tokens.pairs.get(index - 1) ?? 0
    const { kind, text } = this.at(open - 1)
    const inPlace = (kind !== 'name' && text !== ')' && text !== ']') || (kind === 'name' && /^(return|await|void|function)$/.test(text))
    if (this.isTable(index)) return
    if (this.language.closed || (this.language.joins === '+' && this.language.methodsOf === undefined && !inPlace && !this.language.bare))
      this.effects.unknown('any')
  }

  /** `it.each([1, 2])('is %d', () => {})` */
  private isTable(index: number): boolean {
    const open = this.tokens.pairs.get(index - 1) ?? 0
    let start = open - 1
    while (this.isMember(start)) start -= 2
    const { text } = this.at(start)
    return this.is(open - 1, 'each') && start < open - 1 && /^(?:it|test|describe)$/.test(text) && !this.assigned.has(text)
  }

  private name(index: number): number {
    if (this.isMember(index)) {
      this.method(index)
      return index
    }
    if (DEFINING.includes(` ${this.at(index - 1).text} `) && this.at(index - 1).kind === 'name') return index
    const { name, end, module } = this.path(index)
    if (this.understood.has(index) || this.isKey(index, end) || this.isVariable(index, name, end)) return index
    if (module !== undefined) this.module(module)
    const role = this.roleAt(name)
    if (!isEffect(role)) {
      if (this.language.closed && role === undefined) this.unlisted(index, end)
      return index
    }
    // `socket.socket.connect(s, address)`
    this.effect(role === 'N!' && this.table.get(name) !== role ? 'N' : role, index, end, false)
    return end - 1
  }

  /** A variable that is named as a module is which this code does not load: `code = r.status_code`. */
  private isVariable(index: number, name: string, end: number): boolean {
    const { text } = this.at(index)
    if (this.language.builtins === undefined || (name !== text && !name.startsWith(`${text}.`))) return false
    const binds = (token: Token, at: number) =>
      token.text === text && (this.understood.has(at) || (this.is(at - 1, 'for') && !this.isMember(at)))
    const isBound = (name === text && !this.is(end, '(')) || this.list.some(binds)
    if (!isBound || this.depth > 0 || this.language.builtins.includes(` ${text} `) || this.aliases.has(text)) return false
    return !this.list.some((token, at) => LOADING.includes(` ${token.text} `) || (token.text === 'import' && this.is(at + 1, '*')))
  }

  /** `{open: 1}`, `f(open=1)`. */
  private isKey(index: number, end: number): boolean {
    if (end !== index + 1) return false
    const before = this.at(index - 1).text
    if (this.is(end, ':') && !this.is(end + 1, ':')) return before === '{' || before === ','
    return this.is(end, '=') && (this.is(end + 1, '>') || ((before === '(' || before === ',') && !this.is(end + 1, '=')))
  }

  private method(index: number): void {
    const { text } = this.at(index)
    const ofFile = this.table.get(`${OPENED}().${text}`)
    if (ofFile !== undefined) this.ofOpened(ofFile, index)
    const role = this.table.get(`.${text}`)
    if (!isEffect(role)) return
    if (role.startsWith('N')) return this.effects.ofSocket(this.socketCall(role, index))
    const onObject = role.includes('@')
    if (!onObject || this.objects) this.effect(role, index, index + 1, onObject)
  }

  /** What a method does to the file that `Bun.file('a')` is, there or in a variable. */
  private ofOpened(role: string, index: number): void {
    let start = index - 2
    if (this.is(start, ')')) start = (this.tokens.pairs.get(start) ?? 0) - 1
    while (this.isMember(start)) start -= 2
    const { name, end } = this.path(
      this.is(start + 1, '.') && start === index - 2 ? (this.assigned.get(this.at(start).text) ?? start) : start,
    )
    const args = name === OPENED ? this.callArguments(end) : undefined
    if (args !== undefined) new Perform(this, role, args, ANY).run()
  }

  /** What a method does, if it is one of a socket. */
  private socketCall(role: string, index: number): () => void {
    const args = this.callArguments(index + 1)
    return () => (args === undefined ? this.effects.unknown('net') : new Perform(this, role === 'N@' ? 'N0' : role, args, ANY).run())
  }

  isMethod(name: string): boolean {
    const role = this.table.get(`.${name}`)
    return isEffect(role) && role !== 'Fa'
  }

  /** The value of what a method is called on. */
  private object(index: number): Value {
    const dot = index - 1
    let start = dot - 1
    for (;;) {
      const { kind, text } = this.at(start)
      if (kind !== 'text' && (text === ')' || text === ']')) start = (this.tokens.pairs.get(start) ?? 0) - 1
      else if (kind === 'name' && this.isMember(start)) start -= 2
      else break
      if (start < 0) break
    }
    if (this.at(start).kind !== 'name' && this.at(start).kind !== 'text') start++
    return this.value({ start: Math.max(0, start), end: dot })
  }

  private unlisted(index: number, end: number): void {
    const { text } = this.at(index)
    if (this.is(end, '(') ? !this.defined.has(text) : this.is(index - 1, 'new')) this.effects.unknown('any')
  }

  private effect(role: string, index: number, end: number, onObject: boolean): void {
    const args = this.callArguments(end)
    if (args === undefined) {
      if ('EM'.includes(role.charAt(0)) && this.is(end, '{')) return
      if (!this.isAlias(index, end)) this.unknownOf(role)
      return
    }
    const object = onObject || (role === 'Q0' && this.isMember(end - 1)) ? textOf(this.object(onObject ? index : end - 1)) : ANY
    new Perform(this, role, args, object).run()
    if (this.given.size === 0 || !((onObject && isUnknown(object)) || args.some(range => this.isGiven(range)))) return
    this.guesses = true
    new Perform(this, role, args, onObject ? textOf(this.object(index)) : ANY).run()
    this.guesses = false
  }

  /** It speaks of a name that has several values. */
  private isGiven({ start, end }: Range): boolean {
    for (let at = start; at < end && at < start + MAX_ARGUMENTS; at++)
      if (this.assigned.get(this.at(at).text) === -1 && this.given.has(this.at(at).text)) return true
    return false
  }

  private guess(name: string, given: readonly Range[], depth: number): Value {
    const known = this.guessed.get(name)
    if (known !== undefined) return known
    this.guessed.set(name, ANY)
    const value = concat(given.map(({ start, end }) => textOf(this.value({ start, end: end || this.statementEnd(start) }, depth + 1))))
    this.guessed.set(name, value)
    return value
  }

  /** The value is given to a name that stands for it wherever it is used. */
  private isAlias(index: number, end: number): boolean {
    if (this.unclear) return false
    const start = this.is(index - 1, 'await') ? index - 1 : index
    const name = this.at(start - 2).text
    if (this.is(start - 1, '=') && this.is(start - 2, '}')) return this.endsStatement(end)
    return this.is(start - 1, '=') && this.assigned.get(name) === start && this.endsStatement(end)
  }

  unknownOf(role: string): void {
    // A method of that name is one of anything.
    if (role === 'Fa') return
    const [letter = ''] = role
    if ('EUMGH'.includes(letter)) this.effects.unknown('any')
    else if (letter === 'Q') this.effects.query(ANY)
    else if ('STIPVYCZ'.includes(letter)) this.effects.unknown('exec')
    else if ('FN'.includes(letter)) this.effects.unknown('net')
    else {
      if ('RLOA'.includes(letter)) this.effects.file('read', ANY)
      if ('WOJ'.includes(letter)) this.effects.file('write', ANY)
      if ('DX'.includes(letter)) this.effects.file('delete', ANY, letter === 'X')
      if (letter === 'B') this.effects.file('move', ANY)
      if (letter === 'A') this.effects.unknown('any')
    }
  }

  code(code: Text): void {
    scanCode(code, this.language, this.effects, this.args, this.depth + 1)
  }

  // ---- arguments and values ----

  /** The arguments of a call whose name ends before the index. */
  private callArguments(index: number): readonly Range[] | undefined {
    const { kind, text, line } = this.at(index)
    if (kind === 'sign' && text === '(') return this.split(index + 1, this.close(index))
    if (kind === 'text' && !this.language.bare) return [{ start: index, end: index + 1 }]
    if (kind === 'group' && !this.language.bare) return [{ start: index, end: this.close(index) + 1 }]
    if (!this.language.bare || line || index >= this.list.length || this.endsStatement(index)) return undefined
    if (kind === 'sign' && !'[\\-:'.includes(text)) return undefined
    const end = this.statementEnd(index)
    return end - index > MAX_ARGUMENTS ? undefined : this.split(index, end)
  }

  private statementEnd(index: number): number {
    for (let at = index; at < this.list.length; at++) {
      const { kind, text, line } = this.at(at)
      if (at > index + MAX_ARGUMENTS) return at
      if (at > index && line && (this.language.syntax.layout || kind !== 'sign')) return at
      if (kind === 'sign' && (text === ';' || text === ')' || text === '}' || text === ']')) return at
      if (kind === 'name' && this.language.bare && this.endsCall(text)) return at
      if (kind === 'name' && text === 'as' && this.language.syntax.layout) return at
      if (text === '(' || text === '[' || text === '{' || kind === 'shell') at = kind === 'text' ? at : this.close(at)
    }
    return this.list.length
  }

  /** Words after the arguments of a call; in Perl `do {…}` is one of those. */
  private endsCall(word: string): boolean {
    return (
      ' or and if unless while until for foreach '.includes(` ${word} `) || (word === 'do' && this.language.syntax.operators !== 'perl')
    )
  }

  private split(start: number, end: number): readonly Range[] {
    const ranges: Range[] = []
    let from = start
    for (let at = start; at < end; at++) {
      const { kind, text } = this.at(at)
      if (kind === 'text') continue
      if (text === '(' || text === '[' || text === '{') at = this.close(at)
      else if (text === ',') {
        ranges.push({ start: from, end: at })
        from = at + 1
      }
    }
    if (from < end) ranges.push({ start: from, end })
    return ranges
  }

  /** The value of the tokens of a range; not known where they are not understood to their end. */
  value({ start, end }: Range, depth = 0): Value {
    let pieces: Value[] = []
    let at = start
    let isPath = false
    if (depth > MAX_DEPTH) return ANY
    while (at < end) {
      const [value, next] = this.multiplied(...this.operand(at, end, depth), end, depth)
      if (isPath) pieces = [joinPaths([concat(pieces.map(textOf)), value], true)]
      else pieces.push(value)
      at = next
      this.swallows ||= at > end
      if (at === end) break
      const joined = this.joined(at)
      if (joined === 0) return ANY
      isPath = this.is(at, '/')
      at += joined
    }
    const [only] = pieces
    if (at === end && pieces.length > 1 && pieces.every(isList)) return pieces.flat()
    if (at !== end || only === undefined) return ANY
    return pieces.length === 1 ? only : concat(this.language.joins === '+' ? withoutSums(pieces) : pieces.map(textOf))
  }

  /** Texts beside each other are one. */
  private get adjoins(): boolean {
    return this.language.syntax.layout === true || this.language.syntax.operators === 'ruby'
  }

  /** `'a' * 3` of Python, `'%s' % x`. */
  private multiplied(value: Value, at: number, end: number, depth: number): readonly [Value, number] {
    const { kind, text } = this.at(at + 1)
    if (this.adjoins && at < end && this.is(at, '%')) {
      const [given, next] = this.operand(at + 1, end, depth)
      return [formatted(textOf(value), isList(given) ? given : [given], DIRECTIVE), next]
    }
    if (!this.language.syntax.layout || !this.is(at, '*') || kind !== 'number' || typeof value !== 'string') return [value, at]
    const size = value.length * Number(text)
    return [size <= LONGEST_TEXT ? value.repeat(Number(text)) : ANY, at + 2]
  }

  /** How many tokens make the operator that joins; 0 where there is none. */
  private joined(at: number): number {
    if (this.is(at, '/') && this.language.methodsOf !== undefined) return 1
    // Between the pieces of a text.
    if (this.at(at).kind === 'group' && this.is(at, '+')) return 1
    const { joins } = this.language
    return this.spells(at, joins) ? joins.length : 0
  }

  private operand(index: number, end: number, depth: number): readonly [Value, number] {
    const token = this.at(index)
    let value: Value = ANY
    let at = index + 1
    if (this.isText(index) && this.adjoins) [value, at] = this.neighbours(index, end, depth)
    else if (token.kind === 'text') value = unflatten(token.text)
    else if (token.kind === 'number') value = { number: token.text }
    else if (token.kind === 'shell') at = this.close(index) + 1
    else if (token.text === '(' || token.text === '[') [value, at] = this.bracketed(index, depth)
    else if (token.kind === 'name') [value, at] = this.named(index, depth)
    else if (token.text === '\\') return this.operand(index + 1, end, depth)
    return this.postfix(value, at, end, depth)
  }

  /** A text, or a group of what a text is made of. */
  private isText(index: number): boolean {
    return this.at(index).kind === 'text' || (this.at(index).kind === 'group' && this.is(index, '('))
  }

  /** Texts beside each other, which are one before anything is done with it. */
  private neighbours(index: number, end: number, depth: number): readonly [Value, number] {
    const pieces: Text[] = []
    let at = index
    while (at < end && this.isText(at)) {
      const [value, next] = this.at(at).kind === 'text' ? [unflatten(this.at(at).text), at + 1] : this.bracketed(at, depth)
      pieces.push(textOf(value))
      at = next
    }
    return [concat(pieces), at]
  }

  private bracketed(index: number, depth: number): readonly [Value, number] {
    const end = this.close(index)
    const ranges = this.split(index + 1, end)
    const values = ranges.map(range => this.value(range, depth + 1))
    const [only] = values
    // `[...x, y]`, `[*x, y]`: how many there are is not known.
    const spread = ranges.findIndex(({ start }) => this.is(start, '.') || this.is(start, '*'))
    if (spread !== -1) return [spread === 0 || depth > 0 ? ANY : [...values.slice(0, spread), REST], end + 1]
    if (!this.is(index, '(')) return [values, end + 1]
    if (values.length === 1 && only !== undefined && !this.is(end - 1, ',')) return [only, end + 1]
    // Elsewhere it is the last of them.
    return [this.language.syntax.layout || this.language.syntax.operators === 'perl' ? values : ANY, end + 1]
  }

  private named(index: number, depth: number): readonly [Value, number] {
    const { text } = this.at(index)
    if (text === 'new' || text === 'await') return this.named(index + 1, depth)
    const argv = this.argumentsNamed(index)
    if (argv !== undefined) return argv
    const start = this.unclear ? -1 : (this.assigned.get(text) ?? -1)
    const given = this.guesses && start === -1 ? this.given.get(text) : undefined
    if (given !== undefined) return [this.guess(text, given, depth), index + 1]
    const isValue = start !== -1 && !this.aliases.has(text) && this.standsFor(text, depth) === text
    // `const fs = require('fs')`
    if (isValue && this.path(start, depth).module !== text) return [this.assignedValue(start, depth), index + 1]
    const { name, end } = this.path(index, depth)
    const args = this.callArguments(end)
    const isOther = this.replaced.has(this.memberName(end)) || (this.aliases.has(text) && this.assigned.has(text))
    if (args === undefined && this.memberName(end) === 'server_port' && this.isOfLibraries('server_port')) return [PORT, end]
    if (args === undefined) return [isOther ? ANY : this.constant(this.table.get(name)), end]
    const next = this.is(end, '(') && this.at(end).kind === 'sign' ? this.close(end) + 1 : (args[args.length - 1]?.end ?? end)
    if (name === 'array') return [args.map(range => this.value(range, depth + 1)), next]
    const role = roleOf(this.table, name)
    if (role === 'R0W0' && !isOther && this.isItself(index) && args[0] !== undefined && this.value(args[0], depth + 1) === ':memory:')
      return [IN_MEMORY, next]
    if (role?.startsWith('H')) return [this.isItself(index) ? new Perform(this, role, args, ANY).made() : ANY, next]
    return [isOther ? ANY : this.computed(this.table.get(name), args, undefined, depth), next]
  }

  /** The name is nothing but what was imported under it: it is called or asked for members, and is given no other value. */
  private isItself(index: number): boolean {
    const { text } = this.at(index)
    const start = this.assigned.get(text)
    if (start !== undefined && (start === -1 || this.path(start).module !== text)) return false
    if (this.list.some(token => token.kind === 'name' && MEDDLING.includes(` ${token.text} `))) return false
    return this.list.every(
      (token, at) =>
        token.text !== text ||
        token.kind !== 'name' ||
        this.understood.has(at) ||
        this.isMember(at) ||
        ((this.is(at + 1, '.') || this.is(at + 1, '(')) && !DEFINING.includes(` ${this.at(at - 1).text} `)),
    )
  }

  /** What a name stands for that is not called. */
  private constant(role: string | undefined): Text {
    return role === 'x' ? this.effects.name : role === '~' ? this.home : ANY
  }

  private get home(): Text {
    return this.effects.world.home ?? ANY
  }

  private assignedValue(start: number, depth: number): Value {
    const end = this.statementEnd(start)
    return end - start > MAX_ARGUMENTS ? ANY : this.value({ start, end }, depth + 1)
  }

  private argumentsNamed(index: number): readonly [Value, number] | undefined {
    for (const [name, before] of this.language.argv) {
      const parts = name.split('.')
      if (!parts.every((part, i) => this.is(index + 2 * i, part))) continue
      const list: Value[] = []
      for (let i = 0; i < before; i++) list.push(ANY)
      return [[...list, ...this.args], index + 2 * parts.length - 1]
    }
    return undefined
  }

  /** Subscripts and methods after a value. */
  private postfix(start: Value, index: number, limit: number, depth: number): readonly [Value, number] {
    let value = start
    let at = index
    for (;;) {
      if (at >= limit) return [value, at]
      const end = this.member(at)
      const called = this.is(end, '(') && this.at(end).kind === 'sign'
      const role = this.table.get(`.${this.at(end - 1).text}`)
      if (
        end > at &&
        this.at(end - 1).kind === 'name' &&
        (called || (this.endsOperand(end, limit) && role !== undefined && !isEffect(role)))
      ) {
        value = this.replaced.has(this.memberName(end))
          ? ANY
          : value === IN_MEMORY && called
            ? value
            : this.computed(role, called ? this.split(end + 1, this.close(end)) : [], value, depth)
        at = called ? this.close(end) + 1 : end
      } else if (end > at && this.is(end - 1, 'name') && isFresh(textOf(value))) at = end
      else if (this.portEnd(at, end) !== -1) return this.postfix(PORT, this.portEnd(at, end), limit, depth)
      else if (this.is(at, '[') && this.at(at + 1).kind === 'number' && this.is(at + 2, ']')) {
        value = isList(value) ? this.element(value, Number(this.at(at + 1).text)) : ANY
        at += 3
      } else if (this.is(at, '[') && this.spells(at + 1, '::-') && this.at(at + 4).text === '1' && this.is(at + 5, ']')) {
        value = reversed(value)
        at += 6
      } else return [value, at]
    }
  }

  /** Behind `.server_port`, `.getsockname()[1]` and `.address().port`: a number, where nothing but a library can have such a member. */
  private portEnd(at: number, end: number): number {
    const isAsked = (member: string) =>
      this.spells(at - 2, '()') && this.is(at - 3, member) && this.isMember(at - 3) && this.isOfLibraries(member)
    if (end > at && this.is(end - 1, 'server_port')) return this.isOfLibraries('server_port') ? end : -1
    if (end > at) return this.is(end - 1, 'port') && isAsked('address') ? end : -1
    return this.is(at, '[') && this.at(at + 1).text === '1' && isAsked('getsockname') ? at + 3 : -1
  }

  /** The name is that of a member wherever it is told, and none that the code gives; nor has it a sign that makes a host of what stands before. */
  private isOfLibraries(name: string): boolean {
    const isAsked = (token: Token, at: number) => token.text !== name || (token.kind === 'name' && this.isMember(at))
    const isMade = ({ text, kind }: Token) =>
      (kind === 'text' && (text.includes(name) || text.includes('@'))) || MEDDLING.includes(` ${text} `)
    return !this.replaced.has(name) && this.list.every(isAsked) && !this.list.some(isMade)
  }

  /** In Perl what comes after something unknown, which may be several or none, has no known place. */
  private element(list: readonly Value[], index: number): Value {
    const isOpen = list
      .slice(0, index)
      .some(each => each === REST || (this.language.syntax.operators === 'perl' && isUnknown(textOf(each))))
    return isOpen ? ANY : (list[index] ?? ANY)
  }

  /** A method is called without brackets, and is given nothing. */
  private endsOperand(index: number, limit: number): boolean {
    return this.language.bare === true && (index >= limit || (this.at(index).kind === 'sign' && ').,+]'.includes(this.at(index).text)))
  }

  /** A list joined by a text: `list.join(text)`, `text.join(list)`, `implode(text, list)`, `concat(list, text)`; `join(text, a, b)` of Perl. */
  private joinedTexts(on: Value | undefined, args: readonly Value[]): Text {
    const { bare, syntax } = this.language
    const [first = bare ? '' : ',', second = ''] = args
    if ([on, first, second].some(each => each !== undefined && isList(each) && each.includes(REST))) return ANY
    if (on === undefined) {
      if (syntax.operators === 'perl') return joinLists(textOf(first), args.slice(1).flat())
      return isList(second) ? joinBy(textOf(first), second) : isList(first) ? joinBy(textOf(second), first) : ANY
    }
    if (isList(on)) return joinBy(textOf(first), on)
    if (isList(first) && syntax.layout) return joinBy(textOf(on), first)
    return on === '' ? textOf(first) : ANY
  }

  private splitTexts(text: Text, separator: Text | undefined): Value {
    const { bare, syntax } = this.language
    if (typeof text !== 'string') return ANY
    if ((separator === undefined && (bare || syntax.layout)) || (separator === ' ' && bare))
      return text.split(/\s+/).filter(each => each !== '')
    if (separator === undefined) return [text]
    if (typeof separator !== 'string') return ANY
    const pieces = text.split(separator)
    // Ruby leaves out empty ones at the end.
    if (bare) while (pieces[pieces.length - 1] === '') pieces.pop()
    return pieces
  }

  /** The value of a call. */
  private computed(role: string | undefined, ranges: readonly Range[], on: Value | undefined, depth: number): Value {
    const kind = isEffect(role) ? '' : (role ?? '')
    if (kind === '') return ANY
    const before = this.swallows
    this.swallows = false
    const args = ranges.map(range => this.value(range, depth + 1))
    const swallowed = this.swallows
    this.swallows = before
    if (swallowed) return ANY
    const [first = ANY, second = ANY] = args
    const text = textOf(first)
    const object = on ?? ANY
    // What a function is given, and a method is called on.
    const subject = on ?? first
    switch (kind) {
      case 'c':
        return concat((args.length === 0 ? [object] : args).map(characterOfNumber))
      case 'v':
        return isList(subject) && subject.includes(REST) ? ANY : reversed(subject)
      case 'l':
        return mapText(textOf(subject), each => mapText(ascii(each), known => known.toLowerCase()))
      case 'u':
        return mapText(textOf(subject), each => mapText(ascii(each), known => known.toUpperCase()))
      case 'n':
        return concat([textOf(object), ...args.map(textOf)])
      case 'd':
        return mapText(text, decodePercents)
      case 'z':
        // What parts a URL stays as it is.
        return mapText(text, each => (/%(?:2[3-6bcf]|3[abdf]|40)/i.test(each) ? ANY : decodePercents(each)))
      case 'w':
      case 'a':
        return mapText(textOf(object), each => (args.length > 2 ? ANY : replaced(each, text, second, kind === 'a')))
      case 'f':
        return on === undefined ? formatted(text, args.slice(1), DIRECTIVE) : formatted(textOf(on), args, BRACES)
      case 'k':
        return text === 'H*' ? mapText(textOf(isList(object) ? object[0] : object), decodeHex) : ANY
      case 'b':
        return mapText(text, plainBase64)
      case 'h':
        return mapText(text, decodeHex)
      case 'i':
        if (isList(first)) return first.every(isNumber) ? concat(first.map(characterOfNumber)) : ANY
        return args.length < 2 ? text : decodedAs(text, textOf(second))
      case '1':
        return text
      case 't':
        if (second === 'rot13' || second === 'rot_13') return mapText(text, rotate)
        return decodedAs(text, textOf(second))
      case 'e':
        return joinPaths(args, false)
      case 'y':
        return joinPaths(args, true)
      case 'p':
        return joinSlashed(args)
      case 'j':
        return this.joinedTexts(on, args)
      case 's':
        return args.length < 2 ? this.splitTexts(textOf(object), args.length === 0 ? undefined : text) : ANY
      case 'r':
        if (isList(object) && !this.language.bare && !this.language.syntax.layout) return ANY
        return args.length === 0 || (typeof first === 'string' && PLAIN.test(first)) ? object : ANY
      case 'm':
        return args.length === 0 ? mapText(textOf(object), each => each.trim()) : ANY
      case 'q':
        return mapText(textOf(object), each => (args.length === 0 && each === each.trim() ? each : ANY))
      case 'g':
        return mapText(text, each => (each.includes('$') ? ANY : each))
      case 'o':
        return mapText(text, each => (each.includes('%') ? ANY : each))
      case '~':
        return this.home
      case '$':
        return text === 'HOME' ? this.home : ANY
      case '/':
        return joinPaths([textOf(object), ...args], true)
      default:
        return ANY
    }
  }
}

/** `46 + 1` is another number, and so it may be where the one before is not known. */
function withoutSums(pieces: readonly Value[]): readonly Text[] {
  const isText = (piece: Value) => !isNumber(piece) && !isUnknown(textOf(piece))
  const before = pieces.findIndex(isText)
  const count = before === -1 ? pieces.length : before
  const texts = pieces.map(textOf)
  return count > 1 && pieces.slice(0, count).some(isNumber) ? [ANY, ...texts.slice(count)] : texts
}

/** @param encoding what the text is written in */
function decodedAs(text: Text, encoding: Text): Text {
  if (encoding === 'base64') return mapText(text, plainBase64)
  if (encoding === 'hex') return mapText(text, decodeHex)
  return typeof encoding === 'string' && PLAIN.test(encoding) ? mapText(text, ascii) : ANY
}

export function bareModule(name: string): string {
  return prefixOf(name).startsWith('node:') ? name.slice(5) : name === 'fs-extra' ? 'fs' : name
}
