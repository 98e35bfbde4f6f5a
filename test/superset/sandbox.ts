/**
 * Runs a command in bash, in a little world of its own, and records what it did: Linux, root, `strace` and `unshare` (util-linux) needed.
 *
 * New mount, process, network and IPC namespaces; the root is a temporary file system on which the system's programs are mounted read-only
 * and the world of `world.ts` is laid out anew for each command; an unprivileged user; no network; a time limit. Nothing that a command does
 * reaches the machine.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Run } from './event.js'
import { eventsOf } from './strace.js'
import { CWD, HOME, worldFiles, worldFolders } from './world.js'

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

/** What the command did. A world is made and thrown away for each: about ten commands a second. */
export function record(command: string): Run {
  const folder = mkdtempSync(join(tmpdir(), 'agsec-sandbox-'))
  try {
    writeFileSync(join(folder, 'setup'), setup(folder))
    writeFileSync(join(folder, 'command'), command)
    spawnSync('unshare', ['--mount', '--pid', '--net', '--ipc', '--fork', 'bash', join(folder, 'setup')], {
      timeout: (SECONDS + 3) * 1000,
      stdio: 'ignore',
    })
    return { command, events: eventsOf(trace(folder), { cwd: CWD }) }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function trace(folder: string): string {
  return readFileSync(join(folder, 'trace'), 'latin1')
}

const SYSTEM = ['usr', 'bin', 'sbin', 'lib', 'lib64', 'etc']
const DEVICES = ['null', 'zero', 'urandom', 'tty']

/** What is run as root in the new namespaces: lays out the world, then starts the command under `strace` as a user. */
function setup(folder: string): string {
  const root = join(folder, 'root')
  const mounted = SYSTEM.map(name => `[ -d /${name} ] && mkdir -p ${root}/${name} && mount --rbind -o ro /${name} ${root}/${name}`)
  const devices = DEVICES.map(name => `touch ${root}/dev/${name} && mount --bind /dev/${name} ${root}/dev/${name}`)
  const folders = worldFolders().map(path => `mkdir -p ${root}${path}`)
  const files = Object.entries(worldFiles()).map(
    ([path, text]) => `mkdir -p ${root}${dirname(path)}; printf %s ${quoted(text)} > ${root}${path}`,
  )
  return [
    'mount --make-rprivate /',
    `mkdir -p ${root} && mount -t tmpfs tmpfs ${root} && mkdir -p ${root}/dev ${root}/proc ${root}/out`,
    ...mounted,
    ...devices,
    `mount -t proc proc ${root}/proc; ln -s /proc/self/fd ${root}/dev/fd`,
    ...folders,
    ...files,
    `chown -R ${USER} ${root}${CWD} ${root}${HOME} ${root}/tmp; chmod 1777 ${root}/tmp; chmod 777 ${root}/out`,
    `cp ${folder}/command ${root}/out/command`,
    `chroot ${root} setpriv --reuid=1000 --regid=1000 --clear-groups env -i PATH=/usr/bin:/bin HOME=${HOME} USER=user SHELL=/bin/bash LANG=C PWD=${CWD} TERM=dumb ` +
      `timeout -k 1 ${SECONDS} bash -c 'cd ${CWD} && ulimit -u 200 -f 20000 && exec strace -f -qq -s 100000 -y -e signal=none -e trace=${TRACED} -o /out/trace bash -c "$(cat /out/command)"' < /dev/null`,
    `cp ${root}/out/trace ${folder}/trace`,
    '',
  ].join('\n')
}

function quoted(text: string): string {
  return `'${text.split("'").join(`'\\''`)}'`
}

/** The version of bash, for reports. */
export function bashVersion(): string {
  return execFileSync('bash', ['-c', 'echo $BASH_VERSION']).toString().trim()
}
