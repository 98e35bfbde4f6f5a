/** `env`: assignments before a program, and `-S`, which splits one argument into several. */
import { AbstractString, type Part } from '../../decide/abstract-string.js'
import type { Text } from '../analysis.js'
import { ANY, dropPrefix, partsOf, prefixOf } from '../text.js'
import { type Launch, runAny, takeAssignments } from './launch.js'
import type { Output } from './model.js'
import { readOptions } from './options.js'

const GRAMMAR =
  'i|ignore-environment 0|null u|unset: C|chdir: P: a|argv0: v|debug block-signal? default-signal? ignore-signal? list-signal-handling help version'

const MAX_SPLITS = 8

export function runEnv({ call, how, world }: Launch): Output {
  let args = call.args
  for (let i = 0; i < MAX_SPLITS; i++) {
    const next = splitFirst(args)
    if (next === undefined) break
    args = next
  }
  const options = readOptions(args, GRAMMAR, 'stop')
  const words = options.operands[0] === '-' ? options.operands.slice(1) : options.operands
  const [assignments, inner] = takeAssignments(words, how.assignments)
  const cwd = options.value('--chdir')
  const reach = { ...how, assignments, open: call.open, ...(cwd === undefined ? {} : { cwd }) }
  world.describe(options.flags, options.operands)
  if (options.unknown) return runAny(args, reach, world)
  if (inner.length > 0) return world.run(inner, reach)
  return call.open ? world.run([ANY], reach) : undefined
}

/** Replaces the first `-S text` among the options by the words of the text. @returns undefined where there is none */
function splitFirst(args: readonly Text[]): readonly Text[] | undefined {
  for (let i = 0; i < args.length; i++) {
    const word = args[i] ?? ''
    const prefix = prefixOf(word)
    if (!prefix.startsWith('-') || word === '--' || word === '-') return undefined
    const found = splitOption(word, prefix, args[i + 1])
    if (found === undefined) continue
    if (found === 'next') i++
    else return [...args.slice(0, i), ...splitString(found.text), ...args.slice(i + (found.attached ? 1 : 2))]
  }
  return undefined
}

/** @returns `next` where an option takes the next word */
function splitOption(
  word: Text,
  prefix: string,
  next: Text = '',
): { readonly text: Text; readonly attached: boolean } | 'next' | undefined {
  if (prefix.startsWith('--')) {
    const end = prefix.indexOf('=')
    const name = end === -1 ? prefix : prefix.slice(0, end)
    if (name.length > 2 && '--split-string'.startsWith(name))
      return end === -1 ? { text: next, attached: false } : { text: dropPrefix(word, end + 1), attached: true }
    return end === -1 && ('--unset'.startsWith(name) || '--chdir'.startsWith(name) || '--argv0'.startsWith(name)) ? 'next' : undefined
  }
  for (let i = 1; i < prefix.length; i++) {
    const letter = prefix.charAt(i)
    const value = dropPrefix(word, i + 1)
    if (letter === 'S') return value === '' ? { text: next, attached: false } : { text: value, attached: true }
    if ('uCPa'.includes(letter)) return value === '' ? 'next' : undefined
  }
  return undefined
}

const ESCAPES: Readonly<Record<string, string>> = { f: '\f', n: '\n', r: '\r', t: '\t', v: '\v', _: ' ' }

/** The words of a text as `env -S` splits it: quotes, `\_`, `${NAME}`, a comment, `\c` to end it. */
export function splitString(text: Text): readonly Text[] {
  const splitter = new Splitter()
  for (const part of partsOf(text)) {
    if (splitter.ended) break
    if (typeof part === 'string') splitter.readPart(part)
    else splitter.add(part)
  }
  return splitter.finish()
}

class Splitter {
  ended = false
  private readonly words: Text[] = []
  private parts: Part[] | undefined
  private quote = ''

  add(part: Part): void {
    this.parts ??= []
    this.parts.push(part)
  }

  readPart(part: string): void {
    for (let i = 0; i < part.length && !this.ended; i++) i = this.character(part, i)
  }

  finish(): readonly Text[] {
    this.end()
    return this.words
  }

  private end(): void {
    if (this.parts !== undefined) this.words.push(AbstractString.of(this.parts))
    this.parts = undefined
  }

  /** @returns the index of the last character that it took */
  private character(part: string, i: number): number {
    const c = part.charAt(i)
    if (c === '\\' && (this.quote !== "'" || part.charAt(i + 1) === "'" || part.charAt(i + 1) === '\\')) this.escape(part.charAt(i + 1))
    else if (c === '$' && part.charAt(i + 1) === '{' && this.quote !== "'") return this.variable(part, i)
    else if (c === this.quote) this.quote = ''
    else if (this.quote !== '') this.add(c)
    else if (c === '"' || c === "'") this.open(c)
    else if (' \t\n\v\f\r'.includes(c)) this.end()
    else if (c === '#' && this.parts === undefined) this.ended = true
    else this.add(c)
    return c === '\\' ? i + 1 : i
  }

  private open(quote: string): void {
    this.quote = quote
    this.add('')
  }

  private escape(c: string): void {
    if (c === 'c' && this.quote === '') this.ended = true
    else if (c === '_' && this.quote === '') this.end()
    else this.add(ESCAPES[c] ?? c)
  }

  private variable(part: string, at: number): number {
    const end = part.indexOf('}', at)
    this.add({ hole: 'any' })
    return end === -1 ? part.length : end
  }
}
