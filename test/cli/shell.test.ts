import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { analysisJson } from '../../cli/shell/analysis-json.js'
import { AbstractString } from '../../runtime/decide/abstract-string.js'
import { ANY } from '../../runtime/shell/text.js'
import { aFile, anAnalysis, anExec } from '../runtime/shell/an-exec.js'
import { agsec } from './run-cli.js'
import { tempFolder } from './temp-folder.js'

function shell(args: readonly string[], input = '', cwd = '/tmp') {
  return agsec(['shell', ...args], input, cwd)
}

function lines(text: string): readonly unknown[] {
  return text
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line))
}

describe('agsec shell', () => {
  it('tells people what runs and what that does', () => {
    const { status, stdout, stderr } = shell(['cat .env > out && echo hi', '--cwd', '/p'])
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout).toBe(`cat .env >out
  reads  /p/.env
echo hi
the shell itself
  writes  /p/out
`)
  })

  it('tells what leads to a program', () => {
    expect(shell(["sudo bash -c 'rm -r d'", '--cwd', '/p']).stdout).toContain(`    rm -r d  via sudo › bash -c
      deletes  /p/d and everything beneath it
`)
  })

  it('says what is not known, and where', () => {
    const { stdout } = shell(['ls && eval "$X"'])
    expect(stdout).toContain('not known: ')
    expect(stdout).toContain(`; anything could happen
  ls && eval "$X"
        ^^^^^^^^^
`)
  })

  it('says that nothing runs', () => {
    expect(shell(['']).stdout).toBe('nothing runs\n')
    expect(shell(['# only a comment']).stdout).toBe('nothing runs\n')
  })

  it('tells what redirections alone do, and of no program', () => {
    expect(shell(['> f']).stdout).toMatch(/^the shell itself\n {2}writes {2}\S*\/f\n$/)
    expect(JSON.parse(shell(['--json', '> f']).stdout)).toMatchObject({ execs: [], files: [{ op: 'write' }] })
  })

  it('takes the command from stdin', () => {
    expect(JSON.parse(shell(['--json', '--cwd', '/p'], 'cat <<E\nx\nE\n').stdout).execs).toEqual([
      { program: 'cat', argv: ['cat'], via: [] },
    ])
  })

  it('looks at files only where asked to', () => {
    const folder = tempFolder()
    writeFileSync(join(folder, 'x.sh'), 'curl https://example.com/\n')
    const programs = (...args: readonly string[]) =>
      JSON.parse(shell(['bash x.sh', '--json', '--cwd', folder, ...args]).stdout).execs.map(
        (exec: { readonly program: unknown }) => exec.program,
      )
    expect(programs('--files')).toContain('curl')
    expect(programs()).not.toContain('curl')
  })

  it('answers a stream of commands, each line by itself', () => {
    const input = [
      '"cat a"',
      '',
      '{"command":"cat a","cwd":"/q"}',
      '5',
      '{"command":5}',
      '{"command":"x","cwd":5}',
      'nonsense',
      '"ls"',
    ].join('\n')
    const { status, stdout } = shell(['--ndjson', '--cwd', '/p'], input)
    expect(status).toBe(0)
    const [first, second, ...rest] = lines(stdout)
    expect(first).toEqual({
      execs: [{ program: 'cat', argv: ['cat', 'a'], via: [] }],
      files: [{ op: 'read', path: '/p/a' }],
      nets: [],
      unknowns: [],
    })
    expect(second).toHaveProperty('files', [{ op: 'read', path: '/q/a' }])
    expect(rest.slice(0, 4).every(answer => Object.hasOwn(answer as object, 'error'))).toBe(true)
    expect(rest[4]).toHaveProperty('execs')
    expect(rest).toHaveLength(5)
  })

  it('objects to what is no use of it', () => {
    expect(shell(['--ndjson', 'ls']).status).toBe(2)
    expect(shell(['ls', 'x']).status).toBe(2)
    expect(shell(['--json'], '\uffff').status).toBe(0)
  })

  it('survives whatever it is given', () => {
    for (const command of ['('.repeat(100_000), '$('.repeat(100_000), "'", '"', '\\', '\0', '\ud800', 'a\r\nb']) {
      const [answer] = lines(shell(['--ndjson'], `${JSON.stringify(command)}\n`).stdout)
      expect(answer).toHaveProperty('unknowns')
    }
  })
})

describe('the analysis as JSON', () => {
  it('has a string known in part as its parts', () => {
    const holes = (['any', 'below', 'segment', 'visible', 'char'] as const).map(hole => ({ hole }))
    const { files } = analysisJson(anAnalysis({ files: [aFile('read', AbstractString.of(['/a/', ...holes]))] }))
    const shown = ['any', 'any', 'segment', 'segment', 'char'].map(hole => ({ hole }))
    expect(files).toEqual([{ op: 'read', path: { parts: ['/a/', ...shown] } }])
  })

  it('has arguments that may follow, and all that lies beneath a path', () => {
    const any = { parts: [{ hole: 'any' }] }
    const { execs, files } = analysisJson(
      anAnalysis({ execs: [anExec(['rm', 'a'], { open: true })], files: [aFile('delete', '/d', { recursive: true })] }),
    )
    expect(execs).toEqual([{ program: 'rm', argv: ['rm', 'a', any], via: [] }])
    expect(files).toEqual([
      { op: 'delete', path: '/d' },
      { op: 'delete', path: { parts: ['/d/', { hole: 'any' }] } },
    ])
  })

  it('has what connects to somewhere, and what is not known', () => {
    const span = { start: 1, end: 3 }
    const { nets, unknowns } = analysisJson(
      anAnalysis({
        actions: [
          { action: 'web.fetch', params: { url: 'https://x', headers: [ANY] }, by: 0, span },
          { action: 'process.kill', params: { pid: '1' }, by: 0, span },
        ],
        unknowns: [{ scope: 'net', why: 'why', span }],
      }),
    )
    expect(nets).toEqual([{ action: 'web.fetch', url: 'https://x', headers: [{ parts: [{ hole: 'any' }] }] }])
    expect(unknowns).toEqual([{ scope: 'net', why: 'why', span: [1, 3] }])
  })
})
