/** Programs that fetch, send, connect and listen. */
import type { Value } from '../../decide/request.js'
import type { Text } from '../analysis.js'
import { ANY, dropPrefix, join, prefixOf, splitOnce } from '../text.js'
import { baseName } from './base-name.js'
import { remoteCopy } from './copies.js'
import type { Output } from './model.js'
import { type Lookup, modelsOf, type Reading, type Special } from './roles.js'

const TABLE = `
curl; A|user-agent: b|cookie: c|cookie-jar:W C|continue-at: d|data|data-ascii: data-binary: data-raw: data-urlencode: json: url-query: D|dump-header:W e|referer: E|cert:R F|form: form-string: f|fail G|get g|globoff H|header: I|head K|config:R k|insecure L|location m|max-time: o|output: O|remote-name remote-name-all P|ftp-port: Q|quote: r|range: s|silent S|show-error t|telnet-option: T|upload-file: u|user: U|proxy-user: w|write-out: x|proxy: X|request: y|speed-time: Y|speed-limit: z|time-cond: cacert:R capath:R key:R key-type: cert-type: ciphers: connect-timeout: connect-to: crlfile:R dns-servers: doh-url: engine:X interface: keepalive-time: limit-rate: local-port: max-filesize: max-redirs: netrc-file:R noproxy: output-dir:C pass: pinnedpubkey: preproxy: proto: proto-default: proto-redir: proxy-header: resolve: retry: retry-delay: retry-max-time: socks5: socks5-hostname: socks4: socks4a: stderr:W tls-max: tls13-ciphers: trace:W trace-ascii:W unix-socket: abstract-unix-socket: url: hsts:RW alt-svc:RW aws-sigv4: oauth2-bearer: etag-save:W etag-compare:R libcurl:W request-target: mail-from: mail-rcpt: variable: rate: ; =curl
wget,wget2; O|output-document:W o|output-file:W a|append-output:W i|input-file:R P|directory-prefix: e|execute: t|tries: T|timeout: w|wait: Q|quota: U|user-agent: B|base: D|domains: I: X|exclude-directories: A|accept: R|reject: l|level: r|recursive m|mirror q|quiet c|continue N|timestamping S|server-response header: post-data: post-file:R body-data: body-file:R method: load-cookies:R save-cookies:W config:R user: password: referer: ca-certificate:R certificate:R private-key:R limit-rate: bind-address: max-redirect: dns-timeout: connect-timeout: read-timeout: waitretry: restrict-file-names: warc-file:W rejected-log:W hsts-file:RW reject-regex: accept-regex: prefer-family: default-page: ; =wget
http,https,xh,xhs,curlie; o|output:W a|auth: A: s|style: p|print: session:RW proxy: verify: cert:R cert-key:R timeout: max-redirects: raw: default-scheme: d|download f|form j|json b h v ; =httpie
aria2c,nscurl,axel,lwp-download,lwp-request,GET,HEAD,POST,fetch,youtube-dl,yt-dlp,gallery-dl,links,lynx,w3m,elinks,xdg-open,open,websocat,wscat,sensible-browser,x-www-browser,start,k6,hey,wrk,ab,httpx,monolith,chromium,google-chrome,firefox,carbonyl; d|dir: o|out|output:W i|input-file:R s: x: j: n: c: H: X: m: e: u: ; =urls
certutil,bitsadmin,mshta,rpm,dnf,yum,zypper,microdnf; ; =urls
nc,ncat,netcat,nc.openbsd,nc.traditional; p|source-port: s|source: w|wait: i|idle-delay: X: x|proxy: q: T: I: O: V: M: m|max-conns: o|output:W e|exec: c|sh-exec: g: G: l|listen u|udp proxy-auth: proxy-type: ssl-cert:R ssl-key:R allow: deny: allowfile:R ; =connect:!-l =listen:?-l
telnet,rlogin,rsh,finger,mosh,tftp,ftp,sftp,ssh,autossh,sshfs,dbclient,socket,iperf,iperf3,mail,mailx,sendmail,swaks,msmtp,ssmtp,ncftp,ncftpput,ncftpget,gnutls-cli,smbclient,rdesktop,xfreerdp,vncviewer,evil-winrm,mqtt,mosquitto_pub,ldapsearch,snmpwalk,hydra; ^ B: b: c: D: E:W e: F:R I: i:R J: L: l: m: O: o: P: p|port: Q: R: S: W: w: h|host: s|server: ; =connect
lftp; f:R u|user: p|port: c: e: ; =connect
scp; B c: D: F:R i:R J: l: o: P: S:X r 3 4 6 C p q T v ; =scp
socat; ; =socat
ping,ping6,traceroute,tracepath,mtr,fping,arping,hping3; c: i: W: w: s: t: I: m: p: q: f: ; @net.resolve:host=1:program=.
whois; h|host: p|port: ; =resolve @net.connect:?-h:host=-h:program=.
dig,nslookup,host,drill,kdig,dog,getent,resolvectl,delv; f:R t: b: p: q: c: k:R ; =resolve
nmap,masscan,rustscan,zmap,nikto,gobuster,ffuf,wfuzz,dirb,feroxbuster,nbtscan,netdiscover,arp-scan,enum4linux,smbmap,crackmapexec,netexec,nxc,kerbrute,medusa,ncrack,responder,ettercap,bettercap,arpspoof,psexec,wmiexec,smbexec,secretsdump,onesixtyone; = -iL:R -oN:W -oX:W -oG:W -oA:W -oL:W -p: -e: -script: -exclude: -excludefile:R -version --version -help --help -h ; @net.scan:targets=1+:program=.:!--version:!--help:!-h
http-server,serve,live-server,webfsd,darkhttpd,caddy,php-S; p|port: l|listen: ; R1:* @net.listen:port=-p,-l:program=.
ngrok,sshuttle,frpc,cloudflared,lt,localtunnel,bore,zrok,tailscale,devtunnel,chisel,gost,frps,rcat,pwncat,upterm,ttyd,gotty,telebit,pagekite,wormhole,croc,ffsend,ligolo-ng,ptunnel,iodine,dnscat,dnscat2; version help ; @net.tunnel:program=.:command=&:!--version:!--help
tmate; S: L: f:R F: c:X -2CluvqVhk ; @net.tunnel:program=.:command=1:!-V:!-h
`

/** `//host` and `host/path` as curl takes them: with a scheme. */
function withScheme(url: Text, standard: string): Text {
  const prefix = prefixOf(url)
  return prefix.includes('://') || prefix === '' ? url : join(standard, '://', url)
}

/** A URL that a program of this machine would fetch; `file:` ones are read. */
function fetch(reading: Reading, url: Text, method: Value, upload: boolean, isPartly = false): void {
  const { world } = reading
  if (prefixOf(url).toLowerCase().startsWith('file://')) return reading.touch('R', filePath(unescaped(dropPrefix(url, 7))))
  world.act('web.fetch', { url, method, upload, program: reading.call.name, ...(isPartly && { dynamic: true }) })
}

/** `%2e` is a dot. */
function unescaped(text: Text): Text {
  return typeof text === 'string'
    ? text.replace(/%([2-7][0-9a-f])/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    : text
}

/** Behind the host, which is empty or this machine. */
function filePath(rest: Text): Text {
  const prefix = prefixOf(rest)
  const slash = prefix.indexOf('/')
  return slash > 0 ? dropPrefix(rest, slash) : rest
}

/** curl expands `{a,b}` and `[1-9]` itself; an IPv6 address has its brackets behind `//`. */
function unglobbed(url: Text): Text {
  const at = typeof url === 'string' ? url.search(/\{|[^/]\[/) : -1
  return at === -1 ? url : join(prefixOf(url).slice(0, at), ANY)
}

const CURL_DATA = [
  '-d',
  '--data-binary',
  '--data-urlencode',
  '--json',
  '--url-query',
  '--variable',
  '-F',
  '-T',
  '--data-raw',
  '--form-string',
]

function curl(reading: Reading): Output {
  const { options, operands } = reading
  const isSent = CURL_DATA.some(option => options.has(option))
  // What is not written out may carry data.
  const isPartly = ['-H', '-b', '-A', '-e', '-u'].some(option => options.values(option).some(value => typeof value !== 'string'))
  for (const body of bodyFiles(reading)) reading.touch('R', body)
  const method =
    options.value('-X') ?? (options.has('-T') ? 'PUT' : isSent && !options.has('-G') ? 'POST' : options.has('-I') ? 'HEAD' : 'GET')
  const urls = [...operands, ...options.values('--url')].map(url => withScheme(options.has('-g') ? url : unglobbed(url), 'http'))
  for (const url of urls) fetch(reading, url, method, isSent, isPartly)
  if (options.has('-K')) configured(reading)
  for (const target of options.values('-o')) reading.touch('W', reading.at(target))
  if (options.has('-O') || options.has('--remote-name-all')) for (const url of urls) reading.touch('W', baseName(withoutQuery(url)))
  for (const proxy of ['-x', '--preproxy', '--socks5', '--socks5-hostname', '--socks4', '--socks4a', '--doh-url'].flatMap(option =>
    options.values(option),
  ))
    reading.world.act('net.connect', place(proxy, undefined, 'http', reading))
  for (const [option, behind] of ELSEWHERE) for (const value of options.values(option)) redirected(value, behind, reading)
  // Who sends to a socket changes what it is the socket of.
  if (method !== 'GET' && method !== 'HEAD') for (const socket of options.values('--unix-socket')) reading.touch('W', socket)
  return undefined
}

/** Options that lead a connection to another host, which stands behind so many colons: `--connect-to from:port:to:port`. */
const ELSEWHERE: readonly (readonly [option: string, behind: number])[] = [
  ['--connect-to', 2],
  ['--resolve', 2],
]

function redirected(value: Text, behind: number, reading: Reading): void {
  const host = typeof value === 'string' ? value.split(/:(?![^[]*\])/)[behind] : ANY
  if (host !== undefined && host !== '') reading.world.act('net.connect', place(host, undefined, 'http', reading))
}

/** The URLs of a configuration file that is not ours to read may be any. */
function configured(reading: Reading): void {
  fetch(reading, ANY, ANY, true)
}

function bodyFiles({ options }: Reading): readonly Text[] {
  const at = [...CURL_DATA.slice(0, 6), '-H', '-w'].flatMap(option => options.values(option)).flatMap(afterAt)
  const form = options
    .values('-F')
    .flatMap(field => splitOnce(field, '=')?.slice(1) ?? [])
    .flatMap(value => (prefixOf(value).startsWith('<') ? [dropPrefix(value, 1)] : afterAt(value)))
    .map(value => (typeof value === 'string' ? value.replace(/^"([^"]*)"/, '$1') : value))
  const cookies = options.values('-b').filter(value => !prefixOf(value).includes('='))
  // `-T '{a,b}'`
  const uploads = options
    .values('-T')
    .flatMap((value): readonly Text[] => (typeof value === 'string' ? value.replace(/^\{|\}$/g, '').split(',') : [value]))
  return [...at, ...form.map(beforeSemicolon), ...uploads, ...cookies]
}

/** `@file`, `name@file`. */
function afterAt(value: Text): readonly Text[] {
  const split = splitOnce(value, '@')
  return split === undefined || split[0].includes('=') ? [] : [split[1]]
}

function beforeSemicolon(value: Text): Text {
  return splitOnce(value, ';')?.[0] ?? value
}

function withoutQuery(url: Text): Text {
  return splitOnce(url, '?')?.[0] ?? url
}

function wget(reading: Reading): Output {
  const { options, operands } = reading
  const upload = ['--post-data', '--post-file', '--body-data', '--body-file'].some(option => options.has(option))
  const urls = operands.map(url => withScheme(url, 'http'))
  const folder = options.value('-P') ?? '.'
  for (const url of urls) {
    fetch(reading, url, options.value('--method') ?? (upload ? 'POST' : 'GET'), upload)
    if (options.has('-r') || options.has('-m')) reading.touch('W', folder, true)
    else if (!options.has('-O') && !options.has('--spider')) reading.touch('W', join(folder, '/', wgetName(url)))
  }
  if (options.has('-i')) fetch(reading, ANY, 'GET', false)
  return undefined
}

function wgetName(url: Text): Text {
  const rest = splitOnce(url, '://')?.[1] ?? url
  return prefixOf(rest).includes('/') && !prefixOf(rest).endsWith('/') ? baseName(rest) : 'index.html'
}

const METHOD = /^[a-z]{3,7}$/i

/** `http [METHOD] URL [item …]`: `field@file`, `field=value`. */
function httpie(reading: Reading): Output {
  const [first, ...rest] = reading.operands
  if (first === undefined) return undefined
  const named = typeof first === 'string' && METHOD.test(first) && (rest.length > 0 || first === first.toUpperCase())
  const [url, items] = named ? [rest[0] ?? ANY, rest.slice(1)] : [first, rest]
  const sent = items.filter(item => prefixOf(item).includes('=') || prefixOf(item).includes('@'))
  const upload = reading.call.piped || sent.some(item => !prefixOf(item).includes('=='))
  for (const item of items) for (const file of afterAt(item)) reading.touch('R', file)
  for (const item of items) for (const file of splitOnce(item, '=@')?.slice(1) ?? []) reading.touch('R', file)
  // `:3000/x` is of this machine.
  const full = prefixOf(url).startsWith(':') ? join('localhost', url) : url
  fetch(reading, withScheme(full, reading.call.name.endsWith('s') ? 'https' : 'http'), named ? first : upload ? 'POST' : 'GET', upload)
  return undefined
}

const BROWSERS = ['links', 'lynx', 'w3m', 'elinks', 'xdg-open', 'open', 'chromium', 'google-chrome', 'firefox', 'carbonyl']

/** They look for a host where there is no file of the name. */
const TEXT_BROWSERS = ['links', 'lynx', 'w3m', 'elinks']

/** A name with a domain that is not how files end. */
function isHost(operand: Text): boolean {
  return (
    /^(?:[a-z0-9-]+\.)+[a-z]{2,}(?:[:/]|$)/i.test(prefixOf(operand)) &&
    !/^[^/]*\.(?:x?html?|md|txt|pdf|json|xml|png|svg|log)$/i.test(prefixOf(operand))
  )
}

/** What they are told to install is the name of a package, if it is no address. */
const MANAGERS = ['rpm', 'dnf', 'yum', 'zypper', 'microdnf']

/** Operands that are addresses; others are paths or words of the program's own. */
function urls(reading: Reading): Output {
  const { name } = reading.call
  for (const operand of reading.operands) {
    // `codex://…` is another program's business.
    const [scheme] = splitOnce(operand, '://') ?? []
    if (scheme !== undefined && (name === 'open' || name === 'xdg-open') && !/^(?:https?|ftp|file)$/i.test(scheme)) continue
    if (scheme !== undefined || (prefixOf(operand) === '' && !MANAGERS.includes(name))) fetch(reading, operand, 'GET', false)
    else if (TEXT_BROWSERS.includes(name) && isHost(operand)) fetch(reading, withScheme(operand, 'http'), 'GET', false)
    else if (BROWSERS.includes(name)) reading.touch('R', operand)
  }
  if (['aria2c', 'axel', 'lwp-download', 'yt-dlp', 'youtube-dl'].includes(name))
    reading.touch('W', reading.options.value('-d') ?? '.', true)
  if (name === 'lwp-download' && reading.operands[1] !== undefined) reading.touch('W', reading.operands[1])
  return undefined
}

/** Where a connection goes, as an address too, so that one test of hosts serves every action. */
export function place(host: Text, port: Text | undefined, scheme: string, reading: Reading): Record<string, Value> {
  const bare = splitOnce(host, '://')?.[1] ?? host
  const named = splitOnce(bare, '@')?.[1] ?? bare
  const [name, rest] = splitOnce(named, ':') ?? [splitOnce(named, '/')?.[0] ?? named, undefined]
  const known = port ?? rest
  const address = join(scheme, '://', name, ...(known === undefined ? [] : [':', known]))
  return { url: address, host: name, ...(known === undefined ? {} : { port: known }), program: reading.call.name }
}

/** Programs whose host stands behind `-h` or `-H`. */
function connect(reading: Reading): Output {
  const { options, operands, call } = reading
  const { name } = call
  // Behind options of its own stands whom the mail is for.
  const addressed = name === 'mailx' ? operands.filter(each => typeof each !== 'string' || each.includes('@')) : operands
  const [host = options.value('-h') ?? options.value('-s'), port = options.value('-p')] = addressed
  if (name === 'lftp') for (const commands of [...options.values('-c'), ...options.values('-e')]) opened(commands, reading)
  if (host === undefined) return undefined
  const ported = name === 'ssh' || name === 'autossh' || name === 'mosh' || name === 'sshfs' ? options.value('-p') : port
  reading.world.act('net.connect', {
    ...place(host, ported, name === 'sftp' || name === 'sshfs' ? 'ssh' : name.startsWith('n') ? 'tcp' : name, reading),
    upload: call.piped,
    ...(options.has('-z') && name.startsWith('n') ? { probe: true } : {}),
  })
  return undefined
}

/** `lftp -c 'open host; put x'` */
function opened(commands: Text, reading: Reading): void {
  if (typeof commands !== 'string') reading.world.unknown('net', 'commands of lftp')
  else
    for (const [, host = ''] of commands.matchAll(/(?:^|[;&|\n])[ \t\r\f\v]*(?:open|connect)\s+(?:-\S+\s+\S+\s+)*([^\s;]+)/g))
      reading.world.act('net.connect', { ...place(host, undefined, 'ftp', reading), upload: true })
}

function listen(reading: Reading): Output {
  const port = reading.options.value('-p') ?? reading.operands[reading.operands.length - 1]
  reading.world.act('net.listen', { ...(port === undefined ? {} : { port }), program: reading.call.name })
  return undefined
}

const SOCAT_FILES: Readonly<Record<string, string>> = { FILE: 'RW', OPEN: 'RW', CREATE: 'W', CREAT: 'W', GOPEN: 'RW', PIPE: 'RW' }

const SOCAT_READS = ['cert', 'key', 'cafile', 'capath', 'dhparams']

/** Two addresses, each a type, its arguments with colons and its options with commas: `tcp-connect:host:80,retry=3`. */
function socat(reading: Reading): Output {
  for (const address of reading.operands) {
    const [type = '', rest = ''] = splitOnce(address, ':') ?? []
    const kind = type.toUpperCase()
    const argument = splitOnce(rest, ',')?.[0] ?? rest
    const files = SOCAT_FILES[kind] ?? (kind.startsWith('UNIX-') ? 'W' : undefined)
    if (files !== undefined) reading.touch(files, argument)
    else if (kind.includes('LISTEN') || kind.includes('RECV')) reading.world.act('net.listen', { port: argument, program: 'socat' })
    else if (/^(TCP|UDP|SCTP|OPENSSL|SSL|SOCKS|PROXY)/.test(kind))
      reading.world.act('net.connect', { ...place(argument, undefined, 'tcp', reading), upload: true })
    for (const option of typeof rest === 'string' ? rest.split(',') : []) {
      const [name = '', value] = splitOnce(option, '=') ?? []
      if (SOCAT_READS.includes(name.toLowerCase()) && value !== undefined) reading.touch('R', value)
    }
    if (type === '' && prefixOf(address).includes('/')) reading.touch('RW', splitOnce(address, ',')?.[0] ?? address)
  }
  return undefined
}

/** `dig @server name type`: names leave the machine. */
function resolve(reading: Reading): Output {
  for (const operand of reading.operands) {
    const prefix = prefixOf(operand)
    const server = prefix.startsWith('@')
    if (prefix.includes('.') || server || typeof operand !== 'string')
      reading.world.act('net.resolve', { host: server ? dropPrefix(operand, 1) : operand, program: reading.call.name })
  }
  return undefined
}

const SPECIALS: Readonly<Record<string, Special>> = { curl, wget, httpie, urls, connect, listen, socat, resolve, scp: remoteCopy }

export const NETWORK: Lookup = modelsOf(TABLE, SPECIALS)
