/** Programs that hand a string to a shell, and interpreters that do. */
import { command, fixed, type Form, forShell, type Shell, word } from './form.js'
import { type Group, type Technique } from './technique.js'
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
`

type Literal = (text: string) => string

const json: Literal = text => JSON.stringify(text)
const apostrophes: Literal = text => `'${text.replace(/[\\']/g, '\\$&')}'`
const pieces: Literal = text => `${json(text.slice(0, 2))}+${json(text.slice(2))}`
const braces: Literal = text => `{${text}}`
const hex: Literal = text => `"${Buffer.from(text).toString('hex')}"`

/** The words in front, the code with `{L}` for the string that a shell runs, and how the language writes it. */
const INTERPRETERS: readonly (readonly [name: string, words: string, code: string, literal: Literal])[] = [
  ['python os.system', 'python3 -c', 'import os; os.system({L})', json],
  ['python os.popen', 'python3 -c', 'import os; print(os.popen({L}).read())', json],
  ['python os.execvp', 'python3 -c', 'import os; os.execvp("sh", ["sh", "-c", {L}])', json],
  ['python subprocess.run', 'python3 -c', 'import subprocess; subprocess.run({L}, shell=True)', json],
  ['python subprocess.call of a list', 'python3 -c', 'import subprocess; subprocess.call(["sh", "-c", {L}])', json],
  ['python subprocess.getoutput', 'python3 -c', 'import subprocess; print(subprocess.getoutput({L}))', json],
  ['python, imported within', 'python3 -c', '__import__("os").system({L})', json],
  ['python, joined', 'python3 -c', 'import os; os.system({L})', pieces],
  ['python, decoded', 'python3 -c', 'import os; os.system(bytes.fromhex({L}).decode())', hex],
  ['python, getattr', 'python3 -c', 'import os; getattr(os, "sys" + "tem")({L})', json],
  ['python, exec', 'python3 -c', 'exec("import os; os.sys" + "tem(" + repr({L}) + ")")', json],
  ['python -Bc', 'python3 -Bc', 'import os; os.system({L})', json],
  ['node execSync', 'node -e', 'require("child_process").execSync({L}, {stdio: "inherit"})', json],
  ['node spawnSync', 'node -e', 'require("child_process").spawnSync("sh", ["-c", {L}], {stdio: "inherit"})', json],
  ['node -p', 'node -p', 'require("node:child_process").execSync({L}) + ""', json],
  ['node --eval', 'node', 'require("child_process").execSync({L}, {stdio: "inherit"})', json],
  ['node, joined', 'node -e', 'require("child_" + "process")["exec" + "Sync"]({L})', json],
  ['deno', 'deno eval', 'new Deno.Command("sh", {args: ["-c", {L}]}).outputSync()', json],
  ['bun', 'bun -e', 'require("child_process").execSync({L})', json],
  ['perl system', 'perl -e', 'system({L})', apostrophes],
  ['perl exec', 'perl -e', 'exec({L})', apostrophes],
  ['perl qx', 'perl -e', '$c = {L}; print `$c`', apostrophes],
  ['perl open', 'perl -e', 'open(F, "-|", {L}); print <F>', apostrophes],
  ['perl -E', 'perl -E', 'system {L}', apostrophes],
  ['perl, decoded', 'perl -e', 'system(pack("H*", {L}))', hex],
  ['ruby system', 'ruby -e', 'system({L})', apostrophes],
  ['ruby exec', 'ruby -e', 'exec({L})', apostrophes],
  ['ruby backticks', 'ruby -e', 'c = {L}; puts `#{c}`', apostrophes],
  ['ruby IO.popen', 'ruby -e', 'puts IO.popen({L}).read', apostrophes],
  ['php system', 'php -r', 'system({L});', apostrophes],
  ['php shell_exec', 'php -r', 'echo shell_exec({L});', apostrophes],
  ['lua os.execute', 'lua -e', 'os.execute({L})', json],
  ['lua io.popen', 'lua -e', 'print(io.popen({L}):read("a"))', json],
  ['awk system', 'awk', 'BEGIN { system({L}) }', json],
  ['awk getline', 'awk', 'BEGIN { while (({L} | getline l) > 0) print l }', json],
  ['awk pipe', 'awk', 'BEGIN { print "" | {L} }', json],
  ['gawk', 'gawk', 'BEGIN { system({L}) }', json],
  ['mawk', 'mawk', 'BEGIN { system({L}) }', json],
  ['Rscript', 'Rscript -e', 'system({L})', json],
  ['julia', 'julia -e', 'run(`sh -c $({L})`)', json],
  ['emacs', 'emacs --batch --eval', '(shell-command {L})', json],
  ['osascript', 'osascript -e', 'do shell script {L}', json],
  ['make', 'make -s -f /dev/null', '--eval=_x:;@{L}', text => text.replaceAll('$', '$$$$')],
  ['expect', 'expect -c', 'puts [exec sh -c {L} 2>@1]', braces],
  ['tclsh here', 'tclsh /dev/stdin <<<', 'puts [exec sh -c {L} 2>@1]', braces],
  ['groovy', 'groovy -e', '["sh", "-c", {L}].execute()', json],
]

/** Languages in which the string must end with its line. */
const LINES: ReadonlySet<string> = new Set(['make', 'expect', 'tclsh here'])

const callTechniques = CALLS.trim()
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
function isOneLine(form: Form): boolean {
  return form.kind !== 'printer' && !forShell(form, 'bash').includes('\n')
}

function interpreter([name, words, code, literal]: (typeof INTERPRETERS)[number]): Technique {
  const group: Group = 'interpreters'
  return {
    group,
    name,
    apply: form => {
      if (form.kind === 'printer' || (LINES.has(name) && !isOneLine(form))) return undefined
      const text = literal(forShell(form, 'sh'))
      const option = name === 'node --eval' ? [word(`--eval=${code.replace('{L}', () => text)}`)] : [word(code.replace('{L}', () => text))]
      return command(
        [...words.split(' ').map(each => (each === '<<<' ? fixed(each) : word(each))), ...option],
        words.endsWith('<<<') ? 'bash' : 'sh',
      )
    },
  }
}

export const calls: readonly Technique[] = [...callTechniques, ...INTERPRETERS.map(interpreter)]
