import { describe, expect, test } from 'vitest'
import { analyseIn, execs, unknowns } from './show-analysis.js'

/** Each command runs `rm x` by another way. */
const CHANNELS: readonly string[] = [
  "eval 'rm x'",
  'eval rm x',
  'eval "eval \'rm x\'"',
  '. <(echo rm x)',
  "source /dev/stdin <<< 'rm x'",
  "echo 'rm x' > s; . ./s",
  "trap 'rm x' EXIT",
  "trap 'rm x' DEBUG; :",
  'f() { rm x; }; trap f EXIT',
  "trap '$c x' EXIT; c=rm",
  'exec rm x',
  'exec -a ls rm x',
  'exec -cl rm x',
  'command rm x',
  'command -p rm x',
  'builtin command rm x',
  "builtin eval 'rm x'",
  'coproc rm x',
  'coproc P { rm x; }',
  "shopt -s expand_aliases\nalias z='rm x'\nz",
  'set -o posix\nalias z=rm\nz x',
  "shopt -s expand_aliases\nBASH_ALIASES[z]='rm x'\nz",
  'f() { rm x; }; f',
  'f() { "$@"; }; f rm x',
  'f() { local c=rm; g; }; g() { $c x; }; f',
  'command_not_found_handle() { rm x; }; nosuch',
  "mapfile -C 'rm x #' -c 1 <<< a",
  "compgen -C 'rm x'",
  "compgen -W '$(rm x)'",
  'f() { rm x; }; compgen -F f',
  'hash -p /bin/rm z; z x',
  'BASH_CMDS[z]=/bin/rm; z x',
  "PS4='$(rm x)'; set -x; :",
  'p=\'$(rm x)\'; echo "${p@P}"',
  "v='a[$(rm x)]'; ((v))",
  "v='a[$(rm x)]'; echo $((v))",
  "v='a[$(rm x)]'; let v",
  "v='a[$(rm x)]'; for ((; v;)); do :; done",
  "v='a[$(rm x)]'; [[ v -eq 1 ]]",
  "v='a[$(rm x)]'; echo ${a[v]}",
  "v='a[$(rm x)]'; echo ${y:v}",
  "v='a[$(rm x)]'; a[v]=1",
  "declare -i n='a[$(rm x)]'",
  "declare -i n; n='a[$(rm x)]'",
  "RANDOM='a[$(rm x)]'",
  'a[$(rm x)]=1',
  "test -v 'a[$(rm x)]'",
  "[ -v 'a[$(rm x)]' ]",
  "[[ -v 'a[$(rm x)]' ]]",
  "printf -v 'a[$(rm x)]' y",
  "read 'a[$(rm x)]' <<< 1",
  "a=(1); unset 'a[$(rm x)]'",
  "declare 'a[$(rm x)]=1'",
  "f() { local 'a[$(rm x)]=1'; }; f",
  "wait -n -p 'a[$(rm x)]'",
  "declare -a 'a=($(rm x))'",
  "n='a[$(rm x)]'; echo ${!n}",
  'echo $(rm x)',
  'echo "`rm x`"',
  'echo <(rm x)',
  'echo > "$(rm x)"',
  'cat <<E\n$(rm x)\nE',
  'cat <<< $(rm x)',
  'echo ${u:-$(rm x)}',
  'u= ; echo ${u:=`rm x`}',
  'echo ${PATH/y/$(rm x)}',
  'case $(rm x) in *) ;; esac',
  'case y in $(rm x)) ;; esac',
  'case y in y) ;& z) rm x ;; esac',
  'for i in $(rm x); do :; done',
  'if rm x; then :; fi',
  'until rm x; do :; done',
  'while read -r l; do $l; done <<< "rm x"',
  'a=(rm x); "${a[@]}"',
  'a=(/bin/r[m] x); "${a[@]}"',
  'if [ -f y ]; then c=rm; else c=ls; fi; a=($c x); "${a[@]}"',
  'if [ -f y ]; then c=rm; else c=ls; fi; a=("$c"); a+=(x); "${a[@]}"',
  'a=([1]=x [0]=rm); "${a[@]}"',
  'read -a a < f; a[0]=rm; a[1]=x; "${a[@]}"',
  'set -- rm x; "$@"',
  'set -- a rm x; shift; $*',
  'declare -A m=([k]=rm); ${m[k]} x',
  "c='rm x'; $c",
  'n=c; c=rm; ${!n} x',
  'declare -n r=c; r=rm; $c x',
  ': rm; $_ x',
  'IFS=,; c=rm,x; $c',
  '{ rm x; } > /dev/null 2>&1 &',
  'true && (rm x)',
  'false || rm x',
  '! rm x',
  'time rm x',
  '>y rm x',
  '\\rm x',
  '"r"m x',
  "$'\\x72m' x",
  'A=1 rm x',
  'read c <<< rm; $c x',
  'printf -v c %s rm; $c x',
  'mapfile -t a <<< $\'rm\\nx\'; "${a[@]}"',
  'c=mr; d=${c:1:1}${c:0:1}; $d x',
  'c=RM; ${c,,} x',
  'c=rXm; ${c/X} x',
  'c=rm.sh; ${c%.*} x',
  'c=/bin/rm; ${c##*/} x',
  'cp /bin/rm z; ./z x',
  'ln -s /bin/rm z; ./z x',
  'c=; d=r; for i in 1 2; do c=$c$d; d=m; done; $c x',
  'x() { command x; }; rm x',
  "declare 'a[$(declare -A b=([k]=rm); ${b[k]} x)]'=1",
  'getopts a: o -arm; $OPTARG x',
  'set -- -c rm; while getopts bc: o; do $OPTARG x; done',
  'set -- -b -c rm; while getopts bc: o; do $OPTARG x; done',
  "a=(1); declare -n n='a[$(rm x)]'; echo $n",
  "PS1='$(rm x)' bash -i <<< :",
  "export PROMPT_COMMAND='rm x'; bash -i <<< :",
  '[[ _rm =~ ^_(.*)$ ]]; ${BASH_REMATCH[1]} x',
  '[[ "<rm> y" =~ "<"(.+)">" ]]; ${BASH_REMATCH[1]} x',
  "echo '.shell rm x' | sqlite3",
  'mkdir d; echo \'{"scripts":{"z":"cd $INIT_CWD; $C"}}\' > d/package.json; C="rm x" npm --prefix d run z',
  'if c; then set -- ls; else set -- rm x; fi; "$@"',
  "C=r C+=m bash -c '$C x'",
  "printf 'rm\\nx\\n' | paste -sd' ' | sh",
  "m4 <<< 'changequote([[,]])syscmd([[rm x]])'",
  'm4 <<< "esyscmd(\\`rm x\')"',
  "awk '{print | \"sh\"}' <<< 'rm x'",
  "awk -v 'c=rm \\\"x\\\"' 'BEGIN { system(c) }'",
]

describe('every channel of code', () => {
  test.each(CHANNELS)('%s', command => {
    const { execs: found } = analyseIn(command)
    expect(found.some(({ program, argv }) => program === 'rm' && argv[1] === 'x')).toBe(true)
  })
})

test('code that is not known is said not to be known', () => {
  const commands = [
    'shopt -s expand_aliases\nalias z=r${x}m\nz y',
    'shopt -s expand_aliases\nalias z=$(cat f)\nz y',
    "shopt -s expand_aliases\nalias a='command '\nalias z=$(cat f)\na z y",
    'shopt -s expand_aliases\nBASH_ALIASES[z]=r${x}m\nz y',
    'echo `shopt -s expand_aliases\nalias z=rm\nz y\n`',
    '$x y',
    'eval "$x"',
    '. ./nosuch',
    'enable -f ./f.so f',
    'fc -s',
    'set -o history -o histexpand\n!-1',
    'set -eH; !!',
    'f() { ls; }; eval "$(declare -f f | sed s/ls/rm/)"',
    'eval "$(export -p)"',
    'eval "$(set | tail -n 1)"',
    'trap "rm x" USR1; eval "$(trap -p)"',
    'eval "$(trap)"',
    'alias z=ls; eval "$(alias z | sed s/ls/rm/)"',
    'awk \'{ print $1 | "sh" }\' f',
    'awk \'{ print | "sh" }\' f',
    "awk -v 'c=r\\155 x' 'BEGIN { system(c) }'",
    "groff -U <<< '.sy rm x'",
    "jshell - <<< 'f()'",
    "echo 'int main(){}' | gcc -xc - -o a && ./a",
    "gcc -xc - -o a <<< 'int main(){}'; ./a",
    "echo 'import os' > .pdbrc; python3 -m pdb -c q f",
    "echo 'f()' > s.jsh; jshell s.jsh",
    "echo '.sy rm x' > s; groff -U s",
    'm4 <<< "changequote(<,>)changequote([,])syscmd([rm x])"',
    'read l; $l',
    'read -a a < f; a+=(x); "${a[@]}"',
    'read -a a < f; a[3]=ls; "${a[@]}"',
    'a=($(cat f) ls); "${a[1]}"',
    'a=([$(cat f)]=rm [5]=x); "${a[@]}"',
    'a=(ls rm x); unset "a[$(cat f)]"; "${a[@]}"',
    'declare -A m; m[$(cat f)]=q; m[k]=ls; "${m[@]}"',
    'trap "$x" EXIT',
    'x | while read -r l; do eval "$l"; done',
  ]
  for (const command of commands) expect(unknowns(command), command).not.toEqual([])
})

test('a name that may come from a branch is both', () => {
  expect(execs('[ -f y ] && ls() { rm x; }; ls')).toEqual(expect.arrayContaining(['rm x', 'ls']))
  expect(execs('c=ls; [ -f y ] && c=rm; $c x')).toEqual(expect.arrayContaining(['rm x', 'ls x']))
})

test('an unquoted variable before the program may be nothing', () => {
  expect(execs('$X rm x')).toEqual(expect.arrayContaining(['⟨any⟩ rm x …', 'rm x …']))
})

test('what a variable may hold besides its last value', () => {
  expect(execs('c=ls; f() { local c; $c rm x; }; f')).toContain('rm x')
  expect(execs('readonly c=rm; c=ls; $c x')).toEqual(expect.arrayContaining(['rm x', 'ls x']))
  expect(execs('c=ls; for i in $n; do c=rm; done; $c x')).toEqual(expect.arrayContaining(['rm x', 'ls x']))
  expect(execs('c=ls; while y; do c=rm; done; $c x')).toEqual(expect.arrayContaining(['rm x', 'ls x']))
  expect(execs('c=ls; y && c=rm; $c x')).toEqual(expect.arrayContaining(['rm x', 'ls x']))
  expect(execs('c=ls; (c=rm); $c x')).not.toContain('rm x')
  expect(execs('c=ls; y | c=rm; $c x')).not.toContain('rm x')
})

test('input that is not followed is not taken for known', () => {
  expect(unknowns('exec < s; sh')).not.toEqual([])
  expect(unknowns('sh -c \'echo "r\\155 x" | sh\'')).not.toEqual([])
})

test.each([
  'sh </dev/tty',
  "nohup sh -c 'sh </dev/tty >/dev/tty'",
  'php -r \'pcntl_exec("/bin/sh");\'',
  'php -r \'popen("sh -i", "r");\'',
  "split --filter='sh -i 0<&2' f",
])('a shell that a terminal commands is one: %s', command => {
  expect(analyseIn(command).actions.map(({ action }) => action)).toContain('shell.interactive')
})
