/** Places of the shell's grammar where a command runs, and places where text becomes one. */
import { type Form, type Shell, textOf } from './form.js'
import { type Group, type Technique } from './technique.js'
import { filledScript } from './template.js'

type Row = readonly [name: string, shell: Shell, template: string]

const CONTROL: readonly Row[] = [
  ['after true &&', 'sh', 'true && {s}'],
  ['after false ||', 'sh', 'false || {s}'],
  ['after another command', 'sh', 'echo x; {s}'],
  ['on the next line', 'sh', ':\n{l}'],
  ['after a comment', 'sh', '# nothing\n{l}'],
  ['before a comment', 'sh', '{s} # nothing'],
  ['before another command', 'sh', '{s}; echo x'],
  ['in the background', 'sh', '{s} & wait'],
  ['after another in the background', 'sh', 'sleep 0 & {s}'],
  ['negated', 'sh', '! { {s}; }'],
  ['in a group', 'sh', '{ {s}; }'],
  ['in a subshell', 'sh', '({s})'],
  ['in nested subshells', 'sh', '( ( {s} ) )'],
  ['in a branch', 'sh', 'if true; then {s}; fi'],
  ['in another branch', 'sh', 'if false; then :; else {s}; fi'],
  ['in the second branch', 'sh', 'if false; then :; elif true; then {s}; fi'],
  ['as a condition', 'sh', 'if {s}; then :; fi'],
  ['as the second condition', 'sh', 'if false; then :; elif {s}; then :; fi'],
  ['in a for loop', 'sh', 'for {n} in 1; do {s}; done'],
  ['in a while loop', 'sh', 'while :; do {s}; break; done'],
  ['as the condition of a loop', 'sh', 'while {s}; do break; done'],
  ['as the condition of an until loop', 'sh', 'until {s}; do break; done'],
  ['in an arithmetic loop', 'bash', 'for ((;;)); do {s}; break; done'],
  ['in a select loop', 'bash', 'select {n} in a; do {s}; break; done <<< 1'],
  ['in a case', 'sh', 'case x in x) {s};; esac'],
  ['in a case that falls through', 'bash', 'case x in x) ;& y) {s};; esac'],
  ['in a case with a pattern', 'sh', 'case $PWD in (/*) {s};; esac'],
  ['timed', 'bash', 'time {s}'],
  ['as a coprocess', 'bash', 'coproc { {s}; }; wait'],
  ['before a pipe', 'sh', '{s} | cat'],
  ['after a pipe', 'sh', 'echo x | { {s}; }'],
  ['before a pipe of both outputs', 'bash', '{ {s}; } |& cat'],
  ['in the middle of a pipe', 'sh', ': | { {s}; } | cat'],
  ['with errors elsewhere', 'sh', '{ {s}; } 2>/dev/null'],
  ['in a function', 'sh', '{n}() { {s}; }; {n}'],
  ['in a function with the keyword', 'bash', 'function {n} { {s}; }; {n}'],
  ['in a function that is a subshell', 'sh', '{n}() ({s}); {n}'],
  ['in a function that a function calls', 'sh', '{n}() { {s}; }; {n}x() { {n}; }; {n}x'],
  ['in an exported function', 'bash', '{n}() { {s}; }; export -f {n}; bash -c {n}'],
  ['in a function for unknown commands', 'bash', 'command_not_found_handle() { {s}; }; {n}'],
  ['in a function called by a variable', 'sh', '{n}() { {s}; }; {n}x={n}; ${n}x'],
  ['within a substitution', 'sh', ': $({s})'],
  ['within a quoted substitution', 'sh', ': "$({s})"'],
  ['within backticks', 'sh', ': `{b}`'],
  ['within an assigned substitution', 'sh', '{n}=$({s})'],
  ['within a test', 'sh', '[ -n "$({s})" ]'],
  ['within a conditional expression', 'bash', '[[ $({s}) ]]'],
  ['within a loop list', 'sh', 'for {n} in $({s}); do :; done'],
  ['within a case word', 'sh', 'case $({s}) in *) ;; esac'],
  ['within a default', 'sh', ': ${{n}:-$({s})}'],
  ['within an alternative', 'sh', ': ${PWD:+$({s})}'],
  ['within a pattern', 'sh', ': ${PWD#$({s})}'],
  ['within a replacement', 'bash', ': ${PWD/$({s})/x}'],
  ['within an array', 'bash', '{n}=($({s}))'],
  ['within an index', 'bash', '{n}[$({ {s}; } >&2; echo 0)]=1'],
  ['within an index that is read', 'bash', '{n}=(x); : ${{n}[$({ {s}; } >&2; echo 0)]}'],
  ['within arithmetic', 'sh', ': $(( $({ {s}; } >&2; echo 1) + 1 ))'],
  ['within an arithmetic command', 'bash', '(( $({ {s}; } >&2; echo 1) ))'],
  ['within a here-document', 'sh', 'cat <<_E\n$({s})\n_E\n'],
  ['within a here-string', 'bash', 'cat <<< "$({s})"'],
  ['within a redirection', 'sh', ': > /dev/null$({ {s}; } >&2)'],
  ['as a process that is read', 'bash', 'cat <({s})'],
  ['as a process that reads a redirection', 'bash', 'cat < <({s})'],
  ['as a process that is written', 'bash', 'echo x > >({s})'],
  ['within a declaration', 'bash', 'declare {n}="$({s})"'],
  ['within a command name', 'sh', '$({ {s}; } >&2)'],
]

const TEXT: readonly Row[] = [
  ['eval', 'sh', 'eval {q}'],
  ['eval in double quotes', 'sh', 'eval "{d}"'],
  ['eval twice', 'sh', 'eval eval {2}'],
  ['command eval', 'sh', 'command eval {q}'],
  ['eval of a variable', 'sh', '{n}={q}; eval "${n}"'],
  ['trap at the end', 'sh', 'trap {q} EXIT'],
  ['trap at the end by number', 'sh', 'trap {q} 0; :'],
  ['trap of every command', 'bash', '{ trap {q} DEBUG; :; trap - DEBUG; }'],
  ['trap of errors', 'bash', 'trap {q} ERR; false; trap - ERR'],
  ['trap of a signal', 'sh', 'trap {q} USR1; kill -USR1 $$'],
  ['alias', 'bash', 'shopt -s expand_aliases\nalias {n}={q}\n{n}\n'],
  ['alias kept by the shell', 'bash', 'shopt -s expand_aliases\nBASH_ALIASES[{n}]={q}\n{n}\n'],
  ['prompt of the trace', 'bash', 'PS4={$}; set -x; :'],
  ['transformation as a prompt', 'bash', '{n}={$}; : "${{n}@P}"'],
  ['index in an arithmetic command', 'bash', '{n}={i}; (({n})) || :'],
  ['index by let', 'bash', '{n}={i}; let {n} || :'],
  ['index in an arithmetic expansion', 'bash', '{n}={i}; : $(({n}))'],
  ['index in a comparison', 'bash', '{n}={i}; [[ {n} -eq 0 ]] || :'],
  ['index that test looks up', 'bash', 'test -v {i} || :'],
  ['index that printf writes', 'bash', 'printf -v {i} x 2>/dev/null || :'],
  ['index that read writes', 'bash', 'read {i} <<< x || :'],
  ['index in an integer', 'bash', 'declare -i {n}={i} || :'],
  ['index in a slice', 'bash', '{n}={i}; : ${PWD:{n}}'],
  ['callback of mapfile', 'bash', 'mapfile -C {Q} -c 1 {n} <<< x'],
  ['words of compgen', 'bash', 'compgen -W {$} >/dev/null'],
  ['command of compgen', 'bash', 'compgen -C {Q} x >/dev/null 2>&1'],
  ['shell on a here-string', 'bash', 'bash <<< {q}'],
  ['shell on a here-document', 'bash', "bash <<'_E'\n{l}\n_E\n"],
  ['shell that reads its input', 'bash', "bash -s <<'_E'\n{l}\n_E\n"],
  ['source of a here-string', 'bash', 'source /dev/stdin <<< {q}'],
  ['source of a here-document', 'bash', ". /dev/stdin <<'_E'\n{l}\n_E\n"],
  ['shell on another descriptor', 'bash', 'bash /dev/fd/3 3<<< {q}'],
  ['shell on standard input by name', 'bash', 'bash /dev/stdin <<< {q}'],
  ['shell of the variable', 'bash', '$BASH -c {q}'],
  ['shell of the process', 'bash', '/proc/self/exe -c {q}'],
  ['exported text', 'bash', 'export {n}={q}; bash -c \'eval "${n}"\''],
  ['text as a positional parameter', 'bash', 'bash -c \'eval "$1"\' _ {q}'],
  ['text as the name of the script', 'bash', 'bash -c \'eval "$0"\' {q}'],
  ['startup file', 'bash', 'echo {q} > /tmp/{n}; BASH_ENV=/tmp/{n} bash -c :'],
]

function technique(group: Group, [name, shell, template]: Row): Technique {
  const heredoc = template.includes('_E')
  return {
    group,
    name,
    apply: (form, { random }) =>
      form.kind === 'printer' || (heredoc && ending(form)) ? undefined : filledScript(template, form, shell, random),
  }
}

/** A body that holds the line that would end it. */
function ending(form: Form): boolean {
  return textOf(form).includes('\n_E\n')
}

export const controlFlow: readonly Technique[] = [
  ...CONTROL.map(row => technique('control flow', row)),
  ...TEXT.map(row => technique('code as text', row)),
]
