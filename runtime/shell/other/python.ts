/** Python: what its names do. The modules are those of the standard library; any other is code of the project or of a package. */
import type { Language } from './language.js'
import { type RoleTable, roleTable } from './role-table.js'

const ROLES = `
- json sys re math datetime time string collections itertools functools textwrap random statistics decimal fractions hashlib hmac struct
- typing enum dataclasses copy pprint operator csv io uuid secrets locale calendar unicodedata html difflib heapq bisect array contextlib
- abc argparse traceback warnings zlib sysconfig tomllib ast keyword token tokenize signal threading queue errno select shlex
- fnmatch stat numbers __future__ ipaddress urllib.parse urllib.error importlib.metadata importlib.resources bz2 lzma
- importlib.util.find_spec cmath colorsys graphlib quopri stringprep zoneinfo dis gettext optparse getopt timeit resource
- unittest doctest xml platform base64 binascii email mimetypes logging inspect atexit weakref types. SimpleNamespace ModuleType MappingProxyType
- concurrent shutil. which get_terminal_size disk_usage get_archive_formats
- os. environ getcwd path sep linesep name getpid getppid uname cpu_count getuid geteuid getgid getlogin pathsep curdir devnull
- os. O_RDONLY O_WRONLY O_RDWR O_CREAT O_APPEND O_TRUNC O_EXCL O_NONBLOCK WNOHANG WEXITSTATUS waitpid getpgid setsid
- os. get_terminal_size isatty cpu_count getloadavg strerror fspath fsencode fsdecode times umask access stat lstat F_OK R_OK W_OK X_OK
- os. PathLike DirEntry extsep altsep error environb get_exec_path sched_getaffinity process_cpu_count
- subprocess. PIPE STDOUT DEVNULL CalledProcessError TimeoutExpired SubprocessError list2cmdline
- socket. gethostname AF_INET AF_INET6 SOCK_STREAM SOCK_DGRAM SOL_SOCKET SO_REUSEADDR setdefaulttimeout inet_aton inet_ntoa timeout error gaierror
- http.server. BaseHTTPRequestHandler SimpleHTTPRequestHandler . socketserver. BaseRequestHandler StreamRequestHandler ThreadingMixIn
- tempfile. gettempdir gettempprefix
- site. getsitepackages getusersitepackages USER_SITE USER_BASE ENABLE_USER_SITE
- sqlite3
R0W0 sqlite3. connect dbapi2.connect
Q0 ..execute ..executescript ..executemany
- http.HTTPStatus urllib ssl. OPENSSL_VERSION
1 urllib.request.Request
i str bytes os.path. expanduser abspath realpath normpath
g os.path.expandvars
i io. StringIO BytesIO
y os.path.join pathlib. Path PurePath PosixPath PurePosixPath
/ ..joinpath
~ os.environ.HOME pathlib.Path.home
$ os.getenv os.environ.get getenv environ.get
c chr
b base64. b64decode standard_b64decode urlsafe_b64decode decodebytes
h bytes.fromhex bytearray.fromhex binascii. unhexlify a2b_hex
v reversed
l ..lower ..casefold
u ..upper
a ..replace
f ..format
t codecs.decode
i list tuple bytearray
r ..decode ..encode ..resolve ..absolute ..expanduser
m ..strip
q ..lstrip ..rstrip
j ..join
s ..split
E0 exec eval timeit. timeit repeat . cProfile.run profile.run
x sys.executable
G1 getattr
M0 __import__ importlib.import_module
U setattr types site compile globals vars breakpoint help __builtins__ builtins __loader__ __spec__ ctypes pickle marshal importlib runpy code codeop imp pkgutil
U zipimport shelve dbm gc bdb pdb trace sys. modules _getframe _current_frames . cffi _posixsubprocess posix nt _ctypes pip ensurepip sh plumbum
U fabric invoke pexpect multiprocessing curses readline rlcompleter venv idlelib lib2to3 webbrowser antigravity inspect. currentframe stack
U argparse.FileType logging.config .._os .._sys .._io .._builtins pstats os subprocess pty pydoc_data mailcap fileinput linecache
U ..__globals__ ..__builtins__ ..__subclasses__ ..__loader__ ..__self__ ..__getattribute__ ..__dict__ ..__reduce__ ..__code__ ..__spec__ ..f_globals
U ..f_builtins ..__import__ zipapp sched mmap fcntl termios tty pathlib asyncio shutil tempfile
U ..enable_load_extension ..load_extension
H2 tempfile. mkdtemp mkstemp TemporaryDirectory
H6 tempfile. NamedTemporaryFile TemporaryFile
H7 tempfile.SpooledTemporaryFile
G0 operator. methodcaller attrgetter
- gzip. compress decompress BadGzipFile
R0 pstats.Stats
U codecs importlib.machinery glob gzip zipfile tarfile netrc crypt spwd pwd grp
- asyncio. run sleep gather create_task get_event_loop wait_for Queue . pwd. getpwnam getpwuid
- codecs. encode getreader getwriter
- tarfile. TarError zipfile. BadZipFile pickle. dumps
- multiprocessing.cpu_count
N! socket.socket
N@ ..connect ..connect_ex ..sendto ..sendmsg ..sock_connect ..sock_sendto
N0 socket.create_connection
N- ..listen socket.create_server asyncio.start_server http.server. HTTPServer ThreadingHTTPServer . socketserver. TCPServer ThreadingTCPServer
N socket socketserver http ftplib smtplib poplib imaplib telnetlib xmlrpc ssl nntplib wsgiref
L0 os. listdir scandir walk glob. glob iglob
T0 os.system subprocess. getoutput getstatusoutput . commands. getoutput getstatusoutput
I0 os.popen asyncio.create_subprocess_shell
P0 subprocess. run call Popen check_call check_output . pty.spawn
V0 asyncio.create_subprocess_exec
Y1 os. spawnl spawnlp spawnle spawnlpe spawnv spawnvp spawnve spawnvpe
Y0 os. execv execvp execve execvpe execl execlp execle execlpe posix_spawn posix_spawnp
O0 open io. open FileIO open_code . codecs.open gzip.open os.open os.fdopen bz2.open lzma.open
O0R9 zipfile.ZipFile
R0R9 tarfile.open
R0 tokenize.open fileinput.input linecache.getline linecache.getlines xml.dom.minidom.parse xml.sax.parse
R9 configparser
R0W9 xml.etree.ElementTree. parse iterparse
W9 xml.etree.ElementTree.ElementTree
W0 logging.FileHandler logging.handlers
K0 os.chmod
W0 os. mkdir makedirs chown truncate utime mknod mkfifo lchown setxattr . shutil.chown
J0 os. symlink link
R0W1 shutil. copy copyfile copy2 copytree copymode copystat
R0B0W1 os. rename renames replace . shutil.move
D0 os. remove unlink rmdir removedirs
X0 shutil.rmtree
Z os. kill killpg setuid dup2 fork
F0 urllib.request. urlopen urlretrieve . urllib2.urlopen urllib. urlopen urlretrieve . requests. get post put delete head patch . httpx. get post put delete head . wget.download
F1 requests.request httpx.request
Fa ..get ..post ..put ..patch ..request ..stream ..ws_connect
R@ ..read_text ..read_bytes
W@ ..write_text ..write_bytes ..touch ..mkdir ..symlink_to ..hardlink_to ..chmod
D@ ..unlink ..rmdir
D@W0 ..rename
L@ ..iterdir ..glob ..rglob
`

let roles: RoleTable | undefined

export const PYTHON: Language = {
  syntax: {
    comments: ['#'],
    lineEnds: '\r',
    blocks: [],
    quotes: `'c"c`,
    interpolation: ['{'],
    sigils: '',
    layout: true,
  },
  table: () => (roles ??= roleTable(ROLES)),
  extension: '.py',
  members: ['.'],
  joins: '+',
  methodsOf: 'pathlib',
  argv: [
    ['sys.argv', 1],
    ['argv', 1],
  ],
  builtins: ' open exec eval getattr setattr compile globals vars breakpoint help __import__ __builtins__ __loader__ __spec__ ',
  prints: ['print'],
  lines: true,
}
