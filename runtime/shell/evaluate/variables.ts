/** Parameters and variables that the shell itself sets (manual 3.4.2, 5.2). */
import { ANY, join } from '../text.js'
import { conventional, NUMBER, OWN_NUMBER } from '../noted-holes.js'
import type { Shell } from './shell.js'
import { scalarOf, type Value } from './state.js'

type Read = (shell: Shell) => readonly Value[]

const number: Read = () => [NUMBER]

const list: Read = () => [{ items: new Map(), open: true, associative: false }]

/** The functions that are being run, the innermost first; outside of all it is not set. */
const functions: Read = ({ frame: { active, via } }) => {
  const names = active.filter(each => !each.startsWith('alias ')).reverse()
  if (names.length === 0 && !via.includes('source')) return [undefined]
  return [{ items: new Map(names.map((name, at) => [String(at), name])), open: true, associative: false }]
}

/** The files of the functions and scripts that are being run; outside of all it is not set. */
const sources: Read = shell => (shell.frame.via.length === 0 && shell.frame.active.length === 0 ? [undefined] : list(shell))

const VARIABLES: ReadonlyMap<string, Read> = new Map(
  Object.entries<Read>({
    '#': ({ state: { parameters } }) => parameters.map(({ open, texts }) => (open ? NUMBER : String(texts.length))),
    '?': number,
    $: () => [OWN_NUMBER],
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
    BASH_VERSION: number,
    HOSTNAME: number,
    HOSTTYPE: number,
    MACHTYPE: number,
    OSTYPE: number,
    SHLVL: number,
    COLUMNS: number,
    LINES: number,
    OLDPWD: () => [ANY],
    DIRSTACK: ({ state: { cwd, stack } }) =>
      cwd.map(top => ({ items: new Map([top, ...stack].map((folder, at) => [String(at), folder])), open: true, associative: false })),
    PIPESTATUS: list,
    FUNCNAME: functions,
    BASH_SOURCE: sources,
    BASH_LINENO: list,
    BASH_ARGV: list,
    BASH_VERSINFO: list,
    COPROC: list,
    GROUPS: list,
  }),
)

/** How the shell, or what sets variables for it by convention, gives a variable its value; undefined for any other name. */
export function variableNamed(name: string): Read | undefined {
  const convention = conventional(name)
  return convention === undefined ? VARIABLES.get(name) : () => [convention, undefined]
}
