/** What a line of the command interpreter of Windows does. Its own commands are told; any other word is a program. */
import type { Text } from '../analysis.js'
import type { World } from '../programs/model.js'
import { ANY, prefixOf } from '../text.js'
import { Effects } from './effects.js'
import { flatten, HOLE, isUnknown, unflatten } from './flat.js'

const MAX_DEPTH = 16
/** Commands that change nothing. */
const QUIET =
  ' echo set rem cls cd chdir ver vol pause title color prompt setlocal endlocal goto exit verify date time path assoc ftype pushd popd shift break '
/** D delete · R read · W write · L list · C copy · M move */
const ROLES: Readonly<Record<string, string>> = {
  del: 'D',
  erase: 'D',
  rd: 'D',
  rmdir: 'D',
  type: 'R',
  more: 'R',
  find: 'R',
  findstr: 'R',
  copy: 'C',
  xcopy: 'C',
  robocopy: 'C',
  move: 'M',
  ren: 'M',
  rename: 'M',
  md: 'W',
  mkdir: 'W',
  mklink: 'W',
  dir: 'L',
}

/** Tells the world what the line does. */
export function analyseCmd(line: Text, world: World, depth = 0): void {
  const effects = new Effects(world, 'cmd')
  if (depth > MAX_DEPTH || isUnknown(line)) return effects.unknown('any')
  const flat = flatten(line)
  if (flat.includes(HOLE)) effects.unknown('any')
  const commands = readCommands(flat, effects)
  for (let i = 0; i < commands.length; i++) {
    const words = commands[i] ?? []
    if (words[0]?.toLowerCase() === 'for') loop(words, commands[++i] ?? [], world, depth)
    else run(words, effects)
  }
}

/** The set of a loop; that of `for /f` may be a command in quotes. */
function loop(words: readonly string[], set: readonly string[], world: World, depth: number): void {
  const line = set.join(' ')
  if (line.startsWith("'") && words.some(each => each.toLowerCase() === '/f'))
    analyseCmd(unflatten(line.split("'")[1] ?? ''), world, depth + 1)
}

/** The words of each simple command; redirections are told at once. */
function readCommands(line: string, effects: Effects): readonly (readonly string[])[] {
  const commands: string[][] = []
  let words: string[] = []
  let word: string | undefined
  let redirection = ''
  let quoted = false
  const endWord = () => {
    if (word !== undefined && redirection !== '') effects.file(redirection === '<' ? 'read' : 'write', pathOf(word))
    else if (word !== undefined) words.push(word)
    if (word !== undefined) redirection = ''
    word = undefined
  }
  for (let at = 0; at < line.length; at++) {
    const next = line.charAt(at)
    if (next === '"') {
      quoted = !quoted
      word ??= ''
    } else if (quoted) word = (word ?? '') + next
    else if (next === '^') word = (word ?? '') + line.charAt(++at)
    else if (next === '>' || next === '<') {
      if (word !== undefined && /^[0-9]$/.test(word)) word = undefined
      endWord()
      redirection = next
      if (line.charAt(at + 1) === '>') at++
      if (line.charAt(at + 1) === '&') {
        at += 2
        redirection = ''
      }
    } else if ('&|\n()'.includes(next)) {
      endWord()
      commands.push(words)
      words = []
    } else if (' \t\r,;='.includes(next)) endWord()
    else word = (word ?? '') + next
  }
  endWord()
  commands.push(words)
  return commands
}

/** `%NAME%`, `!NAME!`, and `%i` of a loop are not known. */
function textOf(word: string): Text {
  return unflatten(word.replace(/%[^%]*%|![^!]*!|%%?~?[a-zA-Z0-9*]/g, HOLE))
}

function pathOf(word: string): Text {
  return textOf(word.split('\\').join('/'))
}

/** The words from the name of the command that is run: behind `@`, `call`, `if …`. */
function commandOf(words: readonly string[]): readonly string[] {
  for (let at = 0; at < words.length; at++) {
    const word = (words[at] ?? '').replace(/^@+/, '').toLowerCase()
    if (word === 'if') at = afterCondition(words, at + 1)
    else if (word === 'start') while (/^(\/.*)?$/.test(words[at + 1] ?? '/') && at + 1 < words.length) at++
    else if (!' do else call '.includes(` ${word} `) && word !== '') return [word, ...words.slice(at + 1)]
  }
  return []
}

/** `not exist F …`, `a==b …`. @returns the index of the last word of the condition */
function afterCondition(words: readonly string[], start: number): number {
  let at = start
  while (/^(not|\/i)$/i.test(words[at] ?? '')) at++
  return at + 1
}

function run(words: readonly string[], effects: Effects): void {
  const [first, ...rest] = commandOf(words)
  if (first === undefined || QUIET.includes(` ${first} `) || /^(echo\.|:|rem)/.test(first)) return
  const role = ROLES[first]
  if (role === undefined) program(first, [textOf(first), ...rest.map(textOf)], effects)
  else files(role, rest, effects)
}

function program(name: string, words: readonly Text[], effects: Effects): void {
  if (/\.(bat|cmd)$/.test(name)) effects.project(words[0] ?? '')
  else if (prefixOf(words[0] ?? ANY) === '') effects.unknown('exec')
  else effects.run(words)
}

function files(role: string, words: readonly string[], effects: Effects): void {
  const paths = words.filter(each => !/^\/(?:[^/]*$|[^/]*:)/.test(each)).map(pathOf)
  const recursive = words.some(each => /^\/[se]$/i.test(each))
  const last = paths[paths.length - 1] ?? ''
  if (role === 'C' || role === 'M') {
    for (const path of paths.slice(0, -1)) effects.file(role === 'C' ? 'read' : 'delete', path, recursive)
    effects.file('write', last, recursive)
  } else if (role === 'R') for (const path of paths) effects.file('read', path)
  else if (role === 'W') for (const path of paths) effects.file('write', path)
  else if (role === 'D') for (const path of paths) effects.file('delete', path, recursive)
  else effects.file('list', last === '' ? '.' : last, recursive)
}
