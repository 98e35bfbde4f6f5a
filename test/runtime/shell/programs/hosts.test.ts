import { expect, test } from 'vitest'
import { modelOf } from '../../../../runtime/shell/programs/programs.js'
import { analyseIn } from '../evaluate/show-analysis.js'
import { told, type Given } from '../../../support/recording-world.js'

const starts = (args: readonly string[], given: Given = {}) =>
  told(modelOf(args[0] ?? ''), args[0] ?? '', { args: args.slice(1), ...given }).lines.filter(line =>
    /^(run|shell|script|unknown|read|write)/.test(line),
  )

test.each([
  [['ssh', '-p', '22', 'me@h', 'rm', '-rf', 'x;', 'ls'], ['shell rm -rf x; ls via ssh']],
  [['docker', 'exec', '-it', '-e', 'A=1', 'c', 'rm', 'x'], ['run [rm x] via docker exec']],
  [['docker', 'compose', 'run', '--rm', 'web', 'rm', 'x'], ['run [rm x] via docker compose run']],
  [['docker', 'run', '--rm', '--entrypoint', 'sh', 'image', '-c', 'id'], ['run [sh -c id] via docker run']],
  [
    ['docker', 'run', '-v/:/host', 'image', 'cat', '/host/etc/x'],
    ['read / **', 'write / **', 'run [cat /etc/x] via docker run'],
  ],
  [['docker', 'run', '-v', '/home/me/p:/p:ro', 'image', 'cat', '/p/x'], ['run [cat /home/me/p/x] via docker run']],
  [['kubectl', '-n', 'a', 'exec', 'pod', '-c', 'b', '--', 'rm', 'x'], ['run [rm x] via kubectl exec']],
  [['nix-shell', '-p', 'git', '--run', 'id'], ['shell id via nix-shell --run']],
  [
    ['tmux', 'new', '-d', 'id', ';', 'neww', 'rm', 'x'],
    ['shell id via tmux new', 'run [rm x] via tmux neww'],
  ],
  [['tmux', 'send-keys', '-t', 'a', 'rm x', 'Enter'], ['shell rm x\n via tmux send-keys']],
  [['screen', '-dmS', 'a', 'rm', 'x'], ['run [rm x] via screen']],
  [['screen', '-S', 'a', '-X', 'stuff', 'rm x^M'], ['shell rm x\n via screen']],
  [['ip', 'netns', 'exec', 'a', 'rm', 'x'], ['run [rm x] via ip netns exec']],
])('%j', (args, expected) => {
  expect(starts(args)).toEqual(expected)
})

test('what is scheduled is read', () => {
  expect(starts(['at', 'now'], { stdin: 'id', piped: true })).toContain('shell id via at')
  expect(
    starts(['crontab', '-'], { stdin: '# x\n@daily rm x\n* 1 * * * id\n', piped: true }).filter(line => line.startsWith('shell')),
  ).toEqual(['shell rm x via crontab', 'shell id via crontab'])
  expect(starts(['batch'], { piped: true })).toContain('unknown any: commands that batch reads')
})

/** Whether the shell of the command is said to run elsewhere. */
const isElsewhere = (command: string) =>
  analyseIn(command).actions.flatMap(({ action, params }) => (action === 'shell.interactive' ? [params['elsewhere'] === true] : []))

test.each([
  'docker run -it --rm ubuntu bash',
  'docker run -it -v data:/data --cap-add NET_BIND_SERVICE --device /dev/dri ubuntu bash',
  'docker exec -it app sh',
  'podman exec -it app bash',
  'kubectl exec -it pod -- sh',
  'ssh host bash',
])('a shell runs elsewhere: %s', command => {
  expect(isElsewhere(command)).toEqual([true])
})

test.each([
  'bash',
  'docker run -it -v "$PWD":/app ubuntu bash',
  'docker run -it --mount type=bind,src=/srv,dst=/srv ubuntu bash',
  'docker run -it --privileged ubuntu bash',
  'docker exec -it --privileged app bash',
  'docker run -it --pid=host ubuntu bash',
  'docker run -it --cap-add=SYS_ADMIN ubuntu bash',
  'docker run -it --cap-add "$CAP" ubuntu bash',
  'docker run -it --device /dev/sda ubuntu bash',
  'docker run -it --security-opt seccomp=unconfined ubuntu bash',
])('a shell has this machine in reach: %s', command => {
  expect(isElsewhere(command)).toEqual([false])
})
