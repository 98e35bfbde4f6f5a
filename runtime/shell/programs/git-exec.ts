/** What git has others run: aliases, settings and options whose value is a command, hooks that the command itself wrote. */
import { hasOwn } from '../../decide/value.js'
import type { Text } from '../analysis.js'
import { ANY, dropPrefix, join, joinWords, prefixOf, splitOnce } from '../text.js'
import { openChannels } from './channels.js'
import { splitString } from './env.js'
import type { Invocation, Model, Output, Reach, World } from './model.js'
import { type Options, readOptions } from './options.js'
import { lookupIn } from './roles.js'

const GLOBAL =
  'C: c: git-dir: work-tree: exec-path? namespace: config-env: super-prefix: attr-source: list-cmds: p|paginate P|no-pager bare no-replace-objects literal-pathspecs glob-pathspecs noglob-pathspecs icase-pathspecs no-optional-locks no-lazy-fetch no-advice h|help v|version html-path man-path info-path'

/** Options of subcommands, as in `channels.ts`. */
const CHANNELS: Readonly<Record<string, string>> = {
  rebase: 'x|exec:$',
  clone: 'u|upload-pack:$',
  fetch: 'upload-pack:$',
  pull: 'upload-pack:$',
  'fetch-pack': 'upload-pack:$ exec:$',
  'ls-remote': 'upload-pack:$ exec:$',
  push: 'receive-pack:$ exec:$',
  'send-pack': 'receive-pack:$ exec:$',
  archive: 'exec:$',
  difftool: 'x|extcmd:x',
  grep: 'O|open-files-in-pager?x',
  daemon: 'access-hook:x',
  instaweb: 'd|httpd:x b|browser:x',
  'send-email': 'to-cmd:x cc-cmd:x header-cmd:x sendmail-cmd:x',
  'filter-branch':
    'env-filter:$ tree-filter:$ index-filter:$ parent-filter:$ msg-filter:$ commit-filter:$ tag-name-filter:$ setup:$ subdirectory-filter:',
  'filter-repo': 'commit-callback:P blob-callback:P filename-callback:P message-callback:P',
}

const REMOTE_PROGRAMS = ['--upload-pack', '--receive-pack', '--exec']

const HOOKS =
  'pre-commit prepare-commit-msg commit-msg post-commit pre-merge-commit post-merge pre-rebase post-checkout post-rewrite pre-push reference-transaction applypatch-msg pre-applypatch post-applypatch pre-auto-gc post-index-change'.split(
    ' ',
  )

/** Subcommands that run hooks. */
const HOOKED = ' commit merge pull rebase checkout switch clone worktree push am cherry-pick revert gc status add reset '

const COMMANDS = new Set(
  (
    'add am annotate apply archive bisect blame branch bugreport bundle checkout cherry citool clean clone column commit config credential daemon describe diagnose diff difftool fetch fsck gc grep gui help hook init instaweb log maintenance merge mergetool mktag mktree mv notes prune pull push rebase reflog refs remote repack replace replay rerere reset restore revert rm shell shortlog show stage stash status submodule subtree svn p4 switch tag var version whatchanged worktree lfs scalar ' +
    'cat-file check-attr check-ignore check-mailmap check-ref-format checkout-index cherry-pick commit-graph commit-tree count-objects credential-cache credential-store diff-files diff-index diff-tree fast-export fast-import fetch-pack filter-branch filter-repo fmt-merge-msg for-each-ref for-each-repo format-patch fsck-objects hash-object imap-send index-pack init-db interpret-trailers ls-files ls-remote ls-tree merge-base merge-file merge-index merge-tree multi-pack-index name-rev pack-objects pack-redundant pack-refs patch-id prune-packed range-diff read-tree receive-pack request-pull rev-list rev-parse send-email send-pack show-branch show-index show-ref sparse-checkout symbolic-ref unpack-file unpack-objects update-index update-ref update-server-info upload-archive upload-pack verify-commit verify-pack verify-tag write-tree'
  ).split(' '),
)

/** Last words of settings whose value is a command; those after the bar only with a `!` in front or as a path. */
const SETTINGS =
  ' pager editor sshcommand askpass fsmonitor gitproxy external program defaultkeycommand difffilter packobjectshook command textconv cmd driver clean smudge process browser uploadpack receivepack tocmd cccmd headercmd sendmailcmd alternaterefscommand '
const MARKED = ' helper update '

type Setting = readonly [key: string, value: Text]

/** Whether it is a subcommand that Git itself has. */
export function isGitCommand(name: string): boolean {
  return COMMANDS.has(name)
}

function runGit(call: Invocation, world: World): Output {
  const options = readOptions(call.args, GLOBAL, 'stop')
  const [sub, ...rest] = options.operands
  const settings = settingsOf(call, options)
  const how = reachOf(options)
  for (const [key, value] of settings) if (!key.toLowerCase().startsWith('alias.')) runSetting(key, value, how, world)
  if (options.values('--exec-path').length > 0) world.unknown('exec', 'programs of another git')
  for (const word of rest) openTransport(word, how, world)
  if (sub === undefined) return call.open ? world.run([ANY], { ...how, open: true }) : undefined
  if (typeof sub !== 'string') return undefined
  const inner = { ...call, name: `git ${sub}`, args: rest }
  for (const [key, value] of settings)
    if (forcing(key, value) === sub) world.run(['git', sub, '--force', ...rest], { ...how, via: `git -c ${key}` })
  runHooks(sub, settings, options, world)
  const channels = hasOwn(CHANNELS, sub) ? CHANNELS[sub] : undefined
  if (channels !== undefined) openChannels(rest, channels, inner, world)
  // Git adds the path of the repository to these.
  for (const word of rest) {
    const [option, value] = splitOnce(word, '=') ?? []
    if (value !== undefined && REMOTE_PROGRAMS.includes(option ?? '')) world.shell(join(value, ' "${__}"'), { via: `git ${sub} ${option}` })
  }
  return COMMANDS.has(sub)
    ? runCommand(sub, inner, how, world)
    : runAlias(sub, inner, settings, { options, before: call.args.slice(0, options.end) }, world)
}

function reachOf(options: Options): Reach {
  const folders = options.values('-C')
  return {
    via: 'git',
    ...(folders.length === 0
      ? {}
      : { cwd: folders.reduce((path, each) => (prefixOf(each).startsWith('/') ? each : join(path, '/', each))) }),
  }
}

/** Settings of this call: `-c key=value`, `--config-env`, `GIT_CONFIG_KEY_0`. */
export function settingsOf({ args, environment }: Invocation, options = readOptions(args, GLOBAL, 'stop')): readonly Setting[] {
  const settings: Setting[] = []
  for (const word of options.values('-c')) settings.push(splitOnce(word, '=') ?? [prefixOf(word), typeof word === 'string' ? 'true' : ANY])
  for (const word of options.values('--config-env')) {
    const [key, name = ''] = splitOnce(word, '=') ?? ['']
    settings.push([key, environment.get(prefixOf(name)) ?? ANY])
  }
  for (const [name, key] of environment) {
    if (name.startsWith('GIT_CONFIG_KEY_')) settings.push([prefixOf(key), environment.get(`GIT_CONFIG_VALUE_${name.slice(15)}`) ?? ANY])
  }
  return settings
}

const HARMLESS = ['', 'true', 'false', ':', 'cat', 'less', 'more']

/** Runs the value of a setting that is a command. */
function runSetting(key: string, value: Text, how: Reach, world: World): void {
  const last = key.slice(key.lastIndexOf('.') + 1).toLowerCase()
  const via = { ...how, via: `git -c ${key}` }
  const marked = prefixOf(value).startsWith('!')
  if (typeof value === 'string' && HARMLESS.includes(value)) return
  if (key.includes('ext::')) world.unknown('exec', 'a transport of git')
  else if (marked && (MARKED.includes(` ${last} `) || key.toLowerCase().startsWith('alias.'))) world.shell(dropPrefix(value, 1), via)
  else if (SETTINGS.includes(` ${last} `) || key.startsWith('pager.') || (last === 'helper' && prefixOf(value).startsWith('/')))
    world.shell(value, via)
  else if (last === 'templatedir' || key.startsWith('include')) world.unknown('exec', `what ${key} of git brings`)
}

/** The subcommand that a setting makes do what `--force` does. */
function forcing(key: string, value: Text): string | undefined {
  const name = key.toLowerCase()
  if (/^remote\..*\.push$/.test(name)) return prefixOf(value).startsWith('+') ? 'push' : undefined
  if (/^remote\..*\.mirror$/.test(name)) return value === 'true' || value === '1' ? 'push' : undefined
  return name === 'clean.requireforce' && (value === 'false' || value === '0') ? 'clean' : undefined
}

/** `ext::program argument`, in which `% ` is a blank and `%%` a percent sign. */
function openTransport(word: Text, how: Reach, world: World): void {
  if (!prefixOf(word).startsWith('ext::')) return
  const words = ['']
  const text = prefixOf(word)
  for (let i = 5; i < text.length; i++) {
    const escaped = text.charAt(i) === '%'
    const unit = escaped ? text.charAt(++i) : text.charAt(i)
    if (unit === ' ' && !escaped) words.push('')
    else words[words.length - 1] += unit
  }
  const known = typeof word === 'string'
  world.run([...words.filter(each => each !== ''), ...(known ? [] : [ANY])], { ...how, via: 'git ext::', open: !known })
}

/** Hooks that lie elsewhere, or that an earlier part of the command wrote. */
function runHooks(sub: string, settings: readonly Setting[], options: Options, world: World): void {
  const other = settings.find(([key]) => key.toLowerCase() === 'core.hookspath')?.[1]
  if (!HOOKED.includes(` ${sub} `) || other === '/dev/null' || other === '') return
  if (other === undefined && !world.hasWritten) return
  const folder = inRepository('hooks', options)
  for (const name of HOOKS) {
    const path = join(other ?? folder, '/', name)
    // Where husky has its own, which run those.
    if (world.wrote(`.husky/${name}`)) world.script(`.husky/${name}`, { via: `hook ${name}` })
    if (world.wrote(path) || (other !== undefined && world.readText(path) !== undefined)) world.script(path, { via: `hook ${name}` })
  }
  if (other !== undefined && world.files === undefined) world.unknown('exec', 'hooks of git that lie elsewhere')
}

function inRepository(path: string, options: Options): Text {
  const [folder] = options.values('--git-dir')
  const base = options.values('-C')[0]
  return folder !== undefined ? join(folder, '/', path) : join(base === undefined ? '' : join(base, '/'), '.git/', path)
}

function runCommand(sub: string, call: Invocation, how: Reach, world: World): Output {
  const [first, ...rest] = call.args
  const open = call.open
  if (sub === 'bisect' && first === 'run') return world.run(rest, { ...how, via: 'git bisect run', open })
  if (sub === 'submodule') runForeach(call.args, how, world)
  if (sub === 'config') return configure(call, how, world)
  if (sub === 'clone')
    for (const value of readOptions(call.args, 'c|config: template: u: o: b: j:').values('-c')) {
      const [key, text] = splitOnce(value, '=') ?? ['', '']
      runSetting(key, text, how, world)
    }
  if (sub === 'hook' && first === 'run' && rest[0] !== undefined) return world.script(join('.git/hooks/', rest[0]), { via: 'git hook run' })
  return undefined
}

function runForeach(args: readonly Text[], how: Reach, world: World): void {
  const at = args.indexOf('foreach')
  if (at === -1) return
  const rest = args.slice(at + 1)
  const start = rest.findIndex(word => !prefixOf(word).startsWith('-'))
  const words = start === -1 ? [] : rest.slice(start)
  if (words.length > 0) world.shell(joinWords(words), { ...how, via: 'git submodule foreach' })
}

/** A setting that this call writes takes effect in later ones. */
function configure(call: Invocation, how: Reach, world: World): Output {
  const options = readOptions(
    call.args,
    'f|file: blob: t|type: default: value: comment: global system local worktree add replace-all get get-all unset unset-all l|list e|edit bool int path',
  )
  const words = options.operands[0] === 'set' ? options.operands.slice(1) : options.operands
  const [key, value] = words
  if (key === undefined || value === undefined || options.has('--get') || options.has('--unset') || key === 'get' || key === 'unset')
    return undefined
  runSetting(prefixOf(key), value, how, world)
  const forced = forcing(prefixOf(key), value)
  if (forced !== undefined) world.run(['git', forced, '--force'], { ...how, via: 'git config' })
  if (prefixOf(key).toLowerCase() !== 'core.hookspath') return undefined
  for (const name of HOOKS) {
    if (world.wrote(join(value, '/', name))) world.script(join(value, '/', name), { via: `hook ${name}` })
  }
  return undefined
}

/** A repository may be this many folders up. */
const MAX_DEPTH = 8

/** The texts of the configuration files that there are. */
function configurations(options: Options, world: World): readonly Text[] {
  const base = options.values('-C')[0]
  const above = Array.from({ length: MAX_DEPTH }, (_, depth) =>
    join(base === undefined ? '' : join(base, '/'), '../'.repeat(depth), '.git/config'),
  )
  const own = world.home === undefined ? [] : [`${world.home}/.gitconfig`, `${world.home}/.config/git/config`]
  const paths = options.has('--git-dir') ? [inRepository('config', options), ...own] : [...above, ...own]
  return paths.flatMap(path => world.readText(path) ?? [])
}

/** What stands before the subcommand. */
interface Global {
  readonly options: Options
  readonly before: readonly Text[]
}

/** A subcommand that is none of git's: an alias, or a program `git-name`. */
function runAlias(sub: string, call: Invocation, settings: readonly Setting[], { options, before }: Global, world: World): Output {
  const texts = configurations(options, world)
  const given = settings.find(([key]) => key.toLowerCase() === `alias.${sub.toLowerCase()}`)?.[1]
  const value = given ?? texts.map(text => (typeof text === 'string' ? aliasIn(text, sub) : undefined)).find(found => found !== undefined)
  const how = { via: `git alias ${sub}`, open: call.open }
  if (value === undefined) {
    if (texts.length === 0 && !isUnconfigured(world)) world.unknown('exec', `alias ${sub} of git`)
    return world.run([`git-${sub}`, ...call.args], how)
  }
  if (prefixOf(value).startsWith('!'))
    return world.shell(call.args.length === 0 && !call.open ? dropPrefix(value, 1) : join(dropPrefix(value, 1), ' "$@"'), how, [
      'git',
      ...call.args,
    ])
  return world.run(['git', ...before, ...splitString(value), ...call.args], how)
}

/** The user has no configuration, and so no aliases. */
function isUnconfigured({ files, home }: World): boolean {
  return files?.kind(`${prefixOf(home ?? '')}/.gitconfig`) === 'none'
}

/** The alias in the text of a configuration file. */
function aliasIn(text: string, name: string): string | undefined {
  let inside = false
  let found: string | undefined
  for (const line of text.split('\\\n').join(' ').split('\n')) {
    const trimmed = line.trim()
    if (trimmed.startsWith('[')) inside = trimmed.toLowerCase().startsWith('[alias]')
    const at = trimmed.indexOf('=')
    if (inside && at !== -1 && trimmed.slice(0, at).trim().toLowerCase() === name.toLowerCase())
      found = valueIn(trimmed.slice(at + 1).trim())
  }
  return found
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', b: '\b' }

/** The value of a setting: quotes and escapes resolved, without its comment. */
function valueIn(text: string): string {
  let value = ''
  let quoted = false
  for (let i = 0; i < text.length; i++) {
    const unit = text.charAt(i)
    if (unit === '"') quoted = !quoted
    else if (unit === '\\') value += ESCAPES[text.charAt(++i)] ?? text.charAt(i)
    else if (!quoted && (unit === '#' || unit === ';')) break
    else value += unit
  }
  return value.trim()
}

/** It has Git's subcommands beside its own. */
const runHub: Model = (call, world) => world.run(['git', ...call.args], { via: call.name, transparent: true, open: call.open })

export const GIT_EXEC = lookupIn({ git: runGit, hub: runHub })
