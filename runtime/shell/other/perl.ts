/** Perl: what its names do. */
import type { Language } from './language.js'
import { type RoleTable, roleTable } from './role-table.js'

const ROLES = `
- strict warnings utf8 feature vars integer bigint bignum bytes constant parent base List::Util Scalar::Util Data::Dumper JSON::PP JSON
- MIME::Base64 Time::HiRes Time::Local Time::Piece Encode Getopt::Long Getopt::Std File::Basename File::Spec File::Spec::Functions Text::Wrap
- Text::Tabs Text::ParseWords Math::BigInt Math::Trig Digest::MD5 Digest::SHA Unicode::Normalize charnames open::locale overload sort locale
- Carp English Benchmark Term::ANSIColor Cwd Hash::Util lib IO::Handle IO::File
c chr
l lc
u uc
f sprintf
b decode_base64
j join
S0 system exec readpipe
M0 require do
O0 IO::File.new
E0 eval evalbytes
A0 open
U syscall dump tie IPC::Open3 IPC::Open2 IPC::Cmd IPC::Run Opcode Safe Inline B DynaLoader FFI::Platypus threads
U SelfLoader AutoLoader Symbol sysopen dbmopen
N socket connect bind listen accept Socket IO IO::Socket IO::Socket::INET IO::Socket::SSL IO::All LWP::UserAgent Net Net::FTP Net::SMTP Net::SSH Net::HTTP HTTP::Tiny WWW::Mechanize
F0 get getprint
F0W1 getstore
L0 glob
L1 opendir
K1 chmod
W0 mkdir truncate
W* make_path mkpath
W1 link symlink
R0W1 copy
R0B0W1 rename move
D* unlink rmdir
X* remove_tree rmtree
X@ ..remove_tree
D* POSIX::remove POSIX::unlink POSIX::rmdir
R0B0W1 POSIX::rename
Z kill
- File::Path File::Copy File::Find File::Temp LWP::Simple POSIX IO::Select
`

let roles: RoleTable | undefined

export const PERL: Language = {
  syntax: {
    comments: ['#'],
    blocks: [['\n=', '\n=cut']],
    quotes: `'r"i\`x`,
    interpolation: ['$', '@'],
    sigils: '$@%',
    patternAfter: ' return split if unless and or not xor while until grep map join push x eq ne cmp lt gt le ge foreach for print say ',
    operators: 'perl',
    strange: ['&$', '&{'],
  },
  table: () => (roles ??= roleTable(ROLES)),
  extension: '.pm',
  members: ['->'],
  joins: '.',
  bare: true,
  argv: [
    ['$ARGV', 0],
    ['@ARGV', 0],
  ],
  prints: ['print', 'say'],
}
