/** The little world in which runs are recorded: a project with secrets, a home, a few links. */
import type { SandboxWorld } from '../../cli/fuzz/sandbox.js'
import type { Files } from '../../runtime/shell/analysis.js'

export const CWD = '/work'
export const HOME = '/home/user'

const SCRIPT = 'echo from script; touch script-ran\n'
const LINES = 'one\ntwo\nthree\n'
const SECRETS = 'SECRET=hunter2\nAPI_KEY=abc\n'

const TEXTS: Readonly<Record<string, string>> = {
  [`${CWD}/.env`]: SECRETS,
  [`${CWD}/.env.local`]: SECRETS,
  [`${CWD}/link-to-env`]: SECRETS,
  [`${CWD}/package.json`]: '{"name":"x","scripts":{"test":"rm -rf build","build":"tsc"}}',
  [`${CWD}/Makefile`]: 'all:\n\techo all\nclean:\n\trm -rf build\n',
  [`${CWD}/README.md`]: 'hello\n',
  [`${CWD}/main.py`]: 'print(1)\n',
  [`${CWD}/src/index.js`]: 'console.log(1)\n',
  [`${CWD}/file.txt`]: LINES,
  [`${CWD}/x`]: LINES,
  [`${CWD}/y`]: LINES,
  [`${CWD}/script.sh`]: SCRIPT,
  [`${CWD}/run.sh`]: SCRIPT,
  [`${CWD}/test/a.test.js`]: 't\n',
  [`${CWD}/build/out.o`]: 'o\n',
  [`${CWD}/.ssh/id_rsa`]: 'k\n',
  [`${CWD}/a/b/c/deep.txt`]: 'c\n',
  [`${CWD}/dir/one.log`]: 'd\n',
  [`${CWD}/dir/two.log`]: 'd\n',
  [`${CWD}/data.csv`]: 'a,b\n1,2\n',
  [`${CWD}/data.json`]: '{"a":1}\n',
  [`${CWD}/.git/HEAD`]: 'ref: refs/heads/master\n',
  [`${CWD}/.git/config`]: '[core]\n\trepositoryformatversion = 0\n\tbare = false\n',
  '/home/user/.ssh/id_rsa': 'key\n',
  '/home/user/.ssh/id_rsa.pub': 'pub\n',
  '/home/user/.aws/credentials': 'creds\n',
  '/home/user/.bashrc': 'alias\n',
  '/home/user/.bash_history': 'h\n',
  '/home/user/.netrc': 'n\n',
  '/home/user/.gitconfig': '[user]\n\tname=u\n\temail=u@e\n',
  '/var/log/syslog': 'log\n',
  '/tmp/t.txt': 't\n',
}

const FOLDERS = `/ /bin /sbin /boot /dev /dev/fd /dev/shm /dev/pts /etc /home /lib /lib64 /opt /proc /root /run /stubs /sys /tmp /tmp/d /usr /var /var/log /var/www
  /var/tmp /var/run /var/lib ${CWD} ${CWD}/src ${CWD}/test ${CWD}/build ${CWD}/docs ${CWD}/node_modules ${CWD}/node_modules/x ${CWD}/.ssh ${CWD}/.git
  ${CWD}/.git/hooks ${CWD}/dir ${CWD}/a ${CWD}/a/b ${CWD}/a/b/c /home/user /home/user/.ssh /home/user/.aws /home/user/.config /home/user/Documents`
const folders = new Set(FOLDERS.split(/\s+/))

export function isFolder(path: string): boolean {
  return folders.has(path)
}

/** The world as the sandbox lays it out. */
export const sandboxWorld: SandboxWorld = {
  cwd: CWD,
  home: HOME,
  folders: [...folders].filter(isTold),
  files: Object.fromEntries(Object.entries(TEXTS).filter(([path]) => isTold(path))),
}

/** The world as the analyser may ask of it. What lies in system folders is not told. */
export const world: Files = {
  readText: path => (Object.hasOwn(TEXTS, path) ? TEXTS[path] : undefined),
  list: path => (folders.has(path) && isTold(path) ? childrenOf(path) : undefined),
  kind: path => (Object.hasOwn(TEXTS, path) ? 'file' : folders.has(path) ? 'folder' : isTold(path) ? 'none' : 'unknown'),
}

function childrenOf(folder: string): readonly string[] {
  const start = folder === '/' ? '/' : `${folder}/`
  const names = [...Object.keys(TEXTS), ...folders].flatMap(path =>
    path.startsWith(start) ? [path.slice(start.length).split('/')[0]] : [],
  )
  return [...new Set(names)].filter(name => name !== undefined && name !== '') as readonly string[] // the filter leaves texts
}

function isTold(path: string): boolean {
  return [CWD, '/home', '/tmp'].some(folder => path === folder || path.startsWith(`${folder}/`))
}

/** A world with nothing in it: what can be said of a command alone. */
export const emptyWorld: Files = { readText: () => undefined, list: () => undefined, kind: () => 'none' }
