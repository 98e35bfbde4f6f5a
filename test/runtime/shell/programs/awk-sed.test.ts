import { expect, test } from 'vitest'
import { modelOf } from '../../../../runtime/shell/programs/programs.js'
import { type Given, told } from '../../../support/recording-world.js'

const does = (program: string, args: readonly string[], given: Given = {}) => {
  const { lines } = told(modelOf(program), program, { args, ...given })
  return lines.filter(line => !line.startsWith('flags')).map(line => line.replace(/ via .*|: code of .*/, ''))
}

test.each([
  [['BEGIN{system("cat x")}'], ['shell cat x']],
  [['-v', 'c=rm x', 'BEGIN{system(c)}'], ['shell rm x']],
  [
    ['{print $1 > "out"}', 'f'],
    ['read f', 'write out'],
  ],
  [['{print $1 >> ("o" "ut") }'], ['write out']],
  [
    ['BEGIN{print > ARGV[1]; system("rm " ARGV[2])}', 'a', 'b'],
    ['read a', 'read b', 'write a', 'shell rm b'],
  ],
  [
    ['{print > ARGV[2]; ARGV[2] = ""}', 'a', 'b'],
    ['read a', 'read b', 'write ⟨any⟩', 'write b'],
  ],
  [['BEGIN{"rm x" | getline y; "id" |& getline}'], ['shell rm x', 'shell id']],
  [['{ if ($10 > 50) print $2 | "sort -n" }'], ['shell sort -n']],
  [['BEGIN{while((getline l < "f")>0) print l}'], ['read f']],
  [['-F/', '{print ($1 > 2), $NF}', 'x=1', 'f'], ['read f']],
  [['/system\\("x"\\)/ || NR==1 {print}'], []],
  [['BEGIN{c="rm" " x"; system(c)}'], ['shell rm x']],
  [['BEGIN{f=sprintf("%c%s", 46, "/x"); getline < f}'], ['read ./x']],
  [['BEGIN{ARGV[1]="x"; ARGC=2} {print}'], ['read x']],
  [['{print > ENVIRON["HOME"] "/x"}'], ['write /home/ann/x']],
  [['BEGIN{c="id"; c=$1; system(c)}'], ['unknown exec']],
  [['BEGIN{f="system"; @f("x")}'], ['unknown any']],
  [['BEGIN{s="/inet/tcp/0/h/1"; print "x" |& s}'], ['unknown net']],
])('awk %j', (args, expected) => {
  expect(does('awk', args)).toEqual(expected)
})

test('awk runs what it reads', () => {
  expect(does('awk', ['{system($0)}'], { stdin: 'rm x' })).toEqual(['shell rm x', 'unknown exec'])
  expect(told(modelOf('awk'), '', { args: ['BEGIN{printf "rm"}'] }).output).toBe('rm')
})

test.each([
  [
    ['-i', 's/a/b/', 'f'],
    ['read f', 'write f'],
  ],
  [
    ['-i', '', 's/a/b/', 'f'],
    ['read f', 'write f'],
  ],
  [
    ['1e rm x', 'f'],
    ['read f', 'shell rm x'],
  ],
  [['-n', '1{/x/q0};q1', 'f'], ['read f']],
  [['s/.*/rm -rf x/e'], ['shell rm -rf x', 'unknown exec']],
  [['/x/,$ { s,a/b,c,gw out\n}'], ['write out']],
  [['-n', '/e rm/p;/^---$/,/^---$/{ /^---$/d; p; };$!N;y/a/e/;:a;ta'], []],
  [['-e', 'r x', '-e', 'w /dev/stdout'], ['read x']],
  [['a\\\n1e rm x'], []],
  [['s/[/]e rm/b/'], []],
  [['\\,x,e id'], ['shell id']],
])('sed %j', (args, expected) => {
  expect(does('sed', args)).toEqual(expected)
})

test('sed makes what it prints, and runs what it reads', () => {
  expect(told(modelOf('sed'), '', { args: ['s/Q/rm/'], stdin: 'Q\n' }).output).toBe('rm\n')
  expect(told(modelOf('sed'), '', { args: ['s|^|./|'], stdin: 'a\nb\n' }).output).toBe('./a\n./b\n')
  expect(told(modelOf('sed'), '', { args: ['-n', 's/Q$/r\\/m/p'], stdin: 'Qa\naQ\n' }).output).toBe('ar/m\n')
  expect(told(modelOf('sed'), '', { args: ['s/Q/r/g'], stdin: 'Qa\naQQ\n' }).output).toBe('ra\narr\n')
  expect(does('sed', ['e'], { stdin: 'rm x' })).toEqual(['shell rm x', 'unknown exec'])
})
