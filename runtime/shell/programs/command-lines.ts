/** Lines for editors, debuggers and database clients, of which some have a shell run something. */
import type { Text } from '../analysis.js'
import type { Reach, World } from './model.js'

/** Words in front of the text for the shell. */
const STARTS = ['.shell ', '.system ', 'shell ', 'system ', 'platform shell ', 'terminal ', 'ter ', 'term ', '\\!', '~!', '\\o |', '\\g |']

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

const EDITORS = /^(?:[gn]?vim?|r?vim|view|ex|vimdiff|nvi) /

/** What the editor has for the same. */
const EDITOR_CODE = /\b(?:systemlist|job_start|term_start|delete|readfile|writefile|rename)\(|^au(?:tocmd)?\b/

/** The editor and the debugger run these themselves, with their arguments. */
const PROGRAMS = /^(?:l?make|l?grep(?:add)?!?|l?vim(?:grep)?!?) /

/** A file that the debugger writes: `dump binary memory f 0 1`, `set logging file f`. */
const SAVES =
  /^(?:(?:dump|append)\s+(?:(?:binary|ihex|srec|tekhex|verilog)\s+)?(?:(?:value|memory)\s+)?|set\s+logging\s+file\s+|save\s+[\w-]+\s+|(?:gcore|generate-core-file)\s+)(\S+)/

/** Runs what the lines have a shell run. */
export function runLines(text: Text, how: Reach, world: World): void {
  if (typeof text !== 'string') return world.unknown('exec', `commands for ${how.via}`)
  const lines = text.split('\n')
  if (lines.length > MAX_LINES) world.unknown('exec', `commands for ${how.via}`)
  const isEditor = EDITORS.test(how.via)
  for (const line of lines.slice(0, MAX_LINES)) {
    runLine(line, how, world)
    if (!isEditor) continue
    if (EDITOR_CODE.test(line)) world.unknown('any', `code of ${how.via}`)
    // A bar parts commands, but for those of the shell.
    const parts = line.split('|')
    const end = parts.findIndex(part => /^[\s:%\d,.$]*(?:r(?:ead)?|w(?:rite)?|sil\w*!?)?\s*!/.test(part))
    for (const part of parts.length === 1 ? [] : parts.slice(0, end === -1 ? undefined : end)) runLine(part.trim(), how, world)
  }
}

/** `:silent`, `:noautocmd` and their like (`:help :command-modifiers`) change nothing about what follows. */
const MODIFIERS = /^(?:(?:sil(?:e|en|ent)?!?|noa\w*|keep\w*|\d*verb\w*|lockmarks|noswap\w*|unsilent|confirm) +)+/

/** `pipe print x | command` and `| print x | command` of the debugger. */
const PIPES = /^(?:pipe|\|)[^|]*\|/

function runLine(text: string, how: Reach, world: World): void {
  const line = withoutColons(withoutColons(text).replace(MODIFIERS, ''))
  const pipe = PIPES.exec(line)
  if (pipe !== null) return void world.shell(line.slice(pipe[0].length), how)
  if (PROGRAMS.test(line)) world.shell(line.replace(/^l?vim\w*!? /, 'grep ').replace(/^l(?=make|grep)|(?<=^l?grep)(?:add)?!?/g, ''), how)
  const [, saved] = SAVES.exec(line) ?? []
  if (saved !== undefined) world.file('write', saved)
  const output = /^\.(?:once|output|excel)\s+['"]?\|(.*?)['"]?$/.exec(line)?.[1]
  if (output !== undefined) world.shell(output, how)
  const start = STARTS.find(each => line.startsWith(each))
  if (start !== undefined) world.shell(line.slice(start.length), how)
  else if (SHELLS.includes(line)) world.run(['sh'], how)
  else if (CODE.some(each => line.startsWith(each)) || INNER.some(each => line.toLowerCase().includes(each)))
    world.unknown('any', `code of ${how.via}`)
  touchFile(line, world)
  for (let at = line.indexOf('!'); at !== -1; at = line.indexOf('!', at + 1)) {
    if (isBang(line.slice(0, at))) return void world.shell(line.slice(at + 1), how)
  }
}

const WRITES = [
  'w',
  'write',
  'w!',
  'write!',
  'W',
  'wq',
  'x',
  'sav',
  'saveas',
  'sav!',
  'saveas!',
  '.output',
  '.once',
  '.backup',
  '.save',
  '.log',
  '\\o',
]
const READS = ['r', 'read', 'e', 'edit', 'e!', 'edit!', 'E', 'tabe', 'tabedit', 'sp', 'split', 'vs', 'vsplit', 'vi', 'view', 'f', '.open']

/** `w file` behind a range, `r file`, `.output file`. */
function touchFile(line: string, world: World): void {
  const at = /^\.[a-z]/.test(line) ? 0 : rangeEnd(line)
  const blank = line.indexOf(' ', at)
  const path = blank === -1 ? '' : line.slice(blank).trim()
  if (path === '' || path.startsWith('!') || path.startsWith('|')) return
  const word = line.slice(at, blank)
  if (WRITES.includes(word)) world.file('write', path)
  else if (READS.includes(word)) world.file('read', path)
}

function rangeEnd(line: string): number {
  let at = 0
  while (at < line.length && "%.,$'<>0123456789+-".includes(line.charAt(at))) at++
  return at
}

function withoutColons(text: string): string {
  let at = 0
  while (at < text.length && ' \t:'.includes(text.charAt(at))) at++
  return text.slice(at)
}

function isBang(before: string): boolean {
  let end = before.length
  while (end > 0 && ' \t'.includes(before.charAt(end - 1))) end--
  const word = before.slice(Math.min(rangeEnd(before), end), end)
  return BEFORE.includes(word)
    ? !(word === 'w' || word === 'write' || word === 'e') || end < before.length
    : '|:'.includes(word.charAt(word.length - 1))
}
