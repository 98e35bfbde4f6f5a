/** JavaScript in Node.js, Deno and Bun: what its names do. */
import type { Language } from './language.js'
import { type RoleTable, roleTable } from './role-table.js'

const ROLES = `
- path os url util assert events querystring string_decoder buffer readline timers stream perf_hooks punycode zlib crypto async_hooks
- process. argv env exit version versions stdout stdin stderr platform arch cwd memoryUsage hrtime uptime pid ppid on once exitCode
- process. nextTick release execArgv title features config emitWarning umask cpuUsage resourceUsage getuid geteuid abort
- fs. existsSync statSync stat lstatSync exists access accessSync constants realpathSync fstatSync promises.stat promises.access
- module. exports Deno. args version env exit cwd build stdin stdout stderr memoryUsage noColor pid osRelease hostname inspect
- Bun. version env argv revision main nanoseconds inspect hash stdin stdout which sleep . . timers/promises stream/promises util/types
- fs/promises. stat lstat access realpath constants . ws. Server WebSocketServer
- http. STATUS_CODES METHODS createServer . https.createServer net. createServer Server isIP isIPv4 isIPv6 .
i Buffer.from url.pathToFileURL
o URL url.fileURLToPath
e path. join normalize posix.join
y path.resolve
~ process.env.HOME os.homedir ..homedir Deno.env.HOME Bun.env.HOME
$ Deno.env.get
c String. fromCharCode fromCodePoint
b atob
r ..toString ..valueOf
m ..trim
q ..trimStart ..trimEnd
v ..reverse
l ..toLowerCase
u ..toUpperCase
w ..replace
a ..replaceAll
n ..concat
d decodeURIComponent unescape
z decodeURI
j ..join
s ..split
E0 eval Function
M0 require import
U globalThis global vm worker_threads module process Deno Bun inspector repl WebAssembly Reflect v8 cluster ffi bun sqlite node:sqlite wasi bun:sqlite bun:ffi
U ..constructor ..__proto__ ..mainModule ..getBuiltinModule ..binding ..dlopen ..createRequire ..require ..__defineGetter__ ..prepareStackTrace
U child_process fs fs/promises fs.promises process. binding dlopen mainModule kill chdir setuid
N net http https http2 dgram tls dns dns/promises diagnostics_channel EventSource undici Deno. listen connect serve . Bun. serve connect listen
N1 net. connect createConnection
Fa ..get ..post ..put ..patch ..request ..open ..sendBeacon axios got ky needle superagent
F0 WebSocket ws fetch http. get request . https. get request
I0 child_process. exec execSync . $ Bun.$
x process. argv0 execPath . Deno.execPath
P0 child_process. spawn spawnSync execFile execFileSync . Bun. spawn spawnSync
C0 Deno.Command
E0 vm. runInThisContext runInNewContext
O0 fs. open openSync promises.open . fs/promises.open
R0 fs. readFile readFileSync createReadStream promises.readFile . fs/promises.readFile Deno. readTextFile readTextFileSync readFile readFileSync . Bun.file
L0 fs. readdir readdirSync opendir opendirSync promises.readdir globSync glob . fs/promises.readdir Deno. readDir readDirSync
W0 fs. writeFile writeFileSync appendFile appendFileSync createWriteStream mkdir mkdirSync truncate truncateSync utimesSync
H0 fs. mkdtemp mkdtempSync promises.mkdtemp . fs/promises.mkdtemp
W0 fs.promises. writeFile appendFile mkdir truncate . fs/promises. writeFile appendFile mkdir . Bun.write
W0 Deno. writeTextFile writeTextFileSync writeFile writeFileSync mkdir mkdirSync create
R0W1 fs. copyFile copyFileSync cp cpSync promises.copyFile promises.cp . fs/promises. copyFile cp . Deno. copyFile copyFileSync
R0B0W1 fs. rename renameSync promises.rename . fs/promises.rename Deno. rename renameSync
K0 fs. chmod chmodSync promises.chmod . fs/promises.chmod Deno. chmod chmodSync
J0 fs. symlink symlinkSync link linkSync promises.symlink
X0 fs. rm rmSync rmdir rmdirSync promises.rm promises.rmdir . fs/promises. rm rmdir . Deno. remove removeSync
D0 fs. unlink unlinkSync promises.unlink . fs/promises.unlink Bun.file(). delete unlink
W0 Bun.file(). write writer
- fs. pathExists pathExistsSync
R0 fs. readJson readJsonSync readJSON readJSONSync
W0 fs. outputFile outputFileSync ensureDir ensureDirSync ensureFile ensureFileSync mkdirp mkdirpSync
W0 fs. writeJson writeJsonSync writeJSON writeJSONSync outputJson outputJsonSync outputJSON outputJSONSync
R0W1 fs. copy copySync
R0B0W1 fs. move moveSync
X0 fs. remove removeSync emptyDir emptyDirSync . rimraf del. sync deleteSync deleteAsync
X* shelljs.rm
T0 shelljs.exec execa. command commandSync execaCommand execaCommandSync
P0 cross-spawn execa. execa execaSync sync
- console JSON Math
`

let roles: RoleTable | undefined

export const JAVASCRIPT: Language = {
  syntax: {
    comments: ['//', '#!'],
    lineEnds: '\r\u2028\u2029',
    blocks: [['/*', '*/']],
    quotes: `'c"c\`i`,
    interpolation: ['${'],
    sigils: '$',
    patternAfter: ' return typeof in of case do else void delete throw new instanceof yield await ',
    strange: ['<!--', '\n-->', '\\u'],
  },
  table: () => (roles ??= roleTable(ROLES)),
  extension: '.js',
  members: ['.', '?.'],
  joins: '+',
  argv: [
    ['process.argv', 1],
    ['Deno.args', 0],
  ],
  words: ['constructor', '__proto__'],
  prints: [],
}
