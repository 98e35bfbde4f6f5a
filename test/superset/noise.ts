/**
 * Events of a recorded run that are not the command's own doing. What each rule hides is hidden from the property, so each is as narrow as
 * the recording allows (it does not say which process did what):
 *
 * 1. Events that no promise is about: directories opened, `chdir`, `kill`, rights and owners, `bind`.
 * 2. Reads of what the system's own software consists of, as every program does: libraries, locale, terminal and time zone data, the tables of users,
 *    hosts and services, `/proc`, `/dev`, and settings of
 *    programs in the home folder (`~/.lesskey`, `~/.curlrc`).
 * 3. Temporary files: names that programs make up, in `/tmp`, beside a file that they replace (`x.lock`, `sedXXXXXX`), and descriptors (`/dev/fd/63`).
 * 4. Where Git ran: its own folder, its settings, and reads of the work tree (it hashes tracked files); what Git is asked to write or delete counts.
 * 5. Programs that another one starts to do its work, which nobody can name from the command line (`tar` → `gzip`, `parallel` → `perl`).
 */
import type { Event } from './event.js'

export function withoutNoise(events: readonly Event[]): readonly Event[] {
  const programs = new Set(events.flatMap(({ t, p }) => (t === 'exec' ? [p.slice(p.lastIndexOf('/') + 1)] : [])))
  const seen = new Set<string>()
  return events.map(asWrite).filter(event => !isNoise(event, programs) && isNew(event, seen))
}

function asWrite(event: Event): Event {
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
  if (event.t === 'exec') return isHelper(event, programs)
  if (event.t === 'connect') return event.p.startsWith('unix:')
  if (event.t === 'read' && isSystems(event.p)) return true
  return isTemporary(event) || (programs.has('git') && isGits(event))
}

const SYSTEM =
  /^\/(?:usr\/(?:lib|lib64|share|libexec|local\/(?:lib|share))|lib|lib64|proc|sys|dev|stubs|usr\/bin)(?:\/|$)|^\/usr\/pyvenv\.cfg$|^\/etc\/(?:passwd|group|hosts|host\.conf|nsswitch\.conf|resolv\.conf|localtime|timezone|services|protocols|hostname|ld\.so|magic|inputrc|terminfo|popt|mime\.types|gitconfig|gitattributes|ssl|pki|ca-certificates|perl|php|vim|python3|alternatives|gai\.conf|mke2fs\.conf|locale|gnutls|crypto-policies|nanorc|screenrc|tmux\.conf|bash\.bashrc|zsh|profile|environment|ssh\/ssh_config|sudoers|networks|shells|lynx|wgetrc|manpath\.config|gdb|fstab|mtab)/

const SETTINGS =
  /^\/(?:home\/user|root)\/\.(?:less\w*|inputrc|curlrc|wgetrc|vim\w*|viminfo\S*|nanorc|gdbinit|psqlrc|sqliterc|gemrc|irbrc|nano|screenrc|tmux\.conf|lynxrc|tclshrc|expect\.rc|perltidyrc|jq|ripgreprc|popt|exrc|mailrc|toprc|editorconfig|config\/(?:procps|curlrc|tmux|bat|fd|git|nano|vim)\S*|local\/(?:lib|share)\/\S*)$/

function isSystems(path: string): boolean {
  return SYSTEM.test(path) || SETTINGS.test(path)
}

const TEMPORARY =
  /^\/(?:var\/)?tmp\/(?:tmp|sh-|bash|sort|par|ccache|vi|pip-|node-|npm-|git|perl|php|xdg|mc|tmux-|apt|ed\.|script|\.|[a-zA-Z]*[.-]?[A-Za-z0-9_]{6,}$)|\/(?:sed|XX)[A-Za-z0-9]{6}$|\.lock$|^\/dev\/(?:fd\/|null|tty|stdin|stdout|stderr|shm|ptmx|pts)|^pipe:|\.sw[px]x?$|\/\.parallel\/|\/rubygems\//

/** A temporary file that is renamed to what it was made for is a write of that, which counts. */
function isTemporary({ t, p, q }: Event): boolean {
  return t === 'rename' ? TEMPORARY.test(q ?? '') : TEMPORARY.test(p)
}

const GITS =
  /(?:^|\/)\.git(?:\/|$)|\/\.git(?:config|attributes|ignore|modules)(?:\.lock)?$|\/\.config\/git\/|\/(?:info|logs|refs|objects)\//

/** Git reads the files that it tracks; it does not tell which ones it was asked about. */
function isGits({ t, p, q }: Event): boolean {
  return GITS.test(p) || (q !== undefined && GITS.test(q)) || (t === 'read' && p.startsWith('/work'))
}

/** What programs start to do their work, as command lines, by the program that starts them. Some are scripts themselves (`egrep`, `gunzip`, `git-submodule`). */
const HELPERS: Readonly<Record<string, RegExp>> = {
  git: /^(?:git-|(?:sh|bash) -c git-|basename \/usr\/lib\/git-core|sed -e s\/-\/ \/|uname -s|\S*[^ -~])/,
  tar: /^(?:(?:\/bin\/)?(?:sh -c )?(?:gzip|bzip2|xz|zstd|lzma|compress)\b)/,
  man: /^(?:preconv|tbl|groff|nroff|troff|less|pager|locale|manpath)\b/,
  parallel: /^(?:perl|ps|uname|which) |tput|\/par\w+\.\w+|GNU_Parallel|testfun|^echo c+$|^sleep 10101$/,
  egrep: /^grep -E /,
  fgrep: /^grep -F /,
  gunzip: /^gzip -d/,
  zcat: /^gzip -cd/,
}

function isHelper({ p, argv }: Event, programs: ReadonlySet<string>): boolean {
  const line = [p.slice(p.lastIndexOf('/') + 1), ...(argv ?? []).slice(1)].join(' ')
  return p.includes('/git-core/') || Object.entries(HELPERS).some(([outer, helpers]) => programs.has(outer) && helpers.test(line))
}
