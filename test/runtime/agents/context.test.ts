import { describe, expect, it } from 'vitest'
import { contextOf, isFileUrl, withAbsolutePaths } from '../../../runtime/agents/context.js'
import type { HostFacts } from '../../../runtime/agents/contract.js'

const linux: HostFacts = { home: '/home/u', platform: 'linux', realPath: path => path }
const windows: HostFacts = { home: 'C:\\Users\\u', platform: 'win32', realPath: path => path }

describe('the project', () => {
  const root = (input: Parameters<typeof contextOf>[1], facts: HostFacts) => contextOf('a', input, facts)['project_root']

  it('is where the platform says that the agent works', () => {
    expect(root({ cwd: '/w/app/../lib/' }, linux)).toBe('/w/lib')
    expect(root({ workspace_roots: ['/w/app', '/w/lib'], cwd: '/w/app/src' }, linux)).toBe('/w/app')
    expect(root({ workspaceRoots: ['/w/app'] }, linux)).toBe('/w/app')
    expect(root({ cwd: '', working_dir: '/w/app' }, linux)).toBe('/w/app')
    expect(root({}, { ...linux, cwd: '/w/app' })).toBe('/w/app')
  })

  it.each(['/', '//', '/home', '/home/u', '/home/u/', '/home/u/x/..', 'app', '~', ''])('is not %j', cwd => {
    expect(root({ cwd }, linux)).toBeUndefined()
  })

  it.each(['C:\\', 'c:/', '/c:/', 'C:\\Users', 'c:\\users\\..', 'C:\\Users\\u', '/c:/Users/u', 'app'])('is not %j on Windows', cwd => {
    expect(root({ cwd }, windows)).toBeUndefined()
  })

  it.each([
    ['C:\\Users\\u\\app', '/c:/Users/u/app'],
    ['c:/work', '/c:/work'],
    ['/c:/work', '/c:/work'],
    ['\\\\server\\share\\app', '/server/share/app'],
  ])('is %j on Windows', (cwd, expected) => {
    expect(root({ cwd }, windows)).toBe(expected)
  })
})

describe('paths', () => {
  const path = (file_path: string, facts: HostFacts, cwd: string) =>
    withAbsolutePaths({ file_path }, { cwd, home: facts.home ?? '', platform: facts.platform }, facts)['file_path']

  it.each([
    ['a', '/w/a'],
    ['./x/../a', '/w/a'],
    ['/x//a/', '/x/a'],
    ['', '/w'],
    ['~/a', '/home/u/a'],
    ['file:///x/a%20b', '/x/a b'],
    ['FILE://localhost/x', '/x'],
    ['file:/x', '/x'],
    ['file:///x/%', '/x/%'],
    ['C:\\a', '/w/C:\\a'],
  ])('%j is %j', (written, expected) => {
    expect(path(written, linux, '/w')).toBe(expected)
  })

  it.each([
    ['src\\a.ts', '/c:/app/src/a.ts'],
    ['C:\\Windows\\x', '/c:/Windows/x'],
    ['d:x', '/d:/x'],
    ['file:///C:/x', '/c:/x'],
    ['/C:/x', '/c:/x'],
    ['..\\..\\x', '/x'],
    ['~\\a', '/c:/Users/u/a'],
  ])('%j is %j on Windows', (written, expected) => {
    expect(path(written, windows, 'C:\\app')).toBe(expected)
  })

  it('that begin nowhere known stay as they are', () => {
    expect(withAbsolutePaths({ file_path: 'a' }, { platform: 'linux' }, linux)).toEqual({ file_path: 'a' })
  })

  it('are no addresses of another kind', () => {
    expect(['https://a', 'profile:x', 'file', ''].map(isFileUrl)).toEqual([false, false, false, false])
  })
})
