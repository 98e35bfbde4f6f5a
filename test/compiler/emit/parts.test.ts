/** The names that stand in for tables which are not loaded: a name that is missing would be a program without a model. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { kernelParts } from '../../../compiler/emit/parts.js'

const root = join(import.meta.dirname, '../../..')
const built = join(root, 'dist')

/** Every word of every table. */
function allWords(): ReadonlySet<string> {
  const folders = ['runtime/shell/programs', 'runtime/shell/evaluate', 'runtime/shell/other'].map(folder => join(root, folder))
  const texts = folders.flatMap(folder => readdirSync(folder).map(file => readFileSync(join(folder, file), 'utf8')))
  return new Set(texts.flatMap(text => text.split(/[\s'"`,;:|]+/)))
}

describe('the parts of the kernel', async () => {
  const shell = (await kernelParts(root, built)).find(({ name }) => name === 'shell')
  const parts = shell?.inner ?? []

  it('know all names of their tables', async () => {
    const words = allWords()
    const missing: string[] = []
    for (const { entries, names } of parts) {
      for (const entry of entries) {
        const module = (await import(pathToFileURL(join(built, entry.replace(/\.ts$/, '.js'))).href)) as Record<
          string,
          (word: string) => unknown
        >
        for (const name of Object.keys(names ?? {}).filter(each => each in module))
          for (const word of words)
            if (module[name]?.(word) !== undefined && names?.[name]?.includes(word) !== true) missing.push(`${name} ${word}`)
      }
    }
    expect(missing).toEqual([])
  })

  it('are many hundreds of programs, the common ones in one part', () => {
    const names = parts.flatMap(part => Object.values(part.names ?? {}).flat())
    expect(new Set(names).size).toBeGreaterThan(900)
    expect(parts.find(({ name }) => name === 'programs/files')?.names?.['FILES']).toEqual(
      expect.arrayContaining(['cat', 'ls', 'rm', 'tee']),
    )
  })

  it('have entries of functions alone, which is all that a stub can stand for', async () => {
    for (const { entries } of parts) {
      for (const entry of entries) {
        const module: object = await import(pathToFileURL(join(built, entry.replace(/\.ts$/, '.js'))).href)
        for (const [name, value] of Object.entries(module))
          expect(typeof value === 'function' && !String(value).startsWith('class'), `${entry} ${name}`).toBe(true)
      }
    }
  })
})
