/** Interpreters and other programs with a language, in which the script is started. */
import { isOneLine } from './calls.js'
import { command, fixed, forShell, word } from './form.js'
import { type Group, type Technique } from './technique.js'

/** Undefined where the language cannot hold the text. */
type Literal = (text: string) => string | undefined

function json(text: string): string {
  return JSON.stringify(text)
}

const apostrophes: Literal = text => `'${text.replace(/[\\']/g, '\\$&')}'`
const pieces: Literal = text => `${json(text.slice(0, 2))}+${json(text.slice(2))}`
const braces: Literal = text => `{${text}}`
const plain: Literal = text => (/[\\[\]]/.test(text) ? undefined : text)
const hex: Literal = text => `"${Buffer.from(text).toString('hex')}"`
const base64: Literal = text => `"${Buffer.from(text).toString('base64')}"`

/** The words in front (or around `{C}`), the code with `{L}` for the string that a shell runs, and how the language writes it. */
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
  ['python of its input', 'python3 <<<', 'import os; os.system({L})', json],
  ['python of its input by name', 'python3 - <<<', 'import os; os.system({L})', json],
  ['python of a file that is its input', 'python3 /dev/stdin <<<', 'import os; os.system({L})', json],
  ['python timeit', 'python3 -m timeit -n 1 -r 1', 'import os; os.system({L})', json],
  ['python timeit, set up', 'python3 -m timeit -n 1 -r 1 -s', 'import os; os.system({L})', json],
  ['python pdb', 'python3 -m pdb -c {C} -c q /etc/hostname', '!import os; os.system({L})', json],
  ['python pty.spawn', 'python3 -c', 'import pty; pty.spawn(["sh", "-c", {L}])', json],
  ['python os.posix_spawn', 'python3 -c', 'import os; os.waitpid(os.posix_spawn("/bin/sh", ["sh", "-c", {L}], os.environ), 0)', json],
  ['python os.spawnlp', 'python3 -c', 'import os; os.spawnlp(os.P_WAIT, "sh", "sh", "-c", {L})', json],
  ['python, another name', 'python3 -c', 'from os import system as s; s({L})', json],
  ['python importlib', 'python3 -c', '__import__("importlib").import_module("os").system({L})', json],
  ['python sys.modules', 'python3 -c', 'import sys; sys.modules["os"].system({L})', json],
  ['python __dict__', 'python3 -c', 'import os; os.__dict__["system"]({L})', json],
  ['python vars', 'python3 -c', 'import os; vars(os)["sys" "tem"]({L})', json],
  ['python map', 'python3 -c', 'import os; list(map(os.system, [{L}]))', json],
  ['python lambda', 'python3 -c', 'import os; (lambda f: f({L}))(os.system)', json],
  ['python partial', 'python3 -c', 'import functools, os; functools.partial(os.system, {L})()', json],
  ['python thread', 'python3 -c', 'import threading, os; threading.Thread(target=os.system, args=({L},)).start()', json],
  ['python atexit', 'python3 -c', 'import atexit, os; atexit.register(os.system, {L})', json],
  ['python ctypes', 'python3 -c', 'import ctypes; ctypes.CDLL(None).system({L}.encode())', json],
  ['python Popen', 'python3 -c', 'import subprocess as s; s.Popen({L}, shell=True).wait()', json],
  ['python eval', 'python3 -c', 'eval("__import__(\'os\').system(" + repr({L}) + ")")', json],
  [
    'python, code in base64',
    'python3 -c',
    'import base64; exec(base64.b64decode({L}))',
    text => base64(`import os; os.system(${json(text)})`),
  ],
  ['python, code in hexadecimal', 'python3 -c', 'exec(bytes.fromhex({L}))', text => hex(`import os; os.system(${json(text)})`)],
  ['node of its input', 'node <<<', 'require("child_process").execSync({L})', json],
  ['node of its input by name', 'node - <<<', 'require("child_process").execSync({L})', json],
  ['node exec', 'node -e', 'require("child_process").exec({L})', json],
  ['node spawn with a shell', 'node -e', 'require("child_process").spawn({L}, {shell: true})', json],
  ['node execFileSync', 'node -e', 'require("child_process").execFileSync("sh", ["-c", {L}])', json],
  ['node, imported', 'node -e', 'import("child_process").then(m => m.execSync({L}))', json],
  ['node, another name', 'node -e', 'const {execSync: x} = require("child_process"); x({L})', json],
  ['node eval', 'node -e', 'eval("require(\'child_process\').execSync(" + JSON.stringify({L}) + ")")', json],
  ['node Function', 'node -e', 'new Function("r", "c", "r(\'child_process\').execSync(c)")(require, {L})', json],
  ['node built-in module', 'node -e', 'process.getBuiltinModule("child_process").execSync({L})', json],
  [
    'node module of data',
    'node --import',
    'data:text/javascript,import{execSync}from"child_process";execSync({L})',
    text => encodeURIComponent(json(text)),
  ],
  ['bun spawnSync', 'bun -e', 'Bun.spawnSync(["sh", "-c", {L}])', json],
  ['perl of its input', 'perl <<<', 'system({L})', apostrophes],
  ['perl BEGIN', 'perl -e', 'BEGIN { system({L}) }', apostrophes],
  ['perl of a line', 'perl -ne {C} /etc/hostname', 'system({L}) if $. == 1', apostrophes],
  ['perl before the lines', 'perl -pe {C} /etc/hostname', 'BEGIN { system({L}) }', apostrophes],
  ['perl eval', 'perl -e', '$c = {L}; eval q{system($c)}', apostrophes],
  ['perl eval, joined', 'perl -e', '$c = {L}; eval "sys" . "tem(\\$c)"', apostrophes],
  ['perl open3', 'perl -e', 'use IPC::Open3; waitpid(open3(my $i, my $o, undef, {L}), 0)', apostrophes],
  ['perl fork', 'perl -e', 'fork || exec({L}); wait', apostrophes],
  ['ruby of its input', 'ruby <<<', 'system({L})', apostrophes],
  ['ruby spawn', 'ruby -e', 'Process.wait spawn({L})', apostrophes],
  ['ruby Open3', 'ruby -ropen3 -e', 'puts Open3.capture2({L})[0]', apostrophes],
  ['ruby send', 'ruby -e', 'Kernel.send(:system, {L})', apostrophes],
  ['ruby method', 'ruby -e', 'method(:system).call({L})', apostrophes],
  ['ruby eval', 'ruby -e', 'c = {L}; eval("sys" + "tem(c)")', apostrophes],
  ['ruby PTY', 'ruby -rpty -e', 'PTY.spawn({L}) { |r, w, p| r.read rescue 0; Process.wait p }', apostrophes],
  ['php exec', 'php -r', 'exec({L});', apostrophes],
  ['php passthru', 'php -r', 'passthru({L});', apostrophes],
  ['php popen', 'php -r', 'echo fread(popen({L}, "r"), 99);', apostrophes],
  ['php proc_open', 'php -r', 'proc_close(proc_open({L}, [], $p));', apostrophes],
  ['php backticks', 'php -r', '$c = {L}; echo `$c`;', apostrophes],
  ['php of its input', 'php <<<', '<?php system({L});', apostrophes],
  ['php, joined', 'php -r', '$f = "sys" . "tem"; $f({L});', apostrophes],
  ['php call_user_func', 'php -r', 'call_user_func("system", {L});', apostrophes],
  ['php array_map', 'php -r', 'array_map("system", [{L}]);', apostrophes],
  ['lua of its input', 'lua - <<<', 'os.execute({L})', json],
  ['lua, joined', 'lua -e', 'os["exec" .. "ute"]({L})', json],
  ['lua load', 'lua -e', 'load("return os.execute(...)")({L})', json],
  ['awk at the end', 'awk {C} /etc/hostname', 'END { system({L}) }', json],
  ['awk of a variable', 'awk -v {C} BEGIN{system(c)}', 'c={L}', text => text.replaceAll('\\', '\\\\')],
  ['awk code of its input', 'awk -f /dev/stdin <<<', 'BEGIN { system({L}) }', json],
  ['awk printf', 'awk', 'BEGIN { printf "%s", {L} | "sh" }', json],
  ['guile', 'guile -c', '(system {L})', json],
  ['R', 'R -s -e', 'system({L})', json],
  ['octave', 'octave --eval', 'system({L});', json],
  ['jshell', 'jshell - <<<', 'new ProcessBuilder("sh", "-c", {L}).inheritIO().start().waitFor();', json],
  ['elixir', 'elixir -e', 'System.cmd("sh", ["-c", {L}])', text => json(text).replaceAll('#{', '\\#{')],
  ['erlang', 'erl -noshell -eval', 'os:cmd({L}), halt().', json],
  ['prolog', 'swipl -t halt -g', 'shell({L})', json],
  ['racket', 'racket -l racket/base -l racket/system -e', '(system {L})', json],
  ['sbcl', 'sbcl --non-interactive --eval', '(run-program "/bin/sh" (list "-c" {L}))', json],
  ['clisp', 'clisp -x', '(shell {L})', json],
  ['ocaml', 'ocaml -e', 'Sys.command {L}', json],
  ['haskell', 'ghc -e', 'System.Process.system {L}', json],
  ['gnuplot', 'gnuplot -e', 'system {L}', json],
  ['bpftrace', 'bpftrace --unsafe -e', 'BEGIN { system({L}); exit() }', json],
  ['mongosh', 'mongosh --nodb --eval', 'require("child_process").execSync({L})', json],
  ['emacs call-process', 'emacs --batch --eval', '(call-process "sh" nil nil nil "-c" {L})', json],
  ['vim system', 'vim -es -c {C} -c q', 'call system({L})', json],
  ['nvim lua', 'nvim --headless -c {C} -c q', 'lua os.execute({L})', json],
  ['gdb python', 'gdb -batch -ex', 'python import os; os.system({L})', json],
  ['m4', 'm4 <<<', 'changequote([[,]])syscmd([[{L}]])', plain],
  ['m4 that keeps the output', 'm4 <<<', 'changequote([[,]])esyscmd([[{L}]])', plain],
  ['groff', 'groff -U <<<', '.sy {L}', plain],
  ['sed of its input', 'sed e <<<', '{L}', text => text],
  ['sed that substitutes and runs', 'sed s/^//e <<<', '{L}', text => text],
  ['sed that puts a command in place', 'sed -n {C} /etc/hostname', '1s/.*/{L}/e', text => text.replace(/[\\/&]/g, '\\$&')],
  ['awk that runs its input', 'awk {system($0)} <<<', '{L}', text => text],
  ['awk that pipes its input', 'awk {print|"sh"} <<<', '{L}', text => text],
  ['make of its input', 'make -s -f - <<<', 'x:;@{L}', text => text.replaceAll('$', '$$$$')],
  ['make that expands a shell', 'make -s -f - <<<', '_c := $(shell {L})\nx:;@:', text => text.replaceAll('$', '$$$$')],
  ['rake', 'rake -e', 'system({L}); exit', apostrophes],
  ['expect spawn', 'expect -c', 'spawn sh -c {L}; expect eof', braces],
  ['pwsh', 'pwsh -c', 'sh -c {L}', text => `'${text.replaceAll("'", "''")}'`],
  ['ipython', 'ipython -c', 'get_ipython().system({L})', json],
]

/** Languages in which the string must end with its line. */
const LINES = /^(?:make|expect|tclsh|m4|groff|sed|awk that|sbcl|clisp|racket|pwsh|ocaml|gdb|vim|nvim|lldb)/

function interpreter([name, words, code, literal]: (typeof INTERPRETERS)[number]): Technique {
  const group: Group = 'interpreters'
  return {
    group,
    name,
    apply: form => {
      if (form.kind === 'printer' || (LINES.test(name) && !isOneLine(form))) return undefined
      const text = literal(forShell(form, 'sh'))
      if (text === undefined) return undefined
      const made = code.replace('{L}', () => text)
      const option = name === 'node --eval' ? `--eval=${made}` : made
      const around = (words.includes('{C}') ? words : `${words} {C}`).split(' ')
      return command(
        around.map(each => (each === '{C}' ? word(option) : each === '<<<' ? fixed(each) : word(each))),
        words.endsWith('<<<') ? 'bash' : 'sh',
      )
    },
  }
}

export const interpreters: readonly Technique[] = INTERPRETERS.map(interpreter)
