import { mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { bundleIsCurrent, writeBundle } from '../../cli/bundle-files.js'
import { replaceFile } from '../../cli/replace-file.js'
import { tempFolder } from './temp-folder.js'

const bundle = (digit: string) => {
  const name = `policy-${digit.repeat(16)}.data`
  return { text: `// agsec policy bundle\nstart({"file":"${name}","table":3})\n`, data: { name, bytes: Uint8Array.of(1, 2, 3) } }
}

/** Makes every file of the folder look an hour old. */
function age(folder: string): void {
  const then = Date.now() / 1000 - 3600
  for (const name of readdirSync(folder)) utimesSync(join(folder, name), then, then)
}

describe('the files of a bundle', () => {
  it('keeps the data of the bundle just replaced, and removes it the time after', () => {
    const folder = tempFolder()
    const path = join(folder, 'p.js')
    for (const digit of ['a', 'b']) {
      writeBundle(path, bundle(digit))
      age(folder)
    }
    expect(readdirSync(folder).sort()).toEqual(['p.js', bundle('a').data.name, bundle('b').data.name])
    writeBundle(path, bundle('c'))
    expect(readdirSync(folder).sort()).toEqual(['p.js', bundle('b').data.name, bundle('c').data.name])
  })
  it('keeps the data of other bundles in the folder, young data and foreign files', () => {
    const folder = tempFolder()
    writeBundle(join(folder, 'other.js'), bundle('a'))
    writeFileSync(join(folder, 'policy-notes.data'), '')
    writeFileSync(join(folder, '.x.js.1-a.tmp'), '')
    age(folder)
    writeFileSync(join(folder, bundle('d').data.name), 'of a compilation under way')
    writeBundle(join(folder, 'p.js'), bundle('e'))
    expect(readdirSync(folder).sort()).toEqual([
      '.x.js.1-a.tmp',
      'other.js',
      'p.js',
      bundle('a').data.name,
      bundle('d').data.name,
      bundle('e').data.name,
      'policy-notes.data',
    ])
  })
  it('removes what an interrupted compilation left, once it is old', () => {
    const folder = tempFolder()
    writeFileSync(join(folder, '.p.js.7-abc.tmp'), 'half')
    writeBundle(join(folder, 'p.js'), bundle('a'))
    expect(readdirSync(folder)).toContain('.p.js.7-abc.tmp')
    age(folder)
    writeBundle(join(folder, 'p.js'), bundle('a'))
    expect(readdirSync(folder).sort()).toEqual(['p.js', bundle('a').data.name])
  })
  it('knows a current bundle from one with another text, other data or none', () => {
    const folder = tempFolder()
    const path = join(folder, 'p.js')
    expect(bundleIsCurrent(path, bundle('a'))).toBe(false)
    writeBundle(path, bundle('a'))
    expect(bundleIsCurrent(path, bundle('a'))).toBe(true)
    expect(bundleIsCurrent(path, bundle('b'))).toBe(false)
    writeFileSync(join(folder, bundle('a').data.name), 'damaged')
    expect(bundleIsCurrent(path, bundle('a'))).toBe(false)
  })
})

describe('replacing a file', () => {
  it('leaves the old file and no other where it cannot write', () => {
    const folder = tempFolder()
    mkdirSync(join(folder, 'taken', 'x'), { recursive: true })
    expect(() => replaceFile(join(folder, 'taken'), 'new')).toThrow()
    expect(readdirSync(folder)).toEqual(['taken'])
  })
  it('makes the folders above it', () => {
    const path = join(tempFolder(), 'a', 'b', 'c')
    replaceFile(path, 'é')
    expect(readFileSync(path, 'utf8')).toBe('é')
  })
})
