/**
 * Models of programs that run another command, as tables.
 *
 * A line is `names ; grammar ; what follows`. Names have commas between them; `docker exec` is a subcommand of `docker`.
 * The grammar is that of `options.ts` in the style `stop` (after a first `~`: `permute`), with what the program does with an
 * option's value after its `:` or `?`:
 *
 *   $  a shell runs it      X  a program, run without arguments     F  a script, run
 *   x  a program and its first arguments
 *   @  a shell elsewhere runs it
 *   C  the folder in which the inner program runs                   E  `NAME=value` for its environment
 *   R W  a file, read or written
 *
 * What follows the options is told in words:
 *
 *   2      so many operands are skipped           =    `NAME=value` words are skipped
 *   $      the rest is text for a shell           |    with no rest, standard input is     [  with no rest, a shell is started
 *   >x     a subcommand of `x`                    --   the command is what stands after `--`
 *   -x     with that option nothing is run        %x   a function of the table's own
 *   !      transparent                            @    the inner program runs elsewhere    0  nothing follows
 *   H      the first operand is the machine: where that is this one, nothing runs elsewhere, but in the home folder
 *
 * and where none of `$ 0 % >` is there, the rest is the inner command. Where an option is not in the grammar, or words before
 * the command are not known, every word is a possible start of the command.
 */
import { AbstractString } from '../../decide/abstract-string.js'
import type { Text } from '../analysis.js'
import { ANY, joinWords, prefixOf, splitOnce } from '../text.js'
import type { Invocation, Output, Reach, World } from './model.js'
import { type Options, readOptions } from './options.js'
import type { Lookup } from './roles.js'

/** A call of a program of a table, its options read. */
export interface Launch {
  readonly call: Invocation
  readonly world: World
  readonly options: Options
  readonly rest: readonly Text[]
  readonly how: Reach
}

export type Special = (launch: Launch) => Output

interface Line {
  readonly grammar: string
  readonly permute: boolean
  readonly values: readonly (readonly [option: string, role: string])[]
  readonly follow: readonly string[]
}

/** Where more words than this may start the command, the rest of them is said to be unknown. */
const MAX_STARTS = 24

/** The models of a table, which is searched for a name when it is asked for. @param specials the functions that its lines name */
export function launchersOf(table: string, specials: Readonly<Record<string, Special>> = {}): Lookup {
  const find = finderOf(table)
  return name => {
    if (name.includes(' ') || find(name) === undefined) return undefined
    return (call, world) => new Launcher(find, specials, call, world).launch(name, name, call.args, {})
  }
}

/** What stands behind the names of a line `name,another name ; …`. */
type Finder = (name: string) => string | undefined

/** Finds the lines of a table, each when it is asked for. */
export function finderOf(table: string): Finder {
  const found = new Map<string, string>()
  return name => {
    const known = found.get(name)
    if (known !== undefined || name === '' || /[,;]| $/.test(name)) return known
    for (let at = table.indexOf(name); at !== -1; at = table.indexOf(name, at + 1)) {
      let end = at + name.length
      while (table.charAt(end) === ' ') end++
      if (!'\n,'.includes(table.charAt(at - 1)) || !',;'.includes(table.charAt(end))) continue
      const start = table.lastIndexOf('\n', at) + 1
      const names = table.indexOf(';', start)
      if (names < at) continue
      const line = table.slice(names + 1, table.indexOf('\n', start)).trim()
      found.set(name, line)
      return line
    }
    return undefined
  }
}

const read = new Map<string, Line>()

function lineOf(text: string): Line {
  const known = read.get(text)
  if (known !== undefined) return known
  const [left = '', right = ''] = text.split(';').map(half => half.trim())
  const permute = left.startsWith('~')
  const entries = (permute ? left.slice(1) : left).split(' ').filter(entry => entry !== '')
  const values: [string, string][] = []
  for (const entry of entries) {
    const { names, role } = entryOf(entry)
    const [name = ''] = names.split('|')
    if (role !== '') values.push([name.startsWith('-') ? name : name.length === 1 ? `-${name}` : `--${name}`, role])
  }
  const grammar = entries.map(entry => entryOf(entry).plain).join(' ')
  const line = { grammar, permute, values, follow: right.split(' ').filter(word => word !== '') }
  read.set(text, line)
  return line
}

function entryOf(entry: string): { readonly names: string; readonly plain: string; readonly role: string } {
  const at = Math.max(entry.indexOf(':'), entry.indexOf('?'))
  if (at === -1) return { names: entry, plain: entry, role: '' }
  return { names: entry.slice(0, at), plain: entry.slice(0, at + 1), role: entry.slice(at + 1) }
}

class Launcher {
  constructor(
    private readonly find: Finder,
    private readonly specials: Readonly<Record<string, Special>>,
    private readonly call: Invocation,
    private readonly world: World,
  ) {}

  /** @param via how the program is named for people @param key its name in the table */
  launch(via: string, key: string, args: readonly Text[], outer: Partial<Reach>): Output {
    const line = lineOf(this.find(key) ?? '')
    const options = readOptions(args, line.grammar, line.permute ? 'permute' : 'stop')
    const how = { ...this.reach(line, options, outer), via }
    this.runValues(line, options, how)
    if (line.follow.some(word => word.startsWith('-') && word !== '--' && options.has(word))) return undefined
    const into = line.follow.find(word => word.startsWith('>'))
    if (into !== undefined) return this.subcommand(`${via} `, `${into.slice(1) || key} `, options, how)
    this.world.describe(options.flags, options.operands)
    const launch = { call: this.call, world: this.world, options, rest: options.operands, how }
    const special = line.follow.find(word => word.startsWith('%'))
    const run = special === undefined ? undefined : this.specials[special.slice(1)]
    return run === undefined ? this.follow(line, args, launch) : run(launch)
  }

  private subcommand(via: string, key: string, options: Options, how: Reach): Output {
    const [name, ...rest] = options.operands
    if (name === undefined) return undefined
    if (typeof name !== 'string') this.world.unknown('exec', `which subcommand of ${via.trim()}`)
    else if (this.find(key + name) !== undefined) return this.launch(via + name, key + name, rest, how)
    return undefined
  }

  /** What the options and the words of the line say about how the inner command is reached. */
  private reach(line: Line, options: Options, outer: Partial<Reach>): Partial<Reach> {
    const assignments = [...(outer.assignments ?? [])]
    let { cwd } = outer
    for (const [option, role] of line.values) {
      for (const value of options.values(option)) {
        if (role === 'C') cwd = value
        else if (role === 'E') assignments.push(splitOnce(value, '=') ?? [prefixOf(value), ANY])
      }
    }
    const has = (word: string) => line.follow.includes(word)
    const isHere = has('H') && !options.has('-p') && isThisMachine(options.operands[0] ?? '')
    // With its rights a program in a container reaches the disks of this machine.
    const isApart = has('@') && !isHere && !options.has('--privileged')
    if (isHere) cwd = this.world.home ?? ANY
    return {
      ...(has('!') ? { transparent: true } : {}),
      ...(isApart || outer.elsewhere === true ? { elsewhere: true } : {}),
      ...(cwd === undefined ? {} : { cwd }),
      ...(assignments.length === 0 ? {} : { assignments }),
    }
  }

  private runValues(line: Line, options: Options, how: Reach): void {
    for (const [option, role] of line.values) {
      for (const value of options.values(option)) this.runValue(role, value, { ...how, via: `${how.via} ${option}` })
    }
  }

  private runValue(role: string, value: Text, how: Reach): void {
    const { transparent: _, ...reach } = how
    if (role === '$') this.world.shell(value, reach)
    else if (role === '@') this.world.shell(value, { ...reach, elsewhere: true })
    else if (role === 'x') runProgram(value, reach, this.world)
    else if (role === 'X') this.world.run([value], reach)
    else if (role === 'F') this.world.script(value, reach)
    else if (role === 'R') this.world.file('read', value)
    else if (role === 'W') this.world.file('write', value)
  }

  private follow({ follow }: Line, args: readonly Text[], launch: Launch): Output {
    const { world, options, how, call } = launch
    let rest = launch.rest
    if (follow.includes('0')) return undefined
    if (follow.includes('--')) rest = afterDashes(args, rest)
    let assignments = how.assignments
    if (follow.includes('=')) [assignments, rest] = takeAssignments(rest, assignments)
    const skip = Number(follow.find(word => word >= '1' && word <= '9') ?? 0)
    const inner = rest.slice(skip)
    const reach: Reach = { ...how, ...(assignments === undefined ? {} : { assignments }), ...(call.open ? { open: true } : {}) }
    const before = args.slice(0, args.length - inner.length)
    // on another machine or in a container a hole where no command stands is taken for one word
    const loose = call.open && how.elsewhere !== true && before.some(isUnrestricted)
    if (options.unknown || loose) return runAny(before.concat(inner), reach, world)
    if (inner.length > 0) return follow.includes('$') ? world.shell(this.line(inner), reach) : world.run(inner, reach)
    return this.withoutRest(follow, launch, reach)
  }

  private line(words: readonly Text[]): Text {
    return joinWords(this.call.open ? [...words, ANY] : words)
  }

  private withoutRest(follow: readonly string[], { call, world }: Launch, how: Reach): Output {
    if (call.open && how.elsewhere !== true) return world.run([ANY], how)
    const { transparent: _, ...reach } = how
    if (follow.includes('[')) return world.run(['sh'], reach)
    if (follow.includes('|') && call.piped) return call.stdin === undefined ? unknownInput(world, call) : world.shell(call.stdin, reach)
    return undefined
  }
}

/** `localhost`, `user@127.0.0.1`, `ssh://localhost`. */
function isThisMachine(host: Text): boolean {
  return typeof host === 'string' && /^(?:ssh:\/\/)?(?:[^@/]*@)?(?:localhost|ip6-localhost|127(?:\.\d+){1,3}|\[?::1\]?|0)$/i.test(host)
}

function unknownInput(world: World, call: Invocation): Output {
  world.unknown('exec', `commands that ${call.name} reads from its input`)
  return undefined
}

/** @returns the words after the first `--` if there is one */
function afterDashes(args: readonly Text[], rest: readonly Text[]): readonly Text[] {
  const at = args.indexOf('--')
  return at === -1 ? rest : args.slice(at + 1)
}

/** The `NAME=value` words at the start are taken off. */
export function takeAssignments(
  words: readonly Text[],
  before: readonly (readonly [string, Text])[] = [],
): readonly [assignments: readonly (readonly [string, Text])[], rest: readonly Text[]] {
  const assignments = [...before]
  let at = 0
  for (; at < words.length; at++) {
    const split = splitOnce(words[at] ?? '', '=')
    if (split === undefined) break
    assignments.push(split)
  }
  return [assignments, words.slice(at)]
}

export function isUnrestricted(text: Text): boolean {
  return text instanceof AbstractString && text.isUnrestricted
}

/** Every word that is no option may be the start of a command. */
export function runAny(words: readonly Text[], how: Reach, world: World): Output {
  let starts = 0
  for (let i = 0; i < words.length; i++) {
    if (prefixOf(words[i] ?? '').startsWith('-')) continue
    if (++starts > MAX_STARTS) {
      world.unknown('exec', `where the command of ${how.via} starts`)
      break
    }
    world.run(words.slice(i), how)
  }
  return undefined
}

/** Words without meaning to a shell are run as they are, or with more arguments behind. */
export function runProgram(value: Text, how: Reach, world: World): void {
  const plain = typeof value === 'string' && isPlain(value, ' =') && !/^\w+=/.test(value)
  if (!plain) return void world.shell(value, how)
  const words = value.split(' ').filter(word => word !== '')
  world.run(words, how)
  if (words.length > 0) world.run(words, { ...how, open: true })
}

/** Whether a shell takes the text for a word that it does not change. @param but characters that count as plain */
export function isPlain(word: string, but = ''): boolean {
  for (const unit of word) if (' \t\n|&;<>()$`"\'\\*?[]#~=%!{}'.includes(unit) && !but.includes(unit)) return false
  return true
}
