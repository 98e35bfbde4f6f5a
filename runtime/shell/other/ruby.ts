/** Ruby, and Lua: what their names do. */
import type { Language } from './language.js'
import { type RoleTable, roleTable } from './role-table.js'

const ROLES = `
- json yaml date time set csv digest securerandom base64 ostruct pp bigdecimal optparse shellwords stringio strscan uri English prime
- matrix benchmark timeout zlib io/console rbconfig abbrev rubygems bundler digest/md5 digest/sha1 digest/sha2
- File. basename dirname extname exist? file? directory? size stat mtime expand_path fnmatch readable? executable? SEPARATOR absolute_path
- Process. clock_gettime pid CLOCK_MONOTONIC ppid IO. select
i URI URI.parse Pathname.new File.expand_path
p File.join
b Base64. decode64 strict_decode64 urlsafe_decode64
r ..to_s ..dup ..freeze
m ..strip
q ..chomp ..lstrip ..rstrip
c ..chr
v ..reverse
l ..downcase
u ..upcase
w ..sub
a ..gsub
k ..pack
f format sprintf
j ..join
s ..split
S0 system exec spawn Kernel. system exec spawn . Process. spawn exec . PTY.spawn
I0 IO.popen Open3. capture2 capture2e capture3 popen3 popen2 popen2e pipeline
E0 eval
M0 require require_relative load
U instance_eval class_eval module_eval instance_exec send public_send __send__ method public_method const_get binding ObjectSpace TracePoint Fiddle fiddle Marshal ERB
U ..instance_eval ..class_eval ..send ..public_send ..__send__ ..method ..const_get ..instance_exec ..instance_method ..module_eval syscall autoload Kernel Process IO
U File Dir FileUtils Pathname DL RubyVM erb pathname Open3 open3 PTY pty drb rake ripper
N socket net resolv Resolv Addrinfo TCPSocket TCPServer UDPSocket UNIXSocket Socket Net net/http net/ftp net/smtp webrick WEBrick Faraday HTTParty
F0 URI.open Net::HTTP.get
O0 open File.open File.new Kernel.open IO.open
R0 File. read readlines foreach binread . IO. read readlines foreach binread . YAML.load_file JSON.load_file CSV.read CSV.foreach
W0 File. write binwrite truncate . IO.write IO.binwrite Dir. mkdir mktmpdir . FileUtils. mkdir mkdir_p touch
K1 File.chmod FileUtils. chmod chmod_R
W1 File. symlink link . FileUtils. ln ln_s ln_sf
R0W1 FileUtils. cp copy cp_r install copy_file copy_entry
R0B0W1 File.rename FileUtils. mv move
D0 Dir. rmdir delete unlink . FileUtils. rmdir
D* File. delete unlink
X0 FileUtils. rm rm_f rm_r rm_rf remove remove_dir remove_entry rmtree safe_unlink remove_file remove_entry_secure
L0 Dir. glob entries children each_child foreach
- fileutils open-uri tempfile tmpdir Dir.pwd Dir.exist?
~ ENV.HOME Dir.home
$ ENV.fetch
`

const LUA_ROLES = `
$ os.getenv
- os. time date clock exit difftime setlocale tmpname . io. read write stdout stderr stdin close type . string table math utf8
c string.char
v string.reverse ..reverse
l string.lower ..lower
f string.format
j table.concat
T0 os.execute
I0 io.popen
E0 load loadstring
U os io debug package dofile loadfile _G _ENV getfenv setfenv ffi lfs posix luv jit
M0 require
N socket socket.http ssl http
O0 io.open
R0 io. lines input
W0 io.output
D0 os.remove
R0B0W1 os.rename
`

let roles: RoleTable | undefined
let luaRoles: RoleTable | undefined

export const RUBY: Language = {
  syntax: {
    comments: ['#'],
    blocks: [['\n=begin', '\n=end']],
    quotes: `'r"i\`x`,
    interpolation: ['#{'],
    sigils: '$@',
    patternAfter: ' return if elsif unless and or not while until when case in then do puts p print ',
    operators: 'ruby',
  },
  table: () => (roles ??= roleTable(ROLES)),
  extension: '.rb',
  members: ['.', '::', '&.'],
  joins: '+',
  bare: true,
  argv: [['ARGV', 0]],
  prints: ['puts', 'print'],
}

export const LUA: Language = {
  syntax: {
    comments: ['--'],
    lineEnds: '\r',
    blocks: [['--[[', ']]']],
    quotes: `'c"c`,
    interpolation: [],
    sigils: '',
    strange: ['[=', '[['],
  },
  table: () => (luaRoles ??= roleTable(LUA_ROLES)),
  extension: '.lua',
  members: ['.', ':'],
  joins: '..',
  argv: [],
  prints: ['print'],
  lines: true,
}
