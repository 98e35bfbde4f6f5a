/** Tools that run a command in an environment that they prepare: of a language, of secrets, of a package that they fetch. */
import type { Text } from '../analysis.js'
import { dropPrefix, joinWords, prefixOf, splitOnce } from '../text.js'
import { type Launch, launchersOf, runAny } from './launch.js'
import type { Output } from './model.js'
import { fetchPackage } from './package-source.js'
import { makeEnvironment } from './python-modules.js'

const TABLE = `
poetry,pdm,pipenv,rye,pixi,tox,uv,bundle,conda,mamba,micromamba,rbenv,pyenv,nodenv,asdf,mise,rtx,nvm,fnm,volta,rustup,opam,stack,cabal,doppler,op,aws-vault,chamber,infisical,teller,sops,lerna,nx,pipx,hatch,dotnet,rails,composer,mix,wp,drush ; C|directory|project:C n: p: q|quiet v|verbose config: e|env: no-cache debug ; >
dotnet script ; ; >
composer exec ; l|list d|working-dir: ;
mix eval ; ; %code
wp eval,drush php:eval,drush php-eval,drush ev ; skip-wordpress ; %php
dotnet script eval ; ; %code
rails runner,rails r ; e|environment: ; %ruby
hatch env ; ; >
hatch env run ; e|env: f|filter: i: x: ignore-compat force-continue ; %hatch
hatch run ; ; %hatch
tox exec,tox e ; ; --
pixi exec ; s|spec: c|channel: p|platform: force-reinstall ;
poetry run,pdm run,pipenv run,rye run,pixi run,bundle exec,rbenv exec,pyenv exec,nodenv exec,asdf exec ; s e: p|project: v|verbose q keep-file-descriptors gemfile: ;
uv run ; with: with-requirements: with-editable: extra: group: only-group: no-group: p|python: project: directory:C env-file:R package: index-url: index: default-index: find-links: w: m|module s|script isolated no-sync frozen locked active no-project no-dev dev all-extras exact offline q|quiet v|verbose all-packages all-groups no-cache n no-config no-build no-binary color:  no-env-file refresh upgrade ; %python
uv venv,virtualenv ; ~p|python: prompt: c|clear seed q|quiet v|verbose allow-existing system-site-packages relocatable offline ; %environment
uv tool ; ; >
uv tool run,uvx,pipx run ; from: spec: with: p|python: index-url: pip-args: no-cache|n isolated q|quiet v|verbose path w|with-editable: refresh offline ; %package
npx,bunx,pnpx ; p|package: c|call:$ s|shell: shell-auto-fallback: n|node-arg: userconfig: w|workspace: y|yes no no-install q|quiet ignore-existing prefer-offline prefer-online offline silent bun verbose include-workspace-root ; %package
conda run,mamba run,micromamba run ; n|name: p|prefix: cwd:C no-capture-output live-stream v|verbose dev debug-wrapper-scripts ;
aws-vault exec ; d|duration: n|no-session region: t: j|json s|server ; %profile
cmake ; ; %cmake
rustup run,nvm exec ; install d|duration: n|no-session region: t: j|json s|server silent lts ; 1
nvm run ; silent lts ; %node
fnm exec ; using: version-file-strategy: ;
volta run ; node: npm: yarn: pnpm: without-yarn bundled-npm no-npm env:E ;
mise exec,mise x,rtx exec ; c|command:$ C|cd:C j|jobs: q v y raw ; %tool
opam exec,stack exec,cabal exec,lerna exec,nx exec ; switch: set-switch cwd: no-bail parallel concurrency: scope: ignore: stream ;
doppler run ; c|config: p|project: command:$ t|token: mount: preserve-env fallback: no-fallback only-secrets: ; --
op run ; env-file: no-masking account: cache? session: ; --
chamber exec,infisical run,teller run ; env: path: c: config: command:$ token: projectId: tag: pristine strict ; %tool
sops exec-env,sops exec-file ; no-fifo background user: filename: input-type: output-type: i ; 1 $
dotenv,dotenvx,env-cmd,with-contenv,summon,envchain,retry,wait-for-it,wait-for-it.sh,dockerize,onchange ; e: f: v: c: p: o r: t: i: k d: env: wait: timeout: overload ; %tool
npm ; prefix: C: w|workspace: loglevel: s|silent ; >
npm explore ; ; --
gh ; R|repo: ; >
gh alias ; ; >
gh alias set ; ~s|shell clobber ; %alias
crystal ; ; >
crystal eval ; ; %code
coverage ; ; >
coverage run ; m|module source: omit: include: branch a|append p|parallel-mode data-file: concurrency: rcfile: L|pylib timid ; %python
kernprof,viztracer,scalene ; l|line-by-line v|view o|output_file|outfile: m|module ; %python
watchmedo ; ; >
watchmedo shell-command ; c|command:$ p|patterns: R|recursive W|wait D|drop ;
cross-env ; ; =
cross-env-shell ; ; = $
concurrently,conc ; ~n|names: c|prefix-colors: p|prefix: k|kill-others r|raw s|success: l|prefix-length: i|handle-input m|max-processes: t|timestamp-format: restart-tries: restart-after: kill-others-on-fail no-color hide: g|group timings default-input-target: ; %each
npm-run-all,run-s,run-p,npm-run-all2 ; ~p|parallel s|sequential l|print-label n|print-name c|continue-on-error r|race max-parallel: silent npm-path: ; %scripts
start-server-and-test,server-test ; expect: ; %each
nodemon,node-dev,ts-node-dev,tsx-watch ; ~x|exec:$ e|ext: w|watch: i|ignore: d|delay: s|signal: r|require: q|quiet V|verbose C|on-change-only L|legacy-watch inspect? config: respawn transpile-only ; %nodemon
chokidar,chokidar-cli ; ~c|command:$ i|ignore: d|debounce: t|throttle: s|follow-symlinks initial p|polling silent ; 0
watchexec ; w|watch: W: e|exts: f|filter: i|ignore: d|debounce: s|signal: shell: delay-run: stop-signal: stop-timeout: E|env:E workdir:C o|on-busy-update: r|restart c|clear? n p|postpone N|notify q|quiet print-events no-vcs-ignore no-ignore ; $
`

export const TOOLS = launchersOf(TABLE, {
  environment: runVirtualenv,
  alias: ({ options, rest: [, text], how, world }) =>
    text !== undefined && (options.has('-s') || prefixOf(text).startsWith('!'))
      ? world.shell(dropPrefix(text, prefixOf(text).startsWith('!') ? 1 : 0), how)
      : undefined,
  cmake: runCmake,
  code: ({ call, world }) => {
    world.unknown('any', `code of ${call.name}`)
    return undefined
  },
  each: ({ rest, how, world }) => rest.reduce<Output>((_, text) => runPart(text, how, world), undefined),
  node: ({ call, rest, how, world }) => world.run(['node', ...rest.slice(1)], { ...how, open: call.open }),
  nodemon: ({ call, options, rest, how, world }) =>
    options.has('-x')
      ? rest.length === 0
        ? undefined
        : world.shell(joinWords([options.value('-x') ?? '', ...rest]), how)
      : rest.length === 0
        ? undefined
        : world.run(['node', ...rest], { ...how, open: call.open }),
  // The environment may stand in front of the program: `test:pytest`.
  hatch: ({ call, rest: [first = '', ...more], how, world }) =>
    world.run([splitOnce(first, ':')?.[1] ?? first, ...more], { ...how, open: call.open }),
  package: runPackage,
  profile: ({ call, rest, how, world }) => world.run(rest[1] === '--' ? rest.slice(2) : rest.slice(1), { ...how, open: call.open }),
  python: runPython,
  php: ({ rest: [code = ''], how, world }) => world.run(['php', '-r', code], how),
  ruby: ({ call, rest, how, world }) =>
    world.run(['ruby', ...(/\.rb$/.test(prefixOf(rest[0] ?? '')) ? [] : ['-e']), ...rest], { ...how, open: call.open }),
  scripts: ({ rest, how, world }) => rest.reduce<Output>((_, name) => world.run(['npm', 'run', name], how), undefined),
  tool: runTool,
})

/** `npm:name` is a script of the project. */
function runPart(text: Text, how: Launch['how'], world: Launch['world']): Output {
  return typeof text === 'string' && text.startsWith('npm:') ? world.run(['npm', 'run', text.slice(4)], how) : world.shell(text, how)
}

/** The Python that is named is run. Where an option is not known, the folder is not. */
function runVirtualenv({ call, options, how, world }: Launch): undefined {
  const folders = options.operands.length === 0 ? ['.venv'] : options.operands
  const pythons = [...options.values('-p'), ...['VIRTUALENV_PYTHON', 'UV_PYTHON'].flatMap(name => call.environment.get(name) ?? [])]
  for (const python of pythons) if (prefixOf(python).includes('/')) world.run([python], how)
  if (!options.unknown) makeEnvironment(options, world, folders)
}

/** `cmake -E env A=1 program`, `cmake -E rm file`: a box of small tools. */
function runCmake({ call, how, world }: Launch): Output {
  const [mode, tool = '', ...args] = call.args
  if (mode !== '-E') return undefined
  if (typeof tool !== 'string') return runAny(call.args, how, world)
  return world.run([CMAKE_TOOLS[tool] ?? tool, ...args], { ...how, open: call.open })
}

const CMAKE_TOOLS: Readonly<Record<string, string>> = {
  remove: 'rm',
  remove_directory: 'rm',
  rename: 'mv',
  copy: 'cp',
  copy_if_different: 'cp',
  copy_directory: 'cp',
  make_directory: 'mkdir',
  create_symlink: 'ln',
  create_hardlink: 'ln',
}

/** The command stands after `--`, or after the word `run`. */
function runTool({ call, options, rest, how, world }: Launch): Output {
  const at = call.args.indexOf('--')
  const inner = at !== -1 ? call.args.slice(at + 1) : rest[0] === 'run' ? rest.slice(1) : rest
  const reach = { ...how, open: call.open }
  if (at === -1 && options.unknown) return runAny(call.args, reach, world)
  return inner.length === 0 ? undefined : world.run(inner, reach)
}

/** A package is fetched where it is not there; the program has its name. */
function runPackage({ call, options, rest, how, world }: Launch): Output {
  const reach = { ...how, open: call.open }
  const [first, ...more] = rest
  const packages = ['--package', '--from', '--spec'].flatMap(option => options.values(option))
  for (const each of packages.length > 0 || first === undefined ? packages : [first]) {
    fetchPackage(each, call.name, world)
    world.act('package.run', { program: call.name, package: each })
  }
  if (options.unknown) return runAny(call.args, reach, world)
  return first === undefined ? undefined : world.run([packages.length > 0 ? first : programOf(first), ...more], reach)
}

/** `@scope/name@1.0` is taken to bring a program `name`. */
export function programOf(spec: Text): Text {
  const known = prefixOf(spec)
  const name = known.slice(known.lastIndexOf('/') + 1)
  const at = name.indexOf('@')
  return at > 0 ? name.slice(0, at) : typeof spec === 'string' ? name : spec
}

/** `uv run script.py`, `uv run -m module`, `uv run program`. */
function runPython({ call, options, rest, how, world }: Launch): Output {
  const reach = { ...how, open: call.open }
  const [first] = rest
  if (options.unknown) return runAny(call.args, reach, world)
  if (options.has('-m')) return world.run(['python', '-m', ...rest], reach)
  if (options.has('-s') || first === '-' || (typeof first === 'string' && first.endsWith('.py')))
    return world.run(['python', ...rest], reach)
  return first === undefined ? undefined : world.run(rest, reach)
}
