import { describe, expect, it } from 'vitest'
import { AbstractString } from '../../runtime/decide/abstract-string.js'
import type { Analysis, Exec, FileEffect } from '../../runtime/shell/analysis.js'
import { ANY, join } from '../../runtime/shell/text.js'
import { completes, completesAll } from './completes.js'
import { uncovered } from './covers.js'
import { withoutNoise } from './noise.js'
import { CWD } from './world.js'

const SEGMENT = AbstractString.of([{ hole: 'segment' }])
const span = { start: 0, end: 0 }

function exec(argv: Exec['argv'], open = false): Exec {
  const rest = { flags: [], operands: [], via: [], cwd: CWD, assignments: [], redirections: [], transparent: false, span }
  return { program: argv[0] ?? '', argv, open, ...rest }
}

function file(operation: FileEffect['operation'], path: FileEffect['path'], recursive = false): FileEffect {
  return { operation, path, recursive, by: 0, span }
}

function analysis(parts: Partial<Analysis>): Analysis {
  return { execs: [], files: [], actions: [], unknowns: [], syntax: 'ok', ...parts }
}

describe('completions', () => {
  it.each([
    ['a', 'a', true],
    ['a', 'b', false],
    [ANY, '', true],
    [ANY, 'a/b', true],
    [join('src/', SEGMENT, '.ts'), 'src/x.ts', true],
    [join('src/', SEGMENT, '.ts'), 'src/x/y.ts', false],
    [join(SEGMENT, 'a'), 'aaa', true],
    [AbstractString.of(['a', { hole: 'char' }]), 'ab', true],
    [AbstractString.of(['a', { hole: 'char' }]), 'a', false],
    [AbstractString.of(['a', { hole: 'char' }]), 'abc', false],
    [AbstractString.of(['/a', { hole: 'below' }]), '/a/b/c', true],
    [AbstractString.of(['/a', { hole: 'below' }]), '/ab', false],
    [join(ANY, 'x', ANY), 'axb', true],
    [join(ANY, 'x', ANY), 'ab', false],
  ])('%s may be %s: %s', (text, found, expected) => {
    expect(completes(text, found)).toBe(expected)
  })

  it('finds arguments in their order, a glob as several', () => {
    expect(completesAll(['-n', join(SEGMENT, '.ts')], false, ['-n', 'a.ts', 'b.ts'])).toBe(true)
    expect(completesAll(['-n', join(SEGMENT, '.ts')], false, ['-n'])).toBe(false)
    expect(completesAll(['-n'], false, ['-n', 'x'])).toBe(false)
    expect(completesAll(['-n'], true, ['-n', 'x'])).toBe(true)
    expect(completesAll([ANY, 'x'], true, ['x'])).toBe(true)
    expect(completesAll([join('a', ANY, 'b')], true, ['a1', '2b'])).toBe(true)
    expect(completesAll([join('a', ANY, 'b')], false, ['a1', '2c'])).toBe(false)
    expect(completesAll(['-n', 'x', 'y'], false, ['-n', 'x'], true)).toBe(true)
  })
})

describe('the promise', () => {
  it('holds of a program only with its arguments', () => {
    const found = analysis({ execs: [exec(['rm', '-r', 'x'])] })
    const ran = (...argv: string[]) => [{ t: 'exec', p: '/usr/bin/rm', argv }]
    expect(uncovered(found, ran('rm', '-r', 'x'))).toEqual([])
    expect(uncovered(found, ran('other', '-r', 'x'))).toEqual([])
    expect(uncovered(found, ran('rm', '-r', 'y'))).toHaveLength(1)
    expect(uncovered(analysis({ execs: [exec(['ls'])] }), ran('rm', '-r', 'x'))).toHaveLength(1)
    const cross = analysis({ execs: [exec(['rm', '\u2620'])] })
    expect(uncovered(cross, ran('rm', '\\u2620'))).toEqual([])
    expect(uncovered(analysis({ execs: [exec(['rm', '\\u2620'])] }), ran('rm', '\\u2620'))).toEqual([])
    expect(uncovered(cross, ran('rm', '\\u2621'))).toHaveLength(1)
  })

  it('holds of files by operation, beneath a folder only where that is said', () => {
    const removed = [{ t: 'unlink', p: `${CWD}/a/b` }]
    expect(uncovered(analysis({ files: [file('delete', `${CWD}/a/b`)] }), removed)).toEqual([])
    expect(uncovered(analysis({ files: [file('delete', `${CWD}/a`, true)] }), removed)).toEqual([])
    expect(uncovered(analysis({ files: [file('delete', '/', true)] }), removed)).toEqual([])
    expect(uncovered(analysis({ files: [file('delete', `${CWD}/a`)] }), removed)).toHaveLength(1)
    expect(uncovered(analysis({ files: [file('read', `${CWD}/a/b`)] }), removed)).toHaveLength(1)
  })

  it('promises nothing of listings', () => {
    expect(uncovered(analysis({}), [{ t: 'read', p: CWD }])).toEqual([])
    const inner = { t: 'read', p: `${CWD}/new` }
    expect(uncovered(analysis({}), [inner], [inner, { t: 'opendir', p: `${CWD}/new` }])).toEqual([])
    expect(uncovered(analysis({}), [inner])).toHaveLength(1)
    expect(uncovered(analysis({ files: [file('list', `${CWD}/.env`)] }), [{ t: 'read', p: `${CWD}/.env` }])).toHaveLength(1)
  })

  it('is kept by an unknown of the scope', () => {
    const read = [{ t: 'read', p: `${CWD}/.env` }]
    const unknown = (scope: 'exec' | 'read' | 'write') => analysis({ unknowns: [{ scope, why: '', span }] })
    expect(uncovered(unknown('read'), read)).toEqual([])
    expect(uncovered(unknown('exec'), read)).toEqual([])
    expect(uncovered(unknown('write'), read)).toHaveLength(1)
  })
})

describe('noise', () => {
  it('hides what the system and Git do of themselves, and nothing that a command was asked to do', () => {
    const git = { t: 'exec', p: '/usr/bin/git', argv: ['git', 'status'] }
    expect(
      withoutNoise([
        { t: 'read', p: '/etc/passwd' },
        { t: 'opendir', p: CWD },
      ]),
    ).toEqual([])
    expect(withoutNoise([git, { t: 'read', p: `${CWD}/.git/HEAD` }, { t: 'unlink', p: `${CWD}/.git/index.lock` }])).toEqual([git])
    const which = { t: 'exec', p: '/bin/which', argv: ['which', 'ls'] }
    expect(withoutNoise([which, { t: 'read', p: '/bin/which' }, { t: 'read', p: '/bin/ls' }])).toHaveLength(2)
    expect(withoutNoise([{ t: 'write', p: `${CWD}/.git/hooks/pre-commit` }])).toHaveLength(1)
    expect(withoutNoise([git, { t: 'unlink', p: `${CWD}/x` }])).toHaveLength(2)
    expect(withoutNoise([{ t: 'read', p: `${CWD}/.env` }])).toHaveLength(1)
  })

  it('counts a program once that was looked for in several folders', () => {
    const tried = ['/usr/bin/x', '/stubs/x'].map(p => ({ t: 'exec', p, argv: ['x'] }))
    expect(withoutNoise(tried)).toHaveLength(1)
  })
})
