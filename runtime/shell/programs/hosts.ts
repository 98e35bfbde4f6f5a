/** Programs that run another one on another machine, in a container, in a terminal or at another time. */
import { AbstractString } from '../../decide/abstract-string.js'
import type { Text } from '../analysis.js'
import { ANY, join, partsOf, prefixOf, splitOnce } from '../text.js'
import { type Launch, launchersOf, runAny } from './launch.js'
import type { Invocation, Output, Reach, World } from './model.js'
import type { Options } from './options.js'
import type { Lookup } from './roles.js'
import { replaced } from './xargs.js'

const TABLE = `
ssh,autossh,slogin,dbclient ; B: b: c: D: E:W e: F:R I:P i:R J: L: l: m: M: O: o: p: Q: R: S: W: w: -46AaCfGgKkNnqsTtVvXxYy ; 1 $ @ H |
mosh ; p|port: ssh: predict: server: client: a n 4 6 no-init local ; 1 @
sshpass ; p: f:R d: P: e v ;
ssh-agent ; a: E: t: P: -ckdDs ;
rsh,remsh,rexec ; l: n ; 1 $ @
pssh,parallel-ssh,pdsh,clush,dsh ; h: H: w: l: p: o: e: t: x: g: -ibavq ; $ @
docker,podman,nerdctl,finch ; config: c|context: D|debug H|host: l|log-level: tls tlscacert: tlscert: tlskey: tlsverify v|version remote url: connection: root: n|namespace: ; >docker
docker container,docker machine ; ; >
docker unshare ; rootless-netns ;
docker machine ssh ; username: ; 1 $ @
docker exec,docker container exec,docker compose exec ; d|detach detach-keys: e|env:E env-file:R i|interactive privileged t|tty T|no-TTY u|user: w|workdir:C index: ; 1 @
docker run,docker create,docker container run,docker container create ; a|attach: add-host: cap-add: cap-drop: cidfile:W c|cpu-shares: cpus: cpuset-cpus: device: dns: entrypoint: e|env:E env-file:R expose: gpus: group-add: health-cmd: h|hostname: ip: ipc: l|label: label-file:R link: log-driver: log-opt: m|memory: memory-swap: mount: name: network|net: network-alias: pid: pids-limit: platform: p|publish: P|publish-all pull: restart: runtime: security-opt: shm-size: stop-signal: sysctl: tmpfs: ulimit: u|user: userns: uts: cgroupns: v|volume: volume-driver: volumes-from: w|workdir: d|detach i|interactive t|tty rm init privileged read-only q|quiet pod: ; %container
docker compose,docker-compose,podman-compose ; f|file:R p|project-name: profile: env-file:R project-directory: ansi: progress: parallel: compatibility dry-run all-resources ; >docker compose
docker compose run ; d|detach e|env:E entrypoint: i|interactive l|label: name: T|no-TTY no-deps p|publish: P|service-ports quiet-pull rm u|user: v|volume: w|workdir:C build remove-orphans use-aliases cap-add: cap-drop: env-from-file: pull: q|quiet ; 1 @
kubectl,oc,kubecolor ; n|namespace: context: kubeconfig: cluster: user: s|server: token: as: ; >kubectl
kubectl exec,kubectl rsh ; c|container: i|stdin t|tty n|namespace: context: f|filename: kubeconfig: q|quiet pod-running-timeout: ; @ %pod
kubectl run,kubectl debug ; ; @ %dashes
crictl,ctr,lxc,incus,multipass,limactl,machinectl,vagrant,adb,flatpak,toolbox,distrobox,devcontainer,devbox,heroku,fly,flyctl,gcloud,nix,guix,ip,singularity,apptainer ; s: d: e: n: project: 4 6 ; >
crictl exec ; i t s|sync timeout: ; 1 @
ctr run ; rm t|tty mount: env:E d privileged net-host ; 2 @
ctr task,ctr tasks,ctr t ; ; >
ctr task exec,ctr tasks exec,ctr t exec ; exec-id: t|tty cwd:C user: ; 1 @
lxc exec,incus exec,multipass exec,limactl shell,machinectl shell ; user: env:E cwd:C t T ; @ %pod
lxc-attach,lxc-execute ; n|name: f: v: e R ; -- @
vagrant ssh ; ~c|command:@ p t ; 0
adb shell ; e: n t T x ; $ @
wsl ; d|distribution: u|user: cd:C e|exec shell-type: system ;
flatpak run ; ~command:x filesystem: share: socket: env:E branch: arch: devel ; 0
toolbox run ; c|container: d|distro: r|release: ;
distrobox enter,distrobox-enter ; ; %dashes
devcontainer exec ; workspace-folder: container-id: id-label: config: remote-env: docker-path: ; @
devbox run ; c|config: e|env:E env-file:R ; $
heroku run ; a|app: r|remote: s|size: e|env: x|exit-code no-tty type: ; $ @
fly ssh,flyctl ssh,gcloud compute ; ; >
fly ssh console,flyctl ssh console ; ~C|command:@ a|app: s u: machine: ; 0
gcloud compute ssh ; ~command:@ zone: project: ; 0
nix-shell ; ~run:$ command:$ p|packages A|attr: E: I: arg: argstr: pure i: keep: ; 0
nix shell,nix develop ; ~ ; %after
nix run ; ; %flake
guix shell,guix environment ; ; %dashes
ip netns ; ; >
ip netns exec ; ; 1
singularity exec,apptainer exec ; B|bind: H|home: pwd:C env: nv c|contain e|cleanenv w|writable W: ; 1
tmux ; 2 C c:$ f: L: S: T: -lNuvD ; >
tmux new-session,tmux new,tmux new-window,tmux neww,tmux split-window,tmux splitw,tmux respawn-pane,tmux respawnp,tmux respawn-window,tmux respawnw,tmux display-popup,tmux popup ; -AdDEPXabSkhvfbZBC c:C e:E F: n: s: t: x: y: l: p: T: w: ; %words
tmux run-shell,tmux run,tmux pipe-pane,tmux pipep ; -bCFIOo c:C d: t: ; %each
tmux if-shell,tmux if ; -bF t: ; %condition
tmux set-option,tmux set,tmux set-window-option,tmux setw ; -agFopqsuUw t: ; %option
tmux set-hook,tmux bind-key,tmux bind ; -agpRuwnr t: T: N: ; %bound
tmux confirm-before,tmux confirm ; -by c: p: t: ; %own
tmux save-buffer,tmux saveb ; a b: ; %saved
tmux send-keys,tmux send ; -lRMXKFH N: t: c: ; %keys
tmux source-file,tmux source ; -nqvF t: ; %sources
screen ; c:R -dDmLXxrRqUaAO S: s:x t: e: h: p: T: ; %screen
at,batch ; ~q: f:F t: -mMlbdrvVc ; %later
crontab ; u: -lreisT ; %crontab
run-parts ; ~test list verbose report reverse u|umask: a|arg: regex: lsbsysinit new-session exit-on-error ; %parts
`

const MODELS = launchersOf(TABLE, {
  bound: ({ rest, how, world }) => runOwn(rest.slice(1), how, world),
  condition: ({ rest: [test = '', ...commands], how, world }) => {
    world.shell(test, how)
    for (const command of commands) runOwn([command], how, world)
    return undefined
  },
  after: ({ call, how, world }) => {
    const at = call.args.findIndex(word => word === '-c' || word === '--command')
    return at === -1 ? undefined : world.run(call.args.slice(at + 1), { ...how, open: call.open })
  },
  container: runContainer,
  crontab: runCrontab,
  dashes: runAfterDashes,
  each: ({ rest, how, world }) => rest.reduce<Output>((_, text) => world.shell(text, how), undefined),
  // `nix run nixpkgs#busybox -- rm x`: the program of the package, which may be a box of many.
  flake: ({ call, rest: [first = ''], how, world }) => {
    const at = call.args.indexOf('--')
    const name = splitOnce(first, '#')?.[1]
    return name === undefined ? undefined : world.run([name, ...(at === -1 ? [] : call.args.slice(at + 1))], { ...how, open: call.open })
  },
  keys: typeKeys,
  later: runLater,
  // Commands within `#(…)` are run for what they print.
  option: ({ rest: [name, value = ''], how, world }) => {
    if (name === 'default-command' || name === 'default-shell') world.shell(value, how)
    for (const [, command = ''] of typeof value === 'string' ? value.matchAll(/#\(([^()]*)\)/g) : []) world.shell(command, how)
    return undefined
  },
  own: ({ rest, how, world }) => runOwn(rest, how, world),
  saved: ({ rest: [path], world }) => {
    if (path !== undefined) world.file('write', path)
    return undefined
  },
  parts: ({ options, rest: [folder], how, world }) => {
    if (options.has('--test') || options.has('--list')) return undefined
    const names = folder === undefined ? undefined : world.madeIn(folder)
    if (names === undefined || folder === undefined) world.unknown('any', 'the scripts of a folder')
    else for (const name of names) world.run([join(folder, '/', name)], how)
    return undefined
  },
  pod: ({ call, rest, how, world }) => (call.args.includes('--') ? runAfterDashes : run)({ call, rest: rest.slice(1), how, world }),
  screen: runScreen,
  sources: ({ rest, how, world }) => {
    for (const path of rest) configure(path, how, world)
    return undefined
  },
  words: ({ call, rest, how, world }) =>
    rest.length === 1 && rest[0] !== undefined ? world.shell(rest[0], how) : run({ call, rest, how, world }),
})

export const HOSTS: Lookup = name => (name === 'tmux' ? runTmux : MODELS(name))

type Start = Pick<Launch, 'call' | 'rest' | 'how' | 'world'>

function run({ call, rest, how, world }: Start): Output {
  if (rest.length > 0) return world.run(rest, { ...how, open: call.open })
  return call.open ? world.run([ANY], { ...how, open: true }) : undefined
}

function runAfterDashes({ call, how, world }: Start): Output {
  const at = call.args.indexOf('--')
  return at === -1 && !call.open ? undefined : run({ call, rest: at === -1 ? [] : call.args.slice(at + 1), how, world })
}

const MAX_MOUNTS = 32

interface Mount {
  readonly source: Text
  readonly target: string
  readonly readOnly: boolean
}

/** With a folder of the host in it, a container runs its program on the host's files: in its words the host's paths stand in place of its own. */
function runContainer({ call, options, rest, how, world }: Launch): Output {
  if (options.unknown) return runAny(call.args, { ...how, elsewhere: true, open: call.open }, world)
  const mounts = [...options.values('-v').map(mountOf), ...options.values('--mount').map(bindOf)].filter(
    (mount): mount is Mount => mount !== undefined,
  )
  for (const mount of mounts) if (isSensitive(mount.source)) touch(mount, world)
  if (mounts.length > MAX_MOUNTS) world.unknown('any', 'a container with many folders of the host')
  const command = [...options.values('--entrypoint').filter(word => word !== ''), ...rest.slice(1)]
  const onHost = mounts.length > 0 || reachesHost(options)
  const folder = options.value('-w')
  const reach = { ...how, ...(onHost ? {} : { elsewhere: true }), ...(folder === undefined ? {} : { cwd: onMounts(folder, mounts) }) }
  return command.length === 0 ? undefined : run({ call, rest: command.map(word => onMounts(word, mounts)), how: reach, world })
}

/** What opens the machine under a container (capabilities(7)): its processes, its disks, its kernel. */
const HOST_RIGHTS = /^(?:CAP_)?(?:ALL|SYS_(?:ADMIN|MODULE|PTRACE|RAWIO|BOOT|CHROOT)|DAC_(?:OVERRIDE|READ_SEARCH)|MKNOD|BPF|PERFMON)$/i
const DISKS = /^\/dev(?:\/?$|\/(?:[shv]d|xvd|nvme|mmcblk|dm-|mapper|disk|loop|md|mem|kmem|port|fuse))/

function reachesHost(options: Options): boolean {
  const has = (option: string, test: (value: Text) => boolean) => options.values(option).some(test)
  return (
    options.has('--privileged') ||
    ['--pid', '--ipc', '--userns', '--uts', '--cgroupns'].some(option => has(option, value => value === 'host')) ||
    has('--cap-add', value => typeof value !== 'string' || HOST_RIGHTS.test(value)) ||
    has('--device', value => typeof value !== 'string' || DISKS.test(value)) ||
    has('--security-opt', value => typeof value !== 'string' || /unconfined|disable/.test(value))
  )
}

function touch({ source, readOnly }: Mount, world: World): void {
  world.file('read', source, true)
  if (!readOnly) world.file('write', source, true)
}

/** `source:target:options`, of which the source may not be known. @returns undefined of a volume that has a name */
function mountOf(value: Text): Mount | undefined {
  const parts = partsOf(value)
  const at = parts.findIndex(part => typeof part === 'string' && part.includes(':'))
  const part = parts[at]
  if (typeof part !== 'string') return undefined
  const colon = part.indexOf(':')
  const source = AbstractString.of([...parts.slice(0, at), part.slice(0, colon)])
  const [target = '', flags = ''] = part.slice(colon + 1).split(':')
  const named = typeof source === 'string' && !'./~'.includes(source.charAt(0) || ' ')
  return named ? undefined : { source, target, readOnly: flags.split(',').includes('ro') }
}

/** `type=bind,source=path,target=path,readonly` */
function bindOf(value: Text): Mount | undefined {
  const fields = prefixOf(value).split(',')
  const field = (names: readonly string[]) => fields.find(each => names.includes(each.split('=')[0] ?? ''))?.split('=')[1]
  const source = field(['source', 'src'])
  if (source === undefined || field(['type']) !== 'bind') return undefined
  return { source, target: field(['target', 'dst', 'destination']) ?? '', readOnly: fields.includes('readonly') || fields.includes('ro') }
}

const SENSITIVE = ['/etc', '/root', '/var', '/usr', '/boot', '/proc', '/sys', '/dev', '/run']

/** A part of the system, or everybody's files: not the project that is worked on. */
function isSensitive(source: Text): boolean {
  if (typeof source !== 'string') return false
  return ['/', '/home', '/Users'].includes(source) || SENSITIVE.some(each => source === each || source.startsWith(`${each}/`))
}

function onMounts(word: Text, mounts: readonly Mount[]): Text {
  for (const { source, target } of mounts.slice(0, MAX_MOUNTS)) {
    if (target.length < 2) continue
    if (word === target) return source
    if (prefixOf(word).includes(`${target}/`)) return replaced(word, [[`${target}/`, source === '/' ? source : join(source, '/')]])
  }
  return word
}

/** Commands of tmux, as words or in one text. */
function runOwn(words: readonly Text[], how: Reach, world: World): Output {
  const [text = '', more] = words
  return more === undefined ? world.shell(join('tmux ', text), how) : world.run(['tmux', ...words], how)
}

/** A file of commands, one a line. */
function configure(path: Text, how: Reach, world: World): void {
  world.file('read', path)
  const text = world.madeText(path)
  if (typeof text === 'string')
    for (const line of text.split('\n').slice(0, MAX_LINES)) if (/^\s*[a-z]/.test(line)) runOwn([line.trim()], how, world)
  if (text === undefined && world.wrote(path)) world.unknown('any', 'commands of tmux')
}

/** Several commands with `;` between them. */
function runTmux(call: Invocation, world: World): Output {
  const file = call.args[call.args.indexOf('-f') + 1]
  if (call.args.includes('-f') && file !== undefined) configure(file, { via: 'tmux -f' }, world)
  let words: Text[] = []
  for (const word of [...call.args, ';']) {
    if (typeof word === 'string' && word.endsWith(';')) {
      if (word !== ';') words.push(word.slice(0, -1))
      if (words.length > 0) MODELS('tmux')?.({ ...call, args: words }, world)
      words = []
    } else words.push(word)
  }
  return undefined
}

const KEYS: Readonly<Record<string, string>> = { Enter: '\n', 'C-m': '\n', 'C-j': '\n', KPEnter: '\n', Space: ' ', Tab: '\t' }

/** What is typed into a terminal. */
function typeKeys({ rest, how, world }: Launch): Output {
  return rest.length === 0
    ? undefined
    : world.shell(join(...rest.map(word => (typeof word === 'string' ? (KEYS[word] ?? word) : word))), how)
}

/** `screen -dmS name program …`, `screen -X stuff text` */
function runScreen({ call, options, rest, how, world }: Launch): Output {
  const [first, second, ...more] = rest
  const log = call.args[call.args.indexOf('-Logfile') + 1]
  if (call.args.includes('-Logfile') && log !== undefined) world.file('write', log)
  if (options.values('-c').some(file => world.wrote(file))) world.unknown('any', 'commands of screen')
  if (!options.has('-X')) return run({ call, rest, how, world })
  if (first === 'stuff' && second !== undefined)
    world.shell(typeof second === 'string' ? second.split('^M').join('\n').split('\\n').join('\n') : second, how)
  else if (first === 'exec' || first === 'screen') return run({ call, rest: second === undefined ? [] : [second, ...more], how, world })
  return undefined
}

function runLater({ call, options, how, world }: Launch): Output {
  if (['-f', '-l', '-d', '-r', '-c'].some(option => options.has(option))) return undefined
  if (call.stdin !== undefined) world.shell(call.stdin, how)
  else if (call.piped) world.unknown('any', `commands that ${call.name} reads`)
  return undefined
}

const MAX_LINES = 200

/** Five fields or `@daily`, then a script; `NAME=value`. */
function runCrontab({ call, options, rest, how, world }: Launch): Output {
  if (['-l', '-r', '-e'].some(option => options.has(option))) return undefined
  const [file] = rest
  const text = file === undefined || file === '-' ? call.stdin : world.readText(file)
  if (typeof text !== 'string') {
    if (file !== undefined || call.piped) world.unknown('any', 'commands of a schedule')
    return undefined
  }
  const lines = text.split('\n')
  if (lines.length > MAX_LINES) world.unknown('any', 'commands of a long schedule')
  for (const line of lines.slice(0, MAX_LINES)) {
    const words = line
      .trim()
      .split(' ')
      .filter(word => word !== '')
    const script = words.slice(line.trim().startsWith('@') ? 1 : 5).join(' ')
    if (!line.trim().startsWith('#') && script !== '') world.shell(script.split('%').join('\n'), how)
  }
  return undefined
}
