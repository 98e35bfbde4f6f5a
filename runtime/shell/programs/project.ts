/** Programs that run the project's own code: rules of a makefile, tests, builds. It is read where that is possible. */
import { hasOwn } from '../../decide/value.js'
import { AbstractString } from '../../decide/abstract-string.js'
import type { Text } from '../analysis.js'
import { ANY, dropPrefix, join, joinWords, prefixOf } from '../text.js'
import type { Invocation, Model, Output, Reach, World } from './model.js'
import { readOptions } from './options.js'
import { readRules, recipesOf } from './makefile.js'
import { isPure, wroteSource } from './pure-source.js'
import { lookupIn } from './roles.js'
import { readArguments } from './unlisted.js'

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(' '))
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
  // A makefile of another name may have a rule for itself.
  const dry = options.has('-n') && options.values('-f').length === 0
  for (const text of options.values('--eval')) {
    runRules(text, targets, {}, how, world, dry)
    if (typeof text === 'string' && text.length > MAX_EVAL) world.unknown('any', 'long rules of a makefile')
  }
  const files = options.values('-f').length > 0 ? options.values('-f') : ['GNUmakefile', 'makefile', 'Makefile']
  const given = assignmentsOf(options.operands)
  // `CC=gcc` names a program, as any makefile may, but not one that the command itself has written.
  for (const name of ['SHELL', 'CC', 'CXX', 'LD', 'AR'])
    if (/\s|;/.test(given[name] ?? '') || world.wrote(given[name] ?? '')) world.shell(given[name] ?? '', { via: call.name })
  for (const file of files) {
    const text = file === '-' ? call.stdin : world.readText(at(file))
    if (file !== '-') world.file('read', at(file))
    if (text !== undefined) runRules(withIncluded(text, at, world), targets, given, how, world, dry)
    else if (file === '-' || world.wrote(at(file))) world.unknown('any', 'rules of a makefile')
  }
  return undefined
}

/** The rules of other files that the command has written. */
function withIncluded(text: Text, at: (path: Text) => Text, world: World): Text {
  const lines = typeof text === 'string' ? text.matchAll(/^ *[-s]?include +(.*)/gm) : []
  const paths = [...lines].flatMap(([, words = '']) => words.split(' ')).filter(path => path !== '' && world.wrote(at(path)))
  return join(text, ...paths.slice(0, 16).flatMap(path => ['\n', world.readText(at(path)) ?? ANY]))
}

function assignmentsOf(operands: readonly Text[]): Readonly<Record<string, string>> {
  const pairs = operands.map(word => (typeof word === 'string' ? word.split('=') : []))
  return Object.fromEntries(pairs.flatMap(([name = '', ...value]) => (value.length > 0 ? [[name, value.join('=')]] : [])))
}

function runRules(
  text: Text,
  targets: readonly Text[],
  given: Readonly<Record<string, string>>,
  how: Reach,
  world: World,
  dry = false,
): void {
  if (typeof text !== 'string' || targets.some(target => target instanceof AbstractString))
    return world.unknown('any', 'rules of a makefile')
  const names = targets.filter((target): target is string => typeof target === 'string')
  const rules = readRules(text, given, dry)
  for (const script of [...rules.immediate, ...recipesOf(rules, names)]) world.shell(script, how)
}

/** `just recipe argument …` */
function runJust(call: Invocation, world: World): Output {
  const options = readOptions(
    call.args,
    'f|justfile: d|working-directory: c|command: set: shell: shell-arg: dotenv-path: E: l|list n|dry-run q|quiet v|verbose u|unsorted yes',
    'stop',
  )
  const command = call.args.findIndex(word => word === '-c' || word === '--command')
  if (command !== -1) return world.run(call.args.slice(command + 1), { via: 'just --command', open: call.open })
  const [first = ''] = options.operands
  world.act('project.run', { program: call.name, task: first })
  for (const file of options.values('-f').length > 0 ? options.values('-f') : ['justfile', 'Justfile', '.justfile']) {
    const text = world.readText(file)
    if (text === undefined || options.has('-l')) continue
    runRules(text, options.operands.slice(0, 1), {}, { via: call.name }, world)
    // Variables are what such a command prints.
    for (const [, command = ''] of typeof text === 'string' ? text.matchAll(/^\w+ *:=.*?`([^`]*)`/gm) : [])
      world.shell(command, { via: call.name })
  }
  return undefined
}

const WRITTEN = 'code that the command itself wrote'

/** Test runners and build tools: whatever the project's code does. */
const OWN_CODE =
  'pytest py.test tox nox jest vitest mocha ava karma cypress playwright pre-commit rake gradle gradlew mvn mvnw bazel bazelisk buck2 ninja task rails rspec phpunit pest sbt lein scons waf ctest meson tsx ts-node webpack vite rollup parcel next nuxt astro gulp grunt turbo nx ember ng vue-cli-service storybook eslint husky lint-staged lefthook behave robot locust manage.py invoke fab doit mage earthly skaffold tilt hugo jekyll mkdocs sphinx-build cucumber stryker c8 nyc'.split(
    ' ',
  )

/** Of these, what looks at the files that it is given and runs none of them. */
const LINTERS = ['eslint', 'pre-commit', 'lint-staged']

/** Of these, what runs code as its interpreter would, with texts that no shell is given. */
const TESTED = words(
  'pytest py.test jest vitest mocha ava playwright vite eslint rspec phpunit pest c8 nyc bun deno uvicorn gunicorn hypercorn daphne flask streamlit celery locust pm2 forever sphinx-build',
)

/** What runners of tests find by its name, of a file or of its folder. */
const TEST = /(?:^|\/)(?:__tests__\/[^/]+|(?:test_|conftest)[^/]*\.py|[^/]*[._-](?:test|spec)\.\w+)$/

export function isTest(path: string): boolean {
  return TEST.test(path)
}

/** Of these, interpreters whose code is read as that of `node`. */
const READERS = ['tsx', 'ts-node']

/** Subcommands of build tools that run code of the project. */
const OWN_SUBCOMMANDS: Readonly<Record<string, ReadonlySet<string>>> = {
  cargo: words('run r test t build b bench check c clippy doc rustc nextest tarpaulin miri install publish'),
  go: words('run test generate build install vet'),
  dotnet: words('run test build publish watch exec msbuild vstest script fsi'),
  swift: words('run test build'),
  zig: words('run test build'),
  mix: words('test run compile phx.server ecto.migrate'),
  stack: words('test run build bench runghc runhaskell'),
  cabal: words('test run build bench'),
  dune: words('test build exec runtest'),
  deno: words('run test task bench serve'),
  flutter: words('run test build'),
  dart: words('run test'),
  composer: words('run run-script test install update exec'),
  cmake: words('--build -P . ..'),
  vagrant: words('up provision reload validate status ssh ssh-config halt destroy'),
  bundle: words('install check console'),
  mise: words('run r'),
  hatch: words('run env test build'),
  poetry: words('build'),
  bun: words('test build run'),
  crystal: words('run spec eval'),
}

function runOwnCode(call: Invocation, world: World): Output {
  runNamed(
    call,
    call.args.find(word => typeof word !== 'string' || !'-+'.includes(word.charAt(0) || ' ')),
    world,
  )
  return undefined
}

/** The files that some of them read first, wherever that is not a word of their own command line; behind `~` what there has to be in them. */
const FIRST: Readonly<Record<string, string>> = {
  rake: 'Rakefile rakefile',
  task: 'Taskfile.yml Taskfile.yaml',
  gradle: 'build.gradle build.gradle.kts settings.gradle',
  gradlew: 'build.gradle build.gradle.kts settings.gradle',
  mvn: 'pom.xml',
  tox: 'tox.ini setup.cfg~testenv pyproject.toml~tool\\.tox',
  nox: 'noxfile.py',
  pytest: 'conftest.py pytest.ini~-p\\b setup.cfg~-p\\b tox.ini~-p\\b pyproject.toml~-p\\b',
  'py.test': 'conftest.py setup.cfg~-p\\b pytest.ini~-p\\b pyproject.toml~-p\\b',
  gulp: 'gulpfile.js',
  grunt: 'Gruntfile.js',
  'pre-commit': '.pre-commit-config.yaml',
  lefthook: 'lefthook.yml',
  invoke: 'tasks.py',
  fab: 'fabfile.py',
  doit: 'dodo.py',
  scons: 'SConstruct',
  ninja: 'build.ninja',
  mage: 'magefile.go',
  cargo: 'build.rs src/main.rs .cargo/config.toml',
  go: 'main.go',
  zig: 'build.zig',
  mix: 'mix.exs',
  composer: 'composer.json',
  cmake: 'CMakeLists.txt',
  vagrant: 'Vagrantfile',
  bundle: 'Gemfile',
  mise: 'mise.toml .mise.toml',
  pixi: 'pixi.toml pyproject.toml',
  poe: 'pyproject.toml',
  pdm: 'pyproject.toml',
  hatch: 'pyproject.toml hatch.toml',
  poetry: 'pyproject.toml',
  pipenv: 'Pipfile',
  foreman: 'Procfile',
  honcho: 'Procfile',
  overmind: 'Procfile',
  devbox: 'devbox.json',
  ant: 'build.xml',
  meson: 'meson.build',
  bazel: 'BUILD BUILD.bazel WORKSPACE MODULE.bazel',
  earthly: 'Earthfile',
  skaffold: 'skaffold.yaml',
  tilt: 'Tiltfile',
  waf: 'wscript',
  snakemake: 'Snakefile',
  dvc: 'dvc.yaml',
  direnv: '.envrc',
  pip: 'setup.py',
  pip3: 'setup.py',
  nix: 'flake.nix default.nix shell.nix',
  terraform: '*.tf',
  tofu: '*.tf',
  act: '.github/workflows/*',
  yarn: '.yarnrc.yml~yarnPath|plugins .yarnrc~yarn-path .pnp.cjs',
  pnpm: '.pnpmfile.cjs .npmrc~script-shell|node-options',
  npm: '.npmrc~script-shell|node-options',
  npx: '.npmrc~script-shell|node-options',
  bun: 'bunfig.toml~preload|shell',
  uv: 'setup.py',
  build: 'setup.py',
  flask: 'app.py wsgi.py',
  gunicorn: 'gunicorn.conf.py',
  alembic: 'alembic/env.py migrations/env.py',
  locust: 'locustfile.py',
  'sphinx-build': 'conf.py docs/conf.py docs/source/conf.py',
}

/** Whether the command has written what it looks for first, or `jest.config.ts`, `.mocharc.cjs`: settings that are code, as the tools of Node have them. */
function isSet(name: string, world: World): boolean {
  const short = name.replace(/css$/, '')
  const usual = 'js cjs mjs ts cts mts'.split(' ').flatMap(end => [`${short}.config.${end}`, `.${name}rc.${end}`])
  const first = hasOwn(FIRST, name) ? (FIRST[name] ?? '').split(' ') : []
  return [...first, ...usual].some(each => {
    const [file = '', within = ''] = each.split('~')
    if (file.includes('*')) return isWritten(file, world)
    const text = world.wrote(file) && !isPure(file, world) ? (world.madeText(file) ?? ANY) : ''
    return text !== '' && (typeof text !== 'string' || new RegExp(within).test(text) || text.includes('\\'))
  })
}

/** A file whose name ends as told behind the star, or lies where is told before it. */
function isWritten(pattern: string, world: World): boolean {
  const [before = '', behind = ''] = pattern.split('*')
  return world.written().some(path => path.includes(before) && path.endsWith(behind))
}

/** What reads the code of tests and settings as their runner does. */
const READ_BY: readonly (readonly [name: RegExp, interpreter: string])[] = [
  [/\.py$/, 'python3'],
  [/\.[cm]?[jt]sx?$/, 'node'],
  [/\.rb$/, 'ruby'],
  [/\.php$/, 'php'],
]

/** Objects of a runner that start programs, wherever its code has them from. */
const HANDS = /\b(?:pytester|testdir|script_runner|run_command)\b|\b(?:host|shell|virtualenv)\.\w+\(/

function usesWritten(call: Invocation, world: World): Output {
  // What stands first they read themselves.
  const args = LINTERS.includes(call.name) ? [] : call.args.slice(READERS.includes(call.name) ? 1 : 0)
  // `test_x.py::test_y`, `-p plugin`, `app.main:app`
  const named = args.flatMap(word => {
    const [before = ''] = prefixOf(word).split(':')
    return before === '' ? [] : [word, before, `${before.split('.').join('/')}.py`]
  })
  const finds = TESTED.has(call.name) && !args.some(word => /\.\w+(?:::|$)/.test(prefixOf(word))) ? world.written().filter(isTest) : []
  if ((isSet(call.name, world) || [...named, ...finds].some(file => world.wrote(file) && !isPure(file, world))) && !runWritten(call, world))
    world.unknown('any', WRITTEN)
  return undefined
}

/** The code that the command itself has written is what an interpreter would do: all of it, since a text may name another file. @returns whether it is */
function runWritten(call: Invocation, world: World): boolean {
  if (!TESTED.has(call.name)) return false
  const codes = world.written().map(file => ({ file, text: world.readText(file), by: READ_BY.find(([name]) => name.test(file))?.[1] }))
  const others = codes.filter(({ by }) => by === undefined).map(({ file }) => file.slice(file.lastIndexOf('/') + 1))
  const isPlain = ({ text, by }: (typeof codes)[number]) =>
    by === undefined || (typeof text === 'string' && !HANDS.test(text) && !others.some(name => text.includes(name.replace(/\.\w+$/, ''))))
  if (!codes.every(isPlain)) return false
  const readable = codes.filter(({ by }) => by !== undefined)
  for (const { by = '', file } of readable) world.run([by, file], { via: call.name })
  return readable.length > 0
}

/** The same where only settings are looked for, which are code or say what runs. */
function readsWritten({ name }: Invocation, world: World): Output {
  if (isSet(name, world)) world.unknown('any', WRITTEN)
  return undefined
}

function runNamed(call: Invocation, task: Text | undefined, world: World): void {
  world.act('project.run', { program: call.name, ...(task === undefined ? {} : { task }) })
  usesWritten(call, world)
}

function runSubcommand(call: Invocation, world: World): Output {
  const known = OWN_SUBCOMMANDS[call.name]
  const found = call.args.find(word => typeof word === 'string' && known?.has(word) === true)
  if (found !== undefined) runNamed(call, found, world)
  // `dart x.dart`
  else if (call.args[0] !== undefined && world.wrote(call.args[0])) world.unknown('any', WRITTEN)
  runsSource(call, found, world)
  if (call.name === 'cargo') runCargoWatch(call, world)
  if (call.name === 'go')
    for (const [option, command] of goPrograms(call.args)) {
      const how = { via: `go ${option}` }
      // Several words are a line, in which quotes hold some together.
      prefixOf(command).includes(' ') ? world.shell(joinWords([command, BUILT]), how) : world.run([command, BUILT], how)
    }
  return undefined
}

/** `cargo watch -s 'text for a shell' -- program …` */
function runCargoWatch({ args, open }: Invocation, world: World): void {
  const at = args.findIndex(word => !/^[+-]/.test(prefixOf(word)))
  if (args[at] !== 'watch') return
  const end = args.indexOf('--')
  const options = readOptions(
    args.slice(at + 1, end === -1 ? undefined : end),
    's|shell: x|exec: w|watch: i|ignore: d|delay: C|workdir: E|env: -cqNB',
  )
  for (const text of options.values('-s')) world.shell(text, { via: 'cargo watch -s' })
  if (end !== -1) world.run(args.slice(end + 1), { via: 'cargo watch', open })
}

/** Subcommands that run what they have built, and what its source ends with. */
const RUNS: Readonly<Record<string, readonly [subcommand: RegExp, ends: RegExp]>> = {
  go: [/^(?:run|test|generate)$/, /\.go$/],
  cargo: [/^(?:run|r|test|t|bench|nextest|tarpaulin|miri)$/, /\.rs$/],
  dotnet: [/^(?:run|test|exec|vstest|watch)$/, /\.(?:cs|fs|vb)$/],
  swift: [/^(?:run|test)$/, /\.swift$/],
  dart: [/^(?:run|test)$/, /\.dart$/],
  flutter: [/^(?:run|test)$/, /\.dart$/],
  zig: [/^(?:run|test)$/, /\.zig$/],
  stack: [/^(?:run|test|bench)$/, /\.hs$/],
  cabal: [/^(?:run|test|bench)$/, /\.hs$/],
  dune: [/^(?:test|exec|runtest)$/, /\.ml$/],
  mix: [/^(?:run|test)$/, /\.exs?$/],
}

/** The same of programs that run what another has compiled. */
const RUNNERS: Readonly<Record<string, RegExp>> = {
  java: /\.(?:java|kt|scala|groovy|clj)$/,
  mono: /\.(?:cs|fs|vb)$/,
  wasmtime: /\.(?:wat|c|cc|cpp|rs|go|zig)$/,
  wasmer: /\.(?:wat|c|cc|cpp|rs|go|zig)$/,
  escript: /\.erl$/,
}

function runsSource({ name }: Invocation, sub: Text | undefined, world: World): void {
  const [runs, ends] = hasOwn(RUNNERS, name) ? [/^/, RUNNERS[name]] : (RUNS[name] ?? [])
  if (runs?.test(prefixOf(sub ?? '')) === true && wroteSource(world, ends)) world.unknown('any', WRITTEN)
}

const BUILT = './a.test'

/** Commands that Go starts what it has built with, or its own tools: `-exec 'sudo -E'`, `-toolexec=x`. */
function goPrograms(args: readonly Text[]): readonly (readonly [string, Text])[] {
  return args.flatMap((word, at) => {
    const [written, option, sign] = /^-?(-(?:exec|toolexec|vettool))(=|$)/.exec(prefixOf(word)) ?? []
    const command = sign === '=' ? dropPrefix(word, written?.length ?? 0) : args[at + 1]
    return option === undefined || command === undefined ? [] : [[option, command]]
  })
}

/** Programs that no other table knows. */
const UNREAD = [
  'babel',
  'prettier',
  'tailwindcss',
  'postcss',
  'stylelint',
  'commitlint',
  'ant',
  'snakemake',
  'dvc',
  'act',
  'bats',
  'nextflow',
  'uvicorn',
  'gunicorn',
  'hypercorn',
  'daphne',
  'flask',
  'streamlit',
  'celery',
  'alembic',
  'pm2',
  'forever',
]

function runUnread(call: Invocation, world: World): Output {
  if (hasOwn(RUNNERS, call.name)) runsSource(call, '', world)
  else usesWritten(call, world)
  return readArguments(call, world)
}

const byName = (names: readonly string[], model: Model) => Object.fromEntries(names.map(name => [name, model]))

export const PROJECT = lookupIn({
  ...byName(OWN_CODE, runOwnCode),
  ...byName(Object.keys(OWN_SUBCOMMANDS), runSubcommand),
  ...byName(['pixi', 'poe', 'pdm', 'pipenv', 'foreman', 'honcho', 'overmind', 'devbox'], usesWritten),
  ...byName(['direnv', 'nix', 'terraform', 'tofu', 'yarn', 'pnpm', 'npm', 'npx', 'pip', 'pip3', 'uv', 'build'], readsWritten),
  ...byName([...UNREAD, ...Object.keys(RUNNERS)], runUnread),
  ...byName(['make', 'gmake', 'remake'], runMake),
  just: runJust,
})
