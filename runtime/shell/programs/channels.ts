/**
 * Options whose value is a command, of programs whose purpose is another one.
 *
 * A line is `names ; options`: the options as in `options.ts`, only those that matter, with what is done to the value behind:
 *
 *   x  a program and its first arguments; others follow
 *   $  a shell runs it              @  a shell elsewhere runs it       F  a script, run
 *   P  code of another language, a plugin, or a configuration that can run programs
 *   o  an option of ssh             d  an option of apt                b  a binding of fzf
 *   =  `exec=command`               ,  a program and its arguments, commas between
 *   f  a path of code               k  `name=|program`                 4  text for m4
 *   |  a file, or `|command`        h  `name=!command`, `hooks.name=command`                 r  text for troff
 *   w  a file of code, which is known where the command has not written it
 *   a  a task of Ansible
 *   (  code, where it begins with a parenthesis           g  a setting of cargo, of which some name programs
 *   l  a file of lines          D  an expression of Miller          J  expressions of Terraform
 *   q  code for a database, in JavaScript, which may run programs and read files too
 *                                   !  lines for an editor, a debugger or a database client (see `command-lines.ts`)
 *
 * `+` is a word that starts with it, `<` the standard input, `2` the operands from the second, `*` every operand.
 * The options of a program are not read whole: a letter in any cluster counts, and a long option that is abbreviated.
 */
import type { Text } from '../analysis.js'
import { ANY, dropPrefix, join, prefixOf, splitOnce } from '../text.js'
import { runLines } from './command-lines.js'
import { finderOf, runProgram } from './launch.js'
import type { Invocation, Reach, World } from './model.js'
import type { Lookup } from './roles.js'

const TABLE = `
tar,gtar,bsdtar ; I|use-compress-program:x to-command:$ F|info-script:$ new-volume-script:$ rmt-command:x rsh-command:$ checkpoint-action:=
cpio ; rsh-command:$
rsync ; e|rsh:$ rsync-path:@
ssh,autossh,slogin,mosh ; o:o
scp ; S:$ o:o D:$
sftp ; S:$ o:o D:$ e:! c:! <:!
sshfs ; o:o
zip ; -TT:$ unzip-command:$
latexmk ; e:P pdflatex:$ latex:$
certbot ; pre-hook:$ post-hook:$ renew-hook:$ deploy-hook:$ manual-auth-hook:$ manual-cleanup-hook:$
dhclient ; -sf:x
agetty ; l:x
kak ; e:P E:P
r2,radare2,rizin ; c:! i:F
pandoc ; L|lua-filter:w F|filter:w
rdmd,dub ; eval:P
tcc ; <:P
csvtool ; *:$
sort,gsort ; compress-program:x
svn ; diff-cmd:x diff3-cmd:x editor-cmd:x config-option:h
split,gsplit ; filter:$
diff3,sdiff ; diff-program:x
man ; P|pager:$ H|html?$
bat,batcat,ag,ack,delta ; pager:$
rg ; pre:x hostname-bin:x
fzf ; preview:$ bind:b
aria2c ; on-download-complete:x on-download-start:x on-download-error:x on-download-stop:x on-download-pause:x on-bt-download-complete:x
wget ; use-askpass:x e|execute:P
curl ; engine:P
less,more,most ; +:!
vi,vim,nvim,view,ex,gvim,rvim,vimdiff,nvi,elvis ; c|cmd:! S:P u:P +:! <:!
ed,red,dc,ftp,lftp,tftp,telnet,mail,mailx ; e:! c:! exec:! <:!
emacs,emacsclient ; e|eval:P execute:P l|load:P f|funcall:P script:P
gdb,lldb,cgdb ; -ex:! -iex:! -eval-command:! eval-command:! -x:P command:P o|one-line:! s|source:P <:!
sqlite3,sqlite ; cmd:! -cmd:! 2:! <:!
psql,mysql,mariadb ; c|command:! e|execute:! f|file:l pager:$ o|output:| <:!
chromium,chromium-browser,chrome,google-chrome ; gpu-launcher:$ renderer-cmd-prefix:$ utility-cmd-prefix:$ browser-subprocess-path:x
tcpdump ; z:x
yt-dlp,youtube-dl ; exec:x exec-before-download:$
restic ; password-command:$
borg ; rsh:$
gcc,g++,cc,c++,c89,c99,clang,clang++,gfortran ; -wrapper:, -fplugin:P
rpm,rpmquery,rpmdb,rpmverify,rpmbuild,rpmspec ; E|eval:P pipe:$
pip,pip3,npm ; editor:$
dmsetup ; exec:$
dnsmasq ; conf-script:$ dhcp-script:$
enscript ; I:$
tmate,genie,plymouth ; c|command:$
openssl ; -engine:P -provider-path:P
ssh-keygen,ssh-add ; D:P
nmap ; script:f
apt,apt-get,aptitude ; o|option:d c|config-file:P
socat ; *:s
nc,ncat,netcat ; e|exec|c|sh-exec:$ lua-exec:P
socket ; p:$
ansible ; a|args:a
ansible-playbook,ansible-console ; <:P *:w
salt-call ; *:$
busctl ; address:P
sysctl ; *:k
openvpn ; up:x down:x route-up:x ipchange:x tls-verify:x auth-user-pass-verify:x learn-address:x config:R
gnuplot,octave,octave-cli,guile,slsh,clisp,puppet,R,bpftrace,sqlmap,gimp,maxima,gp,sage,jrunscript,jjs,groovy,scala,scilab,opencode,racket,ocaml,ocamlrun,sbcl,ecl,ccl,abcl,ipython,ipython3,bpython,ptpython,jython,hy,llrt,zx,lumo,planck,csi,gosh,chibi-scheme,csharp,rust-script,littler,texlua,micropython,groovysh,scala-cli,amm ; e|eval|execute:P x:P c:P b:P p:P load:P <:P *:w
mongosh,mongo ; eval:q f|file:w <:q *:w
jshell,ghci ; <:P *:w
qjs,d8,jsc,utop ; -e:P eval:P <:P
scheme,mit-scheme ; eval:P *:w
bb,joker,nbb,kscript,sbt ; -e:P eval:P *:(
coffee,lsc,babel-node,esno,chicken-csi,gsi ; e|eval:P
matlab ; -batch:P
mlr ; *:D
terraform,tofu ; <:J
rake ; e|execute:P E|execute-continue:P p|execute-print:P *:w
cargo ; config:g
mvn,mvnw ; -Dexec.executable:x
ghc,runghc ; e:P *:w
erl,werl ; -eval:P
swipl,prolog,gprolog ; g:P t:P x:P f:P <:P *:w
groff,troff,gtroff ; <:r *:r
hg,chg ; config:h
cowsay,cowthink ; f:f
iex,mix,kotlin,kotlinc,swift,clojure,clj,knife,janet,fennel ; -e:P -E:P -eval:P eval:P execute:P <:P
nix,nix-instantiate,nix-build ; E:P expr:P
raku,perl6 ; e:P <:P
nano,rnano ; s|speller:x
pidstat ; e:x
zic ; y:$
scrot ; e|exec:$
perlbug ; e:$
gem ; -e:$ editor:$
m4 ; <:4 *:4
`

interface Channel {
  readonly spellings: readonly string[]
  readonly role: string
  readonly attached: boolean
  /** It stands in no cluster: programs that have long options with one dash. */
  readonly alone: boolean
}

let find: ReturnType<typeof finderOf> | undefined

/** The model of a program of the table. */
export const CHANNELS: Lookup = name => {
  const text = (find ??= finderOf(TABLE))(name)
  return text === undefined ? undefined : (call, world) => openChannels(call.args, text, call, world)
}

const read = new Map<string, readonly Channel[]>()

function channelsIn(text: string): readonly Channel[] {
  const known = read.get(text)
  if (known !== undefined) return known
  const channels = text.split(' ').map(entry => {
    const at = Math.max(entry.indexOf(':'), entry.indexOf('?'))
    const names = entry.slice(0, at).split('|')
    const spellings = names.map(name => (name.startsWith('-') ? name : name.length === 1 ? `-${name}` : `--${name}`))
    return { spellings, role: entry.slice(at + 1), attached: entry.charAt(at) === '?', alone: entry.startsWith('-') }
  })
  read.set(text, channels)
  return channels
}

/** Runs what the options among the arguments give to run. @param channels options as in the table */
export function openChannels(args: readonly Text[], channels: string, call: Invocation, world: World): undefined {
  for (const channel of channelsIn(channels)) {
    const [spelling = ''] = channel.spellings
    // Not `ansible localhost`, `-c local`.
    const isApart = channel.role === 'a' && !args.some(word => /^(?:localhost|127\.0\.0\.1|local|--connection=local)$/.test(prefixOf(word)))
    const how = { via: `${call.name} ${spelling}`, ...(isApart ? { elsewhere: true } : {}) }
    for (const value of valuesOf(args, channel, call)) open(channel.role, value, how, world)
  }
  return undefined
}

function valuesOf(args: readonly Text[], channel: Channel, call: Invocation): readonly Text[] {
  const [spelling = ''] = channel.spellings
  if (spelling === '-<') return call.stdin === undefined || isEdited(args, call) ? [] : [call.stdin]
  if (spelling === '-+') return args.flatMap(word => (prefixOf(word).startsWith('+') ? [dropPrefix(word, 1)] : []))
  if (spelling === '-*') return args.filter(word => !prefixOf(word).startsWith('-'))
  if (spelling === '-2') return args.filter(word => !prefixOf(word).startsWith('-')).slice(1)
  return args.flatMap((word, i) => {
    const value = channel.spellings.map(each => valueOf(word, args[i + 1], each, channel)).find(found => found !== undefined)
    return value === undefined ? [] : [value]
  })
}

/** `vim -`: its input is the text that is edited, unless it is told to be silent or `ex`. */
function isEdited(args: readonly Text[], { name }: Invocation): boolean {
  return /^n?vim?$|^g?view$|^gvim$/.test(name) && args.includes('-') && !args.some(word => /^-\w*[eEs]/.test(prefixOf(word)))
}

/** The value that a word gives to an option, in itself or in the next word. */
function valueOf(word: Text, next: Text | undefined, spelling: string, { attached, alone }: Channel): Text | undefined {
  const prefix = prefixOf(word)
  if (!prefix.startsWith('-') || prefix === '-') return undefined
  if (spelling.length > 2) {
    const split = splitOnce(word, '=')
    const name = split === undefined ? prefix : split[0]
    const same = name === spelling || (spelling.startsWith('--') && name.length > 4 && spelling.startsWith(name))
    return same ? (split?.[1] ?? (attached ? undefined : next)) : undefined
  }
  if (alone) return prefix === spelling ? next : undefined
  const at = prefix.startsWith('--') ? -1 : prefix.indexOf(spelling.charAt(1), 1)
  if (at === -1) return undefined
  const rest = dropPrefix(word, at + 1)
  return rest !== '' ? rest : attached ? undefined : next
}

function open(role: string, value: Text, how: Reach, world: World): void {
  if (role === '$') world.shell(value, how)
  else if (role === '@') world.shell(value, { ...how, elsewhere: true })
  else if (role === 'x') runProgram(value, how, world)
  else if (role === 'F') world.script(value, how)
  else if (role === 'P') world.unknown('any', `code of ${how.via}`)
  else if (role === '!') runLines(value, how, world)
  else openSpecial(role, value, how, world)
}

/** What reaches the machine in the shell of MongoDB (its manual, "native methods"; Node's own, since `mongosh`), and names that are put together. */
const LEAVES_DATABASE =
  /\b(?:run|_?(?:run|start|stop|wait)\w*Program|load|cat|ls|cd|pwd|edit|copyFile|(?:list|remove|write|md5sum)Files?|mkdir|hostname|fuzzFile|require|import|process|global\w*|this|self|eval|Function|constructor|child_process|snippet|config)\b|\\|\[\s*[^\s\d\]{]|`/

/** Options whose value only may hold a command. */
function openSpecial(role: string, value: Text, how: Reach, world: World): void {
  const prefix = prefixOf(value)
  const lower = prefix.toLowerCase()
  if (role === '=' && prefix.startsWith('exec=')) world.shell(dropPrefix(value, 5), how)
  else if (role === 'o') openSshOption(value, how, world)
  else if (role === 'd' && (lower.includes('invoke') || lower.includes('hook') || lower.includes('::options')))
    world.shell(dropPrefix(value, prefix.indexOf('=') + 1), how)
  else if (role === 'b') openBinding(value, how, world)
  else if (role === 's') openAddress(value, how, world)
  else if (role === ',') world.run(splitOnce(value, ',') === undefined ? [value] : prefixOf(value).split(','), { ...how, open: true })
  else if (role === 'f' && '/.'.includes(prefix.charAt(0) || ' ')) world.unknown('any', `code of ${how.via}`)
  else if (role === 'k' && prefix.includes('=|')) world.shell(dropPrefix(value, prefix.indexOf('=|') + 2), how)
  else if (role === 'h' && /^(?:hooks|diff-tools|merge-tools|ui\.(?:editor|ssh)|config:(?:helpers|tunnels))\b[^=]*=/.test(prefix))
    world.shell(dropPrefix(value, prefix.indexOf('=') + 1), how)
  else if (role === 'h' && prefix.includes('=!')) world.shell(dropPrefix(value, prefix.indexOf('=!') + 2), how)
  else if (role === 'r') openRequests(value, how, world)
  else if (role === 'q' && (typeof value !== 'string' || LEAVES_DATABASE.test(value))) world.unknown('any', `code of ${how.via}`)
  else if (role === 'w' && world.wrote(value)) world.unknown('any', `code of ${how.via}`)
  else if (role === 'g' && /runner|wrapper|linker|rustc|alias|credential/.test(prefix)) world.unknown('any', `code of ${how.via}`)
  else if (role === 'a') openTask(value, how, world)
  else if (role === 'D' && /\b(?:system|exec)\s*\(|[|>]\s*"/.test(prefix)) world.unknown('any', `code of ${how.via}`)
  else if (role === 'J')
    for (const [, home = '', path = ''] of prefix.matchAll(/\b(?:file\w*|templatefile)\(\s*"(~?)([^"]+)"/g))
      world.file('read', home === '' ? path : join(world.home ?? '~', path))
  else if (role === 'l') openLines(value, how, world)
  else if (role === '(' && /^\s*(?:[('"]|eval )/.test(prefix)) world.unknown('any', `code of ${how.via}`)
  else if (role === '|' && prefix.startsWith('|')) world.shell(dropPrefix(value, 1), how)
  else if (role === '4') openMacros(value, how, world)
}

/** The lines of a file that the command has written. */
function openLines(path: Text, how: Reach, world: World): void {
  world.file('read', path)
  if (world.wrote(path)) runLines(world.madeText(path) ?? ANY, how, world)
}

const SSH_COMMANDS = ['proxycommand', 'localcommand', 'knownhostscommand', 'ssh_command', 'smartcarddevice', 'pkcs11provider']

/** `ProxyCommand=command`, `ProxyCommand command`. */
export function openSshOption(value: Text, how: Reach, world: World): void {
  const prefix = prefixOf(value)
  const lower = prefix.toLowerCase()
  const name = SSH_COMMANDS.find(each => lower.startsWith(each))
  if (name === undefined) return
  let at = name.length
  while (' \t="'.includes(prefix.charAt(at)) && at < prefix.length) at++
  world.shell(dropPrefix(value, at), { ...how, via: `${how.via} ${prefix.slice(0, name.length)}` })
}

const ACTIONS = ['execute-silent', 'execute-multi', 'execute', 'reload-sync', 'reload', 'become', 'preview', 'transform']

/** `enter:execute(command)` */
function openBinding(value: Text, how: Reach, world: World): void {
  const prefix = prefixOf(value)
  for (const action of ACTIONS) {
    const at = prefix.indexOf(action)
    if (at === -1) continue
    const command = dropPrefix(value, at + action.length + 1)
    world.shell(typeof command === 'string' && ')]}'.includes(command.charAt(command.length - 1)) ? command.slice(0, -1) : command, how)
    return
  }
}

/** `EXEC:command,option`, `SYSTEM:command`, `SHELL:command` */
function openAddress(value: Text, how: Reach, world: World): void {
  const split = splitOnce(value, ':')
  const kind = split?.[0].toLowerCase() ?? ''
  if (split === undefined || !['exec', 'system', 'shell', 'exec-shell'].some(each => kind.endsWith(each))) return
  const text = split[1]
  const comma = kind.endsWith('exec') && typeof text === 'string' ? text.indexOf(',') : -1
  world.shell(comma === -1 ? text : prefixOf(text).slice(0, comma), how)
}

/** A command, or `path=x state=absent` and the like for a module of Ansible, in which code may stand. */
function openTask(value: Text, how: Reach, world: World): void {
  const text = prefixOf(value)
  if (/\blookup\(|\bquery\(/.test(text)) world.unknown('any', `code of ${how.via}`)
  const [, named, path = ''] = /\b(path|src)=(\S+)/.exec(text) ?? []
  if (how.elsewhere !== true && named !== undefined) world.file(/\bstate=absent\b/.test(text) ? 'delete' : 'read', path, named === 'path')
  world.shell(value, how)
}

/** `.sy command` and requests that open files or pipes, in the text itself or in the file that the word names. */
function openRequests(value: Text, how: Reach, world: World): void {
  const text = how.via.endsWith('<') ? value : (world.readText(value) ?? '')
  if (typeof text !== 'string' || /^[.'][ \t]*(?:sy|pso|opena?|pi)\b/m.test(text)) world.unknown('any', `code of ${how.via}`)
}

/** Quotes that the text gives itself. */
const QUOTES = /changequote\([ \t]*([^\s,()\w]+)[ \t]*,[ \t]*([^\s,()\w]+)[ \t]*\)/

/** `esyscmd(command)` in the text itself or in the file that the word names. */
function openMacros(value: Text, how: Reach, world: World): void {
  const text = how.via.endsWith('<') ? value : (world.readText(value) ?? '')
  if (typeof text !== 'string') return world.unknown('any', 'text for m4')
  const [, open = '`', close = "'"] = QUOTES.exec(text) ?? []
  if (text.split('changequote').length > 2) world.unknown('any', 'text for m4')
  for (let at = text.indexOf('syscmd('); at !== -1; at = text.indexOf('syscmd(', at + 7)) {
    const rest = text.slice(at + 7)
    const isQuoted = rest.startsWith(open)
    const end = rest.indexOf(isQuoted ? `${close})` : ')')
    world.shell(rest.slice(isQuoted ? open.length : 0, end === -1 ? undefined : end), how)
  }
}
