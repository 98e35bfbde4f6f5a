import { describe, expect, it } from 'vitest'
import { AbstractString } from '../../../runtime/decide/abstract-string.js'
import type { Call, ExpandedRequest, Request } from '../../../runtime/decide/request.js'
import type { Analysis, Exec, Scope, Text } from '../../../runtime/shell/analysis.js'
import { requestsOf } from '../../../runtime/shell/requests.js'
import { ANY } from '../../../runtime/shell/text.js'
import { aFile, anAnalysis, anExec } from './an-exec.js'

const context = { agent: 'claude-code', cwd: '/p', home: '/home/u' }

function expanded(command: string, analysis: Partial<Analysis>, realPath: (path: string) => string | undefined = path => path): Call {
  return requestsOf({ action: 'bash.execute', params: { command, timeout_ms: 5 }, context }, command, anAnalysis(analysis), realPath)
}

function partsOf(command: string, analysis: Partial<Analysis>): readonly ExpandedRequest[] {
  return expanded(command, analysis).filter(({ role }) => role === 'part')
}

function argvOf(exec: Exec): readonly Text[] {
  const [part] = partsOf('rm', { execs: [exec] })
  return part?.request.params['argv'] as readonly Text[] // a list of words
}

function effectsOf(analysis: Partial<Analysis>, realPath?: (path: string) => string | undefined): readonly ExpandedRequest[] {
  return expanded('x', analysis, realPath).filter(({ role }) => role === 'effect')
}

function briefly({ request }: ExpandedRequest): string {
  return `${request.action} ${JSON.stringify(request.params)}`
}

describe('the whole', () => {
  it('comes first, as the agent sent it', () => {
    const whole: Request = { action: 'bash.execute', params: { command: 'x', timeout_ms: 5 }, context }
    expect(expanded('x', { execs: [anExec(['x'])] })[0]).toEqual({ role: 'whole', request: whole })
    expect(expanded('', {})).toHaveLength(1)
  })
})

describe('parts', () => {
  it('say what runs, in canonical form', () => {
    const exec = anExec(['/bin/rm', '-rf', 'a b'], {
      program: 'rm',
      programPath: '/bin/rm',
      flags: ['-r', '-R', '--recursive', '-f', '--force'],
      operands: ['a b'],
      via: ['timeout'],
      cwd: '/p/x',
      span: { start: 10, end: 31 },
    })
    expect(partsOf("timeout 5 /bin/rm '-rf' 'a b'", { execs: [exec] })).toEqual([
      {
        role: 'part',
        request: {
          action: 'bash.execute',
          params: {
            command: "rm -rf 'a b'",
            program: 'rm',
            program_path: '/bin/rm',
            argv: ['/bin/rm', '-rf', 'a b'],
            flags: ['-r', '-R', '--recursive', '-f', '--force'],
            operands: ['a b'],
            cwd: '/p/x',
            via: ['timeout'],
          },
          context,
        },
        origin: { text: "/bin/rm '-rf' 'a b'", via: ['timeout'] },
      },
    ])
  })

  it('leave out what only starts another program, unless it is not known what that does', () => {
    const execs = [
      anExec(['nohup', 'x'], { transparent: true }),
      anExec(['x']),
      anExec(['nohup', ANY], { transparent: true, dynamic: 'why' }),
    ]
    expect(partsOf('nohup x', { execs }).map(({ request }) => request.params['program'])).toEqual(['x', 'nohup'])
  })

  it('are dynamic with a reason where they run code that is not known', () => {
    const [part] = partsOf('x', { execs: [anExec(['python3', '-c', ANY], { dynamic: 'code of python3' })] })
    expect(part?.request.params).toMatchObject({ program: 'python3', dynamic: true, reason: 'code of python3' })
  })

  it('have an argument, an operand and an option more where some may follow', () => {
    const [part] = partsOf('x', { execs: [anExec(['rm', 'a'], { open: true })] })
    expect(part?.request.params).toMatchObject({ argv: ['rm', 'a', ANY], operands: ['a', ANY], flags: [ANY] })
  })

  it('have each word as an option that may turn out to be one', () => {
    const some = AbstractString.of(['-x', { hole: 'any' }])
    const rest = AbstractString.of([{ hole: 'any' }, '/x'])
    const name = AbstractString.of([{ hole: 'visible' }, '.ts'])
    const value = AbstractString.of(['--to=', { hole: 'any' }])
    const flags = (...argv: readonly (string | AbstractString)[]) =>
      partsOf('x', { execs: [anExec(['a', ...argv])] })[0]?.request.params['flags']
    expect(flags(some)).toEqual([AbstractString.of(['-', { hole: 'any' }])])
    expect(flags(rest, name, value)).toEqual([rest])
    expect(flags('--', rest)).toEqual([])
  })

  it.each<[Scope]>([['exec'], ['any']])('stand for an unknown of scope %s', scope => {
    const [part] = partsOf('a | sh', { unknowns: [{ scope, why: 'the output of a command', span: { start: 4, end: 6 } }] })
    expect(part?.request.params).toMatchObject({ command: ANY, program: ANY, dynamic: true, reason: 'the output of a command' })
    expect(part?.origin).toEqual({ text: 'sh', via: [] })
  })

  it('need not be told from the command where they are all of it', () => {
    const execs = [anExec(['x'], { span: { start: 1, end: 2 } })]
    expect(partsOf(' x ', { execs })[0]).not.toHaveProperty('origin')
    expect(partsOf(' x y', { execs })[0]).toHaveProperty('origin')
  })

  it('stand for a command that does not end', () => {
    const [part] = partsOf('rm "x', { syntax: 'incomplete' })
    expect(part?.request.params).toMatchObject({ program: ANY, dynamic: true, reason: 'a command that does not end' })
    expect(partsOf('cat <<E', { syntax: 'incomplete', execs: [anExec(['cat'])] })).toHaveLength(1)
  })

  it('stand for a command that cannot be parsed', () => {
    const [part] = partsOf('a )', { syntax: 'error' })
    expect(part?.request.params).toMatchObject({ program: ANY, dynamic: true, reason: 'a syntax error' })
  })
})

describe('effects', () => {
  it('are requests of their own, told where they come from', () => {
    const analysis: Partial<Analysis> = {
      execs: [anExec(['cat', '.env'], { via: ['sudo'], span: { start: 5, end: 13 } })],
      files: [aFile('read', '/p/.env'), aFile('write', '/p/out', { by: -1, span: { start: 14, end: 18 } })],
    }
    const effects = expanded('sudo cat .env >out', analysis).filter(({ role }) => role === 'effect')
    expect(effects).toEqual([
      {
        role: 'effect',
        request: { action: 'file.read', params: { file_path: '/p/.env', program: 'cat' }, context: { ...context, via: 'bash.execute' } },
        origin: { text: 'cat .env', via: ['sudo'], effect: 'file.read /p/.env' },
      },
      {
        role: 'effect',
        request: { action: 'file.write', params: { file_path: '/p/out' }, context: { ...context, via: 'bash.execute' } },
        origin: { text: '>out', via: [], effect: 'file.write /p/out' },
      },
    ])
  })

  it('that are about no file tell how their program is reached', () => {
    const execs = [anExec(['awk', 'x']), anExec(['sh'], { via: ['awk'] })]
    const span = { start: 0, end: 1 }
    const actions = [0, 1].map(by => ({ action: 'shell.interactive', params: { program: 'sh' }, by, span }))
    expect(effectsOf({ execs, actions }).map(({ request }) => request.params)).toEqual([{ program: 'sh' }, { program: 'sh', via: ['awk'] }])
  })

  it('have an action each', () => {
    const files = (['read', 'write', 'delete', 'move', 'list', 'run'] as const).map(operation => aFile(operation, '/a'))
    const actions = [{ action: 'git.push', params: { force: true }, by: -1, span: { start: 0, end: 0 } }]
    const names = effectsOf({ files, actions }).map(({ request }) => request.action)
    expect(names).toEqual(['file.read', 'file.write', 'file.delete', 'file.move', 'file.list', 'file.run', 'git.push'])
  })

  it('that go on beneath a path are two', () => {
    const below = ['/', { hole: 'char' }, { hole: 'segment' }, { hole: 'below' }] as const
    const beneath = (path: string) => effectsOf({ files: [aFile('delete', path, { recursive: true })] })
    expect(beneath('/p/d').map(({ request, beneath }) => [request.params, beneath])).toEqual([
      [{ file_path: '/p/d', recursive: true }, undefined],
      [{ file_path: AbstractString.of(['/p/d', ...below]), recursive: true }, true],
    ])
    expect(beneath('/')[1]?.request.params['file_path']).toEqual(AbstractString.of(below))
  })

  const ANYWHERE = '{"file_path":{"parts":[{"hole":"any"}]},"rooted":false}'

  it.each<[Scope, readonly string[]]>([
    ['read', [`file.read ${ANYWHERE}`]],
    ['write', [`file.write ${ANYWHERE}`, `file.delete ${ANYWHERE}`]],
    ['net', ['web.fetch {"url":{"parts":[{"hole":"any"}]}}']],
    ['exec', []],
    ['any', []],
  ])('stand for an unknown of scope %s', (scope, requests) => {
    expect(effectsOf({ unknowns: [{ scope, why: 'why', span: { start: 0, end: 1 } }] }).map(briefly)).toEqual(requests)
  })

  it('tell whether anybody knows where the path begins, and what a moved file becomes', () => {
    const home = AbstractString.of([{ hole: 'any' }, '/x'])
    const files = [aFile('move', '/p/a'), aFile('write', '/p/b'), aFile('read', home), aFile('move', '/p/c')]
    expect(effectsOf({ files }).map(({ request }) => request.params)).toEqual([
      { file_path: '/p/a', dest_path: '/p/b' },
      { file_path: '/p/b', source_path: home },
      { file_path: home, rooted: false },
      { file_path: '/p/c' },
    ])
    const either = [aFile('move', '/p/a'), aFile('move', '/q/a'), aFile('write', '/p/b'), aFile('move', '/p/c')]
    expect(effectsOf({ files: either }).map(({ request }) => request.params['dest_path'])).toEqual(['/p/b', '/p/b', undefined, undefined])
  })

  it('come under their real paths too, each path resolved once', () => {
    const asked: string[] = []
    const real = (path: string) => {
      asked.push(path)
      return path.replace('/p/link', '/etc')
    }
    const files = [
      aFile('read', '/p/link'),
      aFile('write', '/p/link'),
      aFile('read', '/p/x'),
      aFile('delete', '/p/link', { recursive: true }),
    ]
    const found = effectsOf({ files }, real).map(effect => effect.real?.params['file_path'])
    expect(found).toEqual([
      '/etc',
      '/etc',
      undefined,
      '/etc',
      AbstractString.of(['/etc/', { hole: 'char' }, { hole: 'segment' }, { hole: 'below' }]),
    ])
    expect(asked).toEqual(['/p/link', '/p/x'])
  })
})

describe('many requests', () => {
  it('are not repeated', () => {
    const execs = Array.from({ length: 1000 }, () => anExec(['true']))
    const files = execs.map(() => aFile('read', '/a'))
    expect(expanded('true', { execs, files })).toHaveLength(3)
  })

  it('are told apart however alike they are', () => {
    const names = ['cat', 'cot', 'cut', 'cat'].flatMap(middle => [`a/${middle}/b`, `b/${middle}/b`])
    expect(expanded('x', { execs: names.map(name => anExec([name])) })).toHaveLength(1 + 6)
  })

  it('are summed up by program and action beyond a bound, so that nothing is lost', () => {
    const execs = [...Array.from({ length: 20_000 }, (_, i) => anExec(['echo', String(i)])), anExec(['rm', '-rf', '/'])]
    const files = execs.map((_, i) => aFile('read', `/${i}`))
    const call = expanded('echo', { execs, files: [...files, aFile('delete', '/', { recursive: true })] })
    expect(call.length).toBeLessThan(2000)
    const rm = call.find(({ request }) => request.params['program'] === 'rm')
    expect(rm?.request.params).toMatchObject({ argv: ['rm', ANY], flags: [ANY], dynamic: true })
    const deletes = call.filter(({ request }) => request.action === 'file.delete')
    expect(deletes.map(({ request }) => request.params)).toEqual([{ file_path: ANY, recursive: true, program: 'echo' }])
  })

  it('of many files written by as many programs take linear time', () => {
    const execs = Array.from({ length: 50_000 }, (_, i) => anExec(['cp', `a${i}`, `b${i}`]))
    const files = execs.flatMap((_, by) => [aFile('read', `/a${by}`, { by }), aFile('write', `/b${by}`, { by })])
    const start = process.cpuUsage()
    expect(expanded('cp', { execs, files }).length).toBeLessThan(2000)
    expect(process.cpuUsage(start).user / 1000).toBeLessThan(5000)
  })

  it('with texts of many parts are known at both ends of these', () => {
    const word = AbstractString.of(Array.from({ length: 1000 }, (_, i) => (i % 2 === 0 ? `${i}` : { hole: 'char' })))
    const [, shortened] = argvOf(anExec(['rm', word])) as readonly [string, AbstractString] // of the two words
    expect(shortened.parts).toHaveLength(65)
    expect([shortened.parts[0], shortened.parts[32], shortened.parts[63]]).toEqual(['0', { hole: 'any' }, '998'])
  })

  it('with very many words may have others behind', () => {
    const argv = argvOf(anExec(['rm', ...Array.from({ length: 10_000 }, (_, i) => `${i}`)]))
    expect([argv.length, argv[0], argv[4095], argv[4096]]).toEqual([4097, 'rm', '4094', ANY])
  })

  it('of as many programs are summed up as one', () => {
    const execs = Array.from({ length: 20_000 }, (_, i) => anExec([`program${i}`]))
    const call = expanded('x', { execs })
    expect(call.length).toBeLessThan(2000)
    expect(call.some(({ request }) => request.params['program'] === ANY)).toBe(true)
  })
})
