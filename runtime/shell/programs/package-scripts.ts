/** Scripts of `package.json` and of `deno.json`: read where that is possible, else named. */
import { hasOwn } from '../../decide/value.js'
import type { Text } from '../analysis.js'
import { join, prefixOf, splitOnce } from '../text.js'
import type { Invocation, Output, Reach, World } from './model.js'
import { type Options, readOptions } from './options.js'
import { fetchPackage } from './package-source.js'
import { programOf } from './tools.js'
import { lookupIn } from './roles.js'

const MANAGER =
  'C|prefix|dir|cwd: w|workspace: F|filter: registry: loglevel: script-shell: userconfig: cache: p|package: c|call: s|silent r|recursive if-present ignore-scripts workspaces|ws y|yes stream parallel'

/** Subcommands that are scripts of the same name. */
const SAME = words('test start stop restart')
const SHORT: Readonly<Record<string, string>> = {
  t: 'test',
  tst: 'test',
  it: 'install',
  i: 'install',
  ci: 'install',
  add: 'install',
  'install-test': 'install',
  cit: 'install',
  x: 'exec',
  'run-script': 'run',
  rum: 'run',
  urn: 'run',
}

/** Scripts that a subcommand runs besides those of its name. */
const LIFECYCLE: Readonly<Record<string, string>> = {
  install: 'preinstall install postinstall prepublish preprepare prepare postprepare',
  publish: 'prepublishOnly prepack prepare postpack publish postpublish',
  pack: 'prepack prepare postpack',
  version: 'preversion version postversion',
}

/** Subcommands of yarn, pnpm and bun; any other word is the name of a script. */
const OWN = words(
  'install add remove rm uninstall up update upgrade why info list ls link unlink outdated audit cache config pack publish version global import licenses login logout owner tag team create init set plugin dedupe constraints store env self-update patch patch-commit deploy fetch prune rebuild root bin approve-builds setup help exec dlx node run workspace workspaces foreach build-bun pm upgrade-interactive doctor server',
)

/** Programs that are seldom the name of a script. */
const BINS = words('rimraf shx del-cli tsx ts-node vite-node zx jest vitest mocha')

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(' '))
}

function runManager(call: Invocation, world: World): Output {
  // `pnpm -c exec text`: for a shell
  const isText = call.name === 'pnpm' && call.args.some(word => word === '-c' || word === '--shell-mode')
  const options = readOptions(isText ? call.args.filter(word => word !== '-c') : call.args, MANAGER)
  let operands = options.operands
  while (operands[0] === 'workspace' || operands[0] === 'workspaces' || operands[0] === 'foreach')
    operands = operands.slice(operands[0] === 'workspace' ? 2 : 1)
  const [word, ...rest] = operands
  for (const shell of options.values('--script-shell')) world.run([shell], { via: `${call.name} --script-shell`, open: true })
  if (typeof word !== 'string') return runOther(word, call, world)
  const sub = own(SHORT, word) ?? word
  const how = reachOf(call, options, world)
  // These two give it to a shell.
  if (sub === 'exec' && rest.length === 1 && (isText || call.name === 'bun' || call.name === 'yarn')) return world.shell(rest[0] ?? '', how)
  if (sub === 'exec' || sub === 'dlx') return runPackage(sub, call, options, rest, how, world)
  if (sub === 'config' || sub === 'c' || sub === 'set') configured(rest, how, world)
  if (sub === 'pkg' || sub === 'set-script') setScripts(sub, rest, how, world)
  if (sub === 'node') return world.run(['node', ...call.args.slice(call.args.indexOf(word) + 1)], how)
  const named = sub === 'run' ? rest[0] : SAME.has(sub) || (call.name !== 'npm' && !OWN.has(sub)) ? sub : undefined
  if (named !== undefined && !options.has('--ignore-scripts'))
    return runScript(named, argumentsOf(call.args, named), call, options, how, world)
  for (const name of options.has('--ignore-scripts') ? [] : (own(LIFECYCLE, sub) ?? '').split(' ')) {
    if (name !== '' && (operands.length === 1 || sub === 'version'))
      runText(scriptOf(name, options, world), [], { ...how, via: `${call.name} ${name}` }, world)
  }
  return undefined
}

/** `npm config set script-shell x`: a later call runs it. */
function configured(words: readonly Text[], how: Reach, world: World): void {
  const [key = '', value = ''] = words.flatMap(word => splitOnce(word, '=') ?? [word]).filter(word => word !== 'set')
  if (key === 'script-shell') world.run([value], { ...how, open: true })
  else if (key === 'editor' || key === 'viewer' || key === 'git') world.shell(value, how)
  else if (key === 'node-options' && /require|import|loader|-r\b/.test(prefixOf(value))) world.unknown('any', 'options of node')
}

/** `npm pkg set scripts.test=text`: a later call runs it. */
function setScripts(sub: string, words: readonly Text[], how: Reach, world: World): void {
  if (sub === 'set-script' && words[1] !== undefined) world.shell(words[1], how)
  for (const word of words) {
    const [key, value] = splitOnce(word, '=') ?? ['', '']
    if (key.startsWith('scripts.') || key.startsWith('scripts[')) world.shell(value, how)
  }
}

/** Without a word yarn installs. */
function runOther(word: Text | undefined, call: Invocation, world: World): Output {
  if (word !== undefined) world.act('project.run', { program: call.name, task: word })
  else if (call.name === 'yarn') return runManager({ ...call, args: ['install', ...call.args] }, world)
  return undefined
}

function own(table: Readonly<Record<string, string>>, name: string): string | undefined {
  return hasOwn(table, name) ? table[name] : undefined
}

/** A script finds the folder in which the manager was called in `INIT_CWD`. */
function reachOf(call: Invocation, options: Options, { cwds }: World): Reach {
  const [folder] = options.values('--prefix')
  return { via: call.name, open: call.open, exports: [['INIT_CWD', cwds]], ...(folder === undefined ? {} : { cwd: folder }) }
}

/** What stands behind the name of a script. */
function argumentsOf(args: readonly Text[], name: Text): readonly Text[] {
  const rest = args.slice(args.indexOf(name) + 1)
  const dashes = rest.indexOf('--')
  return dashes === -1 ? rest.filter(word => prefixOf(word) !== '--') : [...rest.slice(0, dashes), ...rest.slice(dashes + 1)]
}

function runPackage(sub: string, call: Invocation, options: Options, rest: readonly Text[], how: Reach, world: World): Output {
  for (const text of options.values('-c')) world.shell(text, how)
  const at = call.args.findIndex(word => word === sub || word === 'x')
  const after = call.args.slice(at + 1)
  const [first, ...more] = after.includes('--')
    ? after.slice(after.indexOf('--') + 1)
    : after.slice(
        Math.max(
          0,
          after.findIndex(word => !prefixOf(word).startsWith('-')),
        ),
      )
  const [named = first] = options.values('-p')
  if (named === undefined || rest.length === 0) return undefined
  fetchPackage(named, call.name, world)
  if (sub === 'dlx' || call.name === 'npm' || call.name === 'bun') world.act('package.run', { program: call.name, package: named })
  return first === undefined ? undefined : world.run([programOf(first), ...more], how)
}

/** The scripts `pre…`, the one itself and `post…`. */
function runScript(name: Text, args: readonly Text[], call: Invocation, options: Options, how: Reach, world: World): Output {
  world.act('project.run', { program: call.name, task: name })
  if (typeof name !== 'string') return undefined
  // Where there is no such script these managers run the program of a package.
  if (call.name !== 'npm' && BINS.has(name) && scriptOf(name, options, world) === undefined) return world.run([name, ...args], how)
  for (const each of [`pre${name}`, name, `post${name}`]) {
    runText(scriptOf(each, options, world), each === name ? args : [], { ...how, via: `${call.name} run ${each}` }, world)
  }
  return undefined
}

function runText(text: string | undefined, args: readonly Text[], how: Reach, world: World): void {
  if (text !== undefined) world.shell(args.length === 0 ? text : `${text} "$@"`, how, ['sh', ...args])
}

function scriptOf(name: string, options: Options, world: World): string | undefined {
  const [folder] = options.values('--prefix')
  const path = folder === undefined ? 'package.json' : join(folder, '/package.json')
  const source = world.readText(path)
  if (typeof source !== 'string' && world.wrote(path)) world.unknown('any', 'scripts of a package that the command itself wrote')
  const scripts = jsonOf(source)?.['scripts']
  const text = isRecord(scripts) && hasOwn(scripts, name) ? scripts[name] : undefined
  return typeof text === 'string' ? text : undefined
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

let parsed: readonly [text: string, value: Readonly<Record<string, unknown>> | undefined] = ['', undefined]

/** Scripts call each other: the last text is not read again. */
function jsonOf(text: Text | undefined): Readonly<Record<string, unknown>> | undefined {
  if (typeof text !== 'string') return undefined
  if (parsed[0] !== text) parsed = [text, parseJson(text)]
  return parsed[1]
}

function parseJson(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isRecord(value) ? value : undefined
  } catch {
    return undefined // not JSON: its scripts are not known
  }
}

const DENO_TASKS = [
  ['deno.json', 'tasks'],
  ['deno.jsonc', 'tasks'],
  ['package.json', 'scripts'],
] as const

/** `deno task name` */
function runDenoTask(call: Invocation, world: World): Output {
  const [sub, name, ...rest] = call.args
  for (const [file, key] of DENO_TASKS) {
    const tasks = sub === 'task' ? jsonOf(world.readText(file))?.[key] : undefined
    const text = typeof name === 'string' && isRecord(tasks) && hasOwn(tasks, name) ? tasks[name] : undefined
    if (typeof text === 'string') runText(text, rest, { via: 'deno task' }, world)
  }
  return undefined
}

export const PACKAGE_SCRIPTS = lookupIn({
  ...Object.fromEntries(['npm', 'pnpm', 'yarn', 'bun', 'cnpm', 'tyarn'].map(name => [name, runManager])),
  deno: runDenoTask,
})
