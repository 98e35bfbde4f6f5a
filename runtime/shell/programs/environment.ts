/** Variables of the environment that make a program run something. */
import { hasOwn } from '../../decide/value.js'
import { AbstractString } from '../../decide/abstract-string.js'
import type { Text } from '../analysis.js'
import { ANY, dropPrefix, join, prefixOf, splitOnce } from '../text.js'
import { openChannels } from './channels.js'
import type { Invocation, Output, Reach, World } from './model.js'

/** A shell runs their value, or it names a program. */
const COMMANDS = words(
  'GIT_SSH GIT_SSH_COMMAND GIT_EDITOR GIT_SEQUENCE_EDITOR GIT_PAGER GIT_EXTERNAL_DIFF GIT_ASKPASS SSH_ASKPASS SUDO_ASKPASS GIT_PROXY_COMMAND MANPAGER LESSOPEN LESSCLOSE BAT_PAGER PSQL_PAGER PSQL_EDITOR SUDO_EDITOR SYSTEMD_EDITOR SYSTEMD_PAGER RSYNC_RSH CVS_RSH SVN_EDITOR SVN_SSH HGEDITOR GH_EDITOR GH_PAGER GH_BROWSER BUNDLER_EDITOR GEM_EDITOR KUBE_EDITOR KUBECTL_EXTERNAL_DIFF RESTIC_PASSWORD_COMMAND BORG_RSH BORG_PASSCOMMAND RUSTC RUSTDOC RUSTC_WRAPPER RUSTC_WORKSPACE_WRAPPER FZF_DEFAULT_COMMAND AUTOM4TE npm_config_script_shell NPM_CONFIG_SCRIPT_SHELL FCEDIT TAR_RSH DELTA_PAGER AWS_PAGER EDITOR VISUAL PAGER BROWSER SHELL CC CXX LD AR CONFIG_SHELL',
)

const OF_CARGO = /^CARGO_(?:TARGET_\w+_(?:RUNNER|LINKER)|BUILD_RUSTC\w*)$/

/** Programs that run what such a variable says, or that start one that does. */
const STARTERS = words(
  'git gh hub glab man xdg-open sensible-browser crontab sudo sudoedit visudo vipw systemctl journalctl psql mysql sqlite3 svn hg cvs less bat batcat aws gcloud kubectl edquota chfn mutt info gem bundle ansible-vault ansible-doc tig lazygit ranger mc nnn script vim vi tmux screen parallel watch entr ag rlwrap ssh rsync restic borg cargo rustc fzf autoconf autoheader autoreconf npm pnpm yarn npx go pip pip3 make composer brew terraform tar delta su',
)

export function startsPrograms(name: string): boolean {
  return STARTERS.has(name)
}

/** They name code that is loaded, if the value has one of these words in it; an empty word: whatever it is. */
const CODE: Readonly<Record<string, string>> = {
  LD_PRELOAD: '',
  LD_AUDIT: '',
  DYLD_INSERT_LIBRARIES: '',
  GCONV_PATH: '',
  DOTNET_STARTUP_HOOKS: '',
  CORECLR_PROFILER_PATH: '',
  LESSKEYIN: '',
  BUN_INSPECT_PRELOAD: '',
  PYTEST_PLUGINS: '',
  PYTEST_ADDOPTS: '-p ',
  MAVEN_ARGS: 'exec',
  NPM_CONFIG_NODE_OPTIONS: 'require import loader -r eval',
  npm_config_node_options: 'require import loader -r eval',
  NODE_OPTIONS: 'require import loader -r eval inspect-brk',
  PYTHONSTARTUP: '',
  PYTHONBREAKPOINT: '.',
  PERL5OPT: '',
  PERL5DB: '',
  RUBYOPT: '-r',
  JAVA_TOOL_OPTIONS: 'agent',
  _JAVA_OPTIONS: 'agent',
  JDK_JAVA_OPTIONS: 'agent',
  MAVEN_OPTS: 'agent',
  GRADLE_OPTS: 'agent',
  SBT_OPTS: 'agent',
  BUN_OPTIONS: 'preload -r',
  ERL_FLAGS: 'eval',
  ERL_AFLAGS: 'eval',
  ELIXIR_ERL_OPTIONS: 'eval',
  RUSTFLAGS: 'linker=/ linker=.',
  R_PROFILE: '',
  R_PROFILE_USER: '',
  PSQLRC: '',
  MAKEFLAGS: 'eval',
  MAKEFILES: '',
  GOFLAGS: 'exec',
  GIT_CONFIG: '',
  GIT_CONFIG_GLOBAL: '',
  GIT_CONFIG_SYSTEM: '',
  GIT_CONFIG_PARAMETERS: '',
  GIT_EXEC_PATH: '',
  GIT_TEMPLATE_DIR: '',
  ZDOTDIR: '',
  VIMINIT: '',
  EXINIT: '',
  OPENSSL_CONF: '',
  APT_CONFIG: '',
  RIPGREP_CONFIG_PATH: '',
}

/** Options of a program that it takes from there. */
const OPTIONS: Readonly<Record<string, string>> = {
  TAR_OPTIONS: 'I|use-compress-program:$ to-command:$ checkpoint-action:=',
  FZF_DEFAULT_OPTS: 'preview:$ bind:b',
  ZIPOPT: '-TT:$ unzip-command:$',
  LESS: '+:!',
  MORE: '+:!',
}

/** They name folders of modules. */
const FOLDER_VARIABLES = [
  'PYTHONPATH',
  'PYTHONHOME',
  'PYTHONUSERBASE',
  'NODE_PATH',
  'RUBYLIB',
  'PERL5LIB',
  'PERLLIB',
  'LUA_PATH',
  'LUA_CPATH',
]

const BELOW: Text = AbstractString.of([{ hole: 'below' }])

/** The folders of modules that variables name. */
export function moduleFolders({ environment }: Invocation): readonly Text[] {
  return FOLDER_VARIABLES.flatMap(name => environment.get(name) ?? [])
}

/** Whether the command has put something into one of the folders: `a:b`, `a/?.lua;;` */
export function hasWritten(folders: Text, world: World): boolean {
  const each = typeof folders === 'string' ? folders.split(/[:;]/).map(folder => folder.replace(/\/?\?.*$/, '') || '.') : [folders]
  return each.some(folder => world.wrote(join(folder, BELOW)) || (typeof folder !== 'string' && world.wrote(ANY)))
}

const HARMLESS = words('/dev/null /bin/cat cat true false : less more')

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(' '))
}

/** What the variables in front of a program make it run. */
export function runEnvironment(call: Invocation, world: World): void {
  for (const [name, value] of call.environment) if (value !== '') runVariable(name, value, call, world)
}

/** Names of packages that Node loads first; one with `..` in it is a path. */
const PACKAGES = /(?:^|\s)(?:-r|--(?:require|import|loader|experimental-loader))(?:=|\s+)(?!\S*\.\.)([@\w][\w@/.-]*)(?=\s|$)/g

/** Without the packages that are in the folders where Node looks by itself, as far as the command has put nothing there. */
function withoutPackages(options: Text, { environment }: Invocation, world: World): Text {
  const isOwn = (name = '') => environment.has('NODE_PATH') || world.wrote(join('node_modules/', name, '/', ANY))
  return typeof options === 'string' ? options.replace(PACKAGES, (all, name) => (isOwn(name) ? all : '')) : options
}

const INTERPRETED = /^(?:python|node|ruby|perl|lua)[\d.]*$/
const PROXIES = /^(?:https?|all|ftp)_proxy$/i

/** What they fetch goes by way of that host. */
const FETCHERS = words('curl wget wget2 http https xh xhs aria2c lynx w3m links elinks')

function runVariable(name: string, given: Text, call: Invocation, world: World): void {
  const value = name === 'NODE_OPTIONS' ? withoutPackages(given, call, world) : given
  const how = { via: name }
  const [code, options] = [own(CODE, name), own(OPTIONS, name)]
  if (PROXIES.test(name) && FETCHERS.has(call.name)) {
    const named = splitOnce(value, '://')?.[1] ?? value
    const at = splitOnce(named, '@')?.[1] ?? named
    world.act('net.connect', { host: splitOnce(at, ':')?.[0] ?? at, url: join('tcp://', at), program: call.name })
  }
  // An interpreter looks itself at what is there, and any other program that is written in its language loads some of it.
  const isLoaded = name === 'PYTHONPATH' ? /\/(?:site|user)customize\.py$/ : /^/
  if (
    FOLDER_VARIABLES.includes(name) &&
    hasWritten(value, world) &&
    world.written().some(path => isLoaded.test(path)) &&
    !INTERPRETED.test(call.name)
  )
    world.unknown('any', `code that ${name} names`)
  if (/^(?:DOCKER|CONTAINER)_HOST$/.test(name) && /^(?:docker|podman|nerdctl)/.test(call.name) && /^(?:tcp|https?):/.test(prefixOf(value)))
    world.act('net.connect', { url: value, program: call.name })
  if (name.startsWith('GIT_TRACE') && call.name === 'git' && prefixOf(value).startsWith('/')) world.file('write', value)
  if (name === 'TAR_OPTIONS' && typeof value !== 'string' && /^(?:g|bsd)?tar$/.test(call.name)) world.unknown('any', 'options of tar')
  if ((COMMANDS.has(name) || OF_CARGO.test(name)) && STARTERS.has(call.name) && !(name === 'SHELL' && isShell(value))) {
    const output = runCommand(value, { ...how, assignments: [[name, '']] }, world)
    if (name === 'LESSOPEN' && !prefixOf(value).startsWith('|')) showInstead(output, world)
  }
  if (options !== undefined && typeof value === 'string') {
    const words = wordsOf(value)
    openChannels(words, options, call, world)
    // `-m` of zip
    if (
      name === 'TAR_OPTIONS'
        ? /^(?:g|bsd)?tar$/.test(call.name)
        : call.name === 'zip' && words.some(word => /^--?(?:\w*m$|move)/.test(word))
    )
      world.run([call.name, ...call.args, ...words], { via: name, assignments: [[name, '']], open: call.open })
  } else if (
    code !== undefined &&
    value !== '/dev/null' &&
    code.split(' ').some(word => prefixOf(value).includes(word) || typeof value !== 'string')
  ) {
    world.unknown('any', `code that ${name} names`)
  }
}

/** Quotes hold words together. */
function wordsOf(value: string): readonly string[] {
  return (value.match(/(?:[^\s'"]|'[^']*'|"[^"]*")+/g) ?? []).map(word => word.replace(/['"]/g, ''))
}

/** The shell of anybody, which recipes and commands are run by as ever. */
function isShell(value: Text): boolean {
  return typeof value === 'string' && /^(?:\/usr)?(?:\/local)?\/bin\/[a-z]{0,3}sh$/.test(value)
}

function own(table: Readonly<Record<string, string>>, name: string): string | undefined {
  return hasOwn(table, name) ? table[name] : undefined
}

function runCommand(value: Text, how: Reach, world: World): Output {
  const pipe = '|@-'.includes(prefixOf(value).charAt(0) || ' ') ? 1 : 0
  return typeof value !== 'string' || !HARMLESS.has(value) ? world.shell(dropPrefix(value, pipe), how) : undefined
}

/** What the command of `LESSOPEN` prints is the file that less shows in place of the one it is given (less(1), "INPUT PREPROCESSOR"). */
function showInstead(output: Output, world: World): void {
  const [path = ''] = typeof output === 'string' ? output.split('\n') : []
  if (path !== '') world.file('read', path)
}
