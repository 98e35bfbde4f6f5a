/** Parameters and variables that the shell itself sets (manual 3.4.2, 5.2). */
import { ANY, join } from '../text.js'
import { folderVariable, NUMBER, toolVariable } from '../noted-holes.js'
import type { Shell } from './shell.js'
import { scalarOf, type Value } from './state.js'

type Read = (shell: Shell) => readonly Value[]

const number: Read = () => [NUMBER]

const list: Read = () => [{ items: new Map(), open: true, associative: false }]

const VARIABLES: ReadonlyMap<string, Read> = new Map(
  Object.entries<Read>({
    '#': ({ state: { parameters } }) => [parameters.open ? NUMBER : String(parameters.texts.length)],
    '?': number,
    $: number,
    '!': () => [NUMBER, ''],
    '-': number,
    _: ({ state }) => state.last,
    PWD: ({ state }) => state.cwd,
    PATH: () => [join('/', ANY)],
    HISTFILE: shell =>
      shell.variable('HOME').flatMap(home => ['', 'bash_', 'sh_'].map(kind => join(scalarOf(home) ?? ANY, '/.', kind, 'history'))),
    SHELL: () => ['/bin/bash'],
    BASH: () => ['/bin/bash'],
    IFS: () => [' \t\n'],
    RANDOM: number,
    SECONDS: number,
    LINENO: number,
    UID: number,
    EUID: number,
    PPID: number,
    BASHPID: number,
    EPOCHSECONDS: number,
    OLDPWD: () => [ANY],
    DIRSTACK: list,
    PIPESTATUS: list,
    FUNCNAME: list,
    BASH_SOURCE: list,
    BASH_LINENO: list,
    BASH_ARGV: list,
    BASH_VERSINFO: list,
    COPROC: list,
    GROUPS: list,
  }),
)

/** How the shell, or what sets variables for it by convention, gives a variable its value; undefined for any other name. */
export function variableNamed(name: string): Read | undefined {
  const convention = toolVariable(name) ?? folderVariable(name)
  return convention === undefined ? VARIABLES.get(name) : () => [convention, undefined]
}
