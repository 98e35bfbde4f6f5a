/** What git does to remotes, history and the files of the tree. Commands that git runs are with those that launch programs. */
import { AbstractString } from '../../decide/abstract-string.js'
import { normalizePath } from '../../decide/path.js'
import type { Value, ValueMap } from '../../decide/request.js'
import type { Text } from '../analysis.js'
import { likely, NAMES, NUMBER, workOf } from '../noted-holes.js'
import { flatten, HOLE, unflatten } from '../other/flat.js'
import { ANY, dropPrefix, join, prefixOf, splitOnce } from '../text.js'
import { baseName } from './base-name.js'
import { settingsOf } from './git-exec.js'
import type { Output } from './model.js'
import { place } from './network.js'
import { patched } from './patches.js'
import { type Lookup, modelsOf, type Reading, type Special, NAME } from './roles.js'

const TABLE = `
git; C:C c: git-dir: work-tree:C exec-path? namespace: config-env: ; >
git push,send-pack; f|force force-with-lease? force-if-includes d|delete u|set-upstream n|dry-run o|push-option: repo: receive-pack|exec: recurse-submodules: tags mirror all|branches prune no-verify ; =push
git fetch,pull,ls-remote; j|jobs: depth: deepen: shallow-since: upload-pack: o|server-option: s|strategy: X|strategy-option: ; =fetch
git clone; o|origin: b|branch: u|upload-pack: c|config: j|jobs: depth: shallow-since: reference:R separate-git-dir:W* template:R filter: ; =clone
git submodule; ; >
git submodule add; b|branch: name: reference:R depth: ; =clone
git submodule *; ; @git.submodule:command=*
git submodule deinit; f|force all ; @git.submodule:command=* @git.checkout:force=?-f:?-f W:*
git submodule update; f|force init N|no-fetch checkout merge rebase reference: depth: j|jobs: ; @git.submodule:command=* @git.checkout:force=?-f:?-f
git commit; m|message: F|file:R C|reuse-message: c|reedit-message: author: date: t|template:R pathspec-from-file:R a|all amend n|no-verify ; @git.commit:amend=?--amend:no_verify=?--no-verify:message=-m
git reset; hard soft mixed keep merge pathspec-from-file:R ; @git.reset:hard=?--hard:keep=?--keep:target=1:paths=2+:merge=?--merge WD0:*:.:?--hard:?--keep:?--merge
git clean; f|force d n|dry-run i|interactive x X e|exclude: ; @git.clean:force=?-f:directories=?-d:ignored=?-x?-X:dry_run=?-n:paths=1+ D:*:.:!-n
git checkout; b: B: orphan: f|force p|patch pathspec-from-file:R conflict: ; =checkout
git switch; c|create: C|force-create: orphan: f|force discard-changes conflict: ; =checkout
git restore; s|source: S|staged W|worktree pathspec-from-file:R ; @git.restore:paths=1+:staged=?-S:worktree=?-W =restored:!-S =restored:?-W
git branch; d|delete D f|force m|move M c|copy C u|set-upstream-to: r|remotes l|list contains: no-contains: merged: no-merged: format: sort: points-at: ; =branch
git tag; d|delete f|force u|local-user: m|message: F|file:R l|list contains: merged: points-at: sort: format: ; @git.tag:name=1:delete=?-d:force=?-f:!-l
git stash; ; >
git stash *; ; @git.stash:command=*:target=1
git stash show; ; R2+
git rev-parse; ; =objects
git stash pop,apply,branch; ; @git.stash:command=*:target=1 WD0:*:.
git stash save,.; m|message: u|include-untracked a|all ; @git.stash:command=push:untracked=?-u?-a WD0:*:.
git stash push; m|message: u|include-untracked a|all pathspec-from-file:R ; @git.stash:command=push:untracked=?-u?-a WD:*:.
git rebase; i|interactive onto: x|exec: s|strategy: X|strategy-option: C: whitespace: abort continue f|force-rebase no-verify ; @git.rebase:interactive=?-i:upstream=1:onto=--onto:abort=?--abort WD0:*:.
git am; ; R WD0:*:. =patched
git checkout-index; f|force a|all u|index n|no-create q|quiet z stdin stage: temp prefix:W* ; @git.*:refs=1+ @git.checkout:force=?-f:?-f:!--prefix =restored W0:*:.:?-a
git merge,cherry-pick,revert,bisect,sparse-checkout,read-tree; m: F|file:R s|strategy: X|strategy-option: P|prefix:W* abort no-verify ; @git.*:refs=1+:abort=?--abort:no_verify=?--no-verify WD0:*:.
git apply; p: C: exclude: include: directory:W* whitespace: check stat numstat summary cached ; R WD0:*:.:!--check:!--stat:!--numstat:!--summary =patched:!--check:!--stat:!--numstat:!--summary
git reflog,bundle; ; >
git reflog expire,delete; expire: expire-unreachable: ; @git.reflog:command=*:expire=--expire
git bundle create; ; W1
git bundle *; ; R1
git subtree; P|prefix:W* ; >>
git subtree push; ; =push
git subtree *; m: ; WD0:*:.
git credential,credential-store,credential-cache; ; @git.credential:command=1
git gc; prune? expire: ; @git.gc:prune=--prune =collected
git prune; expire: n|dry-run v|verbose progress ; =pruned
git filter-branch,filter-repo; ; @git.filter_branch WD0:*:.
git update-ref,symbolic-ref; d|delete m: z stdin ; @git.update_ref:ref=1:delete=?-d:target=2 =references:?--stdin
git config; f|file: blob: type: default: comment: value: ; =config
git notes; ; >
git notes add,append; f|force m|message: F|file:R C: c: allow-empty ;
git remote; ; >
git remote *; t: m: f|fetch push ; @git.remote:command=*:name=1:url=2
git remote show,get-url; ;
git worktree; ; >
git worktree add; b: B: f|force reason: ; @git.worktree:command=*:path=1 W1:*
git worktree remove,move; f|force ; @git.worktree:command=*:path=1:force=?-f D1:* W2:*
git rm; f|force n|dry-run cached pathspec-from-file:R r ; @git.rm:paths=1+:cached=?--cached =remove:!--cached:!-n
git mv; f|force n|dry-run ; =move
git add,stage; A|all u|update f|force chmod: pathspec-from-file:R ; @git.add:paths=1+:all=?-A:force=?-f =read R0:*:.:?-A:?-u
git show,diff,log,blame,annotate,whatchanged,diff-tree,diff-index,diff-files,difftool,format-patch,cat-file,ls-tree,archive; O: G: S: U|unified: L: n|max-count: format: pretty? since|after: until|before: author: grep: stat? output:W o|output-directory:W* diff-filter: contents:R prefix: remote: add-file:R ; =contents
git grep; e: f:R A: B: C: m: max-depth: threads: O? ; R2+:*:/-e:/-f:.
git hash-object; t: path: stdin-paths ; R
git mailinfo; ; W1 W2
git merge-file,interpret-trailers; L: trailer: p|stdout in-place ; R W1:?--in-place W1:!-p
git fast-export,fast-import; export-marks:W import-marks:R ; R2+
git unpack-file; ; =unpacked
git bugreport,diagnose; o|output-directory:W* s|suffix: ; P
git init; b|initial-branch: template:R separate-git-dir:W* ; W:*:.
git send-email; to: from: cc: smtp-server: smtp-user: smtp-pass: ; R @net.connect:host=--smtp-server:program=git
git daemon,instaweb; port: ; @net.listen:port=--port:program=git
git status; ; 
git ls-files; X: x|exclude: exclude-from:R exclude-standard o|others ; L0:*:. =others
git check-ignore; v n q z|stdin ; =others
`

/** The URL of a remote in the repository's configuration. */
function configured(reading: Reading, remote: Text, key: string): string | undefined {
  const text = reading.world.readText(reading.at('.git/config'))
  if (typeof text !== 'string' || typeof remote !== 'string') return undefined
  let inside = false
  for (const line of text.split('\n')) {
    const trimmed = line.trim()
    if (trimmed.startsWith('[')) inside = trimmed === `[remote "${remote}"]`
    const [name, value] = splitOnce(trimmed, '=') ?? []
    if (inside && name?.trim() === key && typeof value === 'string') return value.trim()
  }
  return undefined
}

function currentBranch(reading: Reading): string | undefined {
  const head = reading.world.readText(reading.at('.git/HEAD'))
  return typeof head === 'string' && head.startsWith('ref: refs/heads/') ? head.slice(16).trim() : undefined
}

/** `git@host:path`, `https://host/path`, `../path`, or the name of a configured remote. */
function remoteParams(reading: Reading, remote: Text, key: string): Record<string, Value> {
  const url = isAddress(remote) ? remote : (configured(reading, remote, key) ?? configured(reading, remote, 'url'))
  return { remote, configured: !isAddress(remote), ...(url === undefined ? {} : address(url, reading)) }
}

function isAddress(remote: Text): boolean {
  const prefix = prefixOf(remote)
  return prefix.includes(':') || prefix.includes('/') || prefix.startsWith('.')
}

/** `git@host:path` as a URL; a path of this machine has no host. */
function address(url: Text, reading: Reading): Record<string, Value> {
  const prefix = prefixOf(url)
  if (prefix.includes('://') || !prefix.includes(':')) return { url }
  const [before, path = ''] = splitOnce(url, ':') ?? [url]
  const { host = '' } = place(before, '', 'ssh', reading)
  return { url: join('ssh://', host as Text, '/', path), host } // a host is a text
}

/** What the command has set so far, this call included: keys, in which a hole is one character, and their values. */
function settings({ world, call }: Reading): readonly (readonly [key: string, value: Text])[] {
  const remotes = world.acted('git.remote').map(({ name, url }) => [`remote.${flat(name)}.url`, url] as const)
  const set = world.acted('git.config').map(({ key, value, unset }) => [flat(key), unset === true ? undefined : value] as const)
  const own = settingsOf(call)
  return [...remotes, ...set, ...own].flatMap(([key, value]) => (isText(value) ? [[key, value] as const] : []))
}

function flat(value: Value | undefined): string {
  return isText(value) ? flatten(value) : ''
}

function isText(value: Value | undefined): value is Text {
  return typeof value === 'string' || value instanceof AbstractString
}

/** Where the command itself has said that what is pushed goes: no remote of the user's is there. @param remote undefined where none is named */
function redirected(reading: Reading, remote: Text | undefined): readonly Text[] {
  const told = settings(reading)
  const defaults = remote === undefined ? told.filter(([key]) => /^(?:branch\..*\.(?:push)?remote|remote\.pushdefault)$/i.test(key)) : []
  const names = [remote ?? 'origin', ...defaults.map(([, value]) => value)]
  // `git remote rename old new`
  for (const [key, value] of told) if (names.some(name => name === value)) names.push(key.slice(7, -4))
  const isNamed = (name: string) => names.map(flatten).some(each => each === name || (each + name).includes(HOLE))
  return told
    .flatMap(([key, value]) => {
      const [, section = '', name = '', last = ''] = /^(\w+)\.(.*)\.(\w+)$/.exec(key) ?? []
      if (/^remote$/i.test(section) && /^(?:push)?url$/i.test(last) && isNamed(name)) return [value]
      return /^url$/i.test(section) && /insteadof$/i.test(last) && hostOf(name) !== hostOf(flatten(value)) ? [unflatten(name)] : []
    })
    .concat(defaults.flatMap(([, value]) => (isAddress(value) ? [value] : [])))
}

/** Of a URL or of `user@host:path`. */
function hostOf(address: string): string | undefined {
  return /^(?:[a-z+]+:\/\/)?(?:[^@/]*@)?([^:/]+)/i.exec(address)?.[1]
}

function push(reading: Reading): Output {
  const { options, operands } = reading
  const [named = options.value('--repo'), ...refs] = operands
  const remote = named ?? 'origin'
  const others = redirected(reading, named).map(url => ({ remote, configured: false, ...address(url, reading) }))
  for (const where of others.length > 0 ? others : [remoteParams(reading, remote, 'pushurl')]) pushTo(where, refs, reading)
  return undefined
}

function pushTo(where: ValueMap, refs: readonly Text[], reading: Reading): void {
  const { options, world } = reading
  const all = options.has('--all') || options.has('--mirror')
  const common: ValueMap = {
    ...where,
    force_with_lease: options.has('--force-with-lease') || options.has('--force-if-includes'),
    tags: options.has('--tags'),
    mirror: options.has('--mirror'),
    dry_run: options.has('-n'),
    no_verify: options.has('--no-verify'),
  }
  const force = options.has('--mirror') ? true : (reading.has('-f') ?? ANY)
  const deletes = options.has('-d') || options.has('--prune')
  if (refs.length === 0) {
    const branch = all || reading.call.open ? ANY : currentBranch(reading)
    world.act('git.push', { ...common, ...(branch === undefined ? {} : { branch }), force, delete: options.has('--prune') })
  }
  for (const ref of refs) world.act('git.push', { ...common, ...refParams(reading, ref, force, deletes) })
}

/** `+source:target`, `:target`, `tag v1`. */
function refParams(reading: Reading, ref: Text, force: Value, deletes: boolean): Record<string, Value> {
  const plus = prefixOf(ref).startsWith('+')
  const spec = plus ? dropPrefix(ref, 1) : ref
  const split = splitOnce(spec, ':')
  const target = split === undefined || split[1] === '' ? (split?.[0] ?? spec) : split[1]
  const named = prefixOf(target).startsWith('refs/heads/') ? dropPrefix(target, 11) : target
  const branch = named === 'HEAD' || named === '@' ? currentBranch(reading) : named
  return {
    ...(branch === undefined ? {} : { branch }),
    force: plus ? true : force,
    delete: deletes || (split?.[0] === '' && split[1] !== ''),
  }
}

function fetch(reading: Reading): Output {
  const [remote = 'origin', branch] = reading.operands
  const command = reading.words[0] === 'ls-remote' ? 'fetch' : reading.words[0]
  reading.world.act(`git.${command ?? 'fetch'}`, { ...remoteParams(reading, remote, 'url'), ...(branch === undefined ? {} : { branch }) })
  if (command === 'pull') reading.touch('WD', '.', true)
  return undefined
}

function clone(reading: Reading): Output {
  const [url = ANY, path] = reading.operands
  reading.world.act('git.clone', { ...remoteParams(reading, url, 'url'), submodule: reading.words[0] === 'submodule' })
  for (const setting of reading.options.values('-c')) {
    const [key, value = 'true'] = splitOnce(setting, '=') ?? [setting]
    reading.world.act('git.config', { key, value, scope: 'local', unset: false })
  }
  reading.touch('WP', path ?? withoutGit(baseName(url)), true)
  if (!prefixOf(url).includes(':')) reading.touch('R', url, true)
  return undefined
}

function withoutGit(name: Text): Text {
  return typeof name === 'string' && name.endsWith('.git') ? name.slice(0, -4) : name
}

/** A branch, or paths whose changes are thrown away. */
function checkout(reading: Reading): Output {
  const { options, operands, call } = reading
  const dashes = call.args.indexOf('--')
  const paths = dashes === -1 ? operands.filter(each => isPath(each)) : call.args.slice(dashes + 1)
  const created = ['-b', '-B', '-c', '-C', '--orphan'].flatMap(option => options.values(option))[0]
  const branch = created ?? operands.find(each => !paths.includes(each))
  const params = {
    paths,
    // Its answers come from the command.
    discard: paths.length > 0 || (options.has('-p') && call.piped),
    force: options.has('-f') || options.has('--discard-changes'),
    create: created !== undefined,
  }
  reading.world.act('git.checkout', branch === undefined ? params : { branch, ...params })
  if (created === undefined) {
    for (const path of paths.flatMap(treePaths)) reading.touch('WD', path, true)
    if (paths.length === 0) reading.touch('WD', '.', true)
  }
  return undefined
}

function restored(reading: Reading): Output {
  for (const path of reading.operands.flatMap(treePaths)) reading.touch('WD', path, true)
  return undefined
}

/** `:/a`, `:(glob)a` and the like: `a` may count from the top of the repository, which is somewhere above. */
function treePaths(path: Text): readonly Text[] {
  const magic = /^:(?:\/|\([^)]*\))(?=[^!^]|$)/.exec(prefixOf(path))?.[0]
  if (magic === undefined || magic.includes('exclude')) return [treePath(path)]
  const named = dropPrefix(path, magic.length)
  return named === '' ? ['.'] : ['.', treePath(named)]
}

/** A star in a path reaches beneath folders; whatever has a word of magic before it may be anywhere in the tree. */
function treePath(path: Text): Text {
  if (prefixOf(path).startsWith(':')) return '.'
  const star = typeof path === 'string' ? path.search(/[*?[]/) : -1
  return star === -1 ? path : join(prefixOf(path).slice(0, star), ANY)
}

function remove(reading: Reading): Output {
  for (const path of reading.operands.flatMap(treePaths)) reading.touch('D', path, reading.has('-r') !== false)
  return undefined
}

function read(reading: Reading): Output {
  for (const path of reading.operands) reading.touch('R', treePath(path), true)
  return undefined
}

/** Lines that change references: `delete refs/heads/x`. */
function references({ call, world }: Reading): Output {
  if (typeof call.stdin !== 'string') return (world.unknown('exec', 'references that git reads'), undefined)
  for (const [, ref = ''] of call.stdin.matchAll(/^delete\s+(\S+)/gm)) world.act('git.update_ref', { ref, delete: true })
  return undefined
}

/** What nothing leads to is gone at once, unless it is told how old that has to be. */
function pruned({ options, world }: Reading): Output {
  if (!options.has('-n')) world.act('git.gc', { prune: options.value('--expire') ?? 'now' })
  return undefined
}

/** The same where a setting tells it. */
function collected(reading: Reading): Output {
  for (const [key, prune] of settings(reading)) if (key.toLowerCase() === 'gc.pruneexpire') reading.world.act('git.gc', { prune })
  return undefined
}

/** `git unpack-file` makes up the name. */
function unpacked(reading: Reading): Output {
  reading.touch('W', join('.merge_file_', NAME))
  return undefined
}

function isPath(word: Text): boolean {
  return (
    word === '.' ||
    prefixOf(word).startsWith(':') ||
    prefixOf(word).startsWith('./') ||
    prefixOf(word).startsWith('../') ||
    (typeof word === 'string' && /\.[a-z]{1,5}$|\/$|[*]/.test(word))
  )
}

function branch(reading: Reading): Output {
  const { options, operands } = reading
  const deletes = options.has('-d') || options.has('-D')
  const moves = options.has('-m') || options.has('-M')
  if (operands.length === 0) return undefined
  for (const name of deletes ? operands : operands.slice(0, 1)) {
    reading.world.act('git.branch', {
      name,
      delete: deletes,
      move: moves,
      force: options.has('-D') || options.has('-M') || options.has('-C') || options.has('-f'),
      remote: options.has('-r'),
    })
  }
  return undefined
}

/** What it is given; `git ls-files -o`: files that are ignored too, unless something is said of those. */
function others({ options, operands, world, call }: Reading): Output {
  if (operands.length > 0 && !call.open) return join(...operands.flatMap(each => [each, '\n']), NAMES)
  const isAll = !['--exclude-standard', '-X', '-x', '--exclude-from', '--exclude-per-directory'].some(option => options.has(option))
  const names = options.has('-o') && isAll && !call.open ? world.names('.') : undefined
  return names && join(...names.filter(name => name !== '.git').map(name => `${name}\n`), NAMES)
}

/** Options with which `git diff` tells which files are other and how much, not what is in them. */
const SUMMARIES = '--stat --shortstat --numstat --dirstat --name-only --name-status --summary --quiet'.split(' ')

/** Options with which `git log` and `git diff` show nothing of what files hold: not those that find commits by it. */
const NO_CONTENTS = [
  ...SUMMARIES,
  ...(
    '-n --max-count --oneline --all --follow --full-history --graph --decorate --format --pretty --since --after --until --before --author --grep --date --reverse ' +
    '--merges --no-merges --first-parent --diff-filter --abbrev-commit --branches --tags --remotes --simplify-merges -i -E -z --cached --staged --no-pager --color --no-color'
  ).split(' '),
]

/** `HEAD:.env` names the file, and `git cat-file` then shows it. */
function object(reading: Reading, name: Text): void {
  const path = splitOnce(name, ':')?.[1]
  if (path !== undefined && path !== '') reading.touch('R', path)
}

/** The top of the tree is where a command stands, as a rule. */
function objects(reading: Reading): Output {
  const { operands, world, call } = reading
  for (const operand of operands) object(reading, operand)
  if (call.args[call.args.length - 1] === '--show-toplevel' && operands.length === 0)
    return likely([...world.cwds.map(cwd => join(normalizePath(reading.at('.'), { cwd }), '\n')), ANY])
  return undefined
}

/** Contents by object name: `git show HEAD:.env`, `git diff -- .env`. */
function contents(reading: Reading): Output {
  const { flags } = reading.options
  const isSummary = reading.words[0] === 'log' || flags.some(flag => SUMMARIES.includes(flag))
  if (
    isSummary &&
    ['log', 'diff'].includes(reading.words[0] ?? '') &&
    !reading.call.open &&
    flags.every(flag => NO_CONTENTS.includes(flag) || /^-\d$/.test(flag))
  )
    return undefined
  for (const operand of reading.operands) {
    const [revision, given] = splitOnce(operand, ':') ?? ['', operand]
    // `:0:file` is the file in the index.
    const path = revision === '' && /^[0-3]:/.test(prefixOf(given)) && given !== operand ? dropPrefix(given, 2) : given
    if (path !== '' && revision !== 'refs/heads') reading.touch('R', path, reading.words[0] === 'archive' || path === '.')
  }
  if (reading.words[0] === 'archive') reading.touch('R', '.', true)
  for (const range of reading.options.values('-L')) reading.touch('R', prefixOf(range).split(':').slice(-1)[0] ?? '')
  // `--batch`: names come on the standard input.
  if (
    reading.words[0] === 'cat-file' &&
    typeof reading.call.stdin === 'string' &&
    reading.options.flags.some(flag => flag.startsWith('--batch'))
  )
    for (const line of reading.call.stdin.split('\n')) object(reading, line)
  const isWork = ['diff', 'diff-index', 'diff-files'].includes(reading.words[0] ?? '')
  if (isWork && !isSummary && !flags.includes('--cached') && !reading.operands.some(each => prefixOf(each).includes('..')))
    return workOf(flags.includes('-R'))
  if (reading.words[0] === 'format-patch' && !reading.options.has('-o')) reading.touch('W', join(NUMBER, '.patch'))
  return undefined
}

/** `git config [--global] key value`, `git config set key value`. */
function config(reading: Reading): Output {
  const { args } = reading.call
  const words = reading.operands.filter(word => !['set', 'get', 'unset', 'list', 'edit'].includes(prefixOf(word)))
  const [key, value] = words
  const has = (name: string) => args.some(word => typeof word === 'string' && word.startsWith(name))
  const reads = has('--get') || has('--list') || args.includes('-l') || reading.operands.some(word => word === 'get' || word === 'list')
  const unset = has('--unset') || has('--remove-section') || reading.operands.includes('unset')
  const [file = splitOnce(reading.options.value('--blob') ?? '', ':')?.[1]] = reading.options.values('-f')
  if (reads && file !== undefined) reading.touch('R', file)
  if (reads || (value === undefined && !unset) || key === undefined) return undefined
  const scope = has('--global') ? 'global' : has('--system') ? 'system' : 'local'
  reading.world.act('git.config', { key, ...(value === undefined ? {} : { value }), scope, unset })
  reading.touch(
    'W',
    file ?? (scope === 'global' ? join(reading.world.home ?? ANY, '/.gitconfig') : scope === 'system' ? '/etc/gitconfig' : '.git/config'),
  )
  return undefined
}

function move(reading: Reading): Output {
  const target = reading.operands[reading.operands.length - 1]
  for (const each of reading.operands.slice(0, -1)) {
    reading.touch('M', each, true)
    if (target !== undefined) reading.touch('W', join(target, '/', baseName(each)), true)
  }
  if (target !== undefined) reading.touch('W', target, true)
  return undefined
}

const SPECIALS: Readonly<Record<string, Special>> = {
  push,
  fetch,
  clone,
  checkout,
  branch,
  contents,
  others,
  config,
  objects,
  move,
  restored,
  remove,
  read,
  patched,
  unpacked,
  references,
  pruned,
  collected,
}

export const GIT: Lookup = modelsOf(TABLE, SPECIALS)
