/**
 * Runs commands in bash, each in a little world of its own, and records what they did: Linux, root, `strace` and `unshare` (util-linux)
 * needed.
 *
 * New mount, process, network and IPC namespaces; the root is a temporary file system on which the system's programs are mounted read-only
 * and the world is laid out anew for each command; an unprivileged user; no network; a time limit. Nothing that a command does reaches the
 * machine.
 */
import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Event } from './event.js'
import { eventsOf } from './strace.js'

export interface SandboxWorld {
  readonly cwd: string
  readonly home: string
  readonly folders: readonly string[]
  /** Texts by absolute path. */
  readonly files: Readonly<Record<string, string>>
  /** Programs that do nothing, where the machine has none of the name. */
  readonly programs?: readonly string[]
  /** Names that lead to an address, where nobody answers. */
  readonly hosts?: readonly string[]
}

const SECONDS = 5
const USER = '1000:1000'
const TRACED =
  'execve,open,openat,creat,unlink,unlinkat,rmdir,rename,renameat,renameat2,mkdir,mkdirat,symlink,symlinkat,link,linkat,connect,truncate'

/** Why no command can be run here; undefined where one can. */
export function whyNoSandbox(): string | undefined {
  if (process.platform !== 'linux') return 'the sandbox needs Linux'
  if (process.getuid?.() !== 0) return 'the sandbox needs root, to make namespaces'
  const missing = ['bash', 'strace', 'unshare', 'setpriv', 'chroot'].filter(program => spawnSync('which', [program]).status !== 0)
  if (missing.length > 0) return `the sandbox needs ${missing.join(', ')} (apt-get install strace util-linux)`
  return spawnSync('unshare', ['--mount', '--pid', '--net', '--ipc', '--fork', 'true']).status === 0
    ? undefined
    : 'namespaces cannot be made here'
}

/** A world that is copied for each command: some twenty commands a second. */
export class Sandbox {
  private readonly folder = mkdtempSync(join(tmpdir(), 'agsec-sandbox-'))

  constructor(private readonly world: SandboxWorld) {
    layOut(join(this.folder, 'world'), world)
    writeFileSync(
      join(this.folder, 'hosts'),
      ['127.0.0.1 localhost', ...(world.hosts ?? []).map(host => `10.66.66.66 ${host}`), ''].join('\n'),
    )
    writeFileSync(join(this.folder, 'passwd'), `root:x:0:0:root:/root:/bin/bash\nuser:x:1000:1000:user:${world.home}:/bin/bash\n`)
    writeFileSync(join(this.folder, 'setup'), setup(this.folder, world))
  }

  /** What the command did, in order. */
  record(command: string): readonly Event[] {
    writeFileSync(join(this.folder, 'command'), command)
    writeFileSync(join(this.folder, 'trace'), '')
    spawnSync('unshare', ['--mount', '--pid', '--net', '--ipc', '--fork', 'bash', join(this.folder, 'setup')], {
      timeout: (SECONDS + 3) * 1000,
      stdio: 'ignore',
    })
    return eventsOf(readFileSync(join(this.folder, 'trace'), 'latin1'), { cwd: this.world.cwd })
  }

  close(): void {
    rmSync(this.folder, { recursive: true, force: true })
  }
}

function layOut(root: string, { cwd, home, folders, files, programs = [] }: SandboxWorld): void {
  for (const folder of [cwd, home, '/tmp', ...folders]) mkdirSync(root + folder, { recursive: true })
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(root + dirname(path), { recursive: true })
    writeFileSync(root + path, text)
    if (path.endsWith('.sh')) chmodSync(root + path, 0o755)
  }
  mkdirSync(`${root}/stubs`, { recursive: true })
  for (const program of programs) writeFileSync(`${root}/stubs/${program}`, '#!/bin/sh\n', { mode: 0o755 })
  for (const program of ['sudo', 'doas']) writeFileSync(`${root}/stubs/${program}`, AS_ROOT, { mode: 0o755 })
}

/** Runs the command behind its options, as the user that it is. */
const AS_ROOT = `#!/bin/sh
while [ $# -gt 0 ]; do case $1 in -[ugChp]) shift 2;; -*|*=*) shift;; *) break;; esac; done
exec "$@"
`

const SYSTEM = ['usr', 'bin', 'sbin', 'lib', 'lib64', 'etc']
const DEVICES = ['null', 'zero', 'urandom', 'tty']

/** What is run as root in the new namespaces: lays out the world, then starts the command under `strace` as a user. */
function setup(folder: string, { cwd, home }: SandboxWorld): string {
  const root = join(folder, 'root')
  const mounted = SYSTEM.map(name => `[ -d /${name} ] && mkdir -p ${root}/${name} && mount --rbind -o ro /${name} ${root}/${name}`)
  const devices = DEVICES.map(name => `: > ${root}/dev/${name} && mount --bind /dev/${name} ${root}/dev/${name}`)
  return [
    'mount --make-rprivate /',
    `mkdir -p ${root} && mount -t tmpfs tmpfs ${root} && mkdir -p ${root}/dev ${root}/proc ${root}/out`,
    ...mounted,
    ...devices,
    `mount --bind ${folder}/hosts ${root}/etc/hosts; mount --bind ${folder}/passwd ${root}/etc/passwd`,
    `mount -t proc proc ${root}/proc; ln -s /proc/self/fd ${root}/dev/fd; ln -s /proc/self/fd/0 ${root}/dev/stdin; ln -s /proc/self/fd/1 ${root}/dev/stdout; ln -s /proc/self/fd/2 ${root}/dev/stderr`,
    `cp -a ${folder}/world/. ${root}; chown -R ${USER} ${root}${cwd} ${root}${home} ${root}/tmp; chmod 1777 ${root}/tmp; chmod 755 ${root}; chmod 777 ${root}/out`,
    `cp ${folder}/command ${root}/out/command`,
    `chroot ${root} setpriv --reuid=1000 --regid=1000 --clear-groups env -i PATH=/usr/bin:/bin:/stubs HOME=${home} USER=user SHELL=/bin/bash LANG=C PWD=${cwd} TERM=dumb ` +
      `timeout -k 1 ${SECONDS} bash -c 'cd ${cwd} && ulimit -u 200 -f 20000 && exec strace -f -qq -s 100000 -y -e signal=none -e trace=${TRACED} -o /out/trace bash -c "$(cat /out/command)"' < /dev/null`,
    `cp ${root}/out/trace ${folder}/trace`,
    '',
  ].join('\n')
}
