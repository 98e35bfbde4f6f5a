/** From the command line to the inner program, through parser, evaluation and models. */
import { expect, test } from 'vitest'
import { showString } from '../../../../runtime/decide/abstract-string.js'
import { analyse } from '../../../../runtime/shell/analyse.js'

function inner(command: string): readonly string[] {
  const { execs } = analyse({ command, cwd: '/w', home: '/home/ann', projectRoot: '/w', user: 'ann' })
  return execs.filter(exec => exec.program === 'rm').map(exec => exec.argv.slice(1).map(showString).join(' ') + (exec.open ? ' …' : ''))
}

test.each([
  ['sudo -u root -- nice -n 5 env A=1 timeout 5s rm x', ['x']],
  ['nohup setsid -w stdbuf -oL rm x &', ['x']],
  ["env -S 'A=1 nice rm' x", ['x']],
  ["su - bob -c 'cd d && rm x'", ['x']],
  ['echo a b | xargs -n1 sudo rm -f', ['-f a', '-f b']],
  ['find . -type f | xargs -I{} rm {}.bak', ['⟨any⟩.bak']],
  ['echo a | xargs -IX -i rm {}', ['a']],
  ['echo a | xargs -IX -L1 rm', ['a …', '']],
  ["find src -name '*.o' -exec sh -c 'rm \"$@\"' _ {} +", ['src⟨path⟩/⟨name⟩.o …']],
  ['ls | parallel -j4 rm {}', ['⟨any⟩ …']],
  ['bash -euo pipefail -c \'rm "$1"\' _ x', ['x']],
  ["bash <<'E'\nrm x\nE", ['x']],
  ['echo "rm x" | sudo sh', ['x']],
  ["ssh -p 22 h 'rm x'", ['x']],
  ['docker exec -it c rm x', ['x']],
  ['busybox nice busybox rm x', ['x']],
  ["git -c alias.z='!rm x' z", ['x']],
  ["git rebase --exec 'rm x' main", ['x']],
  ["GIT_SSH_COMMAND='rm x #' git fetch", ['x']],
  ["tar cf a.tar b --checkpoint-action='exec=rm x'", ['x']],
  ["make --eval='a:;rm x' a", ['x']],
  ["make --eval='$(if y,$(shell rm x))'", ['x']],
  ["script -qc 'rm x' /dev/null", ['x']],
  ["watch -n1 'rm x'", ['x']],
  ["tmux new-session -d 'rm x'", ['x']],
  ["printf '#!/bin/sh\\nrm x\\n' > .git/hooks/pre-commit; git commit -m y", ['x']],
  ["vim -c ':!rm x' -c q", ['x']],
  ['npx -c "rm x"', ['x']],
  ['poetry run rm x', ['x']],
  ["env -S 'rm x # no' y", ['x y']],
  ["printf 'a b\\n' | xargs -E b rm", ['a']],
  ["bash /dev/stdin x <<< 'rm $1'", ['x']],
  ["bash -s x <<< 'rm $1'", ['x']],
  ['printf \'rm "$1"\\n\' > s; sh ./s x', ['x']],
  ["echo 'rm x' | at now", ['x']],
])('%s', (command, expected) => {
  expect(inner(command)).toEqual(expected)
})

test.each([
  ['git commit -m "rm x"'],
  ['docker run --rm image'],
  ['sudo -l rm'],
  ['command -v rm'],
  ['find . -name rm'],
  ['xargs echo rm'],
  ['tar cf a.tar rm'],
  ['npm rm x'],
  ['man rm'],
  ['apx parts rm --name x'],
])('%s runs no rm', command => {
  expect(inner(command)).toEqual([])
})

test.each(['setarch --list', 'systemd-inhibit', 'systemd-inhibit --list'])('%s starts no shell', command => {
  const { actions } = analyse({ command, cwd: '/w', home: '/home/ann', projectRoot: '/w', user: 'ann' })
  expect(actions).toEqual([])
})

test("what make's own function reads and writes", () => {
  const { files } = analyse({ command: "make --eval='$(file >o,$(file <.env))'", cwd: '/w', home: '/h', projectRoot: '/w', user: 'u' })
  const found = files.map(({ operation, path }) => `${operation} ${showString(path)}`)
  expect(found).toEqual(expect.arrayContaining(['read /w/.env', 'write /w/o']))
})
