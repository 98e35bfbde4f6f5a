/** Lines for editors, debuggers and database clients, of which some have a shell run something. */
import type { Text } from '../analysis.js'
import type { Reach, World } from './model.js'

/** Words in front of the text for the shell. */
const STARTS = [
  '.shell ',
  '.system ',
  'shell ',
  'system ',
  'platform shell ',
  'terminal ',
  'ter ',
  'term ',
  'make ',
  '\\!',
  '~!',
  '.once |',
  '.output |',
  '\\o |',
  '\\g |',
]

/** Words that start code of another language or read it from a file. */
const CODE = [
  'py',
  'lua',
  'rub',
  'perl',
  'so ',
  'source ',
  'call ',
  'cal ',
  'exe',
  'script',
  '.load',
  '.read',
  '.import |',
  'guile',
  'load',
  '\\i ',
]

/** Lines that start a shell, which reads what follows. */
const SHELLS = ['sh', 'shell', 'terminal', 'term', 'ter', '.shell']

/** Text anywhere in a line that makes it run more than it says. */
const INNER = ['system(', 'popen(', 'exec(', 'load_extension(', 'edit(', ' program ']

/** What may stand before the `!` of a command for the shell: a range, `:r`, `:w `, another command. */
const BEFORE = ['', 'r', 'read', 'w', 'write', 'sil', 'silent', 'silent!', 'e']

const MAX_LINES = 500

/** Runs what the lines have a shell run. */
export function runLines(text: Text, how: Reach, world: World): void {
  if (typeof text !== 'string') return world.unknown('exec', `commands for ${how.via}`)
  const lines = text.split('\n')
  if (lines.length > MAX_LINES) world.unknown('exec', `commands for ${how.via}`)
  for (const line of lines.slice(0, MAX_LINES)) runLine(line, how, world)
}

function runLine(text: string, how: Reach, world: World): void {
  const line = withoutColons(text)
  const start = STARTS.find(each => line.startsWith(each))
  if (start !== undefined) world.shell(line.slice(start.length), how)
  else if (SHELLS.includes(line)) world.run(['sh'], how)
  else if (CODE.some(each => line.startsWith(each)) || INNER.some(each => line.toLowerCase().includes(each)))
    world.unknown('any', `code of ${how.via}`)
  for (let at = line.indexOf('!'); at !== -1; at = line.indexOf('!', at + 1)) {
    if (isBang(line.slice(0, at))) return void world.shell(line.slice(at + 1), how)
  }
}

function withoutColons(text: string): string {
  let at = 0
  while (at < text.length && ' \t:'.includes(text.charAt(at))) at++
  return text.slice(at)
}

function isBang(before: string): boolean {
  let end = before.length
  while (end > 0 && ' \t'.includes(before.charAt(end - 1))) end--
  let start = 0
  while (start < end && "%.,$'<>0123456789+-".includes(before.charAt(start))) start++
  const word = before.slice(start, end)
  return BEFORE.includes(word)
    ? !(word === 'w' || word === 'write' || word === 'e') || end < before.length
    : '|:'.includes(word.charAt(word.length - 1))
}
