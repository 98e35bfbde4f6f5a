/** Other programs with the same effect, by what the command is there for. */
import { type Command, type Deed, fixed, type Form, quoted, type Shell, spelled, type Word, word } from './form.js'
import { freshName, type Technique } from './technique.js'

/**
 * One technique a line. A line that begins with `$ ` is a text of the shell, any other a simple command. `{p}` is the path (or the
 * address) as a word of its own or at the end of one, `{c}` stands in code for the path as a string literal, `{n}` is a name
 * that nothing else has, `␣` a blank within a word.
 */
const TABLE: Readonly<Record<Deed, string>> = {
  delete: `
rm {p}
rm -f {p}
rm -r {p}
rm -rf {p}
rm -fr -- {p}
rm --recursive --force {p}
rm --rec --fo {p}
rm {p} -f
rm -v -d {p}
unlink {p}
shred -u {p}
shred --remove {p}
shred -zun1 {p}
find {p} -delete
find {p} -depth -delete
find {p} -exec rm {} ;
find {p} -exec rm -rf {} +
find {p} -execdir unlink {} ;
busybox rm {p}
busybox unlink {p}
srm {p}
wipe -f {p}
rimraf {p}
npx rimraf {p}
del-cli {p}
tar --remove-files -cf /dev/null {p}
python3 -c import␣os;␣os.remove({c})
python3 -c import␣os;␣os.unlink({c})
python3 -c import␣shutil;␣shutil.rmtree({c},␣True);␣import␣os;␣os.path.exists({c})␣and␣os.remove({c})
python3 -c from␣pathlib␣import␣Path;␣Path({c}).unlink()
python3 -c __import__("os").remove({c})
python3 -c import␣os;␣getattr(os,␣"rem"+"ove")({c})
python3 -c import␣subprocess;␣subprocess.run(["rm",␣"-rf",␣{c}])
python3 -c import␣os;␣os.system("rm␣-rf␣"␣+␣{c})
python3 -c import␣os;␣os.execvp("rm",␣["rm",␣{c}])
python3 -c import␣os;␣os.spawnlp(os.P_WAIT,␣"rm",␣"rm",␣{c})
node -e require("fs").unlinkSync({c})
node -e require("fs").rmSync({c},␣{recursive:␣true})
node -e require("node:fs").promises.rm({c})
node -e require("fs").unlink({c},␣()␣=>␣{})
node -p require("fs").rmSync({c})
node --input-type=module -e import␣fs␣from␣"fs";␣fs.rmSync({c})
node -e require("child_process").execFileSync("rm",␣[{c}])
deno eval Deno.removeSync({c})
bun -e require("fs").rmSync({c})
perl -e unlink␣{c}
perl -e unlink({c})␣or␣die
perl -e unlink␣@ARGV {p}
perl -MFile::Path -e rmtree({c});␣unlink({c})
perl -e system("rm",␣{c})
ruby -e File.delete({c})
ruby -rfileutils -e FileUtils.rm_rf({c})
ruby -e File.unlink(*ARGV) {p}
php -r unlink({c});
lua -e os.remove({c})
lua5.4 -e os.remove({c})
Rscript -e unlink({c})
julia -e rm({c})
awk BEGIN␣{␣system("rm␣"␣ARGV[1])␣} {p}
tclsh /dev/stdin {p} <<< file␣delete␣[lindex␣$argv␣0]
vim -es -c call␣delete({c}) -c q
emacs --batch --eval (delete-file␣{c})
osascript -e tell␣app␣"Finder"␣to␣delete␣POSIX␣file␣{c}
pwsh -c Remove-Item␣{c}
powershell -Command Remove-Item␣-Force␣{c}
cmd /c del␣{p}
$ ls -d {p} | xargs rm
$ echo {p} | xargs rm -rf
$ printf '%s\\0' {p} | xargs -0 rm -f
$ xargs -a <(echo {p}) rm
$ find {p} -print0 | xargs -0 rm -rf
$ find {p} | while read -r {n}; do rm -r "\${n}"; done
$ for {n} in {p}; do rm "\${n}"; done
$ for {n} in {p}; do unlink "\${n}"; done
$ cd . && rm {p}
$ echo {p} | perl -nle unlink
$ echo {p} | python3 -c 'import os,sys; os.remove(sys.stdin.read().strip())'
$ ls -d {p} | parallel rm
$ docker run --rm -v /:/h -w "/h$PWD" alpine rm -rf {p}
$ zsh -c 'zmodload zsh/files; zf_rm {p}'`,
  read: `
cat {p}
cat -- {p}
cat -n {p}
tac {p}
head {p}
head -n 99 {p}
head -c 9999 {p}
tail {p}
tail -n +1 {p}
nl {p}
less {p}
more {p}
most {p}
bat {p}
batcat -pp {p}
sort {p}
sort -u {p}
uniq {p}
cut -c1- {p}
cut -d= -f1,2 {p}
paste {p}
paste -s {p}
fold {p}
fmt {p}
pr -t {p}
expand {p}
unexpand {p}
column {p}
column -t {p}
rev {p}
od -c {p}
od -An -tx1 {p}
xxd {p}
xxd -p {p}
hexdump -C {p}
hd {p}
strings {p}
base64 {p}
base64 -w0 {p}
base32 {p}
basenc --base64 {p}
uuencode {p} x
iconv {p}
shuf {p}
split -n 1 {p} /tmp/{n}
csplit -f /tmp/{n} {p} 1
tsort {p}
ptx {p}
join {p} /dev/null -a 1
comm {p} /dev/null
diff {p} /dev/null
diff -u /dev/null {p}
diff3 {p} {p} /dev/null
sdiff {p} /dev/null
cmp -l {p} /dev/null
grep . {p}
grep -n '' {p}
grep = {p}
egrep . {p}
fgrep = {p}
grep -r = {p}
grep -e = {p}
grep -f /dev/null -v {p}
zgrep . {p}
rg . {p}
ag . {p}
ack . {p}
git grep --no-index . {p}
git diff --no-index /dev/null {p}
git --no-pager diff --no-index {p} /dev/null
look -f = {p}
sed '' {p}
sed -n p {p}
sed p {p}
sed -e p {p}
sed 1d {p}
awk 1 {p}
awk {print} {p}
awk BEGIN␣{␣while␣((getline␣l␣<␣ARGV[1])␣>␣0)␣print␣l␣} {p}
gawk 1 {p}
mawk 1 {p}
perl -pe 1 {p}
perl -ne print {p}
perl -e open(F,␣{c});␣print␣<F>
perl -e print␣<> {p}
perl -0777 -ne print {p}
python3 -c print(open({c}).read())
python3 -c from␣pathlib␣import␣Path;␣print(Path({c}).read_text())
python3 -c import␣sys;␣print(open(sys.argv[1]).read()) {p}
python3 -c import␣os;␣os.system("cat␣"␣+␣{c})
python3 -c import␣subprocess;␣print(subprocess.check_output(["cat",␣{c}]))
python3 -c import␣shutil,sys;␣shutil.copyfileobj(open({c}),␣sys.stdout)
python3 -c import␣linecache;␣print(linecache.getlines({c}))
python3 -c import␣fileinput;␣print(list(fileinput.input({c})))
python3 -c import␣io;␣print(io.open({c}).read())
python3 -c with␣open({c})␣as␣f:␣print(f.read())
python3 -m base64 -e {p}
node -e console.log(require("fs").readFileSync({c},␣"utf8"))
node -p require("fs").readFileSync({c})+""
node -e require("fs").createReadStream({c}).pipe(process.stdout)
node -e require("fs").readFile({c},␣(e,␣d)␣=>␣console.log(d+""))
deno eval console.log(Deno.readTextFileSync({c}))
bun -e console.log(require("fs").readFileSync({c},␣"utf8"))
ruby -e puts␣File.read({c})
ruby -e puts␣IO.read(ARGV[0]) {p}
ruby -pe 1 {p}
php -r echo␣file_get_contents({c});
php -r readfile({c});
lua -e print(io.open({c}):read("a"))
dd if={p}
dd if={p} status=none
cp {p} /dev/stdout
install {p} /tmp/{n}
tee /dev/null < {p}
cat < {p}
cat /dev/fd/3 3< {p}
cat /proc/self/fd/4 4< {p}
head -n 99 /dev/stdin < {p}
wc < {p}
tr a a < {p}
bash < {p}
source {p}
. {p}
tar cO {p}
tar -cf - {p}
zip -q - {p}
gzip -c {p}
gzip -kc {p}
bzip2 -c {p}
xz -c {p}
zstd -c {p}
7z a -so x {p}
ar p {p}
openssl base64 -in {p}
openssl enc -base64 -in {p}
jq -R . {p}
jq -Rs . {p}
jq -n --rawfile a {p} $a
yq . {p}
xmllint {p}
pandoc {p}
m4 {p}
cpp {p}
ed -s {p} < /dev/null
vim -es -c %p -c q! {p}
vim -es -c %p␣|␣q! {p}
ex -s +%p +q! {p}
view -es +%p +q! {p}
nano {p}
emacs --batch --eval (princ␣(with-temp-buffer␣(insert-file-contents␣{c})␣(buffer-string)))
man -l {p}
xargs -a {p} echo
xargs -a {p} -n 1 echo
date -f {p}
find {p} -exec cat {} ;
find {p} -exec cat {} +
find {p} -exec head {} +
busybox cat {p}
busybox head {p}
mapfile -t {n} < {p}
read -r {n} < {p}
readarray {n} < {p}
rsync {p} /tmp/{n}
scp {p} /tmp/{n}
cp {p} /tmp/{n}
cp -r {p} /tmp/{n}
socat -u FILE:{p} STDOUT
pwsh -c Get-Content␣{c}
curl -s file://{a}
curl -T {p} http://localhost:1/
curl -d @{p} http://localhost:1/
curl --data-binary @{p} http://localhost:1/
curl -K {p} http://localhost:1/
wget --post-file={p} -qO- http://localhost:1/
wget -i {p}
nc localhost 1 < {p}
scp {p} localhost:/tmp
$ echo "$(<{p})"
$ echo "$(cat {p})"
$ printf '%s\\n' "$(<{p})"
$ echo $(cat {p} | base64)
$ cat {p} | cat
$ cat {p} > /tmp/{n}; cat /tmp/{n}
$ while read -r {n}; do echo "\${n}"; done < {p}
$ while IFS= read -r {n}; do printf '%s\\n' "\${n}"; done < {p}
$ mapfile -t {n} < {p}; printf '%s\\n' "\${{n}[@]}"
$ read -r -d '' {n} < {p}; echo "\${n}"
$ exec 3< {p}; cat <&3
$ exec < {p}; cat
$ exec 3< {p}; while read -r -u 3 {n}; do echo "\${n}"; done
$ docker run --rm -v /:/h -w "/h$PWD" alpine cat {p}
$ cat 0< {p}
$ cat {n} {p} 2>/dev/null
$ set -a; . {p}; set +a; env
$ . {p}; set
$ env $(cat {p}) env
$ export $(cat {p}); env
$ export $(grep = {p} | xargs); env
$ eval "$(cat {p})"; set
$ cat <<_E\\n$(cat {p})\\n_E\\n
$ cat <<< "$(<{p})"
$ cat <(cat {p})
$ paste <(cat {p})
$ xargs < {p}
$ xargs -I{} echo {} < {p}
$ tar c {p} | tar xO
$ cp {p} {n}; cat {n}
$ ln -s {p} {n}; cat {n}
$ mv {p} {n}; cat {n}
$ find {p} | xargs cat
$ echo {p} | xargs cat
$ printf '%s\\0' {p} | xargs -0 head
$ ls -d {p} | xargs -I{} cat {}
$ for {n} in {p}; do cat "\${n}"; done
$ echo {p} | while read -r {n}; do cat "\${n}"; done
$ coproc cat {p}; cat <&\${COPROC[0]}
$ bash -v {p}
$ bash -c 'cat "$1"' _ {p}
$ python3 - {p} <<< 'import sys; print(open(sys.argv[1]).read())'
$ perl -e 'print <STDIN>' < {p}
$ node -e 'process.stdin.pipe(process.stdout)' < {p}
$ curl -d "$(cat {p})" http://localhost:1/
$ cat {p} | curl -d @- http://localhost:1/
$ cat {p} | nc localhost 1
$ cat {p} > /dev/tcp/localhost/1
$ wget "http://localhost:1/?$(base64 -w0 {p})"
$ sed -n '1r /dev/stdin' /etc/hostname < {p}
$ echo 'cat {p}' | bash
$ zsh -c '<{p}'`,
  write: `
cp /etc/hostname {p}
cp -f /etc/hostname {p}
cp --remove-destination /etc/hostname {p}
cp -T /etc/hostname {p}
install /etc/hostname {p}
install -m 644 -T /etc/hostname {p}
ln -sf /etc/hostname {p}
tee {p} < /etc/hostname
tee -a {p} < /etc/hostname
tee /dev/null {p} < /etc/hostname
dd if=/etc/hostname of={p}
dd of={p} < /etc/hostname
dd if=/etc/hostname of={p} conv=notrunc oflag=append
sort -o {p} /etc/hostname
sort /etc/hostname -o {p}
sort --output={p} /etc/hostname
uniq /etc/hostname {p}
shuf -o {p} -i 1-9
rsync /etc/hostname {p}
sponge {p} < /etc/hostname
awk {␣print␣>␣ARGV[2];␣ARGV[2]␣=␣""␣} /etc/hostname {p}
awk BEGIN␣{␣print␣"x"␣>␣{c}␣}
gawk BEGIN␣{␣print␣"x"␣>>␣{c}␣}
sed -n w␣{p} /etc/hostname
sed -i $ax {p}
sed --in-place s/a/b/ {p}
perl -pi -e s/a/b/ {p}
perl -i.bak -pe 1 {p}
perl -e open(F,␣">",␣{c});␣print␣F␣1
perl -e open␣F,␣">>"␣.␣{c};␣print␣F␣1
python3 -c open({c},␣"w").write("x")
python3 -c open({c},␣"a").write("x")
python3 -c from␣pathlib␣import␣Path;␣Path({c}).write_text("x")
python3 -c import␣shutil;␣shutil.copy("/etc/hostname",␣{c})
python3 -c import␣os;␣os.system("echo␣x␣>␣"␣+␣{c})
python3 -c print("x",␣file=open({c},␣"w"))
node -e require("fs").writeFileSync({c},␣"x")
node -e require("fs").appendFileSync({c},␣"x")
node -e require("fs").copyFileSync("/etc/hostname",␣{c})
node -e require("fs").createWriteStream({c}).end("x")
ruby -e File.write({c},␣"x")
php -r file_put_contents({c},␣"x");
lua -e io.open({c},␣"w"):write("x")
busybox cp /etc/hostname {p}
busybox tee {p} < /etc/hostname
vim -es -c w!␣{p} -c q /etc/hostname
ex -s -c w!␣{p} -c q /etc/hostname
find /etc/hostname -fprint {p}
find /etc/hostname -fprintf {p} %p
find /etc/hostname -exec cp {} {p} ;
xargs -a /etc/hostname -I{} cp /etc/hostname {p}
curl -so {p} file:///etc/hostname
curl -s --output {p} file:///etc/hostname
wget -qO {p} http://localhost:1/
openssl rand -out {p} 8
openssl base64 -in /etc/hostname -out {p}
xxd /etc/hostname {p}
iconv -o {p} /etc/hostname
jq -n 1 > {p}
git config -f {p} a.b c
git config --file={p} a.b c
git diff --no-index --output={p} /dev/null /etc/hostname
script -qc true {p}
strace -o {p} true
truncate -s 9 {p}
fallocate -l 9 {p}
$ echo x > {p}
$ echo x >> {p}
$ echo x >| {p}
$ echo x &> {p}
$ echo x &>> {p}
$ echo x >& {p}
$ echo x 1> {p}
$ ls / 2> {p}
$ > {p} echo x
$ : > {p}
$ > {p}
$ exec 3> {p}; echo x >&3
$ exec {n}>> {p}
$ exec > {p}; echo x
$ { echo x; } > {p}
$ (echo x) > {p}
$ echo x | tee {p}
$ echo x | tee -a {p} > /dev/null
$ echo x | cat > {p}
$ cat <<_E > {p}\\nx\\n_E\\n
$ cat > {p} <<_E\\nx\\n_E\\n
$ cat <<< x > {p}
$ printf x > {p}
$ printf x | dd of={p} 2>/dev/null
$ echo x | sponge {p}
$ cat /etc/hostname > {p}
$ for {n} in 1; do echo "\${n}"; done > {p}
$ while read -r {n}; do echo "\${n}"; done < /etc/hostname > {p}
$ if true; then echo x; fi > {p}
$ {n}() { echo x; } > {p}; {n}
$ echo x > >(cat > {p})
$ echo x | xargs -I{} sh -c 'echo {} > "$1"' _ {p}
$ echo x > {n}; mv {n} {p}
$ echo x > {n}; cp {n} {p}
$ echo x > {n}; ln -f {n} {p}
$ echo {p} | xargs touch
$ echo {p} | xargs cp /etc/hostname
$ echo eA== | base64 -d > {p}
$ bash -c 'echo x > "$1"' _ {p}
$ eval 'echo x > '{p}
$ echo 'open("'{p}'","w").write("x")' | python3
$ printf '%s\\n' i x . 'w '{p} q | ed -s
$ tar -C /etc -cf - hostname | tar -xOf - > {p}
$ set -o noclobber; echo x >| {p}
$ curl -s file:///etc/hostname > {p}`,
  fetch: `
curl {p}
curl -s {p}
curl -sSL {p}
curl -L -o /tmp/{n} {p}
curl --url {p}
curl -X POST -d x {p}
curl -I {p}
curl -fsS -m 9 -H A:b {p}
curl -v --retry 1 -- {p}
wget {p}
wget -qO- {p}
wget -O /tmp/{n} {p}
wget --spider {p}
wget -r {p}
busybox wget -qO- {p}
http {p}
http GET {p}
https {p}
xh {p}
curlie {p}
aria2c {p}
axel {p}
lynx -dump {p}
links -dump {p}
w3m -dump {p}
elinks -dump {p}
lwp-request {p}
GET {p}
deno run {p}
yt-dlp {p}
chromium --headless --dump-dom {p}
firefox {p}
xdg-open {p}
open {p}
python3 -c import␣urllib.request;␣print(urllib.request.urlopen({c}).read())
python3 -c from␣urllib.request␣import␣urlopen;␣urlopen({c})
python3 -c import␣requests;␣print(requests.get({c}).text)
python3 -c import␣httpx;␣httpx.get({c})
python3 -c import␣http.client␣as␣h;␣h.HTTPConnection({c}.split("/")[2]).request("GET",␣"/")
python3 -c import␣os;␣os.system("curl␣"␣+␣{c})
python3 -c import␣subprocess;␣subprocess.run(["curl",␣{c}])
node -e fetch({c}).then(r␣=>␣r.text()).then(console.log)
node -e require("http").get({c})
node -e require({c}.split(":")[0]).get({c}).on("error",␣()␣=>␣{})
node -e require("child_process").execSync("curl␣"␣+␣{c})
deno eval fetch({c})
bun -e fetch({c})
perl -MLWP::Simple -e getprint␣{c}
perl -MHTTP::Tiny -e print␣HTTP::Tiny->new->get({c})->{content}
perl -e system("curl",␣{c})
ruby -ropen-uri -e puts␣URI.open({c}).read
ruby -rnet/http -e puts␣Net::HTTP.get(URI({c}))
php -r echo␣file_get_contents({c});
php -r readfile({c});
lua -e os.execute("curl␣"␣..␣{c})
Rscript -e download.file({c},␣"x")
awk BEGIN␣{␣system("curl␣"␣ARGV[1])␣} {p}
pwsh -c Invoke-WebRequest␣{c}
pwsh -c iwr␣{c}
ffmpeg -i {p} -f null -
openssl s_client -connect {h}:443
nc {h} 80
ncat {h} 80
telnet {h} 80
socat - TCP:{h}:80
ssh {h}
scp x {h}:
rsync x {h}:
sftp {h}
ftp {h}
$ echo {p} | xargs curl
$ curl $(echo {p})
$ curl -K - <<< 'url = "{r}"'
$ echo 'url = "{r}"' | curl -K-
$ echo {p} | wget -i -
$ wget -i <(echo {p})
$ exec 3<>/dev/tcp/{h}/80; echo GET / >&3; cat <&3
$ cat < /dev/tcp/{h}/80
$ echo x > /dev/tcp/{h}/80
$ echo x > /dev/udp/{h}/53
$ timeout 9 bash -c 'cat < /dev/tcp/{h}/80'
$ echo x | nc {h} 80
$ for {n} in {p}; do curl "\${n}"; done
$ echo 'import urllib.request; urllib.request.urlopen("{r}")' | python3
$ node <<< 'fetch("{r}")'`,
}

function technique(deed: Deed, line: string): Technique {
  const text = line.startsWith('$ ') ? line.slice(2).replaceAll('\\n', '\n') : undefined
  return {
    group: 'programs',
    name: `${deed} by ${(text ?? line).replaceAll('␣', ' ').replaceAll('\n', '⏎')}`,
    apply: (form, { random, cwd }) => {
      if (form.kind !== 'command' || form.deed !== deed) return undefined
      const [object, ...others] = form.words.filter(({ role }) => role !== undefined)
      if (object === undefined || others.length > 0 || isWithoutEffect(line, object, form)) return undefined
      const place: Place = { object, cwd, name: freshName(random) }
      return text === undefined ? simple(form, line, place) : composed(form, text, place)
    },
  }
}

/** What is not done by this line: Git writes its own configuration, whichever way it is told to. */
function isWithoutEffect(line: string, { value, source }: Word, { before }: Command): boolean {
  // An argument with a slash in front is an option there.
  if (line.startsWith('cmd ')) return value.startsWith('/')
  // What is absolute is so in the container.
  if (line.startsWith('$ docker ')) return value.startsWith('/') || source !== undefined
  return line.startsWith('git config ') && [...before, value].some(text => /(?:^|[/ ])\.git(?:\/+config|config)\b/.test(text))
}

interface Place {
  readonly object: Word
  readonly cwd: string
  readonly name: string
}

/** `<` is the shell's own; so is a builtin's name, as a program's is. */
function simple(form: Command, line: string, place: Place): Form | undefined {
  const words: Word[] = []
  for (const each of line.split(' ')) {
    const made = OPERATORS.has(each) ? fixed(each) : filled(each, place)
    if (made === undefined) return undefined
    words.push(made)
  }
  const shell: Shell = line.includes('<<<') || /^(?:mapfile|read|readarray|source) /.test(line) ? 'bash' : form.shell
  return { ...form, words, shell }
}

const OPERATORS: ReadonlySet<string> = new Set(['<', '<<<', '>', '3<', '4<'])

function filled(template: string, { object, cwd, name }: Place): Word | undefined {
  if (template === "''") return word('')
  // Patterns, `~` and braces are none within another word.
  if (/.\{p\}$/.test(template) && isPattern(object)) return undefined
  const text = template.replaceAll('␣', ' ').replaceAll('{n}', name)
  if (text === '{p}') return object
  if (text.endsWith('{p}')) return prefixed(text.slice(0, -3), object)
  if (!/\{[ach]\}/.test(text)) return word(text)
  // Code holds what the path is, not how the shell spells it.
  if (object.source !== undefined) return undefined
  const host = hostOf(object.value)
  if (text.includes('{h}') && host === undefined) return undefined
  const absolute = object.value.startsWith('/') ? object.value : `${cwd}/${object.value}`
  return word(
    text
      .replaceAll('{c}', () => JSON.stringify(object.value))
      .replaceAll('{a}', () => absolute)
      .replaceAll('{h}', () => host ?? ''),
  )
}

function isPattern({ source = '' }: Word): boolean {
  return /[*?[{~]/.test(source.replaceAll('${', ''))
}

/** What is part of another word is a path no more: another program would take the whole word for it. */
function prefixed(before: string, { value, source }: Word): Word {
  return { value: before + value, ...(source === undefined ? {} : { source: quoted(before) + source }) }
}

function composed(form: Command, text: string, { object, name }: Place): Form | undefined {
  // Within quotes stands what is safe without them.
  if (/'[^']*\{p\}[^']*'|"r \{p\}"/.test(text) && spelled(object) !== object.value) return undefined
  const host = hostOf(object.value)
  if (/[=@]\{p\}|'w '\{p\}|\("'\{p\}/.test(text) && isPattern(object)) return undefined
  if ((text.includes('{h}') && host === undefined) || (text.includes('{r}') && /["'\\$`]/.test(object.value))) return undefined
  const made = text
    .replaceAll('{p}', () => spelled(object))
    .replaceAll('{r}', () => object.value)
    .replaceAll('{h}', () => host ?? '')
    .replaceAll('{n}', name)
  return { kind: 'script', shell: 'bash', text: [...form.before, made].join('; ') }
}

function hostOf(address: string): string | undefined {
  return /^https?:\/\/([\w.-]+)/.exec(address)?.[1]
}

export const programs: readonly Technique[] = Object.entries(TABLE).flatMap(([deed, lines]) =>
  lines
    .trim()
    .split('\n')
    // The keys of the table are deeds.
    .map(line => technique(deed as Deed, line)),
)
