/**
 * What a text of PowerShell does. It is read as commands, pipelines and nested blocks; every block counts as run. Each command becomes
 * a call of its cmdlet or program; an expression does nothing but through the methods that it calls, which are known or can be anything.
 */
import type { Text } from '../analysis.js'
import type { World } from '../programs/model.js'
import { ANY, prefixOf } from '../text.js'
import { canonical, isActing, isCmdlet, isProgramToo, isReading } from './cmdlets.js'
import { Effects } from './effects.js'
import { flatten, HOLE, isUnknown, unflatten } from './flat.js'
import { BRACES, concat, decodeBase64, formatted, mapText } from './values.js'

const MAX_DEPTH = 32
const MAX_CODE = 65536
const KEYWORDS =
  ' if elseif else foreach for while do until switch try catch finally return throw function filter param begin process end in break continue exit trap dynamicparam hidden static '
/** Methods that compute, and those of the types that do. */
const METHODS =
  ' trim trimend trimstart split replace tostring tolower toupper substring contains startswith endswith getstring getbytes add format join padleft padright ' +
  'indexof lastindexof insert remove equals compareto gettype tochararray addhours adddays addminutes toarray sort reverse clone frombase64string tobase64string '
const TYPES =
  ' math string char int int32 int64 long double bool datetime timespan guid environment convert version array hashtable pscustomobject psobject regex text.encoding ' +
  'system.text.encoding system.math system.convert system.environment system.guid system.datetime system.string system.io.path io.path byte byte[] string[] ' +
  'int[] ordered pscredential void uri system.uri console system.console switch parameter cmdletbinding char[] xml net.servicepointmanager net.securityprotocoltype '
const FINDERS = ' get-childitem get-item resolve-path '
/** What `$PROFILE` names. */
const PROFILE = '~/.config/powershell/Microsoft.PowerShell_profile.ps1'
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '0': '\0', a: '\x07', '\n': '' }

/** Tells the world what the code does. @param name the program, for people */
export function analysePowerShell(code: Text, world: World, name = 'pwsh', depth = 0): void {
  const effects = new Effects(world, name)
  const flat = flatten(code)
  if (flat.length > MAX_CODE || depth > MAX_DEPTH || isUnknown(code)) return effects.unknown('any')
  new Reader(flat, effects, depth).script('')
}

class Reader {
  private at = 0
  private depth: number
  private nesting = 0
  private readonly variables = new Map<string, Text>()
  private readonly functions = new Set<string>()
  /** What the last command of the pipeline gives to the next one. */
  private piped: Text | undefined
  private isPiped = false
  /** Where it looked for files, if it is a cmdlet that finds files. */
  private found: Text | undefined
  /** The last type that was named only computes. */
  private computes = false
  /** There are parameters: a variable may be one of them. */
  private hasParameters = false
  /** Texts of the code, and whether it reads a file of which nothing is known: that may be one of them. */
  private readonly texts = new Set<string>()
  private isBlind = false

  constructor(
    private readonly code: string,
    private readonly effects: Effects,
    depth: number,
  ) {
    this.depth = depth
  }

  /** Reads statements up to a closing bracket. @returns the value, where it is one expression */
  script(close: string): Text {
    if (++this.depth > MAX_DEPTH) {
      this.effects.unknown('any')
      this.at = this.code.length
    }
    let value: Text = ANY
    for (let first = true; this.at < this.code.length; first = false) {
      this.blanks('; \t\r\n&')
      if (this.code.charAt(this.at) === close) break
      const before = this.at
      const next = this.pipeline()
      value = first ? next : ANY
      if (this.at === before) this.at++
    }
    if (close !== '') this.at++
    else if (this.isBlind) for (const text of this.texts) this.effects.mayRead(text)
    this.depth--
    return value
  }

  private blanks(characters: string): void {
    for (;;) {
      const next = this.code.charAt(this.at)
      if (next !== '' && characters.includes(next) && !(next === '&' && this.code.charAt(this.at + 1) !== '&')) this.at++
      else if (next === '&' && characters.includes('&') && this.code.charAt(this.at + 1) === '&') this.at += 2
      else if (next === '#') this.skipTo('\n')
      else if (this.is('<#')) this.skipTo('#>')
      else if (this.is('`\n')) this.at += 2
      else return
    }
  }

  private is(text: string): boolean {
    return this.code.startsWith(text, this.at)
  }

  private skipTo(end: string): void {
    const found = this.code.indexOf(end, this.at)
    this.at = found === -1 ? this.code.length : found + end.length
  }

  private pipeline(): Text {
    this.piped = undefined
    this.isPiped = false
    this.found = undefined
    let value = this.command()
    while (this.code.charAt(this.at) === '|') {
      const or = this.is('||')
      this.at += or ? 2 : 1
      this.isPiped = !or
      this.piped = isUnknown(value) ? undefined : value
      this.blanks(' \t\r\n')
      value = this.command()
    }
    return value
  }

  private command(): Text {
    if (++this.nesting > MAX_DEPTH * 2) this.at = this.code.length
    if (this.nesting === MAX_DEPTH * 2 + 1) this.effects.unknown('any')
    const value = this.commandOrExpression()
    this.nesting--
    return value
  }

  private commandOrExpression(): Text {
    this.blanks(' \t')
    const next = this.code.charAt(this.at)
    if (next === '&' || (next === '.' && ' \t\'"$(&'.includes(this.code.charAt(this.at + 1)))) {
      this.at++
      this.blanks(' \t')
      if (this.code.charAt(this.at) === '{') return this.expression()
      return this.call()
    }
    if (next === '' || '$[("\'@{!+-0123456789,'.includes(next)) return this.expression()
    return this.call()
  }

  /** A command and its arguments. */
  private call(): Text {
    const words: Text[] = []
    for (;;) {
      this.blanks(' \t,')
      const next = this.code.charAt(this.at)
      if (next === '' || ';|\n\r)}'.includes(next) || this.is('&&')) break
      if (next === '&') this.at++
      else if (this.redirects()) continue
      else if (this.is('--%')) {
        this.at += 3
        const start = this.at
        while (this.at < this.code.length && !'\n|;'.includes(this.code.charAt(this.at))) this.at++
        for (const word of this.code.slice(start, this.at).split(' ')) if (word !== '') words.push(unflatten(word))
      } else {
        const start = this.at
        words.push(this.word())
        const bare = this.code.slice(start, this.at).toLowerCase()
        if (words.length === 1 && KEYWORDS.includes(` ${bare} `)) return this.keyword(bare)
        if (words.length === 2 && bare === '=') return this.pipelineAfter()
      }
    }
    return this.run(words)
  }

  private pipelineAfter(): Text {
    this.blanks(' \t')
    return this.command()
  }

  private keyword(word: string): Text {
    this.blanks(' \t\r\n')
    if (word === 'switch') this.switched()
    if (word === 'param' || word === 'function' || word === 'filter') this.hasParameters = true
    if (word === 'function' || word === 'filter') {
      this.functions.add(flatten(this.word()).toLowerCase())
      this.blanks(' \t\r\n')
    }
    return this.command()
  }

  /** `switch -File f { … }` */
  private switched(): void {
    for (let option = this.option(); option !== ''; option = this.option()) {
      this.at += option.length
      this.blanks(' \t')
      if ('-file'.startsWith(option)) this.effects.file('read', this.word())
      this.blanks(' \t')
    }
  }

  private option(): string {
    return /^-[a-z]{1,16}(?=\s)/i.exec(this.code.slice(this.at, this.at + 20))?.[0].toLowerCase() ?? ''
  }

  /** `> f`, `2>> f`, `*> f`, `2>&1`. */
  private redirects(): boolean {
    let end = this.at
    while (end < this.at + 1 && '*123456'.includes(this.code.charAt(end))) end++
    if (this.code.charAt(end) !== '>') return false
    this.at = end + (this.code.charAt(end + 1) === '>' ? 2 : 1)
    if (this.code.charAt(this.at) === '&') this.at += 2
    else {
      this.blanks(' \t')
      const target = this.word()
      if (typeof target !== 'string' || target.toLowerCase() !== '$null') this.effects.file('write', target)
    }
    return true
  }

  private run(words: readonly Text[]): Text {
    const [name, ...args] = words
    if (name === undefined) return ANY
    if (typeof name !== 'string') {
      this.effects.unknown(isUnknown(name) ? 'any' : 'exec')
      return ANY
    }
    const lower = name.toLowerCase().replace(/^microsoft\.powershell\.\w+\\/, '')
    if (this.functions.has(lower)) return ANY
    const cmdlet = canonical(lower)
    if (lower === 'echo' || cmdlet === 'write-output') return args.length === 1 ? (args[0] ?? ANY) : ANY
    if (/\.ps1$/.test(lower)) {
      const code = this.effects.code(name)
      if (code !== undefined) analysePowerShell(code, this.effects.world, this.effects.name, this.depth + 1)
      return ANY
    }
    const how = { via: this.effects.name, ...(this.piped === undefined ? {} : { stdin: this.piped }) }
    if (cmdlet === undefined && (isActing(lower) || lower === 'sal' || lower === 'nal')) this.effects.unknown('any')
    if (cmdlet !== undefined && isReading(cmdlet) && args.some(isUnknown)) this.isBlind = true
    if (cmdlet === 'invoke-expression') this.invoke(args)
    else if (cmdlet !== undefined || isCmdlet(lower)) this.effects.world.run([cmdlet ?? lower, ...args, ...this.source(cmdlet, args)], how)
    if ((cmdlet === undefined && !isCmdlet(lower)) || isProgramToo(lower)) this.effects.world.run(words, how)
    this.found = FINDERS.includes(` ${cmdlet ?? ''} `) ? (args.find(each => !prefixOf(each).startsWith('-')) ?? '.') : undefined
    return ANY
  }

  /** `gci d | ri`: what is done to everything that another cmdlet found. */
  private source(cmdlet: string | undefined, args: readonly Text[]): readonly Text[] {
    const isNamed = args.some(each => !prefixOf(each).startsWith('-'))
    return !this.isPiped || this.found === undefined || isNamed || cmdlet === undefined ? [] : [this.found, '-recurse']
  }

  private invoke(args: readonly Text[]): void {
    const code = args.find(each => !prefixOf(each).startsWith('-')) ?? this.piped ?? ANY
    analysePowerShell(code, this.effects.world, this.effects.name, this.depth + 1)
  }

  // ---- words and values ----

  private word(): Text {
    const pieces: Text[] = []
    const start = this.at
    while (this.at < this.code.length) {
      const next = this.code.charAt(this.at)
      if (' \t\r\n;|,)}&'.includes(next) || (this.at > start && next === '{')) break
      if (next === '(' || next === '{') pieces.push(this.nested(next))
      else pieces.push(this.piece(next))
    }
    if (this.at === start) this.at++
    return concat(pieces)
  }

  private nested(open: string): Text {
    this.at++
    const { piped, isPiped } = this
    const value = this.script(open === '(' ? ')' : '}')
    this.piped = piped
    this.isPiped = isPiped
    return open === '(' ? value : ANY
  }

  private piece(next: string): Text {
    if (next === "'" || next === '"') return this.quoted(next)
    if (next === '$') return this.variable()
    this.at++
    if (next === '@' && (this.is('(') || this.is('{'))) return this.nested(this.code.charAt(this.at))
    if (next === '@' && (this.is('"\n') || this.is("'\n"))) return this.hereString()
    if (next === HOLE) this.effects.unknown('any')
    if (next !== '`') return next
    const escaped = this.code.charAt(this.at++)
    return ESCAPES[escaped] ?? escaped
  }

  private hereString(): Text {
    const end = this.code.indexOf(`\n${this.code.charAt(this.at)}@`, this.at)
    const expands = this.is('"')
    const text = this.code.slice(this.at + 2, end === -1 ? undefined : end)
    this.at = end === -1 ? this.code.length : end + 3
    if (expands && text.includes('$(')) this.effects.unknown('any')
    return expands && text.includes('$') ? ANY : unflatten(text)
  }

  private quoted(quote: string): Text {
    const pieces: Text[] = []
    this.at++
    for (;;) {
      const next = this.code.charAt(this.at)
      if (next === '' || (next === quote && this.code.charAt(this.at + 1) !== quote)) break
      if (next === quote) this.at++
      if (next === HOLE) this.effects.unknown('any')
      if (quote === '"' && (next === '$' || next === '`')) pieces.push(this.piece(next))
      else {
        pieces.push(next)
        this.at++
      }
    }
    this.at++
    const text = concat(pieces)
    if (typeof text === 'string') this.texts.add(text)
    return text
  }

  /** `$x`, `${x}`, `$env:X`, `$x.y`, `$(…)`. */
  private variable(): Text {
    this.at++
    if (this.is('(')) return this.nested('(')
    const start = this.at
    if (this.is('{')) this.skipTo('}')
    else while (/[A-Za-z0-9_:?]/.test(this.code.charAt(this.at)) && !this.is('::')) this.at++
    const name = this.code.slice(start, this.at).toLowerCase()
    if (name === '') return '$'
    const [, file] = /^\{(?!env:|variable:|function:|alias:|global:|script:|local:|private:|using:)(?:\w+:)(.+)\}$/.exec(name) ?? []
    if (file !== undefined) this.effects.file('read', file)
    if (name === 'profile') return PROFILE
    if (name === 'null' || name === 'true' || name === 'false') return `$${name}`
    return this.hasParameters ? ANY : (this.variables.get(name) ?? ANY)
  }

  /** An expression: its value, and what its methods do. */
  private expression(): Text {
    const start = this.at
    const pieces: Text[] = []
    let known = true
    let object: Text = ANY
    while (this.at < this.code.length) {
      this.blanks(' \t')
      const next = this.code.charAt(this.at)
      if (next === '' || ';|\n\r)}'.includes(next) || this.is('&&')) break
      if (this.redirects()) continue
      if (next === '=' && !this.is('==')) return this.assign(start)
      if (next === '.' || this.is('::')) {
        object = this.member(object)
        known &&= !isUnknown(object)
        pieces[Math.max(0, pieces.length - 1)] = object
      } else if (next === '[') {
        const character = this.type()
        if (character !== undefined) pieces.push(character)
      } else if (next === '+' && pieces.length > 0) this.at++
      else if (next === '-' || /[A-Za-z!]/.test(next)) {
        if (this.option() === '-f') {
          this.at += 2
          pieces.push(formatted(concat(pieces.splice(0)), this.list(), BRACES))
          continue
        }
        known = false
        if (this.bareWord()) {
          this.define(
            this.code
              .slice(start + 1, this.at)
              .split(' ', 1)[0]
              ?.toLowerCase() ?? '',
            ANY,
          )
          this.blanks(' \t')
          return this.command()
        }
      } else if (next === '(' || next === '{') pieces.push((object = this.nested(next)))
      else if (next === ',' || '+*/%<>?]=&'.includes(next)) {
        known = false
        this.at++
      } else pieces.push((object = this.piece(next)))
    }
    return known && pieces.length > 0 ? concat(pieces) : ANY
  }

  /** Expressions with commas between them. */
  private list(): readonly Text[] {
    const list = [this.argument()]
    while (this.is(',')) {
      this.at++
      list.push(this.argument())
    }
    return list
  }

  /** An operator like `-eq`; a command begins after `in`. */
  private bareWord(): boolean {
    const start = this.at++
    while (/[\w-]/.test(this.code.charAt(this.at))) this.at++
    return this.code.slice(start, this.at).toLowerCase() === 'in'
  }

  private assign(start: number): Text {
    const name = this.code.slice(start, this.at).trim().toLowerCase()
    this.at++
    this.blanks(' \t\r\n')
    const value = this.command()
    const key = /^\$(\w+)(.*)$/s.exec(name)
    if (key !== null) this.define(key[1] ?? '', key[2] === '' && this.depth === 1 && !this.is('|') ? value : ANY)
    return ANY
  }

  private define(name: string, value: Text): void {
    this.variables.set(name, this.variables.has(name) ? ANY : value)
  }

  /** `[Type]`, with `::` after it or not. @returns of `[char]46` the character */
  private type(): string | undefined {
    this.computes = false
    const end = this.code.indexOf(']', this.at)
    let name = this.code.slice(this.at + 1, end === -1 ? undefined : end).toLowerCase()
    this.at = end === -1 ? this.code.length : end + 1
    if (name.endsWith('[')) {
      name += ']'
      this.at++
    }
    if (
      name.startsWith('system.io.file') ||
      name.startsWith('io.file') ||
      name.startsWith('system.io.directory') ||
      name.startsWith('io.directory')
    )
      return undefined
    const [number] = (name === 'char' && /^(?:\d+|0x[0-9a-f]+)/i.exec(this.code.slice(this.at, this.at + 8))) || []
    if (number !== undefined) {
      this.at += number.length
      return String.fromCharCode(Number(number))
    }
    this.computes = TYPES.includes(` ${name} `)
    if (/[$"'(]/.test(name) || (this.is('::') && !this.computes)) this.effects.unknown('any')
    return undefined
  }

  /** `.Name`, `::Name`, with arguments or not. @returns the value */
  private member(object: Text): Text {
    const computes = this.is('::') && this.computes
    this.at += this.is('::') ? 2 : 1
    const start = this.at
    while (/\w/.test(this.code.charAt(this.at))) this.at++
    const name = this.code.slice(start, this.at).toLowerCase()
    if (!this.is('(')) {
      if (name === '') this.effects.unknown('any')
      return ANY
    }
    const args = this.methodArguments()
    const [first = ANY, second = ANY] = args
    if (name === 'downloadstring' || name === 'downloaddata' || name === 'openread') this.effects.fetch(first)
    else if (name === 'downloadfile') {
      this.effects.fetch(first)
      this.effects.file('write', second)
    } else if (name === 'delete' && args.length > 0) this.effects.file('delete', first, true)
    else if (/^(readall|openread|opentext|getfiles|getdirectories)/.test(name)) this.effects.file('read', first)
    else if (/^(writeall|appendall|create|openwrite)/.test(name)) this.effects.file('write', first)
    else if (name === 'copy' || name === 'move') {
      this.effects.file(name === 'copy' ? 'read' : 'delete', first)
      this.effects.file('write', second)
    } else if (name === 'exists' || name === 'combine' || name.startsWith('get') || computes || METHODS.includes(` ${name} `))
      return computed(name, object, first)
    else this.effects.unknown('any')
    return ANY
  }

  private methodArguments(): readonly Text[] {
    const args: Text[] = []
    this.at++
    while (this.at < this.code.length) {
      this.blanks(' \t\r\n,;')
      if (this.is(')')) break
      const before = this.at
      args.push(this.argument())
      if (this.at === before) this.at++
    }
    this.at++
    return args
  }

  /** An expression up to a comma. */
  private argument(): Text {
    const pieces: Text[] = []
    while (this.at < this.code.length) {
      this.blanks(' \t\r\n')
      const next = this.code.charAt(this.at)
      if (next === ',' || next === ')' || next === '}' || next === ';' || next === '') break
      if (next === '+') this.at++
      else if (next === '[') {
        const character = this.type()
        if (character !== undefined) pieces.push(character)
      } else if (next === '.' || this.is('::')) {
        const last = pieces.pop() ?? ANY
        pieces.push(this.member(last))
      } else if (next === '(' || next === '{') pieces.push(this.nested(next))
      else pieces.push(this.piece(next))
    }
    return concat(pieces)
  }
}

function computed(name: string, object: Text, first: Text): Text {
  if (name === 'frombase64string') return mapText(first, decodeBase64)
  if (name === 'getstring') return mapText(first, text => text.split('\0').join(''))
  return name === 'trim' || name === 'tostring' ? object : ANY
}
