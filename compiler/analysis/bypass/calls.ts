/** Programs that hand a string to a shell. */
import { type Form, forShell, type Shell } from './form.js'
import { type Technique } from './technique.js'
import { filledCommand } from './template.js'

/** One technique a line: the shell that runs the string, then the words; `␣` is a blank within a word. */
const CALLS = `
sh sh -c {S}
sh dash -c {S}
sh ash -c {S}
bash bash -c {S}
bash bash -ec {S}
bash bash -xc {S}
bash bash -c -- {S}
bash bash -c -x {S}
bash bash +x -c {S}
bash bash -O extglob -c {S}
bash bash -o pipefail -c {S}
bash bash -oc pipefail {S}
bash bash --norc -c {S}
bash bash --noprofile --norc -c {S}
bash bash -lc {S}
bash bash --posix -c {S}
bash zsh -c {S}
bash ksh -c {S}
sh mksh -c {S}
sh /bin/sh -c {S}
bash /usr/bin/env bash -c {S}
bash env -i bash -c {S}
sh busybox sh -c {S}
sh busybox ash -c {S}
sh exec sh -c {S}
bash nohup bash -c {S}
bash timeout 9 bash -c {S}
bash sudo bash -c {S}
sh su -c {S}
sh su root -c {S}
sh runuser -c {S}
bash xargs -a /dev/null bash -c {S}
bash find . -maxdepth 0 -exec bash -c {S} ;
sh flock /tmp -c {S}
sh script -qc {S} /dev/null
sh script -q -c {S} /dev/null
sh script --command {S} -q /dev/null
sh git -c alias.x=!{S} x
sh git -c core.sshCommand={S} ls-remote ssh://localhost/x
sh git -c core.pager={S} -p help -a
sh git -c core.fsmonitor={S} status
sh git -c diff.external={S} diff --no-index /dev/null /etc/hostname
sh git grep --no-index --open-files-in-pager={S} o /etc/hostname
sh git ls-remote --upload-pack={S} /tmp
sh env GIT_SSH_COMMAND={S} git ls-remote ssh://localhost/x
sh env GIT_PAGER={S} git -p help -a
sh env GIT_EDITOR={S} git commit --amend
sh env PAGER={S} man ls
sh tar -cf /dev/null --checkpoint=1 --checkpoint-action=exec={S} /etc/hostname
sh tar --use-compress-program={S} -cf /dev/null /etc/hostname
sh tar -cf /tmp/{n} -I {S} /etc/hostname
sh sed 1e{S} /etc/hostname
sh sed -n 1e{S} /etc/hostname
sh split --filter={S} /etc/hostname
sh zip -q /tmp/{n} /etc/hostname -T -TT {S}
sh rsync -e {S} localhost:/x /tmp
sh ssh -o ProxyCommand=sh␣-c␣{Q} localhost
sh ssh -oProxyCommand=sh␣-c␣{Q} localhost
sh scp -o ProxyCommand=sh␣-c␣{Q} localhost:x .
sh man -P {S} ls
sh parallel {S}␣# ::: x
sh socat - SYSTEM:{S}
sh socat - EXEC:{S}
sh ncat --sh-exec {S} localhost 1
sh sqlite3 :memory: .shell␣{S}
sh gdb -batch -ex shell␣{S}
sh vim -es -c :!{S} -c q
sh nvim --headless -c :!{S} -c q
sh ex -s -c !{S} -c q
sh less +!{S} /etc/hostname
sh tmux new-session -d {S}
sh screen -dm sh -c {S}
sh npx -c {S}
sh npm exec -c {S}
sh concurrently {S}
sh nodemon -x {S}
sh watchexec {S}
sh hyperfine {S}
sh nix-shell --run {S}
sh nix-shell --command {S}
sh systemd-run --user sh -c {S}
sh capsh -- -c {S}
sh setarch x86_64 sh -c {S}
sh unshare -r sh -c {S}
sh strace -o /dev/null sh -c {S}
sh uv run sh -c {S}
sh poetry run sh -c {S}
sh git -c core.editor={S};␣: config -f /tmp/{n} -e
sh git -c sequence.editor={S};␣: rebase -i HEAD~1
sh git -c tar.x.command={S} archive --format=x HEAD
sh git difftool -y --no-index -x {S};␣: /dev/null /etc/hostname
sh git -c diff.tool=x -c difftool.x.cmd={S} difftool -y --no-index /dev/null /etc/hostname
sh git -c trailer.x.command={S};␣: interpret-trailers --trailer x=y /etc/hostname
sh git clone -q -u {S};␣: . /tmp/{n}
sh env GIT_EXTERNAL_DIFF={S};␣: git diff --no-index /dev/null /etc/hostname
sh env EDITOR={S};␣: git config -f /tmp/{n} -e
sh env VISUAL={S};␣: git config -f /tmp/{n} -e
sh env GIT_SEQUENCE_EDITOR={S};␣: git rebase -i HEAD~1
sh env SHELL=/bin/sh script -qc {S} /dev/null
sh nsenter sh -c {S}
sh unshare sh -c {S}
sh sg root -c {S}
sh setpriv --no-new-privs sh -c {S}
sh setsid -w sh -c {S}
sh ionice -c 3 sh -c {S}
sh taskset 1 sh -c {S}
sh stdbuf -o0 sh -c {S}
sh timeout 1 watch {S}
sh hg --config alias.x=!{S};␣: x
sh timeout 1 watch -x sh -c {S}
sh sqlite3 :memory: .system␣{S}
sh sqlite3 -cmd .shell␣{S} :memory: .q
sh psql -c \\!␣{S}
sh mysql -e system␣{S}
sh gdb -batch -ex !{S}
sh gdb -batch -ex pipe␣echo␣|␣{S}
sh lldb -b -o platform␣shell␣{S}
sh vim -es +:!{S} +q
sh vim -es --cmd !{S} -c q
sh vim -es -c silent␣r␣!{S} -c q!
sh ed -s <<< !{S}
sh ex -s <<< !{S}
sh view -es -c !{S} -c q
sh dc -e !{S}
sh socat -u EXEC:true SYSTEM:{S}
sh fzf -f x --preview {S}
sh busybox timeout 9 sh -c {S}
sh parallel -N0 {S} ::: x
sh sem --fg {S}
sh pee {S}
`

export const calls: readonly Technique[] = CALLS.trim()
  .split('\n')
  .map(line => {
    const blank = line.indexOf(' ')
    // The first column names a shell.
    return call(line.slice(0, blank) as Shell, line.slice(blank + 1))
  })

function call(runner: Shell, template: string): Technique {
  return {
    group: 'code as text',
    name: template
      .replaceAll('␣', ' ')
      .replaceAll('{n}', 'x')
      .replace(/\{[SQ]\}/, '…'),
    apply: (form, { random }) => (isOneLine(form) ? filledCommand(template, form, runner, random) : undefined),
  }
}

/** Many of these programs end a command with its line. */
export function isOneLine(form: Form): boolean {
  return form.kind !== 'printer' && !forShell(form, 'bash').includes('\n')
}
