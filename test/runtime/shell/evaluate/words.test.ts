import { expect, test } from 'vitest'
import { analyseIn, execs, shellFiles, unknowns } from './show-analysis.js'

/** What bash 5.2 makes of the words behind `p`. */
const EXPANSIONS: readonly (readonly [command: string, words: string])[] = [
  ['p {a,b}{1..3}', 'p a1 a2 a3 b1 b2 b3'],
  ['p {01..10..3} {c..a}', 'p 01 04 07 10 c b a'],
  ['p ~ ~/x ~me/y "~" \\~', 'p /home/me /home/me/x /home/me/y ~ ~'],
  ['cd sub && p $PWD ~+', 'p /proj/sub /proj/sub'],
  ['cd sub && cd - && p $PWD', 'p /proj'],
  ['x="a b"; p $x "$x"', 'p a b a b'],
  ['IFS=:; x=a::b; p $x; IFS=', 'p a  b'],
  ['x=; p $x "$x" a', 'p  a'],
  ['set -- a "b c"; p "$@"; p $*', 'p a b c'],
  ['set -- a b c; p "${@:2}" $# "${*:1:2}"', 'p b c 3 a b'],
  ['x=abcabc; p ${x#*b} ${x##*b} ${x%b*} ${x%%b*}', 'p cabc c abca a'],
  ['x=abcabc; p ${x/b/X} ${x//b/X} ${x/#a/X} ${x/%c/X}', 'p aXcabc aXcaXc Xbcabc abcabX'],
  ['x=abc; p ${x/b/[&]}', 'p a[b]c'],
  ['x=abc; p ${x:1} ${x:1:1} ${x: -2} ${x:0:-1} ${#x}', 'p bc b bc ab 3'],
  ['x=aBc; p ${x^} ${x^^} ${x,,} ${x~~} ${x@U} ${x@L}', 'p ABc ABC abc AbC ABC abc'],
  ['x=; unset y; p ${x:-d} ${x-d} ${y-d} ${y:+d} ${x+s}', 'p d d s'],
  ['unset y; : ${y:=v}; p $y', 'p v'],
  ['a=(x "y z"); p "${a[@]}" ${#a[@]} "${a[1]}" ${a[-1]} ${!a[@]}', 'p x y z 2 y z y z 0 1'],
  ['a=(x "y z"); p ${a[*]} ${!a[*]}', 'p x y z 0 1'],
  ['declare -A a=([k]=v); p "${a[*]}" "${!a[*]}" ${a[*]:0}', 'p v k v'],
  ['a=(x); a+=(y); a[5]=z; p "${a[@]}" ${!a[@]}', 'p x y z 0 1 5'],
  ['x=a; x+=b; p $x', 'p ab'],
  ['x=y; y=z; p ${!x}', 'p z'],
  ['OPTIND=1; getopts a:b: o -b v w; p $OPTARG $o $OPTIND', 'p v b 3'],
  ['OPTIND=1; getopts a:b: o -bv w; p $OPTARG $o $OPTIND', 'p v b 2'],
  ['p $((1 + 2 * 3)) $((2 ** 3 ** 2)) $((7 / 2)) $((-7 % 3)) $((16#ff)) $((010)) $((1 ? 2 : 3))', 'p 7 512 3 -1 255 8 2'],
  ['i=1; p $((i++)) $((++i)) $i $((i += 2))', 'p 1 3 3 5'],
  ["p $(echo 'a b') \"$(echo 'a b')\" `echo c`", 'p a b a b c'],
  ["p $(printf '%s-%03d|' a 7 b 8)", 'p a-007|b-008|'],
  ["p $(printf '%b' 'a\\tb') $(echo -e '\\x41\\0102')", 'p a b AB'],
  ["p $(cat <<< 'a')", 'p a'],
  ["p $'\\c\x01\\c\x7f\\cA'", 'p \x01\x01\x01\x7f\x01'],
  ["p $'a\\tb' \"a\\$b\" 'a'\\''b'", "p a\tb a$b a'b"],
  ['set -f; p *', 'p *'],
  ['x=5; [[ $x -gt 3 ]] && p yes || p no', 'p yes'],
  ['case abc in a*) p 1 ;; *) p 2 ;; esac', 'p 1'],
  ['x=$(f() { echo r; }; f); p $x', 'p r'],
  ['for i in a b; do x=$x$i; done; p ${x#?}', 'p b'],
  ['read a b <<< "1 2 3"; p $a "$b"', 'p 1 2 3'],
]

test.each(EXPANSIONS)('%s', (command, words) => {
  expect(execs(`x=; ${command}`)).toContain(words)
})

test('patterns become what they may match', () => {
  expect(execs('p *.ts')).toEqual(['p ⟨name⟩.ts'])
  expect(execs('p *env')).toEqual(['p ⟨name⟩env', 'p env'])
  expect(execs('p a*b? src/*')).toEqual(['p a⟨name⟩b⟨char⟩ src/⟨name⟩'])
  expect(execs('p .[e]nv')).toEqual(['p .env', 'p .[e]nv'])
  expect(execs('p "*" \\* \'?\'')).toEqual(['p * * ?'])
  expect(execs('shopt -s globstar\np src/**/x')).toEqual(expect.arrayContaining(['p src⟨path⟩/x']))
})

test('what may be a descriptor or a file is both, and more than digits is a file', () => {
  expect(shellFiles('a >& "$f.log"; a >&$g; a 2>&1 {v}>&-; exec {w}>&1; a >&$w')).toEqual([
    'write ⟨any⟩.log',
    'write /proj/.log',
    'write ⟨any⟩',
  ])
})

test('redirections open files as their words expand', () => {
  expect(shellFiles('f=out; a > $f.txt; a &> b; a >& c; a >&2; a 2>&1; a {v}> d; a <> e')).toEqual([
    'write /proj/out.txt',
    'write /proj/b',
    'write /proj/c',
    'write /proj/d',
    'read /proj/e',
    'write /proj/e',
  ])
  expect(shellFiles('a < ~/x; echo $(< y); > z')).toEqual(['read /home/me/x', 'read /proj/y', 'write /proj/z'])
  expect(analyseIn('a > /dev/tcp/h/80').actions).toMatchObject([{ action: 'net.connect', params: { host: 'h', port: '80' } }])
})

test('a folder that may not have been entered leaves both', () => {
  expect(shellFiles('cd a; b > c')).toEqual(['write /proj/a/c', 'write /proj/c'])
  expect(shellFiles('cd a || exit; b > c')).toEqual(['write /proj/a/c'])
  expect(shellFiles('(cd a && b > c); b > d')).toEqual(['write /proj/a/c', 'write /proj/d'])
  expect(shellFiles('pushd a && b > ~1/c; b > ${DIRSTACK[1]}/d; popd +1 && b > e')).toEqual(
    expect.arrayContaining(['write /proj/c', 'write /proj/d', 'write /proj/a/e']),
  )
  expect(shellFiles('pushd a && b > c && popd && b > d')).toEqual(['write /proj/a/c', 'write /proj/d'])
})

const SCRIPT = `mkdir /t; echo '{"scripts":{"z":"cd $INIT_CWD; b > c"}}' > /t/package.json;`

test.each([
  'd=$(pwd); cd /; cd "$d"; b > c',
  'cd /; bash -c "cd \\$OLDPWD; b > c"',
  'd=$(pwd -P); cd /; cd "$d"; b > c',
  'pushd -n /; b > c',
  'X=$PWD bash -c "cd \\$X; b > c"',
  `${SCRIPT} npm --prefix /t run z`,
  `${SCRIPT} INIT_CWD=/x npm --prefix /t run z`,
  `find /dev/null -maxdepth 0 -execdir bash -c "cd $PWD; "${quoted(`${SCRIPT} npm --prefix /t run z`)} ';'`,
])('each folder that may be the current one is told to what runs elsewhere: %s', command => {
  expect(shellFiles(`cd a; ${command}`)).toEqual(expect.arrayContaining(['write /proj/a/c', 'write /proj/c']))
})

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}

test.each([
  ['$MAKE -s all', 'make -s all', '-s all'],
  ['"${PYTHON}" x.py', 'python x.py'],
  ['${CC:-clang} -c x.c', 'clang -c x.c'],
  ['"${PYTHON_BIN:-python3}" x.py', 'python3 x.py'],
  ['sudo "$MAKE" all', 'make all'],
  ['${P:-${Q:-${R:-make}}} all', 'make all'],
  ['${g:-git} push origin "${b:-:old}"', 'git push origin :old'],
  ['$(which git) status', 'git status'],
  ['"$(command -v node)" a.js', 'node a.js'],
  ['p=$(type -p make); $p all', 'make all'],
])('a variable, or a search, that is there to name a program: %s', (command, ...expected) => {
  const found = analyseIn(command)
  expect(execs(command)).toEqual(expect.arrayContaining(expected))
  expect(found.execs.some(({ dynamic }) => dynamic !== undefined)).toBe(false)
})

test.each([
  'MAKE=$x; $MAKE all',
  'if t; then MAKE=$x; fi; $MAKE all',
  'MAKE=rm; bash -c "\\$MAKE all"',
  'read MAKE; $MAKE all',
  'CMD=make; unset CMD; $COMMAND all',
  '${X:-{make} all',
  '${x:-${y:-$q}} all',
  'x=$1; ${x:-make} all; set -- "$y"; x=$1; ${x:-make} all',
])('what the command itself gives a variable counts: %s', command => {
  expect(analyseIn(command).execs.some(({ dynamic }) => dynamic !== undefined)).toBe(true)
})

test('dates, numbers and names of the machine hold no slash and no code', () => {
  expect(execs('p b-$(date +%F).tgz $(nproc) $(uname -s) $(wc -l < f)')).toContain('p b-⟨name⟩.tgz ⟨name⟩ ⟨name⟩ ⟨name⟩')
  expect(unknowns('eval "p $(date +%d)"')).toEqual([])
})

test('a line goes on within backticks, whatever is quoted there', () => {
  expect(execs("p `echo 'a\\\nb'`")).toContain('p ab')
})

test('a set of few characters is each of them', () => {
  expect(execs('p x.[ch]')).toEqual(['p x.c', 'p x.h', 'p x.[ch]'])
  expect(execs('p .[!a]x')).toEqual(['p .⟨char⟩x', 'p .[!a]x'])
})

test.each([
  ['p .${x}git/c', 'p .git/c'],
  ['p --out=.${x}git/c', 'p --out=.git/c'],
  ['p --o${x}ut=now', 'p --out=now'],
  ['p $x/dev/null', 'p /dev/null'],
])('a variable in small letters that nobody set is most likely empty within a word: %s', (command, expected) => {
  expect(execs(command)).toContain(expected)
  expect(execs(command)).toHaveLength(2)
})

test.each(['p $x', 'p --out=$x', 'p src/$x', 'p .${X}git', 'x=$(y); p .${x}git', 'p $x=1'])('it may be anything: %s', command => {
  expect(execs(command)[execs(command).length - 1]).toContain('⟨')
})

test('a script without a first line for another interpreter is read by the shell that runs it', () => {
  const written = 'printf %s \'p $(echo -e "a\\x62")\' > /tmp/s; chmod +x /tmp/s'
  expect(execs(`${written}; /tmp/s`)).toContain('p ab')
  expect(execs(`bash -s <<'E'\n${written}; /tmp/s\nE\n`)).toContain('p ab')
  expect(execs(`sh -s <<'E'\n${written}; /tmp/s\nE\n`)).not.toContain('p ab')
  expect(execs(`${written}; find . -exec /tmp/s ';'`)).not.toContain('p ab')
})

test.each([
  ['${a:-p} ${b:-q} ${c:-r} ${d:-s} ${e:-t}', 'p q r s t'],
  ['${a:-${b:-p}} q ${c:=.}', 'p q .'],
  ['${a-p} ${b:-${c:-q}} "${d:-r}" s', 'p q r s'],
  ['p -h ${a:=x} ${b:=Y} ${c:=z}; p $a $b $c', 'p x Y z'],
  ['l=(${a:-p} q r); "${l[@]}"', 'p q r'],
])('of many variables that may be set, that none of them is: %s', (command, expected) => {
  expect(execs(command)).toContain(expected)
  expect(execs(command).length).toBeLessThan(20)
})

test('the names of variables are words', () => {
  expect(execs('rm=; ${!rm@} x')).toContain('rm x')
  expect(execs('ab= ac=; p ${!a@}')).toContain('p ab ac')
})

test.each([
  ["env GIT_EDITOR='export GIT_EDITOR=p; git config -e' git commit", 'p'],
  ['env A=x bash -c \'A=y; bash -c "p \\$A"\'', 'p y'],
  ['A=x bash -c \'export A=y; env B=1 bash -c "p \\$A\\$B"\'', 'p y1'],
])('what a shell sets is what it hands on: %s', (command, expected) => {
  expect(execs(command)).toContain(expected)
})
