/** Shells, which run a text, a file or their input; and boxes of many programs. */
import { AbstractString } from '../../decide/abstract-string.js'
import type { Text } from '../analysis.js'
import { ANY, join, prefixOf } from '../text.js'
import type { Invocation, Output, Reach, World } from './model.js'
import { lookupIn } from './roles.js'

/** Letters of options that take a word, in the order in which they stand. */
const WITH_VALUE = 'oO'
const LONG_WITH_VALUE = ['--rcfile', '--init-file', '--command', '--init-command', '--features', '--debug-output', '--profile']

const INPUTS = ['-', '/dev/stdin', '/dev/fd/0', '/proc/self/fd/0']

interface ShellOptions {
  /** Where the operands begin. */
  readonly end: number
  readonly command: boolean
  readonly input: boolean
  readonly interactive: boolean
  /** It keeps the rights of the owner of its file. */
  readonly privileged: boolean
  /** The texts of long options: fish's `--command`. */
  readonly texts: readonly Text[]
  readonly files: readonly Text[]
  /** Nothing is run. */
  readonly syntaxOnly: boolean
}

/** A cluster may take several words, which follow it: `bash -oc pipefail script`. */
function readShellOptions(args: readonly Text[], name: string): ShellOptions {
  let [at, command, input, interactive, privileged, syntaxOnly] = [0, false, false, false, false, false]
  const texts: Text[] = []
  const files: Text[] = []
  for (; at < args.length; at++) {
    const word = args[at] ?? ''
    const prefix = prefixOf(word)
    if (word === '--' || word === '-') {
      at++
      break
    }
    if (!prefix.startsWith('-') && !prefix.startsWith('+')) break
    if (prefix.startsWith('--')) {
      const long = LONG_WITH_VALUE.find(each => prefix === each)
      if (long === undefined) continue
      ;(long.endsWith('file') ? files : texts).push(args[++at] ?? ANY)
      continue
    }
    const letters = lettersOf(prefix)
    if (prefix.startsWith('-')) {
      command ||= letters.includes('c')
      input ||= letters.includes('s')
      interactive ||= letters.includes('i')
      privileged ||= letters.includes('p')
      syntaxOnly ||= (letters.includes('n') || letters.includes('D')) && name !== 'fish'
    }
    for (const letter of letters) if (WITH_VALUE.includes(letter)) at++
  }
  return { end: Math.min(at, args.length), command, input, interactive, privileged, texts, files, syntaxOnly }
}

/** The letters of a cluster; `-oextendedglob` has its value attached and counts for none. */
function lettersOf(prefix: string): string {
  for (let i = 1; i < prefix.length - 4; i++) if (WITH_VALUE.includes(prefix.charAt(i))) return prefix.slice(1, i)
  return prefix.slice(1)
}

function runShell(call: Invocation, world: World): Output {
  const options = readShellOptions(call.args, call.name)
  const { end, command, input, interactive, texts, files, syntaxOnly } = options
  const [first, ...rest] = call.args.slice(end)
  const via = call.name
  const startup = call.environment.get('ENV') ?? ''
  if (interactive && startup !== '') world.script(startup, { via: 'ENV' })
  if (interactive && via === 'bash' && world.home !== undefined) world.file('read', join(world.home, '/.bashrc'))
  for (const file of files) world.script(file, { via: `${via} startup` })
  for (const text of texts) world.shell(text, { via: `${via} -c` })
  if (syntaxOnly && !call.open) {
    if (first !== undefined && !command) world.file('read', first)
    return undefined
  }
  if (command) return runCommand(first, rest, call, world)
  if (texts.length > 0) return undefined
  if (first === undefined || input || (typeof first === 'string' && INPUTS.includes(first)))
    return runInput(first, rest, call, world, options)
  if (call.open && isHole(first)) world.unknown('any', `what ${via} runs`)
  return world.script(first, { via, open: call.open }, rest)
}

function isHole(text: Text): boolean {
  return text instanceof AbstractString && text.isUnrestricted
}

function runCommand(script: Text | undefined, parameters: readonly Text[], call: Invocation, world: World): Output {
  const how = { via: `${call.name} -c`, open: call.open }
  if (script !== undefined) return world.shell(script, how, parameters.length === 0 ? [call.name] : parameters)
  if (call.open) world.unknown('any', `what ${call.name} runs`)
  return undefined
}

function runInput(first: Text | undefined, rest: readonly Text[], call: Invocation, world: World, options: ShellOptions): Output {
  const how = { via: call.name, open: call.open }
  if (call.open && first === undefined) world.unknown('any', `what ${call.name} runs`)
  const script = call.stdin ?? (call.piped ? world.readText('/dev/stdin') : undefined)
  if (script !== undefined) return world.shell(script, how, inputParameters(first, rest, call))
  if (call.piped) world.unknown('any', `commands that ${call.name} reads from its input`)
  if (first === undefined && (!call.piped || options.interactive))
    world.act('shell.interactive', { program: call.name, ...(options.privileged && { privileged: true }) })
  return undefined
}

/** With `-s` the operands are `$1` and so on, else the first is the name of the input. */
function inputParameters(first: Text | undefined, rest: readonly Text[], call: Invocation): readonly Text[] {
  const named = typeof first === 'string' && INPUTS.includes(first)
  return first === undefined ? [call.name] : named ? [first, ...rest] : [call.name, first, ...rest]
}

/** The first argument is the program, or the option of the box. */
function runApplet(call: Invocation, world: World): Output {
  const [first] = call.args
  const how: Reach = { via: call.name, transparent: true, open: call.open }
  if (first === undefined) return call.open ? world.run([ANY], how) : undefined
  return prefixOf(first).startsWith('-') ? undefined : world.run(call.args, how)
}

export const SHELLS = lookupIn({
  ...Object.fromEntries(
    'sh bash dash zsh ksh ksh93 mksh pdksh oksh fish ash rbash rksh csh tcsh yash posh elvish xonsh nu ion oil osh ysh lksh hush rc sash nushell loksh gash murex brush'
      .split(' ')
      .map(name => [name, runShell]),
  ),
  zmodload: (_, world) => {
    world.unknown('any', 'modules of zsh')
    return undefined
  },
  ...Object.fromEntries(['busybox', 'toybox', 'coreutils', 'shx'].map(name => [name, runApplet])),
})
