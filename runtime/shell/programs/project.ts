/** Programs that run the project's own code: scripts of `package.json`, rules of a makefile, tests, builds. It is read where that is possible. */
import { AbstractString } from '../../decide/abstract-string.js'
import { hasOwn } from '../../decide/value.js'
import type { Text } from '../analysis.js'
import { join, prefixOf, splitOnce } from '../text.js'
import type { Invocation, Model, Output, Reach, World } from './model.js'
import { type Options, readOptions } from './options.js'
import { readRules, recipesOf } from './makefile.js'
import { programOf } from './tools.js'

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

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(' '))
}

function runManager(call: Invocation, world: World): Output {
  const options = readOptions(call.args, MANAGER)
  let operands = options.operands
  while (operands[0] === 'workspace' || operands[0] === 'workspaces' || operands[0] === 'foreach')
    operands = operands.slice(operands[0] === 'workspace' ? 2 : 1)
  const [word, ...rest] = operands
  for (const shell of options.values('--script-shell')) world.run([shell], { via: `${call.name} --script-shell`, open: true })
  if (typeof word !== 'string') return runOther(word, call, world)
  const sub = own(SHORT, word) ?? word
  const how = reachOf(call, options)
  if (sub === 'exec' || sub === 'dlx') return runPackage(sub, call, options, rest, how, world)
  if (sub === 'pkg' || sub === 'set-script') setScripts(sub, rest, how, world)
  if (sub === 'node') return world.run(['node', ...rest], how)
  const named = sub === 'run' ? rest[0] : SAME.has(sub) || (call.name !== 'npm' && !OWN.has(sub)) ? sub : undefined
  if (named !== undefined && !options.has('--ignore-scripts'))
    return runScript(named, argumentsOf(call.args, named), call, options, how, world)
  for (const name of options.has('--ignore-scripts') ? [] : (own(LIFECYCLE, sub) ?? '').split(' ')) {
    if (name !== '' && operands.length === 1) runText(scriptOf(name, options, world), [], { ...how, via: `${call.name} ${name}` }, world)
  }
  return undefined
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

function reachOf(call: Invocation, options: Options): Reach {
  const [folder] = options.values('--prefix')
  return { via: call.name, open: call.open, ...(folder === undefined ? {} : { cwd: folder }) }
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
  if (sub === 'dlx' || call.name === 'npm' || call.name === 'bun') world.act('package.run', { program: call.name, package: named })
  return first === undefined ? undefined : world.run([programOf(first), ...more], how)
}

/** The scripts `pre…`, the one itself and `post…`. */
function runScript(name: Text, args: readonly Text[], call: Invocation, options: Options, how: Reach, world: World): Output {
  world.act('project.run', { program: call.name, task: name })
  if (typeof name !== 'string') return undefined
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

const MAKE =
  'C|directory: f|file|makefile: j|jobs? l|load-average? o|old-file|assume-old: W|what-if|new-file|assume-new: I|include-dir: E|eval: O|output-sync? k|keep-going B|always-make n|just-print|dry-run|recon s|silent|quiet i|ignore-errors q|question t|touch e|environment-overrides r|no-builtin-rules R|no-builtin-variables p|print-data-base d debug? w|print-directory no-print-directory v|version warn-undefined-variables S trace'

const MAX_EVAL = 2000

/** `make [NAME=value …] [target …]` */
function runMake(call: Invocation, world: World): Output {
  const options = readOptions(call.args, MAKE)
  const folder = options
    .values('-C')
    .reduce<Text | undefined>(
      (path, each) => (path === undefined || prefixOf(each).startsWith('/') ? each : join(path, '/', each)),
      undefined,
    )
  const at = (path: Text) => (folder === undefined || prefixOf(path).startsWith('/') ? path : join(folder, '/', path))
  const how: Reach = { via: call.name, ...(folder === undefined ? {} : { cwd: folder }) }
  const targets = options.operands.filter(word => !prefixOf(word).includes('='))
  world.act('project.run', { program: call.name, task: targets[0] ?? '' })
  for (const text of options.values('--eval')) {
    runRules(text, targets, {}, how, world)
    if (typeof text === 'string' && text.length > MAX_EVAL) world.unknown('any', 'long rules of a makefile')
  }
  const files = options.values('-f').length > 0 ? options.values('-f') : ['GNUmakefile', 'makefile', 'Makefile']
  const given = assignmentsOf(options.operands)
  for (const file of files) {
    const text = file === '-' ? call.stdin : world.readText(at(file))
    if (file !== '-') world.file('read', at(file))
    if (text !== undefined) runRules(text, targets, given, how, world)
    else if (file === '-' || world.wrote(at(file))) world.unknown('any', 'rules of a makefile')
  }
  return undefined
}

function assignmentsOf(operands: readonly Text[]): Readonly<Record<string, string>> {
  const pairs = operands.map(word => (typeof word === 'string' ? word.split('=') : []))
  return Object.fromEntries(pairs.flatMap(([name = '', ...value]) => (value.length > 0 ? [[name, value.join('=')]] : [])))
}

function runRules(text: Text, targets: readonly Text[], given: Readonly<Record<string, string>>, how: Reach, world: World): void {
  if (typeof text !== 'string' || targets.some(target => target instanceof AbstractString))
    return world.unknown('any', 'rules of a makefile')
  const names = targets.filter((target): target is string => typeof target === 'string')
  const rules = readRules(text, given)
  for (const script of [...rules.immediate, ...recipesOf(rules, names)]) world.shell(script, how)
}

/** `just recipe argument …` */
function runJust(call: Invocation, world: World): Output {
  const options = readOptions(
    call.args,
    'f|justfile: d|working-directory: c|command: set: shell: shell-arg: dotenv-path: E: l|list n|dry-run q|quiet v|verbose u|unsorted yes',
    'stop',
  )
  const [first = ''] = options.operands
  world.act('project.run', { program: call.name, task: first })
  for (const file of options.values('-f').length > 0 ? options.values('-f') : ['justfile', 'Justfile', '.justfile']) {
    const text = world.readText(file)
    if (text !== undefined && !options.has('-l')) runRules(text, options.operands.slice(0, 1), {}, { via: call.name }, world)
  }
  return undefined
}

/** Test runners and build tools: whatever the project's code does. */
const OWN_CODE =
  'pytest py.test tox nox jest vitest mocha ava karma cypress playwright pre-commit rake gradle gradlew mvn mvnw bazel bazelisk buck2 ninja task rails rspec phpunit pest sbt lein scons waf ctest meson tsx ts-node webpack vite rollup parcel next nuxt astro gulp grunt turbo nx ember ng vue-cli-service storybook eslint husky lint-staged lefthook behave robot locust manage.py invoke fab doit mage earthly skaffold tilt hugo jekyll mkdocs sphinx-build cucumber stryker c8 nyc'.split(
    ' ',
  )

/** Subcommands of build tools that run code of the project. */
const OWN_SUBCOMMANDS: Readonly<Record<string, ReadonlySet<string>>> = {
  cargo: words('run r test t build b bench check c clippy doc rustc nextest tarpaulin miri install publish'),
  go: words('run test generate build install vet'),
  dotnet: words('run test build publish watch exec msbuild vstest'),
  swift: words('run test build'),
  zig: words('run test build'),
  mix: words('test run compile phx.server ecto.migrate'),
  stack: words('test run build bench'),
  cabal: words('test run build bench'),
  dune: words('test build exec runtest'),
  deno: words('run test task bench serve'),
  flutter: words('run test build'),
  dart: words('run test'),
  composer: words('run run-script test'),
  cmake: words('--build -P'),
  mise: words('run r'),
  hatch: words('test build'),
  poetry: words('build'),
  bun: words('test build'),
}

function runOwnCode(call: Invocation, world: World): Output {
  runNamed(
    call,
    call.args.find(word => typeof word !== 'string' || !'-+'.includes(word.charAt(0) || ' ')),
    world,
  )
  return undefined
}

function runNamed(call: Invocation, task: Text | undefined, world: World): void {
  world.act('project.run', { program: call.name, ...(task === undefined ? {} : { task }) })
  if (call.args.some(word => prefixOf(word) !== '' && world.wrote(word))) world.unknown('any', 'code that the command itself wrote')
}

function runSubcommand(call: Invocation, world: World): Output {
  const known = OWN_SUBCOMMANDS[call.name]
  const found = call.args.find(word => typeof word === 'string' && known?.has(word) === true)
  if (found !== undefined) runNamed(call, found, world)
  return undefined
}

function runDeno(call: Invocation, world: World): Output {
  const [sub, name, ...rest] = call.args
  const tasks = jsonOf(world.readText('deno.json') ?? world.readText('deno.jsonc'))?.['tasks']
  const text = sub === 'task' && typeof name === 'string' && isRecord(tasks) && hasOwn(tasks, name) ? tasks[name] : undefined
  if (typeof text === 'string') runText(text, rest, { via: 'deno task' }, world)
  return runSubcommand(call, world)
}

const byName = (names: readonly string[], model: Model) => Object.fromEntries(names.map(name => [name, model]))

export const PROJECT: Readonly<Record<string, Model>> = {
  ...byName(OWN_CODE, runOwnCode),
  ...byName(Object.keys(OWN_SUBCOMMANDS), runSubcommand),
  ...byName(['npm', 'pnpm', 'yarn', 'bun', 'cnpm', 'tyarn'], runManager),
  ...byName(['make', 'gmake', 'remake'], runMake),
  just: runJust,
  deno: runDeno,
}
