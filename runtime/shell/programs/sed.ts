/** sed: its files, and a script that can read, write and run. */
import type { Text } from '../analysis.js'
import { Effects } from '../other/effects.js'
import { flatten, HOLE, unflatten } from '../other/flat.js'
import { ANY } from '../text.js'
import { pickedBySed } from './lines.js'
import type { Invocation, Model, Output } from './model.js'
import { readOptions } from './options.js'
import { ofKnownLines } from './printers.js'
import { lookupIn } from './roles.js'

const OPTIONS =
  'n|quiet|silent e|expression: f|file: E|r|regexp-extended i|in-place? I: l|line-length: s|separate u|unbuffered z|null-data a b|binary posix sandbox debug follow-symlinks help version'

const sed: Model = (call, world) => {
  const options = readOptions(call.args, OPTIONS)
  const operands = [...options.operands]
  const inPlace = options.has('-i') || options.has('-I')
  // BSD: the suffix is a word of its own, and no script begins like one
  if (inPlace && operands.length > 1 && (operands[0] === '' || (typeof operands[0] === 'string' && operands[0].startsWith('.'))))
    operands.shift()
  world.describe(options.flags, operands)
  const effects = new Effects(world, call.name)
  const scripts = [...options.values('-e')]
  const files = options.values('-f')
  if (scripts.length === 0 && files.length === 0) scripts.push(operands.shift() ?? '')
  for (const file of files) scripts.push(effects.code(file) ?? '')
  for (const operand of operands) {
    effects.file('read', operand)
    if (inPlace) effects.file('write', operand)
  }
  if (call.open && inPlace) effects.file('write', ANY)
  const silent = options.has('-n')
  const script = new SedScript(scripts.map(flatten).join('\n'), effects, operands.length === 0 ? call.stdin : undefined, silent)
  script.read()
  const [text] = scripts
  if (operands.length > 0 || scripts.length !== 1 || inPlace || options.has('-z')) return undefined
  return (typeof text === 'string' ? ofKnownLines(call.stdin, lines => pickedBySed(text, silent, lines)) : undefined) ?? script.output
}

/** The commands that end at the end of their line: what follows is text, a file or a command. */
const TO_LINE_END = 'aicrRwWe#'

/** The policies may tell this from code of which nothing is known. */
const PUT_IN = 'text that is put into code of sed'
const HOLES_ONLY = new RegExp(`^[${HOLE}\\s;{}]*$`)

/** Reads a script command by command, as GNU sed does. */
class SedScript {
  /** What `s/TEXT/TEXT/` as the whole script makes of a known input. */
  output: Output
  private at = 0

  constructor(
    private readonly script: string,
    private readonly effects: Effects,
    private readonly input: Invocation['stdin'],
    private readonly silent: boolean,
  ) {}

  read(): void {
    // `s/x/$version/`: the text would have to hold the delimiter, and a command behind it.
    if (this.script.includes(HOLE)) this.effects.world.unknown('any', HOLES_ONLY.test(this.script) ? 'code of sed' : PUT_IN)
    while (this.at < this.script.length) {
      this.skip(' \t\n;}')
      this.addresses()
      if (this.at < this.script.length) this.command(this.script.charAt(this.at++))
    }
  }

  private skip(characters: string): void {
    while (this.at < this.script.length && characters.includes(this.script.charAt(this.at))) this.at++
  }

  private addresses(): void {
    for (;;) {
      this.skip(' \t,!+~$0123456789IM')
      const next = this.script.charAt(this.at)
      if (next === '\\') this.at++
      else if (next !== '/') return
      this.delimited(this.script.charAt(this.at++))
    }
  }

  /** The text up to the delimiter, which may stand inside brackets. */
  private delimited(delimiter: string): string {
    const start = this.at
    for (let brackets = false; this.at < this.script.length; this.at++) {
      const next = this.script.charAt(this.at)
      if (next === '\\') this.at++
      else if (brackets) brackets = next !== ']'
      else if (next === delimiter) return this.script.slice(start, this.at++)
      else if (next === '[') brackets = this.closes(delimiter)
    }
    return this.script.slice(start)
  }

  /** A bracket expression begins: it has an end in its line, and the delimiter comes again after it. */
  private closes(delimiter: string): boolean {
    const end = this.script.indexOf(']', this.at + 2)
    return end !== -1 && this.script.indexOf(delimiter, end) !== -1 && !this.script.slice(this.at, end).includes('\n')
  }

  private lineEnd(): string {
    const start = this.at
    const end = this.script.indexOf('\n', start)
    this.at = end === -1 ? this.script.length : end
    return this.script.slice(start, this.at).trim()
  }

  private command(name: string): void {
    if (name === 's') return this.substitute()
    if (name === 'y') {
      const delimiter = this.script.charAt(this.at++)
      this.delimited(delimiter)
      this.delimited(delimiter)
    } else if (TO_LINE_END.includes(name)) this.lineCommand(name)
    else if (':btTv'.includes(name)) this.label()
    else if ('lLqQ'.includes(name)) this.skip(' 0123456789')
    // A typographic quote or dash: no command, so that sed runs nothing.
    else if (/[\u2010-\u201f]/.test(name)) this.at = this.script.length
    else if (name !== HOLE && !'{=dDgGhHnNpPxzF'.includes(name)) this.effects.unknown('exec')
  }

  private label(): void {
    this.skip(' \t')
    while (this.at < this.script.length && !' \t;\n}#'.includes(this.script.charAt(this.at))) this.at++
    // versions differ in whether a comment begins here
    if (this.script.charAt(this.at) === '#') this.effects.unknown('exec')
  }

  private lineCommand(name: string): void {
    let text = this.lineEnd()
    if ('aic'.includes(name)) {
      while (text.endsWith('\\') && this.at++ < this.script.length) text = this.lineEnd()
      return
    }
    const operand = unflatten(text)
    if (name === 'r' || name === 'R') this.effects.file('read', operand)
    else if (name === 'w' || name === 'W') this.effects.file('write', operand)
    else if (name === 'e') this.execute(text === '' ? undefined : operand)
  }

  /** @param command undefined: the line that is read, as it then is */
  private execute(command: Text | undefined): void {
    if (command !== undefined) this.effects.shell(command)
    else {
      if (this.input !== undefined) this.effects.shell(this.input)
      this.effects.unknown('exec')
    }
  }

  private substitute(): void {
    const delimiter = this.script.charAt(this.at++)
    const pattern = this.delimited(delimiter)
    const replacement = this.delimited(delimiter)
    const start = this.at
    this.skip('gpiImM0123456789e')
    const flags = this.script.slice(start, this.at)
    if (this.script.charAt(this.at) === 'w') {
      this.at++
      this.effects.file('write', unflatten(this.lineEnd()))
    }
    if (flags.includes('e')) {
      this.effects.shell(unflatten(unescape(replacement, delimiter)))
      this.effects.unknown('exec')
    } else if (start - pattern.length - replacement.length === 4 && this.at === this.script.length)
      this.replace(unescape(pattern, delimiter), unescape(replacement, delimiter), flags)
  }

  private replace(pattern: string, replacement: string, flags: string): void {
    const plain = pattern.replace(/^\^|\$$/g, '')
    if (
      pattern === '' ||
      !isPlain(plain, '\\[]*.^$&+?(){}|/') ||
      !isPlain(replacement, '\\&') ||
      !(this.silent ? /^g?pg?$/ : /^g?$/).test(flags)
    )
      return
    const change = (text: string) => {
      const at = pattern.startsWith('^') ? 0 : pattern.endsWith('$') ? text.length - plain.length : text.indexOf(plain)
      const end = at + plain.length
      if (at < 0 || !text.startsWith(plain, at) || (pattern.endsWith('$') && end < text.length)) return this.silent ? [] : [text]
      const isAll = flags.includes('g') && pattern === plain
      return [isAll ? text.split(plain).join(replacement) : text.slice(0, at) + replacement + text.slice(end)]
    }
    this.output = ofKnownLines(this.input, lines => lines.flatMap(change))
  }
}

/** The replacement without the backslashes that quote. */
function unescape(text: string, delimiter: string): string {
  return text.split(`\\${delimiter}`).join(delimiter)
}

function isPlain(text: string, special: string): boolean {
  return [...text].every(each => !special.includes(each) && each !== HOLE)
}

export const SED = lookupIn({ sed, gsed: sed, ssed: sed })
