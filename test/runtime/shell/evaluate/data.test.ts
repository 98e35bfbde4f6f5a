import { expect, test } from 'vitest'
import { execs, unknowns } from './show-analysis.js'

const HARMLESS: readonly string[] = [
  "echo 'rm x'",
  'echo "\\`rm x\\`"',
  'x=\'rm x\'; echo "$x"',
  'x=\'$(rm x)\'; echo "$x"',
  "cat <<'E'\n$(rm x)\nE",
  'true # $(rm x)',
  "test 'rm x' = y",
  "[[ '$(rm x)' == y ]]",
  "case 'rm x' in y) ;; esac",
  'for w in \'rm x\'; do echo "$w"; done',
  'f() { rm x; }; true',
  'false && rm x',
  'if false; then rm x; fi',
  'while false; do rm x; done',
  'true || rm x',
  '[ a = b ] && rm x',
  '[[ a == b* ]] && rm x',
  '((0)) && rm x',
  'case a in b) rm x ;; esac',
  'exit; rm x',
  'f() { return; rm x; }; f',
  'for i in 1; do break; rm x; done',
  "alias zz='rm x'",
  "read v <<< 'rm x'",
  'type rm',
  'command -v rm',
  'export MSG="rm x"',
  'a=(\'rm x\' b); echo "${a[0]}"',
  'rm() { echo no; }; rm x',
  'x=5; echo $((x + 1)) ${x:0:1}',
  'echo $((N + 1))',
  "printf '%s' '`rm x`'",
  'set -- "rm x"; echo "$1"',
]

test.each(HARMLESS)('text is data unless a channel makes code of it: %s', command => {
  expect(execs(command).filter(words => words.startsWith('rm'))).toEqual([])
  expect(unknowns(command)).toEqual([])
})
