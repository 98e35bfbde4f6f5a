/**
 * Events of a recorded run that are not the command's own doing. What each rule hides is hidden from the property, so each is as narrow as
 * the recording allows (it does not say which process did what):
 *
 * 1. Events that no promise is about: directories opened, `chdir`, `kill`, rights and owners, `bind`.
 * 2. Reads of what the system's own software consists of, as every program does: libraries, locale, terminal and time zone data, the tables of users,
 *    hosts and services, `/proc`, `/dev`, a program that is a script itself, and settings of
 *    programs in the home folder (`~/.lesskey`, `~/.curlrc`).
 * 3. Temporary files: names that programs make up, in `/tmp`, beside a file that they replace or under which they hide it first (`shred`) (`x.lock`, `sedXXXXXX`), and descriptors (`/dev/fd/63`).
 * 4. Where Git ran: its own folder, its settings, and reads of the work tree (it hashes tracked files); what Git is asked to write or delete counts.
 * 5. A shell that a program has run a string (`system(3)`: `sh -c …`): what it runs counts, and what a person writes as `sh -c` is no part either.
 * 6. Programs that another one starts to do its work, which nobody can name from the command line (`tar` → `gzip`, `parallel` → `perl`).
 */
import { CWD } from './world.js'
import type { Event } from './event.js'

export function withoutNoise(events: readonly Event[]): readonly Event[] {
  const programs = new Set(events.flatMap(({ t, p }) => (t === 'exec' ? [p.slice(p.lastIndexOf('/') + 1)] : [])))
  const scripts = new Set(events.flatMap(({ t, p }) => (t === 'exec' && /^\/(?:usr\/)?s?bin\//.test(p) ? [p] : [])))
  const seen = new Set<string>()
  const written = new Set(
    events.flatMap(({ t, p, q }) => (t === 'write' ? [p] : t === 'rename' || t === 'link' || t === 'symlink' ? [q] : [])),
  )
  return events
    .map(asWrite)
    .map(throughProcess)
    .filter(
      event =>
        !isNoise(event, programs) && !(event.t === 'read' && scripts.has(event.p)) && !isReplaced(event, written) && isNew(event, seen),
    )
}

/** `install`, `cp --remove-destination`: a file that is made anew is written. */
function isReplaced({ t, p }: Event, written: ReadonlySet<string | undefined>): boolean {
  return t === 'unlink' && written.has(p)
}

/** Paths by way of the table of processes. */
function throughProcess(event: Event): Event {
  const at = (path: string) => path.replace(/^\/proc\/(?:self|\d+)\/cwd(?=\/)/, CWD).replace(/^\/proc\/(?:self|\d+)\/root(?=\/)/, '')
  return { ...event, p: at(event.p), ...(event.q === undefined ? {} : { q: at(event.q) }) }
}

/** The names that `shred` gives a file before it deletes it. */
const SHREDDED = /\/0+$/

function asWrite(event: Event): Event {
  if (event.t === 'rename' && event.q !== undefined && SHREDDED.test(event.q)) return { t: 'unlink', p: event.p }
  return event.t === 'rename' && TEMPORARY.test(event.p) && event.q !== undefined ? { t: 'write', p: event.q } : event
}

/** The search along `PATH` tries a name in several folders. */
function isNew({ t, p, q, argv }: Event, seen: Set<string>): boolean {
  const key = JSON.stringify(t === 'exec' ? [t, p.slice(p.lastIndexOf('/') + 1), argv] : [t, p, q])
  if (seen.has(key)) return false
  seen.add(key)
  return true
}

const COUNTED = new Set(['exec', 'read', 'write', 'rdwr', 'unlink', 'rmdir', 'rename', 'mkdir', 'symlink', 'link', 'connect'])

function isNoise(event: Event, programs: ReadonlySet<string>): boolean {
  if (!COUNTED.has(event.t)) return true
  if (event.t === 'exec') return isShellOfString(event) || isHelper(event, programs)
  if (event.t === 'connect') return event.p.startsWith('unix:')
  if (event.t === 'read' && (isSystems(event.p) || isOwnSetting(event.p, programs))) return true
  return isTemporary(event) || (programs.has('git') && isGits(event))
}

function isShellOfString({ p, argv = [] }: Event): boolean {
  return p === '/proc/self/exe' || (/\/(?:sh|bash|dash)$/.test(p) && argv[1] === '-c')
}

const SYSTEM =
  /^\/(?:var\/cache\/man|usr\/(?:include|local\/include|lib|lib64|share|libexec|local\/(?:lib|share))|lib|lib64|proc|sys|dev|stubs|usr\/bin)(?:\/|$)|^\/usr\/pyvenv\.cfg$|^\/etc\/(?:passwd|group|hosts|host\.conf|nsswitch\.conf|resolv\.conf|localtime|timezone|services|protocols|hostname|ld\.so|magic|inputrc|terminfo|popt|mime\.types|gitconfig|gitattributes|ssl|pki|ca-certificates|perl|php|vim|python3|alternatives|gai\.conf|mke2fs\.conf|syslesskey|sysless|gcrypt|gnupg|ruby|R\/|netsvc\.conf|svc\.conf|irs\.conf|pip\.conf|xdg|dbus-1|pam\.d|login\.defs|security|locale|gnutls|crypto-policies|nanorc|screenrc|tmux\.conf|bash\.bashrc|zsh|profile|environment|ssh\/ssh_config|sudoers|networks|shells|lynx|wgetrc|manpath\.config|gdb|fstab|mtab)/

const SETTINGS =
  /^\/(?:home\/user|root)\/\.(?:less\w*|zshenv|bash_profile|bash_login|profile|npmrc|sharrc|manpath|bash_history|python_history|node_repl_history|Rprofile|guile|luarc|inputrc|curlrc|wgetrc|vim\w*|viminfo\S*|nanorc|gdbinit|psqlrc|sqliterc|gemrc|irbrc|nano|screenrc|tmux\.conf|lynxrc|tclshrc|expect\.rc|perltidyrc|jq|ripgreprc|popt|exrc|dcrc|mailrc|toprc|editorconfig|config\/(?:procps|curlrc|tmux|bat|fd|git|nano|vim)\S*|local\/(?:lib|share)\/\S*)$/

function isSystems(path: string): boolean {
  return SYSTEM.test(path) || SETTINGS.test(path)
}

/** What a program reads of itself whenever it runs, where another that reads it would matter. */
const OWN_SETTINGS: Readonly<Record<string, RegExp>> = {
  ssh: /\/\.ssh\/(?:config|known_hosts2?|id_\w+(?:-cert)?(?:\.pub)?)$/,
  gdb: /\/\.gdb_history$/,
  screen: /^\/etc\/shadow$/,
  man: /^\/home\/user\/(?:[\w-]+\.tmac|man\.local)$/,
  wget: /\/\.netrc$/,
  git: /\/\.netrc$/,
  npm: /\/\.npmrc$/,
  npx: /\/\.npmrc$/,
  // For a message of an error it looks for the line in a file of that name.
  python: /\/<string>$/,
  python3: /\/<string>$/,
  su: /^\/etc\/shadow$/,
}

function isOwnSetting(path: string, programs: ReadonlySet<string>): boolean {
  return Object.entries(OWN_SETTINGS).some(([program, settings]) => programs.has(program) && settings.test(path))
}

const TEMPORARY =
  /^\/(?:var\/)?tmp\/(?:tmp|sh-|bash|sort|par|ccache|vi|pip-|node-|npm-|git|perl|php|xdg|mc|tmux-|apt|ed\.|script|\.|[a-zA-Z]*[.-]?[A-Za-z0-9_]{6,}$)|\/(?:sed|XX|Cu)[A-Za-z0-9]{6}$|\.lock$|^\/dev\/(?:fd\/|null|tty|stdin|stdout|stderr|shm|ptmx|pts)|^pipe:|\.sw[px]x?$|\/\.parallel(?:\/|$)|^\/run\/screen(?:\/|$)|\.\w+-journal$|-\d{5}\.tmp$|\/rubygems\//

/** A temporary file that is renamed to what it was made for is a write of that, which counts. */
function isTemporary({ t, p, q }: Event): boolean {
  if (t === 'unlink' && SHREDDED.test(p)) return true
  if (t === 'rename' || t === 'symlink' || t === 'link') return TEMPORARY.test(q ?? '')
  return TEMPORARY.test(p) || p === '/tmp' || p.endsWith('/oom_score_adj') || p.endsWith('/.bash_history')
}

const GITS =
  /(?:^|\/)\.git(?:\/|$)|\/\.git(?:config|attributes|ignore|modules)(?:\.lock)?$|\/\.config\/git\/|\/(?:info|logs|refs|objects)\//

/** Git reads the files that it tracks; it does not tell which ones it was asked about. */
function isGits({ t, p, q }: Event): boolean {
  return GITS.test(p) || (t === 'write' && /[^ -~]/.test(p)) || (q !== undefined && GITS.test(q)) || (t === 'read' && p.startsWith(CWD))
}

/** What programs start to do their work, as command lines, by the program that starts them. Some are scripts themselves (`egrep`, `gunzip`, `git-submodule`). */
const HELPERS: Readonly<Record<string, RegExp>> = {
  git: /^(?:git-|(?:sh|bash) -c git-|basename \/usr\/lib\/git-core|sed -e s\/-\/ \/|uname -s|\S*[^ -~])/,
  tar: /^(?:(?:\/bin\/)?(?:sh -c )?(?:gzip|bzip2|xz|zstd|lzma|compress)\b)/,
  python: /^python(?:3[\d.]*)? (?:-m ensurepip |-W ignore::DeprecationWarning -c)|^uname -p$/,
  python3: /^python(?:3[\d.]*)? (?:-m ensurepip |-W ignore::DeprecationWarning -c)|^uname -p$/,
  man: /^(?:preconv|tbl|groff|nroff|troff|less|pager|locale|manpath|col|grotty)\b/,
  parallel: /^(?:perl|ps|uname|which|hostname|lscpu|false)(?: |$)|tput|\/par\w+\.\w+|GNU_Parallel|testfun|^echo c+$|^sleep 10101$/,
  npm: /^node /,
  npx: /^node /,
  yq: /^jq /,
  zsh: /^pager/,
  bash: /^id -u/,
  gdb: /^iconv /,
  fakeroot: /^(?:getopt|faked|sed|rm|env)/,
  valgrind: /^valgrind\.bin/,
  'dbus-run-session': /^dbus-daemon/,
  sftp: /^ssh /,
  'git-submodule': /^(?:basename|gettext|sed|uname)/,
  'git-filter-branch': /^(?:cat$|sleep 10$)/,
  'git-bisect': /^(?:basename|gettext|sed|uname)/,
  diff3: /^diff /,
  sdiff: /^diff /,
  zgrep: /^(?:grep|gzip|sed) /,
  cpp: /^cc1 /,
  scp: /^(?:ssh|cp) /,
  rsync: /^ssh .* rsync --server /,
  egrep: /^grep -E /,
  fgrep: /^grep -F /,
  gunzip: /^gzip -d/,
  zcat: /^gzip -cd/,
}

function isHelper({ p, argv }: Event, programs: ReadonlySet<string>): boolean {
  const line = [p.slice(p.lastIndexOf('/') + 1), ...(argv ?? []).slice(1)].join(' ')
  // A folder cannot be run.
  if (p.endsWith('/')) return true
  return p.includes('/git-core/') || Object.entries(HELPERS).some(([outer, helpers]) => programs.has(outer) && helpers.test(line))
}
