/** Programs that start another one with other rights, resources, signals or terminal. */
import { joinWords, prefixOf } from '../text.js'
import { runEnv } from './env.js'
import { type Launch, launchersOf, runAny, takeAssignments } from './launch.js'
import type { Output } from './model.js'

const TABLE = `
nohup,setsid,eatmydata,catchsegv,linux64,linux32,uname26,torsocks,torify,tsocks,dbus-run-session,zrun,grc,chronic,ifne,unbuffer,winpty ; c|ctty f|fork w|wait -unveph ; !
fakeroot ; l|lib: faked: s: i: u|unknown-is-real b: ;
caffeinate ; -dimsu t: w: ; !
command,builtin ; -p v V ; -v -V !
proxychains,proxychains4 ; q f:R ; !
rlwrap ; a? A? b: C: D: f: F: g: H: l: m? M: O: p? P: q: s: S: t: w: z: -ceEhiInNoRrUvWX ; !
nice ; n|adjustment: -0123456789 ; !
timeout,gtimeout ; k|kill-after: s|signal: v|verbose p|preserve-status f|foreground ; 1 !
stdbuf,gstdbuf ; i|input: o|output: e|error: ; !
trickle ; d: u: w: t: l: n: s v ; !
ionice ; c|class: n|classdata: p|pid: P|pgid: u|uid: t|ignore ; -p -P -u !
chrt ; b|batch d|deadline e|ext f|fifo i|idle o|other r|rr R|reset-on-fork a|all-tasks m|max p|pid v|verbose T|sched-runtime: P|sched-period: D|sched-deadline: ; -p 1 !
taskset ; a|all-tasks p|pid c|cpu-list ; -p 1 !
prlimit ; c|core? d|data? e|nice? f|fsize? i|sigpending? l|memlock? m|rss? n|nofile? q|msgqueue? r|rtprio? s|stack? t|cpu? u|nproc? v|as? x|locks? y|rttime? p|pid: o|output: noheadings raw verbose ; -p !
choom ; n|adjust: p|pid: ; -p !
numactl ; i|interleave: m|membind: N|cpunodebind: C|physcpubind: p|preferred: l|localalloc a|all b|balancing H|hardware s|show ; !
cpulimit ; l|limit: p|pid: e|exe: P|path: c: zifvqkrb ; !
setarch ; B|32bit F|fdpic-funcptrs I|short-inode L|addr-compat-layout R|addr-no-randomize S|whole-seconds T|sticky-timeouts X|read-implies-exec Z|mmap-page-zero 3|3gb 4gb uname-2.6 v|verbose list ; --list ! %arch
time,gtime ; f|format: o|output:W a|append p|portability q|quiet v|verbose ; !
faketime ; f m p: date-prog: exclude-monotonic ; 1 !
setpriv ; clear-groups groups: init-groups keep-groups inh-caps: ambient-caps: bounding-set: nnp|no-new-privs pdeathsig: rgid: egid: regid: ruid: euid: reuid: securebits: selinux-label: apparmor-profile: reset-env d|dump ;
chroot ; groups: userspec: skip-chdir u: g: G: ; 1 [
unshare ; m|mount? u|uts? i|ipc? n|net? p|pid? U|user? C|cgroup? T|time? f|fork kill-child? mount-proc? map-user: map-users: map-group: map-groups: r|map-root-user c|map-current-user map-auto propagation: setgroups: keep-caps R|root: w|wd:C S|setuid: G|setgid: monotonic: boottime: ; [
nsenter ; t|target: m|mount? u|uts? i|ipc? n|net? p|pid? C|cgroup? U|user? T|time? a|all S|setuid: G|setgid: preserve-credentials keep-caps r|root? w|wd? W|wdns: e|env F|no-fork Z|follow-context ; [
sudo ; A|askpass b|background B|bell E|preserve-env? e|edit H|set-home i|login K|remove-timestamp k|reset-timestamp l|list n|non-interactive N|no-update P|preserve-groups S|stdin s|shell V|version v|validate C|close-from: c|class: D|chdir:C g|group: h|host: p|prompt: R|chroot: r|role: T|command-timeout: t|type: U|other-user: u|user: ; -l -v %sudo
sudoedit ; ~u: g: p: -AbBHknS ; %edit
doas,run0,calife,dzdo,pfexec,gksu,gksudo,kdesudo,kdesu ; u|user: C: a: -Lns background: chdir:C D:C g|group: setenv:E unit: property: slice: ; = [
pkexec ; user: keep-cwd disable-internal-agent ; [
su,runuser ; ~c|command:$ session-command:$ s|shell: g|group: G|supp-group: w|whitelist-environment: u|user: T|pty P|no-pty l|login m|p|preserve-environment f|fast ; %su
capsh ; ; %capsh
sg,newgrp ; ~c:$ ; 1 $ [
gosu,su-exec ; ; 1
env,genv ; ; %env
flock,lockf ; c s|shared x|exclusive e u|unlock n|nonblock|nb w|wait|timeout: E|conflict-exit-code: o|close F|no-fork verbose t: k ; %flock
lckdo,setlock ; w W: e E: -qnNxXs ; 1
setuidgid,envdir,envuidgid,chpst,s6-setuidgid,pipexec,daemonize ; u: U: e: d: o: p: f: c: r: t: m: b: / P n: l: v ; %any
strace,ltrace ; a: b: e: E:E I: o:W O: p: P: s: S: u: U: X: n: l: x: w: A: F: -trTcCdfhikqvVDyzZNL ff trace: output:W ; -p
perf ; ; >
perf stat,perf record,perf trace ; e|event: i o|output:W p|pid: t|tid: r|repeat: a|all-cpus g c|count F|freq: C|cpu: d|detailed D|delay: x|field-separator: I|interval-print: M: v|verbose -qsSnN G|cgroup: call-graph: m: pre:$ post:$ timeout: ;
systemd-inhibit,systemd-cat ; what: who: why: mode: list t|identifier: p|priority: stderr-priority: level-prefix: h|help version no-pager no-legend ;
systemd-run ; u|unit: p|property: E|setenv:E t|pty P|pipe q|quiet G|collect S|shell d|same-dir r|remain-after-exit user system scope slice: description: uid: gid: nice: working-directory:C on-active: on-boot: on-startup: on-unit-active: on-unit-inactive: on-calendar: timer-property: service-type: wait no-block H|host: M|machine: what: who: why: mode: list ; [
start-stop-daemon ; x|exec: a|startas: p|pidfile: c|chuid: u|user: g|group: n|name: r|chroot: d|chdir:C N|nicelevel: P|procsched: I|iosched: k|umask: s|signal: R|retry: S|start K|stop T|status b|background m|make-pidfile o|oknodo q|quiet v|verbose t|test C|no-close O|output: ; %daemon
ld.so,ld-linux.so,ld-linux-x86-64.so,ld-linux-aarch64.so,ld-musl-x86_64.so,ld-musl-aarch64.so ; list verify inhibit-cache library-path: glibc-hwcaps-prepend: glibc-hwcaps-mask: inhibit-rpath: audit: preload:X argv0: list-tunables list-diagnostics ;
rr,heaptrack,uftrace,vglrun,gamemoderun,mangohud,nsys,ncu,dtruss,tini,dumb-init,catatonit,softlimit,aa-exec,uclampset,firejail,bwrap,proot,nsjail,systemd-nspawn,fakechroot,schroot,arch-chroot,flatpak-spawn,sandbox-exec,xvfb-run,dtach,abduco,jexec,runcon,sandbox,cgexec,please,super,openvt,pexec,distcc,ccache,sccache,icecc,gtester,codex,xdotool,msgfilter,multitime,aoss,padsp,c8,nyc,tsp,nq,optirun,primusrun,prime-run,steam-run ; ; %any
valgrind ; v|verbose q|quiet d|h ;
gdb,lldb,cgdb ; ; %args
pee,mispipe ; ; %each
dialog,Xdialog,cdialog ; ; %box
script ; ~a|append c|command:$ e|return E|echo: f|flush force q|quiet t|timing? T|log-timing:W m|logging-format: I|log-in:W O|log-out:W B|log-io:W o|output-limit: -dkpr F: ; %script
watch ; n|interval: q|equexit: s|shotsdir: d|differences? t|no-title b|beep p|precise e|errexit g|chgexit c|color C|no-color w|no-wrap r|no-rerun f|follow x|exec ; %watch
entr ; -acdnprsxz ; %watch
alacritty,xterm,uxterm,konsole,urxvt,rxvt,st,foot,terminator,tilix,xfce4-terminal,lxterminal,mate-terminal,ghostty,x-terminal-emulator ; ; %terminal
ksu ; n: c: r: l: a:$ e:x k q z Z ; 0
xcrun ; sdk: toolchain: l|log v|verbose f|find r|run n|no-cache k|kill-cache ; -f
service ; ; %path
pueue ; ; >
pueue add ; i|immediate f|follow s|stashed d|delay: g|group: a|after: o|priority: l|label: p|print-task-id w|working-directory:C e|escape ; $
hyperfine ; ~w|warmup: m|min-runs: M|max-runs: r|runs: p|prepare:$ s|setup:$ c|cleanup:$ C|conclude:$ S|shell:x N i|ignore-failure? L|parameter-list: P|parameter-scan: D|parameter-step-size: n|command-name: u|time-unit: style: sort: output: input: reference: export-json:W export-markdown:W export-csv:W show-output ; %each
direnv,launchctl ; ; >
launchctl submit ; l: p: o:W e:W ; --
direnv exec ; ; 1
`

const ARCHITECTURES = ' linux32 linux64 i386 i486 i586 i686 x86_64 ppc ppc64 ppc64le s390x arm aarch64 uname26 '

export const LAUNCHERS = launchersOf(TABLE, {
  any: ({ call, how, world }) => runAny(call.args, how, world),
  args: ({ call, how, world }) => {
    const at = call.args.findIndex(word => word === '--args' || word === '-args' || word === '--')
    return at === -1 ? undefined : world.run(call.args.slice(at + 1), { ...how, open: call.open })
  },
  arch: runArchitecture,
  // What stands behind `--` are arguments of bash.
  capsh: ({ call, how, world }) => {
    const at = call.args.findIndex(word => word === '--' || word === '==')
    return at === -1 ? undefined : world.run(['bash', ...call.args.slice(at + 1)], { ...how, open: call.open })
  },
  // `--prgbox [text] command height width`
  box: ({ call, how, world }) => {
    const at = call.args.findIndex(word => /^--prgbox?$/.test(prefixOf(word)))
    return at === -1 ? undefined : call.args.slice(at + 1, at + 3).reduce<Output>((_, text) => world.shell(text, how), undefined)
  },
  daemon: runDaemon,
  each: ({ rest, how, world }) => rest.reduce<Output>((_, text) => world.shell(text, how), undefined),
  edit: editFiles,
  env: runEnv,
  flock: runLocked,
  // A script may lie elsewhere than where services do.
  path: ({ call, rest, how, world }) => (prefixOf(rest[0] ?? '').includes('/') ? world.run(rest, { ...how, open: call.open }) : undefined),
  script: runScript,
  su: runAsUser,
  sudo: runSudo,
  terminal: runInTerminal,
  watch: runWatch,
})

/** `setarch [architecture] [option …] [program …]` */
function runArchitecture({ call, rest, how, world }: Launch): Output {
  const [first] = rest
  const named = typeof first === 'string' && ARCHITECTURES.includes(` ${first} `)
  const inner = named ? rest.slice(1) : rest
  const dashes = inner.findIndex(word => !prefixOf(word).startsWith('-'))
  return world.run(dashes === -1 ? ['sh'] : inner.slice(dashes), { ...how, open: call.open })
}

function runDaemon({ options, rest, how, world }: Launch): Output {
  for (const program of [...options.values('--exec'), ...options.values('--startas')]) {
    if (options.has('--start')) world.run([program, ...rest], how)
  }
  return undefined
}

function editFiles({ rest, world }: Launch): Output {
  for (const path of rest) world.file('write', path)
  return undefined
}

/** `flock file program …`, `flock file -c script`; after the file `--` is the program. */
function runLocked({ call, rest, how, world }: Launch): Output {
  const [lock, first, script] = rest
  if (lock !== undefined && Number.isNaN(Number(lock))) world.file('write', lock)
  const { transparent: _, ...reach } = how
  if (first === '-c' || first === '--command') return world.shell(script ?? '', reach)
  return first === undefined ? undefined : world.run(rest.slice(1), { ...how, transparent: true, open: call.open })
}

/** What stands after the user is for the user's shell; `runuser -u user program …`. */
function runAsUser(launch: Launch): Output {
  const { call, options, rest, how, world } = launch
  if (options.has('--user')) return world.run(rest, { ...how, open: call.open })
  if (options.has('--command')) return undefined
  const [first, ...more] = rest
  return world.run([options.value('--shell') ?? 'sh', ...(first === '-' ? more.slice(1) : more)], { ...how, open: call.open })
}

function runSudo(launch: Launch): Output {
  const { call, options, how, world } = launch
  if (options.has('--edit')) return editFiles(launch)
  const [assignments, inner] = takeAssignments(launch.rest, how.assignments)
  const reach = { ...how, ...(assignments.length === 0 ? {} : { assignments }), open: call.open }
  if (options.unknown) return runAny(call.args, reach, world)
  if (inner.length === 0 && !call.open) return options.has('--login') || options.has('--shell') ? world.run(['sh'], reach) : undefined
  const [only] = inner
  if (inner.length === 1 && only !== undefined && (options.has('--login') || options.has('--shell'))) world.shell(only, reach)
  return world.run(inner, reach)
}

/** `script -c script file`, and as BSD has it, `script file program …`. */
function runScript({ call, options, rest, how, world }: Launch): Output {
  const [file, ...inner] = rest
  world.file('write', file ?? 'typescript')
  if (options.has('-c')) return undefined
  return world.run(inner.length === 0 ? ['bash', '-i'] : inner, { ...how, open: call.open })
}

/** What stands behind `-e` is a program with its arguments, or a text for a shell. */
function runInTerminal({ call, how, world }: Launch): Output {
  const at = call.args.findIndex(word => word === '-e' || word === '-x' || word === '--' || word === '--command' || word === '--execute')
  const [first, ...more] = at === -1 ? [] : call.args.slice(at + 1)
  if (first === undefined) return undefined
  return more.length === 0 ? world.shell(first, how) : world.run([first, ...more], { ...how, open: call.open })
}

/** A shell runs the words, or with an option they are a program with its arguments. */
function runWatch({ call, options, rest, how, world }: Launch): Output {
  if (options.unknown) return runAny(call.args, how, world)
  const shell = call.name === 'watch' ? !options.has('-x') : options.has('-s')
  return rest.length === 0 ? undefined : shell ? world.shell(joinWords(rest), how) : world.run(rest, { ...how, open: call.open })
}
