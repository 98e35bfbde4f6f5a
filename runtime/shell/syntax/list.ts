/** Lists and pipelines (reference manual, 3.2.3 and 3.2.4). */
import type { Command, List, ListItem, Pipeline, Redirection } from './ast.js'
import { AMPERSAND, BAR, CLOSE, NEWLINE, OPEN, SEMICOLON } from './characters.js'
import { closes, reservedWord, skipWord } from './reserved.js'
import type { Scanner } from './scanner.js'
import { unexpected } from './simple.js'

type Item = { -readonly [Key in keyof ListItem]: ListItem[Key] }

/** Commands up to a closing word or bracket; at least one. */
export function readList(s: Scanner): List {
  const start = s.at
  const list = readItems(s, false)
  if (list.items.length === 0) s.fail(unexpected(s))
  return { ...list, start: s.start(start) }
}

/** Commands up to the end of the line, or a closing word or bracket; maybe none. */
export function readItems(s: Scanner, line: boolean): List {
  const start = s.at
  const items: Item[] = []
  let join: ListItem['join'] = ';'
  while (!isListEnd(s, line, join) && s.mayList()) {
    items.push({ command: readPipeline(s), join, background: false })
    const next = readSeparator(s, items, line)
    if (next === undefined) break
    join = next
  }
  return { kind: 'list', items, start: s.start(start), end: s.finish() }
}

/** Before a command: whether there is none. */
function isListEnd(s: Scanner, line: boolean, join: ListItem['join']): boolean {
  const code = line && join === ';' ? s.skipBlanks() : s.skipNewlines()
  const ends = isEnd(s, code) || (line && code === NEWLINE) || closes(reservedWord(s))
  if (ends && join !== ';') s.fail(unexpected(s))
  return ends
}

function isEnd(s: Scanner, code: number): boolean {
  return code === -1 || code === CLOSE || (code === SEMICOLON && (s.next() === SEMICOLON || s.next() === AMPERSAND))
}

/** @returns what connects the next command; undefined at the end of the list */
function readSeparator(s: Scanner, items: Item[], line: boolean): ListItem['join'] | undefined {
  const code = s.skipBlanks()
  if (isEnd(s, code) || (line && code === NEWLINE)) return undefined
  if (code === NEWLINE) return ';'
  if (code === SEMICOLON) {
    s.at++
    return ';'
  }
  if (code === AMPERSAND) return readAmpersand(s, items)
  if (code === BAR && s.step() === BAR) {
    s.at++
    return '||'
  }
  if (!closes(reservedWord(s))) s.fail(unexpected(s))
  return undefined
}

function readAmpersand(s: Scanner, items: Item[]): ListItem['join'] {
  if (s.step() === AMPERSAND) {
    s.at++
    return '&&'
  }
  let at = items.length - 1
  for (let item = items[at]; item !== undefined; item = item.join === ';' ? undefined : items[--at]) item.background = true
  return ';'
}

/** Commands with `|` between them; alone, the command itself. */
function readPipeline(s: Scanner): Command {
  const start = s.at
  const commands: Command[] = []
  if (isPrefix(reservedWord(s))) return readPrefixed(s, start, commands)
  readMembers(s, commands)
  const [first, second] = commands
  return first !== undefined && second === undefined ? first : pipeline(s, start, false, false, commands)
}

function pipeline(s: Scanner, start: number, negated: boolean, timed: boolean, commands: readonly Command[]): Pipeline {
  return { kind: 'pipeline', negated, timed, commands, start: s.start(start), end: s.finish() }
}

function isPrefix(word: string): boolean {
  return word === '!' || word === 'time'
}

/** `!` and `time`, in any order. */
function readPrefixed(s: Scanner, start: number, commands: Command[]): Pipeline {
  let negated = false
  let timed = false
  for (let word = reservedWord(s); isPrefix(word); word = reservedWord(s)) {
    if (word === '!') {
      negated = !negated
      if (s.step() === OPEN) s.mark('extglob', 'a pattern list', s.at)
    } else {
      timed = true
      skipWord(s)
      readTimeOptions(s)
    }
    s.skipBlanks()
  }
  if (!isPipelineEnd(s)) readMembers(s, commands)
  return pipeline(s, start, negated, timed, commands)
}

function readTimeOptions(s: Scanner): void {
  for (const option of ['-p', '--']) {
    s.skipBlanks()
    if (s.text.startsWith(option, s.at) && isBlankAt(s, s.at + 2)) s.at += 2
  }
}

function isBlankAt(s: Scanner, at: number): boolean {
  return at >= s.end || ' \t\n;&|'.includes(s.text.charAt(at))
}

/** `!` and `time` may stand alone before a newline, a semicolon or the end. */
function isPipelineEnd(s: Scanner): boolean {
  const code = s.code()
  return code === -1 || code === NEWLINE || (code === SEMICOLON && s.next() !== SEMICOLON && s.next() !== AMPERSAND)
}

function readMembers(s: Scanner, commands: Command[]): void {
  for (;;) {
    commands.push(s.grammar.command(s))
    if (s.skipBlanks() !== BAR || !s.mayList()) return
    const { at } = s
    const code = s.step()
    if (code === BAR) {
      s.at = at
      return
    }
    if (code === AMPERSAND) pipeErrors(s, commands, at)
    s.skipNewlines()
  }
}

/** `|&` redirects the errors of the command before it, after its own redirections; to define a function has none. */
function pipeErrors(s: Scanner, commands: Command[], start: number): void {
  s.at++
  const command = commands.pop()
  const target = s.word([s.textPart('1', false, start)], start)
  const both: Redirection = { operator: '>&', descriptor: 2, target, start: s.start(start), end: s.finish() }
  if (command !== undefined) commands.push(redirected(command, both))
}

function redirected(command: Command, redirection: Redirection): Command {
  switch (command.kind) {
    case 'function':
    case 'coproc':
    case 'pipeline':
      return command
    default:
      return { ...command, redirections: [...command.redirections, redirection] }
  }
}
