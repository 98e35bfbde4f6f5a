import { describe, expect, it } from 'vitest'
import { Sandbox, whyNoSandbox } from '../../../cli/fuzz/sandbox.js'
import { eventsOf } from '../../../cli/fuzz/strace.js'
import { withoutNoise } from '../../superset/noise.js'
import { CWD, sandboxWorld } from '../../superset/world.js'

describe('the trace', () => {
  it('gives programs with their arguments, and files by absolute paths', () => {
    const trace = [
      '7 execve("/usr/bin/bash", ["bash", "-c", "x"], 0x7f /* 5 vars */) = 0',
      '8 execve("/usr/bin/rm", ["rm", "-r", "a \\"]\\303\\251"], 0x7f /* 5 vars */) = 0',
      '8 execve("/bin/no", ["no"], 0x7f /* 5 vars */) = -1 ENOENT (No such file or directory)',
      '8 unlinkat(AT_FDCWD</proj/src>, "b.ts", 0 <unfinished ...>',
      '8 openat(AT_FDCWD</proj>, "/etc/x", O_WRONLY|O_CREAT|O_TRUNC, 0666) = 3</etc/x>',
      '8 renameat2(AT_FDCWD</proj>, "a", AT_FDCWD</proj>, "b", RENAME_NOREPLACE) = 0',
      '8 connect(3<socket:[1]>, {sa_family=AF_INET, sin_port=htons(80), sin_addr=inet_addr("1.2.3.4")}, 16) = 0',
    ].join('\n')
    expect(eventsOf(trace, { cwd: '/proj' })).toEqual([
      { t: 'exec', p: '/usr/bin/rm', argv: ['rm', '-r', 'a "]é'] },
      { t: 'unlink', p: '/proj/src/b.ts' },
      { t: 'write', p: '/etc/x', real: '/etc/x' },
      { t: 'rename', p: '/proj/a', q: '/proj/b' },
      { t: 'connect', p: '1.2.3.4:80' },
    ])
  })
})

const reason = whyNoSandbox()

describe.skipIf(reason !== undefined)('the sandbox', () => {
  it('tells what a command ran, read and deleted', () => {
    const sandbox = new Sandbox(sandboxWorld)
    const events = withoutNoise(sandbox.record('r\\m -f x; cat .e*v'))
    sandbox.close()
    expect(events).toEqual([
      { t: 'exec', p: '/usr/bin/rm', argv: ['rm', '-f', 'x'] },
      { t: 'unlink', p: `${CWD}/x` },
      { t: 'exec', p: '/usr/bin/cat', argv: ['cat', '.env'] },
      { t: 'read', p: `${CWD}/.env`, real: `${CWD}/.env` },
    ])
  }, 20_000)
})
