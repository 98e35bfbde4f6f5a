import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { hostFiles } from '../../../runtime/host/host-files.js'
import { nodeHost } from '../../../runtime/host/node.js'
import { tempFolder } from '../../cli/temp-folder.js'

const files = hostFiles(nodeHost)

function sampleFolder(): string {
  const folder = tempFolder()
  mkdirSync(join(folder, 'sub'))
  writeFileSync(join(folder, 'script.sh'), 'ls\n')
  writeFileSync(join(folder, 'empty'), '')
  writeFileSync(join(folder, 'full'), 'x'.repeat(64 * 1024))
  writeFileSync(join(folder, 'long'), 'x'.repeat(64 * 1024 + 1))
  symlinkSync('script.sh', join(folder, 'link'))
  symlinkSync('nothing', join(folder, 'dangling'))
  return folder
}

describe('the file system of a host', () => {
  it('reads texts of some length', () => {
    const folder = sampleFolder()
    expect(files.readText(join(folder, 'script.sh'))).toBe('ls\n')
    expect(files.readText(join(folder, 'link'))).toBe('ls\n')
    expect(files.readText(join(folder, 'empty'))).toBe('')
    expect(files.readText(join(folder, 'full'))).toHaveLength(64 * 1024)
    expect(files.readText(join(folder, 'long'))).toBeUndefined()
  })

  it('reads nothing that is no file, or may have no end', () => {
    const folder = sampleFolder()
    for (const path of [folder, join(folder, 'none'), join(folder, 'dangling'), '/dev/zero', '/proc/self/status', 'package.json']) {
      expect(files.readText(path), path).toBeUndefined()
    }
  })

  it('lists folders', () => {
    const folder = sampleFolder()
    expect([...(files.list(folder) ?? [])].sort()).toEqual(['dangling', 'empty', 'full', 'link', 'long', 'script.sh', 'sub'])
    expect(files.list(join(folder, 'none'))).toBeUndefined()
    expect(files.list('runtime')).toBeUndefined()
  })

  it('tells what is where', () => {
    const folder = sampleFolder()
    expect(files.kind(join(folder, 'sub'))).toBe('folder')
    expect(files.kind(join(folder, 'link'))).toBe('file')
    expect(files.kind(join(folder, 'none'))).toBe('none')
    expect(files.kind(join(folder, 'dangling'))).toBe('unknown')
    expect(files.kind('/dev/null')).toBe('unknown')
    expect(files.kind('runtime')).toBe('unknown')
  })
})
